/** Things that lie on the lines of others step off them. */

/** @import { Spots } from "./types.js" */
import { at } from "../parts/rows.js";

/**
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 * @typedef {{ spots: Spots, nodes: number[], lines: Line[], radii: ArrayLike<number>, enough: number, box: Box }} Ground
 *   places; the things that are shown; the lines between them; radii of all things; pixels between neighbours; where there is room
 * @typedef {{ others: number[], passing: Line[], own: Array<{ end: number, others: number[] }> }} Around
 *   what a thing can come near to by one step: things, lines of others, and for each line of its own the far end and the things beside it
 * @typedef {readonly [number, number]} Line
 */

/** Rounds at most, and rounds times lines times things; distances of the places that are tried, in pixels between neighbours; directions of each. */
const ROUNDS = 14,
  WORK = 3_000_000,
  FAR = [0.25, 0.5, 0.8, 1.2, 2, 3, 4.5],
  WAYS = 12;
/** Pixels between a thing and a line that is not its own where there is room, and at least; between the rims of two things. */
const CLEAR = 14,
  FREE = 3,
  GAP = 4;
/** Share of the pixels between neighbours below which two are too near; how much better a place must be, and which is good enough to look no farther. */
const NEAR = 0.8,
  BETTER = 0.05,
  EASY = 0.1;

/**
 * Move things off the lines of others, which they would hide or seem to belong to: each that lies on one, and the ends of that line, step to
 * where around them they are least in the way of things and lines, round by round.
 * @param {Ground} ground
 */
export function sidestep(ground) {
  const { spots, lines } = ground;
  const clear = Float64Array.from(ground.radii, (radius) => Math.max(Math.min(CLEAR, ground.enough / 2), radius + FREE));
  /** @type {number[][]} */
  const ends = Array.from(ground.radii, () => []);
  for (const [from, to] of lines) {
    at(ends, from).push(to);
    at(ends, to).push(from);
  }
  const rounds = Math.min(ROUNDS, WORK / (lines.length * ground.nodes.length));
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (const node of inTheWay(ground, clear)) {
      const place = better(ground, clear, node, at(ends, node));
      if (!place) continue;
      [spots.x[node], spots.y[node]] = place;
      moved = true;
    }
    if (!moved) return;
  }
}

/**
 * Things on lines of others with the ends of these lines, and things that touch each other.
 * @param {Ground} ground
 * @param {Float64Array} clear pixels that each thing should be away from lines
 */
function inTheWay({ spots: { x, y }, nodes, lines, radii }, clear) {
  /** @type {Set<number>} */
  const found = new Set();
  for (const [from, to] of lines)
    for (const node of nodes)
      if (
        node !== from &&
        node !== to &&
        onLine(Number(x[node]), Number(y[node]), Number(x[from]), Number(y[from]), Number(x[to]), Number(y[to]), Number(clear[node])) > 0
      )
        found.add(node).add(from).add(to);
  for (const node of nodes)
    for (const other of nodes)
      if (
        other > node &&
        Math.hypot(Number(x[node]) - Number(x[other]), Number(y[node]) - Number(y[other])) <
          Number(radii[node]) + Number(radii[other]) + GAP / 2
      )
        found.add(node).add(other);
  return found;
}

/**
 * A place around a thing where it is less in the way; undefined where there is none.
 * @param {Ground} ground
 * @param {Float64Array} clear
 * @param {number} node
 * @param {number[]} ends of its lines
 * @returns {[number, number] | undefined}
 */
function better(ground, clear, node, ends) {
  const { enough, box } = ground,
    around = aroundOf(ground, clear, node, ends),
    x = at(ground.spots.x, node),
    y = at(ground.spots.y, node);
  let least = burden(ground, clear, around, node, x, y, Infinity) - BETTER;
  /** @type {[number, number] | undefined} */
  let best;
  for (const [ring, far] of FAR.entries()) {
    if (best && least < EASY) break;
    for (let way = 0; way < WAYS; way++) {
      const angle = (2 * Math.PI * (way + (ring % 2) / 2)) / WAYS,
        right = x + far * enough * Math.cos(angle),
        down = y + far * enough * Math.sin(angle);
      if (right < box.left || right > box.left + box.width || down < box.top || down > box.top + box.height) continue;
      const sum = burden(ground, clear, around, node, right, down, least);
      if (sum < least) [least, best] = [sum, [right, down]];
    }
  }
  return best;
}

