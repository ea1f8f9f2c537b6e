/** The page answers as the service does: `tests/view/test_atlas.py` reads the same table. */
import { describe, expect, it } from "vitest";

import table from "../../tests/view/asked_of_scenes.json";
import { findNames } from "../src/graph/find.js";
import { sceneOf } from "../src/graph/scene.js";
import type { Scene } from "../src/graph/types";
import { nodesOn, pathBetween, within } from "../src/graph/walk.js";

/** A scene of the table: its things by name, its ties by the names of their ends. */
function scene(name: string): Scene {
  const { things, ties } = table.scenes[name as keyof typeof table.scenes];
  const names = things.map(([own]) => own!);
  const none = names.map(() => 0);
  const end = (side: 0 | 1) => ties.map((tie: string[]) => names.indexOf(tie[side]!));
  return sceneOf({
    format: "kg-scene/1",
    size: "degree",
    documents: [],
    kinds: [{ name: "Park", zh: "园区", en: "park", light: "#000000", dark: "#ffffff", event: false }],
    relations: [{ name: "locatedIn", zh: "位于", en: "located in", symmetric: false }],
    centralities: [{ name: "degree", zh: "度", en: "degree", tells: { zh: "", en: "" }, values: none }],
    sentences: { text: [], document: [], place: [] },
    nodes: {
      id: names,
      name: names,
      also: things.map(([, ...also]) => also),
      kind: none,
      x: none,
      y: none,
      community: none,
      sentences: names.map(() => []),
    },
    edges: { start: end(0), end: end(1), relation: ties.map(() => 0), sentences: ties.map(() => []), context: ties.map(() => 0) },
    facts: null,
  });
}

describe("names are found in this order", () => {
  it.each(table.found)("$says", ({ in: name, asked, comes }) => {
    expect(findNames(scene(name), asked).map((one) => one.name)).toEqual(comes);
  });
});

describe("a shortest path leads over these things", () => {
  it.each(table.paths)("$says", ({ in: name, from, to, comes }) => {
    const held = scene(name),
      start = held.number.get(from)!;
    const path = pathBetween(held, start, held.number.get(to)!);
    expect(path && nodesOn(held, start, path).map((node) => held.nodes.name[node])).toEqual(comes);
  });
});

describe("around a thing lie these", () => {
  it.each(table.around)("$says", ({ in: name, of, hops, comes }) => {
    const held = scene(name);
    const found = [...within(held, held.number.get(of)!, hops).keys()].map((node) => held.nodes.name[node]);
    expect(found.sort()).toEqual([...comes].sort());
  });
});
