// What stands behind a figure: its claims, each with who says it, where it is written, and every revision it had.
import { address, feed, here, readJson } from "./api.js";
import { behind } from "./behind.js";
import { labelOf, plural, words } from "./counts.js";
import { button, el } from "./dom.js";
import { instant } from "./times.js";

const PAGE = 50;
const EXPANDED = "Place($select=Name,Kind,PlacePrecision),Claimant($select=Name),Source($select=Title,Publisher,PublishedOn,Url),CitedSource($select=Title,Publisher,PublishedOn,Url)";
const FACTS = ["Casualties", "Arrests", "AttackCounts", "Figures", "ZoneMemberships"];
const CRITERIA = ["Recruitment", "ProtectionMoney", "Allegiance", "Repentance", "AttacksOnAuthorities", "WeakAdministration", "LifestylePressure", "Justice", "NightCheckpoints"];

/** Opens the claims behind a figure. Each part is a set with a condition. */
export async function openEvidence(release, title, parts) {
  const dialog = document.getElementById("evidence");
  const body = el("div", { class: "claims", "aria-busy": "true" }, el("p", {}, "Loading …"));
  dialog.replaceChildren(
    el("header", {}, el("h2", { id: "evidence-title" }, title), button("Close", () => dialog.close())),
    el("p", { class: "quiet" }, `At release ${release}.`), body);
  if (!dialog.open) dialog.showModal();
  try {
    body.replaceChildren(...(await Promise.all(parts.map((part) => section(release, part)))));
  } catch (problem) {
    body.replaceChildren(el("p", { class: "said", role: "alert" }, problem.message));
  }
  body.setAttribute("aria-busy", "false");
}

/** Opens what stands behind a row of any set. */
export function openRow(release, set, row) {
  const { release: at, title, parts } = behind(release, set, row);
  return openEvidence(at, title, parts);
}

async function section(release, { set, filter, heading }) {
  const isFact = FACTS.includes(set.replace(/Wide$/, ""));
  const path = feed(release, set, { filter, expand: isFact && !set.endsWith("Wide") ? EXPANDED + (set === "ZoneMemberships" ? ",Zone($select=Name,Kind)" : "") : null, orderby: isFact ? "Date,Id" : null, count: "true" });
  const list = el("div");
  const more = el("p");
  const part = el("section", {}, heading ? el("h3", {}, heading) : null, list, more, addressOf(path));
  let place = path;
  const complain = (problem) => more.append(el("span", { class: "said", role: "alert" }, ` ${problem.message}`));
  const add = async () => {
    const page = await readJson(place, { Prefer: `odata.maxpagesize=${PAGE}` });
    list.append(...page.value.map((row) => claim(set, row, { isFact, level: heading ? "h4" : "h3" })));
    if (list.childElementCount === 0) list.append(el("p", {}, "There is none."));
    place = page["@odata.nextLink"] ? here(page["@odata.nextLink"]) : null;
    more.replaceChildren(place ? button(`More (${list.childElementCount} of ${page["@odata.count"]})`, () => add().catch(complain)) : "");
  };
  await add();
  return part;
}

const addressOf = (path) => el("p", { class: "quiet address" }, "Asked of the feed: ", el("code", {}, address(path)));

function claim(set, row, { isFact, level }) {
  const id = row.Id;
  const revisions = el("div");
  const facts = el("dl", {}, isFact ? told(row) : []);
  const all = el("details", { open: !isFact }, el("summary", {}, "All columns"), el("dl", {}, columns(row)));
  return el("article", { class: "claim" },
    el(level, { class: "headline" }, isFact ? headline(set, row) : row.Name ?? row.Title ?? id),
    facts, all,
    "ModifiedAt" in row ? el("p", {}, button("Revisions of this record", () => history(revisions, set.replace(/Wide$/, ""), id))) : null,
    revisions);
}

function headline(set, row) {
  if (set === "ZoneMemberships") return [`${row.Place.Name}: ${row.Zone.Name}`, el("span", { class: "tag" }, words(row.Zone.Kind))];
  const what = row.Outcome ?? row.Measure ?? (row.AttackType ? `attacks: ${words(row.AttackType)}` : "");
  return [el("b", {}, labelOf(row)), ` ${words(what)}`, row.CountText ? el("q", {}, row.CountText) : null, row.Additive === false ? el("span", { class: "tag" }, "not in totals") : null];
}

function told(row) {
  const pairs = [
    ["Where", row.PlacePath ?? `${row.Place.Name} (${row.Place.Kind})`],
    ["When", row.Date ?? "not said"],
    ["Who says so", row.Claimant.Name ?? row.Claimant],
    ["Source", source(row.Source)],
    ["Locator", el("b", { class: "locator" }, row.SourceLocator)],
    ["Cites", row.CitedSource ? source(row.CitedSource) : null],
    ["Grade", row.Grade],
    ["Said to hold", criteria(row, true)],
    ["Said to be absent", criteria(row, false)],
    ["Note", row.Note],
  ];
  return pairs.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
}

const criteria = (row, value) => CRITERIA.filter((name) => row[name] === value).map(words).join(", ");

/** A source with its address, or by its title alone, as views have it. */
function source(document) {
  if (typeof document === "string") return document;
  const { Title, Publisher, PublishedOn, Url } = document;
  const text = [Title, Publisher, PublishedOn].filter(Boolean).join(", ");
  return /^https?:\/\//i.test(Url ?? "") ? el("a", { href: Url, rel: "noreferrer noopener", target: "_blank" }, `${text} (other site)`) : text;
}

const columns = (row) => Object.entries(row).filter(([name, value]) => value !== null && typeof value !== "object" && !name.includes("@"))
  .map(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value))]);

async function history(root, set, id) {
  const list = el("ol", { class: "revisions" });
  const more = el("p", { class: "quiet" });
  let place = `datasets/${set}/records/${encodeURIComponent(id)}/history`;
  const complain = (problem) => more.replaceChildren(el("span", { class: "said", role: "alert" }, problem.message));
  const add = async () => {
    const page = await readJson(place);
    list.append(...page.revisions.map(revision));
    place = page.next ? here(page.next) : null;
    more.replaceChildren(place ? button("Older revisions", () => add().catch(complain)) : plural(list.childElementCount, "revision"));
  };
  root.replaceChildren(list, more);
  await add().catch(complain);
}

const revision = ({ release, committedAt, action, reason, message, columns }) => el("li", {},
  el("b", {}, `Release ${release}`), `, ${instant(committedAt)}: ${action === "retract" ? "retracted" : words(reason ?? action)}`,
  message ? ` (${message})` : "",
  el("ul", {}, changed(columns)));

/** The columns that a change touched; of what is new or gone there is nothing to compare. */
export function changed(columns) {
  const entries = Object.entries(columns);
  return entries.some(([name]) => name === "Id") ? [] : entries.map(([name, { before, after }]) =>
    el("li", {}, `${name}: `, el("del", {}, String(before ?? "empty")), " → ", el("ins", {}, String(after ?? "empty"))));
}
