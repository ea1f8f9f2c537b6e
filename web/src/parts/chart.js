/** Small charts as SVG. Elements are made here, texts only ever become text, and all that is drawn stands in a table beside it too. */

import { at } from "./rows.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 360;
const HEIGHT = 170;
/** Free space around the drawing: for what the axes say, and for values above the highest mark. */
const SPACE = { left: 46, right: 18, top: 22, bottom: 24 };
const LETTER = 7;
const ROW = 24;
/** Shares of a chart of bars: names, bars, then values. */
const NAMES = 130;
const VALUES = 64;

/**
 * A mark: where it stands (a day in milliseconds, a year), its size (null where it is withheld), what is written beside it; `hollow` for
 * what is planned.
 * @typedef {{ at: number, tick: string, size: number | null, text: string, hollow?: boolean }} Mark
 * @typedef {{ name: string, marks: Mark[] }} Run
 * @typedef {{ name: string, size: number, text: string }} Bar
 */

/**
 * Runs of marks as lines over time. A line is broken where a mark is withheld, which is an XX on the axis; planned ones are not joined.
 * @param {string} label what is drawn, in words
 * @param {Run[]} runs
 * @param {{ wide?: boolean, chosen?: (run: number, mark: number) => void }} [use] whether there is room for twice the width, and what a
 *   click on a mark does
 */
export function lineChart(label, runs, { wide = false, chosen } = {}) {
  const width = wide ? 2 * WIDTH : WIDTH,
    height = wide ? 1.5 * HEIGHT : HEIGHT;
  const marks = runs.flatMap((run) => run.marks);
  const times = marks.map((one) => one.at),
    sizes = marks.map((one) => one.size ?? 0);
  const ticks = ticksOf(Math.min(0, ...sizes), Math.max(0, ...sizes));
  const x = scale([Math.min(...times), Math.max(...times)], [SPACE.left + 14, width - SPACE.right - 8]);
  const y = scale([at(ticks, 0), at(ticks, ticks.length - 1)], [height - SPACE.bottom, SPACE.top]);
  const crowded = marks.length > (wide ? 24 : 10);
  return pictured(
    label,
    height,
    [
      ...ticks.flatMap((tick) => [
        drawn("line", { class: "grid", x1: SPACE.left, x2: width - SPACE.right, y1: y(tick), y2: y(tick) }),
        drawn("text", { class: "tick", x: SPACE.left - 5, y: y(tick) + 4, "text-anchor": "end" }, short(tick)),
      ]),
      ...ticked(marks, x).map((one) => drawn("text", { class: "tick", x: x(one.at), y: height - 6, "text-anchor": "middle" }, one.tick)),
      ...runs.flatMap((run, number) => [
        drawn("path", { class: `run run-${number % 4}`, d: pathOf(run.marks, x, y) }),
        ...run.marks.map((mark, place) => {
          const others = runs.slice(0, number).filter((before) => before.marks.some((one) => one.at === mark.at && one.size === null));
          const low = y(0) - 5 - 12 * others.length;
          const parts =
            mark.size === null
              ? [drawn("text", { class: `masked mark-${number % 4}`, x: x(mark.at), y: low, "text-anchor": "middle" }, "XX")]
              : [
                  shape(number % 4, x(mark.at), y(mark.size), mark.hollow === true),
                  crowded
                    ? null
                    : drawn(
                        "text",
                        { class: "value", x: x(mark.at), y: y(mark.size) + beside(run, place), "text-anchor": "middle" },
                        mark.text,
                      ),
                ];
          const group = drawn("g", { class: "mark" }, ...parts);
          if (chosen) group.addEventListener("click", () => chosen(number, place));
          return group;
        }),
      ]),
    ],
    width,
  );
}

/**
 * Bars beside their names, the first on top.
 * @param {string} label what is drawn, in words
 * @param {Bar[]} bars
 */
export function barChart(label, bars) {
  const sizes = bars.map((one) => one.size);
  const width = 2 * WIDTH;
  const x = scale([Math.min(0, ...sizes), Math.max(0, ...sizes)], [2 * NAMES, width - VALUES]);
  return pictured(
    label,
    ROW * bars.length + 8,
    bars.map((bar, number) => {
      const top = ROW * number + 4,
        [start, end] = [Math.min(x(0), x(bar.size)), Math.max(x(0), x(bar.size))];
      return drawn(
        "g",
        {},
        drawn("text", { class: "name", x: 2 * NAMES - 8, y: top + 15, "text-anchor": "end" }, clipped(bar.name, 2 * NAMES - 8)),
        drawn("rect", { class: "bar", x: start, y: top + 2, width: Math.max(1, end - start), height: ROW - 6 }),
        drawn("text", { class: "value", x: end + 5, y: top + 15 }, bar.text),
      );
    }),
    width,
  );
}

