/** @import { Fact, Scene, State } from "./types.js" */
import { dot, filled, made } from "../parts/dom.js";
import { groupColour } from "./look.js";
import { across, nearby, nodesOn } from "./walk.js";

/** How many rows of a list are shown before the reader asks for more. */
const FIRST = 40;

/**
 * What the panel needs of the page.
 * @typedef {{ scene: Scene, state: State, dark: boolean, word: (name: string) => string,
 *   open: (name: string) => void, openEdge: (edge: number) => void, change: (part: Partial<State>) => void, show: (node: number) => void }} Room
 */

/**
 * A thing with all that is known of it.
 * @param {Room} room
 * @param {number} node
 * @param {Fact[] | null} facts null while they are on their way
 */
export function nodePanel(room, node, facts) {
  const { scene, state, word } = room;
  const id = scene.nodes.id[node] ?? "",
    kind = scene.kinds[scene.nodes.kind[node] ?? 0];
  const measure = scene.measures.find((one) => one.name === state.size);
  const value = measure?.values[node];
  return [
    made("h2", { tabindex: "-1" }, scene.nodes.name[node] ?? ""),
    made(
      "p",
      { class: "class" },
      dot(room.dark ? (kind?.dark ?? "") : (kind?.light ?? "")),
      kind?.[state.lang] ?? "",
      measure && value != null ? ` · ${measure[state.lang]} ${value}` : "",
    ),
    made(
      "div",
      { class: "acts" },
      made(
        "button",
        {
          type: "button",
          id: "act-focus",
          "aria-pressed": String(state.focus === id),
          onclick: () => room.change({ focus: state.focus === id ? null : id }),
        },
        word("focus_here"),
      ),
      made(
        "button",
        {
          type: "button",
          id: "act-from",
          onclick: () => room.change({ from: id }),
        },
        word("path_from_here"),
      ),
      made(
        "button",
        {
          type: "button",
          id: "act-to",
          onclick: () => room.change({ to: id }),
        },
        word("path_to_here"),
      ),
      made("button", { type: "button", id: "act-show", onclick: () => room.show(node) }, word("show")),
    ),
    ...(facts === null
      ? [made("p", { role: "status" }, word("loading"))]
      : section(
          room,
          "facts",
          saidTogether(
            room,
            facts,
            (fact) => fact.sentences,
            (fact) => factLine(room, fact),
          ),
        )),
    ...relations(room, node),
    ...section(
      room,
      "evidence",
      (scene.nodes.sentences[node] ?? []).map((one) => made("li", {}, quote(room, one))),
    ),
    ...section(
      room,
      "nearby",
      nearby(scene, node).map((one) => made("li", {}, thing(room, one.node), quote(room, one.sentence))),
      "nearby_note",
    ),
  ];
}

/**
 * An edge with its sentences.
 * @param {Room} room
 * @param {number} edge
 */
export function edgePanel(room, edge) {
  const { scene, state } = room;
  return [
    made("h2", { tabindex: "-1" }, told(scene, edge, state.lang)),
    made("p", { class: "class" }, nameOf(room, edge)),
    scene.edges.context[edge] ? made("p", { class: "note" }, room.word("by_context_note")) : null,
    made("div", { class: "ends" }, thing(room, scene.edges.start[edge] ?? 0), thing(room, scene.edges.end[edge] ?? 0)),
    ...section(
      room,
      "evidence",
      (scene.edges.sentences[edge] ?? []).map((one) => made("li", {}, quote(room, one))),
    ),
  ].filter((one) => one !== null);
}

/**
 * A path step by step, each with its sentences; null where there is none.
 * @param {Room} room
 * @param {number} from
 * @param {number} to
 * @param {number[] | null} path
 */
export function pathPanel(room, from, to, path) {
  const { scene, word } = room;
  const title = made("h2", { tabindex: "-1" }, `${scene.nodes.name[from]} → ${scene.nodes.name[to]}`);
  const clear = made(
    "div",
    { class: "acts" },
    made(
      "button",
      {
        type: "button",
        id: "act-clear-path",
        onclick: () => room.change({ from: null, to: null }),
      },
      word("clear_path"),
    ),
  );
  if (path === null) return [title, made("p", { role: "status" }, word("no_path")), clear];
  const stops = nodesOn(scene, from, path);
  return [
    title,
    made("p", { class: "class" }, filled(word("steps"), { count: path.length })),
    clear,
    made(
      "ol",
      { class: "steps" },
      ...path.map((edge, i) =>
        made(
          "li",
          {},
          thing(room, stops[i] ?? from),
          " ",
          edgeButton(room, edge),
          " ",
          thing(room, stops[i + 1] ?? to),
          ...(scene.edges.sentences[edge] ?? []).map((one) => quote(room, one)),
        ),
      ),
    ),
  ];
}

/**
 * An edge in words.
 * @param {Scene} scene
 * @param {number} edge
 * @param {State["lang"]} lang
 */
export function told(scene, edge, lang) {
  const { start, end, relation } = scene.edges;
  const name = scene.relations[relation[edge] ?? 0]?.[lang];
  return `${scene.nodes.name[start[edge] ?? 0]} — ${name} — ${scene.nodes.name[end[edge] ?? 0]}`;
}

/**
 * The ties of a node by relation and direction.
 * @param {Room} room
 * @param {number} node
 */
