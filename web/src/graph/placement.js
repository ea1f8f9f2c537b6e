/** Keeps where things lie, and asks `layout.js` anew where the choice or the stage has changed. */

/** @import { Drawing, Scene, Spots, State } from "./types.js" */
import { arranged } from "./layout.js";
import { lookOf } from "./look.js";
import { freshState } from "./state.js";

/** Where things are drawn so that what is shown fills the stage, where the drawing can have that. */
export class Placement {
  /** @type {Spots | null} */
  spots = null;
  /** What the spots were reckoned from. */
  key = "";

  /**
   * @param {HTMLElement} stage
   * @param {Drawing} drawing
   */
  constructor(stage, drawing) {
    this.stage = stage;
    this.drawing = drawing;
  }

  /**
   * Lay anew where the choice, the stage or the scene has changed; whether it has. What only steps aside for a while (classes, relations, a
   * period) keeps its place, so that nothing jumps; an address brings the same picture back.
   * @param {Scene} scene
   * @param {State} state
   */
  arrange(scene, state) {
    const { focus, hops, place, document: source, kind, relation, alone, lang } = state,
      { clientWidth: width, clientHeight: height } = this.stage;
    const key = JSON.stringify([focus, hops, place, source, kind, relation, alone, width, height, scene.nodes.id.length]);
    if (!this.drawing.lay || key === this.key || !width) return false;
    this.key = key;
    const choice = { ...freshState(lang, scene.size), focus, hops, place, document: source, kind, relation, alone };
    this.spots = arranged(scene, lookOf(scene, choice, false), { width, height });
    this.drawing.lay(this.spots);
    return true;
  }
}
