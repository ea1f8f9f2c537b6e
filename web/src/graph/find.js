/** Things by their names, of what the page holds. */

/** @import { Scene } from "./types.js" */
/** @import { Found } from "../parts/types.js" */
import { at } from "../parts/rows.js";
import { kindOf } from "./accessors.js";

/**
 * Things one of whose names holds what is asked: the same first, then those that begin with it, then the shorter.
 * `Atlas.find` answers the same for the service.
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
    const names = [name, ...at(scene.nodes.also, node)].map(plain);
    const rank = Math.min(...names.map((one) => rankOf(one, wanted)));
    if (rank < 3) hits.push({ node, rank, length: [...at(names, 0)].length });
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
