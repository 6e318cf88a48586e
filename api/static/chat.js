// The conversation without leaving the page. Everything here has a plain form behind it.

const words = document.body.dataset;
const find = (selector) => document.querySelector(selector);
const rules = { createHTML: (text) => text };
const policy = window.trustedTypes?.createPolicy("fragment", rules) ?? rules;

const fetchFragment = async (form, data, selector) => {
  const options = { method: "POST", headers: { "X-Fragment": "1" }, signal: AbortSignal.timeout?.(60000) };
  const response = await fetch(form.action, { ...options, body: new URLSearchParams(data) });
  const holder = document.createElement("template");
  holder.innerHTML = policy.createHTML(await response.text());
  const part = holder.content.firstElementChild;
  return part?.matches(selector) ? part : null;
};
const dataOf = (form, pressed) => {
  const data = new FormData(form);
  if (pressed?.name) data.append(pressed.name, pressed.value);
  return data;
};

// Asking. After a failure the next try is an ordinary form.
const [log, box, waiting, notice] = ["#log", "#message", "#pending .question", "#notice"].map(find);
let [busy, failed] = [false, false];
const say = (error) => {
  find("#message-error").textContent = error;
  box.setAttribute("aria-invalid", String(error !== ""));
  if (error) box.focus();
};
const wait = (question) => {
  waiting.textContent = question;
  waiting.hidden = !question;
  notice.textContent = question && words.searching;
};
const ask = async (event, form) => {
  if (failed && navigator.onLine) return;
  event.preventDefault();
  if (busy) return;
  const [typed, data] = [form.contains(box), dataOf(form, event.submitter)];
  const question = data.get("message").trim();
  say(question ? "" : words.empty);
  if (!question) return;
  busy = true;
  if (typed) box.value = "";
  wait(question);
  waiting.scrollIntoView({ block: "center" });
  const turn = await fetchFragment(form, data, ".turn").catch(() => null);
  wait("");
  busy = false;
  failed = !turn;
  if (failed && typed) box.value = question;
  if (failed) return say(words.failed);
  log.append(turn);
  // A keyboard stays in the box; a thumb or a pressed choice goes on to the answer.
  if (typed && matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
  else turn.querySelector(".answer")?.focus({ preventScroll: true });
  turn.scrollIntoView({ block: "start" });
};

// An opinion on an answer: thanks, or the question why, takes the place of the buttons.
const giveOpinion = async (event, form) => {
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const next = await fetchFragment(form, dataOf(form, event.submitter), ".feedback").catch(() => null);
  form.ariaBusy = null;
  if (!next) return void (notice.textContent = words.failed);
  form.closest(".feedback").replaceWith(next);
  next.focus();
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-ask]")) ask(event, form);
  else if (form.closest("[data-opinion]")) giveOpinion(event, form);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit();
});
if (find("#cuoi")) log.lastElementChild.scrollIntoView({ behavior: "instant" });

// In another site's frame our other pages open beside it.
if (document.body.matches(".embed"))
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (link) link.target = "_blank";
  });

// Dictation into the box, for checking: nothing is sent by itself. The first press tells who hears.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const [dictate, warning] = [find("#dictate"), find("#dictation-notice")];
dictate.hidden = !Recognition;
if (Recognition) {
  const label = dictate.textContent;
  let hearing = null;
  const listen = () => {
    const before = box.value.trim();
    hearing = Object.assign(new Recognition(), { lang: "vi-VN", interimResults: true });
    hearing.onresult = ({ results }) => {
      const heard = [...results].map(([best]) => best.transcript).join("");
      box.value = `${before} ${heard}`.trim().slice(0, box.maxLength);
    };
    hearing.onerror = ({ error }) =>
      error !== "aborted" && say(error === "not-allowed" ? dictate.dataset.refused : dictate.dataset.failed);
    hearing.onend = () => {
      [hearing, dictate.textContent] = [null, label];
      box.focus();
    };
    hearing.start();
    dictate.textContent = dictate.dataset.listening;
    say("");
  };
  dictate.addEventListener("click", () => {
    if (hearing) return hearing.stop();
    if (!warning.dataset.read) {
      warning.dataset.read = "yes";
      warning.hidden = false;
      return;
    }
    warning.hidden = true;
    listen();
  });
}
