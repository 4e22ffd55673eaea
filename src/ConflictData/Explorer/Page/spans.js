// Claims of periods longer than a month: one bar each, as long as the period, with its label and its place.
import { labelOf } from "./counts.js";
import { mark, roving, svg } from "./dom.js";
import { axisX } from "./months.js";
import { momentOf } from "./times.js";

const LANE = 36;
const DAY = 86_400_000;
const LETTER = 6.6;

export function drawSpans({ d3, x, what, open }, spans) {
  const [width, height] = [x.range()[1] + 44, spans.length * LANE + 34];
  const marks = spans.map((span, at) => drawSpan({ x, what, open, top: at * LANE + 4, width }, span));
  const root = svg("svg", { class: "spans", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${what}: periods longer than a month` }, axisX(x, d3, height - 26), marks);
  roving(root, marks);
  return root;
}

/** Its words begin with the bar, or earlier where they would not end on the drawing. */
function drawSpan({ x, what, open, top, width }, span) {
  const from = x(momentOf(span.StartDate));
  const to = span.EndDate ? x(new Date(+momentOf(span.EndDate) + DAY)) : x.range()[1];
  const label = labelOf(span);
  const title = `${label} ${span.Place.Name}, ${span.Date}. ${what}: show the claim.`;
  const text = ` ${span.Place.Name}, ${span.Date}`;
  return mark(title, () => open(`${label} ${what}, ${span.Date}`, `Id eq '${span.Id}'`),
    svg("rect", { class: "target", x: 0, width, y: top - 2, height: LANE - 2, rx: 3 }),
    svg("text", { class: "label", x: Math.max(2, Math.min(from, width - (label.length + text.length) * LETTER)), y: top + 13 }, svg("tspan", { class: "strong" }, label), text),
    svg("rect", { class: span.DateApproximate ? "span approximate" : "span", x: from, width: Math.max(3, to - from), y: top + 19, height: 9, rx: 1 }),
    span.EndDate ? null : svg("path", { class: "arrow", d: `M${to},${top + 17}l8,6.5l-8,6.5` }));
}
