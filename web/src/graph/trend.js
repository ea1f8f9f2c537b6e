/** The values of an indicator over time, as a chart with its table. */

/** @import { Fact, Trend, TrendValue } from "./types.js" */
/** @import { Lang } from "../parts/types.js" */
import { key, lineChart, short } from "../parts/chart.js";
import { filled, made } from "../parts/dom.js";
import { at } from "../parts/rows.js";

/**
 * What a drawing of figures over time needs of the panel.
 * @typedef {{ lang: Lang, word: (name: string) => string, quote: (sentence: number) => HTMLElement }} Telling
 */

/**
 * The values of an indicator over time: a chart, and a table with the sentence of each value. A click on a mark opens its sentence.
 * @param {Telling} telling
 * @param {Fact & { trend: Trend }} fact
 * @param {boolean} open whether the table is shown at once
 */
export function trendFigure(telling, { label, trend }, open) {
  const { lang, word } = telling;
  const title = trend.unit ? `${label[lang]} (${trend.unit})` : label[lang];
  const rows = trend.runs.map((run) => run.values.map((value) => valueRow(telling, value)));
  const chart = lineChart(
    toldOf(telling, title, trend),
    trend.runs.map((run) => ({ name: run[lang], marks: run.values.map(markOf) })),
    {
      chosen: (run, mark) => {
        details.open = true;
        at(at(rows, run), mark).open();
      },
    },
  );
  const details = made("details", { open }, made("summary", {}, word("values")), valueTable(telling, title, trend, rows));
  const values = trend.runs.flatMap((run) => run.values);
  return made(
    "figure",
    { class: "trend" },
    made("figcaption", {}, title),
    chart,
    made(
      "p",
      { class: "note" },
      ...trend.runs.map((run, number) => made("span", { class: "run-name" }, key(number), run[lang])),
      values.some((one) => one.withheld) ? made("span", {}, word("masked")) : null,
      values.some((one) => one.planned) ? made("span", {}, word("hollow")) : null,
    ),
    details,
  );
}

/**
 * The table of all values; the name of a run stands above its rows where there are several.
 * @param {Telling} telling
 * @param {string} title
 * @param {Trend} trend
 * @param {ReturnType<typeof valueRow>[][]} rows
 */
function valueTable({ lang, word }, title, { runs }, rows) {
  const heads = ["when", "figure", "evidence"].map((name) => made("th", { scope: "col" }, word(name)));
  const bodies = runs.map((run, number) => {
    const name = runs.length > 1 ? made("tr", {}, made("th", { scope: "rowgroup", colspan: 3 }, run[lang])) : null;
    return made("tbody", {}, name, ...at(rows, number).flatMap((row) => row.parts));
  });
  return made("table", { "aria-label": title }, made("thead", {}, made("tr", {}, ...heads)), ...bodies);
}

/**
 * A row of the table, and the one below it that holds its sentences once they are asked for.
 * @param {Telling} telling
 * @param {TrendValue} value
 */
function valueRow({ lang, word, quote }, value) {
  const cell = made("td", { colspan: 3 }),
    below = made("tr", { hidden: true }, cell);
  const toggle = () => {
    const wanted = below.hidden;
    if (wanted && !cell.childElementCount) cell.append(...value.sentences.map(quote));
    below.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
  };
  const [when, figure] = [value.when[lang], value.text[lang]];
  const button = made(
    "button",
    { type: "button", "aria-expanded": "false", "aria-label": filled(word("sentences_of"), { when, figure }), onclick: toggle },
    "❝",
  );
  return {
    parts: [made("tr", {}, made("td", {}, when), made("td", {}, figure), made("td", {}, value.sentences.length ? button : null)), below],
    open: () => {
      if (below.hidden) toggle();
      button.focus();
      below.scrollIntoView({ block: "nearest" });
    },
  };
}

/** @param {TrendValue} value */
function markOf({ end, size, planned }) {
  return {
    at: Date.parse(end),
    tick: end.slice(0, 7),
    size,
    text: size === null ? "" : short(Number(size.toPrecision(4))),
    hollow: planned,
  };
}

/**
 * A chart in words.
 * @param {Telling} telling
 * @param {string} title
 * @param {Trend} trend
 */
function toldOf({ lang, word }, title, { runs }) {
  const said = runs.map(
    (run) => run[lang] + word("colon") + run.values.map((one) => `${one.when[lang]} ${one.text[lang]}`).join(word("semicolon")),
  );
  return [title, ...said].join(word("full_stop"));
}
