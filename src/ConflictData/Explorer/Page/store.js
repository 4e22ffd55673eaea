// What every view needs: the releases, the one that is read, and the datasets. A release is chosen once; all reads of a view name its number.
import { readJson } from "./api.js";

const schemas = new Map();

/** The release of that name, the list of them, and the datasets. */
export async function loadStore(name) {
  const [{ releases }, { datasets }] = await Promise.all([readJson("releases"), readJson("datasets")]);
  if (releases.length === 0) {
    return { isEmpty: true, releases, newest: { number: 0 }, release: { number: 0, tags: [], revisions: {} }, datasets };
  }
  const release = name === "latest" ? releases[0] : releases.find(({ number }) => `${number}` === name) ?? await readJson(`releases/${encodeURIComponent(name)}`);
  return { isEmpty: false, releases, newest: releases[0], release, datasets };
}

/** The Table Schema of a set. */
export async function schemaOf(set) {
  if (!schemas.has(set)) schemas.set(set, await readJson(`datasets/${set}`));
  return schemas.get(set);
}

/** The values of a closed list. */
export const valuesOf = (schema, column) => schema.fields.find(({ name }) => name === column)?.constraints?.enum ?? [];
