/** The lists beside the picture: what the page holds by district, document, class, relation and basis, each row a filter. */

/** @import { Scene } from "./types.js" */
/** @import { Desk } from "./controls.js" */
import { filled, made, part } from "../parts/dom.js";
import { at, grouped } from "../parts/rows.js";
import { kindOf } from "./accessors.js";
import { kindMark } from "./look.js";
import { stepButton, stepInto } from "./drilldown.js";
import { BASES, documentCalled, keyOf, passes, sieve, unrelated } from "./filters.js";

/** Rows of a list of things that are written at once. */
const MOST = 200;

/** Attributes by which the buttons of lists are known. */
const KNOWN = ["data-only", "data-name", "data-class"];

/**
 * What the page holds and from where it can be entered: districts, documents, kinds of relations, what they are drawn from, and the things
 * without a relation. Each row is a button that filters; a second press takes the filter back.
 * @param {Desk} desk
 */
export function showFacets(desk) {
  const scene = desk.scene,
    state = desk.state;
  const places = counted(scene, (document) => document.place),
    documents = counted(scene, keyOf);
  part("here").textContent = filled(desk.word("here"), {
    documents: documents.length,
    places: places.length,
    nodes: scene.nodes.id.length,
    edges: scene.edges.start.length,
  });
  choice(desk, "place", places);
  choice(desk, "document", documents);
  toggles(
    desk,
    { home: "relations-list", key: "data-name", hidden: "relations", only: "relation" },
    scene.relations.map((one, i) => [one.name, one[state.lang], countOf(scene.edges.relation, i), null]),
  );
  toggles(
    desk,
    { home: "bases-list", key: "data-name", hidden: "bases", only: null },
    BASES.map((name, i) => [name, desk.word(`by_${name}`), countOf(scene.edges.context, i), stroke(name)]),
  );
  listAlone(desk);
}

/**
 * Names by which documents are grouped, each with how many things its documents name; the most first.
 * @param {Scene} scene
 * @param {(document: Scene["documents"][number]) => string} name
 * @returns {[string, number][]}
 */
function counted(scene, name) {
  const names = scene.documents.map(name);
  const things = grouped(
    scene.nodeDocuments.flatMap((documents) => [...new Set(documents.map((one) => at(names, one)))]),
    (one) => one,
  );
  return [...things]
    .flatMap(([one, all]) => (one ? [/** @type {[string, number]} */ ([one, all.length])] : []))
    .sort((a, b) => b[1] - a[1]);
}

/** @param {number[]} column @param {number} value */
function countOf(column, value) {
  return column.reduce((count, one) => (one === value ? count + 1 : count), 0);
}

/**
 * A row of a list: a mark, a name, and how many.
 * @param {Record<string, string>} name an attribute by which the row is known
 * @param {string} text
 * @param {number} count
 * @param {boolean} pressed
 * @param {() => void} onclick
 * @param {{ mark?: HTMLElement | null, within?: HTMLElement, beside?: HTMLElement | null }} more what tells that one can step in stands in the button or beside it
 */
function row(name, text, count, pressed, onclick, { mark = null, within, beside }) {
  return made(
    "li",
    {},
    made(
      "button",
      { type: "button", ...name, "aria-pressed": String(pressed), onclick },
      mark,
      made("span", {}, text),
      made("b", {}, String(count)),
      within,
    ),
    beside,
  );
}

/**
 * A list of which one can be chosen: only what stands in it is shown then.
 * @param {Desk} desk
 * @param {"place" | "document"} name
 * @param {[string, number][]} groups
 */
function choice(desk, name, groups) {
  const chosen = desk.state[name];
  part(`${name}s-count`).textContent = String(groups.length);
  part(`${name}s`).hidden = !groups.length;
  put(
    part(`${name}s-list`),
    groups.map(([one, count]) =>
      row({ "data-name": one }, documentCalled(one), count, one === chosen, () => stepInto(desk, name, one), {
        within: made("span", { class: "only" }, desk.word("only")),
      }),
    ),
  );
}

/**
 * A list of what can be hidden and shown, and, where there is a choice `only`, be the only one; to show one beside the only one is to
 * choose both.
 * @param {Desk} desk
 * @param {{ home: string, key: string, hidden: "hidden" | "relations" | "bases", only: "kind" | "relation" | null }} which where it stands,
 *   the attribute by which its rows are known, and what they choose
 * @param {[string, string, number, HTMLElement | null][]} rows name, text, count and mark of each; one without a count is left out
 */
export function toggles(desk, { home, key, hidden, only }, rows) {
  const alone = only && desk.state[only],
    off = rows.map(([one]) => one).filter((one) => !passes(alone, desk.state[hidden], one));
  put(
    part(home),
    rows
      .filter(([, , count]) => count)
      .map(([one, text, count, mark]) => {
        const flip = () => {
          const next = new Set(off);
          if (!next.delete(one)) next.add(one);
          desk.change({ [hidden]: next, ...(alone ? { [/** @type {string} */ (only)]: null } : {}) });
        };
        return row({ [key]: one }, text, count, !off.includes(one), flip, { mark, beside: only && stepButton(desk, only, one, text) });
      }),
  );
}

/** @param {string} basis */
function stroke(basis) {
  return made("i", { class: `stroke ${basis}`, "aria-hidden": "true" });
}

/**
 * The things without a relation that the other choices let through, and that are called as the reader asks.
 * @param {Desk} desk
 */
function listAlone(desk) {
  const scene = desk.scene,
    state = desk.state,
    asked = part("alone-find", HTMLInputElement).value.trim().toLowerCase();
  const through = sieve(scene, state),
    all = unrelated(scene).filter(through.node),
    found = all.filter((node) =>
      [at(scene.nodes.name, node), ...at(scene.nodes.also, node)].some((one) => one.toLowerCase().includes(asked)),
    );
  part("alone").hidden = !all.length;
  part("alone-count").textContent = filled(desk.word("alone"), { count: all.length });
  const shown = part("alone-show", HTMLInputElement);
  shown.checked = state.alone || state.kind !== null;
  shown.disabled = state.kind !== null;
  const rows = found.slice(0, MOST).map((node) => {
    const kind = kindOf(scene, node),
      id = at(scene.nodes.id, node);
    return made(
      "li",
      {},
      made(
        "button",
        {
          type: "button",
          "data-name": id,
          title: kind[state.lang],
          "aria-current": String(state.open === id),
          onclick: () => desk.open(id),
        },
        kindMark(kind, desk.dark),
        made("span", {}, at(scene.nodes.name, node)),
      ),
    );
  });
  const rest = found.length - rows.length;
  put(part("alone-list"), rest ? [...rows, made("li", { class: "note" }, filled(desk.word("others"), { count: rest }))] : rows);
}

/**
 * Connect the fields of the lists.
 * @param {Desk} desk
 */
export function connectFacets(desk) {
  part("alone-find").addEventListener("input", () => showFacets(desk));
  part("alone-show").addEventListener("change", () => desk.change({ alone: part("alone-show", HTMLInputElement).checked }));
}

/**
 * Put rows into a list; a row or its button that had the focus has it still.
 * @param {HTMLElement} home
 * @param {HTMLElement[]} rows
 */
function put(home, rows) {
  const focused = home.contains(document.activeElement) ? document.activeElement : null;
  const [which, name] = KNOWN.flatMap((one) => (focused?.hasAttribute(one) ? [one, focused.getAttribute(one)] : []));
  home.replaceChildren(...rows);
  if (name) /** @type {HTMLElement | null} */ (home.querySelector(`[${which}="${CSS.escape(name)}"]`))?.focus();
}
