import { describe, expect, it } from "vitest";

import { GrowingAnswer } from "../src/explorer/growing";
import { chosenIn, questionOf } from "../src/explorer/selection";
import { lookOf } from "../src/graph/look.js";
import { sceneOf, unpacked } from "../src/graph/scene.js";
import { freshState } from "../src/graph/state.js";
import type { Sent, Source } from "../src/graph/types";

/** Things in a row, each tied to the next. */
function row(names: string[], x: number[]): Sent {
  const none = names.map(() => []);
  const ties = names.slice(1).map((_, i) => i);
  return {
    format: "kg-scene/1",
    size: "degree",
    documents: [],
    kinds: [{ name: "Park", zh: "园区", en: "park", light: "#000001", dark: "#fffff1", event: false }],
    relations: [{ name: "locatedIn", zh: "位于", en: "located in", symmetric: false }],
    centralities: [{ name: "degree", zh: "度", en: "degree", tells: { zh: "", en: "" }, values: names.map(() => 1) }],
    sentences: { text: [], document: [], start: [], length: [], other: {} },
    nodes: {
      id: names,
      name: names,
      also: none,
      kind: names.map(() => 0),
      x,
      y: x.map(() => 0),
      community: x.map(() => 0),
      sentences: none,
    },
    edges: {
      start: ties,
      end: ties.map((one) => one + 1),
      relation: ties.map(() => 0),
      sentences: ties.map(() => []),
      context: ties.map(() => 0),
    },
    facts: null,
  };
}

describe("the answer to a question as a picture", () => {
  it("keeps its things where they are, and has what comes later stand beside a neighbour", async () => {
    const service = { around: () => Promise.resolve(row(["id:甲", "id:乙", "id:丙"], [9000, 9100, 9200])) } as unknown as Required<Source>;
    const more = await new GrowingAnswer(service, row(["id:甲"], [7])).around("id:甲", 2, {});
    expect([more.nodes.x[0], more.nodes.y[0]]).toEqual([7, 0]);
    const far = (a: number, b: number) =>
      Math.hypot((more.nodes.x[a] ?? 0) - (more.nodes.x[b] ?? 0), (more.nodes.y[a] ?? 0) - (more.nodes.y[b] ?? 0));
    expect(far(0, 1)).toBeGreaterThan(50);
    expect(far(0, 1)).toBeLessThan(150);
    expect(far(1, 2)).toBeLessThan(150);
  });
});

describe("a selection", () => {
  const scene = sceneOf(unpacked(row(["id:甲", "id:乙", "id:丙", "id:丁"], [0, 1, 2, 3])));
  const chosen = (part: object) => {
    const state = { ...freshState("zh", "degree"), ...part };
    return chosenIn(scene, state, lookOf(scene, state, false));
  };
  it("is what is open with its neighbours, or what a focus leaves, or nothing", () => {
    expect(chosen({ open: "id:丙" })).toEqual(["id:丙", "id:乙", "id:丁"]);
    expect(chosen({ focus: "id:甲" })).toEqual(["id:甲", "id:乙"]);
    expect(chosen({})).toEqual([]);
  });
  it("is asked by whole IRIs, and never by what could end one", () => {
    const query = questionOf(["id:甲", "https://example.org/b", "id:x> . } DROP ALL #"]);
    expect(query).toContain("<https://w3id.org/innovation-kg/id/甲>\n    <https://example.org/b>\n");
    expect(query).not.toContain("DROP");
  });
});
