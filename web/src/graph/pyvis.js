/** @import { Drawing, Events, Look, Scene } from "./types.js" */
import { FAINT, HIDDEN, STRONG } from "./look.js";
import { dataIn } from "../parts/dom.js";
import { startPage } from "./page.js";

const INK = {
  light: {
    text: "#1d2329",
    halo: "#ffffff",
    tie: "#a3acb5",
    strong: "#1d2329",
  },
  dark: { text: "#e6e9ec", halo: "#14181c", tie: "#59636d", strong: "#ffffff" },
};

/**
 * The drawing with vis-network, of the nodes and edges that pyvis wrote; it stays where it was laid out.
 * @param {HTMLElement} stage
 * @param {() => Scene} scene
 * @param {Events} events
 * @returns {Drawing}
 */
export function visDrawing(stage, scene, events) {
  const given = dataIn("drawing");
  const nodes = new vis.DataSet(given.nodes),
    edges = new vis.DataSet(given.edges);
  const network = new vis.Network(stage, { nodes, edges }, given.options);
  /** @type {Map<string, string>} what was drawn last, so that only changes are sent */
  const drawn = new Map();
  const changed = (/** @type {string} */ key, /** @type {object} */ value) => {
    const text = JSON.stringify(value);
    if (drawn.get(key) === text) return false;
    drawn.set(key, text);
    return true;
  };
  network.on("hoverNode", ({ node }) => events.hoverNode(node));
  network.on("hoverEdge", ({ edge }) => events.hoverEdge(edge));
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => events.leave());
  const seen = () => {
    const { x, y } = network.getViewPosition();
    return /** @type {import("./types.js").Camera} */ ([x, y, 1 / network.getScale()]);
  };
  for (const name of ["dragEnd", "zoom", "animationFinished"])
    network.on(name, () => {
      camera = seen();
      events.moved();
    });
  network.on("click", ({ nodes: picked, edges: lines }) => {
    if (picked.length) events.clickNode(picked[0]);
    else if (lines.length) events.clickEdge(lines[0]);
    else events.clickStage();
  });
  /** @type {import("./types.js").Camera | null} where the reader looks: the library has views of its own when it begins and when the stage changes */
  let camera = null;
  const kept = () => {
    if (camera) look(camera);
  };
  network.once("afterDrawing", kept);
  network.on("resize", () => network.once("afterDrawing", kept));
  const look = (/** @type {import("./types.js").Camera} */ [x, y, scale], animation = false) =>
    network.moveTo({
      position: { x, y },
      scale: 1 / scale,
      animation: animation && {
        duration: 300,
        easingFunction: "easeInOutQuad",
      },
    });
  let background = "";
  network.on("beforeDrawing", (context) => {
    if (!background) return;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = background;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
  });
  return {
    show(next) {
      const ink = INK[next.dark ? "dark" : "light"];
      nodes.update(
        scene()
          .nodes.id.map((_, id) => nodeLook(next, id, ink))
          .filter((one) => changed(`n${one.id}`, one)),
      );
      edges.update(
        scene()
          .edges.start.map((_, id) => edgeLook(next, id, ink))
          .filter((one) => changed(`e${one.id}`, one)),
      );
      network.selectNodes(next.chosen >= 0 ? [next.chosen] : [], false);
    },
    grown() {},
    place: (node) => network.canvasToDOM(network.getPosition(node)),
    camera: () => camera ?? seen(),
    moveTo(next, animated) {
      camera = next;
      look(next, animated);
      if (!animated) events.moved();
    },
    picture(colour) {
      background = colour;
      network.redraw();
      const canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector("canvas"));
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      copy.getContext("2d")?.drawImage(canvas, 0, 0);
      background = "";
      network.redraw();
      return copy;
    },
  };
}

/**
 * @param {Look} look
 * @param {number} id
 * @param {typeof INK.light} ink
 */
function nodeLook(look, id, ink) {
  const how = look.nodes[id],
    faint = how === FAINT;
  return {
    id,
    hidden: how === HIDDEN,
    size: look.sizes[id],
    opacity: faint ? 0.25 : 1,
    color: {
      background: look.colours[id],
      border: ink.halo,
      highlight: { background: look.colours[id], border: ink.strong },
      hover: { background: look.colours[id], border: ink.strong },
    },
    borderWidthSelected: 3,
    font: {
      color: faint ? `${ink.text}55` : ink.text,
      strokeColor: ink.halo,
      strokeWidth: faint ? 0 : 4,
    },
  };
}

/**
 * @param {Look} look
 * @param {number} id
 * @param {typeof INK.light} ink
 */
function edgeLook(look, id, ink) {
  const how = look.edges[id];
  return {
    id,
    hidden: how === HIDDEN,
    width: how === STRONG ? 2.5 : 1,
    color: {
      color: how === STRONG ? ink.strong : ink.tie,
      highlight: ink.strong,
      hover: ink.strong,
      opacity: how === FAINT ? 0.25 : 1,
    },
  };
}

const page = startPage({
  scene: dataIn("scene"),
  words: dataIn("words"),
  lang: dataIn("language"),
  source: {},
  draw: visDrawing,
});
Object.assign(window, { kg: page });
