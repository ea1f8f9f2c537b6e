/** The file of what is shown, for networkx. */

/** @import { Look, Scene, State } from "./types.js" */
import { HIDDEN } from "./look.js";
import { at } from "../parts/rows.js";
import { documentOf, factsOf, kindOf, relationOf } from "./accessors.js";
import { basisOf } from "./filters.js";

/**
 * What is shown, as networkx reads it (`networkx.node_link_graph(data, edges="edges")`), each node and edge with its sentences.
 * @param {Scene} scene
 * @param {Look} look
 * @param {State} state
 */
export function nodeLink(scene, look, state) {
  const said = (/** @type {number[]} */ numbers) =>
    numbers.map((one) => ({
      text: scene.sentences.text[one],
      document: documentOf(scene, one)?.title ?? null,
      place: scene.sentences.place[one],
    }));
  const nodes = scene.nodes.id.flatMap((id, node) =>
    look.nodes[node] === HIDDEN
      ? []
      : [
          {
            id,
            name: scene.nodes.name[node],
            class: kindOf(scene, node).name,
            x: scene.nodes.x[node],
            y: scene.nodes.y[node],
            community: at(scene.nodes.community, node) + 1,
            ...Object.fromEntries(scene.centralities.map((centrality) => [centrality.name, at(centrality.values, node)])),
            facts: factsOf(scene, node).map((fact) => ({
              label: fact.label[state.lang],
              text: fact.text[state.lang],
              sentences: said(fact.sentences),
            })),
            sentences: said(at(scene.nodes.sentences, node)),
          },
        ],
  );
  const edges = scene.edges.start.flatMap((start, edge) => {
    const relation = relationOf(scene, edge).name;
    return look.edges[edge] === HIDDEN
      ? []
      : [
          {
            source: scene.nodes.id[start],
            target: scene.nodes.id[at(scene.edges.end, edge)],
            key: relation,
            relation,
            context: basisOf(scene, edge) === "context",
            basis: basisOf(scene, edge),
            sentences: said(at(scene.edges.sentences, edge)),
          },
        ];
  });
  return { directed: true, multigraph: true, graph: {}, nodes, edges };
}
