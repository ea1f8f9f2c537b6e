import { describe, expect, it, vi } from "vitest";

import { at, grouped } from "../src/parts/rows.js";
import { Store } from "../src/parts/store.js";
import { csvOf, listOf, short } from "../src/query/answer";
import { matches, termsIn } from "../src/query/completion";

const PARK = { term: "ino:Park", kind: "class", zh: "园区", en: "park" };
const PARTNER = { term: "ino:partner", kind: "property", zh: "伙伴", en: "partner" };
const LABEL = { term: "rdfs:label", kind: "property", zh: "", en: "" };
const PREFIXES = { id: "https://example.org/id/" };
const uri = (value: string) => ({ type: "uri", value });

describe("completing a term", () => {
  const found = (text: string) => matches([LABEL, PARTNER, PARK], text).map((one) => one.term);
  it("takes a prefix, a local name, or a label in either language", () => {
    expect(found("ino:")).toEqual(["ino:Park", "ino:partner"]);
    expect(found("par")).toEqual(["ino:Park", "ino:partner"]);
    expect(found("园区")).toEqual(["ino:Park"]);
    expect(found("abel")).toEqual(["rdfs:label"]);
  });
  it("is quiet for one character, a number, and what is whole", () => {
    expect(found("p")).toEqual([]);
    expect(found("12")).toEqual([]);
    expect(found("ino:Park")).toEqual([]);
  });
  it("knows terms of other vocabularies once a question uses them", () => {
    expect(termsIn(["?x rdfs:label ?y ; skos:altLabel ?z", "?x rdfs:label ?y"]).map((one) => one.term)).toEqual([
      "rdfs:label",
      "skos:altLabel",
    ]);
  });
});

describe("an answer", () => {
  const number = { type: "literal", value: "10", datatype: "http://www.w3.org/2001/XMLSchema#integer" };
  const rows = [{ a: uri("https://example.org/id/海思"), n: number }, { a: { type: "literal", value: '=1+"1"' } }];
  it("shows IRIs by their prefixes, others whole", () => {
    expect(short(uri("https://example.org/id/海思"), PREFIXES)).toBe("id:海思");
    expect(short(uri("https://example.org/id/a/b"), PREFIXES)).toBe("https://example.org/id/a/b");
    expect(short(undefined, PREFIXES)).toBe("");
  });
  it("becomes CSV without formulas", () => {
    expect(csvOf({ names: ["a", "n"], rows }, PREFIXES)).toBe('\ufeff"a","n"\r\n"id:海思","10"\r\n"\'=1+""1""",""\r\n');
  });
  it("becomes columns, of numbers where all that is bound is one", () => {
    const { columns } = listOf({ names: ["a", "n"], rows }, PREFIXES, String);
    expect(columns.map((one) => Boolean(one.number))).toEqual([false, true]);
    expect([0, 1].map((row) => columns[1]?.value?.(row))).toEqual([10, -Infinity]);
    expect(columns[0]?.hint?.(0)).toBe("https://example.org/id/海思");
  });
});

describe("what the reader has chosen", () => {
  it("is changed by the store alone, which tells what it was", () => {
    const store = new Store({ lang: "zh", open: "甲" }),
      heard = vi.fn();
    store.listen(heard);
    store.change({ open: "乙" });
    expect(store.now).toEqual({ lang: "zh", open: "乙" });
    expect(heard).toHaveBeenCalledWith({ lang: "zh", open: "乙" }, { lang: "zh", open: "甲" });
    expect(() => Object.assign(store.now, { open: "丙" })).toThrow(TypeError);
  });
});

describe("rows", () => {
  it("that are not there are a fault, not an empty text", () => {
    expect(at(["甲", ""], 1)).toBe("");
    expect(() => at(["甲"], 1)).toThrow("There is no row 1 among 1.");
    expect(() => at(["甲"], -1)).toThrow(RangeError);
  });
  it("are put together by what they share, in the order of the first", () => {
    expect([...grouped(["乙1", "甲1", "乙2"], (one) => one.slice(0, 1))]).toEqual([
      ["乙", ["乙1", "乙2"]],
      ["甲", ["甲1"]],
    ]);
  });
});
