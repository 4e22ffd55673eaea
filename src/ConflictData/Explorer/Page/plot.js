// The plotting library, the outlines and their reader come when the first drawing needs them.

import { offline, readJson } from "./api.js";

let outlines;

export async function loadD3() {
  if (!globalThis.d3) await script("d3.min.js");
  return globalThis.d3;
}

/** Countries as GeoJSON features, from Natural Earth. */
export async function loadOutlines() {
  if (!outlines) {
    const [atlas] = await Promise.all([readJson("explorer/countries-50m.json"), script("topojson-client.min.js")]);
    outlines = globalThis.topojson.feature(atlas, atlas.objects.countries).features;
  }
  return outlines;
}

function script(name) {
  return new Promise((loaded, failed) => {
    const element = document.createElement("script");
    Object.assign(element, { src: `explorer/${name}`, onload: loaded, onerror: () => failed(offline()) });
    document.head.append(element);
  });
}
