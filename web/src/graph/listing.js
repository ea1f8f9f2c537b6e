/** The table of things or ties that are shown. */

/** @import { Column, Listed } from "../parts/table.js" */
/** @import { Look, Scene, State } from "./types.js" */
import { dot, filled } from "../parts/dom.js";
import { HIDDEN, nameOfEdge } from "./look.js";
import { nameOf } from "./panel.js";
import { at } from "../parts/rows.js";
import { centralityOf, firstText, kindOf } from "./accessors.js";

/**
 * @typedef {{ scene: Scene, state: State, look: Look, word: (name: string) => string, open: (name: string) => void }} TableRoom
 */

/**
 * What the table beside the graph lists: the things or the ties that are shown, each first cell opening its row.
 * @param {TableRoom} room
 * @param {"nodes" | "edges"} kind
 * @returns {Listed}
 */
export function listed(room, kind) {
  const { scene, state, look, word } = room;
  const things = kind === "nodes";
  const name = (/** @type {number} */ row) => (things ? at(scene.nodes.id, row) : nameOfEdge(scene, row));
  const rows = visible(things ? look.nodes : look.edges);
  return {
    kind,
    caption: filled(word("table_caption"), { count: rows.length, kind: word(kind) }),
    columns: things ? nodeColumns(room) : edgeColumns(room),
    rows,
    more: (count) => filled(word("more"), { count }),
    open: (row) => room.open(name(row)),
    mark: (row) => (things ? dot(at(look.colours, row)) : null),
    current: (row) => name(row) === state.open,
  };
}

/** @param {Uint8Array} shown */
function visible(shown) {
  /** @type {number[]} */
  const rows = [];
  shown.forEach((how, row) => {
    if (how !== HIDDEN) rows.push(row);
  });
  return rows;
}

/**
 * @param {TableRoom} room
 * @returns {Column[]}
 */
function nodeColumns({ scene, state, word }) {
  const centrality = centralityOf(scene, state.size);
  return [
    { title: word("name"), text: (row) => at(scene.nodes.name, row) },
    {
      title: word("class"),
      text: (row) => kindOf(scene, row)[state.lang],
    },
    {
      title: centrality[state.lang],
      number: true,
      text: (row) => String(at(centrality.values, row) ?? ""),
      value: (row) => at(centrality.values, row) ?? -1,
    },
    {
      title: word("ties"),
      number: true,
      text: (row) => String(at(scene.ties, row).length),
      value: (row) => at(scene.ties, row).length,
    },
    {
      title: word("community"),
      number: true,
      text: (row) => String(at(scene.nodes.community, row) + 1),
      value: (row) => at(scene.nodes.community, row),
    },
    {
      title: word("evidence"),
      number: true,
      text: (row) => String(at(scene.nodes.sentences, row).length),
      value: (row) => at(scene.nodes.sentences, row).length,
    },
  ];
}

/**
 * @param {TableRoom} room
 * @returns {Column[]}
 */
function edgeColumns({ scene, state, word }) {
  const said = (/** @type {number} */ row) => firstText(scene, at(scene.edges.sentences, row));
  return [
    {
      title: word("start"),
      text: (row) => at(scene.nodes.name, at(scene.edges.start, row)),
    },
    {
      title: word("relation"),
      text: (row) => nameOf({ scene, state, word }, row),
    },
    {
      title: word("end"),
      text: (row) => at(scene.nodes.name, at(scene.edges.end, row)),
    },
    { title: word("evidence"), text: said },
  ];
}
