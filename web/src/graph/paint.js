/** Ties, things and names painted on a canvas, and what lies under a place of it. */

/** @import { Look, Scene } from "./types.js" */
/** @import { Frame, Label } from "./names.js" */
import { Taken } from "./labels";
import { FAINT, HIDDEN, STRONG } from "./look.js";
import { chosenNames } from "./names.js";
import { at } from "../parts/rows.js";
import { kindOf, relationOf } from "./accessors.js";

export const INK = {
  light: { text: "#1d2329", soft: "#55606b", halo: "#ffffff", tie: "#a3acb5", strong: "#1d2329" },
  dark: { text: "#e6e9ec", soft: "#a9b4bf", halo: "#14181c", tie: "#59636d", strong: "#ffffff" },
};
const FAMILY = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
/** How a tie is drawn that a sentence states, that is read from the context, that a rule infers. */
const DASHES = [[], [7, 4], [1.5, 4]];
/** Pixels of a head, between ties of one pair, and of the words of a tie; how many ties have words at most, and how long a tie must be for a head. */
const HEAD = 7,
  BESIDE = 5,
  WORDS = 11,
  MOST_WORDS = 120,
  SHORTEST = 16;

/**
 * @typedef {{ scene: Scene, look: Look, order: number[], beside: Float32Array, lang: "zh" | "en", hovered: number }} Painted
 * @typedef {{ x0: number, y0: number, x1: number, y1: number, long: number }} Line
 */

/**
 * How far each tie lies beside the straight line, in steps: those of one pair lie next to each other.
 * @param {Scene} scene
 */
export function besides({ edges }) {
  /** @type {Map<string, number[]>} */
  const pairs = new Map();
  edges.start.forEach((start, edge) => {
    const end = at(edges.end, edge),
      key = start < end ? `${start},${end}` : `${end},${start}`;
    const pair = pairs.get(key);
    if (pair) pair.push(edge);
    else pairs.set(key, [edge]);
  });
  const beside = new Float32Array(edges.start.length);
  for (const pair of pairs.values())
    pair.forEach((edge, place) => {
      const turned = at(edges.start, edge) < at(edges.end, edge) ? 1 : -1;
      beside[edge] = turned * (place - (pair.length - 1) / 2);
    });
  return beside;
}

/**
 * A tie on the screen, from the rim of one dot to the rim of the other; null where it is too short to be seen.
 * @param {Scene} scene
 * @param {Frame} frame
 * @param {number} edge
 * @param {number} beside
 * @returns {Line | null}
 */
export function lineOf({ edges }, { x, y, sizes }, edge, beside) {
  const start = at(edges.start, edge),
    end = at(edges.end, edge);
  const right = at(x, end) - at(x, start),
    down = at(y, end) - at(y, start),
    far = Math.hypot(right, down);
  const long = far - at(sizes, start) - at(sizes, end) - 2;
  if (long <= 0) return null;
  const [ux, uy] = [right / far, down / far],
    aside = BESIDE * beside;
  const x0 = at(x, start) + ux * (at(sizes, start) + 1) - uy * aside,
    y0 = at(y, start) + uy * (at(sizes, start) + 1) + ux * aside;
  return { x0, y0, x1: x0 + ux * long, y1: y0 + uy * long, long };
}

/**
 * Draw all ties, those that are brought out last.
 * @param {CanvasRenderingContext2D} context
 * @param {Painted} what
 * @param {Frame} frame
 */
export function paintTies(context, { scene, look, beside, hovered }, frame) {
  const ink = INK[look.dark ? "dark" : "light"];
  context.lineCap = "butt";
  for (const pass of [FAINT, STRONG - 1, STRONG])
    look.edges.forEach((how, edge) => {
      if (how !== pass) return;
      const line = lineOf(scene, frame, edge, at(beside, edge));
      if (!line) return;
      const strong = how === STRONG || edge === hovered;
      context.globalAlpha = how === FAINT ? 0.25 : 1;
      context.strokeStyle = context.fillStyle = strong ? ink.strong : ink.tie;
      context.lineWidth = strong ? 2.2 : 1.1;
      context.setLineDash(at(DASHES, at(scene.edges.context, edge)));
      const head = relationOf(scene, edge).symmetric || line.long < SHORTEST ? 0 : HEAD;
      const short = (line.long - head) / line.long;
      context.beginPath();
      context.moveTo(line.x0, line.y0);
      context.lineTo(line.x0 + (line.x1 - line.x0) * short, line.y0 + (line.y1 - line.y0) * short);
      context.stroke();
      if (head) paintHead(context, line);
    });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Line} line
 */
function paintHead(context, { x0, y0, x1, y1, long }) {
  const [ux, uy] = [((x1 - x0) / long) * HEAD, ((y1 - y0) / long) * HEAD];
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - ux - uy * 0.45, y1 - uy + ux * 0.45);
  context.lineTo(x1 - ux + uy * 0.45, y1 - uy - ux * 0.45);
  context.fill();
}

/**
 * Draw all things, those that are brought out last: a dot, or for what happens a lozenge.
 * @param {CanvasRenderingContext2D} context
 * @param {Painted & { pointed: number }} what
 * @param {Frame} frame
 */
