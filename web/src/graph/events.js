/** Buttons, keys, the pointer and the browser's own events, connected with what the page does. */

/** @import { Page } from "./page.js" */
/** @import { Events, State } from "./types.js" */
import { followPointer, showCard } from "./card.js";
import { connectControls } from "./controls.js";
import { handOver, part } from "../parts/dom.js";
import { connectFacets } from "./facets.js";
import { mostImportant, nameOfEdge } from "./look.js";
import { allShown } from "./drilldown.js";
import { told } from "./panel.js";
import { nodeLink } from "./nodelink.js";
import { stateFrom } from "./state.js";
import { listenToKeys } from "./keyboard.js";
import { at } from "../parts/rows.js";
import { kindOf } from "./accessors.js";

/** Milliseconds within which one print asks for its picture more than once. */
const ONE_PRINT = 2000;
/** Milliseconds after which a picture that has moved stands in the address. */
const AT_REST = 200;
/** @type {Record<State["theme"], State["theme"]>} */
const NEXT_THEME = { auto: "dark", dark: "light", light: "auto" };

/**
 * Connect buttons, keys and the browser's own events with the page.
 * @param {Page} page
 */
export function connectEvents(page) {
  connectControls(page);
  connectFacets(page);
  followPointer(page.stage);
  const help = part("help", HTMLDialogElement);
  const acts = buttons(page, help);
  for (const [id, act] of Object.entries(acts)) part(id).addEventListener("click", act);
  listenToKeys(page.stage, {
    spots: () => page.spots,
    look: () => page.look,
    drawing: () => page.drawing,
    open: (node) => {
      void page.open(at(page.scene.nodes.id, node), true);
      page.cameraControl.show(page.spots, node);
    },
    acts: {
      Enter: () => enter(page),
      0: acts.fit,
      "/": () => part("search").focus(),
      "?": acts.keys,
      f: () => page.change({ focus: page.state.focus === page.state.open ? null : page.state.open }),
      t: acts["table-nodes"],
    },
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !help.open) page.close();
  });
  window.addEventListener("hashchange", () => {
    page.change(stateFrom(location.hash, page.usual));
    if (page.state.camera) page.cameraControl.go(page.state.camera);
  });
  new ResizeObserver(() => page.resized()).observe(page.stage);
  page.prefersDark.addEventListener("change", () => page.render());
  preparePrints(page);
}

/**
 * What the page does as the pointer moves over the drawing and clicks.
 * @param {Page} page
 * @returns {Events}
 */
export function eventsOf(page) {
  let timer = 0;
  const leave = () => {
    part("card").hidden = true;
  };
  return {
    hoverNode: (node) => {
      const { scene, state, stage } = page;
      showCard(stage, scene, at(scene.nodes.name, node), kindOf(scene, node)[state.lang], at(scene.nodes.sentences, node));
    },
    hoverEdge: (edge) => {
      const { scene, state, stage } = page;
      showCard(stage, scene, told(scene, edge, state.lang), "", at(scene.edges.sentences, edge));
    },
    leave,
    clickNode: (node) => void page.open(at(page.scene.nodes.id, node), true),
    clickEdge: (edge) => void page.open(nameOfEdge(page.scene, edge), true),
    clickStage: () => page.close(),
    lang: () => page.state.lang,
    size: () => page.state.size,
    moved: () => {
      leave();
      clearTimeout(timer);
      timer = window.setTimeout(() => page.change({ camera: page.drawing.camera() }), AT_REST);
    },
  };
}

/**
 * What each button does, by its id.
 * @param {Page} page
 * @param {HTMLDialogElement} help
 */
function buttons(page, help) {
  const table = (/** @type {State["table"]} */ kind) => page.change({ table: page.state.table === kind ? null : kind });
  return {
    close: page.close,
    language: () => page.change({ lang: page.state.lang === "zh" ? "en" : "zh" }),
    theme: () => page.change({ theme: NEXT_THEME[page.state.theme] }),
    "table-nodes": () => table("nodes"),
    "table-edges": () => table("edges"),
    fit: () => page.cameraControl.fit(page, true),
    all: () => {
      page.change(allShown());
      page.stage.focus();
    },
    png: () => page.picture().toBlob((blob) => blob && handOver(blob, "graph.png"), "image/png"),
    json: () => {
      const text = JSON.stringify(nodeLink(page.scene, page.look, page.state), null, 1);
      handOver(new Blob([text], { type: "application/json" }), "graph.json");
    },
    print: () => window.print(),
    keys: () => help.showModal(),
  };
}

/**
 * Go to what is open, or open the most important thing.
 * @param {Page} page
 */
function enter(page) {
  const first = page.scene.nodes.id[mostImportant(page.look)];
  if (page.look.chosen >= 0) page.sidePanel.focus();
  else if (first !== undefined) void page.open(first);
}

/**
 * The picture for the paper is made once a print, while the stage still has its size on the screen.
 * @param {Page} page
 */
function preparePrints(page) {
  let last = -Infinity;
  const prepare = () => {
    if (performance.now() - last > ONE_PRINT) part("print-picture", HTMLImageElement).src = page.picture("#ffffff").toDataURL("image/png");
    last = performance.now();
  };
  window.addEventListener("beforeprint", prepare);
  matchMedia("print").addEventListener("change", (event) => {
    if (event.matches) prepare();
  });
}
