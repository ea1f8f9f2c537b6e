/** The camera over the drawing: what it shows, and when it moves. */

/** @import { Camera, Drawing, Look, Scene, State } from "./types.js" */
import { part } from "../parts/dom.js";
import { rim } from "./layout.js";
import { HIDDEN, pathOf, STRONG } from "./look.js";
import { at } from "../parts/rows.js";

/** Pixels at the rim of the stage within which a thing counts as out of sight. */
const SIGHT = 24;

/**
 * Where nodes lie.
 * @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Places
 */

/** Where the reader looks: beside the panel, and without motion where the reader wants none. */
export class CameraControl {
  /**
   * @param {HTMLElement} stage
   * @param {Drawing} drawing
   */
  constructor(stage, drawing) {
    this.stage = stage;
    this.drawing = drawing;
    this.whole = "";
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** @param {Camera} camera */
  go(camera, animated = true) {
    this.drawing.moveTo(camera, animated && !this.still.matches);
  }

  /**
   * Bring a thing into sight; where it is seen already, nothing moves.
   * @param {Places} spots
   * @param {number} node
   */
  show(spots, node) {
    const { x, y } = this.drawing.place(node);
    const right = this.stage.clientWidth - this.covered() - SIGHT;
    if (this.drawing.lay && x > SIGHT && y > SIGHT && x < right && y < this.stage.clientHeight - SIGHT) return;
    const scale = Math.min(this.drawing.camera()[2], 1.2);
    this.go([at(spots.x, node) + (this.covered() / 2) * scale, at(spots.y, node), scale]);
  }

  /**
   * Show all that is shown, or the whole path.
   * @param {{ scene: Scene, spots: Places, state: State, look: Look }} seen
   * @param {boolean} animated
   */
  fit({ scene, spots, state, look }, animated) {
    const path = pathOf(scene, state);
    const nodes = [...look.nodes].flatMap((how, node) => (how !== HIDDEN && (!path || how === STRONG) ? [node] : []));
    const covered = this.covered();
    const stage = { width: this.stage.clientWidth - covered, height: this.stage.clientHeight };
    const [x, y, scale] = framing(spots, nodes, stage, this.drawing.lay ? rim(stage) : 60);
    this.whole = [x + (covered / 2) * scale, y, scale].join();
    this.go([x + (covered / 2) * scale, y, scale], animated);
  }

  /** Whether the reader still looks at all that is shown. */
  seesAll() {
    return this.drawing.camera().join() === this.whole;
  }

  /** Pixels at the right of the stage that the panel covers. */
  covered() {
    const panel = part("panel"),
      wide = this.stage.clientWidth;
    return panel.hidden || panel.offsetWidth > 0.7 * wide ? 0 : wide - panel.offsetLeft;
  }
}

/**
 * The camera that shows these nodes: the middle of them, and as near as they all fit.
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} spots
 * @param {number[]} nodes
 * @param {{ width: number, height: number }} stage
 * @param {number} [margin] pixels that stay free at each side
 * @returns {Camera}
 */
function framing(spots, nodes, stage, margin = 60) {
  let left = Infinity,
    right = -Infinity,
    top = Infinity,
    bottom = -Infinity;
  for (const node of nodes) {
    const x = at(spots.x, node),
      y = at(spots.y, node);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return [0, 0, 1];
  const scale = Math.max(
    (right - left) / Math.max(50, stage.width - 2 * margin),
    (bottom - top) / Math.max(50, stage.height - 2 * margin),
    0.4,
  );
  return [(left + right) / 2, (top + bottom) / 2, scale];
}
