import { describe, expect, it } from "vitest";

import { findNames } from "../src/graph/find.js";
import { edgeNamed, FAINT, HIDDEN, lookOf, nameOfEdge, PLAIN, STRONG } from "../src/graph/look.js";
import { nodeLink } from "../src/graph/nodelink.js";
import { unrelated } from "../src/graph/filters.js";
import { joined, sceneOf, unpacked } from "../src/graph/scene.js";
import { freshState, hashOf, stateFrom } from "../src/graph/state.js";
import type { Columns, Sent, State } from "../src/graph/types";
import { nextTowards } from "../src/graph/keyboard.js";
import { nearby, pathBetween, within } from "../src/graph/walk.js";

/** 甲 works with 乙 (report of 2021), 乙 lies in 园 (report of 2022), 丁 stands alone in a table. */
function sent(): Sent {
  return {
    format: "kg-scene/1",
    size: "degree",
    documents: [
      { title: "2021年总结", day: "2021-12-31", place: "上海市青浦区" },
      { title: "2022年总结", day: "2022-12-31", place: "" },
      { title: "名单", day: "", place: "" },
    ],
    kinds: [
      { name: "Enterprise", zh: "企业", en: "enterprise", light: "#000001", dark: "#fffff1", event: false },
      { name: "Park", zh: "园区", en: "park", light: "#000002", dark: "#fffff2", event: false },
    ],
    relations: [
      { name: "cooperatesWith", zh: "合作", en: "cooperates with", symmetric: true },
      { name: "locatedIn", zh: "位于", en: "located in", symmetric: false },
    ],
    centralities: [{ name: "degree", zh: "度", en: "degree", tells: { zh: "", en: "" }, values: [1, 2, 1, 0] }],
    sentences: { text: ["甲与乙合作。", "乙在园。", "丁,企业"], document: [0, 1, 2], start: [10, 30, -35], length: [6, 4, -2], other: {} },
    nodes: {
      id: ["id:甲", "id:乙", "id:园", "id:丁"],
      name: ["甲", "乙公司", "园", "丁"],
      also: [[], ["小乙"], [], []],
      kind: [0, 0, 1, 0],
      x: [0, 100, 200, 0],
      y: [0, 0, 10, 300],
      community: [0, 0, 0, 1],
      sentences: [[0], [0, 1], [1], [2]],
    },
    edges: { start: [0, 1], end: [1, 2], relation: [0, 1], sentences: [[0], [1]], context: [0, 0] },
    facts: [
      [],
      [{ name: "altLabel", label: { zh: "别名", en: "Also called" }, text: { zh: "小乙", en: "小乙" }, nodes: [], sentences: [1] }],
      [],
      [],
    ],
  };
}
const scene = () => sceneOf(unpacked(sent()));
const usual = { ...freshState("zh", "degree"), alone: true };
const shown = (part: Partial<State>) => [...lookOf(scene(), { ...usual, ...part }, false).nodes];

