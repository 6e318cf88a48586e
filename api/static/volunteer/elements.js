// Builds elements from text alone: nothing is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

export const fill = (text, parts) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole));

export const button = (text, click, name = "") =>
  make("button", { type: "button", class: name || null, click }, text);

export const list = (entries, tag = "ul", name = null) =>
  make(tag, { class: name, role: name ? "list" : null }, entries.map((entry) => make("li", {}, entry)));

export function fold(title, ...children) {
  return make("details", { class: "fold" }, make("summary", {}, title),
    make("div", { class: "fold-body" }, children));
}

// Draws the rows that the server made of an address (see qr_rows), with their quiet zone.
export function qrCode(rows, title) {
  const size = rows.length;
  const picture = document.createElementNS(SVG, "svg");
  const [name, path] = ["title", "path"].map((tag) => document.createElementNS(SVG, tag));
  name.textContent = title;
  const squares = rows.flatMap((row, y) =>
    [...BigInt(`0x${row}`).toString(2).padStart(size, "0")]
      .map((bit, x) => (bit === "1" ? `M${x} ${y}h1v1h-1z` : "")));
  path.setAttribute("d", squares.join(""));
  picture.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("class", "qr");
  picture.setAttribute("shape-rendering", "crispEdges");
  picture.append(name, path);
  return picture;
}