/**
 * What a thing can come near to by one step.
 * @param {Ground} ground
 * @param {Float64Array} clear
 * @param {number} node
 * @param {number[]} ends of its lines
 * @returns {Around}
 */
function aroundOf({ spots: { x, y }, nodes, lines, enough }, clear, node, ends) {
  const step = Math.max(...FAR) * enough,
    [px, py] = [Number(x[node]), Number(y[node])];
  /** Things but these two in a box widened by a step. */
  const inside = (/** @type {number} */ end, /** @type {number} */ wide) => {
    const [left, right] = [Math.min(px, Number(x[end])) - wide, Math.max(px, Number(x[end])) + wide],
      [top, bottom] = [Math.min(py, Number(y[end])) - wide, Math.max(py, Number(y[end])) + wide];
    return nodes.filter(
      (one) =>
        one !== node && one !== end && Number(x[one]) > left && Number(x[one]) < right && Number(y[one]) > top && Number(y[one]) < bottom,
    );
  };
  const near = step + 2 * enough + GAP;
  return {
    others: inside(node, near),
    passing: lines.filter(([from, to]) => {
      if (from === node || to === node) return false;
      const wide = step + Number(clear[node]);
      return (
        Math.min(Number(x[from]), Number(x[to])) < px + wide &&
        Math.max(Number(x[from]), Number(x[to])) > px - wide &&
        Math.min(Number(y[from]), Number(y[to])) < py + wide &&
        Math.max(Number(y[from]), Number(y[to])) > py - wide
      );
    }),
    own: ends.map((end) => ({ end, others: inside(end, near) })),
  };
}

/**
 * How much a thing would be in the way somewhere: near to others, on lines of others, or with others on lines of its own.
 * @param {Ground} ground
 * @param {Float64Array} clear
 * @param {Around} around
 * @param {number} node
 * @param {number} px
 * @param {number} py
 * @param {number} most above which the rest does not matter
 */
function burden({ spots: { x, y }, radii, enough }, clear, { others, passing, own }, node, px, py, most) {
  let sum = 0;
  for (const other of others) {
    const near = Math.max(NEAR * enough, Number(radii[node]) + Number(radii[other]) + GAP);
    sum += Math.max(0, 1 - Math.hypot(Number(x[other]) - px, Number(y[other]) - py) / near);
  }
  for (const [from, to] of passing) {
    if (sum >= most) return sum;
    sum += onLine(px, py, Number(x[from]), Number(y[from]), Number(x[to]), Number(y[to]), Number(clear[node]));
  }
  for (const { end, others: beside } of own)
    for (const other of beside) {
      if (sum >= most) return sum;
      sum += onLine(Number(x[other]), Number(y[other]), px, py, Number(x[end]), Number(y[end]), Number(clear[other]));
    }
  return sum;
}

/**
 * How much a point lies on a line: 1 in its middle, 0 where it is so many pixels away, or before or behind it.
 * @param {number} x
 * @param {number} y
 * @param {number} left where the line begins
 * @param {number} top
 * @param {number} right where it ends
 * @param {number} bottom
 * @param {number} clear
 */
function onLine(x, y, left, top, right, bottom, clear) {
  const wide = right - left,
    high = bottom - top,
    square = wide * wide + high * high,
    along = (x - left) * wide + (y - top) * high;
  if (along <= 0 || along >= square) return 0;
  const off = Math.abs((x - left) * high - (y - top) * wide) / Math.sqrt(square);
  return off >= clear ? 0 : (1 - off / clear) ** 1.5;
}
