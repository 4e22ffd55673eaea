// The drawing of the map: outlines, a ring for a count, a sign for each kind of zone, and names where there is room.
import { words } from "./counts.js";
import { mark, roving, svg } from "./dom.js";

/** The signs of the kinds, in the order of the Zones' list: no two have the same shape. */
export const KINDS = {
  hot: "M0,-6.5L6,5H-6Z",
  accumulation: "M-5,-5H5V5H-5Z",
  hideout: "M0,-6.5L6.5,0L0,6.5L-6.5,0Z",
  stronghold: "M0,-7L1.9,-2.2L7,-2.2L2.9,.9L4.4,6L0,3L-4.4,6L-2.9,.9L-7,-2.2L-1.9,-2.2Z",
  securityVacuum: "M0,-6A6,6 0 1 1 0,6A6,6 0 1 1 0,-6M0,-2.6A2.6,2.6 0 1 0 0,2.6A2.6,2.6 0 1 0 0,-2.6",
  formerStronghold: "M-6,-4L-4,-6L0,-2L4,-6L6,-4L2,0L6,4L4,6L0,2L-4,6L-6,4L-2,0Z",
  control: "M-2,-6.5H2V-2H6.5V2H2V6.5H-2V2H-6.5V-2H-2Z",
};

/** Grades at which a claim of a zone is shown as doubted. */
const DOUBTED = ["contested", "discounted"];
const NEAR = 0.06;
const SIGN = 14;
const LETTER = 6.3;
const STATE_LETTER = 9.5;
const MOST_NAMED = 300;

/** The sign of a kind; hollow where it is doubted. */
export const glyph = (kind, isDoubted = false) => svg("path", { class: `glyph k-${kind}${isDoubted ? " doubted" : ""}`, d: KINDS[kind] });

/** The map fitted to the places, and how it is zoomed. */
export function drawMap({ d3, countries, width, open, what }, spots, places) {
  const height = Math.round(Math.min(620, Math.max(320, width * 0.72)));
  const bounds = { type: "MultiPoint", coordinates: places.length ? places.flatMap(around) : [[-170, -55], [170, 70]] };
  const margin = Math.max(34, width * NEAR);
  const projection = d3.geoMercator().fitExtent([[margin, margin], [width - margin, height - margin]], bounds);
  const path = d3.geoPath(projection);
  const near = countries.filter((country) => meets(path.bounds(country), width, height));
  const land = svg("g", { "aria-hidden": "true" }, near.map((country) => svg("path", { class: "country", d: path(country) })));
  const states = svg("g", { "aria-hidden": "true" }, near.map((country) => stateName(country, path)));
  const radius = d3.scaleSqrt([0, Math.max(1, ...spots.map(({ total }) => granted(total)))], [4, Math.min(34, width / 14)]);
  const marks = [...spots].sort((a, b) => granted(b.total) - granted(a.total)).map((spot) => drawSpot({ projection, radius, open, what }, spot));
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Map of zones and counts by place" }, land, states, svg("g", {}, marks.map(({ element }) => element)));
  roving(root, marks.map(({ element }) => element));
  return { root, zoom: zooming({ d3, root, land, states, marks, width, height }) };
}

/** Half a degree on each side, so that a single place has a map too. */
const around = ({ geometry: { coordinates: [x, y] } }) => [[x - 0.5, Math.max(-85, y - 0.5)], [x + 0.5, Math.min(85, y + 0.5)]];

const meets = ([[left, top], [right, bottom]], width, height) => right > -width && left < 2 * width && bottom > -height && top < 2 * height;

/** The number that everybody grants: the lower bound, else what it is about. */
const granted = (total) => total ? Math.max(total.Low ?? 0, total.About ?? 0) : 0;

/** The name of a country, which is shown where the country is wider than it. */
function stateName(country, path) {
  const text = svg("text", { class: "state", "text-anchor": "middle" }, country.properties.name);
  const [[left], [right]] = path.bounds(country);
  return Object.assign(text, { at: path.centroid(country), wide: right - left, long: country.properties.name.length * STATE_LETTER });
}

