import { describe, expect, it } from "vitest";

import { Taken } from "../src/graph/labels";
import { arranged, strips } from "../src/graph/layout.js";
import { lookOf } from "../src/graph/look.js";
import { broken, byImportance, chosenNames } from "../src/graph/names.js";
import { besides, under } from "../src/graph/paint.js";
import { sceneOf } from "../src/graph/scene.js";
import { freshState } from "../src/graph/state.js";
import type { Columns } from "../src/graph/types";

/** So many things in a row, each tied to the next, but for gaps behind those that are named. */
function chain(count: number, gaps: number[] = []) {
  const all = [...Array(count).keys()],
    start = all.slice(0, -1).filter((node) => !gaps.includes(node));
  return sceneOf({
    format: "kg-scene/1",
    size: "degree",
    documents: [],
    kinds: [{ name: "Enterprise", zh: "企业", en: "enterprise", light: "#000001", dark: "#fffff1", event: false }],
    relations: [{ name: "cooperatesWith", zh: "合作", en: "cooperates with", symmetric: true }],
    centralities: [{ name: "degree", zh: "度", en: "degree", tells: { zh: "", en: "" }, values: all.map((node) => count - node) }],
    sentences: { text: [], document: [], place: [] },
    nodes: {
      id: all.map(String),
      name: all.map((node) => `第${node}号`),
      also: all.map(() => []),
      kind: all.map(() => 0),
      x: all.map((node) => 10 * node),
      y: all.map((node) => node % 3),
      community: all.map(() => 0),
      sentences: all.map(() => []),
    },
    edges: {
      start,
      end: start.map((node) => node + 1),
      relation: start.map(() => 0),
      sentences: start.map(() => []),
      context: start.map(() => 0),
    },
    facts: null,
  } satisfies Columns);
}
const usual = freshState("zh", "degree");
const span = (values: ArrayLike<number>) => Math.max(...Array.from(values)) - Math.min(...Array.from(values));

describe("rooms", () => {
  it("fill their box, each as large as its share, the first in the middle", () => {
    const box = { left: 0, top: 0, width: 300, height: 200 };
    const rooms = strips([50, 10, 10, 10, 10, 5, 5], box);
    expect(rooms.map(({ width, height }) => Math.round(width * height))).toEqual([30000, 6000, 6000, 6000, 6000, 3000, 3000]);
    const [first] = rooms;
    expect(first!.top).toBeGreaterThan(0);
    expect(first!.top + first!.height).toBeLessThan(200);
  });
  it("leave no small one a strip by itself", () => {
    const rooms = strips([100, 12, 11, 10, 9, 8, 7, 6, 5, 2, 2, 2, 2, 2], { left: 0, top: 0, width: 300, height: 200 });
    expect(Math.max(...rooms.map(({ width, height }) => width / height))).toBeLessThan(6);
  });
});

describe("an arrangement", () => {
  it.each([
    [1400, 900],
    [360, 590],
  ])("fills a stage of %i by %i but for its rim", (width, height) => {
    const scene = chain(40, [19, 29, 35]);
    const { x, y } = arranged(scene, lookOf(scene, usual, false), { width, height });
    const rim = Math.min(40, 0.05 * Math.min(width, height));
    expect(span(x)).toBeCloseTo(width - 2 * rim);
    expect(span(y)).toBeCloseTo(height - 2 * rim);
  });
  it("moves a thing off the line between two others, where it would hide their tie", () => {
    const scene = chain(3);
    scene.nodes.y = [0, 0, 0]; // 0, 1 and 2 in a row, and each tied to both others
    Object.assign(scene.edges, { start: [0, 1, 0], end: [1, 2, 2], relation: [0, 0, 0], sentences: [[], [], []], context: [0, 0, 0] });
    const tied = sceneOf(scene);
    const { x, y } = arranged(tied, lookOf(tied, usual, false), { width: 900, height: 600 });
    const off = Math.abs((x[2]! - x[0]!) * (y[1]! - y[0]!) - (y[2]! - y[0]!) * (x[1]! - x[0]!)) / Math.hypot(x[2]! - x[0]!, y[2]! - y[0]!);
    expect(off).toBeGreaterThan(7);
  });
  it("is the same each time, and lays no two things on each other", () => {
    const scene = chain(60),
      look = lookOf(scene, usual, false),
      stage = { width: 900, height: 600 };
    const { x, y } = arranged(scene, look, stage);
    expect(arranged(scene, look, stage)).toEqual({ x, y });
    for (let a = 0; a < 60; a++) for (let b = 0; b < a; b++) expect(Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!)).toBeGreaterThan(6);
  });
});

describe("a name", () => {
  it("stands in one line or two, its tail left out", () => {
    expect(broken("市西软件信息园")).toEqual(["市西软件信息园"]);
    expect(broken("上海精测半导体技术有限公司")).toEqual(["上海精测半导体", "技术有限公司"]);
    expect(broken("关于建设人工智能发展新高地打造徐汇高质量发展新引擎的实施办法")).toEqual(["关于建设人工智能发", "展新高地打造徐…"]);
    expect(broken("Shanghai Automotive Industry")).toEqual(["Shanghai Automotive", "Industry"]);
  });
  it("has its room by what matters most, and is moved aside where it is one of the first", () => {
    const scene = chain(3),
      look = lookOf(scene, usual, false);
    const frame = { x: Float64Array.of(100, 102, 104), y: Float64Array.of(100, 100, 100), sizes: [4, 4, 4], width: 300, height: 200 };
    const order = byImportance(scene, look, "degree");
    expect(order).toEqual([0, 1, 2]);
    const names = chosenNames(scene, order, frame, { font: 12, measure: (text) => 12 * text.length, taken: new Taken() });
    expect(names.map(({ node, lines }) => [node, ...lines])).toEqual([
      [0, "第0号"],
      [1, "第1号"],
      [2, "第2号"],
    ]);
  });
});

describe("a place under the pointer", () => {
  const scene = chain(2),
    what = { scene, look: lookOf(scene, usual, false), order: [], beside: besides(scene), lang: "zh" as const, hovered: -1 };
  const frame = { x: Float64Array.of(0, 200), y: Float64Array.of(50, 50), sizes: [5, 5], width: 200, height: 100 };
  it("is a thing within four pixels of its dot, else a tie within five, else nothing", () => {
    expect(under(what, frame, { x: 8, y: 50 })).toEqual({ node: 0, edge: -1 });
    expect(under(what, frame, { x: 100, y: 54 })).toEqual({ node: -1, edge: 0 });
    expect(under(what, frame, { x: 100, y: 56 })).toEqual({ node: -1, edge: -1 });
  });
});

describe("ties of one pair", () => {
  it("lie beside each other, whichever way they go", () => {
    const scene = chain(2);
    const two = sceneOf({
      ...scene,
      edges: { ...scene.edges, start: [0, 1], end: [1, 0], relation: [0, 0], sentences: [[], []], context: [0, 0] },
    });
    expect([...besides(two)]).toEqual([-0.5, -0.5]);
    expect([...besides(scene)]).toEqual([0]);
  });
});
