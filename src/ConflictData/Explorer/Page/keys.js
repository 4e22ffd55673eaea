// The key is typed here, kept for this tab alone, and sent as a header.
import { key, tryKey } from "./api.js";
import { button, el, refill } from "./dom.js";

/** A form that takes a key once the server does; then is called when it did. */
export function keyForm(then) {
  const input = el("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "key-said", placeholder: "cf_…" });
  const said = el("p", { id: "key-said", class: "said", role: "alert" });
  const use = el("button", { type: "submit", class: "primary" }, "Use this key");
  const send = async (event) => {
    event.preventDefault();
    said.textContent = "";
    use.disabled = true;
    try {
      await tryKey(input.value.trim());
      key.set(input.value.trim());
      then();
    } catch (problem) {
      said.textContent = problem.message;
      input.setAttribute("aria-invalid", "true");
      input.focus();
    } finally {
      use.disabled = false;
    }
  };
  return el("form", { class: "keyform", onsubmit: send }, el("label", { class: "field" }, el("span", {}, "Key"), input), use, said);
}

/** The dialog behind the button at the top. */
export function openKeys(then) {
  const dialog = document.getElementById("keys");
  const done = () => { dialog.close(); then(); };
  refill(dialog,
    el("header", {}, el("h2", { id: "keys-title" }, "Key"), button("Close", () => dialog.close())),
    el("p", {}, "It is kept in this tab until the tab is closed, and sent as the header x-api-key. It never stands in an address."),
    keyForm(done),
    key.get() ? el("p", {}, button("Forget the key", () => { key.forget(); done(); })) : null);
  dialog.showModal();
}
