/** A table that sorts and grows. */

import { made } from "./dom.js";
import { at } from "./rows.js";

const STEP = 100;

/**
 * A column: `value` where it sorts by number, `hint` for what a pointer is told, `open` for what a cell leads to (undefined where it leads nowhere).
 * @typedef {{ title: string, number?: boolean, text: (row: number) => string, value?: (row: number) => number, hint?: (row: number) => string,
 *   open?: (row: number) => (() => void) | undefined }} Column
 * What a table lists. `kind` tells lists apart, each sorted in its own way; with `open` the first cell of a row is a button, behind its `mark`.
 * @typedef {{ kind: string, caption?: string, columns: Column[], rows: number[], more: (count: number) => string, open?: (row: number) => void,
 *   mark?: (row: number) => HTMLElement | null, current?: (row: number) => boolean }} Listed
 * @typedef {{ column: number, down: boolean }} Order
 */

/** A table whose rows can be sorted, and whose tail waits behind a button; the row of what is open is marked. */
export class Table {
  /**
   * @param {HTMLElement} home
   * @param {Record<string, Order>} usual how each kind of list is sorted at first; others keep the order of their rows
   */
  constructor(home, usual = {}) {
    this.home = home;
    /** @type {Record<string, Order>} */
    this.sorted = { ...usual };
    this.length = STEP;
    this.kind = "";
  }

  /** @param {Listed | null} list */
  show(list) {
    this.home.hidden = list === null;
    if (list === null) return;
    if (list.kind !== this.kind) this.length = STEP;
    this.kind = list.kind;
    const rows = this.order(list);
    const current = rows.findIndex((row) => list.current?.(row));
    const length = Math.max(this.length, current + 1);
    const table = made(
      "table",
      {},
      list.caption === undefined ? null : made("caption", {}, list.caption),
      this.head(list),
      made("tbody", {}, ...rows.slice(0, length).map((row) => rowOf(list, row))),
    );
    const longer = () => {
      this.length = length + STEP;
      this.show(list);
    };
    const more = made("button", { type: "button", class: "more", onclick: longer }, list.more(rows.length - length));
    this.home.replaceChildren(table, ...(rows.length > length ? [more] : []));
    this.home.querySelector("tr[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /**
   * The rows as they are sorted.
   * @param {Listed} list
   */
  order({ kind, columns, rows }) {
    const sorted = this.sorted[kind];
    const by = sorted && columns[sorted.column];
    if (!by) return rows;
    const sign = sorted.down ? -1 : 1;
    const { value } = by;
    if (value) return [...rows].sort((a, b) => sign * (value(a) - value(b)) || a - b);
    const { compare } = new Intl.Collator("zh");
    return rows
      .map((row) => ({ row, key: by.text(row) }))
      .sort((a, b) => sign * compare(a.key, b.key) || a.row - b.row)
      .map(({ row }) => row);
  }

  /** @param {Listed} list */
  head(list) {
    const sorted = this.sorted[list.kind];
    const cells = list.columns.map((column, i) => {
      const mine = sorted?.column === i;
      const sort = () => {
        this.sorted[list.kind] = { column: i, down: mine ? !sorted.down : Boolean(column.number) };
        this.show(list);
        /** @type {HTMLElement} */ (at([...this.home.querySelectorAll("th button")], i)).focus();
      };
      const way = mine && (sorted.down ? "descending" : "ascending");
      const button = made("button", { type: "button", onclick: sort }, column.title, mine ? (sorted.down ? " ▼" : " ▲") : "");
      return made("th", { scope: "col", "aria-sort": way || "none" }, button);
    });
    return made("thead", {}, made("tr", {}, ...cells));
  }
}

/**
 * @param {Listed} list
 * @param {number} row
 */
function rowOf(list, row) {
  const cells = list.columns.map((column, i) => {
    const text = column.text(row),
      hint = column.hint?.(row);
    const { open } = list;
    const leads = column.open?.(row);
    const shown = leads ? made("button", { type: "button", class: "thing", onclick: leads }, text) : text;
    if (i > 0 || !open) return made("td", { ...(column.number && { class: "number" }), ...(hint && { title: hint }) }, shown);
    const button = made("button", { type: "button", class: "thing", onclick: () => open(row) }, list.mark?.(row), text);
    return made("th", { scope: "row" }, button);
  });
  return made("tr", list.current?.(row) ? { "aria-current": "true" } : {}, ...cells);
}