function relations(room, node) {
  const { scene, state, word } = room;
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const edge of scene.ties[node] ?? []) {
    const relation = scene.relations[scene.edges.relation[edge] ?? 0];
    const back = relation && !relation.symmetric && scene.edges.end[edge] === node;
    const title = back ? `← ${relation[state.lang]}` : (relation?.[state.lang] ?? "");
    groups.set(title, [...(groups.get(title) ?? []), edge]);
  }
  if (!groups.size) return [];
  return [
    made("h3", {}, word("relations")),
    ...[...groups].flatMap(([title, edges]) => [
      made("h4", {}, `${title} (${edges.length})`),
      rows(
        room,
        saidTogether(
          room,
          edges,
          (edge) => scene.edges.sentences[edge] ?? [],
          (edge) => made("div", {}, thing(room, across(scene, edge, node)), " ", edgeButton(room, edge)),
        ),
      ),
    ]),
  ];
}

/**
 * Rows of what the same sentences state, in the order of their first: the sentences stand once, below all that they state.
 * @template T
 * @param {Room} room
 * @param {T[]} items
 * @param {(item: T) => number[]} sentences
 * @param {(item: T) => HTMLElement} line
 */
function saidTogether(room, items, sentences, line) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = sentences(item).join();
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].map((group) =>
    made("li", {}, ...group.map(line), ...(group[0] === undefined ? [] : sentences(group[0])).map((one) => quote(room, one))),
  );
}

/**
 * @param {Room} room
 * @param {Fact} fact
 */
function factLine(room, fact) {
  const others = fact.nodes.map((id) => room.scene.number.get(id)).filter((node) => node !== undefined);
  return made(
    "div",
    { class: "fact" },
    made("b", {}, fact.label[room.state.lang]),
    " ",
    made("span", {}, fact.text[room.state.lang]),
    ...others.map((node) => thing(room, node)),
  );
}

/**
 * A section with a title, where it has rows.
 * @param {Room} room
 * @param {string} title
 * @param {HTMLLIElement[]} items
 * @param {string} [note]
 */
function section(room, title, items, note) {
  if (!items.length) return [];
  return [made("h3", {}, room.word(title)), note ? made("p", { class: "note" }, room.word(note)) : null, rows(room, items)].filter(
    (one) => one !== null,
  );
}

/**
 * A list whose tail waits behind a button.
 * @param {Room} room
 * @param {HTMLLIElement[]} items
 */
function rows(room, items) {
  const list = made("ul", {}, ...items.slice(0, FIRST)),
    rest = items.slice(FIRST);
  if (rest.length) {
    const more = made(
      "button",
      {
        type: "button",
        class: "more",
        onclick: () => more.parentElement?.replaceWith(...rest),
      },
      filled(room.word("more"), { count: rest.length }),
    );
    list.append(made("li", {}, more));
  }
  return list;
}

/**
 * A thing as a button that opens it.
 * @param {Room} room
 * @param {number} node
 */
function thing(room, node) {
  const { scene, state } = room;
  const kind = scene.kinds[scene.nodes.kind[node] ?? 0];
  const colour =
    state.colour === "community" ? groupColour(scene.nodes.community[node] ?? 0, room.dark) : kind?.[room.dark ? "dark" : "light"];
  return made(
    "button",
    {
      type: "button",
      class: "thing",
      title: kind?.[state.lang] ?? "",
      onclick: () => room.open(scene.nodes.id[node] ?? ""),
    },
    dot(colour ?? ""),
    scene.nodes.name[node] ?? "",
  );
}

/**
 * @param {Room} room
 * @param {number} edge
 */
function edgeButton(room, edge) {
  const read = room.scene.edges.context[edge] ? `, ${room.word("by_context")}` : "";
  return made(
    "button",
    {
      type: "button",
      class: read ? "tie read" : "tie",
      "aria-label": `${told(room.scene, edge, room.state.lang)}${read}`,
      onclick: () => room.openEdge(edge),
    },
    nameOf(room, edge),
  );
}

/**
 * What an edge is called, with a mark where no sentence states it.
 * @param {{ scene: Scene, state: State, word: (name: string) => string }} room
 * @param {number} edge
 */
export function nameOf({ scene, state, word }, edge) {
  const name = scene.relations[scene.edges.relation[edge] ?? 0]?.[state.lang] ?? "";
  return scene.edges.context[edge] ? `${name} (${word("by_context")})` : name;
}

/**
 * A sentence with the document and the place where it stands.
 * @param {Room} room
 * @param {number} number
 */
function quote(room, number) {
  const { scene } = room;
  const source = scene.documents[scene.sentences.document[number] ?? -1];
  const place = placed(room, scene.sentences.place[number] ?? "");
  const cited = [source?.title, source?.day, place].filter(Boolean).join(" · ");
  return made("blockquote", {}, scene.sentences.text[number] ?? "", cited ? made("cite", {}, cited) : null);
}

/**
 * A place in words: `char=612,688` (RFC 5147), `sheet=2&row=5` (RFC 7111).
 * @param {Room} room
 * @param {string} place
 */
function placed(room, place) {
  const characters = /^char=(\d+),(\d+)$/.exec(place),
    row = /^(?:sheet=(\d+)&)?row=(\d+)$/.exec(place);
  if (characters)
    return filled(room.word("characters"), {
      start: characters[1] ?? "",
      end: characters[2] ?? "",
    });
  if (!row) return place;
  return row[1] ? filled(room.word("sheet_row"), { sheet: row[1], row: row[2] ?? "" }) : filled(room.word("row"), { row: row[2] ?? "" });
}
