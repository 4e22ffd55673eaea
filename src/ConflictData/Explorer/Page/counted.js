// Which set and which outcome a drawing is of: one at a time, since different outcomes are never added.
import { COUNTED, words } from "./counts.js";
import { select } from "./dom.js";
import { go } from "./state.js";
import { schemaOf, valuesOf } from "./store.js";

/** What is asked for, and the controls that change it. */
export async function chosen(view, params) {
  const set = Object.hasOwn(COUNTED, params.get("set")) ? params.get("set") : "Casualties";
  const { by, unit } = COUNTED[set];
  const outcomes = by ? valuesOf(await schemaOf(set), by) : [];
  const outcome = outcomes.includes(params.get("outcome")) ? params.get("outcome") : outcomes[0] ?? null;
  const controls = [
    select("Dataset", Object.entries(COUNTED).map(([name, { title }]) => [name, title]), set, (value) => go(view, { set: value, outcome: null }), { id: "set" }),
    by ? select(by, outcomes.map((value) => [value, words(value)]), outcome, (value) => go(view, { outcome: value }), { id: "outcome" }) : null,
  ];
  return { set, outcome, what: outcome ? words(outcome) : unit, controls };
}
