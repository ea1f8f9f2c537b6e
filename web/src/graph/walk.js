/** Neighbourhoods and shortest paths; `kg/view/atlas.py` has the same for the service. */

/** @import { Scene } from "./types.js" */
import { at, grouped } from "../parts/rows.js";

/**
 * The other end of an edge.
 * @param {Scene} scene
 * @param {number} edge
 * @param {number} node
 */
export function across(scene, edge, node) {
  const start = at(scene.edges.start, edge);
  return start === node ? at(scene.edges.end, edge) : start;
}

/**
 * Nodes that can be reached from one, each once and the nearest first: with the edge that leads there, and how many steps away it is.
 * @param {Scene} scene
 * @param {number} node
 * @param {(edge: number) => boolean} open
 */
function* reached(scene, node, open) {
  const seen = new Set([node]);
  let border = [node];
  for (let step = 1; border.length; step++) {
    /** @type {number[]} */
    const next = [];
    for (const here of border)
      for (const edge of at(scene.ties, here)) {
        const there = across(scene, edge, here);
        if (!open(edge) || seen.has(there)) continue;
        seen.add(there);
        next.push(there);
        yield { there, edge, step };
      }
    border = next;
  }
}

/**
 * Nodes within so many steps of one, by how many steps they are away; edges that may not be walked are left out.
 * @param {Scene} scene
 * @param {number} node
 * @param {number} hops
 * @param {(edge: number) => boolean} open
 * @returns {Map<number, number>}
 */
export function within(scene, node, hops, open = () => true) {
  const away = new Map([[node, 0]]);
  for (const { there, step } of reached(scene, node, open)) {
    if (step > hops) break;
    away.set(there, step);
  }
  return away;
}

/**
 * A shortest path as the edges to walk; of several the one whose edges come first. null where there is none. `Atlas.between` finds the same.
 * @param {Scene} scene
 * @param {number} from
 * @param {number} to
 * @param {(edge: number) => boolean} open
 * @returns {number[] | null}
 */
export function pathBetween(scene, from, to, open = () => true) {
  /** @type {Map<number, number>} */
  const came = new Map([[from, -1]]);
  for (const { there, edge } of reached(scene, from, open)) {
    if (came.has(to)) break;
    came.set(there, edge);
  }
  if (!came.has(to)) return null;
  /** @type {number[]} */
  const path = [];
  for (let here = to, edge = came.get(to); edge !== undefined && edge >= 0; edge = came.get(here)) {
    path.unshift(edge);
    here = across(scene, edge, here);
  }
  return path;
}

/**
 * The nodes that a path goes through.
 * @param {Scene} scene
 * @param {number} from
 * @param {number[]} path
 */
export function nodesOn(scene, from, path) {
  let here = from;
  return [from, ...path.map((edge) => (here = across(scene, edge, here)))];
}

/**
 * Things that the same reports name close to where they name a node: nearest first, a few of each class.
 * Closeness is counted in characters between passages (RFC 5147 `char=`); rows of tables have no neighbours.
 * @param {Scene} scene
 * @param {number} node
 * @param {number} most how many of each class
 * @returns {{ node: number, sentence: number }[]}
 */
export function nearby(scene, node, most = 3) {
  const tied = within(scene, node, 1);
  /** @type {Map<number, number[]>} */
  const places = new Map();
  const told = at(scene.nodes.sentences, node).filter((one) => at(scene.sentences.document, one) >= 0);
  for (const [document, sentences] of grouped(told, (one) => at(scene.sentences.document, one)))
    places.set(
      document,
      sentences.map((one) => startOf(at(scene.sentences.place, one))).filter((start) => start !== null),
    );
  /** @type {{ node: number, sentence: number, far: number }[]} */
  const found = [];
  scene.nodes.sentences.forEach((sentences, other) => {
    if (tied.has(other)) return;
    let best = { node: other, sentence: -1, far: Infinity };
    for (const one of sentences) {
      const start = startOf(at(scene.sentences.place, one));
      if (start === null) continue;
      for (const mine of places.get(at(scene.sentences.document, one)) ?? []) {
        const far = Math.abs(mine - start);
        if (far < best.far) best = { node: other, sentence: one, far };
      }
    }
    if (best.sentence >= 0) found.push(best);
  });
  found.sort((a, b) => a.far - b.far || a.node - b.node);
  const few = new Set([...grouped(found, (one) => at(scene.nodes.kind, one.node)).values()].flatMap((same) => same.slice(0, most)));
  return found.filter((one) => few.has(one));
}

/**
 * Where a passage of running text begins; null for a row of a table.
 * @param {string} place
 */
function startOf(place) {
  const found = /^char=(\d+)/.exec(place);
  return found ? Number(found[1]) : null;
}
