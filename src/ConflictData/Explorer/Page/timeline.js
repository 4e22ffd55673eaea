// Counts over time: months as intervals, with open ends marked; periods longer than a month as spans of their own.
import { feed, readRows } from "./api.js";
import { extentOf, labelOf, plural, totalled } from "./counts.js";
import { chosen } from "./counted.js";
import { el, figure, put, scroller } from "./dom.js";
import { openEvidence } from "./evidence.js";
import { loadD3 } from "./plot.js";
import { fragment, go } from "./state.js";
import { drawSpans } from "./spans.js";
import { drawMonths, legend } from "./months.js";
import { monthName, momentOf } from "./times.js";

const MOST_SPANS = 60;
const LEAST_MONTH = 7;

export async function render(root, { store, params, width }) {
  const { number } = store.release;
  const { set, outcome, what, controls } = await chosen("timeline", params);
  const condition = totalled(set, outcome);
  const scale = params.get("scale") === "log" ? "log" : "linear";
  const [{ rows: value }, spans, d3] = await Promise.all([
    readRows(feed(number, set, { apply: `filter(${condition})/groupby((Month),aggregate(Count with Conflict.total as Total,$count as Claims))` }), Infinity),
    readRows(feed(number, set, { filter: `${condition} and Month eq null`, expand: "Place($select=Name)", select: "Id,Date,StartDate,EndDate,DateApproximate,Low,Best,High,CountText,PlaceId", orderby: "StartDate,Id" }), MOST_SPANS),
    loadD3(),
  ]);
  const months = value.filter(({ Month }) => Month !== null).map((row) => ({ ...row, ...extentOf(row.Total) })).sort((a, b) => a.Month.localeCompare(b.Month));
  const open = (title, more) => openEvidence(number, title, [{ set, filter: `${condition} and ${more}` }]);
  const log = el("label", { class: "tick" }, el("input", { id: "log", type: "checkbox", checked: scale === "log", onchange: (event) => go("timeline", { scale: event.target.checked ? "log" : null }) }), " Logarithmic");
  put(root, el("h2", {}, "Timeline"), el("form", { class: "controls" }, controls, log));
  if (months.length + spans.rows.length === 0) {
    put(root, el("p", { class: "empty" }, `No claim of ${what} counts at release ${number}. Choose another outcome or release.`));
    return;
  }

  const x = timeScale(d3, months, spans.rows, width);
  const context = { d3, x, what, open, scale };
  put(root,
    el("h3", {}, `By month: ${what}`),
    months.length
      ? el("figure", {}, scroller("Counts by month", drawMonths(context, months)), legend())
      : el("p", { class: "empty" }, "Every claim here is of a period longer than one month."),
    el("h3", {}, "Periods longer than a month, or across its end"),
    el("p", { class: "lead" }, "Each is one claim and stands for its whole period. Spread over months it would say what nobody said, so it is in none of the months above."),
    spans.rows.length ? scroller("Periods longer than a month", drawSpans(context, spans.rows)) : el("p", { class: "empty" }, "There is none."),
    spans.more ? el("p", {}, `These are the first ${MOST_SPANS}. `, el("a", { href: fragment("table", { set, filter: `${condition} and Month eq null` }) }, "All of them in the table")) : null,
    asTable({ months, spans: spans.rows, what, open }));
}

function timeScale(d3, months, spans, width) {
  const days = [...months.flatMap(({ Month }) => [Month, endOfMonth(Month)]), ...spans.flatMap(({ StartDate, EndDate }) => [StartDate, EndDate])].filter(Boolean).sort();
  const [first, last] = [d3.utcMonth.floor(momentOf(days[0])), d3.utcMonth.ceil(new Date(+momentOf(days.at(-1)) + 1))];
  const needed = d3.utcMonth.count(first, last) * LEAST_MONTH + 90;
  return d3.scaleUtc([first, last], [46, Math.max(300, width, needed) - 44]);
}

const endOfMonth = (month) => new Date(Date.UTC(+month.slice(0, 4), +month.slice(5, 7), 0)).toISOString().slice(0, 10);

function asTable({ months, spans, what, open }) {
  const line = (when, label, claims, press) => el("tr", {}, el("th", { scope: "row" }, when), el("td", { class: "number" }, figure(label, `${what}, ${when}: show the claims`, press)), el("td", { class: "number" }, claims));
  return el("details", { class: "astable" }, el("summary", {}, "The same as a table"), scroller("Counts by period", el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Period"), el("th", { scope: "col", class: "number" }, what), el("th", { scope: "col", class: "number" }, "Claims"))),
    el("tbody", {},
      months.map((month) => line(monthName(month.Month), month.Total.Label, plural(month.Claims, "claim"), () => open(`${month.Total.Label} ${what}, ${monthName(month.Month)}`, `Month eq ${month.Month}`))),
      spans.map((span) => line(`${span.Date}, ${span.Place.Name}`, labelOf(span), "1 claim", () => open(`${labelOf(span)} ${what}, ${span.Date}`, `Id eq '${span.Id}'`)))))));
}
