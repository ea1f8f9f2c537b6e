/** The card beside the pointer. */

/** @import { Scene } from "./types.js" */
import { made, part } from "../parts/dom.js";
import { firstText } from "./accessors.js";

/**
 * The card beside the pointer: what it is, and the first sentence that states it.
 * @param {HTMLElement} stage
 * @param {Scene} scene
 * @param {string} title
 * @param {string} kind
 * @param {number[]} sentences
 */
export function showCard(stage, scene, title, kind, sentences) {
  const card = part("card");
  const box = stage.getBoundingClientRect();
  const x = Number(stage.dataset.x);
  const y = Number(stage.dataset.y);
  const said = firstText(scene, sentences);
  card.replaceChildren(
    made("strong", {}, title),
    ...(kind ? [made("span", { class: "class" }, kind)] : []),
    ...(said ? [made("span", {}, said)] : []),
  );
  card.hidden = false;
  card.style.left = `${Math.max(0, Math.min(x + 14, box.width - card.offsetWidth - 8))}px`;
  card.style.top = `${stage.offsetTop + Math.max(0, Math.min(y + 14, box.height - card.offsetHeight - 8))}px`;
}

/**
 * Remember where the pointer is over the stage.
 * @param {HTMLElement} stage
 */
export function followPointer(stage) {
  Object.assign(stage.dataset, { x: "0", y: "0" });
  const follow = (/** @type {PointerEvent} */ event) => {
    const box = stage.getBoundingClientRect();
    stage.dataset.x = String(event.clientX - box.left);
    stage.dataset.y = String(event.clientY - box.top);
  };
  stage.addEventListener("pointermove", follow, true);
}
