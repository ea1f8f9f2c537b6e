/** What is chosen in the picture, as a question to the query page. */

import { HIDDEN, STRONG } from "../graph/look.js";
import type { Look, Scene, State } from "../graph/types";
import { at } from "../parts/rows.js";
import { part } from "../parts/dom.js";

/** Things that one question names at most: their IRIs have to fit into an address. */
const MOST = 60;
const BASE = "https://w3id.org/innovation-kg/id/";
/** What may not stand between `<` and `>` in SPARQL (1.1, IRIREF). */
const UNFIT = /[\u0000-\u0020<>"{}|\\^`]/;

/** What is open with its neighbours, or the path; else what a focus leaves. */
export function chosenIn(scene: Scene, state: State, look: Look): string[] {
  const wanted = (how: number) => how === STRONG || (state.focus !== null && !look.nodes.includes(STRONG) && how !== HIDDEN);
  const open = look.chosen < 0 ? [] : [look.chosen];
  const others = [...look.nodes.keys()].filter((node) => wanted(at(look.nodes, node)) && node !== look.chosen);
  return [...open, ...others].slice(0, MOST).map((node) => at(scene.nodes.id, node));
}

/** A query for all statements of these things, with the sentences that make them. */
export function questionOf(things: string[]): string {
  const iris = things.map((thing) => (thing.startsWith("id:") ? BASE + thing.slice(3) : thing)).filter((iri) => !UNFIT.test(iri));
  const listed = iris.map((iri) => `    <${iri}>`).join("\n");
  return `SELECT ?thing ?property ?value ?sentence WHERE {
  VALUES ?thing {
${listed}
  }
  GRAPH ?passage { ?thing ?property ?value }
  ?passage nif:anchorOf ?sentence .
}`;
}

/** Keep the link to the query page in step with what is chosen. */
export function offerToAsk(page: { scene: Scene; state: State; look: Look; render(): void }): void {
  const link = part("ask-these", HTMLAnchorElement);
  const offer = () => {
    const things = chosenIn(page.scene, page.state, page.look);
    link.hidden = !things.length;
    if (things.length) link.href = `/query?${new URLSearchParams({ query: questionOf(things) }).toString()}`;
  };
  const render = page.render.bind(page);
  page.render = () => {
    render();
    offer();
  };
  offer();
}
