/** How each thing and tie is drawn, by what the reader has chosen: hidden, faint, plain or strong, in which colour and size. */

/** @import { Kind, Look, Scene, State } from "./types.js" */
import { dot } from "../parts/dom.js";
import { pathBetween, nodesOn, within } from "./walk.js";
import { at } from "../parts/rows.js";
import { centralityOf, numberOf, relationOf, weightsOf } from "./accessors.js";
import { sieve, unrelated } from "./filters.js";

/** How a node or edge is drawn. */
export const HIDDEN = 0,
  FAINT = 1,
  PLAIN = 2,
  STRONG = 3;
/** Radii in pixels of the least node, among few and among many, and of the most important one; nodes above which all become smaller. */
const SMALLEST = 4.5,
  LEAST = 3.2,
  LARGEST = 16,
  ROOMY = 400;
/** Square pixels of a stage below which dots are smaller. */
const WINDOW = 600_000;
const GROUPS = {
  light: ["#0072b2", "#d55e00", "#007f5c", "#aa4499", "#8c6d1f", "#332288", "#c0392b", "#2f8f80", "#7a5195", "#556b2f"],
  dark: ["#4aa8e0", "#ff8b3d", "#2fc79a", "#d884c9", "#e6b822", "#9a8ff0", "#ff8f80", "#6fd6c6", "#c9a0e8", "#a9c46c"],
};
const OTHERS = { light: "#666666", dark: "#b0b0b0" };

/**
 * Colour of a community; those beyond the first ten share a grey.
 * @param {number} community
 * @param {boolean} dark
 */
export function groupColour(community, dark) {
  const tone = dark ? "dark" : "light";
  return GROUPS[tone][community] ?? OTHERS[tone];
}

/**
 * What is shown of a scene, and how.
 * @param {Scene} scene
 * @param {State} state
 * @param {boolean} dark
 * @returns {Look}
 */
export function lookOf(scene, state, dark) {
  const nodes = new Uint8Array(scene.nodes.id.length),
    edges = new Uint8Array(scene.edges.start.length);
  const through = sieve(scene, state);
  const focus = state.focus === null ? undefined : scene.number.get(state.focus);
  const kept = focus === undefined ? null : within(scene, focus, state.hops, through.edge);
  const apart = new Set(state.alone || state.kind !== null || !scene.edges.start.length ? [] : unrelated(scene));
  scene.nodes.kind.forEach((_, node) => {
    const shown = through.node(node) && !apart.has(node) && (kept === null || kept.has(node));
    nodes[node] = shown || node === focus ? PLAIN : HIDDEN;
  });
  scene.edges.start.forEach((start, edge) => {
    const ends = nodes[start] && nodes[at(scene.edges.end, edge)];
    edges[edge] = ends && through.edge(edge) ? PLAIN : HIDDEN;
  });
  const chosen = emphasise(scene, state, nodes, edges);
  return {
    dark,
    nodes,
    edges,
    colours: coloursOf(scene, state, dark),
    sizes: sizesOf(scene, state, nodes),
    chosen,
  };
}

/**
 * The path that the reader asked for, as edges; null where there is none.
 * @param {Scene} scene
 * @param {State} state
 */
export function pathOf(scene, state) {
  const from = numberOf(scene, state.from),
    to = numberOf(scene, state.to);
  return from === undefined || to === undefined ? null : pathBetween(scene, from, to, sieve(scene, state).edge);
}

/**
 * The edge that an address names as `start|relation|end`, or -1.
 * @param {Scene} scene
 * @param {string | null} name
 */
export function edgeNamed(scene, name) {
  if (name === null) return -1;
  const [start, relation, end] = name.split("|");
  const from = numberOf(scene, start),
    to = numberOf(scene, end);
  if (from === undefined || to === undefined) return -1;
  const found = at(scene.ties, from).find(
    (edge) => scene.edges.start[edge] === from && scene.edges.end[edge] === to && relationOf(scene, edge).name === relation,
  );
  return found ?? -1;
}

