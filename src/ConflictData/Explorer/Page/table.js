// Any set as a table, with conditions; the address that it was read from stands above it.
import { address, download, feed, here, readJson } from "./api.js";
import { needed } from "./behind.js";
import { button, copyButton, el, put, scroller, select } from "./dom.js";
import { openRow } from "./evidence.js";
import { condition, filterRows } from "./filters.js";
import { go } from "./state.js";
import { schemaOf } from "./store.js";

const PAGE = 50;
const MOST_SHOWN = 8;
const USUAL = ["Id", "Name", "Title", "Date", "PlaceId", "Place", "ZoneId", "Outcome", "Measure", "AttackType", "Kind", "CountText", "Low", "Best", "High", "ClaimantId", "Claimant", "SourceId", "SourceLocator", "Grade", "Label"];

export async function render(root, { store, params }) {
  const { number } = store.release;
  const set = store.datasets.find(({ name }) => name === params.get("set"))?.name ?? "Casualties";
  const schema = await schemaOf(set);
  const names = schema.fields.map(({ name }) => name);
  const conditions = params.getAll("where");
  const usual = names.filter((name) => USUAL.includes(name));
  const columns = params.get("columns")?.split(",").filter((name) => names.includes(name)) ?? (usual.length > 2 ? usual : names.slice(0, MOST_SHOWN));
  const [sorted, way] = (params.get("sort") ?? "").split(" ");
  const orderby = names.includes(sorted) ? `${sorted}${way === "desc" ? " desc" : ""}` : null;
  const filter = [params.get("filter"), ...conditions.map((text) => condition(schema, text))].filter(Boolean).map((text, _, all) => all.length > 1 && / or /.test(text) ? `(${text})` : text).join(" and ");
  const search = params.get("search");
  const path = feed(number, set, { filter, search: search ? `"${search.replaceAll('"', "")}"` : null, orderby, select: [...new Set([...needed(set), ...columns])].join(","), count: "true" });
  put(root, el("h2", {}, "Table"), controls({ store, set, schema, params, conditions, columns, search }), urlBox(path));
  const rows = el("div", { id: "rows" });
  put(root, rows);
  const numbers = new Set(schema.fields.filter(({ type }) => type === "integer" || type === "number").map(({ name }) => name));
  await page({ number, set, columns, numbers, sorted, way, rows }, path, 1, []);
}

function controls({ store, set, schema, params, conditions, columns, search }) {
  const groups = store.datasets.map(({ name, title }) => [name, title]);
  const searched = el("label", { class: "field" }, el("span", {}, "Search the text"), el("input", { id: "search", type: "search", value: search ?? "", onchange: (event) => go("table", { search: event.target.value.trim() || null }) }));
  const tick = (name) => el("label", { class: "tick" }, el("input", { type: "checkbox", id: `show-${name}`, checked: columns.includes(name), onchange: (event) => show(name, event.target.checked) }), ` ${name}`);
  const show = (name, isShown) => {
    const next = schema.fields.map((field) => field.name).filter((each) => each === name ? isShown : columns.includes(each));
    if (next.length > 0) go("table", { columns: next.join(",") });
  };
  return el("form", { onsubmit: (event) => event.preventDefault() },
    el("div", { class: "controls" },
      select("Dataset or view", groups, set, (value) => go("table", { set: value, where: null, filter: null, sort: null, columns: null, search: null }), { id: "set" }),
      searched),
    params.get("filter") ? el("p", {}, "Shown are only rows where ", el("code", {}, params.get("filter")), " ", button("Show all", () => go("table", { filter: null }))) : null,
    filterRows(schema, conditions, (where) => go("table", { where })),
    el("details", { id: "columns" }, el("summary", {}, `Columns (${columns.length} of ${schema.fields.length})`), el("div", { class: "columns" }, schema.fields.map(({ name }) => tick(name)))));
}

function urlBox(path) {
  const forms = ["csv", "ndjson"].map((form) => {
    const file = `query.${form}`;
    const whole = `${path.replace(/[?&]\$count=true/, "")}`;
    const asked = `${whole}${whole.includes("?") ? "&" : "?"}$format=${form}`;
    return el("a", { href: address(asked), download: file, onclick: (event) => download(event, asked, file) }, form.toUpperCase());
  });
  return el("div", {}, el("div", { class: "urlbox" }, el("output", { id: "url", class: "url", "aria-label": "The address of this query" }, address(path)), copyButton(() => address(path))),
    el("p", { class: "quiet" }, "All rows of this query: ", forms[0], " · ", forms[1], ". Power BI and Excel read the same address."));
}

async function page(context, path, first, before) {
  const { number, set, columns, numbers, sorted, way, rows } = context;
  const answer = await readJson(path, { Prefer: `odata.maxpagesize=${PAGE}` });
  const all = answer["@odata.count"] ?? context.all;
  context.all = all;
  if (all === 0) {
    rows.replaceChildren(el("p", { class: "empty" }, "No row meets these conditions. Take one away, or choose another release."));
    return;
  }

  const next = answer["@odata.nextLink"] ? here(answer["@odata.nextLink"]) : null;
  const turn = (to, at, past) => page(context, to, at, past).catch((problem) => { document.getElementById("notice").textContent = problem.message; });
  const head = (name) => el("th", { scope: "col", class: numbers.has(name) ? "number" : null, "aria-sort": name === sorted ? (way === "desc" ? "descending" : "ascending") : null },
    button(`${name}${name === sorted ? (way === "desc" ? " ↓" : " ↑") : ""}`, () => go("table", { sort: name === sorted && way !== "desc" ? `${name} desc` : name }), { id: `sort-${name}`, "data-order": name === sorted || null }));
  const cells = (row) => columns.map((name) => name === "Id"
    ? el("th", { scope: "row" }, button(row[name], () => openRow(number, set, row), { class: "figure" }))
    : el("td", { class: numbers.has(name) ? "number" : name === "Date" ? "date" : "cell" }, shown(row[name])));
  rows.replaceChildren(
    scroller(`Rows of ${set}`, el("table", {}, el("thead", {}, el("tr", {}, columns.map(head))), el("tbody", {}, answer.value.map((row) => el("tr", {}, cells(row)))))),
    el("p", { class: "actions" },
      el("span", { id: "range" }, `Rows ${first.toLocaleString("en")} to ${(first + answer.value.length - 1).toLocaleString("en")} of ${Number(all).toLocaleString("en")}`),
      before.length ? button("Previous page", () => turn(before.at(-1).path, before.at(-1).first, before.slice(0, -1))) : null,
      next ? button("Next page", () => turn(next, first + answer.value.length, [...before, { path, first }])) : null));
}

const shown = (value) => value === null || value === undefined ? "" : String(value);
