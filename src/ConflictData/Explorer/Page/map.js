// Zones and counts by place as of a day. What is known less precisely than to a district gets no point and is listed beside.
import { feed, quoted, readJson, readRows } from "./api.js";
import { plural, totalled, words } from "./counts.js";
import { chosen } from "./counted.js";
import { button, el, figure, put, svg } from "./dom.js";
import { openEvidence } from "./evidence.js";
import { KINDS, drawMap, glyph } from "./atlas.js";
import { loadD3, loadOutlines } from "./plot.js";
import { go } from "./state.js";
import { dayOf } from "./times.js";

/** UCDP's scale: 3 is a district, or what is as large; above it a point would say more than is known. */
const DISTRICT = 3;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export async function render(root, { store, params, width }) {
  const { number, committedAt } = store.release;
  const { set, outcome, what, controls } = await chosen("map", params);
  const days = await changeDays(number);
  const date = DAY.test(params.get("date")) ? params.get("date") : days.filter((day) => day <= dayOf(committedAt)).at(-1) ?? dayOf(committedAt);
  const hidden = params.getAll("hide");
  const condition = `${totalled(set, outcome)} and StartDate le ${date}`;
  const [places, zones, counts, d3, countries] = await Promise.all([
    readJson(`geo/places?release=${number}`),
    readJson(`geo/zones?release=${number}&date=${date}`),
    readRows(feed(number, set, { apply: `filter(${condition})/groupby((PlaceId),aggregate(Count with Conflict.total as Total,$count as Claims))` }), Infinity),
    loadD3(),
    loadOutlines(),
  ]);
  const spots = gather(d3, places.features, zones.features.filter(({ properties }) => !hidden.includes(properties.ZoneKind)), counts.rows);
  const [pointed, unpointed] = [spots.filter(({ isPoint }) => isPoint), spots.filter(({ isPoint }) => !isPoint)];
  const open = (spot) => openEvidence(number, `${spot.name} as of ${date}`, [
    spot.total ? { set, filter: `${condition} and PlaceId eq ${quoted(spot.id)}`, heading: `${spot.total.Label} ${what}` } : null,
    spot.zones.length ? { set: "ZoneMemberships", filter: `PlaceId eq ${quoted(spot.id)} and (ValidFrom eq null or ValidFrom le ${date}) and (ValidTo eq null or ValidTo ge ${date})`, heading: "Zones" } : null,
  ].filter(Boolean));

  const day = el("label", { class: "field" }, el("span", {}, "As of"), el("input", { id: "date", type: "date", value: date, required: true, onchange: (event) => event.target.value && go("map", { date: event.target.value }) }));
  const [earlier, later] = [days.filter((other) => other < date).at(-1), days.find((other) => other > date)];
  const step = (text, to, id) => button(text, () => go("map", { date: to }), { id, disabled: !to, title: to ? `${to}: a zone membership begins` : "There is none" });
  const drawn = drawMap({ d3, countries, width: width > 830 ? width - 360 : width, open, what }, pointed, places.features.filter(isPrecise));
  put(root,
    el("h2", {}, "Map"),
    el("form", { class: "controls", onsubmit: (event) => event.preventDefault() }, day, step("Earlier change", earlier, "earlier"), step("Later change", later, "later"), controls),
    el("p", { class: "lead" }, `Counts are of periods that began by ${date}; zones are those said to hold on that day. Rings are as large as the number that everybody grants.`),
    kinds(hidden, zones.features),
    el("div", { class: "mapgrid" },
      el("div", {}, el("div", { class: "mapbox" }, drawn.root, zoomButtons(drawn)), el("p", { class: "quiet" }, "Solid ring: exact. Dashed ring: a bound or about. Hollow sign: contested or discounted claims alone. Outlines: Natural Earth; they say nothing of the status of a border.")),
      el("div", { class: "beside" },
        el("h3", {}, `Not on the map (${unpointed.length})`),
        el("p", { class: "lead" }, "Known less precisely than to a district, or without coordinates."),
        unpointed.length ? list("unpointed", unpointed, what, open) : el("p", { class: "empty" }, "Everything has its point."),
        el("details", {}, el("summary", {}, `On the map, as a list (${pointed.length})`), list("pointed", pointed, what, open)))));
}

/** The days on which a zone membership begins, in their order: where the map changes. */
async function changeDays(number) {
  const { rows } = await readRows(feed(number, "ZoneMemberships", { apply: "filter(ValidFrom ne null)/groupby((ValidFrom),aggregate($count as Begun))" }), Infinity);
  return rows.map(({ ValidFrom }) => ValidFrom).sort();
}

const isPrecise = ({ geometry, properties }) => geometry !== null && properties.PlacePrecision !== null && properties.PlacePrecision <= DISTRICT;

/** What there is to say of each place: its total, and the zones that it is said to lie in. */
function gather(d3, places, zones, counts) {
  const totals = new Map(counts.map((row) => [row.PlaceId, row]));
  const memberships = d3.group(zones, ({ properties }) => properties.PlaceId);
  return places.filter(({ id }) => totals.has(id) || memberships.has(id)).map((place) => ({
    id: place.id,
    name: place.properties.Name,
    kind: place.properties.Kind,
    precision: place.properties.PlacePrecision,
    at: place.geometry?.coordinates,
    isPoint: isPrecise(place),
    total: totals.get(place.id)?.Total,
    claims: totals.get(place.id)?.Claims ?? 0,
    zones: (memberships.get(place.id) ?? []).map(({ properties }) => properties),
  }));
}

function kinds(hidden, zones) {
  const count = (kind) => zones.filter(({ properties }) => properties.ZoneKind === kind).length;
  const change = (kind, isShown) => go("map", { hide: isShown ? hidden.filter((other) => other !== kind) : [...hidden, kind] });
  return el("fieldset", {}, el("legend", {}, "Zones"), el("ul", { class: "kinds" }, Object.keys(KINDS).map((kind) => el("li", {}, el("label", {},
    el("input", { id: `kind-${kind}`, type: "checkbox", checked: !hidden.includes(kind), onchange: (event) => change(kind, event.target.checked) }),
    svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, glyph(kind)), `${words(kind)} (${count(kind)})`)))));
}

const zoomButtons = ({ zoom }) => el("div", { class: "zoom" },
  button("+", () => zoom(1.6), { "aria-label": "Closer" }), button("−", () => zoom(1 / 1.6), { "aria-label": "Farther" }), button("⌂", () => zoom(null), { "aria-label": "The whole map" }));

function list(id, spots, what, open) {
  const zones = (spot) => [...new Set(spot.zones.map(({ ZoneKind }) => words(ZoneKind)))].join(", ");
  const order = [...spots].sort((a, b) => (b.total ? 1 : 0) - (a.total ? 1 : 0) || a.name.localeCompare(b.name));
  return el("ul", { id, tabindex: "0", "aria-label": id === "unpointed" ? "Not on the map" : "On the map" }, order.map((spot) => el("li", {},
    figure(spot.total ? `${spot.name}: ${spot.total.Label} ${what}` : spot.name, `Show ${plural(spot.claims + spot.zones.length, "claim")}`, () => open(spot)),
    el("p", {}, [spot.kind, spot.precision ? `precision ${spot.precision} of 7` : null, zones(spot) ? `zones: ${zones(spot)}` : null].filter(Boolean).join("; ")))));
}