function drawSpot({ projection, radius, open, what }, spot) {
  const kinds = Object.keys(KINDS).filter((kind) => spot.zones.some(({ ZoneKind }) => ZoneKind === kind));
  const size = spot.total ? radius(granted(spot.total)) : 0;
  const zones = kinds.length ? `, zones: ${kinds.map(words).join(", ")}` : "";
  const title = `${spot.name}${spot.total ? ` ${spot.total.Label} ${what}` : ""}${zones}. Show the claims.`;
  const half = (kinds.length * SIGN) / 2;
  const text = svg("text", { class: "name", y: 4, visibility: "hidden" }, spot.total ? `${spot.name} ${spot.total.Label}` : spot.name);
  const element = mark(title, () => open(spot),
    svg("circle", { class: "target", r: Math.max(12, size, half) }),
    spot.total ? svg("circle", { class: spot.total.Best === null ? "ring bounded" : "ring", r: size }) : null,
    kinds.map((kind, at) => svg("g", { transform: `translate(${(at - (kinds.length - 1) / 2) * SIGN},0)` }, glyph(kind, spot.zones.every(({ ZoneKind, Grade }) => ZoneKind !== kind || DOUBTED.includes(Grade))))),
    text);
  return { element, text, at: projection(spot.at), reach: Math.max(size, half), isCounted: Boolean(spot.total) };
}

/** The land grows with the zoom; signs and names keep their size, and names come out where there is room for them. */
function zooming({ d3, root, land, states, marks, width, height }) {
  const place = ({ transform }) => {
    land.setAttribute("transform", transform);
    for (const text of states.children) {
      const [x, y] = transform.apply(text.at);
      text.setAttribute("transform", `translate(${x},${y})`);
      text.setAttribute("visibility", text.long < text.wide * transform.k && x > text.long / 2 && x < width - text.long / 2 ? "visible" : "hidden");
    }
    for (const { element, at } of marks) element.setAttribute("transform", `translate(${transform.apply(at)})`);
    nameWhereRoom(marks, transform, width);
  };
  const behavior = d3.zoom().scaleExtent([0.5, 60]).filter((event) => event.type === "wheel" ? event.ctrlKey || event.metaKey : event.type.startsWith("touch") ? event.touches.length > 1 : !event.button)
    .on("zoom", place);
  const selection = d3.select(root).call(behavior).on("dblclick.zoom", null);
  place({ transform: d3.zoomIdentity });
  return (factor) => factor === null ? selection.call(behavior.transform, d3.zoomIdentity) : selection.call(behavior.scaleBy, factor, [width / 2, height / 2]);
}

/** Counts are named first; a name stands to the right of its sign, else to the left, else it waits for more room. */
function nameWhereRoom(marks, transform, width) {
  const taken = marks.map(({ at, reach }) => box(transform.apply(at), reach));
  for (const { text, at, reach } of [...marks].sort((a, b) => b.isCounted - a.isCounted).slice(0, MOST_NAMED)) {
    const [x, y] = transform.apply(at);
    const long = text.textContent.length * LETTER;
    const right = { left: x + reach + 3, right: x + reach + 5 + long, top: y - 7, bottom: y + 7 };
    const left = { ...right, left: x - reach - 5 - long, right: x - reach - 3 };
    const own = [right, left].find((side) => side.left > 0 && side.right < width && taken.every((other) => side.right < other.left || side.left > other.right || side.bottom < other.top || side.top > other.bottom));
    text.setAttribute("visibility", own ? "visible" : "hidden");
    text.setAttribute("x", own === left ? -reach - 4 : reach + 4);
    text.setAttribute("text-anchor", own === left ? "end" : "start");
    if (own) taken.push(own);
  }
}

const box = ([x, y], reach) => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
