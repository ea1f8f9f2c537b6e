/** Places in documents, in words. */

import { filled } from "./dom.js";
import { at } from "./rows.js";

/**
 * A place of a document in words: `char=612,688` (RFC 5147), `sheet=2&row=5` (RFC 7111); others stay as they are.
 * @param {(name: string) => string} word
 * @param {string} place
 */
export function placed(word, place) {
  const characters = /^char=(\d+),(\d+)$/.exec(place),
    row = /^(?:sheet=(\d+)&)?row=(\d+)$/.exec(place);
  if (characters) return filled(word("characters"), { start: at(characters, 1), end: at(characters, 2) });
  if (!row) return place;
  const sheet = row[1],
    number = at(row, 2);
  return sheet ? filled(word("sheet_row"), { sheet, row: number }) : filled(word("row"), { row: number });
}
