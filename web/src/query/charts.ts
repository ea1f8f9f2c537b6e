/** Whether an answer can be drawn, and how: numbers of a category as bars, numbers of a time as lines. */

import { barChart, key, lineChart, short as few, type Run } from "../parts/chart.js";
import { made } from "../parts/dom.js";
import { at } from "../parts/rows.js";
import { isNumber, short } from "./answer";
import type { Rows } from "./types";

/** Bars that are drawn, and lines that are told apart. */
const BARS = 40;
const LINES = 4;
/** Columns that name a bar. */
const COLUMNS = 3;
/** Characters above which a text is a sentence and no category, on average. */
const LONG = 30;
const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:Z|[+-]\d{2}:\d{2})?$/;

export interface Drawable {
  /** Columns of numbers, one of which is drawn. */
  numbers: string[];
  number: string;
  by: string[];
  lines: Run[] | null;
  bars: { name: string; size: number; text: string; row: number }[];
}
export interface Told {
  word: (name: string, values?: Record<string, string | number>) => string;
  choose: (number: string) => void;
}

/** What of an answer can be drawn; null where no column is of numbers, or nothing names them. */
export function drawable(rows: Rows, prefixes: Record<string, string>, wanted = ""): Drawable | null {
  const columns = rows.names.map((name) => ({ name, texts: rows.rows.map((row) => short(row[name], prefixes)) }));
  const times = columns.filter((column) => isTime(rows, column));
  const time = latest(times);
  const numbers = rows.names.filter((name) => isNumber(rows, name) && !times.some((one) => one.name === name));
  const number = numbers.includes(wanted) ? wanted : numbers[0];
  if (number === undefined) return null;
  const named = columns.filter((one) => !times.includes(one) && !numbers.includes(one.name) && isCategory(one.texts));
  const sizes = rows.rows.map((row) => (row[number] ? Number(row[number].value) : NaN));
  const drawn = sizes.flatMap((size, row) => (Number.isFinite(size) ? [row] : []));
  if (!drawn.length) return null;
  const lines = time && linesOf(time.texts, named, sizes, drawn);
  if (lines) return { numbers, number, by: [time.name], lines, bars: [] };
  const by = telling(named, time, drawn);
  if (!by.length) return null;
  const bars = drawn.map((row) => ({ name: labelOf(by, row), size: at(sizes, row), text: few(at(sizes, row)), row }));
  return { numbers, number, by: by.map((one) => one.name), lines: null, bars };
}

/** The chart, with a field to choose the numbers where there are several, and a line where not all is drawn. */
export function chartOf({ numbers, number, by, lines, bars }: Drawable, { word, choose }: Told): HTMLElement {
  const title = word("chart_title", { by: by.join(" · "), number });
  const colon = word("colon");
  const told = lines
    ? lines.map((run) => `${run.name}${run.name && colon}${run.marks.map((mark) => `${mark.tick} ${mark.text}`).join(word("comma"))}`)
    : [
        bars
          .slice(0, BARS)
          .map((bar) => `${bar.name} ${bar.text}`)
          .join(word("comma")),
      ];
  const label = [title, ...told].join(word("semicolon"));
  return made(
    "figure",
    { class: "drawn" },
    made("figcaption", {}, title),
    numbers.length > 1 ? numberField(numbers, number, word, choose) : null,
    lines ? lineChart(label, lines, { wide: true }) : barChart(label, bars.slice(0, BARS)),
    lines && lines.length > 1
      ? made("p", { class: "note" }, ...lines.map((run, place) => made("span", { class: "run-name" }, key(place), run.name)))
      : null,
    bars.length > BARS ? made("p", { class: "note" }, word("chart_first", { shown: BARS, count: bars.length })) : null,
  );
}

function numberField(numbers: string[], number: string, word: Told["word"], choose: Told["choose"]): HTMLElement {
  const select = made("select", { id: "chart-number" }, ...numbers.map((name) => made("option", { value: name }, name)));
  select.value = number;
  select.addEventListener("change", () => choose(select.value));
  return made("div", { class: "field" }, made("label", { for: select.id }, word("chart_number")), select);
}

interface Column {
  name: string;
  texts: string[];
}

/** Whether a column is of times, which are different ones. */
function isTime(rows: Rows, column: Column): boolean {
  const bound = column.texts.filter(Boolean);
  const dated = bound.every((text) => DAY.test(text)) && (!isNumber(rows, column.name) || isYears(column));
  return dated && new Set(bound).size > 1;
}

/** The column with most times, of equal ones the last (`from`, `to`). */
function latest(times: Column[]): Column | undefined {
  const many = ({ texts }: Column) => new Set(texts).size;
  return [...times].sort((a, b) => many(a) - many(b)).at(-1);
}

/** Whether whole numbers are years, by the name of their column. */
function isYears({ name, texts }: Column): boolean {
  return /year|年/i.test(name) && texts.every((text) => !text || /^(19|20)\d\d$/.test(text));
}

function isCategory(texts: string[]): boolean {
  const bound = texts.filter(Boolean);
  return bound.length > 0 && bound.reduce((sum, text) => sum + text.length, 0) / bound.length <= LONG;
}

/** A line for each category; null where there are more than can be told apart. */
function linesOf(times: string[], named: Column[], sizes: number[], drawn: number[]): Run[] | null {
  const differing = named.filter(({ texts }) => new Set(drawn.map((row) => texts[row])).size > 1);
  const runs = new Map<string, Run>();
  for (const row of drawn) {
    const [, year, month = "12", day] = DAY.exec(at(times, row)) ?? [];
    if (year === undefined) continue;
    const name = labelOf(differing, row);
    const run = runs.get(name) ?? { name, marks: [] };
    const when = Date.UTC(Number(year), Number(month) - (day ? 1 : 0), Number(day ?? 0));
    run.marks.push({ at: when, tick: at(times, row).slice(0, 7), size: at(sizes, row), text: few(at(sizes, row)) });
    runs.set(name, run);
  }
  const found = [...runs.values()];
  for (const run of found) run.marks.sort((a, b) => a.at - b.at);
  const long = found.some((run) => run.marks.length > 1);
  return long && found.length <= LINES ? found : null;
}

/** Columns that name a row: the first two that differ between rows, the time, then others; as many as tell rows apart, and three at most. */
function telling(named: Column[], time: Column | undefined, drawn: number[]): Column[] {
  const readable = [...named].sort((a, b) => Number(isIri(a)) - Number(isIri(b)));
  const many = (by: Column[]) => new Set(drawn.map((row) => labelOf(by, row))).size;
  const differing = readable.filter((column) => many([column]) > 1);
  const usual = differing.length ? differing : readable.slice(0, 1);
  const kept: Column[] = [];
  for (const column of [...usual.slice(0, 2), ...(time ? [time] : []), ...usual.slice(2)])
    if (kept.length < COLUMNS && many(kept) < drawn.length) kept.push(column);
  return kept.length ? kept : usual;
}

function isIri({ texts }: Column): boolean {
  return texts.some((text) => /^[\w-]+:/.test(text));
}

function labelOf(columns: Column[], row: number): string {
  return columns
    .map(({ texts }) => at(texts, row))
    .filter(Boolean)
    .join(" · ");
}
