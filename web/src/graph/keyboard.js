/** Keys of the stage: from thing to thing, camera and shortcuts. */

/** @import { Drawing, Look } from "./types.js" */
import { HIDDEN } from "./look.js";
import { at } from "../parts/rows.js";

/**
 * The shown node next to one in a direction of the screen, or -1.
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} spots
 * @param {Look} look
 * @param {number} from
 * @param {[number, number]} direction
 */
export function nextTowards(spots, look, from, [right, down]) {
  let best = -1,
    least = Infinity;
  const x0 = at(spots.x, from),
    y0 = at(spots.y, from);
  look.nodes.forEach((how, node) => {
    const dx = at(spots.x, node) - x0,
      dy = at(spots.y, node) - y0;
    const along = dx * right + dy * down,
      aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (node === from || how === HIDDEN || along <= 0 || aside > along) return;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [node, cost];
  });
  return best;
}

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Keys of the stage. Single letters work only while the stage has the focus (WCAG 2.2, 2.1.4).
 * @param {HTMLElement} stage
 * @param {{ spots: () => { x: ArrayLike<number>, y: ArrayLike<number> }, look: () => Look, drawing: () => Drawing, open: (node: number) => void, acts: Record<string, () => void> }} use
 */
export function listenToKeys(stage, use) {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key],
      { chosen } = use.look(),
      act = use.acts[event.key];
    if (arrow && chosen >= 0 && !event.shiftKey) {
      const next = nextTowards(use.spots(), use.look(), chosen, arrow);
      if (next >= 0) use.open(next);
    } else if (arrow) {
      const [x, y, scale] = use.drawing().camera();
      use.drawing().moveTo([x + arrow[0] * 80 * scale, y + arrow[1] * 80 * scale, scale], false);
    } else if (event.key === "+" || event.key === "=" || event.key === "-") {
      const [x, y, scale] = use.drawing().camera();
      use.drawing().moveTo([x, y, event.key === "-" ? scale * 1.3 : scale / 1.3], false);
    } else if (act) act();
    else return;
    event.preventDefault();
  });
}
