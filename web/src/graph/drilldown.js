/** Stepping into one district, document, class or kind of relation, and back. */

/** @import { State } from "./types.js" */
/** @import { Desk } from "./controls.js" */
import { made, part } from "../parts/dom.js";
import { documentCalled } from "./filters.js";

/** What can be stepped into, by the name of the choice. */
export const ONLY = /** @type {const} */ (["place", "document", "kind", "relation"]);

/** @typedef {typeof ONLY[number]} Only */

/**
 * Step into a district, document, class or kind of relation, so that nothing else is shown; a second time takes that back.
 * @param {Desk} desk
 * @param {Only} choice
 * @param {string} name
 */
export function stepInto(desk, choice, name) {
  const inside = desk.state[choice] === name;
  desk.change({ [choice]: inside ? null : name });
  if (!inside) /** @type {HTMLElement} */ (part("stage").parentElement).scrollIntoView({ block: "nearest" }); // on a phone the lists lie under the picture
}

/**
 * The button beside a class or a kind of relation that steps into it.
 * @param {Desk} desk
 * @param {Only} choice
 * @param {string} name
 * @param {string} text what the reader calls it
 */
export function stepButton(desk, choice, name, text) {
  const label = `${desk.word("only")}${desk.word("colon")}${text}`;
  return made(
    "button",
    {
      type: "button",
      class: "only",
      "data-only": name,
      "aria-label": label,
      "aria-pressed": String(desk.state[choice] === name),
      onclick: () => stepInto(desk, choice, name),
    },
    desk.word("only"),
  );
}

/**
 * What the reader has stepped into, above the picture, with the way back to all.
 * @param {Desk} desk
 */
export function tellWithin(desk) {
  const { kinds, relations } = desk.scene,
    { place, document: source, kind, relation, lang } = desk.state;
  const called = (/** @type {typeof kinds | typeof relations} */ all, /** @type {string | null} */ name) =>
    all.find((one) => one.name === name)?.[lang] ?? name;
  const names = [place, source && documentCalled(source), called(kinds, kind), called(relations, relation)].filter(Boolean);
  part("within").hidden = !names.length;
  part("within-what").textContent = `${desk.word("only")}${desk.word("colon")}${names.join(" · ")}`;
}

/**
 * The choice of a reader who wants to see all again.
 * @returns {Partial<State>}
 */
export function allShown() {
  const none = { place: null, document: null, kind: null, relation: null, since: null, until: null, focus: null };
  return { ...none, hidden: new Set(), relations: new Set(), bases: new Set() };
}
