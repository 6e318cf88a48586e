"use strict";
// One citizen a tab, as one phone has one Zalo.
const citizen = sessionStorage.citizen ??= "9" + String(Math.random()).slice(2, 17).padEnd(15, "0");
const chat = document.getElementById("chat");
const form = document.getElementById("form");
const text = document.getElementById("text");
let shown = 0;

async function act(event, words) {
  await fetch("/phone/events", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ citizen, event, text: words }),
  });
  await refresh();
}

function add(message) {
  const item = document.createElement("li");
  const file = message.attachment?.type === "file";
  item.textContent = message.message || (file ? "📄 tệp" : "🖼");
  if (message.src === "1") item.className = "mine";
  const payload = message.attachment?.payload ?? {};
  for (const button of payload.buttons ?? []) {
    const tap = document.createElement("button");
    tap.textContent = button.title;
    tap.addEventListener("click", () => act("user_send_text", button.payload));
    item.append(tap);
  }
  chat.append(item);
  item.scrollIntoView({ block: "nearest" });
}

async function refresh() {
  const response = await fetch("/phone/messages?citizen=" + citizen);
  const messages = await response.json();
  for (const message of messages.slice(shown)) add(message);
  shown = messages.length;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  text.value = "";
  if (words) act("user_send_text", words);
});
for (const button of document.querySelectorAll("[data-event]")) {
  button.addEventListener("click", () => act(button.dataset.event));
}
setInterval(refresh, 700);
refresh();
