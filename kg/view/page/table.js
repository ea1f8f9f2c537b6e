/** @import { Look, Scene, State } from "./types.js" */
import { dot, filled, made } from "./dom.js";
import { HIDDEN, nameOfEdge } from "./look.js";
import { nameOf } from "./panel.js";

const STEP = 100;

/**
 * @typedef {{ scene: Scene, state: State, look: Look, word: (name: string) => string, open: (name: string) => void }} TableRoom
 * @typedef {{ title: string, number?: boolean, text: (row: number) => string, value?: (row: number) => number }} Column
 */

/** The table beside the graph: what is shown there, in rows that can be sorted; the row of what is open is marked. */
export class Table {
  /** @param {HTMLElement} home */
  constructor(home) {
    this.home = home;
    this.sorted = {
      nodes: { column: 2, down: true },
      edges: { column: 0, down: false },
    };
    this.length = STEP;
    /** @type {string | null} */
    this.kind = null;
  }

  /** @param {TableRoom} room */
  show(room) {
    const kind = room.state.table;
    this.home.hidden = kind === null;
    if (kind === null) return;
    if (kind !== this.kind) this.length = STEP;
    this.kind = kind;
    const columns = kind === "nodes" ? nodeColumns(room) : edgeColumns(room);
    const rows = this.order(columns, kind, visible(kind === "nodes" ? room.look.nodes : room.look.edges));
    const name = (/** @type {number} */ row) => (kind === "nodes" ? (room.scene.nodes.id[row] ?? "") : nameOfEdge(room.scene, row));
    const at = rows.findIndex((row) => name(row) === room.state.open);
    const length = Math.max(this.length, at + 1);
    const body = rows.slice(0, length).map((row) => this.row(room, columns, row, name(row)));
    const table = made(
      "table",
      {},
      made(
        "caption",
        {},
        filled(room.word("table_caption"), {
          count: rows.length,
          kind: room.word(kind),
        }),
      ),
      this.head(room, columns, kind),
      made("tbody", {}, ...body),
    );
    const more = made(
      "button",
      {
        type: "button",
        class: "more",
        onclick: () => {
          this.length = length + STEP;
          this.show(room);
        },
      },
      filled(room.word("more"), { count: rows.length - length }),
    );
    this.home.replaceChildren(table, ...(rows.length > length ? [more] : []));
    this.home.querySelector("tr[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Column[]} columns
   * @param {"nodes" | "edges"} kind
   * @param {number[]} rows
   */
  order(columns, kind, rows) {
    const { column, down } = this.sorted[kind];
    const by = columns[column] ?? columns[0];
    const sign = down ? -1 : 1;
    const { value } = by ?? {};
    if (value) return rows.sort((a, b) => sign * (value(a) - value(b)) || a - b);
    const keys = new Map(rows.map((row) => [row, by?.text(row) ?? ""]));
    const { compare } = new Intl.Collator("zh");
    return rows.sort((a, b) => sign * compare(keys.get(a) ?? "", keys.get(b) ?? "") || a - b);
  }

  /**
   * @param {TableRoom} room
   * @param {Column[]} columns
   * @param {"nodes" | "edges"} kind
   */
  head(room, columns, kind) {
    const sorted = this.sorted[kind];
    const sort = (/** @type {number} */ i) => {
      this.sorted[kind] = {
        column: i,
        down: sorted.column === i ? !sorted.down : Boolean(columns[i]?.number),
      };
      this.show(room);
      /** @type {HTMLElement | undefined} */ (this.home.querySelectorAll("th button")[i])?.focus();
    };
    return made(
      "thead",
      {},
      made(
        "tr",
        {},
        ...columns.map((column, i) =>
          made(
            "th",
            {
              scope: "col",
              "aria-sort": i !== sorted.column ? "none" : sorted.down ? "descending" : "ascending",
            },
            made(
              "button",
              { type: "button", onclick: () => sort(i) },
              column.title,
              i === sorted.column ? (sorted.down ? " ▼" : " ▲") : "",
            ),
          ),
        ),
      ),
    );
  }

  /**
   * @param {TableRoom} room
   * @param {Column[]} columns
   * @param {number} row
   * @param {string} name
   */
  row(room, columns, row, name) {
    const cells = columns.map((column, i) => {
      if (i > 0) return made("td", column.number ? { class: "number" } : {}, column.text(row));
      const mark = room.state.table === "nodes" ? dot(room.look.colours[row] ?? "") : null;
      return made(
        "th",
        { scope: "row" },
        made("button", { type: "button", class: "thing", onclick: () => room.open(name) }, mark, column.text(row)),
      );
    });
    return made("tr", name === room.state.open ? { "aria-current": "true" } : {}, ...cells);
  }
}

/** @param {Uint8Array} shown */
function visible(shown) {
  /** @type {number[]} */
  const rows = [];
  shown.forEach((how, row) => {
    if (how !== HIDDEN) rows.push(row);
  });
  return rows;
}

/**
 * @param {TableRoom} room
 * @returns {Column[]}
 */
function nodeColumns({ scene, state, word }) {
  const measure = scene.measures.find((one) => one.name === state.size);
  return [
    { title: word("name"), text: (row) => scene.nodes.name[row] ?? "" },
    {
      title: word("class"),
      text: (row) => scene.kinds[scene.nodes.kind[row] ?? 0]?.[state.lang] ?? "",
    },
    {
      title: measure?.[state.lang] ?? "",
      number: true,
      text: (row) => String(measure?.values[row] ?? ""),
      value: (row) => measure?.values[row] ?? -1,
    },
    {
      title: word("ties"),
      number: true,
      text: (row) => String(scene.ties[row]?.length ?? 0),
      value: (row) => scene.ties[row]?.length ?? 0,
    },
    {
      title: word("community"),
      number: true,
      text: (row) => String((scene.nodes.community[row] ?? 0) + 1),
      value: (row) => scene.nodes.community[row] ?? 0,
    },
    {
      title: word("evidence"),
      number: true,
      text: (row) => String(scene.nodes.sentences[row]?.length ?? 0),
      value: (row) => scene.nodes.sentences[row]?.length ?? 0,
    },
  ];
}

/**
 * @param {TableRoom} room
 * @returns {Column[]}
 */
function edgeColumns({ scene, state, word }) {
  const said = (/** @type {number} */ row) => scene.sentences.text[scene.edges.sentences[row]?.[0] ?? -1] ?? "";
  return [
    {
      title: word("start"),
      text: (row) => scene.nodes.name[scene.edges.start[row] ?? 0] ?? "",
    },
    {
      title: word("relation"),
      text: (row) => nameOf({ scene, state, word }, row),
    },
    {
      title: word("end"),
      text: (row) => scene.nodes.name[scene.edges.end[row] ?? 0] ?? "",
    },
    { title: word("evidence"), text: said },
  ];
}
