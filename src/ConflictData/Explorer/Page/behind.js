// What stands behind a row of a set: a record of itself, or of a view the claims that it was computed from.
import { quoted } from "./api.js";

const PARTIES = { Casualties: "PartyId", Arrests: "SuspectActorId", AttackCounts: "PerpetratorId" };
const KEYS = { MonthlyTotals: ["Month", "CountryCode", "FirstLevelPlaceId", "PartyId", "Outcome", "ZoneKind"], TotalsByTag: ["Month", "CountryCode", "Outcome"] };

/** The release, a title and the sets with their conditions. The columns that name a total are read with its row. */
export function behind(release, set, row) {
  if (!Object.hasOwn(KEYS, set)) return { release, title: `${set}: ${row.Id}`, parts: [{ set: set.replace(/Wide$/, ""), filter: `Id eq ${quoted(row.Id)}` }] };
  const conditions = KEYS[set].filter((key) => !(key === "Outcome" && row.Dataset === "AttackCounts"))
    .map((key) => `${key === "PartyId" ? PARTIES[row.Dataset] : key} eq ${literal(key, row[key])}`);
  return { release: row.Release ?? release, title: `${row.Label} ${row.Outcome}`, parts: [{ set: `${row.Dataset}Wide`, filter: ["Additive eq true", ...conditions].join(" and ") }] };
}

/** The columns that a row must have so that what stands behind it can be told. */
export const needed = (set) => Object.hasOwn(KEYS, set) ? ["Id", "Dataset", "Label", ...KEYS[set], ...set === "TotalsByTag" ? ["Release"] : []] : ["Id"];

const literal = (key, value) => value === null ? "null" : key === "Month" ? value : quoted(value);
