// Elements with their attributes and children. Text is only ever set as text, so nothing that a record holds is read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; properties that start with "on" are listeners, null and false are left out. */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same for SVG. */
export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

/** Adds children to an element that is there; null and false are left out. */
export const put = (root, ...children) => fill(root, {}, children);

/** The same in place of those that it has. */
export function refill(root, ...children) {
  root.replaceChildren();
  put(root, ...children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false).map((child) => child instanceof Node ? child : String(child)));
  return element;
}

/** A select of [value, text] pairs. */
export function select(label, options, value, onchange, properties = {}) {
  const list = el("select", { onchange: () => onchange(list.value), ...properties }, options.map(([key, text]) => el("option", { value: key, selected: key === value }, text)));
  return el("label", { class: "field" }, el("span", {}, label), list);
}

export function button(text, onclick, properties = {}) {
  return el("button", { type: "button", onclick, ...properties }, text);
}

/** A figure that leads to the claims behind it. */
export function figure(label, title, onclick) {
  return el("button", { type: "button", class: "figure", title, "aria-label": `${label}. ${title}`, onclick }, label);
}

/** Puts a wide table in a frame of its own that scrolls, by keys too. */
export function scroller(label, ...children) {
  return el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": label }, ...children);
}

/** One stop for the Tab key; arrows, Home and End go from mark to mark. */
export function roving(root, marks) {
  const first = marks[0];
  marks.forEach((mark) => mark.setAttribute("tabindex", mark === first ? "0" : "-1"));
  root.addEventListener("keydown", (event) => {
    const at = marks.indexOf(event.target.closest("[role=button]"));
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = marks[Math.max(0, Math.min(marks.length - 1, to))];
    marks[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

/** A mark in a drawing that can be pressed by mouse and by key. */
export function mark(label, onpress, ...children) {
  return svg("g", {
    class: "mark", role: "button", "aria-label": label, onclick: onpress,
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onpress();
    },
  }, svg("title", {}, label), ...children);
}

/** A button that copies a text and says so. */
export function copyButton(text) {
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text());
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Select and copy by hand";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 2000);
  }, { "aria-live": "polite" });
  return copy;
}
