/** A field that completes names. */

/** @import { Found } from "./types.js" */
import { made } from "./dom.js";
import { at } from "./rows.js";

/**
 * A field that completes names (ARIA combobox with a list). Asks `find`, hands what was chosen to `chosen`.
 * @param {HTMLInputElement} input
 * @param {{ find: (asked: string) => Promise<Found[]> | Found[], label: (one: Found) => string, chosen: (one: Found) => void, none: (asked: string) => void }} use
 */
export function completes(input, use) {
  const list = made("ul", {
    id: `${input.id}-names`,
    role: "listbox",
    class: "names",
    hidden: true,
  });
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  }))
    input.setAttribute(name, value);
  /** @type {Found[]} */
  let found = [];
  let marked = -1,
    asked = 0;

  const close = () => {
    list.hidden = true;
    marked = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (/** @type {Found} */ one) => {
    input.value = one.name;
    close();
    use.chosen(one);
  };
  const mark = (/** @type {number} */ place) => {
    marked = place;
    const rows = [...list.children],
      row = at(rows, marked);
    rows.forEach((one) => one.setAttribute("aria-selected", String(one === row)));
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };
  const complete = async () => {
    const turn = ++asked;
    const names = await use.find(input.value);
    if (turn !== asked) return; // the reader typed on
    found = names;
    list.replaceChildren(
      ...found.map((one, i) =>
        made(
          "li",
          {
            id: `${list.id}-${i}`,
            role: "option",
            "aria-selected": "false",
            onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => choose(one),
          },
          made("span", {}, one.name),
          made("small", {}, use.label(one)),
        ),
      ),
    );
    list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    list.hidden = !found.length;
    marked = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  input.addEventListener("input", complete);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return; // an input method is choosing characters
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) await complete();
      if (found.length)
        mark(
          (marked + (event.key === "ArrowDown" ? 1 : -1) + found.length + (marked < 0 && event.key === "ArrowUp" ? 1 : 0)) % found.length,
        );
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (marked < 0) await complete();
      const one = found[Math.max(marked, 0)];
      if (one) choose(one);
      else if (input.value.trim()) use.none(input.value);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}