/**
 * The mark of a run beside its name.
 * @param {number} number
 */
export function key(number) {
  const svg = drawn("svg", { class: "key", viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" });
  svg.append(drawn("path", { class: `run run-${number % 4}`, d: "M0 6H28" }), shape(number % 4, 14, 6, false));
  return svg;
}

/**
 * A picture of which a reader who does not see it is told in words.
 * @param {string} label
 * @param {number} height
 * @param {(SVGElement | null)[]} parts
 */
function pictured(label, height, parts, width = WIDTH) {
  return drawn("svg", { class: "chart", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}` }, ...parts);
}

/**
 * An SVG element with attributes and children.
 * @param {string} tag
 * @param {Record<string, string | number>} given
 * @param {(Node | string | null)[]} children
 */
function drawn(tag, given, ...children) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(given))
    element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * How far from a mark its value is written: above it, below a second one of the same time.
 * @param {Run} run
 * @param {number} place
 */
function beside({ marks }, place) {
  return place > 0 && at(marks, place - 1).at === at(marks, place).at ? 16 : -8;
}

/**
 * A shape of its own for each run, so that colour is not all that tells them apart.
 * @param {number} number
 * @param {number} x
 * @param {number} y
 * @param {boolean} hollow
 */
function shape(number, x, y, hollow) {
  const look = `dot-${number}${hollow ? " hollow" : ""}`;
  if (number === 0) return drawn("circle", { class: look, cx: x, cy: y, r: 4 });
  const half = number === 1 ? 3.6 : 5;
  const corners = [
    [],
    [-half, -half, half, -half, half, half, -half, half],
    [0, -half, half, half * 0.8, -half, half * 0.8],
    [0, -half, half, 0, 0, half, -half, 0],
  ];
  const points = at(corners, number).map((step, place) => (place % 2 ? y : x) + step);
  return drawn("polygon", { class: look, points: points.map((one) => one.toFixed(2)).join(" ") });
}

/**
 * Lines from mark to mark of what was reached, broken where one is withheld.
 * @param {Mark[]} marks
 * @param {(at: number) => number} x
 * @param {(size: number) => number} y
 */
function pathOf(marks, x, y) {
  let broken = true,
    path = "";
  for (const { at: when, size, hollow } of marks) {
    if (hollow) continue;
    if (size !== null) path += `${broken ? "M" : "L"}${x(when).toFixed(2)} ${y(size).toFixed(2)}`;
    broken = size === null;
  }
  return path;
}

/**
 * From one stretch to another; the middle where the first is a point.
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
function scale([low, high], [start, end]) {
  return (/** @type {number} */ value) => (high === low ? (start + end) / 2 : start + ((value - low) / (high - low)) * (end - start));
}

/**
 * Three to five round numbers that hold all sizes.
 * @param {number} low
 * @param {number} high
 */
export function ticksOf(low, high) {
  const rough = (high - low || 1) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.floor(low / step),
    last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toPrecision(12)));
}

/**
 * The marks that the axis of time names: each time once, and as many as there is room for.
 * @param {Mark[]} marks
 * @param {(at: number) => number} x
 */
function ticked(marks, x) {
  const times = [...new Map(marks.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at);
  /** @type {Mark[]} */
  const kept = [];
  for (const one of times.reverse()) {
    const before = kept.at(-1);
    if (!before || x(before.at) - x(one.at) >= LETTER * Math.max(before.tick.length, one.tick.length)) kept.push(one);
  }
  return kept;
}

/**
 * A number in few characters, as the page's language has it: `5.34亿`, `534M`.
 * @param {number} value
 */
export function short(value) {
  const lang = document.documentElement.lang || "zh-CN";
  return new Intl.NumberFormat(lang, { notation: "compact", maximumSignificantDigits: 4 }).format(value);
}

/**
 * A name that fits so many units of the drawing.
 * @param {string} name
 * @param {number} room
 */
function clipped(name, room) {
  let used = 0;
  const letters = [...name];
  const fits = letters.findIndex((letter) => (used += letter > "\u2e7f" ? 13 : LETTER) > room);
  return fits < 0 ? name : `${letters.slice(0, Math.max(1, fits - 1)).join("")}…`;
}
