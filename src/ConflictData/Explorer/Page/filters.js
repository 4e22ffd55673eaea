// Conditions as rows of column, comparison and value, and the text of $filter that they make.
import { quoted } from "./api.js";
import { button, el, select } from "./dom.js";
import { words } from "./counts.js";

const COMPARISONS = {
  string: [["eq", "is"], ["ne", "is not"], ["contains", "contains"], ["startswith", "starts with"], ["null", "is empty"], ["notnull", "is not empty"]],
  number: [["eq", "="], ["ne", "≠"], ["ge", "≥"], ["le", "≤"], ["null", "is empty"], ["notnull", "is not empty"]],
  date: [["eq", "on"], ["ge", "from"], ["le", "until"], ["null", "is empty"], ["notnull", "is not empty"]],
  boolean: [["eq", "is"], ["null", "is empty"]],
};

const kindOf = ({ type }) => ({ integer: "number", number: "number", date: "date", datetime: "date", boolean: "boolean" })[type] ?? "string";

/** A condition of the address, column~comparison~value, as OData. */
export function condition(schema, text) {
  const [name, comparison, ...rest] = text.split("~");
  const field = schema.fields.find((each) => each.name === name);
  const value = rest.join("~");
  if (!field || !COMPARISONS[kindOf(field)].some(([key]) => key === comparison)) return null;
  if (comparison === "null") return `${name} eq null`;
  if (comparison === "notnull") return `${name} ne null`;
  if (value === "") return null;
  if (field.type === "datetime" && comparison === "eq" && value.length === 10) return `(${name} ge ${value}T00:00:00Z and ${name} lt ${dayAfter(value)}T00:00:00Z)`;
  const literal = kindOf(field) === "string" ? quoted(value) : field.type === "datetime" && value.length === 10 ? `${value}T${comparison === "le" ? "23:59:59.999" : "00:00:00"}Z` : value;
  return comparison === "contains" || comparison === "startswith" ? `${comparison}(${name},${literal})` : `${name} ${comparison} ${literal}`;
}

const dayAfter = (day) => new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10);

/** The rows of conditions; change is called with the new list. */
export function filterRows(schema, texts, change) {
  const edit = (at, text) => change(texts.map((each, index) => index === at ? text : each));
  const rows = texts.map((text, at) => filterRow(schema, text, at, (changed) => edit(at, changed), () => change(texts.filter((_, index) => index !== at))));
  const first = schema.fields.find(({ name }) => name === "Outcome" || name === "Kind") ?? schema.fields[0];
  return el("fieldset", {}, el("legend", {}, "Conditions"), rows, button("Add a condition", () => change([...texts, fresh(first)]), { id: "add-filter" }));
}

const fresh = (field) => `${field.name}~eq~${field.constraints?.enum?.[0] ?? (kindOf(field) === "boolean" ? "true" : "")}`;

function filterRow(schema, text, at, edit, remove) {
  const [name, comparison, ...rest] = text.split("~");
  const field = schema.fields.find((each) => each.name === name) ?? schema.fields[0];
  const value = rest.join("~");
  return el("div", { class: "controls filter" },
    select("Column", schema.fields.map((each) => [each.name, each.name]), field.name, (column) => edit(fresh(schema.fields.find((each) => each.name === column))), { id: `column-${at}` }),
    select("Comparison", COMPARISONS[kindOf(field)], comparison, (next) => edit(`${name}~${next}~${value}`), { id: `comparison-${at}` }),
    comparison.endsWith("null") ? null : valueOf(field, value, at, (next) => edit(`${name}~${comparison}~${next}`)),
    button("Remove", remove, { "aria-label": `Remove the condition on ${field.name}` }));
}

function valueOf(field, value, at, change) {
  const options = kindOf(field) === "boolean" ? ["true", "false"] : field.constraints?.enum;
  if (options) return select("Value", options.map((option) => [option, words(option)]), value, change, { id: `value-${at}` });
  const type = { number: "number", date: "date" }[kindOf(field)] ?? "text";
  return el("label", { class: "field" }, el("span", {}, "Value"), el("input", { id: `value-${at}`, type, value, step: field.type === "number" ? "any" : null, onchange: (event) => change(event.target.value) }));
}
