/** @import { Camera, Drawing, Look, Scene, State } from "./types.js" */
import { part } from "../parts/dom.js";
import { HIDDEN, pathOf, STRONG } from "./look.js";
import { at } from "./rows.js";
import { around } from "./view.js";

/** Where the reader looks: beside the panel, and without motion where the reader wants none. */
export class Eye {
  /**
   * @param {HTMLElement} stage
   * @param {Drawing} drawing
   */
  constructor(stage, drawing) {
    this.stage = stage;
    this.drawing = drawing;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** @param {Camera} camera */
  go(camera, animated = true) {
    this.drawing.moveTo(camera, animated && !this.still.matches);
  }

  /**
   * @param {Scene} scene
   * @param {number} node
   */
  show(scene, node) {
    const scale = Math.min(this.drawing.camera()[2], 1.2);
    this.go([at(scene.nodes.x, node) + (this.covered() / 2) * scale, at(scene.nodes.y, node), scale]);
  }

  /**
   * Show all that is shown, or the whole path.
   * @param {{ scene: Scene, state: State, look: Look }} seen
   * @param {boolean} animated
   */
  fit({ scene, state, look }, animated) {
    const path = pathOf(scene, state);
    const nodes = [...look.nodes].flatMap((how, node) => (how !== HIDDEN && (!path || how === STRONG) ? [node] : []));
    const covered = this.covered();
    const [x, y, scale] = around(scene, nodes, {
      width: this.stage.clientWidth - covered,
      height: this.stage.clientHeight,
    });
    this.go([x + (covered / 2) * scale, y, scale], animated);
  }

  /** Pixels at the right of the stage that the panel covers. */
  covered() {
    const panel = part("panel"),
      wide = this.stage.clientWidth;
    return panel.hidden || panel.offsetWidth > 0.7 * wide ? 0 : wide - panel.offsetLeft;
  }
}
