/** @import { Scene } from "./types.js" */

/**
 * The other end of an edge.
 * @param {Scene} scene
 * @param {number} edge
 * @param {number} node
 */
export function across(scene, edge, node) {
  const start = scene.edges.start[edge] ?? node;
  return start === node ? (scene.edges.end[edge] ?? node) : start;
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
  let border = [node];
  for (let step = 1; step <= hops && border.length; step++) {
    const next = [];
    for (const here of border)
      for (const edge of scene.ties[here] ?? []) {
        const there = across(scene, edge, here);
        if (open(edge) && !away.has(there)) {
          away.set(there, step);
          next.push(there);
        }
      }
    border = next;
  }
  return away;
}

/**
 * A shortest path as the edges to walk; of several the one whose edges come first. null where there is none.
 * @param {Scene} scene
 * @param {number} from
 * @param {number} to
 * @param {(edge: number) => boolean} open
 * @returns {number[] | null}
 */
export function pathBetween(scene, from, to, open = () => true) {
  /** @type {Map<number, number>} */
  const came = new Map([[from, -1]]);
  let border = [from];
  while (border.length && !came.has(to)) {
    const next = [];
    for (const here of border)
      for (const edge of scene.ties[here] ?? []) {
        const there = across(scene, edge, here);
        if (!open(edge) || came.has(there)) continue;
        came.set(there, edge);
        next.push(there);
      }
    border = next;
  }
  if (!came.has(to)) return null;
  const path = [];
  for (let here = to; here !== from;) {
    const edge = came.get(here) ?? -1;
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
  const nodes = [from];
  for (const edge of path) nodes.push(across(scene, edge, nodes.at(-1) ?? from));
  return nodes;
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
  for (const one of scene.nodes.sentences[node] ?? []) {
    const start = startOf(scene.sentences.place[one] ?? "");
    const document = scene.sentences.document[one] ?? -1;
    if (start !== null && document >= 0) places.set(document, [...(places.get(document) ?? []), start]);
  }
  /** @type {{ node: number, sentence: number, far: number }[]} */
  const found = [];
  scene.nodes.sentences.forEach((sentences, other) => {
    if (tied.has(other)) return;
    let best = { node: other, sentence: -1, far: Infinity };
    for (const one of sentences) {
      const start = startOf(scene.sentences.place[one] ?? "");
      for (const mine of (start !== null && places.get(scene.sentences.document[one] ?? -1)) || []) {
        const far = Math.abs(mine - (start ?? 0));
        if (far < best.far) best = { node: other, sentence: one, far };
      }
    }
    if (best.sentence >= 0) found.push(best);
  });
  /** @type {Map<number, number>} */
  const taken = new Map();
  return found
    .sort((a, b) => a.far - b.far || a.node - b.node)
    .filter((one) => {
      const kind = scene.nodes.kind[one.node] ?? 0;
      taken.set(kind, (taken.get(kind) ?? 0) + 1);
      return (taken.get(kind) ?? 0) <= most;
    });
}

/**
 * Where a passage of running text begins; null for a row of a table.
 * @param {string} place
 */
function startOf(place) {
  const found = /^char=(\d+)/.exec(place);
  return found ? Number(found[1]) : null;
}
