// The volunteer's page: one screen at a time. What is kept, and how long, stands in people.js.

import { caseScreen, personScreen } from "./case.js";
import { make } from "./elements.js";
import { nextScreen, sheetScreen, tallyScreen } from "./finish.js";
import { forgetWaitingChat, hearOfNew, keepOffline, loadCopy } from "./offline.js";
import { PageStorage, People, openStorage } from "./people.js";
import { Search } from "./search.js";
import { canSpeak, silence, whenVoicesCome } from "./speech.js";
import { aboutScreen, chooseScreen, eventScreen, fieldScreen, filedScreen, helloScreen, homeScreen,
  nicknameScreen } from "./start.js";
import { bar } from "./status.js";
import { Tally } from "./tally.js";
import texts from "./texts.js";

const find = (selector) => document.querySelector(selector);
const screens = {
  home: homeScreen, nickname: nicknameScreen, tally: tallyScreen,
  hello: helloScreen, filed: filedScreen, choose: chooseScreen, event: eventScreen,
  field: fieldScreen, about: aboutScreen, case: caseScreen, person: personScreen,
  sheet: sheetScreen, next: nextScreen,
};
const OPEN_TO_ALL = ["home", "nickname", "tally"];

class App {
  constructor(copy) {
    const stored = openStorage();
    this.storage = stored ?? new PageStorage();
    this.stored = Boolean(stored);
    this.people = new People(this.storage, texts.limits.hours_kept);
    this.tally = new Tally(this.storage);
    this.search = new Search(copy.procedures);
    this.copy = copy;
    this.name = null;
    // Says which person's run a step of the browser's history belongs to, without naming anyone.
    this.run = Date.now();
  }

  get person() {
    return this.name && this.people.get(this.name);
  }

  // The name of a procedure, also of one without guidance.
  nameOf(code) {
    return this.copy.procedures[code]?.name ?? this.copy.names[code] ?? code;
  }

  turnTo(name) {
    this.name = name;
    this.run += 1;
  }

  go(screen, details = {}) {
    history.pushState({ screen, details, run: this.run }, "");
    this.show(screen, details);
  }

  back() {
    history.back();
  }

  // Shows a screen: one that the server wrote, or one made here.
  show(wanted, details = {}, { focus = true } = {}) {
    silence();
    const written = find(`[data-screen="${wanted}"]`);
    const known = written || OPEN_TO_ALL.includes(wanted) || (screens[wanted] && this.person);
    const screen = known ? wanted : "home";
    for (const part of document.querySelectorAll("[data-screen]")) part.hidden = part !== written;
    const place = find("#helper");
    place.hidden = Boolean(written);
    place.replaceChildren(...(written ? [] : [screens[screen](this, details)].flat()));
    find("#back").hidden = screen === "home";
    document.body.classList.toggle("on-sheet", screen === "sheet");
    document.body.classList.toggle("at-home", screen === "home");
    if (!focus) return;
    const heading = (written ?? place).querySelector("h3");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  }
}

function start(copy, news) {
  const app = new App(copy);
  const page = find("#volunteer");
  page.classList.add("ready");
  find("#loading").remove();
  page.querySelector(".plain-only")?.remove();
  find("#back").addEventListener("click", () => app.back());
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-go], [data-print]");
    if (!link) return;
    if (!link.dataset.go) return void window.print();
    event.preventDefault();
    app.go(link.dataset.go);
  });
  window.addEventListener("popstate", ({ state }) => {
    // A link within the page, such as the one that skips the head: the screen stays.
    if (!state) return;
    const ours = state.run === app.run || OPEN_TO_ALL.includes(state.screen)
      || find(`[data-screen="${state.screen}"]`);
    app.show(ours ? state.screen : "home", ours ? state.details : {});
  });
  history.replaceState({ screen: "home", details: {}, run: app.run }, "", location.pathname);
  const status = bar(app);
  app.show("home", {}, { focus: false });
  whenVoicesCome(() => document.documentElement.classList.toggle("can-speak", canSpeak()));
  document.documentElement.classList.toggle("can-speak", canSpeak());
  forgetWaitingChat(app.storage);
  window.addEventListener("online", () => forgetWaitingChat(app.storage));
  keepOffline(status.offer);
  news.tell(status.offer);
}

const news = hearOfNew();
loadCopy().then((copy) => start(copy, news), () => {
  find("#loading").replaceChildren(make("strong", {}, find("#loading").dataset.failed));
});
