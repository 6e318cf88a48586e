// The people being helped, in this browser only, each under a key of the nickname.

const PREFIX = "motcua:nguoi:";

export class People {
  constructor(storage, hoursKept, now = Date.now) {
    Object.assign(this, { storage, kept: hoursKept * 3600_000, now });
  }

  // Everybody, the longest waiting first. Who was left too long ago is wiped.
  all() {
    const keys = Array.from({ length: this.storage.length }, (_, place) => this.storage.key(place));
    return keys.filter((key) => key.startsWith(PREFIX))
      .map((key) => this.get(key.slice(PREFIX.length)))
      .filter(Boolean)
      .sort((one, other) => one.since - other.since);
  }

  get(name) {
    let person = null;
    try {
      person = JSON.parse(this.storage.getItem(PREFIX + name));
    } catch { /* not ours: wiped below */ }
    const sound = person?.name === name && Array.isArray(person.cases) && Array.isArray(person.events);
    if (sound && this.now() - person.at < this.kept) return person;
    this.remove(name);
    return null;
  }

  add(name) {
    return this.save({ name, since: this.now(), cases: [], events: [] });
  }

  save(person) {
    person.at = this.now();
    this.storage.setItem(PREFIX + person.name, JSON.stringify(person));
    return person;
  }

  remove(name) {
    this.storage.removeItem(PREFIX + name);
  }
}

// What is wrong with a nickname: a key of the texts, or nothing.
export function nicknameFault(name, surnames) {
  if (!name) return "nickname_empty";
  if (name.replace(/[\s.\-+()]/g, "").match(/\d{4}/)) return "nickname_digits";
  const words = name.toLocaleLowerCase("vi").split(/\s+/);
  const surname = surnames.some((one) => one.toLocaleLowerCase("vi") === words[0]);
  return surname && words.length > 1 ? "nickname_name" : null;
}

// Where the browser keeps nothing, as long as the page is open.
export class PageStorage {
  #kept = new Map();
  get length() { return this.#kept.size; }
  key(place) { return [...this.#kept.keys()][place] ?? null; }
  getItem(key) { return this.#kept.get(key) ?? null; }
  setItem(key, value) { this.#kept.set(key, value); }
  removeItem(key) { this.#kept.delete(key); }
}

export function openStorage() {
  try {
    window.localStorage.setItem("motcua:thu", "1");
    window.localStorage.removeItem("motcua:thu");
    return window.localStorage;
  } catch {
    return null;
  }
}
