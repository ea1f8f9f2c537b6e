/** @import { Camera, Fact, Found, Look, Sent, Start, State, Told } from "./types.js" */
import { showCard } from "./card.js";
import { speak, worded } from "../parts/words.js";
import { fill } from "./controls.js";
import { filled, part } from "../parts/dom.js";
import { findNames } from "./find.js";
import { listed } from "./listing.js";
import { countShown, edgeNamed, HIDDEN, lookOf, nameOfEdge, pathOf } from "./look.js";
import { edgePanel, nodePanel, pathPanel, told } from "./panel.js";
import { joined, sceneOf, sentencesOf, unpacked } from "./scene.js";
import { freshState, hashOf, stateFrom } from "./state.js";
import { Store } from "../parts/store.js";
import { Table } from "../parts/table.js";
import { around } from "./view.js";
import { wire } from "./wire.js";
import { at, kindOf, numberOf } from "./rows.js";

/** The page: what the reader chooses becomes a state, and the state is drawn, listed and kept in the address. */
export class Page {
  /** @param {Start} start */
  constructor(start) {
    this.start = start;
    this.scene = sceneOf(unpacked(start.scene));
    this.usual = freshState(start.lang, start.scene.size);
    this.store = new Store(stateFrom(location.hash, this.usual));
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {Map<string, Fact[]>} facts that were asked for */
    this.told = new Map();
    this.table = new Table(part("table"), { nodes: { column: 2, down: true }, edges: { column: 0, down: false } });
    this.shownPanel = "";
    this.stage = part("stage");
    this.drawing = start.draw(this.stage, () => this.scene, this.events());
    /** @type {Look} */
    this.look = lookOf(this.scene, this.state, this.isDark());
    wire(this);
    speak(start.words, this.state.lang); // before anything is drawn, since the words give the stage its size
    if (this.state.camera) this.drawing.moveTo(this.state.camera, false);
    else this.fit(false);
    this.render();
    this.store.listen((now, before) => {
      if (onlyMoved(now, before)) this.keep();
      else this.render();
    });
    if (this.state.open) this.bring(this.state.open).then(() => this.render());
  }

  /** @param {string} name */
  word = (name) => worded(this.start.words, this.state.lang, name);

  /** What the reader has chosen; the store alone writes it. */
  get state() {
    return this.store.now;
  }

  isDark() {
    return this.state.theme === "dark" || (this.state.theme === "auto" && this.dark.matches);
  }

  /** @param {Partial<State>} changed */
  change = (changed) => {
    const ends = Boolean(changed.from ?? changed.to);
    const { from, to } = { ...this.state, ...changed };
    this.store.change(ends && from && to ? { ...changed, open: null } : changed);
    if (ends || changed.focus || (changed.hops && this.state.focus))
      this.widen().then(() => {
        this.render();
        this.fit(true);
      });
    else if (changed.focus === null) this.fit(true);
  };

  /** Ask for what the page does not hold yet and the reader's choice needs. */
  async widen() {
    const { source } = this.start,
      { from, to, focus, hops } = this.state;
    await this.telling(async () => {
      if (focus && source.around) this.add(await source.around(focus, hops));
      if (from && to && source.between) this.add(await source.between(from, to));
    });
  }

  /**
   * Do what asks the service, and tell the reader where that fails.
   * @param {() => Promise<void>} work
   */
  async telling(work) {
    try {
      await work();
    } catch (error) {
      this.say(
        filled(this.word("failed"), {
          reason: error instanceof Error ? error.message : String(error),
        }),
      );
    }
  }

  /** @param {Sent | null} sent */
  add(sent) {
    if (!sent) return;
    this.scene = sceneOf(joined(this.scene, unpacked(sent)));
    this.drawing.grown();
  }

  /**
   * Have a thing, its neighbours and its facts in the page.
   * @param {string} name
   */
  async bring(name) {
    const { source } = this.start;
    if (name.includes("|")) return;
    await this.telling(async () => {
      if (source.around) this.add(await source.around(name, 1));
      if (source.facts && !this.told.has(name)) this.remember(name, await source.facts(name));
    });
  }

  /**
   * Keep the facts of a thing, with their sentences behind those that the page holds.
   * @param {string} name
   * @param {Told} more
   */
  remember(name, more) {
    const said = sentencesOf(more.sentences),
      shift = this.scene.sentences.text.length,
      documents = this.scene.documents.length;
    this.scene.documents.push(...more.documents);
    this.scene.sentences.text.push(...said.text);
    this.scene.sentences.place.push(...said.place);
    this.scene.sentences.document.push(...said.document.map((one) => (one < 0 ? one : one + documents)));
    this.told.set(
      name,
      more.facts.map((fact) => ({
        ...fact,
        sentences: fact.sentences.map((one) => one + shift),
      })),
    );
  }

  /**
   * Open a thing or an edge by its name, and go there.
   * @param {string} name
   * @param {boolean} [quietly] whether the reader's focus stays where it is
   */
  open = async (name, quietly = false) => {
    this.store.change({ open: name, from: null, to: null });
    const known = this.scene.number.has(name);
    await this.bring(name);
    const node = this.scene.number.get(name);
    if (node !== undefined && lookOf(this.scene, this.state, false).nodes[node] === HIDDEN) this.reveal(node);
    this.render();
    if (node !== undefined && (!known || !quietly)) this.show(node);
    if (!quietly) part("panel").querySelector("h2")?.focus();
    this.announce();
  };

  /**
   * Take back what hides a thing that the reader asked for.
   * @param {number} node
   */
  reveal(node) {
    const hidden = new Set(this.state.hidden);
    hidden.delete(kindOf(this.scene, node).name);
    const bare = { hidden, focus: null };
    const still = lookOf(this.scene, { ...this.state, ...bare }, false).nodes[node] === HIDDEN;
    this.store.change(still ? { ...bare, since: null, until: null } : bare);
  }

