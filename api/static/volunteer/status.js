// What the page says of itself: the date of its copy, whether there is a signal, what is new.

import { button, fill, make } from "./elements.js";
import { takeNew } from "./offline.js";
import texts from "./texts.js";

const words = texts.screens;
const DAY = 86_400_000;

export const vietnameseDate = (day) => day.split("-").reverse().join("/");

export function bar(app) {
  const [edition, signal, news] = ["p", "p", "p"].map((tag) => make(tag, { role: "status" }));
  const install = make("p");
  document.querySelector("#status").replaceChildren(edition, signal, news, install);
  // Browsers that can install the page say so; the button asks them to.
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    install.replaceChildren(button(words.install, () => {
      event.prompt();
      install.replaceChildren();
    }));
  });
  const showEdition = () => {
    const days = Math.floor((Date.now() - Date.parse(app.copy.made_on)) / DAY);
    const parts = [fill(words.edition, { date: vietnameseDate(app.copy.made_on) })];
    if (days > texts.limits.old_after_days) parts.push(fill(words.old, { days }));
    if (!app.stored) parts.push(words.not_stored);
    edition.textContent = parts.join(" ");
  };
  const showSignal = () => { signal.textContent = navigator.onLine ? "" : words.offline; };
  for (const change of ["online", "offline"]) window.addEventListener(change, showSignal);
  showEdition();
  showSignal();
  return {
    // A copy that says the same is as good as new: only its day moves on.
    offer(found) {
      if (found.edition?.version === app.copy.version) {
        app.copy.made_on = found.edition.made_on;
        showEdition();
        return;
      }
      news.replaceChildren(`${words.update} `, button(words.update_now, () => takeNew(found)));
    },
  };
}
