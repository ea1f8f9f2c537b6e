/** Hover and click, the same for both drawings. */

/** @import { Events } from "./types.js" */

/** @typedef {{ node: number, edge: number }} Hit what lies under a place, as `under` in `paint.js` has it */

/**
 * Tell the page what the pointer comes to lie on, and what a click is on: for any drawing.
 * @param {HTMLElement} stage
 * @param {Events} events
 * @param {(place: { x: number, y: number }) => Hit} hit what lies under a place of the stage
 * @param {() => void} redraw called when something else is pointed at
 * @returns {{ pointed: Readonly<Hit>, click: (place: { x: number, y: number }) => void }}
 */
export function followHits(stage, events, hit, redraw) {
  const pointed = { node: -1, edge: -1 };
  const point = (/** @type {Hit} */ { node, edge }) => {
    if (node === pointed.node && edge === pointed.edge) return;
    Object.assign(pointed, { node, edge });
    stage.style.cursor = node >= 0 || edge >= 0 ? "pointer" : "";
    redraw();
    if (node >= 0) events.hoverNode(node);
    else if (edge >= 0) events.hoverEdge(edge);
    else events.leave();
  };
  let waiting = 0; // the frame in which it will be told
  stage.addEventListener("pointermove", ({ buttons, clientX, clientY }) => {
    if (buttons || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const { left, top } = stage.getBoundingClientRect();
      point(hit({ x: clientX - left, y: clientY - top }));
    });
  });
  stage.addEventListener("pointerleave", () => {
    cancelAnimationFrame(waiting);
    waiting = 0;
    point({ node: -1, edge: -1 });
  });
  return {
    pointed,
    click(place) {
      const { node, edge } = hit(place);
      if (node >= 0) events.clickNode(node);
      else if (edge >= 0) events.clickEdge(edge);
      else events.clickStage();
    },
  };
}
