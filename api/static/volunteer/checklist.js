// The checklist of a procedure, looked up: every path was decided by the server (decision_tree.py).

export const UNKNOWN = "unknown";

const entries = (procedure, parts, listed) => listed.map((entry) => {
  const [place, reason] = Array.isArray(entry) ? entry : [entry, -1];
  return [parts[place], reason < 0 ? null : procedure.reasons[reason]];
});

function read(procedure, [needed, maybe, notNeeded, notes, steps, channels, remark]) {
  const papers = (listed) => entries(procedure, procedure.papers, listed)
    .map(([paper, onlyIf]) => ({ ...paper, onlyIf }));
  return {
    needed: papers(needed),
    maybe: papers(maybe),
    notNeeded: papers(notNeeded),
    notes: papers(notes),
    steps: entries(procedure, procedure.steps, steps),
    channels: entries(procedure, procedure.channels, channels),
    remark: remark < 0 ? null : procedure.reasons[remark],
  };
}

// Follows the answers, pairs of question and option, as far as they fit: the next question or the
// list. Answers of an older copy that fit no longer are left out, and asked again.
export function follow(procedure, path) {
  let child = procedure.root;
  const said = [];
  for (const [id, option] of path) {
    if (child < 0) break;
    const [place, , ...children] = procedure.nodes[child];
    const question = procedure.questions[place];
    const chosen = option === UNKNOWN
      ? question.options.length
      : question.options.findIndex((one) => one.id === option);
    if (question.id !== id || chosen < 0) break;
    said.push({ question, option: question.options[chosen] ?? null });
    child = children[chosen];
  }
  if (child < 0) return { said, list: read(procedure, procedure.lists[-1 - child]) };
  const [place, waiting] = procedure.nodes[child];
  const number = said.length + 1;
  return { said, question: procedure.questions[place], number, total: said.length + waiting };
}

// Compares the list with the papers at hand, as own_check.py does.
export function ownCheck(list, have) {
  const lacking = list.needed.filter((paper) => !have.has(paper.id));
  const missing = lacking.filter((paper) => !paper.waived);
  const waivable = lacking.filter((paper) => paper.waived);
  const askAgain = list.maybe.filter((paper) => !have.has(paper.id));
  let readiness = "ready";
  if (!list.needed.length && !list.maybe.length) readiness = "no_list";
  else if (missing.length) readiness = "missing";
  else if (waivable.length || askAgain.length) readiness = "ask_first";
  return { readiness, missing, waivable, askAgain };
}
