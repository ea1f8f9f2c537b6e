/** The panel beside the picture. */

/** @import { Fact } from "./types.js" */
/** @import { Room } from "./panel.js" */
import { part } from "../parts/dom.js";
import { edgeNamed, pathOf } from "./look.js";
import { edgePanel, nodePanel, pathPanel } from "./panel.js";
import { numberOf } from "./accessors.js";
import { filtersOf } from "./state.js";

/** The panel beside the graph: what is open, or the path; drawn anew only where that has changed. */
export class SidePanel {
  shown = "";

  /**
   * @param {Room} room
   * @param {(node: number) => Fact[] | undefined} factsOf
   */
  show(room, factsOf) {
    const { scene, state, dark } = room,
      node = numberOf(scene, state.open),
      facts = node === undefined ? undefined : factsOf(node);
    const { camera, table, ...matters } = state;
    const key = JSON.stringify([matters, filtersOf(state), dark, scene.nodes.id.length, scene.edges.start.length, facts?.length]);
    if (key === this.shown) return;
    this.shown = key;
    const content = contentOf(room, node, facts);
    const panel = part("panel"),
      active = document.activeElement,
      focused = active && panel.contains(active) ? active.id : "";
    panel.hidden = !content.length;
    part("detail").replaceChildren(...content);
    if (content.length) panel.scrollTop = 0;
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Give the focus to the heading of what is open, if anything is. */
  focus() {
    part("panel").querySelector("h2")?.focus();
  }
}

/**
 * What the panel holds; nothing where nothing is open.
 * @param {Room} room
 * @param {number | undefined} node
 * @param {Fact[] | undefined} facts
 * @returns {HTMLElement[]}
 */
function contentOf(room, node, facts) {
  const { scene, state } = room,
    edge = edgeNamed(scene, state.open),
    from = numberOf(scene, state.from),
    to = numberOf(scene, state.to);
  if (node !== undefined) return nodePanel(room, node, facts);
  if (edge >= 0) return edgePanel(room, edge);
  return from !== undefined && to !== undefined ? pathPanel(room, from, to, pathOf(scene, state)) : [];
}
