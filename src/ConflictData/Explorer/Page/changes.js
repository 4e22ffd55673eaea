// What moved between two releases: totals with their labels, and records with both values and the reason.
import { address, download, here, readJson } from "./api.js";
import { COUNTED, plural, totalled, words } from "./counts.js";
import { button, el, figure, put, scroller, select } from "./dom.js";
import { changed, openEvidence, openRow } from "./evidence.js";
import { go } from "./state.js";

const SIGNS = { added: "+ added", changed: "~ changed", retracted: "− retracted" };

export async function render(root, { store, params }) {
  put(root, el("h2", {}, "Changes"));
  if (store.newest.number < 2) {
    put(root, el("p", { class: "empty" }, "There is only one release so far. From the second on, this is where you see what it changed and why."));
    return;
  }

  const to = params.get("to") ?? `${store.release.number}`;
  const from = params.get("from") ?? `${Math.max(1, Number(to) - 1 || 1)}`;
  const dataset = store.datasets.some(({ name, kind }) => name === params.get("of") && kind !== "view") ? params.get("of") : null;
  const names = store.releases.map(({ number, tags }) => [`${number}`, `${number}${tags.length ? ` · ${tags.join(", ")}` : ""}`]);
  const known = (name) => names.some(([each]) => each === name) ? names : [...names, [name, name]];
  put(root, el("form", { class: "controls" },
    select("From release", known(from), from, (value) => go("changes", { from: value, to }), { id: "from" }),
    select("to release", known(to), to, (value) => go("changes", { from, to: value }), { id: "to" }),
    select("Dataset", [["", "all"], ...store.datasets.filter(({ kind }) => kind !== "view").map(({ name, title }) => [name, title])], dataset ?? "", (value) => go("changes", { of: value || null }), { id: "of" })));

  const path = `releases/${encodeURIComponent(from)}/diff/${encodeURIComponent(to)}${dataset ? `?dataset=${dataset}` : ""}`;
  const diff = await readJson(path);
  const touched = diff.datasets.filter(({ added, changed: edited, retracted }) => added + edited + retracted > 0);
  if (touched.length === 0) {
    put(root, el("p", { class: "empty" }, `Nothing differs between release ${diff.from} and release ${diff.to}${dataset ? ` in ${dataset}` : ""}.`));
    return;
  }

  put(root, totals(diff, touched), records(diff, path));
}

function totals(diff, touched) {
  const lines = touched.flatMap(({ dataset, totals: moved }) => moved.map(({ outcome, before, after }) => el("tr", {},
    el("th", { scope: "row" }, `${dataset}${outcome ? `, ${words(outcome)}` : ""}`),
    ...[[diff.from, before], [diff.to, after]].map(([release, total]) => el("td", { class: "number" }, total && Object.hasOwn(COUNTED, dataset)
      ? figure(total.label, `${dataset} at release ${release}: show the claims`, () => openEvidence(release, `${total.label} ${outcome ? words(outcome) : dataset}`, [{ set: dataset, filter: totalled(dataset, outcome) }]))
      : total?.label ?? "none")))));
  const counts = touched.map(({ dataset, added, changed: edited, retracted }) => el("tr", {}, el("th", { scope: "row" }, dataset), [added, edited, retracted].map((number) => el("td", { class: "number" }, number.toLocaleString("en")))));
  const table = (label, heads, rows) => scroller(label, el("table", {}, el("thead", {}, el("tr", {}, heads.map((head, at) => el("th", { scope: "col", class: at ? "number" : null }, head)))), el("tbody", {}, rows)));
  return el("div", {},
    el("h3", {}, "Records"), table("Records changed", ["Dataset", "+ added", "~ changed", "− retracted"], counts),
    el("h3", {}, "How totals moved"),
    lines.length ? table("Totals", ["Total", `Release ${diff.from}`, `Release ${diff.to}`], lines) : el("p", { class: "empty" }, "No total moved."));
}

function records(diff, path) {
  const list = el("div");
  const more = el("p");
  const add = (part) => {
    list.append(...part.changes.map((change) => record(diff, change)));
    more.replaceChildren(part.next ? button("More", () => readJson(here(part.next)).then(add, (problem) => { document.getElementById("notice").textContent = problem.message; })) : "");
  };
  add(diff);
  const csv = `${path}${path.includes("?") ? "&" : "?"}format=csv`;
  return el("div", { class: "diff" }, el("h3", {}, "Record by record"),
    el("p", { class: "quiet" }, "All of it as ", el("a", { href: address(csv), download: "changes.csv", onclick: (event) => download(event, csv, "changes.csv") }, "CSV")), list, more);
}

function record(diff, { dataset, id, change, release, reason, columns }) {
  const at = change === "retracted" ? diff.from : diff.to;
  return el("article", { class: "claim" },
    el("h4", {}, el("span", { class: "badge" }, SIGNS[change]), button(id, () => openRow(at, dataset, { Id: id }), { class: "figure" }), el("span", { class: "tag" }, dataset)),
    el("p", { class: "quiet" }, `By release ${release}${reason ? `: ${words(reason)}` : ""}${change === "changed" ? `, ${plural(Object.keys(columns).length, "column")}` : ""}`),
    el("ul", {}, change === "changed" ? changed(columns) : el("li", {}, summary(columns, change === "added" ? "after" : "before"))));
}

function summary(columns, side) {
  const value = (name) => columns[name]?.[side];
  return ["Name", "Title", "Outcome", "CountText", "Low", "Best", "High", "PlaceId", "Date", "ClaimantId", "SourceId", "SourceLocator"]
    .filter((name) => value(name) !== null && value(name) !== undefined).map((name) => `${name}: ${value(name)}`).join("; ");
}
