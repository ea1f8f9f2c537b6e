/** The page answers as the service does: `tests/view/test_atlas.py` reads the same table. */
import { describe, expect, it } from "vitest";

import table from "../../tests/view/asked_of_scenes.json";
import { findNames } from "../src/graph/find.js";
import { sceneOf } from "../src/graph/scene.js";
import type { Scene } from "../src/graph/types";
import { sieve } from "../src/graph/filters.js";
import { freshState, stateFrom } from "../src/graph/state.js";
import { nodesOn, pathBetween, within } from "../src/graph/walk.js";

interface Told {
  things: string[][];
  ties: string[][];
  documents?: string[][];
  kinds?: string[];
  relations?: string[];
  kind?: number[];
  relation?: number[];
  context?: number[];
  /** Documents that name each thing, and that state each tie. */
  named?: number[][];
  told?: number[][];
}
interface Filtered {
  filters?: Record<string, string>;
}

/** What a page that is opened with these filters in its address lets through. */
const open = (held: Scene, { filters }: Filtered) =>
  sieve(held, stateFrom(new URLSearchParams(filters).toString(), freshState("zh", "degree"))).edge;

/** A scene of the table: its things by name, its ties by the names of their ends. */
function scene(name: string): Scene {
  const scenes: Record<string, Told> = table.scenes;
  const { things, ties, ...told } = scenes[name]!;
  const documents = told.documents ?? [],
    said = [...documents.keys(), -1]; // a sentence of each document, and one of none, which is the last
  const sentences = (of: number[][] | undefined, rows: string[][]) =>
    of ? of.map((one) => one.map((document) => said.indexOf(document))) : rows.map(() => []);
  const named = (of: string) => ({ name: of, zh: of, en: of });
  const names = things.map(([own]) => own!);
  const none = names.map(() => 0);
  const end = (side: 0 | 1) => ties.map((tie: string[]) => names.indexOf(tie[side]!));
  return sceneOf({
    format: "kg-scene/1",
    size: "degree",
    documents: documents.map(([title, day, place]) => ({ title: title!, day: day!, place: place! })),
    kinds: (told.kinds ?? ["Park"]).map((one) => ({ ...named(one), light: "#000000", dark: "#ffffff", event: false })),
    relations: (told.relations ?? ["locatedIn"]).map((one) => ({ ...named(one), symmetric: false })),
    centralities: [{ name: "degree", zh: "度", en: "degree", tells: { zh: "", en: "" }, values: none }],
    sentences: { text: said.map(String), document: said, place: said.map(() => "row=1") },
    nodes: {
      id: names,
      name: names,
      also: things.map(([, ...also]) => also),
      kind: told.kind ?? none,
      x: none,
      y: none,
      community: none,
      sentences: sentences(told.named, things),
    },
    edges: {
      start: end(0),
      end: end(1),
      relation: told.relation ?? ties.map(() => 0),
      sentences: sentences(told.told, ties),
      context: told.context ?? ties.map(() => 0),
    },
    facts: null,
  });
}

describe("names are found in this order", () => {
  it.each(table.found)("$says", ({ in: name, asked, comes }) => {
    expect(findNames(scene(name), asked).map((one) => one.name)).toEqual(comes);
  });
});

describe("a shortest path leads over these things", () => {
  it.each(table.paths)("$says", ({ in: name, from, to, comes, ...filtered }) => {
    const held = scene(name),
      start = held.number.get(from)!;
    const path = pathBetween(held, start, held.number.get(to)!, open(held, filtered as Filtered));
    expect(path && nodesOn(held, start, path).map((node) => held.nodes.name[node])).toEqual(comes);
  });
});

describe("around a thing lie these", () => {
  it.each(table.around)("$says", ({ in: name, of, hops, comes, ...filtered }) => {
    const held = scene(name);
    const found = [...within(held, held.number.get(of)!, hops, open(held, filtered as Filtered)).keys()].map(
      (node) => held.nodes.name[node],
    );
    expect(found.sort()).toEqual([...comes].sort());
  });
});
