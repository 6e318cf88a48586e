// Finds procedures by the words people say, with or without diacritics, in the copy at hand.

export const fold = (text) => text.toLowerCase().replaceAll("đ", "d")
  .normalize("NFD").replace(/\p{M}/gu, "");

const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}.]+/gu) ?? [];

export class Search {
  constructor(procedures) {
    this.entries = Object.entries(procedures).map(([code, procedure]) => ({
      code,
      name: wordsOf(procedure.name),
      words: new Set([...wordsOf(procedure.name), ...procedure.words.split(" ")]),
    }));
    this.spread = new Map();
    for (const { words } of this.entries) {
      for (const word of words) this.spread.set(word, (this.spread.get(word) ?? 0) + 1);
    }
  }

  // The codes that fit best. A rare word says more; a word of the name twice as much.
  find(query, most) {
    const asked = [...new Set(wordsOf(query))];
    const pairs = asked.slice(1).map((word, place) => `${asked[place]} ${word}`);
    const scored = this.entries.map((entry) => {
      const name = ` ${entry.name.join(" ")} `;
      let score = 0;
      for (const word of asked) {
        if (!entry.words.has(word)) continue;
        const rare = Math.log(1 + this.entries.length / this.spread.get(word));
        score += rare * (entry.name.includes(word) ? 2 : 1);
      }
      score += pairs.filter((pair) => name.includes(` ${pair} `)).length * 2;
      return { code: entry.code, score: score / (1 + entry.name.length / 40) };
    });
    const best = Math.max(...scored.map((one) => one.score));
    return scored.filter((one) => one.score > 0 && one.score >= best / 3)
      .sort((one, other) => other.score - one.score).slice(0, most).map((one) => one.code);
  }
}
