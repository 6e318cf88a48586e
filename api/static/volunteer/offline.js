// The copy for places without a signal: fetched, kept by the service worker, renewed when online.

const DATA = "/tinh-nguyen/du-lieu.json";
const CHAT = "/tinh-nguyen/nguoi-tiep-theo";
const FORGET = "motcua:chat-can-xoa";

const policy = (() => {
  const rules = { createScriptURL: (address) => {
    if (address !== "/sw.js") throw new TypeError(address);
    return address;
  } };
  return window.trustedTypes?.createPolicy("service-worker", rules) ?? rules;
})();

export async function loadCopy() {
  const response = await fetch(DATA);
  if (!response.ok) throw new Error(`${DATA}: ${response.status}`);
  return response.json();
}

// Hears of a new copy from the first moment on, and tells when there is somebody to tell.
export function hearOfNew() {
  const heard = [];
  let tell = (found) => heard.push(found);
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.edition && tell(data));
  navigator.serviceWorker?.startMessages();
  return {
    tell(listener) {
      tell = listener;
      heard.forEach(listener);
    },
  };
}

// Registers the worker; `tell` hears of a new shell ({worker}).
export async function keepOffline(tell) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registration = await workers.register(policy.createScriptURL("/sw.js")).catch(() => null);
  if (!registration) return;
  const offer = (worker) => worker && workers.controller && tell({ worker });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
  });
  window.addEventListener("online", () => {
    registration.update().catch(() => null);
    fetch(DATA).catch(() => null);
  });
}

// Takes the new shell or copy: the page is loaded again, people and ticks are kept.
export function takeNew({ worker }) {
  if (!worker) return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  return worker.postMessage("take-over");
}

// Other pages of this tab may hold what the last person asked, filled in or followed. The tab drops
// it, and the server parts this browser from it; without a signal that is made up for later.
export async function forgetChat(storage) {
  try {
    window.sessionStorage.clear();
  } catch { /* this browser keeps nothing */ }
  storage.setItem(FORGET, "1");
  await forgetWaitingChat(storage);
}

export async function forgetWaitingChat(storage) {
  if (!storage.getItem(FORGET)) return;
  const response = await fetch(CHAT, { method: "POST" }).catch(() => null);
  if (response?.ok) storage.removeItem(FORGET);
}
