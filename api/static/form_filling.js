// Screens without a new page each, and answers kept in this tab for half an hour.
// Without this script the same form works as a plain one.

const KEPT_MINUTES = 30;
const tab = (() => { try { return window.sessionStorage; } catch { return null; } })();
const holder = () => document.querySelector("#filling");
const name = () => `dien-${holder().dataset.form}`;

const givenIn = (form) =>
  [...form.querySelectorAll("input[type=hidden]")]
    .filter((input) => input.name.startsWith("g."))
    .map((input) => [input.name, input.value]);

const keep = () => {
  const given = givenIn(document.querySelector("#filling-form"));
  if (given.length) tab?.setItem(name(), JSON.stringify({ given, at: Date.now() }));
};
const forget = () => tab?.removeItem(name());
const kept = () => {
  try {
    const found = JSON.parse(tab?.getItem(name()) ?? "null");
    if (found && Date.now() - found.at < KEPT_MINUTES * 60_000) return found.given;
  } catch { /* not ours */ }
  forget();
  return null;
};

// A document that was requested is parsed without touching this page: no markup is put together.
const fetchScreen = (form, data) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.responseType = "document";
    request.timeout = 20_000;
    request.onload = () => {
      const screen = request.response?.querySelector("#filling");
      screen ? resolve([screen, request.response.title]) : reject(new Error("no screen"));
    };
    request.onerror = request.ontimeout = () => reject(new Error("not sent"));
    request.send(new URLSearchParams(data));
  });

const show = ([screen, title]) => {
  holder().replaceWith(document.adoptNode(screen));
  document.title = title;
  keep();
  const targets = ["#gia-tri", "[type=radio]:checked", "[type=radio]", ".ask-title"];
  targets.map((one) => holder().querySelector(one)).find(Boolean)?.focus({ preventScroll: true });
  holder().querySelector("#filling-form").scrollIntoView({ block: "start" });
};

let busy = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const pressed = event.submitter;
  // Files come as an ordinary download.
  if (form.id !== "filling-form" || ["docx", "pdf"].includes(pressed?.value)) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const data = new FormData(form);
  if (pressed?.name) data.set(pressed.name, pressed.value);
  try {
    show(await fetchScreen(form, data));
  } catch {
    busy = false;
    // An ordinary form says itself what is wrong.
    if (pressed?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden" });
      [field.name, field.value] = [pressed.name, pressed.value];
      form.append(field);
    }
    form.submit();
  }
  busy = false;
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-forget]")) {
    forget();
    const box = document.querySelector("#resume");
    if (box) box.hidden = true;
  }
  if (event.target.closest?.("[data-resume]")) {
    const form = document.querySelector("#filling-form");
    for (const [field, value] of kept() ?? []) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
    }
    form.querySelector("[name=at]").value = "";
    form.requestSubmit();
  }
});

if (holder()?.dataset.start === "yes") {
  const box = document.querySelector("#resume");
  if (box) box.hidden = !kept();
} else if (holder()) {
  keep();
}