  close = () => {
    const inside = part("panel").contains(document.activeElement);
    this.change({ open: null, from: null, to: null });
    part("card").hidden = true;
    if (inside) this.stage.focus();
  };

  /** Pixels at the right of the stage that the panel covers. */
  covered() {
    const panel = part("panel"),
      wide = this.stage.clientWidth;
    return panel.hidden || panel.offsetWidth > 0.7 * wide ? 0 : wide - panel.offsetLeft;
  }

  /** @param {number} node */
  show = (node) => {
    const scale = Math.min(this.drawing.camera()[2], 1.2);
    this.go([at(this.scene.nodes.x, node) + (this.covered() / 2) * scale, at(this.scene.nodes.y, node), scale]);
  };

  /** @param {Camera} camera */
  go(camera, animated = true) {
    this.drawing.moveTo(camera, animated && !this.still.matches);
  }

  /** Show all that is shown. @param {boolean} animated */
  fit(animated) {
    const path = pathOf(this.scene, this.state);
    const nodes = [...this.look.nodes].flatMap((how, node) => (how !== HIDDEN && (!path || how > 2) ? [node] : []));
    const covered = this.covered();
    const [x, y, scale] = around(this.scene, nodes, {
      width: this.stage.clientWidth - covered,
      height: this.stage.clientHeight,
    });
    this.go([x + (covered / 2) * scale, y, scale], animated);
  }

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
    const dark = this.isDark();
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    speak(this.start.words, this.state.lang);
    this.look = lookOf(this.scene, this.state, dark);
    this.drawing.show(this.look);
    fill(this.desk(), dark);
    this.count();
    this.panel(dark);
    this.tabulate();
    part("table-nodes").setAttribute("aria-pressed", String(this.state.table === "nodes"));
    part("table-edges").setAttribute("aria-pressed", String(this.state.table === "edges"));
    document.body.dataset.table = this.state.table ?? "none";
    part("theme").textContent = this.word(`theme_${this.state.theme}`);
    this.keep();
  }

  tabulate() {
    const { scene, state, look, word, open } = this;
    this.table.show(state.table && listed({ scene, state, look, word, open }, state.table));
  }

  count() {
    part("count").textContent = filled(this.word("count"), {
      nodes: countShown(this.look.nodes),
      edges: countShown(this.look.edges),
    });
    part("empty").hidden = this.scene.nodes.id.length > 0;
  }

  /** @param {boolean} dark */
  panel(dark) {
    const { state, scene } = this,
      node = numberOf(scene, state.open),
      edge = edgeNamed(scene, state.open);
    const from = numberOf(scene, state.from),
      to = numberOf(scene, state.to);
    const facts = node === undefined ? null : (scene.facts?.[node] ?? this.told.get(at(scene.nodes.id, node)) ?? null);
    const { camera, table, hidden, ...matters } = state;
    const key = JSON.stringify([matters, [...hidden], dark, scene.nodes.id.length, scene.edges.start.length, facts?.length]);
    if (key === this.shownPanel) return;
    this.shownPanel = key;
    const room = {
      scene,
      state,
      dark,
      word: this.word,
      open: this.open,
      openEdge: (/** @type {number} */ one) => void this.open(nameOfEdge(this.scene, one)),
      change: this.change,
      show: this.show,
    };
    /** @type {HTMLElement[] | null} */
    let content = null;
    if (node !== undefined) content = nodePanel(room, node, facts);
    else if (edge >= 0) content = edgePanel(room, edge);
    else if (from !== undefined && to !== undefined) content = pathPanel(room, from, to, pathOf(scene, state));
    const panel = part("panel"),
      focused = panel.contains(document.activeElement) ? document.activeElement?.id : "";
    panel.hidden = content === null;
    part("detail").replaceChildren(...(content ?? []));
    if (content) panel.scrollTop = 0;
    if (focused) document.getElementById(focused)?.focus();
  }

  keep() {
    const hash = hashOf(this.state, this.usual);
    const address = location.href.split("#")[0] + (hash ? `#${hash}` : "");
    if (address !== location.href) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  desk() {
    return {
      scene: () => this.scene,
      state: () => this.state,
      change: this.change,
      open: this.open,
      word: this.word,
      find: this.find,
      say: this.say,
    };
  }

  /**
   * @param {string} asked
   * @returns {Promise<Found[]> | Found[]}
   */
  find = (asked) => this.start.source.find?.(asked) ?? findNames(this.scene, asked);

  /** @returns {import("./types.js").Events} */
  events() {
    let timer = 0;
    return {
      hoverNode: (node) =>
        showCard(
          this.stage,
          this.scene,
          at(this.scene.nodes.name, node),
          kindOf(this.scene, node)[this.state.lang],
          at(this.scene.nodes.sentences, node),
        ),
      hoverEdge: (edge) =>
        showCard(this.stage, this.scene, told(this.scene, edge, this.state.lang), "", at(this.scene.edges.sentences, edge)),
      leave: () => {
        part("card").hidden = true;
      },
      clickNode: (node) => void this.open(at(this.scene.nodes.id, node), true),
      clickEdge: (edge) => void this.open(nameOfEdge(this.scene, edge), true),
      clickStage: () => this.close(),
      moved: () => {
        part("card").hidden = true;
        clearTimeout(timer);
        timer = window.setTimeout(() => {
          this.store.change({ camera: this.drawing.camera() });
        }, 200);
      },
    };
  }

  /** @param {string} [background] */
  picture(background) {
    return this.drawing.picture(background ?? (this.isDark() ? "#14181c" : "#ffffff"));
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
