/** The page of the graph, and how it starts. */

/** @import { Look, Start, State } from "./types.js" */
/** @import { Found } from "../parts/types.js" */
import { filled, part } from "../parts/dom.js";
import { Store } from "../parts/store.js";
import { Table } from "../parts/table.js";
import { speak, worded } from "../parts/words.js";
import { SidePanel } from "./sidepanel.js";
import { fill } from "./controls.js";
import { CameraControl } from "./camera.js";
import { findNames } from "./find.js";
import { LoadedGraph } from "./loaded.js";
import { Placement } from "./placement.js";
import { listed } from "./listing.js";
import { countShown, HIDDEN, lookOf } from "./look.js";
import { ONLY, tellWithin } from "./drilldown.js";
import { at } from "../parts/rows.js";
import { kindOf, numberOf } from "./accessors.js";
import { freshState, hashOf, stateFrom, walkOf } from "./state.js";
import { showFacets } from "./facets.js";
import { eventsOf, connectEvents } from "./events.js";

/** The page: what the reader chooses becomes a state, and the state is drawn, listed and kept in the address. */
export class Page {
  /** @type {Store<State>} */
  #store;

  /** @param {Start} start */
  constructor(start) {
    this.start = start;
    this.loaded = new LoadedGraph(start, (reason) => this.say(filled(this.word("failed"), { reason })));
    this.usual = freshState(start.lang, start.scene.size);
    this.#store = new Store(stateFrom(location.hash, this.usual));
    this.prefersDark = matchMedia("(prefers-color-scheme: dark)");
    this.table = new Table(part("table"), { nodes: { column: 2, down: true }, edges: { column: 0, down: false } });
    this.sidePanel = new SidePanel();
    this.stage = part("stage");
    this.drawing = start.draw(this.stage, () => this.scene, eventsOf(this));
    this.cameraControl = new CameraControl(this.stage, this.drawing);
    this.placement = new Placement(this.stage, this.drawing);
    /** @type {Look} */
    this.look = lookOf(this.scene, this.state, this.dark);
    connectEvents(this);
    speak(start.words, this.state.lang); // before anything is drawn, since the words give the stage its size
    tellWithin(this);
    this.placement.arrange(this.scene, this.state);
    if (this.state.camera) this.drawing.moveTo(this.state.camera, false);
    else this.cameraControl.fit(this, false);
    this.render();
    this.#store.listen((now, before) => {
      if (onlyMoved(now, before)) this.keep();
      else this.render();
    });
    /** Whether the service is being asked, the reader chose something else since, and all is to be seen then. */
    this.waits = { asking: false, stale: false, fits: false };
    if (this.state.open || walkOf(this.state)) this.widen(!this.state.camera && !this.state.open);
  }

  /** @param {string} name */
  word = (name) => worded(this.start.words, this.state.lang, name);

  /** What the page holds of the graph. */
  get scene() {
    return this.loaded.scene;
  }

  /** Where each thing is drawn. */
  get spots() {
    return this.placement.spots ?? this.scene.nodes;
  }

  /** What the reader has chosen; the store alone writes it. */
  get state() {
    return this.#store.now;
  }

  get dark() {
    return this.state.theme === "dark" || (this.state.theme === "auto" && this.prefersDark.matches);
  }

  /** @param {Partial<State>} changed */
  change = (changed) => {
    const before = walkOf(this.state),
      ends = Boolean(changed.from || changed.to),
      { from, to } = { ...this.state, ...changed };
    this.#store.change(ends && from && to ? { ...changed, open: null } : changed);
    const steps = ends || [...ONLY, "alone", "focus"].some((name) => name in changed) || Boolean(changed.hops && this.state.focus),
      fits = steps && !changed.camera,
      walk = walkOf(this.state);
    if (changed.open || (walk && (walk !== before || fits))) this.widen(fits);
    else if (fits) this.cameraControl.fit(this, true);
  };

  /**
   * Ask for what the reader's choice needs, and show it.
   * @param {boolean} fits whether the reader is to see all of it
   */
  async widen(fits) {
    const { waits } = this;
    waits.fits ||= fits;
    waits.stale = true;
    if (waits.asking) return; // which asks again, once, for what is chosen by then
    waits.asking = true;
    while (waits.stale) {
      waits.stale = false;
      await this.loaded.widen(this.state);
    }
    waits.asking = false;
    if (this.loaded.asks) this.render();
    if (waits.fits) this.cameraControl.fit(this, true);
    waits.fits = false;
  }

  /**
   * Open a thing or an edge by its name, and go there.
   * @param {string} name
   * @param {boolean} [quietly] whether the reader's focus stays where it is
   */
  open = async (name, quietly = false) => {
    this.#store.change({ open: name, from: null, to: null });
    const known = this.scene.number.has(name);
    await this.loaded.bring(name);
    const node = this.scene.number.get(name);
    if (node !== undefined && lookOf(this.scene, { ...this.state, alone: true }, false).nodes[node] === HIDDEN) this.reveal(node);
    this.render();
    if (node !== undefined && this.look.nodes[node] !== HIDDEN && (!known || !quietly)) this.cameraControl.show(this.spots, node);
    if (!quietly) this.sidePanel.focus();
    this.announce();
  };

  /**
   * Take back what hides a thing that the reader asked for.
   * @param {number} node
   */
  reveal(node) {
    const hidden = new Set(this.state.hidden);
    hidden.delete(kindOf(this.scene, node).name);
    const bare = { hidden, focus: null, kind: null, relation: null };
    const still = lookOf(this.scene, { ...this.state, ...bare, alone: true }, false).nodes[node] === HIDDEN;
    this.#store.change(still ? { ...bare, since: null, until: null, place: null, document: null } : bare);
  }

  close = () => {
    const inside = part("panel").contains(document.activeElement);
    this.change({ open: null, from: null, to: null });
    part("card").hidden = true;
    if (this.drawing.lay && this.cameraControl.seesAll()) this.cameraControl.fit(this, true); // the panel leaves its room
    if (inside) this.stage.focus();
  };

  /** @param {string} text */
  say = (text) => {
    part("status").textContent = text;
  };

  announce() {
    const node = numberOf(this.scene, this.state.open);
    if (node === undefined) return;
    const kind = kindOf(this.scene, node)[this.state.lang];
    this.say(
      filled(this.word("opened"), {
        name: at(this.scene.nodes.name, node),
        kind,
        count: at(this.scene.ties, node).length,
      }),
    );
  }

  render() {
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
    speak(this.start.words, this.state.lang);
    tellWithin(this); // which takes its room from the stage
    this.look = lookOf(this.scene, this.state, this.dark);
    this.placement.arrange(this.scene, this.state);
    this.drawing.show(this.look);
    fill(this);
    showFacets(this);
    this.count();
    this.sidePanel.show(this, (node) => this.loaded.facts(node));
    this.tabulate();
    part("table-nodes").setAttribute("aria-pressed", String(this.state.table === "nodes"));
    part("table-edges").setAttribute("aria-pressed", String(this.state.table === "edges"));
    document.body.dataset.table = this.state.table ?? "none";
    part("theme").textContent = this.word(`theme_${this.state.theme}`);
    this.keep();
  }

  /** The stage has another size: what fills it does so again. */
  resized() {
    if (this.placement.arrange(this.scene, this.state)) this.drawing.show(this.look);
  }

  tabulate() {
    this.table.show(this.state.table && listed(this, this.state.table));
  }

  count() {
    part("count").textContent = filled(this.word("count"), {
      nodes: countShown(this.look.nodes),
      edges: countShown(this.look.edges),
    });
    part("empty").hidden = this.scene.nodes.id.length > 0;
  }

  /**
   * Bring a thing into sight.
   * @param {number} node
   */
  show(node) {
    if (this.look.nodes[node] === HIDDEN) this.change({ alone: true });
    this.cameraControl.show(this.spots, node);
  }

  keep() {
    const hash = hashOf(this.state, this.usual);
    const address = location.href.split("#")[0] + (hash ? `#${hash}` : "");
    if (address !== location.href) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  /**
   * @param {string} asked
   * @returns {Promise<Found[]> | Found[]}
   */
  find = (asked) => this.start.source.find?.(asked) ?? findNames(this.scene, asked);

  picture(background = this.dark ? "#14181c" : "#ffffff") {
    return this.drawing.picture(background);
  }
}

/**
 * Whether the reader only looks from elsewhere, so that nothing has to be drawn anew.
 * @param {State} now
 * @param {State} before
 */
function onlyMoved(now, before) {
  const names = /** @type {(keyof State)[]} */ (Object.keys(now));
  return names.every((name) => name === "camera" || now[name] === before[name]);
}

/**
 * Start a page, and say on its body when it is drawn.
 * @param {Start} start
 */
export function startPage(start) {
  const page = new Page(start);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.body.dataset.ready = "yes";
    }),
  );
  return page;
}
