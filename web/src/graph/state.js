/** @import { State, Camera } from "./types.js" */

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
  const one = (/** @type {string} */ name, /** @type {string[]} */ allowed) => allowed.find((value) => value === given.get(name));
  state.lang = /** @type {State["lang"]} */ (one("lang", ["zh", "en"]) ?? usual.lang);
  state.theme = /** @type {State["theme"]} */ (one("theme", ["auto", "light", "dark"]) ?? usual.theme);
  state.colour = /** @type {State["colour"]} */ (one("colour", ["class", "community"]) ?? usual.colour);
  state.table = /** @type {State["table"]} */ (one("table", ["nodes", "edges"]) ?? usual.table);
  state.size = given.get("size") ?? usual.size;
  state.hidden = new Set((given.get("hide") ?? "").split(",").filter(Boolean));
  for (const name of /** @type {const} */ (["open", "focus", "from", "to", "since", "until"])) state[name] = given.get(name);
  const hops = Number(given.get("hops"));
  if (Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS) state.hops = hops;
  const camera = (given.get("view") ?? "").split(",").map(Number);
  if (camera.length === 3 && camera.every(Number.isFinite) && (camera[2] ?? 0) > 0) state.camera = /** @type {Camera} */ (camera);
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
