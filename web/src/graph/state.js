/** @import { State, Camera } from "./types.js" */

import { at } from "./rows.js";

export const MOST_HOPS = 5;

/** @returns {State} */
export function freshState(/** @type {State["lang"]} */ lang, /** @type {string} */ size) {
  return {
    lang,
    theme: "auto",
    colour: "class",
    size,
    hidden: new Set(),
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
  state.hidden = new Set(
    given
      .getAll("hide")
      .flatMap((names) => names.split(","))
      .filter(Boolean),
  );
  for (const name of /** @type {const} */ (["open", "focus", "from", "to", "since", "until"])) state[name] = given.get(name);
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
  for (const name of /** @type {const} */ (["lang", "theme", "colour", "size", "open", "focus", "from", "to", "since", "until", "table"]))
    if (state[name] !== usual[name] && state[name] !== null) told.set(name, state[name]);
  if (state.hidden.size) told.set("hide", [...state.hidden].sort().join(","));
  if (state.focus && state.hops !== usual.hops) told.set("hops", String(state.hops));
  if (state.camera) told.set("view", state.camera.map((one) => Number(one.toPrecision(5))).join(","));
  return told.toString();
}
