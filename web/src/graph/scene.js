/** @import { Columns, Packed, Scene, Sent } from "./types.js" */

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
  let at = 0;
  const place = start.map((step, number) => {
    at += step;
    const long = length[number] ?? 0;
    if (other[number] !== undefined) return other[number];
    if (long > 0) return `char=${at},${at + long}`;
    return long < 0 ? `sheet=${-long}&row=${at}` : `row=${at}`;
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
      const day = dayOf[columns.sentences.document[one] ?? -1] ?? -1;
      if (day >= 0) found.add(day);
    }
    return [...found].sort((a, b) => a - b);
  };
  /** @type {number[][]} */
  const ties = columns.nodes.id.map(() => []);
  columns.edges.start.forEach((start, edge) => {
    ties[start]?.push(edge);
    if (columns.edges.end[edge] !== start) ties[columns.edges.end[edge] ?? -1]?.push(edge);
  });
  return {
    ...columns,
    number: new Map(columns.nodes.id.map((id, node) => [id, node])),
    ties,
    days,
    nodeDays: columns.nodes.sentences.map(dated),
    edgeDays: columns.edges.sentences.map(dated),
  };
}

/**
 * Two scenes as one: what the second has and the first lacks is added, and the numbers of the first stay.
 * @param {Columns} first
 * @param {Columns} second
 * @returns {Columns}
 */
export function joined(first, second) {
  const documents = union(first.documents, second.documents, (one) => `${one.title}|${one.day}`);
  const kinds = union(first.kinds, second.kinds, (one) => one.name);
  const relations = union(first.relations, second.relations, (one) => one.name);
  const sentences = union(rowsOf(first.sentences), rowsOf(second.sentences), (one, old) =>
    [one.text, one.place, old ? one.document : documents.moved[one.document]].join("|"),
  );
  const nodes = union(rowsOf(first.nodes), rowsOf(second.nodes), (one) => one.id);
  const said = (/** @type {number[]} */ numbers) => numbers.map((one) => sentences.moved[one] ?? 0);
  const edges = union(rowsOf(first.edges), rowsOf(second.edges), (one, old) =>
    (old ? [one.start, one.relation, one.end] : [nodes.moved[one.start], relations.moved[one.relation], nodes.moved[one.end]]).join("|"),
  );
  const facts = first.facts && second.facts && [...first.facts, ...nodes.added.map((row) => second.facts?.[row] ?? [])];
  return {
    ...first,
    documents: documents.all,
    kinds: kinds.all,
    relations: relations.all,
    measures: first.measures.map((measure, i) => ({
      ...measure,
      values: [...measure.values, ...nodes.added.map((row) => second.measures[i]?.values[row] ?? null)],
    })),
    sentences: columnsOf(
      sentences.all,
      first.sentences,
      (one) => ({ ...one, document: documents.moved[one.document] ?? -1 }),
      sentences.kept,
    ),
    nodes: columnsOf(
      nodes.all,
      first.nodes,
      (one) => ({
        ...one,
        kind: kinds.moved[one.kind] ?? 0,
        sentences: said(one.sentences),
      }),
      nodes.kept,
    ),
    edges: columnsOf(
      edges.all,
      first.edges,
      (one) => ({
        start: nodes.moved[one.start] ?? 0,
        end: nodes.moved[one.end] ?? 0,
        relation: relations.moved[one.relation] ?? 0,
        sentences: said(one.sentences),
        context: one.context,
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
    if (!places.has(name)) {
      places.set(name, all.length);
      all.push(one);
      added.push(row);
    }
    moved.push(places.get(name) ?? 0);
  });
  return { all, moved, added, kept: first.length };
}

/**
 * @template {Record<string, unknown[]>} T
 * @param {T} columns
 * @returns {{ [K in keyof T]: T[K][number] }[]}
 */
function rowsOf(columns) {
  const names = Object.keys(columns);
  const count = columns[names[0] ?? ""]?.length ?? 0;
  return Array.from(
    { length: count },
    (_, row) => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, columns[name]?.[row]]))),
  );
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
