// One person's procedures: one question a screen, then the list to tick.

import { UNKNOWN, follow, ownCheck } from "./checklist.js";
import { button, fill, fold, list, make } from "./elements.js";
import { heading, say } from "./start.js";
import texts from "./texts.js";

const words = texts.screens;

export function caseScreen(app, { code, depth }) {
  const { person } = app;
  const current = person.cases.find((one) => one.code === code);
  if (!current) return personScreen(app);
  if (depth !== undefined) current.path.length = Math.min(depth, current.path.length);
  const procedure = app.copy.procedures[code];
  const state = procedure && follow(procedure, current.path);
  if (!state) return personScreen(app);
  current.path.length = state.said.length;
  app.people.save(person);
  return state.question
    ? questionScreen(app, code, state)
    : listScreen(app, code, current, state);
}

function questionScreen(app, code, { question, number, total }) {
  const answer = (option) => () => {
    const { person } = app;
    const { path } = person.cases.find((one) => one.code === code);
    path.push([question.id, option]);
    app.people.save(person);
    app.go("case", { code, depth: path.length });
  };
  const options = [...question.options, { id: UNKNOWN, label: words.unknown }];
  return [
    make("p", { class: "count" }, fill(words.question_count, { number, total }), " · ",
      app.nameOf(code)),
    say(question.ask, heading(question.ask)),
    question.help && make("p", { class: "note" }, question.help),
    make("ul", { class: "choices-large", role: "list" },
      options.map((option) => make("li", {}, button(option.label, answer(option.id))))),
    number > 1 && make("p", { class: "tools" },
      button(words.previous, () => app.go("case", { code, depth: number - 2 }))),
  ].filter(Boolean);
}

function listScreen(app, code, current, { said, list: papers }) {
  const procedure = app.copy.procedures[code];
  const result = make("p", { class: "result", role: "status" });
  const have = new Set(current.have);
  const showResult = () => {
    const { readiness, missing } = ownCheck(papers, have);
    result.textContent = fill(words.readiness[readiness], { count: missing.length });
    result.className = `result result-${readiness}`;
  };
  const tick = (id) => ({ target }) => {
    if (target.checked) have.add(id);
    else have.delete(id);
    const { person } = app;
    person.cases.find((one) => one.code === code).have = [...have];
    app.people.save(person);
    showResult();
  };
  const group = (title, entries) => entries.length > 0 && make("section", {}, make("h4", {}, title),
    make("ul", { class: "papers", role: "list" },
      entries.map((paper) => paperEntry(app, paper, have, tick))));
  showResult();
  return [
    heading(fill(words.list_title, { name: app.name })),
    make("p", { class: "count" }, procedure.name),
    said.length > 0 && fold(words.said,
      list(said.map(({ question, option }) => `${question.ask} ${option?.label ?? words.unknown}`)),
      make("p", { class: "tools" }, button(words.change, () => app.go("case", { code, depth: 0 })))),
    procedure.warnings.map((text) => make("p", { class: "block-warning" }, text)),
    papers.remark ? make("p", {}, papers.remark) : make("p", {}, words.list_tick),
    group(words.submit, papers.needed.filter((paper) => paper.group === "submit")),
    group(words.show, papers.needed.filter((paper) => paper.group === "show")),
    group(words.maybe, papers.maybe),
    result,
    make("p", { class: "note" }, words.decides),
    button(words.make_sheet, () => app.go("sheet", { codes: [code] }), "primary wide"),
    button(words.next_person, () => app.go("next"), "wide"),
    button(words.add_case, () => app.go("choose"), "wide"),
    ...moreOf(app, procedure, papers),
  ].flat().filter(Boolean);
}

function paperEntry(app, paper, have, tick) {
  const notes = [
    paper.onlyIf && fill(words.only_if, { text: paper.onlyIf }),
    paper.get_from && fill(words.get_from, { text: paper.get_from }),
    paper.waived && fill(words.waived, { text: paper.waived }),
    paper.why && fill(words.why, { text: paper.why }),
    paper.form && fill(words.form, { name: paper.form }),
    paper.get_from_name && fill(words.how_to_get, { name: paper.get_from_name }),
  ].filter(Boolean);
  const described = notes.length ? `note-${paper.id}` : null;
  return make("li", {},
    make("label", {},
      make("input", { type: "checkbox", autocomplete: "off", checked: have.has(paper.id),
        "aria-describedby": described, change: tick(paper.id) }),
      make("span", { class: "paper" }, paper.name,
        paper.quantity && [" ", make("span", { class: "quantity" }, paper.quantity)])),
    described && make("div", { id: described }, notes.map((text) => make("p", { class: "note" }, text))));
}

