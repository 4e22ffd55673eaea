// The way out: files of a release, and how Power BI, Excel and scripts read the feed.
import { address, download, readJson } from "./api.js";
import { copyButton, el, put, scroller, select } from "./dom.js";
import { go } from "./state.js";

const FORMS = [["csv", "CSV"], ["csv.gz", "CSV, gzipped"], ["ndjson", "NDJSON"], ["parquet", "Parquet"]];
const WHOLE = [["conflict-data.zip", "The whole release (zip)"], ["datapackage.json", "Data package (columns, hashes, sources, licence)"]];

export async function render(root, { store, params }) {
  const { number } = store.release;
  const set = store.datasets.find(({ name }) => name === params.get("set"))?.name ?? "Casualties";
  const published = (await readJson(`snapshots?before=${number + 1}`)).snapshots.find(({ release }) => release === number);
  put(root,
    el("h2", {}, "Get the data"),
    el("h3", {}, `Files of release ${number}`),
    el("p", { class: "lead" }, published ? "They never change: the same release gives the same bytes." : "They are not made yet; the first download makes them, which may take a moment."),
    el("p", { class: "actions" }, WHOLE.map(([file, text]) => link(number, file, text, sizeOf(published, file)))),
    files(store, published),
    el("h3", {}, "Power BI and Excel"),
    el("form", { class: "controls" }, select("Dataset or view", store.datasets.map(({ name, title }) => [name, title]), set, (value) => go("get", { set: value }), { id: "set" })),
    steps(set, number));
}

const sizeOf = (published, file) => published?.files.find(({ name }) => name === file)?.bytes;

function link(number, file, text, bytes) {
  const path = `snapshots/${number}/${file}`;
  return el("a", { href: address(path), download: file, onclick: (event) => download(event, path, file) }, bytes === undefined ? text : `${text}, ${size(bytes)}`);
}

const size = (bytes) => bytes < 1e3 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

function files({ release, datasets }, published) {
  const line = ({ name, title }) => el("tr", {}, el("th", { scope: "row" }, title), FORMS.map(([form, text]) => {
    const file = `${name.toLowerCase()}.${form}`;
    return el("td", { class: "number" }, link(release.number, file, text, sizeOf(published, file)));
  }));
  return scroller("Files", el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Set"), FORMS.map(([, text]) => el("th", { scope: "col", class: "number" }, text)))),
    el("tbody", {}, datasets.filter(({ name }) => !["Releases", "TotalsByTag"].includes(name)).map(line))));
}

/** The query of Power Query, the same in Power BI and Excel; it holds no key. */
const mText = (set, root) => `let
    Source = OData.Feed("${root}", null, [Implementation = "2.0", ODataVersion = 4, ApiKeyName = "code"]),
    ${set} = Source{[Name = "${set}", Signature = "table"]}[Data]
in
    ${set}`;

function steps(set, number) {
  const daily = address("releases/daily/odata/");
  const pinned = address(`releases/${number}/odata/`);
  const text = (id, label, content) => el("div", {}, el("pre", { id, tabindex: "0", role: "region", "aria-label": label }, content), copyButton(() => content));
  return el("div", {},
    el("h4", {}, "Power BI Desktop"),
    el("ol", { class: "steps" },
      el("li", {}, "Home, Get data, Blank query; then Advanced editor."),
      el("li", {}, "Replace what stands there with the text below, and press Done."),
      el("li", {}, "Where it asks for credentials: Web API, paste your key, and apply it to the address that ends in /odata/. Where reading is open: Anonymous."),
      el("li", {}, "Close & Apply. Scheduled refresh: in the service, under the data source's credentials, choose Key and paste it again.")),
    text("m-text", "Query for Power BI and Excel", mText(set, daily)),
    el("h4", {}, "Excel"),
    el("ol", { class: "steps" },
      el("li", {}, "Data, Get Data, From Other Sources, Blank Query; then Home, Advanced Editor."),
      el("li", {}, "Paste the same text, press Done, and give the key as Web API."),
      el("li", {}, "Close & Load. Do not use “From OData Data Feed (Legacy)”: it reads older versions only.")),
    el("p", {}, "The address reads the release of the last midnight, so that tables loaded minutes apart agree. For exactly what you see here, put this in its place:"),
    text("pinned", "Address of this release", pinned),
    el("h4", {}, "A script"),
    text("curl", "Command", `curl -H "x-api-key: $KEY" "${address(`snapshots/latest/${set.toLowerCase()}.csv`)}" -o ${set.toLowerCase()}.csv`));
}
