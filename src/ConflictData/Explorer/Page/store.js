// What every view needs: the releases, the one that is read, and the datasets. A release is chosen once; all reads of a view name its number.
import { here, readJson } from "./api.js";

const schemas = new Map();
let lists = 1;

/** From now on the list of releases goes back further. */
export const olderReleases = () => { lists++; };

/** The release of that name, the list of them, and the datasets. */
export async function loadStore(name) {
  const [{ releases, hasOlder }, { datasets }] = await Promise.all([listed(), readJson("datasets")]);
  if (releases.length === 0) {
    return { isEmpty: true, hasOlder, releases, newest: { number: 0 }, release: { number: 0, tags: [], revisions: {} }, datasets };
  }
  const release = name === "latest" ? releases[0] : releases.find(({ number }) => `${number}` === name) ?? await readJson(`releases/${encodeURIComponent(name)}`);
  return { isEmpty: false, hasOlder, releases, newest: releases[0], release, datasets };
}

/** The newest releases, a hundred to a list. */
async function listed() {
  const releases = [];
  let next = "releases";
  for (let at = 0; at < lists && next !== null; at++) {
    const list = await readJson(next);
    releases.push(...list.releases);
    next = list.next ? here(list.next) : null;
  }
  return { releases, hasOlder: next !== null };
}

/** The Table Schema of a set. */
export async function schemaOf(set) {
  if (!schemas.has(set)) schemas.set(set, await readJson(`datasets/${set}`));
  return schemas.get(set);
}

/** The values of a closed list. */
export const valuesOf = (schema, column) => schema.fields.find(({ name }) => name === column)?.constraints?.enum ?? [];