describe("a scene", () => {
  it("tells where each sentence stands", () => {
    expect(unpacked(sent()).sentences.place).toEqual(["char=10,16", "char=40,44", "sheet=2&row=5"]);
  });
  it("of another format is refused", () => {
    expect(() => unpacked({ ...sent(), format: "other" as "kg-scene/1" })).toThrow("Not a scene: other");
  });
  it("knows on which days something is stated", () => {
    expect(scene().days).toEqual(["2021-12-31", "2022-12-31"]);
    expect(scene().nodeDays).toEqual([[0], [0, 1], [1], []]);
  });
  it("is walked in the order of the whole graph, whatever part of it came first", () => {
    const part = unpacked(sent());
    const edges = { start: [0, 0, 1, 2], end: [1, 2, 3, 3], relation: [0, 0, 1, 1], sentences: [[], [], [], []], context: [0, 0, 0, 0] };
    expect(pathBetween(sceneOf({ ...part, edges }), 0, 3)).toEqual([0, 2]);
    expect(pathBetween(sceneOf({ ...part, edges: { ...edges, place: [7, 3, 8, 9] } }), 0, 3)).toEqual([1, 3]);
  });
  it("joined keeps documents of one title and day apart where their districts differ", () => {
    const first = unpacked(sent()),
      second = unpacked(sent());
    second.documents = second.documents.map((one) => ({ ...one, place: "上海市宝山区" }));
    expect(joined(first, second).documents).toHaveLength(6);
  });
  it("joined with itself stays the same", () => {
    const once = unpacked(sent());
    expect(joined(once, unpacked(sent()))).toEqual(once);
  });
  it("grows by what is new, whatever its numbers are there", () => {
    const more = sent();
    more.kinds.reverse();
    more.nodes = {
      id: ["id:新", "id:甲"],
      name: ["新", "甲"],
      also: [["小新"], []],
      kind: [0, 1],
      x: [5, 0],
      y: [5, 0],
      community: [0, 0],
      sentences: [[2], []],
    };
    more.edges = { start: [0], end: [1], relation: [1], sentences: [[2]], context: [1] };
    more.centralities = [{ ...more.centralities[0]!, values: [7, 1] }];
    more.facts = [[], []];
    const all: Columns = joined(unpacked(sent()), unpacked(more));
    expect(all.nodes.id).toEqual(["id:甲", "id:乙", "id:园", "id:丁", "id:新"]);
    expect(findNames(sceneOf(all), "小新").map((one) => one.id)).toEqual(["id:新"]);
    expect(all.nodes.kind[4]).toBe(1); // a park, by this scene's numbers
    expect([all.edges.start[2], all.edges.end[2], all.edges.relation[2]]).toEqual([4, 0, 1]);
    expect(all.edges.context).toEqual([0, 0, 1]); // what was read from the context stays marked
    expect(all.centralities[0]?.values).toEqual([1, 2, 1, 0, 7]);
    expect(all.sentences.text).toHaveLength(3);
  });
});

