/** Reckons where things lie so that what is shown fills a stage: parts in rooms, each drawn by forces. */

/** @import { Look, Scene, Spots } from "./types.js" */
import { HIDDEN, radiusOn } from "./look.js";
import { at } from "../parts/rows.js";
import { sidestep } from "./sidestep.js";
import { across } from "./walk.js";

/**
 * @typedef {import("./sidestep.js").Box} Box
 * @typedef {{ width: number, height: number }} Size
 */

/** How much wider than high the room of a part is at best: names are written across; the power of its things that its room grows with. */
const LYING = 1.3,
  ROOM = 0.95;
/** Things of a part from which on crowded places are spread, and how far they go from where they were to an even spread. */
const CROWD = 12,
  EVEN = 0.4;
/** Things above which the whole keeps the form that it came with (`kg/analyse/layout.py`): a browser would take seconds for another. */
const MANY = 2_000;
/** Pixels between neighbours that are enough, and rounds of pushing apart. */
const ENOUGH = 30,
  ROUNDS = 24;
/** Pixels between a thing and a line that is not its own; rounds of moving aside, and things times lines above which none does. */
const CLEAR = 14,
  ASIDE = 12,
  WORK = 800_000;

/**
 * Pixels at the rim of a stage that stay free, so that what stands there has room for its name.
 * @param {Size} stage
 */
export function rim({ width, height }) {
  return Math.max(12, Math.min(40, 0.05 * Math.min(width, height)));
}

/**
 * Where the things that are shown are drawn so that they fill a stage: each connected part has a room as large as it needs, the largest in
 * the middle, and is stretched to it. The origin is the middle of the stage; a step is one pixel of the screen. What is hidden lies in the middle.
 * @param {Scene} scene
 * @param {Look} look
 * @param {Size} stage
 * @returns {Spots}
 */
export function arranged(scene, look, stage) {
  const count = scene.nodes.id.length;
  const spots = { x: new Float64Array(count), y: new Float64Array(count) };
  const parts = partsOf(scene, look);
  const all = parts.flat();
  const free = rim(stage),
    few = Math.min(1, 0.4 + 0.15 * all.length); // one or two things need no whole window
  const width = Math.max(20, stage.width - 2 * free) * few,
    height = Math.max(20, stage.height - 2 * free) * few;
  const whole = { left: -width / 2, top: -height / 2, width, height };
  if (all.length > MANY) {
    settle(scene, all, whole, spots);
    stretch(spots, all, whole);
    return spots;
  }
  const rooms = strips(
    parts.map((part) => part.length ** ROOM),
    whole,
  );
  parts.forEach((part, i) => settle(scene, part, at(rooms, i), spots));
  const enough = Math.min(ENOUGH, 0.75 * Math.sqrt((width * height) / Math.max(1, all.length)));
  apart(spots, all, enough, ROUNDS);
  const lines = linesOf(scene, look);
  if (lines.length * all.length <= WORK) aside(spots, all, lines, enough);
  if (all.length > 1) stretch(spots, all, whole);
  if (all.length > 1 && lines.length * all.length <= WORK) {
    sidestep({ spots, nodes: all, lines, radii: look.sizes.map((size) => radiusOn(stage, size)), enough, box: whole });
    stretch(spots, all, whole);
  }
  return spots;
}

/**
 * The connected parts of what is shown, the largest first.
 * @param {Scene} scene
 * @param {Look} look
 */
function partsOf(scene, look) {
  const seen = new Uint8Array(scene.nodes.id.length);
  /** @type {number[][]} */
  const parts = [];
  look.nodes.forEach((how, first) => {
    if (how === HIDDEN || seen[first]) return;
    const part = [first];
    seen[first] = 1;
    for (const here of part)
      for (const edge of at(scene.ties, here)) {
        const there = across(scene, edge, here);
        if (look.edges[edge] === HIDDEN || seen[there]) continue;
        seen[there] = 1;
        part.push(there);
      }
    parts.push(part);
  });
  return parts.sort((a, b) => b.length - a.length);
}

