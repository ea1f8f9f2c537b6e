/** An answer as the page shows it: compact IRIs, a list for the table, a CSV file. */

import { at } from "../parts/rows.js";
import type { Listed } from "../parts/table.js";
import type { Rows, Value } from "./types";

const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
/** What a spreadsheet would take for a formula, in all widths and behind what cannot be seen; as `kg/printed.py` has it. */
const FORMULA =
  /^[\s\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e01ef}]*[=+@|\-\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\t\r]/u;
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

/** Whether all that is bound in a column is a number. */
export function isNumber({ rows }: Rows, name: string): boolean {
  const bound = rows.flatMap((row) => row[name] ?? []);
  return bound.length > 0 && bound.every(({ datatype }) => datatype !== undefined && NUMBER.test(datatype));
}

/** An answer for the table: rows in the order of the answer, until the reader sorts them. */
export function listOf(
  answer: Rows,
  prefixes: Prefixes,
  more: (count: number) => string,
  opens: (value: Value | undefined) => (() => void) | undefined = () => undefined,
): Listed {
  const { names, rows } = answer;
  const numbers = rows.map((_, row) => row);
  const columns = names.map((name) => {
    const value = (row: number) => at(rows, row)[name];
    const text = (row: number) => short(value(row), prefixes);
    const hint = (row: number) => {
      const bound = value(row);
      return bound?.type === "uri" ? bound.value : "";
    };
    const number = isNumber(answer, name);
    const open = (row: number) => opens(value(row));
    return {
      title: name,
      text,
      hint,
      open,
      ...(number && { number, value: (row: number) => (text(row) ? Number(text(row)) : -Infinity) }),
    };
  });
  return { kind: names.join(" "), columns, rows: numbers, more };
}

/** An answer as CSV that spreadsheets read as UTF-8 and without formulas. */
export function csvOf({ names, rows }: Rows, prefixes: Prefixes): string {
  const safe = (text: string) => (FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replaceAll("\0", "");
  const lines = [names, ...rows.map((row) => names.map((name) => short(row[name], prefixes)))];
  return `\ufeff${lines.map((line) => line.map((text) => `"${safe(text).replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
}