describe("walking", () => {
  it("tells how many steps away things are", () => {
    expect([...within(scene(), 0, 5)]).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
  it("keeps to edges that may be walked", () => {
    expect(pathBetween(scene(), 0, 2)).toEqual([0, 1]);
    expect(pathBetween(scene(), 0, 2, (edge) => edge !== 1)).toBeNull();
  });
  it("names what the same report names nearby, but no row of a table", () => {
    const columns = sent();
    columns.sentences.document = [0, 0, 0];
    expect(nearby(sceneOf(unpacked(columns)), 0).map((one) => one.node)).toEqual([2]);
    expect(nearby(scene(), 3)).toEqual([]);
  });
});

describe("what is shown", () => {
  it("leaves out a class with its edges", () => {
    const look = lookOf(scene(), { ...usual, hidden: new Set(["Park"]) }, false);
    expect([...look.nodes]).toEqual([PLAIN, PLAIN, HIDDEN, PLAIN]);
    expect([...look.edges]).toEqual([PLAIN, HIDDEN]);
  });
  it("keeps to a period, and always shows what no dated report states", () => {
    expect(shown({ until: "2021-12-31" })).toEqual([PLAIN, PLAIN, HIDDEN, PLAIN]);
    expect(shown({ since: "2022-01-01" })).toEqual([HIDDEN, PLAIN, PLAIN, PLAIN]);
  });
  it("keeps to what is around a thing", () => {
    expect(shown({ focus: "id:甲", hops: 1 })).toEqual([PLAIN, PLAIN, HIDDEN, HIDDEN]);
  });
  it("brings out what is open, or the path", () => {
    expect(shown({ open: "id:甲" })).toEqual([STRONG, STRONG, FAINT, FAINT]);
    expect(shown({ from: "id:甲", to: "id:园" })).toEqual([STRONG, STRONG, STRONG, FAINT]);
    expect(shown({ open: "id:乙|locatedIn|id:园" })).toEqual([FAINT, STRONG, STRONG, FAINT]);
  });
  it("has colours of either theme, and areas that grow with the centrality", () => {
    expect(lookOf(scene(), usual, false).colours).toEqual(["#000001", "#000001", "#000002", "#000001"]);
    expect(lookOf(scene(), usual, true).colours[2]).toBe("#fffff2");
    expect([...lookOf(scene(), usual, false).sizes].map((one) => one.toFixed(1))).toEqual(["12.6", "16.0", "12.6", "4.5"]);
  });
  it("names an edge so that it is found again", () => {
    expect(nameOfEdge(scene(), 1)).toBe("id:乙|locatedIn|id:园");
    expect(edgeNamed(scene(), "id:乙|locatedIn|id:园")).toBe(1);
    expect(edgeNamed(scene(), "id:园|locatedIn|id:乙")).toBe(-1);
  });
});

describe("the address", () => {
  it("holds what is not usual, and brings it back", () => {
    const state: State = {
      ...usual,
      lang: "en",
      hidden: new Set(["Park", "Place"]),
      focus: "id:甲",
      hops: 3,
      relations: new Set(["locatedIn"]),
      bases: new Set(["inferred"]),
      place: "上海市青浦区",
      document: "2021年总结|2021-12-31",
      kind: "Park",
      relation: "locatedIn",
      alone: false,
      open: "id:乙|locatedIn|id:园",
      camera: [1.5, -2, 0.25],
    };
    expect(hashOf(usual, usual)).toBe("");
    expect(stateFrom(`#${hashOf(state, usual)}`, usual)).toEqual(state);
  });
  it("with nonsense gives what is usual", () => {
    expect(stateFrom("#lang=xx&hops=99&view=1,2&theme=<b>&table=all", usual)).toEqual(usual);
  });
});

describe("saving", () => {
  it("writes what is shown as node-link data with its sentences", () => {
    const data = nodeLink(scene(), lookOf(scene(), { ...usual, hidden: new Set(["Park"]) }, false), usual);
    expect(data.nodes.map((one) => one.id)).toEqual(["id:甲", "id:乙", "id:丁"]);
    expect(data.edges).toEqual([
      {
        source: "id:甲",
        target: "id:乙",
        context: false,
        basis: "stated",
        key: "cooperatesWith",
        relation: "cooperatesWith",
        sentences: [{ text: "甲与乙合作。", document: "2021年总结", place: "char=10,16" }],
      },
    ]);
  });
});

describe("a filter", () => {
  const told = (part: Partial<State>) => {
    const { nodes, edges } = lookOf(scene(), { ...usual, ...part }, false);
    return [[...nodes], [...edges]].map((all) => all.map((how) => (how === HIDDEN ? 0 : 1)));
  };
  it("keeps to what one document states", () => {
    expect(told({ document: "2022年总结|2022-12-31" })).toEqual([
      [0, 1, 1, 0],
      [0, 1],
    ]);
  });
  it("keeps to what the documents of a district state", () => {
    expect(told({ place: "上海市青浦区" })).toEqual([
      [1, 1, 0, 0],
      [1, 0],
    ]);
    expect(told({ place: "上海市青浦区", document: "2022年总结|2022-12-31" })).toEqual([
      [0, 0, 0, 0],
      [0, 0],
    ]);
  });
  it("hides a kind of relation, or what is not stated in words, and leaves its things", () => {
    expect(told({ relations: new Set(["locatedIn"]) })).toEqual([
      [1, 1, 1, 1],
      [1, 0],
    ]);
    expect(told({ bases: new Set(["context"]) })).toEqual([
      [1, 1, 1, 1],
      [1, 1],
    ]);
    expect(told({ bases: new Set(["stated"]) })).toEqual([
      [1, 1, 1, 1],
      [0, 0],
    ]);
  });
  it("keeps to one class, whatever is hidden, with its things that have no relation", () => {
    expect(told({ kind: "Enterprise", hidden: new Set(["Enterprise"]), alone: false })).toEqual([
      [1, 1, 0, 1],
      [1, 0],
    ]);
  });
  it("keeps to one kind of relation and what it joins", () => {
    expect(told({ relation: "locatedIn", relations: new Set(["locatedIn"]) })).toEqual([
      [0, 1, 1, 0],
      [0, 1],
    ]);
    expect(told({ relation: "locatedIn", kind: "Park" })).toEqual([
      [0, 0, 0, 0],
      [0, 0],
    ]);
  });
  it("leaves out things without a relation until they are asked for", () => {
    expect(unrelated(scene())).toEqual([3]);
    expect(told({ alone: false })[0]).toEqual([1, 1, 1, 0]);
  });
  it("does not take for alone what has its relations beyond the page", () => {
    const part = scene();
    part.centralities = [{ ...part.centralities[0]!, values: [1, 2, 1, 5] }];
    expect(unrelated(part)).toEqual([]);
  });
});

describe("arrow keys", () => {
  it("go to the next thing in their direction", () => {
    const look = lookOf(scene(), usual, false);
    expect(nextTowards(scene().nodes, look, 0, [1, 0])).toBe(1);
    expect(nextTowards(scene().nodes, look, 0, [0, 1])).toBe(3);
    expect(nextTowards(scene().nodes, look, 0, [-1, 0])).toBe(-1);
  });
});