/**
 * Rooms of given areas that fill a box: rows of rooms as square as they can be, the first in the middle and the others around it.
 * After Bederson, Shneiderman and Wattenberg, Ordered and quantum treemaps, ACM Transactions on Graphics 21 (2002): strips.
 * @param {number[]} areas the largest first
 * @param {Box} box
 * @returns {Box[]} one an area
 */
export function strips(areas, box) {
  const total = areas.reduce((sum, area) => sum + area, 0);
  /** @type {number[][]} */
  const rows = [];
  const odd = (/** @type {number[]} */ row) => {
    const sum = row.reduce((more, one) => more + at(areas, one), 0),
      high = (box.height * sum) / total;
    const shapes = row.map((one) => (box.width * at(areas, one)) / sum / LYING / high);
    return shapes.reduce((worse, shape) => worse + Math.max(shape, 1 / shape), 0) / row.length;
  };
  areas.forEach((_, one) => {
    const row = rows.at(-1);
    if (row && odd([...row, one]) <= odd(row)) row.push(one);
    else rows.push([one]);
  });
  const [before, last] = rows.slice(-2);
  if (before && last) {
    const parted = (before.length * odd(before) + last.length * odd(last)) / (before.length + last.length);
    if (odd([...before, ...last]) < parted) rows.splice(-2, 2, [...before, ...last]); // else what is left over may be a strip by itself
  }
  /** @type {Box[]} */
  const rooms = [];
  let { top } = box;
  for (const row of fromTheMiddle(rows)) {
    const sum = row.reduce((more, one) => more + at(areas, one), 0),
      height = (box.height * sum) / total;
    let { left } = box;
    for (const one of fromTheMiddle(row)) {
      const width = (box.width * at(areas, one)) / sum;
      rooms[one] = { left, top, width, height };
      left += width;
    }
    top += height;
  }
  return rooms;
}

/**
 * The first in the middle, the others in turn behind and before it.
 * @template T
 * @param {T[]} items
 */
function fromTheMiddle(items) {
  /** @type {T[]} */
  const order = [];
  items.forEach((item, place) => (place % 2 ? order.push(item) : order.unshift(item)));
  return order;
}

/**
 * Put a part into its room, turned where it stands and the room lies.
 * @param {Scene} scene
 * @param {number[]} part
 * @param {Box} room
 * @param {Spots} spots
 */
function settle(scene, part, room, spots) {
  let x = part.map((node) => at(scene.nodes.x, node)),
    y = part.map((node) => at(scene.nodes.y, node));
  if (part.length === 2) [x, y] = room.width > room.height ? [x.map((_, i) => i), [0.25, 0.75]] : [[0.25, 0.75], x.map((_, i) => i)];
  else if (span(x) > span(y) !== room.width > room.height) [x, y] = [y, x];
  const aside = 0.5 - Math.min(0.34, 22 / Math.max(1, room.width)),
    above = 0.5 - Math.min(0.34, 22 / Math.max(1, room.height));
  const across = evened(x, part.length === 2),
    down = evened(y, part.length === 2);
  part.forEach((node, i) => {
    spots.x[node] = room.left + room.width * (0.5 + (at(across, i) - 0.5) * 2 * aside);
    spots.y[node] = room.top + room.height * (0.5 + (at(down, i) - 0.5) * 2 * above);
  });
}

/** @param {number[]} values */
function span(values) {
  return values.reduce((most, one) => Math.max(most, one), -Infinity) - values.reduce((least, one) => Math.min(least, one), Infinity);
}

/**
 * Values between 0 and 1 in the same order; in a crowd they are spread.
 * @param {number[]} values
 * @param {boolean} asTheyAre
 */
function evened(values, asTheyAre) {
  if (asTheyAre) return values;
  const least = values.reduce((low, one) => Math.min(low, one), Infinity),
    wide = span(values),
    spread = values.length < CROWD ? 0 : EVEN;
  if (wide < 1) return values.map(() => 0.5);
  const order = [...values.keys()].sort((a, b) => at(values, a) - at(values, b) || a - b);
  const rank = new Float64Array(values.length);
  order.forEach((one, place) => (rank[one] = place / Math.max(1, values.length - 1)));
  return values.map((value, i) => (1 - spread) * ((value - least) / wide) + spread * at(rank, i));
}

