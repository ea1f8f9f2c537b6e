/** The fields of the page, set to what the reader has chosen and heard when the reader chooses. */

/** @import { Scene, State } from "./types.js" */
/** @import { Found } from "../parts/types.js" */
import { completes } from "../parts/combo.js";
import { dot, filled, made, part } from "../parts/dom.js";
import { groupColour } from "./look.js";
import { toggles } from "./facets.js";
import { kindMark } from "./look.js";
import { MOST_HOPS } from "./state.js";
import { at, grouped } from "../parts/rows.js";
import { centralityOf, numberOf, weightsOf } from "./accessors.js";

/**
 * What the fields and lists need of the page.
 * @typedef {{ readonly scene: Scene, readonly state: State, readonly dark: boolean, change: (part: Partial<State>) => void,
 *   open: (name: string) => void, word: (name: string) => string, find: (asked: string) => Promise<Found[]> | Found[],
 *   say: (text: string) => void }} Desk
 */

const SIZES = "size",
  COLOURS = "colour";

/**
 * Connect the page's fields with what the reader has chosen.
 * @param {Desk} desk
 */
export function connectControls(desk) {
  const label = (/** @type {Found} */ one) => desk.scene.kinds.find((kind) => kind.name === one.kind)?.[desk.state.lang] ?? one.kind;
  const none = () => desk.say(desk.word("missing"));
  completes(part("search", HTMLInputElement), {
    find: desk.find,
    label,
    none,
    chosen: (one) => desk.open(one.id),
  });
  completes(part("from", HTMLInputElement), {
    find: desk.find,
    label,
    none,
    chosen: (one) => desk.change({ from: one.id }),
  });
  completes(part("to", HTMLInputElement), {
    find: desk.find,
    label,
    none,
    chosen: (one) => desk.change({ to: one.id }),
  });
  part("colour", HTMLSelectElement).addEventListener("change", () =>
    desk.change({ colour: /** @type {State["colour"]} */ (value(COLOURS)) }),
  );
  part("size", HTMLSelectElement).addEventListener("change", () => desk.change({ size: value(SIZES) }));
  part("hops", HTMLInputElement).addEventListener("input", () => desk.change({ hops: Number(part("hops", HTMLInputElement).value) }));
  part("unfocus").addEventListener("click", () => desk.change({ focus: null }));
  for (const id of ["since", "until"]) part(id).addEventListener("input", () => desk.change(period(desk.scene.days, id)));
}

/** @param {string} id */
function value(id) {
  return part(id, HTMLSelectElement).value;
}

/**
 * The period between both handles; the one that moved pushes the other along.
 * @param {string[]} days
 * @param {string} moved
 * @returns {Partial<State>}
 */
function period(days, moved) {
  const since = part("since", HTMLInputElement),
    until = part("until", HTMLInputElement);
  if (Number(since.value) > Number(until.value)) (moved === "since" ? until : since).value = moved === "since" ? since.value : until.value;
  const first = Number(since.value),
    last = Number(until.value);
  return {
    since: first > 0 ? at(days, first) : null,
    until: last < days.length - 1 ? at(days, last) : null,
  };
}

/**
 * Set all fields to what is chosen.
 * @param {Desk} desk
 */
export function fill(desk) {
  const scene = desk.scene,
    state = desk.state;
  options(
    part("colour", HTMLSelectElement),
    [
      ["class", desk.word("class")],
      ["community", desk.word("community")],
    ],
    state.colour,
  );
  options(
    part("size", HTMLSelectElement),
    scene.centralities.map((one) => [one.name, one[state.lang]]),
    state.size,
  );
  part("size-note").textContent = centralityOf(scene, state.size).tells[state.lang];
  legend(desk);
  slider(desk);
  const focused = numberOf(scene, state.focus);
  part("focus-note").textContent =
    focused === undefined
      ? desk.word("focus_none")
      : filled(desk.word("focus_on"), {
          name: at(scene.nodes.name, focused),
          hops: state.hops,
        });
  part("unfocus").hidden = focused === undefined;
  const hops = part("hops", HTMLInputElement);
  hops.max = String(MOST_HOPS);
  hops.value = String(state.hops);
  for (const end of /** @type {const} */ (["from", "to"])) {
    const field = part(end, HTMLInputElement),
      node = numberOf(scene, state[end]);
    if (document.activeElement !== field || node !== undefined) field.value = node === undefined ? "" : at(scene.nodes.name, node);
  }
}

/**
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} pairs
 * @param {string} chosen
 */
function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([name, text]) => made("option", { value: name, selected: name === chosen }, text)));
}

/**
 * Classes to hide and show; where colour shows communities, what their colours mean.
 * @param {Desk} desk
 */
function legend(desk) {
  const scene = desk.scene,
    state = desk.state;
  const counts = grouped(scene.nodes.kind, (kind) => kind);
  toggles(
    desk,
    { home: "legend", key: "data-class", hidden: "hidden", only: "kind" },
    scene.kinds.map((kind, i) => [
      kind.name,
      kind[state.lang],
      counts.get(i)?.length ?? 0,
      state.colour === "class" ? kindMark(kind, desk.dark) : null,
    ]),
  );
  part("communities").hidden = state.colour !== "community";
  if (state.colour === "community") part("communities").replaceChildren(...communities(desk));
}

/** @param {Desk} desk */
function communities(desk) {
  const scene = desk.scene,
    weights = weightsOf(centralityOf(scene, desk.state.size));
  const members = grouped(scene.nodes.community.keys(), (node) => at(scene.nodes.community, node));
  const first = [...members].sort(([a], [b]) => a - b).slice(0, 10);
  return first.map(([community, nodes]) => {
    const greatest = nodes.reduce((best, node) => (at(weights, node) > at(weights, best) ? node : best));
    return made(
      "li",
      {},
      dot(groupColour(community, desk.dark)),
      made(
        "span",
        {},
        filled(desk.word("community_of"), {
          name: at(scene.nodes.name, greatest),
        }),
      ),
      made("b", {}, String(nodes.length)),
    );
  });
}

/** @param {Desk} desk */
function slider(desk) {
  const { days } = desk.scene,
    { since, until } = desk.state;
  part("period").hidden = days.length < 2;
  if (days.length < 2) return;
  const first =
    since === null
      ? 0
      : Math.max(
          0,
          days.findIndex((day) => day >= since),
        );
  const last =
    until === null
      ? days.length - 1
      : Math.max(
          0,
          days.findLastIndex((day) => day <= until),
        );
  for (const [id, place] of /** @type {[string, number][]} */ ([
    ["since", first],
    ["until", last],
  ])) {
    const input = part(id, HTMLInputElement);
    input.max = String(days.length - 1);
    input.value = String(place);
    input.setAttribute("aria-valuetext", at(days, place));
  }
  part("period-note").textContent = `${days[first]} – ${days[last]}`;
}
