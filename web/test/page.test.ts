// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";

import { completes } from "../src/parts/combo.js";
import { filled, made } from "../src/parts/dom.js";
import { packedScene } from "../src/explorer/packed";
import { GraphService } from "../src/explorer/service";
import { SidePanel } from "../src/graph/sidepanel.js";
import { LoadedGraph } from "../src/graph/loaded.js";
import { overlap, Taken } from "../src/graph/labels";
import { sceneOf } from "../src/graph/scene.js";
import { freshState, stateFrom } from "../src/graph/state.js";

describe("elements", () => {
  it("take text as text", () => {
    const row = made("li", { title: '"><b>' }, "<img src=x onerror=alert(1)>");
    expect(row.children).toHaveLength(0);
    expect(row.textContent).toBe("<img src=x onerror=alert(1)>");
  });
  it("fill in what a text asks for, and nothing else", () => {
    expect(filled("{name}及其{hops}步", { name: "{hops}", hops: 2 })).toBe("{hops}及其2步");
    expect(filled("{unknown}", {})).toBe("{unknown}");
  });
});

describe("a field that completes", () => {
  const start = (names: string[]) => {
    const input = document.createElement("input");
    input.id = "field";
    document.body.replaceChildren(input);
    const chosen = vi.fn(),
      none = vi.fn();
    completes(input, {
      find: (asked) => names.filter((name) => name.includes(asked)).map((name) => ({ id: name, name, kind: "" })),
      label: () => "企业",
      chosen,
      none,
    });
    const press = async (key: string) => {
      input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await Promise.resolve();
      await Promise.resolve();
    };
    const type = async (text: string) => {
      input.value = text;
      input.dispatchEvent(new Event("input"));
      await Promise.resolve();
      await Promise.resolve();
    };
    return { input, chosen, none, press, type };
  };
  it("is chosen from with the arrows and Enter", async () => {
    const { input, chosen, press, type } = start(["甲公司", "甲园"]);
    await type("甲");
    expect(input.getAttribute("aria-expanded")).toBe("true");
    await press("ArrowUp");
    expect(input.getAttribute("aria-activedescendant")).toBe("field-names-1");
    await press("ArrowDown");
    expect(input.getAttribute("aria-activedescendant")).toBe("field-names-0");
    await press("Enter");
    expect(chosen).toHaveBeenCalledWith({ id: "甲公司", name: "甲公司", kind: "" });
    expect(input.getAttribute("aria-expanded")).toBe("false");
  });
  it("says when there is no such name", async () => {
    const { none, press, type } = start(["甲"]);
    await type("丙");
    await press("Enter");
    expect(none).toHaveBeenCalledWith("丙");
  });
});

describe("labels", () => {
  it("take their room once", () => {
    const taken = new Taken();
    expect(taken.take({ left: 0, top: 0, right: 300, bottom: 15 })).toBe(true);
    expect(taken.take({ left: 290, top: 10, right: 400, bottom: 25 })).toBe(false);
    expect(taken.take({ left: 300, top: 0, right: 400, bottom: 15 })).toBe(true);
    taken.clear();
    expect(taken.take({ left: 290, top: 10, right: 400, bottom: 25 })).toBe(true);
  });
  it("that only touch do not overlap", () => {
    expect(overlap({ left: 0, top: 0, right: 1, bottom: 1 }, { left: 1, top: 0, right: 2, bottom: 1 })).toBe(false);
  });
});

describe("a packed scene", () => {
  it("is unpacked from gzip in base64", async () => {
    const packed = new Blob(['{"format":"kg-scene/1"}']).stream().pipeThrough(new CompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    expect(await packedScene(btoa(String.fromCharCode(...bytes)))).toEqual({ format: "kg-scene/1" });
  });
});

describe("the service", () => {
  it("is asked with names encoded, and its refusals are told", async () => {
    const asked = vi.fn(async (address: URL) =>
      address.pathname.endsWith("around") ? new Response("There is no 'id:x' in the graph.\n", { status: 404 }) : new Response("[]"),
    );
    vi.stubGlobal("fetch", asked);
    const service = new GraphService("http://127.0.0.1:8000");
    expect(await service.find("甲&乙=#")).toEqual([]);
    expect(String(asked.mock.calls[0]?.[0])).toBe("http://127.0.0.1:8000/api/explore/find?name=%E7%94%B2%26%E4%B9%99%3D%23");
    await expect(service.around("id:x", 1, {})).rejects.toThrow("There is no 'id:x' in the graph.");
    expect(await service.find(" ")).toEqual([]);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

describe("the panel", () => {
  it("tells of another path as soon as a relation of this one is hidden", () => {
    document.body.innerHTML = '<aside id="panel"><div id="detail"></div></aside>';
    const named = (name: string) => ({ name, zh: name, en: name });
    const none = [0, 0, 0];
    const lists = [[], [], []];
    const scene = sceneOf({
      format: "kg-scene/1",
      size: "degree",
      documents: [],
      kinds: [{ ...named("Park"), light: "#000000", dark: "#ffffff", event: false }],
      relations: ["locatedIn", "fundedBy"].map((name) => ({ ...named(name), symmetric: false })),
      centralities: [],
      sentences: { text: [], document: [], place: [] },
      nodes: {
        id: ["甲", "乙", "丙"],
        name: ["甲", "乙", "丙"],
        also: lists,
        kind: none,
        x: none,
        y: none,
        community: none,
        sentences: lists,
      },
      edges: { start: [0, 0, 1], end: [2, 1, 2], relation: [0, 1, 1], sentences: lists, context: none },
      facts: null,
    });
    const panel = new SidePanel();
    const steps = (relations: string[]) => {
      const state = { ...freshState("zh", "degree"), from: "甲", to: "丙", relations: new Set(relations) };
      const room = { scene, state, dark: false, word: (name: string) => name, open: vi.fn(), change: vi.fn(), show: vi.fn() };
      panel.show(room, () => []);
      return document.querySelectorAll("#detail .steps > li").length;
    };
    expect([steps([]), steps(["locatedIn"]), steps(["fundedBy"])]).toEqual([1, 2, 1]);
  });
});

describe("what a page asks the service", () => {
  const empty = {
    ...{ format: "kg-scene/1", size: "degree", documents: [], kinds: [], relations: [], centralities: [] },
    sentences: { text: [], document: [], start: [], length: [], other: {} },
    nodes: { id: [], name: [], also: [], kind: [], x: [], y: [], community: [], sentences: [] },
    edges: { start: [], end: [], relation: [], weight: [], context: [], sentences: [], place: [] },
  };
  it("goes with what the reader has filtered", async () => {
    const around = vi.fn(() => Promise.resolve(empty)),
      between = vi.fn(() => Promise.resolve(empty));
    const loaded = new LoadedGraph({ scene: empty, source: { around, between } } as never, vi.fn());
    const address = "focus=id:a&hops=2&from=id:a&to=id:b&hide=Park&nor=inferred&since=2023-01-01";
    await loaded.widen(stateFrom(address, freshState("zh", "degree")));
    const filters = { hide: "Park", nor: "inferred", since: "2023-01-01" };
    expect(around).toHaveBeenCalledExactlyOnceWith("id:a", 2, filters);
    expect(between).toHaveBeenCalledExactlyOnceWith("id:a", "id:b", filters);
    expect(loaded.asks).toBe(true);
  });
  it("is nothing where the page is a file", () => {
    expect(new LoadedGraph({ scene: empty, source: {} } as never, vi.fn()).asks).toBe(false);
  });
});
