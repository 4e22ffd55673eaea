// What is in the store: how fresh it is, what it holds, and what the claims add up to.
import { address, download, feed, readJson, troubles } from "./api.js";
import { COUNTED, plural, totalled, words } from "./counts.js";
import { el, figure, put, scroller } from "./dom.js";
import { openEvidence } from "./evidence.js";
import { fragment } from "./state.js";
import { ago, instant } from "./times.js";

export async function render(root, { store }) {
  const { number } = store.release;
  const [rows, missing, ...totals] = await Promise.all([rowsAt(number), troubles(), ...Object.keys(COUNTED).map((set) => totalsOf(number, set))]);
  put(root,
    el("h2", {}, "In the store"),
    freshness(store, rows, missing),
    el("h3", {}, "What the claims add up to"),
    el("p", { class: "lead" }, "Only claims that cannot count twice, each outcome by itself. Press a figure to see who says so and where."),
    el("div", { class: "totals" }, totals),
    el("h3", {}, "Datasets"),
    datasets(store, rows));
}

async function rowsAt(number) {
  const [row] = (await readJson(feed(number, "Releases", { filter: `Number eq ${number}` }))).value;
  return row;
}

function freshness({ release, newest, datasets }, rows, missing) {
  const records = datasets.filter(({ kind }) => kind !== "view").reduce((sum, { name }) => sum + rows[name], 0);
  return el("dl", { class: "facts" },
    fact("Release", release.number === newest.number ? `${release.number}, the newest` : `${release.number}; the newest is ${newest.number}`),
    fact("Committed", el("time", { datetime: release.committedAt }, `${ago(release.committedAt)} (${instant(release.committedAt)})`)),
    fact("Records", records.toLocaleString("en")),
    fact("Server", missing.length ? `${missing.join(", ")}; there may be a newer release` : "all of it answers"),
    fact("Message", [release.message ?? "no message", release.reason ? ` (${words(release.reason)})` : ""]),
    release.tags.length ? fact("Tags", release.tags.join(", ")) : null);
}

const fact = (name, value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));

async function totalsOf(number, set) {
  const { title, by, unit } = COUNTED[set];
  const { value } = await readJson(feed(number, set, { apply: `filter(Additive eq true)/${by ? `groupby((${by}),` : ""}aggregate(Count with Conflict.total as Total,$count as Claims)${by ? ")" : ""}` }));
  const lines = value.filter(({ Claims }) => Claims > 0).map((row) => el("li", {},
    figure(row.Total.Label, `${title}, ${row[by] ? words(row[by]) : "all"}: show the ${plural(row.Claims, "claim")} behind it`, () => openEvidence(number, `${row.Total.Label} ${row[by] ? words(row[by]) : unit}`, [{ set, filter: totalled(set, row[by]) }])),
    el("span", {}, row[by] ? words(row[by]) : unit),
    el("a", { href: fragment("timeline", { set, outcome: row[by] ?? null }), "aria-label": `${title}, ${row[by] ? words(row[by]) : unit}: timeline` }, "timeline")));
  return el("section", { "data-set": set }, el("h4", {}, title, " ", el("small", {}, by ? unit : "in all")), lines.length ? el("ul", {}, lines) : el("p", { class: "empty" }, "No claim counts here yet."));
}

function datasets({ release, datasets: all }, rows) {
  const files = (name) => ["csv", "ndjson", "parquet"].map((form) => {
    const file = `${name.toLowerCase()}.${form}`;
    const path = `snapshots/${release.number}/${file}`;
    return el("a", { href: address(path), download: file, "aria-label": `${name} as ${form}`, onclick: (event) => download(event, path, file) }, form === "csv" ? "CSV" : form === "ndjson" ? "NDJSON" : "Parquet");
  });
  const line = ({ name, title, description }) => el("tr", {},
    el("th", { scope: "row" }, el("a", { href: fragment("table", { set: name, filter: null, search: null, sort: null }) }, title)),
    el("td", { class: "number", "data-rows": name, "data-of": "rows" }, rows[name]?.toLocaleString("en") ?? "–"),
    el("td", { class: "number", "data-of": "changed" }, name in rows ? (release.revisions[name] ?? 0).toLocaleString("en") : "–"),
    el("td", { class: "files" }, ["Releases", "TotalsByTag"].includes(name) ? "feed only" : files(name)),
    el("td", { class: "text" }, description));
  return scroller("Datasets", el("table", { class: "datasets" },
    el("thead", {}, el("tr", {}, ["Dataset", "Rows", "Changed by this release", "Files", "What a row is"].map((head, at) => el("th", { scope: "col", class: at === 1 || at === 2 ? "number" : null }, head)))),
    el("tbody", {}, all.filter(({ kind }) => kind !== "view").map(line)),
    el("tbody", {}, el("tr", {}, el("th", { scope: "rowgroup", colspan: "5", class: "group" }, "Views, computed from them")), all.filter(({ kind }) => kind === "view").map(line))));
}
