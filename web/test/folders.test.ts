/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import { grouped } from "../src/parts/rows.js";

const files: Record<string, string> = import.meta.glob("../src/**/*.{js,ts,css}", { query: "?raw", import: "default", eager: true });

/** Folders of `src` that code, a type or a style sheet of another folder comes from: who imports, what is imported. */
function imports(): string[] {
  const pairs = Object.entries(files).flatMap(([path, text]) => {
    const folder = path.split("/")[2];
    const named = [...text.matchAll(/(?:\bfrom|\bimport|@import)\s*\(?\s*"\.\.\/(\w+)\//g)];
    return named.map(([, other]) => `${folder} imports ${other}`);
  });
  return [...new Set(pairs)].sort();
}

describe("the folders of the pages", () => {
  it("stand on each other: what all share on nothing, the query page not on the graph", () => {
    expect(imports()).toEqual(["explorer imports graph", "explorer imports parts", "graph imports parts", "query imports parts"]);
  });
});

/** Modules by the name that they are called by. */
function called(): Map<string, string[]> {
  const modules = Object.keys(files).filter((path) => !path.endsWith(".css"));
  return grouped(modules, (path) => path.slice(path.lastIndexOf("/") + 1).replace(/(\.d)?\.\w+$/, ""));
}

describe("the modules of the pages", () => {
  it.each(Object.entries(files).filter(([path]) => !path.endsWith(".css")))("%s says first what is in it", (_, text) => {
    expect(text).toMatch(/^\/\*\*(?:(?!\*\/)[^@]){20,}\*\/\n\n/);
  });

  it("each have a name of their own, but for `types`", () => {
    expect([...called()].filter(([, paths]) => paths.length > 1).map(([name]) => name)).toEqual(["types"]);
  });
});
