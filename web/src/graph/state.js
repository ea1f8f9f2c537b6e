/** What the reader has chosen, and the address that keeps it. */

/** @import { State, Camera } from "./types.js" */

import { at } from "../parts/rows.js";

export const MOST_HOPS = 5;
/** What is hidden, and how an address calls it; what stands in an address as it is. */
const HIDING = /** @type {const} */ ([
  ["hidden", "hide"],
  ["relations", "without"],
  ["bases", "nor"],
]);
const WALKED = /** @type {const} */ (["open", "focus", "from", "to"]);
const FILTERS = /** @type {const} */ (["since", "until", "place", "document", "kind", "relation"]);

/** @returns {State} */
export function freshState(/** @type {State["lang"]} */ lang, /** @type {string} */ size) {
  return {
    lang,
    theme: "auto",
    colour: "class",
    size,
    hidden: new Set(),
    relations: new Set(),
    bases: new Set(),
    place: null,
    document: null,
    kind: null,
    relation: null,
    alone: false,
    open: null,
    focus: null,
    hops: 1,
    from: null,
    to: null,
    since: null,
    until: null,
    table: null,
    camera: null,
  };
}

/**
 * What stands in an address, over what is usual; anything that makes no sense is left as it is usual.
 * @param {string} hash
 * @param {State} usual
 * @returns {State}
 */
export function stateFrom(hash, usual) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { ...usual };
  /** @template {string | null} T @param {string} name @param {T[]} allowed @param {T} otherwise */
  const one = (name, allowed, otherwise) => allowed.find((value) => value === given.get(name)) ?? otherwise;
  state.lang = one("lang", ["zh", "en"], usual.lang);
  state.theme = one("theme", ["auto", "light", "dark"], usual.theme);
  state.colour = one("colour", ["class", "community"], usual.colour);
  state.table = one("table", ["nodes", "edges"], usual.table);
  state.size = given.get("size") ?? usual.size;
  for (const [name, told] of HIDING)
    state[name] = new Set(
      given
        .getAll(told)
        .flatMap((names) => names.split(","))
        .filter(Boolean),
    );
  state.alone = given.has("alone") ? given.get("alone") === "1" : usual.alone;
  for (const name of [...WALKED, ...FILTERS]) state[name] = given.get(name);
  const hops = Number(given.get("hops"));
  if (Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS) state.hops = hops;
  const camera = String(given.get("view")).split(",").map(Number);
  if (camera.length === 3 && camera.every(Number.isFinite) && at(camera, 2) > 0) state.camera = /** @type {Camera} */ (camera);
  return state;
}

/**
 * The address of what the reader sees; only what is not usual stands in it.
 * @param {State} state
 * @param {State} usual
 */
export function hashOf(state, usual) {
  const told = new URLSearchParams();
  for (const name of /** @type {const} */ (["lang", "theme", "colour", "size", ...WALKED, "table"]))
    if (state[name] !== usual[name] && state[name] !== null) told.set(name, state[name]);
  for (const [name, value] of Object.entries(filtersOf(state))) told.set(name, value);
  if (state.alone !== usual.alone) told.set("alone", state.alone ? "1" : "0");
  if (state.focus && state.hops !== usual.hops) told.set("hops", String(state.hops));
  if (state.camera) told.set("view", state.camera.map((one) => Number(one.toPrecision(5))).join(","));
  return told.toString();
}

/**
 * What the reader has filtered, as an address tells it.
 * @param {State} state
 * @returns {Record<string, string>}
 */
export function filtersOf(state) {
  const told = FILTERS.map((name) => [name, state[name]]),
    hiding = HIDING.map(([name, as]) => [as, state[name].size ? [...state[name]].sort().join(",") : null]);
  return Object.fromEntries([...told, ...hiding].filter(([, value]) => value !== null));
}

/**
 * What of the graph the reader walks through, beyond what a page may hold; empty where that is nothing.
 * @param {State} state
 */
export function walkOf(state) {
  const { focus, hops, from, to } = state;
  return focus || (from && to) ? JSON.stringify([focus, focus && hops, from, to, filtersOf(state)]) : "";
}
