/** What the panel tells of a thing, a tie or a path, with its sentences. */

/** @import { Fact, Scene, State } from "./types.js" */
import { dot, filled, made } from "../parts/dom.js";
import { placed } from "../parts/place.js";
import { groupColour, nameOfEdge } from "./look.js";
import { trendFigure } from "./trend.js";
import { across, nearby, nodesOn } from "./walk.js";
import { at, grouped } from "../parts/rows.js";
import { centralityOf, documentOf, kindOf, relationOf } from "./accessors.js";
import { basisOf } from "./filters.js";

/** How many rows of a list are shown before the reader asks for more. */
const FIRST = 40;
/** Charts of a thing whose tables are shown at once. */
const FEW = 2;

/**
 * What the panel needs of the page.
 * @typedef {{ readonly scene: Scene, readonly state: State, readonly dark: boolean, word: (name: string) => string,
 *   open: (name: string) => void, change: (part: Partial<State>) => void, show: (node: number) => void }} Room
 */

/**
 * A thing with all that is known of it.
 * @param {Room} room
 * @param {number} node
 * @param {Fact[] | undefined} facts undefined while they are on their way
 */
export function nodePanel(room, node, facts) {
  const { scene, state, word } = room;
  const id = at(scene.nodes.id, node),
    kind = kindOf(scene, node);
  const centrality = centralityOf(scene, state.size);
  const value = at(centrality.values, node);
  return [
    made("h2", { tabindex: "-1" }, at(scene.nodes.name, node)),
    made(
      "p",
      { class: "class" },
      dot(kind[room.dark ? "dark" : "light"]),
      kind[state.lang],
      value !== null ? ` · ${centrality[state.lang]} ${value}` : "",
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
    ...(facts === undefined ? [made("p", { role: "status" }, word("loading"))] : [...overTime(room, facts), ...stated(room, facts)]),
    ...relations(room, node),
    ...section(
      room,
      "evidence",
      at(scene.nodes.sentences, node).map((one) => made("li", {}, quote(room, one))),
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
  const { scene, state } = room,
    basis = basisOf(scene, edge);
  return [
    made("h2", { tabindex: "-1" }, told(scene, edge, state.lang)),
    made("p", { class: "class" }, nameOf(room, edge)),
    basis === "stated" ? null : made("p", { class: "note" }, room.word(`by_${basis}_note`)),
    made("div", { class: "ends" }, thing(room, at(scene.edges.start, edge)), thing(room, at(scene.edges.end, edge))),
    ...section(
      room,
      "evidence",
      at(scene.edges.sentences, edge).map((one) => made("li", {}, quote(room, one))),
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
          thing(room, at(stops, i)),
          " ",
          edgeButton(room, edge),
          " ",
          thing(room, at(stops, i + 1)),
          ...at(scene.edges.sentences, edge).map((one) => quote(room, one)),
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
  const { start, end } = scene.edges,
    { name } = scene.nodes;
  return `${at(name, at(start, edge))} — ${relationOf(scene, edge)[lang]} — ${at(name, at(end, edge))}`;
}

/**
 * Figures over time, drawn.
 * @param {Room} room
 * @param {Fact[]} facts
 */
function overTime(room, facts) {
  const telling = { lang: room.state.lang, word: room.word, quote: (/** @type {number} */ one) => quote(room, one) };
  const drawn = facts.flatMap(({ trend, ...fact }) => (trend ? [{ ...fact, trend }] : []));
  return section(
    room,
    "over_time",
    drawn.map((fact) => made("li", {}, trendFigure(telling, fact, drawn.length <= FEW))),
  );
}

/**
 * All other facts, in words.
 * @param {Room} room
 * @param {Fact[]} facts
 */
function stated(room, facts) {
  const told = facts.filter((fact) => !fact.trend);
  const items = saidTogether(
    room,
    told,
    (fact) => fact.sentences,
    (fact) => factLine(room, fact),
  );
  return section(room, "facts", items);
}

/**
 * The ties of a node by relation and direction.
 * @param {Room} room
 * @param {number} node
 */
function relations(room, node) {
  const { scene, state, word } = room;
  const groups = grouped(at(scene.ties, node), (edge) => {
    const relation = relationOf(scene, edge);
    const back = !relation.symmetric && scene.edges.end[edge] === node;
    return back ? `← ${relation[state.lang]}` : relation[state.lang];
  });
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
          (edge) => at(scene.edges.sentences, edge),
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
  const groups = grouped(items, (item) => sentences(item).join());
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
    const last = made("li"),
      show = () => last.replaceWith(...rest);
    last.append(made("button", { type: "button", class: "more", onclick: show }, filled(room.word("more"), { count: rest.length })));
    list.append(last);
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
  const kind = kindOf(scene, node);
  const colour =
    state.colour === "community" ? groupColour(at(scene.nodes.community, node), room.dark) : kind[room.dark ? "dark" : "light"];
  return made(
    "button",
    {
      type: "button",
      class: "thing",
      title: kind[state.lang],
      onclick: () => room.open(at(scene.nodes.id, node)),
    },
    dot(colour),
    at(scene.nodes.name, node),
  );
}

/**
 * @param {Room} room
 * @param {number} edge
 */
function edgeButton(room, edge) {
  const basis = basisOf(room.scene, edge),
    read = basis === "stated" ? "" : `, ${room.word(`by_${basis}`)}`;
  return made(
    "button",
    {
      type: "button",
      class: `tie ${basis}`,
      "aria-label": `${told(room.scene, edge, room.state.lang)}${read}`,
      onclick: () => room.open(nameOfEdge(room.scene, edge)),
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
  const name = relationOf(scene, edge)[state.lang],
    basis = basisOf(scene, edge);
  return basis === "stated" ? name : `${name} (${word(`by_${basis}`)})`;
}

/**
 * A sentence with the document and the place where it stands.
 * @param {Room} room
 * @param {number} number
 */
function quote(room, number) {
  const { scene } = room;
  const source = documentOf(scene, number);
  const place = placed(room.word, at(scene.sentences.place, number));
  const cited = [source?.title, source?.day, place].filter(Boolean).join(" · ");
  return made("blockquote", {}, at(scene.sentences.text, number), cited ? made("cite", {}, cited) : null);
}
