// How counts are said: the same grammar as the feed's own labels. A bound stays a bound, and no point is made up.

/** The label of one claim. */
export function labelOf({ Low, Best, High }) {
  if (Low === null && High === null) return Best === null ? "no number" : `≈${Best}`;
  if (High === null) return `${Low}+`;
  return Low === High ? `${Low}` : `${Low ?? 0}–${High}`;
}

/** Where a total lies on a scale: what is bounded, what is about, how many claims name no number. */
export function extentOf({ Low, High, About, Unnumbered }) {
  return { low: Low, high: High, isOpen: Low !== null && High === null, about: About ?? null, unnumbered: Unnumbered ?? 0 };
}

/** Sets that can be totalled, and the column of which one value at a time is. */
export const COUNTED = {
  Casualties: { title: "Casualties", by: "Outcome", unit: "people" },
  Arrests: { title: "Arrests", by: "Outcome", unit: "people" },
  AttackCounts: { title: "Attacks", by: null, unit: "attacks" },
};

/** The condition that a total is of: additive claims, of one outcome. */
export function totalled(set, outcome) {
  return COUNTED[set].by ? `Additive eq true and Outcome eq '${outcome}'` : "Additive eq true";
}

const SPLIT = /(?<=[a-z])(?=[A-Z])/;

/** A word of a closed list as people read it: inCustody is "in custody". */
export const words = (term) => term === "ied" ? "IED" : String(term).split(SPLIT).join(" ").toLowerCase();

export const plural = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
