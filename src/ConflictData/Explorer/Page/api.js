// Calls of the API that serves this page. The key goes as a header, never into an address.

const KEY = "conflict-key";
const ROOT = new URL(".", location.href.split("#")[0]);

/** What went wrong, in words for the reader: what happened, and what to do. */
export class ApiError extends Error {
  constructor(kind, title, detail) {
    super(`${title} ${detail}`);
    Object.assign(this, { kind, title, detail });
  }
}

export const offline = () => new ApiError("offline", "The server does not answer.", "Check that it runs and that you are connected, then try again.");

export const key = {
  get: () => sessionStorage.getItem(KEY) ?? "",
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** The absolute address of something under /api/. */
export const address = (path) => new URL(path, ROOT).href;

/** Every answer is read from here, whatever host a link in another answer names. */
export function here(link) {
  const { pathname, search } = new URL(link);
  return pathname.slice(pathname.indexOf("/api/") + "/api/".length) + search;
}

/** The path of a query of the feed at a release; options without a value are left out. */
export function feed(release, path, options = {}) {
  const query = Object.entries(options).filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => `$${name}=${encodeURIComponent(value).replaceAll("%20", "+").replaceAll("%2C", ",").replaceAll("%24", "$")}`).join("&");
  return `releases/${release}/odata/${path}${query ? `?${query}` : ""}`;
}

/** A text as a literal of a query. */
export const quoted = (text) => `'${String(text).replaceAll("'", "''")}'`;

export async function readJson(path, headers = {}) {
  return (await call(path, { Accept: "application/json, application/geo+json", ...headers })).json();
}

/** All rows of a query, page after page, up to a number of them; more tells that there are others. */
export async function readRows(path, most) {
  const rows = [];
  for (let next = path; next !== null && rows.length < most;) {
    const page = await readJson(next);
    rows.push(...page.value);
    next = page["@odata.nextLink"] ? here(page["@odata.nextLink"]) : null;
    if (next !== null && rows.length >= most) return { rows: rows.slice(0, most), more: true };
  }
  return { rows: rows.slice(0, most), more: rows.length > most };
}

/** Saves a file. A link could not send the key, so the file is fetched where there is one. */
export async function download(event, path, name) {
  if (!key.get()) return;
  event.preventDefault();
  const notice = document.getElementById("notice");
  notice.textContent = "";
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await (await call(path, {})).blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (problem) {
    notice.textContent = `${name}: ${problem.message}`;
  }
}

/** Whether a key would be taken; throws what is wrong with it. */
export const tryKey = (value) => call("datasets", { "x-api-key": value });

/** What does not stand behind the answers, in words; empty where all does. */
export async function troubles() {
  const { parts } = await fetch(address("health/ready"), { credentials: "omit" }).then((answer) => answer.json(), () => { throw offline(); });
  return Object.entries(parts).filter(([, told]) => told !== "ready").map(([name, told]) => `${name}: ${told}`);
}

async function call(path, headers) {
  const sent = { ...(key.get() ? { "x-api-key": key.get() } : {}), ...headers };
  let answer;
  try {
    answer = await fetch(address(path), { headers: sent, credentials: "omit" });
  } catch {
    throw offline();
  }
  if (answer.ok) return answer;
  throw await failure(answer, "x-api-key" in sent);
}

async function failure(answer, hadKey) {
  const body = await answer.json().catch(() => ({}));
  const detail = body.detail ?? body.error?.message ?? `The server answered ${answer.status}.`;
  if (answer.status === 401) {
    return hadKey
      ? new ApiError("key", "This key is not accepted.", "It may be mistyped, ended or of another server. Type it again, or ask whoever runs this server for one with the scope read.")
      : new ApiError("key", "Reading needs a key here.", "Type yours; whoever runs this server hands them out.");
  }
  if (answer.status === 403) return new ApiError("key", "This key may not read.", "It lacks the scope read. Ask whoever runs this server for one that has it.");
  if (answer.status === 429) return new ApiError("busy", "Too many calls in a short time.", `Wait ${answer.headers.get("Retry-After") ?? "some"} seconds and try again.`);
  if (answer.status >= 500) return new ApiError("server", "The server could not answer.", detail);
  return new ApiError("asked", "This could not be answered.", detail);
}
