// Before the checklist: who is helped (under a nickname), what was done already, which procedure.

import { button, fill, fold, list, make } from "./elements.js";
import { forgetChat } from "./offline.js";
import { nicknameFault } from "./people.js";
import { speak } from "./speech.js";
import texts from "./texts.js";

const words = texts.screens;

// Words for the person, to be said or played; `shown` stands for them where it is a heading.
export function say(text, shown = make("p", { class: "said" }, text)) {
  return make("div", { class: "say" }, make("p", { class: "kind" }, words.say_this), shown,
    button(words.speak, () => speak(text), "speaks"));
}

export const heading = (text) => make("h3", {}, text);
const choices = (entries) => make("ul", { class: "choices-large", role: "list" },
  entries.map((entry) => make("li", {}, entry)));

export function homeScreen(app) {
  const people = app.people.all();
  const open = (person) => () => {
    app.turnTo(person.name);
    app.go("person");
  };
  const wipe = () => {
    people.forEach((person) => app.people.remove(person.name));
    app.turnTo(null);
    forgetChat(app.storage);
    app.show("home");
  };
  return [
    heading(words.start),
    make("p", {}, words.start_lead),
    button(words.start, () => app.go("nickname"), "primary wide"),
    people.length > 0 && [
      make("h4", {}, words.waiting),
      choices(people.map((person) => button([make("strong", {}, person.name),
        ...person.cases.slice(-1).map((one) => make("span", { class: "note" }, app.nameOf(one.code)))],
      open(person)))),
      make("p", { class: "note" }, fill(words.kept, { hours: texts.limits.hours_kept })),
      fold(words.wipe_all, make("p", {}, fill(words.wipe_all_sure, { count: people.length })),
        make("p", { class: "tools" }, button(words.wipe_all_yes, wipe))),
    ],
  ].flat(2).filter(Boolean);
}

export function nicknameScreen(app) {
  const taken = app.people.all().map((person) => person.name.toLocaleLowerCase("vi"));
  const free = texts.nicknames.filter((name) => !taken.includes(name.toLocaleLowerCase("vi")));
  const error = make("p", { class: "error", id: "nickname-error", role: "alert" });
  const box = make("input", { id: "nickname", name: "nickname", maxlength: 30, autocomplete: "off",
    autocapitalize: "sentences", spellcheck: "false", "aria-describedby": "nickname-hint nickname-error" });
  const faultOf = (name) => nicknameFault(name, texts.surnames)
    ?? (taken.includes(name.toLocaleLowerCase("vi")) ? "nickname_taken" : null);
  const warn = (fault) => {
    error.textContent = fault ? words[fault] : "";
    box.setAttribute("aria-invalid", String(Boolean(fault)));
  };
  const use = (name) => {
    app.people.add(name);
    app.turnTo(name);
    app.go("hello");
  };
  box.addEventListener("input", () => warn(box.value.trim() && faultOf(box.value.trim())));
  const submit = (event) => {
    event.preventDefault();
    const name = box.value.trim().normalize("NFC").replace(/\s+/g, " ");
    const fault = faultOf(name);
    warn(fault);
    if (fault) box.focus();
    else use(name);
  };
  return [
    heading(words.nickname_title),
    make("p", { id: "nickname-hint" }, words.nickname_hint),
    make("div", { class: "chips-large" },
      free.map((name) => button(name, () => use(name)))),
    make("form", { class: "one-field", submit },
      make("label", { for: "nickname" }, words.nickname_label), box, error,
      make("button", { class: "primary" }, words.nickname_go)),
  ];
}

export const helloScreen = (app) => [
  heading(words.hello_title),
  say(texts.opening[0].say),
  make("p", {}, texts.opening[0].note),
  button(words.hello_next, () => app.go("filed"), "primary wide"),
];

export function filedScreen(app, { filed }) {
  if (filed) {
    return [heading(words.filed_title_yes), list(words.filed_advice),
      button(words.filed_other, () => app.go("choose"), "primary wide"),
      button(words.next_person, () => app.go("next"), "wide")];
  }
  return [
    heading(words.filed_title),
    say(texts.opening[3].say),
    choices([button(words.filed_no, () => app.go("choose")),
      button(words.filed_yes, () => app.go("filed", { filed: true }))]),
  ];
}

export function chooseScreen(app) {
  const { events, procedures } = app.copy;
  const found = make("div", { role: "status" });
  const box = make("input", { id: "wanted", type: "search", maxlength: 100, autocomplete: "off",
    "aria-describedby": "wanted-hint" });
  const search = (event) => {
    event.preventDefault();
    const codes = app.search.find(box.value, texts.limits.search_results);
    found.replaceChildren(
      make("p", {}, codes.length ? fill(words.found, { count: codes.length }) : words.none_found),
      choices(codes.map((code) => procedureButton(app, code))));
  };
  const fields = [...new Set(Object.values(procedures).map((one) => one.field))]
    .sort((one, other) => one.localeCompare(other, "vi"));
  return [
    heading(words.choose_title),
    say(texts.opening[1].say),
    make("form", { class: "one-field", role: "search", submit: search },
      make("label", { for: "wanted" }, words.search_label),
      make("p", { class: "hint", id: "wanted-hint" }, words.search_hint), box,
      make("button", { class: "primary" }, words.search_go)),
    found,
    fold(words.events, choices(events.map((event, place) =>
      button(event.title, () => app.go("event", { place }))))),
    fold(words.fields, choices(fields.map((field) =>
      button(field, () => app.go("field", { field }))))),
  ];
}

const procedureButton = (app, code) =>
  button(app.copy.procedures[code].name, () => app.go("about", { code }));

export function fieldScreen(app, { field }) {
  const codes = Object.keys(app.copy.procedures)
    .filter((code) => app.copy.procedures[code].field === field);
  return [heading(field), make("p", {}, words.field_lead),
    choices(codes.map((code) => procedureButton(app, code)))];
}

export function eventScreen(app, { place }) {
  const event = app.copy.events[place];
  const steps = event.steps.map((step) => make("li", {},
    app.copy.procedures[step.code]
      ? procedureButton(app, step.code)
      : make("p", {}, make("strong", {}, app.nameOf(step.code)), " ", words.event_unguided),
    make("p", {}, step.why),
    step.when && make("p", { class: "note" }, fill(words.event_when, { text: step.when })),
    step.only_if && make("p", { class: "note" }, fill(words.only_if, { text: step.only_if }))));
  return [heading(event.title), event.intro.map((line) => make("p", {}, line)),
    make("p", {}, words.event_lead), make("ol", { class: "journey" }, steps)].flat();
}

export function aboutScreen(app, { code }) {
  const procedure = app.copy.procedures[code];
  const begin = () => {
    const { person } = app;
    if (!person.cases.some((one) => one.code === code)) {
      person.cases.push({ code, path: [], have: [] });
      app.people.save(person);
    }
    app.go("case", { code });
  };
  return [
    heading(procedure.name),
    make("p", {}, procedure.summary),
    say(words.about_question),
    ...procedure.warnings.map((text) => make("p", { class: "block-warning" }, text)),
    make("h4", {}, words.needed), list(procedure.needed_when),
    ...(procedure.not_needed_when.length
      ? [make("h4", {}, words.not_needed), list(procedure.not_needed_when)] : []),
    button(procedure.questions.length ? words.about_yes : words.about_list, begin, "primary wide"),
    button(words.about_no, () => app.back(), "wide"),
  ];
}
