// Months as intervals from the lower to the upper bound.
import { plural } from "./counts.js";
import { el, mark, roving, svg } from "./dom.js";
import { monthName, momentOf } from "./times.js";

const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 28;
const OPEN = 26;
const WIDEST = 26;
const LETTER = 7;

export function drawMonths({ d3, x, what, open, scale }, months) {
  const top = d3.max(months, ({ low, high, about }) => Math.max(low ?? 0, high ?? 0, about ?? 0)) || 1;
  const y = (scale === "log" ? d3.scaleSymlog().constant(1) : d3.scaleLinear()).domain([0, top]).range([HEIGHT - BOTTOM, TOP + OPEN]);
  const width = x.range()[1] + 44;
  const marks = months.map((month) => drawMonth({ d3, x, y, what, open }, month));
  labelWhereRoom(marks, HEIGHT - BOTTOM);
  const root = svg("svg", { class: "months", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": `${what} by month, as intervals` },
    axisY(y, width, scale, top, d3), axisX(x, d3, HEIGHT - BOTTOM), marks);
  roving(root, marks);
  return root;
}

function drawMonth({ d3, x, y, what, open }, month) {
  const start = x(momentOf(month.Month));
  const end = x(d3.utcMonth.offset(momentOf(month.Month), 1));
  const thick = Math.min(WIDEST, Math.max(5, (end - start) * 0.6));
  const middle = (start + end) / 2;
  const label = month.Total.Label;
  const title = `${label} ${what}, ${monthName(month.Month)}. Show the ${plural(month.Claims, "claim")}.`;
  const zero = y(0);
  const shapes = [];
  if (month.low !== null) shapes.push(...interval(month, y, middle, thick));
  else if (month.high !== null) shapes.push(svg("rect", { class: "interval", x: middle - thick / 2, width: thick, y: y(month.high), height: Math.max(2, zero - y(month.high)) }));
  if (month.about !== null) shapes.push(svg("circle", { class: "about", cx: middle, cy: y(month.about), r: 5 }));
  if (month.unnumbered > 0) shapes.push(svg("text", { class: "unnumbered", x: middle, y: zero - 4, "text-anchor": "middle" }, "?"));
  const highest = Math.min(...[month.low, month.high, month.about].filter((value) => value !== null).map(y), zero) - (month.isOpen ? OPEN : 0);
  return mark(title, () => open(`${label} ${what}, ${monthName(month.Month)}`, `Month eq ${month.Month}`),
    svg("rect", { class: "target", x: middle - Math.max(12, thick / 2 + 3), width: Math.max(24, thick + 6), y: TOP - 14, height: zero - TOP + 14, rx: 3 }),
    shapes, svg("text", { class: "label", x: middle, y: highest - 8, "text-anchor": "middle" }, label));
}

/** A label that would lie on another mark or label is left to the pointer and to the table below; higher counts come first. */
function labelWhereRoom(marks, base) {
  const labels = marks.map((element) => element.querySelector(".label"));
  const at = (label) => ({ x: Number(label.getAttribute("x")), y: Number(label.getAttribute("y")), half: label.textContent.length * LETTER / 2 });
  const columns = labels.map((label) => ({ ...at(label), half: WIDEST / 4 }));
  const taken = [];
  for (const label of [...labels].sort((a, b) => at(a).y - at(b).y)) {
    const own = at(label);
    const isFree = taken.every((other) => Math.abs(other.y - own.y) > 14 || Math.abs(other.x - own.x) > own.half + other.half + 4)
      && columns.every((column) => column.x === own.x || Math.abs(column.x - own.x) > own.half + column.half || Math.min(column.y + 8, base) > own.y);
    if (isFree) taken.push(own);
    else label.setAttribute("visibility", "hidden");
  }
}

/** A stem up to the lower bound, which everybody grants; what is between the bounds; an arrow where there is no upper one. */
function interval({ low, high, isOpen }, y, middle, thick) {
  const [bottom, from] = [y(0), y(low)];
  const stem = svg("rect", { class: "granted", x: middle - thick / 2, width: thick, y: from, height: Math.max(2, bottom - from) });
  if (isOpen) {
    return [stem,
      svg("path", { class: "open", d: `M${middle - thick / 2},${from}V${from - OPEN + 8}M${middle + thick / 2},${from}V${from - OPEN + 8}` }),
      svg("path", { class: "arrow", d: `M${middle - 5},${from - OPEN + 7}L${middle},${from - OPEN}L${middle + 5},${from - OPEN + 7}` })];
  }
  const to = y(high);
  return high > low
    ? [stem, svg("rect", { class: "interval", x: middle - thick / 2, width: thick, y: to, height: Math.max(2, from - to) }), cap(middle, thick, to)]
    : [stem, cap(middle, thick, to)];
}

const cap = (middle, thick, at) => svg("path", { class: "cap", d: `M${middle - thick / 2 - 3},${at}H${middle + thick / 2 + 3}` });

function axisY(y, width, scale, top, d3) {
  const ticks = scale === "log" ? d3.range(0, 7).map((power) => 10 ** power).filter((value) => value <= top) : y.ticks(5).filter(Number.isInteger);
  return svg("g", { class: "axis", "aria-hidden": "true" }, [0, ...ticks.filter((value) => value > 0)].map((value) => [
    svg("path", { class: value === 0 ? "base" : "grid", d: `M42,${y(value)}H${width - 8}` }),
    svg("text", { x: 38, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString("en")),
  ]));
}

/** Years, and months where there is room for their names. */
export function axisX(x, d3, at) {
  const [first, last] = x.domain();
  const pixels = x.range()[1] - x.range()[0];
  const months = d3.utcMonth.count(first, last);
  const step = pixels / months > 38 ? d3.utcMonth : pixels / months > 14 ? d3.utcMonth.every(3) : d3.utcYear;
  const name = (moment) => moment.getUTCMonth() === 0 || step === d3.utcYear ? d3.utcFormat("%Y")(moment) : d3.utcFormat("%b")(moment);
  return svg("g", { class: "axis", "aria-hidden": "true" }, step.range(first, new Date(+last + 1)).map((moment) => [
    svg("path", { class: "tickline", d: `M${x(moment)},${at}v5` }),
    svg("text", { x: x(moment) + 3, y: at + 17 }, moment < last ? name(moment) : ""),
  ]));
}

/** What the marks mean, in shapes and words. */
export function legend() {
  const sign = (...shapes) => svg("svg", { width: 22, height: 26, viewBox: "0 0 22 26", "aria-hidden": "true" }, shapes);
  const entry = (shape, text) => el("li", {}, shape, el("span", {}, text));
  return el("figcaption", {}, el("ul", { class: "legend" },
    entry(sign(svg("rect", { class: "granted", x: 6, y: 8, width: 10, height: 18 }), cap(11, 10, 8)), "exact, with a cap"),
    entry(sign(svg("rect", { class: "granted", x: 6, y: 18, width: 10, height: 8 }), svg("rect", { class: "interval", x: 6, y: 5, width: 10, height: 13 }), cap(11, 10, 5)), "between two bounds"),
    entry(sign(svg("rect", { class: "granted", x: 6, y: 16, width: 10, height: 10 }), svg("path", { class: "open", d: "M6,16V8M16,16V8" }), svg("path", { class: "arrow", d: "M6,8L11,2L16,8" })), "at least: no upper bound"),
    entry(sign(svg("circle", { class: "about", cx: 11, cy: 13, r: 5 })), "about, no bounds"),
    entry(sign(svg("text", { class: "unnumbered", x: 11, y: 18, "text-anchor": "middle" }, "?")), "claims without a number")));
}
