// Shows the assistant on another site: a button, and on its press the chat in a frame.
// <script src="https://…/embed.js" data-label="…" data-procedure="1.001193" defer></script>
// Nothing of the host page is read or changed; the host's style cannot reach in, nor ours out.
(() => {
  const { src, dataset } = document.currentScript;
  const address = new URL("/?embed=1", src);
  if (dataset.procedure) address.searchParams.set("procedure", dataset.procedure);
  const label = dataset.label || "Hỏi Trợ lý Một Cửa";
  const title = dataset.title || "Trợ lý Một Cửa";
  const rights = `microphone; clipboard-write${navigator.share ? "; web-share" : ""}`;
  const close = dataset.close || "Đóng";

  const make = (name, attributes) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 12px 12px auto; z-index: 2147483000; font: 600 18px/1.35 system-ui, sans-serif; }
    :host([data-side="left"]) { inset: auto auto 12px 12px; }
    button { box-sizing: border-box; min-height: 48px; max-width: calc(100vw - 24px); padding: 8px 20px; border: 2px solid #fff; border-radius: 24px; background: #7a1722; color: #fff; font: inherit; cursor: pointer; box-shadow: 0 2px 12px rgb(0 0 0 / 35%); }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 3px solid #ffd54a; box-shadow: 0 0 0 6px #14100f; }
    section { position: fixed; inset: auto 12px 72px auto; width: min(430px, calc(100vw - 24px)); height: min(680px, calc(100dvh - 96px)); overflow: hidden; border: 1px solid #85766d; border-radius: 16px; background: #f8f5f1; box-shadow: 0 8px 40px rgb(0 0 0 / 35%); }
    :host([data-side="left"]) section { inset: auto auto 72px 12px; }
    section[hidden] { display: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    @media (max-width: 480px) { section { inset: 8px 8px 72px; width: auto; height: auto; } :host([data-side="left"]) section { inset: 8px 8px 72px; } }
    @media print { :host { display: none; } }
  `);

  const host = make("div", dataset.side === "left" ? { "data-side": "left" } : {});
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  const button = make("button", { type: "button", "aria-expanded": "false" });
  const panel = make("section", { "aria-label": title, hidden: "" });
  button.textContent = label;
  root.append(panel, button);

  let frame;
  const show = (open) => {
    if (open && !frame) {
      // Only now is anything asked of the assistant's site.
      frame = make("iframe", { title, src: address.href, allow: rights });
      panel.append(frame);
    }
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? close : label;
    (open ? frame : button).focus();
  };
  button.addEventListener("click", () => show(panel.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) show(false);
  });
  const start = () => document.body.append(host);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
