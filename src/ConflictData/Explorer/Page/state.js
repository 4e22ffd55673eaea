// What is shown lies in the fragment of the address, so that a view can be shared and the Back button works:
// #table?release=2&set=Casualties&filter=Outcome+eq+killed. It never holds a key.

export const VIEWS = ["overview", "timeline", "map", "table", "changes", "get"];

const listeners = [];

/** The view and its parameters. */
export function state() {
  const [view, query = ""] = location.hash.slice(1).split("?", 2);
  return { view: VIEWS.includes(view) ? view : VIEWS[0], params: new URLSearchParams(query) };
}

/** A fragment with some parameters changed; null takes one away, a list gives it several times. */
export function fragment(view, changes = {}) {
  const { params } = state();
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) if (each !== null && each !== undefined && each !== "") params.append(name, each);
  }
  const query = params.toString();
  return `#${view}${query ? `?${query}` : ""}`;
}

/** Goes to a view, as a link there would. */
export function go(view, changes) {
  const target = fragment(view, changes);
  if (target === location.hash) return;
  history.pushState(null, "", target);
  listeners.forEach((listener) => listener());
}

export function onChange(listener) {
  listeners.push(listener);
  addEventListener("popstate", listener);
}
