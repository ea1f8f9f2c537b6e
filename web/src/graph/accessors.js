/** Accessors of a scene's rows: class, relation, document, sentences and facts of a thing or tie, things and centralities by name. */

/** @import { Centrality, Columns, Kind, Relation, Scene } from "./types.js" */
import { at } from "../parts/rows.js";

/**
 * The class of a thing.
 * @param {Columns} scene
 * @param {number} node
 * @returns {Kind}
 */
export function kindOf(scene, node) {
  return at(scene.kinds, at(scene.nodes.kind, node));
}

/**
 * @param {Columns} scene
 * @param {number} edge
 * @returns {Relation}
 */
export function relationOf(scene, edge) {
  return at(scene.relations, at(scene.edges.relation, edge));
}

/**
 * The document of a sentence; undefined where none is known.
 * @param {Columns} scene
 * @param {number} sentence
 */
export function documentOf(scene, sentence) {
  return scene.documents[at(scene.sentences.document, sentence)];
}

/**
 * The text of the first of some sentences; empty where there is none.
 * @param {Columns} scene
 * @param {number[]} sentences
 */
export function firstText(scene, [first]) {
  return first === undefined ? "" : at(scene.sentences.text, first);
}

/**
 * The facts of a thing, as far as the page holds them.
 * @param {Columns} scene
 * @param {number} node
 */
export function factsOf(scene, node) {
  return scene.facts ? at(scene.facts, node) : [];
}

/**
 * The number of a thing by the name that an address gives; undefined where there is none.
 * @param {Scene} scene
 * @param {string | null | undefined} name
 */
export function numberOf(scene, name) {
  return name == null ? undefined : scene.number.get(name);
}

/**
 * The centrality of a name; the first where a scene has none of that name.
 * @param {Columns} scene
 * @param {string} name
 * @returns {Centrality}
 */
export function centralityOf(scene, name) {
  return scene.centralities.find((one) => one.name === name) ?? at(scene.centralities, 0);
}

/**
 * How much each thing counts for by a centrality; nothing where it is not defined.
 * @param {Centrality} centrality
 */
export function weightsOf({ values }) {
  return values.map(Number);
}
