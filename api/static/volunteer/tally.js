// How often each procedure was asked for on each day. It knows of no person.

const KEY = "motcua:so-dem";
export const UNLISTED = "-";

const dayOf = (time) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(time);

export class Tally {
  constructor(storage, now = Date.now) {
    Object.assign(this, { storage, now });
  }

  add(codes) {
    const counts = this.#read();
    const day = counts[dayOf(this.now())] ??= {};
    for (const code of codes) day[code] = (day[code] ?? 0) + 1;
    this.storage.setItem(KEY, JSON.stringify(counts));
  }

  // Rows of day, code and count, the newest day first.
  rows() {
    return Object.entries(this.#read())
      .sort(([one], [other]) => (one < other ? 1 : -1))
      .flatMap(([day, counts]) => Object.entries(counts).sort()
        .map(([code, count]) => ({ day, code, count })));
  }

  clear() {
    this.storage.removeItem(KEY);
  }

  #read() {
    try {
      const counts = JSON.parse(this.storage.getItem(KEY));
      return counts && typeof counts === "object" ? counts : {};
    } catch {
      return {};
    }
  }
}

// Comma-separated values (RFC 4180), with the mark by which spreadsheets know UTF-8.
export function asCsv(head, rows) {
  const cell = (value) => `"${String(value).replaceAll('"', '""')}"`;
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
