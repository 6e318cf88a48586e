// The service worker. The server puts `const edition = {version, shell, page, copy, away};` before
// this. It keeps the volunteer's page and its copy; answers of the chat, pages with a person's own
// list and everything else go to the network and are kept nowhere.

const SHELL = `motcua-trang-${edition.version}`;
const COPY = "motcua-ban-huong-dan";
const shell = new Set(edition.shell);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => data === "take-over" && self.skipWaiting());

async function install() {
  const pages = await caches.open(SHELL);
  await pages.addAll(edition.shell.map((address) => new Request(address, { cache: "reload" })));
  const copies = await caches.open(COPY);
  if (!(await copies.match(edition.copy))) await copies.add(edition.copy);
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith("motcua-"));
  await Promise.all(names.filter((name) => ![SHELL, COPY].includes(name))
    .map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const wanted = address.pathname + address.search;
  if (wanted === edition.copy) event.respondWith(copy(event));
  else if (request.mode === "navigate") event.respondWith(page(request, address.pathname));
  else if (shell.has(wanted)) event.respondWith(kept(wanted, request));
});

const match = async (name, address) =>
  (await caches.open(name)).match(address, { ignoreVary: true });

const kept = async (address, request) => (await match(SHELL, address)) ?? fetch(request);

async function page(request, path) {
  if (path === edition.page) return kept(edition.page, request);
  try {
    return await fetch(request);
  } catch {
    return (await match(SHELL, edition.away)) ?? Response.error();
  }
}

// What is kept, at once; behind it a look whether the server has a new copy.
async function copy(event) {
  const old = await match(COPY, edition.copy);
  const renewed = renew(old);
  if (!old) return renewed;
  event.waitUntil(renewed.catch(() => null));
  return old;
}

async function renew(old) {
  const response = await fetch(edition.copy, { cache: "no-cache" });
  if (!response.ok || response.headers.get("ETag") === old?.headers.get("ETag")) return response;
  await (await caches.open(COPY)).put(edition.copy, response.clone());
  const [version, made_on] = ["X-Edition", "X-Edition-Date"].map((name) => response.headers.get(name));
  const clients = old ? await self.clients.matchAll({ type: "window" }) : [];
  clients.forEach((client) => client.postMessage({ edition: { version, made_on } }));
  return response;
}
