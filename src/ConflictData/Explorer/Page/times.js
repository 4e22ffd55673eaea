// Times as people read them. Days are text and stay text: no time zone can move them.

const INSTANT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["day", 86_400], ["hour", 3_600], ["minute", 60]];

export const instant = (text) => `${INSTANT.format(new Date(text))} UTC`;

export const monthName = (day) => MONTH.format(new Date(day));

export function ago(text) {
  const seconds = (Date.parse(text) - Date.now()) / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return AGO.format(Math.trunc(seconds / length), unit);
}

/** The day of an instant, as the feed writes days. */
export const dayOf = (text) => new Date(text).toISOString().slice(0, 10);

/** The first moment of a day, for drawing. */
export const momentOf = (day) => new Date(`${day}T00:00:00Z`);
