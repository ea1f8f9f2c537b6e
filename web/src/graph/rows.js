/** @import { Centrality, Columns, Kind, Relation, Scene } from "./types.js" */

/**
 * The value of a row of a column. A scene's columns are equally long, so that a row without a value is a fault of the page.
 * @template T
 * @param {ArrayLike<T>} column
 * @param {number} row
 * @returns {T}
 */
export function at(column, row) {
  if (!(row in column)) throw new RangeError(`There is no row ${row} among ${column.length}.`);
  return /** @type {T} */ (column[row]);
}

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

/**
 * Items by their key, in the order of their first.
 * @template K, T
 * @param {Iterable<T>} items
 * @param {(item: T) => K} key
 * @returns {Map<K, T[]>}
 */
export function grouped(items, key) {
  /** @type {Map<K, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const name = key(item),
      group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