/**
 * Push things apart that lie closer than so many pixels.
 * @param {Spots} spots
 * @param {number[]} nodes
 * @param {number} enough
 * @param {number} rounds
 */
function apart({ x, y }, nodes, enough, rounds) {
  for (let round = 0; round < rounds; round++) {
    /** @type {Map<string, number[]>} */
    const cells = new Map();
    const cell = (/** @type {number} */ node, dx = 0, dy = 0) =>
      `${Math.floor(at(x, node) / enough) + dx},${Math.floor(at(y, node) / enough) + dy}`;
    for (const node of nodes) {
      const row = cells.get(cell(node));
      if (row) row.push(node);
      else cells.set(cell(node), [node]);
    }
    let pushed = false;
    for (const node of nodes)
      for (const dx of [-1, 0, 1])
        for (const dy of [-1, 0, 1])
          for (const other of cells.get(cell(node, dx, dy)) ?? []) {
            if (other <= node) continue;
            const right = at(x, other) - at(x, node) || 0.01 * ((other % 7) - 3.5),
              down = at(y, other) - at(y, node) || 0.01 * ((other % 5) - 2.5),
              far = Math.hypot(right, down);
            if (far >= enough) continue;
            const push = (enough - far) / far / 3;
            x[node] = at(x, node) - right * push;
            y[node] = at(y, node) - down * push;
            x[other] = at(x, other) + right * push;
            y[other] = at(y, other) + down * push;
            pushed = true;
          }
    if (!pushed) return;
  }
}

/**
 * The lines that are shown between two things, by their ends.
 * @param {Scene} scene
 * @param {Look} look
 */
function linesOf({ edges: { start, end } }, look) {
  const shown = [...look.edges.keys()].filter((edge) => look.edges[edge] !== HIDDEN && start[edge] !== end[edge]);
  return shown.map((edge) => /** @type {const} */ ([at(start, edge), at(end, edge)]));
}

/**
 * Push things off the lines of others: the middle one of three that lie in a row.
 * @param {Spots} spots
 * @param {number[]} nodes
 * @param {ReadonlyArray<readonly [number, number]>} lines
 * @param {number} enough pixels between neighbours
 */
function aside(spots, nodes, lines, enough) {
  const clear = Math.min(CLEAR, enough / 2);
  for (let round = 0; round < ASIDE; round++) {
    const moved = lines.map(([from, to]) => offLine(spots, nodes, from, to, clear));
    if (!moved.some(Boolean)) return;
    apart(spots, nodes, enough, 2);
  }
}

/**
 * Move the things that lie too near to a line half of the way that they lack; whether there was one.
 * @param {Spots} spots
 * @param {number[]} nodes
 * @param {number} from
 * @param {number} to
 * @param {number} clear
 */
function offLine({ x, y }, nodes, from, to, clear) {
  const left = at(x, from),
    top = at(y, from),
    right = at(x, to) - left,
    down = at(y, to) - top,
    long = Math.hypot(right, down) || 1;
  let moved = false;
  for (const node of nodes) {
    const across = Number(x[node]) - left,
      along = Number(y[node]) - top,
      off = (across * down - along * right) / long,
      share = (across * right + along * down) / long ** 2;
    if (node === from || node === to || share <= 0 || share >= 1 || Math.abs(off) >= clear) continue;
    const push = ((clear - Math.abs(off)) / 2) * (off < 0 || (off === 0 && node % 2) ? -1 : 1);
    x[node] = left + across + (down / long) * push;
    y[node] = top + along - (right / long) * push;
    moved = true;
  }
  return moved;
}

/**
 * Stretch a drawing to a box.
 * @param {Spots} spots
 * @param {number[]} nodes
 * @param {Box} box
 */
function stretch({ x, y }, nodes, box) {
  const fit = (/** @type {Float64Array} */ values, /** @type {number} */ from, /** @type {number} */ long) => {
    const taken = nodes.map((node) => at(values, node)),
      wide = span(taken),
      least = taken.reduce((low, one) => Math.min(low, one), Infinity);
    if (wide < 1) return;
    for (const node of nodes) values[node] = from + ((at(values, node) - least) / wide) * long;
  };
  fit(x, box.left, box.width);
  fit(y, box.top, box.height);
}
