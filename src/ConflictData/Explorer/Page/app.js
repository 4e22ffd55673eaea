// The frame: which view is shown, of which release, and what stands there while it loads or when it cannot.
import { ApiError, address, key } from "./api.js";
import * as changes from "./changes.js";
import { button, el, put, select } from "./dom.js";
import * as get from "./get.js";
import { keyForm, openKeys } from "./keys.js";
import * as map from "./map.js";
import * as overview from "./overview.js";
import { VIEWS, fragment, go, onChange, state } from "./state.js";
import { loadStore, olderReleases } from "./store.js";
import * as table from "./table.js";
import * as timeline from "./timeline.js";
import { instant } from "./times.js";

const TITLES = { overview: "In the store", timeline: "Timeline", map: "Map", table: "Table", changes: "Changes", get: "Get the data" };
const MODULES = { overview, timeline, map, table, changes, get };

const OLDER = "older";
const main = document.getElementById("main");
let turns = 0;
let shown = null;

async function show() {
  const turn = ++turns;
  const { view, params } = state();
  const isNew = view !== shown;
  const focused = document.activeElement?.id;
  nameViews(view);
  main.setAttribute("aria-busy", "true");
  if (isNew) main.replaceChildren(loading(view));
  let content;
  try {
    const store = await loadStore(params.get("release") ?? "latest");
    content = el("div", { class: `view ${view}` });
    await (store.isEmpty ? nothing : MODULES[view].render)(content, { store, params, width: main.clientWidth - 2 * parseFloat(getComputedStyle(main).paddingLeft) });
    if (turn === turns) nameRelease(store);
  } catch (problem) {
    if (!(problem instanceof ApiError)) console.error(problem);
    content = trouble(problem);
  }
  if (turn !== turns) return;
  main.replaceChildren(content);
  main.setAttribute("aria-busy", "false");
  shown = view;
  document.title = `${TITLES[view]} · ConflictFunctions explorer`;
  document.getElementById("said").textContent = `${TITLES[view]} is shown.`;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function nothing(root) {
  put(root, el("h2", {}, "Nothing is in the store"), el("p", { class: "empty" }, "There is no release yet. The first submission makes one; ", el("a", { href: address("swagger/ui") }, "the page of all calls"), " says how to send it."));
}

function nameViews(current) {
  for (const view of VIEWS) {
    const link = document.getElementById(`to-${view}`);
    link.href = fragment(view);
    if (view === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.getElementById("key").textContent = key.get() ? "Key: in use" : "Key";
}

function nameRelease(store) {
  const options = store.releases.map((release) => [`${release.number}`, `${release.number} · ${instant(release.committedAt)}${release.tags.length ? ` · ${release.tags.join(", ")}` : ""}`]);
  const asked = state().params.get("release") ?? "latest";
  const known = [["latest", `latest (${store.newest.number})`], ...options];
  if (!known.some(([name]) => name === asked)) known.push([asked, `${asked} (${store.release.number})`]);
  if (store.hasOlder) known.push([OLDER, "older ones …"]);
  const choose = (value) => {
    if (value !== OLDER) return go(state().view, { release: value === "latest" ? null : value });
    olderReleases();
    return show();
  };
  document.getElementById("release").replaceChildren(select("Release", known, asked, choose, { id: "release-choice" }));
}

const loading = (view) => el("div", { class: "loading" }, el("h2", {}, TITLES[view]), el("p", {}, "Loading …"), el("div", { class: "bones", "aria-hidden": "true" }, el("i"), el("i"), el("i")));

function trouble(problem) {
  const known = problem instanceof ApiError ? problem : new ApiError("bug", "Something in this page broke.", problem.message);
  return el("div", { class: "trouble", role: "alert" },
    el("h2", {}, known.title),
    el("p", {}, known.detail),
    known.kind === "key" ? keyForm(show) : null,
    el("p", { class: "actions" },
      button("Try again", show),
      known.kind === "asked" ? el("a", { href: fragment(state().view, { release: null, filter: null, search: null, sort: null }) }, "Start this view anew") : null));
}

// Drawings are laid out for a width; the answers behind them come from the browser's cache.
let drawnAt = innerWidth;
let waiting;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (innerWidth === drawnAt) return;
    drawnAt = innerWidth;
    show();
  }, 200);
});

document.getElementById("views").append(...VIEWS.map((view) => el("li", {}, el("a", { id: `to-${view}` }, TITLES[view]))));
document.getElementById("key").addEventListener("click", () => openKeys(show));
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
document.getElementById("links").append(el("a", { href: address("swagger/ui") }, "The API"), " · ", el("a", { href: address("odata/") }, "The feed"));
onChange(show);
show();
