// Comforts of every page: «Chữ to», reading aloud, copying, sharing, printing. Nothing needs them.

const [page, words] = [document.documentElement, document.body.dataset];
const notice = document.querySelector("#notice");

// «Chữ to», remembered on this device where the browser allows it.
const largeType = document.querySelector("#large-type");
const memory = (() => { try { return window.localStorage; } catch { return null; } })();
const setLargeType = (on) =>
  largeType.setAttribute("aria-pressed", String(page.classList.toggle("large", on)));
setLargeType(memory?.getItem("large-type") === "yes");
largeType.addEventListener("click", () => {
  setLargeType(!page.classList.contains("large"));
  memory?.setItem("large-type", page.classList.contains("large") ? "yes" : "no");
});
page.classList.add("script", ...(navigator.clipboard ? ["copies"] : []), ...(navigator.share ? ["shares"] : []));

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
    const said = notice.textContent === "";
    button.textContent = words.copied;
    if (said) notice.textContent = words.copied;
    setTimeout(() => {
      button.textContent = label;
      if (notice.textContent === words.copied) notice.textContent = "";
    }, 4000);
  },
  // The address is that of the page, without the citizen's own case in its query.
  share(button, answer) {
    const url = new URL(button.dataset.href ?? "/", location.origin).href;
    const text = button.closest(".procedure") ? document.title : textsIn(answer, ".block").join("\n\n");
    navigator.share({ title: document.title, text, url }).catch(() => null);
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
window.addEventListener("afterprint", () => {
  page.classList.remove("print-one");
  document.querySelector(".printed")?.classList.remove("printed");
});
