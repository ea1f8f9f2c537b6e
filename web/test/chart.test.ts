// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";

import { barChart, lineChart, ticksOf } from "../src/parts/chart.js";
import { trendFigure } from "../src/graph/trend.js";

const mark = (year: number, size: number | null, hollow = false) => ({
  at: Date.UTC(year, 11, 31),
  tick: `${year}-12`,
  size,
  text: size === null ? "" : String(size),
  hollow,
});

describe("a chart of lines", () => {
  it("has round numbers on its axis", () => {
    expect(ticksOf(0, 788)).toEqual([0, 500, 1000]);
    expect(ticksOf(0, 5.34)).toEqual([0, 2, 4, 6]);
    expect(ticksOf(-3, 4)).toEqual([-5, -2.5, 0, 2.5, 5]);
    expect(ticksOf(0, 0)).toEqual([0, 0.5]);
  });
  it("is broken where a value is withheld, which stands as XX on the axis", () => {
    const chart = lineChart("税收", [
      { name: "累计", marks: [mark(2020, 1), mark(2021, 2), mark(2022, null), mark(2023, 4), mark(2024, 5)] },
    ]);
    expect(chart.querySelector(".run")?.getAttribute("d")?.match(/[ML]/g)).toEqual(["M", "L", "M", "L"]);
    expect([...chart.querySelectorAll(".masked")].map((one) => one.textContent)).toEqual(["XX"]);
  });
  it("draws what is planned hollow and joins it to nothing", () => {
    const chart = lineChart("税收", [{ name: "累计", marks: [mark(2020, 1), mark(2021, 2), mark(2022, 3, true)] }]);
    expect(chart.querySelectorAll(".hollow").length).toBe(1);
    expect(chart.querySelector(".run")?.getAttribute("d")?.match(/[ML]/g)).toEqual(["M", "L"]);
  });
  it("tells runs apart by shape, and tells itself in words", () => {
    const chart = lineChart("税收：2020 1", [
      { name: "累计", marks: [mark(2020, 1)] },
      { name: "当期", marks: [mark(2020, 2)] },
    ]);
    expect([chart.getAttribute("role"), chart.getAttribute("aria-label")]).toEqual(["img", "税收：2020 1"]);
    expect([...chart.querySelectorAll(".mark > :first-child")].map((one) => one.tagName.toLowerCase())).toEqual(["circle", "polygon"]);
  });
  it("says which mark was chosen", () => {
    const chosen = vi.fn();
    const chart = lineChart("税收", [{ name: "累计", marks: [mark(2020, 1), mark(2021, 2)] }], { chosen });
    chart.querySelectorAll(".mark")[1]?.dispatchEvent(new Event("click"));
    expect(chosen).toHaveBeenCalledWith(0, 1);
  });
});

describe("a chart of bars", () => {
  it("is as long as its number, to either side of nothing, and its name is text", () => {
    const chart = barChart("家数", [
      { name: "<b>甲</b>", size: 10, text: "10" },
      { name: "乙", size: -5, text: "-5" },
    ]);
    const [long, half] = [...chart.querySelectorAll("rect")].map((one) => Number(one.getAttribute("width")));
    expect(long).toBeCloseTo(2 * Number(half), 1);
    expect(chart.querySelector("b")).toBeNull();
    expect(chart.querySelector(".name")?.textContent).toBe("<b>甲</b>");
  });
});

describe("figures over time in the panel", () => {
  const value = (end: string, size: number | null, sentences: number[]) => ({
    end,
    when: { zh: end, en: end },
    size,
    text: { zh: size === null ? "未披露" : `${size}亿元`, en: "" },
    planned: false,
    withheld: size === null,
    sentences,
  });
  const both = (text: string) => ({ zh: text, en: text });
  const fact = {
    ...{ name: "trend", label: both("税收"), text: both(""), nodes: [], sentences: [0, 1] },
    trend: {
      unit: "亿元",
      runs: [{ ...both("累计 全年"), kind: "cumulative", values: [value("2022-12-31", 2.5, [0]), value("2023-12-31", null, [1])] }],
    },
  };
  const quote = (sentence: number) => Object.assign(document.createElement("blockquote"), { textContent: `句${sentence}` });
  const marks: Record<string, string> = { colon: "：", semicolon: "；", full_stop: "。" };
  const drawn = () => trendFigure({ lang: "zh", word: (name: string) => marks[name] ?? name, quote }, fact, false);

  it("are told in words to who does not see them", () => {
    expect(drawn().querySelector("svg.chart")?.getAttribute("aria-label")).toBe(
      "税收 (亿元)。累计 全年：2022-12-31 2.5亿元；2023-12-31 未披露",
    );
  });
  it("open the sentence of a value from its row and from its mark", () => {
    const figure = drawn();
    document.body.replaceChildren(figure);
    const [first, second] = figure.querySelectorAll("button");
    first?.click();
    expect(figure.querySelector("tr:not([hidden]) blockquote")?.textContent).toBe("句0");
    first?.click();
    expect(figure.querySelector("tr:not([hidden]) blockquote")).toBeNull();
    figure.querySelectorAll(".mark")[1]?.dispatchEvent(new Event("click"));
    expect(figure.querySelector("tr:not([hidden]) blockquote")?.textContent).toBe("句1");
    expect([second?.getAttribute("aria-expanded"), figure.querySelector("details")?.open]).toEqual(["true", true]);
  });
});
