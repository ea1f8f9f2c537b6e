// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { csvOf } from "../src/query/answer";
import { drawable } from "../src/query/charts";
import { isThing, leadsTo } from "../src/query/evidence";
import { keep, listed, remembered, withNew } from "../src/query/history";
import { placed } from "../src/parts/place.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value: string) => ({ type: "literal", value });
const number = (value: number) => ({ type: "literal", value: String(value), datatype: `${XSD}decimal` });
const PREFIXES = { id: "https://example.org/id/", doc: "https://example.org/doc/" };
const thing = { type: "uri", value: "https://example.org/id/海思" };

/** An answer of columns by name. */
function answer(columns: Record<string, (string | number)[]>) {
  const names = Object.keys(columns),
    rows = (columns[names[0] ?? ""] ?? []).map((_, row) =>
      Object.fromEntries(
        names.map((name) => {
          const value = columns[name]?.[row] ?? "";
          return [name, typeof value === "number" ? number(value) : text(value)];
        }),
      ),
    );
  return { names, rows };
}

describe("what can be drawn", () => {
  it("is a category and a number, in the order of the answer", () => {
    const found = drawable(answer({ name: ["甲", "乙"], n: [3, -1] }), {});
    expect(found?.lines).toBeNull();
    expect(found?.bars.map(({ name, size }) => [name, size])).toEqual([
      ["甲", 3],
      ["乙", -1],
    ]);
  });
  it("names bars by as many columns as tell them apart, never by a sentence", () => {
    const sentence = "一句长长的话".repeat(8);
    const found = drawable(answer({ of: ["甲", "甲"], indicator: ["税收", "营收"], sentence: [sentence, `${sentence}。`], n: [1, 2] }), {});
    expect(found?.bars.map((one) => one.name)).toEqual(["税收", "营收"]);
  });
  it("is a time and a number: the later of two columns of times", () => {
    const found = drawable(answer({ from: ["2022-01-01", "2023-01-01"], to: ["2022-12-31", "2023-12-31"], n: [1, 2] }), {});
    expect(found?.by).toEqual(["to"]);
    expect(found?.lines?.map((run) => run.marks.map((mark) => [mark.tick, mark.size]))).toEqual([
      [
        ["2022-12", 1],
        ["2023-12", 2],
      ],
    ]);
  });
  it("takes years for times where the column says so", () => {
    expect(drawable(answer({ year: [2022, 2023], n: [1, 2] }), {})?.by).toEqual(["year"]);
    expect(drawable(answer({ name: ["甲", "乙"], m: [2022, 2023] }), {})?.number).toBe("m");
  });
  it("draws bars where there are more lines than can be told apart", () => {
    const many = Array.from({ length: 10 }, (_, place) => `园${place % 5}`);
    const days = many.map((_, place) => (place < 5 ? "2022-12-31" : "2023-12-31"));
    const found = drawable(answer({ name: many, day: days, n: many.map((_, place) => place) }), {});
    expect([found?.lines, found?.bars.length, found?.by]).toEqual([null, 10, ["name", "day"]]);
  });
  it("is nothing without a number, or without what names it", () => {
    expect(drawable(answer({ name: ["甲"] }), {})).toBeNull();
    expect(drawable(answer({ n: [1, 2] }), {})).toBeNull();
    expect(drawable({ names: ["n"], rows: [] }, {})).toBeNull();
  });
});

describe("a cell leads to its sentences", () => {
  it("where it is a thing, a passage, or the name of a thing", () => {
    const passage = { type: "uri", value: "https://example.org/doc/a#char=1,2" };
    expect(leadsTo(thing, new Map(), PREFIXES)).toEqual([thing.value]);
    expect(leadsTo(passage, new Map(), PREFIXES)).toEqual([passage.value]);
    expect(leadsTo(text("海思"), new Map([["海思", [thing.value]]]), PREFIXES)).toEqual([thing.value]);
    expect(leadsTo(text("别的"), new Map(), PREFIXES)).toEqual([]);
    expect(leadsTo({ type: "uri", value: "http://www.w3.org/2002/07/owl#Thing" }, new Map(), PREFIXES)).toEqual([]);
  });
  it("and never where it could end what is asked", () => {
    expect(leadsTo({ type: "uri", value: "https://example.org/id/x> } #" }, new Map(), PREFIXES)).toEqual([]);
    expect(isThing(text("https://example.org/id/海思"), PREFIXES)).toBe(false);
  });
});

describe("what was asked", () => {
  const entry = (words: string, question = "", names: Record<string, string> = {}) => ({ text: words, question, names });
  beforeEach(() => localStorage.clear());
  it("stands once, the newest first, and fifty at most", () => {
    let entries = [entry("a")];
    for (const words of ["b", "a ", "c"]) entries = withNew(entries, entry(words));
    expect(entries.map((one) => one.text)).toEqual(["c", "a ", "b"]);
    for (let place = 0; place < 60; place++) entries = withNew(entries, entry(`q${place}`));
    expect([entries.length, entries[0]?.text, entries.at(-1)?.text]).toEqual([50, "q59", "q10"]);
  });
  it("is another question with another name in it", () => {
    expect(withNew([entry("a", "q", { thing: "甲" })], entry("a", "q", { thing: "乙" }))).toHaveLength(2);
  });
  it("is kept until it is cleared, and what others left in its place is not read", () => {
    keep([entry("a", "q", { thing: "甲" })]);
    expect(remembered()).toEqual([entry("a", "q", { thing: "甲" })]);
    keep([]);
    expect(localStorage.length).toBe(0);
    for (const left of ["{", "7", '[{"text":1,"question":"","names":{}},null,"x"]']) {
      localStorage.setItem("kg-query-history", left);
      expect(remembered()).toEqual([]);
    }
  });
  it("is text, whatever it holds", () => {
    const again = vi.fn();
    const [row] = listed([entry("<img src=x>", "", { thing: "<b>甲</b>" })], () => "", again);
    expect(row?.querySelector("img")).toBeNull();
    expect(row?.textContent).toBe("<b>甲</b><img src=x>");
    row?.querySelector("button")?.click();
    expect(again).toHaveBeenCalledOnce();
  });
});

describe("a CSV file", () => {
  it("holds no formula behind what cannot be seen, nor in another width", () => {
    const cells = ["\u200b=1", "＝1", " |x", "-5", "a=b"];
    expect(
      csvOf(answer({ a: cells }), {})
        .split("\r\n")
        .slice(1, 6),
    ).toEqual(['"\'\u200b=1"', '"\'＝1"', '"\' |x"', '"-5"', '"a=b"']);
  });
});

describe("a place in words", () => {
  it("is of characters, of a row, or of a row of a sheet", () => {
    const word = (name: string) => ({ characters: "第{start}–{end}字", row: "第{row}行", sheet_row: "第{sheet}表第{row}行" })[name] ?? name;
    expect(["char=6,8", "row=5", "sheet=2&row=5", "page=1"].map((place) => placed(word, place))).toEqual([
      "第6–8字",
      "第5行",
      "第2表第5行",
      "page=1",
    ]);
  });
});
