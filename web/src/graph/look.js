/** @import { Look, Scene, State } from "./types.js" */
import { pathBetween, nodesOn, within } from "./walk.js";

/** How a node or edge is drawn. */
export const HIDDEN = 0,
  FAINT = 1,
  PLAIN = 2,
  STRONG = 3;
/** Radii in pixels of the least and the most important node, and the number of nodes above which all become smaller. */
const SMALLEST = 3.5,
  LARGEST = 15,
  ROOMY = 1500;
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
  const open = openEdges(scene, state);
  const focus = state.focus === null ? undefined : scene.number.get(state.focus);
  const kept = focus === undefined ? null : within(scene, focus, state.hops, open);
  scene.nodes.kind.forEach((_, node) => {
    const shown = nodeShown(scene, state, node) && (kept === null || kept.has(node));
    nodes[node] = shown || node === focus ? PLAIN : HIDDEN;
  });
  scene.edges.start.forEach((start, edge) => {
    const ends = nodes[start] && nodes[scene.edges.end[edge] ?? 0];
    edges[edge] = ends && open(edge) ? PLAIN : HIDDEN;
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
  const from = scene.number.get(state.from ?? ""),
    to = scene.number.get(state.to ?? "");
  return from === undefined || to === undefined ? null : pathBetween(scene, from, to, openEdges(scene, state));
}

/**
 * The edge that an address names as `start|relation|end`, or -1.
 * @param {Scene} scene
 * @param {string | null} name
 */
export function edgeNamed(scene, name) {
  const [start, relation, end] = (name ?? "").split("|");
  const from = scene.number.get(start ?? ""),
    to = scene.number.get(end ?? "");
  const found = scene.ties[from ?? -1]?.find(
    (edge) =>
      scene.edges.start[edge] === from &&
      scene.edges.end[edge] === to &&
      scene.relations[scene.edges.relation[edge] ?? 0]?.name === relation,
  );
  return found ?? -1;
}

/**
 * @param {Scene} scene
 * @param {number} edge
 */
export function nameOfEdge(scene, edge) {
  const { start, end, relation } = scene.edges;
  return [scene.nodes.id[start[edge] ?? 0], scene.relations[relation[edge] ?? 0]?.name, scene.nodes.id[end[edge] ?? 0]].join("|");
}

/**
 * @param {Scene} scene
 * @param {State} state
 * @param {number} node
 */
function nodeShown(scene, state, node) {
  const kind = scene.kinds[scene.nodes.kind[node] ?? 0]?.name ?? "";
  return !state.hidden.has(kind) && inPeriod(scene, state, scene.nodeDays[node] ?? []);
}

/**
 * Whether an edge may be walked: its ends and its period are shown.
 * @param {Scene} scene
 * @param {State} state
 * @returns {(edge: number) => boolean}
 */
function openEdges(scene, state) {
  const { start, end } = scene.edges;
  return (edge) =>
    inPeriod(scene, state, scene.edgeDays[edge] ?? []) &&
    nodeShown(scene, state, start[edge] ?? 0) &&
    nodeShown(scene, state, end[edge] ?? 0);
}

/**
 * What no dated report states is always shown.
 * @param {Scene} scene
 * @param {State} state
 * @param {number[]} days
 */
function inPeriod(scene, state, days) {
  if (!days.length || (state.since === null && state.until === null)) return true;
  return days.some((day) => (state.since ?? "") <= (scene.days[day] ?? "") && (scene.days[day] ?? "") <= (state.until ?? "9999"));
}

/**
 * Bring out what is open or on the path, let the rest step back; the node that is open, or -1.
 * @param {Scene} scene
 * @param {State} state
 * @param {Uint8Array} nodes
 * @param {Uint8Array} edges
 */
function emphasise(scene, state, nodes, edges) {
  const path = pathOf(scene, state);
  const chosen = scene.number.get(state.open ?? "") ?? -1,
    edge = edgeNamed(scene, state.open);
  let strongNodes = new Set(),
    strongEdges = new Set();
  if (path) {
    strongEdges = new Set(path);
    strongNodes = new Set(nodesOn(scene, scene.number.get(state.from ?? "") ?? 0, path));
  } else if (chosen >= 0) {
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
  return scene.nodes.kind.map((kind) => scene.kinds[kind]?.[dark ? "dark" : "light"] ?? OTHERS[dark ? "dark" : "light"]);
}

/**
 * Radii in pixels: a dot's area grows with the measure; many dots are smaller ones.
 * @param {Scene} scene
 * @param {State} state
 * @param {Uint8Array} nodes how each is shown
 */
function sizesOf(scene, state, nodes) {
  const measure = scene.measures.find((one) => one.name === state.size) ?? scene.measures[0];
  const values = measure?.values ?? [];
  const most = values.reduce((/** @type {number} */ best, value) => Math.max(best, value ?? 0), 0) || 1;
  const shrink = Math.max(0.35, Math.min(1, Math.sqrt(ROOMY / Math.max(1, countShown(nodes)))));
  return Float32Array.from(
    scene.nodes.id,
    (_, node) => shrink * (SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(0, values[node] ?? 0) / most)),
  );
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
    if (look.nodes[node] !== HIDDEN && (best < 0 || size > (look.sizes[best] ?? 0))) best = node;
  });
  return best;
}
