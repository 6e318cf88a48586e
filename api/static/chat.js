// The chat page's comforts. Everything here has a plain form or a browser menu behind it.

const [page, words] = [document.documentElement, document.body.dataset];
const find = (selector) => document.querySelector(selector);
const notice = find("#notice");
const rules = { createHTML: (text) => text };
const policy = window.trustedTypes?.createPolicy("fragment", rules) ?? rules;

// «Chữ to», remembered on this device where the browser allows it.
const largeType = find("#large-type");
const memory = (() => { try { return window.localStorage; } catch { return null; } })();
const setLargeType = (on) =>
  largeType.setAttribute("aria-pressed", String(page.classList.toggle("large", on)));
setLargeType(memory?.getItem("large-type") === "yes");
largeType.addEventListener("click", () => {
  setLargeType(!page.classList.contains("large"));
  memory?.setItem("large-type", page.classList.contains("large") ? "yes" : "no");
});
page.classList.add("script", ...(navigator.clipboard ? ["copies"] : []));

// Reading aloud needs a Vietnamese voice, and voices arrive late.
const speech = window.speechSynthesis;
let voice;
const findVoice = () => {
  voice = speech?.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));
  page.classList.toggle("speaks", Boolean(voice));
};
findVoice();
speech?.addEventListener?.("voiceschanged", findVoice);
window.addEventListener("pagehide", () => speech?.cancel());
let stopSpeaking = () => {};
const textsIn = (answer, parts) => [...answer.querySelectorAll(parts)].map((part) => part.innerText.trim());
const tools = {
  speak(button, answer) {
    const label = button.textContent;
    stopSpeaking();
    if (label === words.stop) return;
    const stop = stopSpeaking = () => {
      [stopSpeaking, button.textContent] = [() => {}, label];
      speech.cancel();
    };
    button.textContent = words.stop;
    const said = textsIn(answer, ".block").map((text) =>
      Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: "vi-VN", rate: 0.9 }));
    said.at(-1).onend = () => stop === stopSpeaking && stop();
    said.forEach((utterance) => speech.speak(utterance));
  },
  async copy(button, answer) {
    const label = button.textContent;
    if (label === words.copied) return;
    await navigator.clipboard.writeText(textsIn(answer, ".block, .sources").join("\n\n"));
    button.textContent = notice.textContent = words.copied;
    setTimeout(() => { button.textContent = label; if (!busy) notice.textContent = ""; }, 4000);
  },
  print(button, answer) {
    page.classList.add("print-one");
    answer.closest(".turn").classList.add("printed");
    window.print();
  },
};
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-tool]");
  if (button) tools[button.dataset.tool](button, button.closest(".answer"));
});
window.addEventListener("afterprint", () =>
  [page, find(".printed")].forEach((part) => part?.classList.remove("print-one", "printed")));

// Asking without leaving the page. After a failure the next try is an ordinary form.
const [log, box, waiting] = ["#log", "#message", "#pending .question"].map(find);
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
const fetchTurn = async (action, data) => {
  const options = { method: "POST", headers: { "X-Fragment": "1" }, signal: AbortSignal.timeout?.(60000) };
  const response = await fetch(action, { ...options, body: new URLSearchParams(data) });
  const holder = document.createElement("template");
  holder.innerHTML = policy.createHTML(await response.text());
  const turn = holder.content.firstElementChild;
  return turn?.matches(".turn") ? turn : null;
};
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!log || !form.matches("[data-ask]") || (failed && navigator.onLine)) return;
  event.preventDefault();
  if (busy) return;
  const [typed, data] = [form.contains(box), new FormData(form)];
  if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
  const question = data.get("message").trim();
  say(question ? "" : words.empty);
  if (!question) return;
  busy = true;
  if (typed) box.value = "";
  wait(question);
  waiting.scrollIntoView({ block: "center" });
  const turn = await fetchTurn(form.action, data).catch(() => null);
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
});
box?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit();
});
if (find("#cuoi")) log.lastElementChild.scrollIntoView({ behavior: "instant" });
