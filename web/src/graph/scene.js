/** A scene as it is sent, and as the page keeps it. */

/** @import { Columns, Packed, Scene, Sent } from "./types.js" */
import { at } from "../parts/rows.js";
import { factsOf } from "./accessors.js";

/**
 * A scene as it came.
 * @param {Sent} sent
 * @returns {Columns}
 */
export function unpacked(sent) {
  if (sent.format !== "kg-scene/1") throw new Error(`Not a scene: ${String(sent.format)}`);
  return { ...sent, sentences: sentencesOf(sent.sentences) };
}

/**
 * @param {Packed} packed
 * @returns {Columns["sentences"]}
 */
export function sentencesOf({ text, document, start, length, other }) {
  let first = 0;
  const place = start.map((step, number) => {
    first += step;
    const long = at(length, number);
    if (other[number] !== undefined) return other[number];
    if (long > 0) return `char=${first},${first + long}`;
    return long < 0 ? `sheet=${-long}&row=${first}` : `row=${first}`;
  });
  return { text, document, place };
}

/**
 * A scene with what the page looks up often.
 * @param {Columns} columns
 * @returns {Scene}
 */
export function sceneOf(columns) {
  const days = [...new Set(columns.documents.map((one) => one.day).filter(Boolean))].sort();
  const dayOf = columns.documents.map((one) => days.indexOf(one.day));
  const dated = (/** @type {number[]} */ sentences) => {
    const found = new Set();
    for (const one of sentences) {
      const day = dayOf[at(columns.sentences.document, one)];
      if (day !== undefined && day >= 0) found.add(day);
    }
    return [...found].sort((a, b) => a - b);
  };
  const documented = (/** @type {number[]} */ sentences) => [
    ...new Set(sentences.map((one) => at(columns.sentences.document, one)).filter((one) => one >= 0)),
  ];
  /** @type {number[][]} */
  const ties = columns.nodes.id.map(() => []);
  const { start, end, place } = columns.edges,
    inOrder = [...start.keys()];
  if (place) inOrder.sort((a, b) => at(place, a) - at(place, b)); // so that paths are those of the whole graph
  for (const edge of inOrder) {
    at(ties, at(start, edge)).push(edge);
    if (end[edge] !== start[edge]) at(ties, at(end, edge)).push(edge);
  }
  return {
    ...columns,
    number: new Map(columns.nodes.id.map((id, node) => [id, node])),
    ties,
    days,
    nodeDays: columns.nodes.sentences.map(dated),
    edgeDays: columns.edges.sentences.map(dated),
    nodeDocuments: columns.nodes.sentences.map(documented),
    edgeDocuments: columns.edges.sentences.map(documented),
  };
}

/**
 * Two scenes as one: what the second has and the first lacks is added, and the numbers of the first stay.
 * @param {Columns} first
 * @param {Columns} second
 * @returns {Columns}
 */
export function joined(first, second) {
  const documents = union(first.documents, second.documents, (one) => `${one.title}|${one.day}|${one.place}`);
  const kinds = union(first.kinds, second.kinds, (one) => one.name);
  const relations = union(first.relations, second.relations, (one) => one.name);
  const sentences = union(rowsOf(first.sentences), rowsOf(second.sentences), (one, old) =>
    [one.text, one.place, old ? one.document : documents.moved[one.document]].join("|"),
  );
  const nodes = union(rowsOf(first.nodes), rowsOf(second.nodes), (one) => one.id);
  const said = (/** @type {number[]} */ numbers) => numbers.map((one) => at(sentences.moved, one));
  const edges = union(rowsOf(first.edges), rowsOf(second.edges), (one, old) =>
    (old ? [one.start, one.relation, one.end] : [nodes.moved[one.start], relations.moved[one.relation], nodes.moved[one.end]]).join("|"),
  );
  const facts = first.facts && second.facts && [...first.facts, ...nodes.added.map((row) => factsOf(second, row))];
  return {
    ...first,
    documents: documents.all,
    kinds: kinds.all,
    relations: relations.all,
    centralities: first.centralities.map((centrality) => {
      const more = second.centralities.find((one) => one.name === centrality.name); // which a part of a large graph may lack
      return { ...centrality, values: [...centrality.values, ...nodes.added.map((row) => (more ? at(more.values, row) : null))] };
    }),
    sentences: columnsOf(
      sentences.all,
      first.sentences,
      (one) => ({ ...one, document: one.document < 0 ? one.document : at(documents.moved, one.document) }),
      sentences.kept,
    ),
    nodes: columnsOf(
      nodes.all,
      first.nodes,
      (one) => ({
        ...one,
        kind: at(kinds.moved, one.kind),
        sentences: said(one.sentences),
      }),
      nodes.kept,
    ),
    edges: columnsOf(
      edges.all,
      first.edges,
      (one) => ({
        ...one,
        start: at(nodes.moved, one.start),
        end: at(nodes.moved, one.end),
        relation: at(relations.moved, one.relation),
        sentences: said(one.sentences),
      }),
      edges.kept,
    ),
    facts,
  };
}

/**
 * Rows of both lists, those of the second that the first lacks behind it; where each row of the second went.
 * @template T
 * @param {T[]} first
 * @param {T[]} second
 * @param {(one: T, old: boolean) => string} key
 */
function union(first, second, key) {
  const places = new Map(first.map((one, place) => [key(one, true), place]));
  const all = [...first];
  /** @type {number[]} */
  const moved = [];
  /** @type {number[]} */
  const added = [];
  second.forEach((one, row) => {
    const name = key(one, false);
    const place = places.get(name) ?? all.length;
    if (place === all.length) {
      places.set(name, place);
      all.push(one);
      added.push(row);
    }
    moved.push(place);
  });
  return { all, moved, added, kept: first.length };
}

/**
 * @template {Record<string, unknown[]>} T
 * @param {T} columns
 * @returns {{ [K in keyof T]: T[K][number] }[]}
 */
function rowsOf(columns) {
  const named = Object.entries(columns);
  const [, first] = at(named, 0);
  return first.map((_, row) => /** @type {any} */ (Object.fromEntries(named.map(([name, column]) => [name, at(column, row)]))));
}

/**
 * Rows as columns again; the rows behind the first `kept` are told anew first.
 * @template {Record<string, unknown[]>} T
 * @param {{ [K in keyof T]: T[K][number] }[]} rows
 * @param {T} like
 * @param {(row: { [K in keyof T]: T[K][number] }) => { [K in keyof T]: T[K][number] }} anew
 * @param {number} kept
 * @returns {T}
 */
function columnsOf(rows, like, anew, kept) {
  const told = rows.map((row, place) => (place < kept ? row : anew(row)));
  return /** @type {any} */ (Object.fromEntries(Object.keys(like).map((name) => [name, told.map((row) => row[name])])));
}
