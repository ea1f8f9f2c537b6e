/** Which names are written in a frame of the drawing, and where. */

/** @import { Look, Scene } from "./types.js" */
import { Taken } from "./labels";
import { FAINT, HIDDEN, STRONG } from "./look.js";
import { at } from "../parts/rows.js";
import { centralityOf, weightsOf } from "./accessors.js";

/**
 * @typedef {{ node: number, lines: string[], left: number, top: number, right: number, bottom: number, align: CanvasTextAlign, far: boolean }} Label
 * @typedef {{ x: Float64Array, y: Float64Array, sizes: ArrayLike<number>, width: number, height: number }} Frame where dots lie on the screen
 */

/** Names of one frame at most; of these the first get a place further off, with a line to it, where all near ones are taken. */
const MOST = 220,
  FIRST = 30;
/** Characters of a line and of a name. */
const LINE = 9,
  LONGEST = 17,
  SHORT = 7;
/** Pixels between a dot and its name; further ones, for the first names, where all near places are taken. */
const GAP = 4,
  CLOSE = [0, 12, 24],
  FAR = [38, 54, 74, 98, 126, 160, 200, 240];
/** Pixels of dots, by their radii, that a name may cover unless it is one of the first. */
const COVERED = 6;
/** Where a name stands beside its dot: to the right, left, below, above, and at the corners. */
const SIDES = /** @type {[number, number][]} */ ([
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
]);

/**
 * Things by how much their names matter: what is open and beside it, then by the centrality that dots show, then by ties.
 * @param {Scene} scene
 * @param {Look} look
 * @param {string} size
 */
export function byImportance(scene, look, size) {
  const weights = weightsOf(centralityOf(scene, size));
  const shown = [...look.nodes.keys()].filter((node) => look.nodes[node] !== HIDDEN && look.nodes[node] !== FAINT);
  const first = (/** @type {number} */ node) => (node === look.chosen ? 2 : look.nodes[node] === STRONG ? 1 : 0);
  return shown.sort(
    (a, b) => first(b) - first(a) || at(weights, b) - at(weights, a) || at(scene.ties, b).length - at(scene.ties, a).length || a - b,
  );
}

/**
 * The names of a frame, none over another one, and over as few dots as can be.
 * @param {Scene} scene
 * @param {number[]} order those that matter most first
 * @param {Frame} frame
 * @param {{ font: number, measure: (text: string) => number, taken: Taken }} how font in pixels; taken is filled
 * @returns {Label[]}
 */
export function chosenNames(scene, order, frame, { font, measure, taken }) {
  const dots = new Crowd(frame, order);
  const high = Math.round(1.2 * font);
  /** @type {Label[]} */
  const labels = [];
  for (const node of order) {
    if (labels.length >= MOST) break;
    const x = at(frame.x, node),
      y = at(frame.y, node);
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    const name = at(scene.nodes.name, node);
    const ways = labels.length < FIRST ? tries(name) : [{ lines: broken(name), step: 0, covered: COVERED }];
    const place = firstOf(ways, ({ lines, step, covered: most }) => {
      const wide = Math.ceil(Math.max(...lines.map(measure))) + 2,
        off = at(frame.sizes, node) + GAP + step;
      const free = SIDES.map(([right, down]) => boxAt(x, y, off, right, down, wide, high * lines.length)).filter(
        (box) => box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height && taken.free(box),
      );
      const covered = free.map((box) => dots.under(box, node)),
        least = Math.min(...covered);
      return free.length && least <= most ? { node, lines, ...at(free, covered.indexOf(least)), far: step > 0 } : null;
    });
    if (place && taken.take(place)) labels.push(place);
  }
  return labels;
}

/**
 * How one of the first names is tried: whole and near, short and near, further off; where all that covers dots, the same over them.
 * @param {string} name
 */
function tries(name) {
  const whole = broken(name),
    short = [...name].length > SHORT + 1 ? [`${[...name].slice(0, SHORT).join("")}…`] : whole;
  const each = (/** @type {number[]} */ steps, /** @type {number} */ covered) =>
    [whole, short].flatMap((lines) => steps.map((step) => ({ lines, step, covered })));
  return [...each([...CLOSE, ...FAR.slice(0, 2)], COVERED), ...each([...CLOSE, ...FAR], Infinity)];
}

/**
 * @template S, T
 * @param {S[]} given
 * @param {(one: S) => T | null} found
 */
function firstOf(given, found) {
  for (const one of given) {
    const result = found(one);
    if (result) return result;
  }
  return null;
}

/**
 * The box of a name on a side of its dot.
 * @param {number} x @param {number} y @param {number} off @param {number} right @param {number} down @param {number} wide @param {number} tall
 */
function boxAt(x, y, off, right, down, wide, tall) {
  const aslant = right && down ? 0.6 * off : off;
  const left = right > 0 ? x + aslant : right < 0 ? x - aslant - wide : x - wide / 2;
  const top = down > 0 ? y + aslant : down < 0 ? y - aslant - tall : y - tall / 2;
  const align = /** @type {CanvasTextAlign} */ (right > 0 ? "left" : right < 0 ? "right" : "center");
  return { left, top, right: left + wide, bottom: top + tall, align };
}

/**
 * A name in one line or two, its tail left out where it is longer.
 * @param {string} name
 */
export function broken(name) {
  const all = [...name];
  const latin = all.filter((one) => one < "\u2e80").length > all.length / 2,
    line = latin ? 2 * LINE : LINE,
    most = latin ? 2 * LONGEST : LONGEST;
  const kept = all.length <= most ? all : [...all.slice(0, most - 1), "…"];
  if (kept.length <= line) return [kept.join("")];
  const middle = Math.ceil(kept.length / 2),
    far = (/** @type {number} */ place) => Math.abs(place - middle);
  const gaps = [...kept.keys()].filter((place) => kept[place] === " " && far(place) <= line / 2);
  const cut = gaps.reduce((best, place) => (best < 0 || far(place) < far(best) ? place : best), -1);
  if (cut < 0) return [kept.slice(0, middle).join(""), kept.slice(middle).join("")];
  return [kept.slice(0, cut).join(""), kept.slice(cut).join("").trim()];
}

/** How much of dots, by their radii, lies under a box. */
class Crowd {
  /** @param {Frame} frame @param {number[]} nodes */
  constructor(frame, nodes) {
    this.frame = frame;
    /** @type {Map<string, number[]>} */
    this.cells = new Map();
    for (const node of nodes) {
      const key = `${Math.floor(at(frame.x, node) / 64)},${Math.floor(at(frame.y, node) / 64)}`;
      const cell = this.cells.get(key);
      if (cell) cell.push(node);
      else this.cells.set(key, [node]);
    }
  }

  /** @param {{ left: number, top: number, right: number, bottom: number }} box @param {number} own */
  under({ left, top, right, bottom }, own) {
    const { x, y, sizes } = this.frame;
    let count = 0;
    for (let across = Math.floor(left / 64) - 1; across <= Math.floor(right / 64) + 1; across++)
      for (let down = Math.floor(top / 64) - 1; down <= Math.floor(bottom / 64) + 1; down++)
        for (const node of this.cells.get(`${across},${down}`) ?? []) {
          const size = at(sizes, node);
          if (
            node !== own &&
            at(x, node) + size > left &&
            at(x, node) - size < right &&
            at(y, node) + size > top &&
            at(y, node) - size < bottom
          )
            count += size;
        }
    return count;
  }
}
