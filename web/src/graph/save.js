/** @import { Look, Scene, State } from "./types.js" */
import { HIDDEN } from "./look.js";

/**
 * What is shown, as networkx reads it (`networkx.node_link_graph(data, edges="edges")`), each node and edge with its sentences.
 * @param {Scene} scene
 * @param {Look} look
 * @param {State} state
 */
export function nodeLink(scene, look, state) {
  const said = (/** @type {number[] | undefined} */ numbers) =>
    (numbers ?? []).map((one) => ({
      text: scene.sentences.text[one],
      document: scene.documents[scene.sentences.document[one] ?? -1]?.title ?? null,
      place: scene.sentences.place[one],
    }));
  const nodes = scene.nodes.id.flatMap((id, node) =>
    look.nodes[node] === HIDDEN
      ? []
      : [
          {
            id,
            name: scene.nodes.name[node],
            class: scene.kinds[scene.nodes.kind[node] ?? 0]?.name,
            x: scene.nodes.x[node],
            y: scene.nodes.y[node],
            community: (scene.nodes.community[node] ?? 0) + 1,
            ...Object.fromEntries(scene.measures.map((measure) => [measure.name, measure.values[node] ?? null])),
            facts: (scene.facts?.[node] ?? []).map((fact) => ({
              label: fact.label[state.lang],
              text: fact.text[state.lang],
              sentences: said(fact.sentences),
            })),
            sentences: said(scene.nodes.sentences[node]),
          },
        ],
  );
  const edges = scene.edges.start.flatMap((start, edge) => {
    const relation = scene.relations[scene.edges.relation[edge] ?? 0]?.name;
    return look.edges[edge] === HIDDEN
      ? []
      : [
          {
            source: scene.nodes.id[start],
            target: scene.nodes.id[scene.edges.end[edge] ?? 0],
            key: relation,
            relation,
            context: Boolean(scene.edges.context[edge]),
            sentences: said(scene.edges.sentences[edge]),
          },
        ];
  });
  return { directed: true, multigraph: true, graph: {}, nodes, edges };
}
