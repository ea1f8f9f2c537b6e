/** What the reader's filters let through; `kg/view/filters.py` has the same for the service. */

/** @import { Columns, Scene, State } from "./types.js" */
import { at } from "../parts/rows.js";
import { centralityOf, kindOf, relationOf } from "./accessors.js";

/** What a tie is drawn from, by the number that stands in the scene. */
export const BASES = /** @type {const} */ (["stated", "context", "inferred"]);

/**
 * What a tie is drawn from.
 * @param {Columns} scene
 * @param {number} edge
 */
export function basisOf(scene, edge) {
  return at(BASES, at(scene.edges.context, edge));
}

/**
 * What a document is called in an address.
 * @param {Columns["documents"][number]} document
 */
export function keyOf({ title, day }) {
  return day ? `${title}|${day}` : title;
}

/**
 * What a document is called in a list.
 * @param {string} key as of `keyOf`
 */
export function documentCalled(key) {
  return key.replace("|", " · ");
}

/**
 * What the reader's choice lets through: things of a class, relation, basis, period, document and district that are to be shown.
 * @param {Scene} scene
 * @param {State} state
 */
export function sieve(scene, state) {
  const { document, place, kind, relation } = state,
    any = document === null && place === null;
  const kept = scene.documents.map((one) => (document === null || keyOf(one) === document) && (place === null || one.place === place));
  const within = (/** @type {number[]} */ documents) => any || documents.some((one) => kept[one]);
  const listed = (/** @type {number} */ one) =>
    passes(kind, state.hidden, kindOf(scene, one).name) &&
    inPeriod(scene, state, at(scene.nodeDays, one)) &&
    within(at(scene.nodeDocuments, one));
  const edge = (/** @type {number} */ one) =>
    passes(relation, state.relations, relationOf(scene, one).name) &&
    !state.bases.has(basisOf(scene, one)) &&
    inPeriod(scene, state, at(scene.edgeDays, one)) &&
    within(at(scene.edgeDocuments, one)) &&
    listed(at(scene.edges.start, one)) &&
    listed(at(scene.edges.end, one));
  const node = (/** @type {number} */ one) => listed(one) && (relation === null || at(scene.ties, one).some(edge));
  return { node, edge };
}

/**
 * Whether a class or a kind of relation is shown: the only one, where there is one, or any that is not hidden.
 * @param {string | null} only
 * @param {ReadonlySet<string>} hidden
 * @param {string} name
 */
export function passes(only, hidden, name) {
  return only === null ? !hidden.has(name) : name === only;
}

/**
 * Things without a relation, neither in the page nor, where it holds a part of the graph, beyond it.
 * @param {Scene} scene
 * @returns {number[]}
 */
export function unrelated(scene) {
  const degrees = centralityOf(scene, "degree");
  const known = degrees.name === "degree";
  return scene.ties.flatMap((ties, node) => (ties.length || (known && at(degrees.values, node)) ? [] : [node]));
}

/**
 * What no dated report states is always shown.
 * @param {Scene} scene
 * @param {State} state
 * @param {number[]} days
 */
function inPeriod(scene, { since, until }, days) {
  if (!days.length) return true;
  return days.map((day) => at(scene.days, day)).some((day) => (since === null || since <= day) && (until === null || day <= until));
}
