/** @import { Camera, Drawing, Look, Scene, State } from "./types.js" */
import { part } from "../parts/dom.js";
import { rim } from "./arrange.js";
import { HIDDEN, pathOf, STRONG } from "./look.js";
import { at } from "../parts/rows.js";
import { around } from "./view.js";

/** Pixels at the rim of the stage within which a thing counts as out of sight. */
const SIGHT = 24;

/**
 * Where nodes lie.
 * @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Places
 */

/** Where the reader looks: beside the panel, and without motion where the reader wants none. */
export class Eye {
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
    const [x, y, scale] = around(spots, nodes, stage, this.drawing.lay ? rim(stage) : 60);
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