/**
 * @param {Scene} scene
 * @param {number} edge
 */
export function nameOfEdge(scene, edge) {
  const { start, end } = scene.edges,
    { id } = scene.nodes;
  return [at(id, at(start, edge)), relationOf(scene, edge).name, at(id, at(end, edge))].join("|");
}

/**
 * Bring out what is open or on the path, let the rest step back; the node that is open, or -1.
 * @param {Scene} scene
 * @param {State} state
 * @param {Uint8Array} nodes
 * @param {Uint8Array} edges
 */
function emphasise(scene, state, nodes, edges) {
  const path = pathOf(scene, state),
    from = numberOf(scene, state.from);
  const chosen = numberOf(scene, state.open) ?? -1,
    edge = edgeNamed(scene, state.open);
  let strongNodes = new Set(),
    strongEdges = new Set();
  if (path && from !== undefined) {
    strongEdges = new Set(path);
    strongNodes = new Set(nodesOn(scene, from, path));
  } else if (chosen >= 0 && nodes[chosen]) {
    strongEdges = new Set(scene.ties[chosen]);
    strongNodes = new Set(within(scene, chosen, 1).keys());
  } else if (edge >= 0) {
    strongEdges = new Set([edge]);
    strongNodes = new Set([scene.edges.start[edge], scene.edges.end[edge]]);
  } else return chosen;
  nodes.forEach((shown, node) => {
    if (shown) nodes[node] = strongNodes.has(node) ? STRONG : FAINT;
  });
  edges.forEach((shown, one) => {
    if (shown) edges[one] = strongEdges.has(one) ? STRONG : FAINT;
  });
  return chosen;
}

/**
 * @param {Scene} scene
 * @param {State} state
 * @param {boolean} dark
 */
function coloursOf(scene, state, dark) {
  if (state.colour === "community") return scene.nodes.community.map((community) => groupColour(community, dark));
  return scene.nodes.kind.map((kind) => at(scene.kinds, kind)[dark ? "dark" : "light"]);
}

/**
 * Radii in pixels: a dot's area grows with the centrality; many dots are smaller ones.
 * @param {Scene} scene
 * @param {State} state
 * @param {Uint8Array} nodes how each is shown
 */
function sizesOf(scene, state, nodes) {
  const weights = weightsOf(centralityOf(scene, state.size));
  const most = weights.reduce((best, weight) => Math.max(best, weight), 0) || 1;
  const shrink = Math.max(0.35, Math.min(1, Math.sqrt(ROOMY / Math.max(1, countShown(nodes)))));
  const smallest = Math.max(LEAST, shrink * SMALLEST);
  return Float32Array.from(weights, (weight) => smallest + (shrink * LARGEST - shrink * SMALLEST) * Math.sqrt(Math.max(0, weight) / most));
}

/**
 * The radius in pixels of a dot on a stage: where there is little room all are smaller.
 * @param {{ width: number, height: number }} stage
 * @param {number} size of `lookOf`
 */
export function radiusOn({ width, height }, size) {
  return Math.max(LEAST, size * Math.min(1, Math.sqrt((width * height) / WINDOW)));
}

/**
 * How many nodes or edges are shown.
 * @param {Uint8Array} all how each is shown
 */
export function countShown(all) {
  return all.reduce((count, how) => (how === HIDDEN ? count : count + 1), 0);
}

/**
 * The largest node that is shown, or -1.
 * @param {Look} look
 */
export function mostImportant(look) {
  let best = -1;
  look.sizes.forEach((size, node) => {
    if (look.nodes[node] !== HIDDEN && (best < 0 || size > at(look.sizes, best))) best = node;
  });
  return best;
}

/**
 * How a thing of a class is drawn.
 * @param {Kind} kind
 * @param {boolean} dark
 */
export function kindMark(kind, dark) {
  const one = dot(dark ? kind.dark : kind.light);
  if (kind.event) one.classList.add("event");
  return one;
}