export function paintThings(context, { scene, look, pointed }, frame) {
  const ink = INK[look.dark ? "dark" : "light"];
  for (const pass of [FAINT, STRONG - 1, STRONG])
    look.nodes.forEach((how, node) => {
      if (how !== pass) return;
      const x = at(frame.x, node),
        y = at(frame.y, node),
        size = at(frame.sizes, node),
        chosen = node === look.chosen || node === pointed;
      context.globalAlpha = how === FAINT ? 0.25 : 1;
      context.fillStyle = at(look.colours, node);
      context.strokeStyle = chosen ? ink.strong : ink.halo;
      context.lineWidth = chosen ? 3 : 1;
      context.beginPath();
      if (kindOf(scene, node).event) lozenge(context, x, y, 1.3 * size);
      else context.arc(x, y, size, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} size */
function lozenge(context, x, y, size) {
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
}

/**
 * Write the names that have room, and then the words of ties that still have some.
 * @param {CanvasRenderingContext2D} context
 * @param {Painted} what
 * @param {Frame} frame
 * @returns {Label[]}
 */
export function paintNames(context, what, frame) {
  const { scene, look, order } = what,
    ink = INK[look.dark ? "dark" : "light"],
    taken = new Taken();
  const font = fontOf(frame, order.length);
  context.font = `${font}px ${FAMILY}`;
  const labels = chosenNames(scene, order, frame, { font, measure: (text) => context.measureText(text).width, taken });
  context.lineJoin = "round";
  context.textBaseline = "middle";
  context.strokeStyle = ink.tie;
  context.lineWidth = 0.8;
  context.beginPath();
  for (const label of labels)
    if (label.far) {
      context.moveTo(at(frame.x, label.node), at(frame.y, label.node));
      context.lineTo(
        Math.max(label.left, Math.min(label.right, at(frame.x, label.node))),
        Math.max(label.top, Math.min(label.bottom, at(frame.y, label.node))),
      );
    }
  context.stroke();
  for (const { lines, left, top, right, bottom, align } of labels) {
    context.textAlign = align;
    const x = align === "left" ? left + 1 : align === "right" ? right - 1 : (left + right) / 2;
    lines.forEach((line, i) => written(context, ink, line, x, top + ((i + 0.5) * (bottom - top)) / lines.length));
  }
  paintWords(context, what, frame, taken);
  return labels;
}

/**
 * Pixels of a name: larger where there are few things.
 * @param {Frame} frame
 * @param {number} count
 */
function fontOf({ width, height }, count) {
  const room = Math.sqrt((width * height) / Math.max(1, count));
  return room > 150 ? 15 : room > 75 ? 13 : room > 30 ? 12 : 11;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ text: string, halo: string }} ink
 * @param {string} text @param {number} x @param {number} y
 */
function written(context, ink, text, x, y) {
  context.lineWidth = 4;
  context.strokeStyle = ink.halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink.text;
  context.fillText(text, x, y);
}

/**
 * Write the relation along a tie where no name and no other words stand.
 * @param {CanvasRenderingContext2D} context
 * @param {Painted} what
 * @param {Frame} frame
 * @param {Taken} taken
 */
function paintWords(context, { scene, look, beside, lang }, frame, taken) {
  const ink = INK[look.dark ? "dark" : "light"],
    tall = WORDS + 3;
  context.font = `${WORDS}px ${FAMILY}`;
  context.textAlign = "center";
  let count = 0;
  for (const pass of [STRONG, STRONG - 1])
    look.edges.forEach((how, edge) => {
      if (how !== pass || count >= MOST_WORDS) return;
      const line = lineOf(scene, frame, edge, at(beside, edge));
      if (!line || line.long < 40) return;
      const text = relationOf(scene, edge)[lang],
        wide = context.measureText(text).width + 4;
      if (line.long < wide + 16) return;
      const x = (line.x0 + line.x1) / 2,
        y = (line.y0 + line.y1) / 2;
      const turn = Math.atan((line.y1 - line.y0) / (line.x1 - line.x0 || 1e-6));
      const reach = {
        x: (wide * Math.cos(turn) + tall * Math.abs(Math.sin(turn))) / 2,
        y: (wide * Math.abs(Math.sin(turn)) + tall * Math.cos(turn)) / 2,
      };
      const box = { left: x - reach.x, right: x + reach.x, top: y - reach.y, bottom: y + reach.y };
      if (box.left < 0 || box.top < 0 || box.right > frame.width || box.bottom > frame.height || !taken.take(box)) return;
      count += 1;
      context.save();
      context.translate(x, y);
      context.rotate(turn);
      written(context, { text: how === STRONG ? ink.text : ink.soft, halo: ink.halo }, text, 0, 0);
      context.restore();
    });
}

/** Pixels beside a thing, and beside a tie, within which it is hit. */
const NEAR_THING = 4,
  NEAR_TIE = 5;

/**
 * What lies under a place on the screen: a thing before a tie, and the nearest of each; -1 for none.
 * @param {Painted} what
 * @param {Frame} frame
 * @param {{ x: number, y: number }} place
 */
export function under({ scene, look, beside }, frame, { x, y }) {
  const hit = { node: -1, edge: -1 };
  let least = NEAR_THING;
  look.nodes.forEach((how, node) => {
    const far = how === HIDDEN ? Infinity : Math.hypot(x - at(frame.x, node), y - at(frame.y, node)) - at(frame.sizes, node);
    if (far < least) [least, hit.node] = [far, node];
  });
  if (hit.node >= 0) return hit;
  least = NEAR_TIE;
  look.edges.forEach((how, edge) => {
    const line = how === HIDDEN ? null : lineOf(scene, frame, edge, at(beside, edge));
    if (!line) return;
    const along = ((x - line.x0) * (line.x1 - line.x0) + (y - line.y0) * (line.y1 - line.y0)) / line.long ** 2,
      on = Math.max(0, Math.min(1, along));
    const far = Math.hypot(x - line.x0 - on * (line.x1 - line.x0), y - line.y0 - on * (line.y1 - line.y0));
    if (far < least) [least, hit.edge] = [far, edge];
  });
  return hit;
}
