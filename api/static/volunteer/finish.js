// The sheet to print, the next person, and the tally.

import { finished } from "./case.js";
import { follow } from "./checklist.js";
import { button, fill, fold, make, qrCode } from "./elements.js";
import { forgetChat } from "./offline.js";
import { heading } from "./start.js";
import { vietnameseDate } from "./status.js";
import { UNLISTED, asCsv } from "./tally.js";
import texts from "./texts.js";

const words = texts.screens;

export function sheetScreen(app, { codes }) {
  const ready = finished(app, app.person).filter((code) => codes.includes(code));
  return [
    heading(words.sheet_screen),
    make("p", { class: "tools" }, button(words.print, () => window.print(), "primary")),
    make("p", { class: "note" }, words.sheet_hint),
    ...ready.map((code) => handout(app, code)),
    button(words.next_person, () => app.go("next"), "wide"),
  ];
}

function handout(app, code) {
  const procedure = app.copy.procedures[code];
  const current = app.person.cases.find((one) => one.code === code);
  const { said, list: papers } = follow(procedure, current.path);
  const have = new Set(current.have);
  const item = (paper) => make("li", { class: have.has(paper.id) ? "held" : null }, paper.name,
    paper.quantity && ` (${paper.quantity})`,
    paper.waived && ` (${words.sheet_waived})`,
    paper.onlyIf && `. ${fill(words.only_if, { text: paper.onlyIf })}`,
    have.has(paper.id) && make("span", {}, ` (${words.have})`));
  const group = (title, entries) => entries.length > 0
    && [make("h5", {}, title), make("ul", { role: "list" }, entries.map(item))];
  const chosen = said.filter(({ option }) => option).map(({ option }) => option.label);
  return make("section", { class: "handout" },
    make("h4", {}, fill(words.sheet_title, { name: procedure.name })),
    make("p", {}, fill(words.sheet_for, { name: app.name }),
      chosen.length > 0 && `. ${fill(words.sheet_case, { text: chosen.join("; ") })}`),
    group(words.submit, papers.needed.filter((paper) => paper.group === "submit")),
    group(words.show, papers.needed.filter((paper) => paper.group === "show")),
    group(words.maybe, papers.maybe),
    papers.remark && make("p", {}, papers.remark),
    make("p", {}, fill(words.sheet_where,
      { text: procedure.offices.map(([name]) => name).join("; ") })),
    make("p", {}, make("strong", {}, words.sheet_safety)),
    make("footer", {}, qrCode(procedure.qr, words.sheet_qr), make("div", {},
      make("p", {}, fill(words.sheet_more, { address: procedure.address })),
      make("p", {}, fill(words.sheet_ask, { text: texts.office })),
      make("p", {}, fill(words.sheet_source,
        { text: procedure.source, date: vietnameseDate(app.copy.made_on) })))));
}

export function nextScreen(app) {
  const name = app.name;
  const wipe = () => {
    const codes = app.person?.cases.map((one) => one.code) ?? [];
    app.tally.add(codes.length ? codes : [UNLISTED]);
    app.people.remove(name);
    app.turnTo(null);
    forgetChat(app.storage);
    app.go("nickname");
    document.querySelector("#helper h3")
      .after(make("p", { class: "result", role: "status" }, words.next_done));
  };
  return [
    heading(words.next_title),
    make("p", {}, fill(words.next_lead, { name })),
    button(words.next_yes, wipe, "primary wide"),
    button(words.next_no, () => app.back(), "wide"),
  ];
}

export function tallyScreen(app) {
  const rows = app.tally.rows().map(({ day, code, count }) => [vietnameseDate(day), code,
    code === UNLISTED ? words.tally_unlisted : app.nameOf(code), count]);
  if (!rows.length) {
    return [heading(words.tally), make("p", {}, words.tally_lead), make("p", {}, words.tally_none)];
  }
  const head = [words.tally_day, words.tally_code, words.tally_procedure, words.tally_count];
  const clear = () => {
    app.tally.clear();
    app.show("tally");
  };
  const save = () => {
    const file = new Blob([asCsv(head, rows)], { type: "text/csv" });
    const link = make("a", { href: URL.createObjectURL(file), download: words.tally_file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const total = rows.reduce((sum, row) => sum + row.at(-1), 0);
  return [
    heading(words.tally),
    make("p", {}, words.tally_lead),
    make("table", { class: "tally" },
      make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, rows.map((row) => make("tr", {},
        row.map((cell, place) => make("td", { "data-label": head[place] }, cell)))))),
    make("p", {}, fill(words.tally_total, { count: total })),
    button(words.tally_export, save, "primary wide"),
    fold(words.tally_clear, make("p", {}, words.tally_clear_sure),
      make("p", { class: "tools" }, button(words.tally_clear_yes, clear))),
  ];
}
