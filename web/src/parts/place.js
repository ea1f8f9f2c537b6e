import { filled } from "./dom.js";

/**
 * A place of a document in words: `char=612,688` (RFC 5147), `sheet=2&row=5` (RFC 7111); others stay as they are.
 * @param {(name: string) => string} word
 * @param {string} place
 */
export function placed(word, place) {
  const characters = /^char=(\d+),(\d+)$/.exec(place),
    row = /^(?:sheet=(\d+)&)?row=(\d+)$/.exec(place);
  if (characters) return filled(word("characters"), { start: characters[1] ?? "", end: characters[2] ?? "" });
  if (!row) return place;
  const [, sheet, number = ""] = row;
  return sheet ? filled(word("sheet_row"), { sheet, row: number }) : filled(word("row"), { row: number });
}
