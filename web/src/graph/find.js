/** @import { Found, Scene } from "./types.js" */
import { at, factsOf, kindOf } from "./rows.js";

/**
 * Things whose name, or another name among their facts, holds what is asked: the same first, then those that begin with it.
 * @param {Scene} scene
 * @param {string} asked
 * @param {number} most
 * @returns {Found[]}
 */
export function findNames(scene, asked, most = 12) {
  const wanted = plain(asked);
  if (!wanted) return [];
  /** @type {{ node: number, rank: number, length: number }[]} */
  const hits = [];
  scene.nodes.name.forEach((name, node) => {
    const also = factsOf(scene, node)
      .filter((fact) => fact.name === "altLabel")
      .map((fact) => fact.text.zh);
    const rank = Math.min(...[name, ...also].map((one) => rankOf(plain(one), wanted)));
    if (rank < 3) hits.push({ node, rank, length: name.length });
  });
  return hits
    .sort((a, b) => a.rank - b.rank || a.length - b.length || a.node - b.node)
    .slice(0, most)
    .map(({ node }) => ({
      id: at(scene.nodes.id, node),
      name: at(scene.nodes.name, node),
      kind: kindOf(scene, node).name,
    }));
}

/**
 * @param {string} name
 * @param {string} wanted
 */
function rankOf(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(wanted) ? 2 : 3;
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().trim();
}