function moreOf(app, procedure, papers) {
  const channels = papers.channels.map(([channel, onlyIf]) => make("div", { class: "channel" },
    make("h4", {}, channel.name),
    onlyIf && make("p", { class: "note" }, fill(words.only_if, { text: onlyIf })),
    make("p", {}, fill(words.time, { text: channel.time })),
    make("p", {}, fill(words.fee, { text: channel.fee })),
    channel.warning && make("p", { class: "block-warning" }, channel.warning),
    channel.note && make("p", { class: "note" }, channel.note)));
  const steps = papers.steps.map(([text, onlyIf]) =>
    (onlyIf ? `${text} (${fill(words.only_if, { text: onlyIf })})` : text));
  const following = procedure.next.map(([code, why]) => make("div", {},
    app.copy.procedures[code]
      ? button(app.nameOf(code), () => app.go("about", { code }))
      : make("strong", {}, app.nameOf(code)),
    make("p", {}, why)));
  return [
    papers.notNeeded.length > 0 && fold(
      fill(words.not_needed_papers, { count: papers.notNeeded.length }),
      list(papers.notNeeded.map((paper) => paper.name))),
    papers.notes.length > 0 && fold(words.notes, list(papers.notes.map((paper) => paper.name
      + (paper.onlyIf ? ` (${fill(words.only_if, { text: paper.onlyIf })})` : "")))),
    fold(words.filing, make("h4", {}, words.office),
      list(procedure.offices.map(([name, note]) => `${name}: ${note}`)), channels),
    fold(words.steps, list(steps, "ol")),
    procedure.mistakes.length > 0 && fold(words.mistakes, list(procedure.mistakes)),
    ...(procedure.forms ?? []).map((id) => formOf(app.copy.forms[id])),
    following.length > 0 && fold(words.next_steps, list(following)),
  ];
}

function formOf(form) {
  const line = ({ label, value, note, fault }) => make("div", { class: fault ? "wrong" : null },
    make("dt", {}, label), make("dd", {}, value || "–",
      [note, fault].filter(Boolean).map((text) => make("p", { class: "note" }, text))));
  return fold(`${words.examples}: ${form.name}`, list(form.before),
    form.examples.map((example) => fold(example.title,
      make("p", {}, make("strong", {}, example.banners.join(" "))),
      example.introduction.map((text) => make("p", {}, text)),
      example.sections.map(({ title, lines }) => [make("h4", {}, title),
        make("dl", {}, lines.map(line))]))),
    form.notes.map((text) => make("p", { class: "note" }, text)));
}

// What this person came for, and how far each thing is.
export function personScreen(app) {
  const { person } = app;
  const entries = person.cases.filter((one) => app.copy.procedures[one.code]).map((one) => {
    const { question, number, total, list: papers } =
      follow(app.copy.procedures[one.code], one.path);
    const check = papers && ownCheck(papers, new Set(one.have));
    return make("li", {}, make("h4", {}, app.nameOf(one.code)),
      make("p", {}, question ? fill(words.case_asking, { number, total })
        : fill(words.readiness[check.readiness], { count: check.missing.length })),
      button(question ? words.case_resume : words.case_open,
        () => app.go("case", { code: one.code })));
  });
  const done = finished(app, person);
  return [
    heading(fill(words.person_title, { name: person.name })),
    entries.length ? make("ul", { class: "cases", role: "list" }, entries)
      : make("p", {}, words.person_none),
    done.length > 0 && button(words.print_all, () => app.go("sheet", { codes: done }), "primary wide"),
    button(words.add_case, () => app.go("choose"), "wide"),
    button(words.next_person, () => app.go("next"), "wide"),
  ].filter(Boolean);
}

// The codes of this person's procedures whose list is ready.
export const finished = (app, person) => person.cases.map((one) => one.code).filter((code) => {
  const procedure = app.copy.procedures[code];
  return procedure && follow(procedure, person.cases.find((one) => one.code === code).path).list;
});
