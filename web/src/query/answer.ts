/** An answer as the page shows it: compact IRIs, a list for the table, a CSV file. */

import type { Listed } from "../parts/table.js";
import type { Rows, Value } from "./types";

const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
type Prefixes = Record<string, string>;

/** A value in few characters: an IRI by its prefix, nothing where it is unbound. */
export function short(value: Value | undefined, prefixes: Prefixes): string {
  if (value?.type !== "uri") return value ? value.value : "";
  for (const [prefix, base] of Object.entries(prefixes)) {
    const rest = value.value.slice(base.length);
    if (value.value.startsWith(base) && /^[\p{L}\p{N}_.-]+$/u.test(rest)) return `${prefix}:${rest}`;
  }
  return value.value;
}

/** An answer for the table: rows in the order of the answer, until the reader sorts them. */
export function listOf({ names, rows }: Rows, prefixes: Prefixes, more: (count: number) => string): Listed {
  const numbers = rows.map((_, row) => row);
  const columns = names.map((name) => {
    const text = (row: number) => short(rows[row]?.[name], prefixes);
    const hint = (row: number) => (rows[row]?.[name]?.type === "uri" ? rows[row][name].value : "");
    const bound = rows.flatMap((row) => row[name] ?? []);
    const number = bound.length > 0 && bound.every(({ datatype }) => datatype !== undefined && NUMBER.test(datatype));
    return { title: name, text, hint, ...(number && { number, value: (row: number) => (text(row) ? Number(text(row)) : -Infinity) }) };
  });
  return { kind: names.join(" "), columns, rows: numbers, more };
}

/** An answer as CSV that spreadsheets read as UTF-8 and without formulas. */
export function csvOf({ names, rows }: Rows, prefixes: Prefixes): string {
  const safe = (text: string) => (FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);
  const lines = [names, ...rows.map((row) => names.map((name) => short(row[name], prefixes)))];
  return `\ufeff${lines.map((line) => line.map((text) => `"${safe(text).replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
}
