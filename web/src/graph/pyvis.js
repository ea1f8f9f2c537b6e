/** The drawing of the page that pyvis makes. */

/** @import { Camera, Drawing, Events, Look, Scene, Spots } from "./types.js" */
/** @import { Frame, Label } from "./names.js" */
import { HIDDEN, radiusOn } from "./look.js";
import { brush, dataIn } from "../parts/dom.js";
import { byImportance } from "./names.js";
import { startPage } from "./page.js";
import { besides, paintNames, paintThings, paintTies, under } from "./paint.js";
import { followHits } from "./pointer.js";
import { at } from "../parts/rows.js";

/**
 * The drawing on the canvas of vis-network, of the nodes that pyvis wrote. The library moves, zooms and lets things be dragged; what is seen
 * is drawn here in pixels of the screen, so that dots, lines and names stay as large as they are however near the reader comes.
 * @param {HTMLElement} stage
 * @param {() => Scene} scene
 * @param {Events} events
 * @returns {Drawing & { labels: () => Label[] }}
 */
export function visDrawing(stage, scene, events) {
  const given = dataIn("drawing");
  const nodes = new vis.DataSet(given.nodes.map((/** @type {object} */ node) => ({ ...node, label: undefined, opacity: 0 })));
  const network = new vis.Network(stage, { nodes, edges: new vis.DataSet([]) }, given.options);
  /** @type {Look} */
  let look = { dark: false, nodes: new Uint8Array(), edges: new Uint8Array(), colours: [], sizes: new Float32Array(), chosen: -1 };
  /** @type {Spots} */
  let spots = { x: Float64Array.from(scene().nodes.x), y: Float64Array.from(scene().nodes.y) };
  /** @type {Label[]} */
  let labels = [];
  /** @type {number[]} */
  let order = [];
  const beside = besides(scene());
  const { pointed, click } = followHits(
    stage,
    events,
    (place) => under(what(), frame(), place),
    () => network.redraw(),
  );
  const what = () => ({ scene: scene(), look, order, beside, lang: events.lang(), hovered: pointed.edge, pointed: pointed.node });

  /** @returns {Frame} */
  const frame = () => {
    const { x, y } = network.getViewPosition(),
      scale = network.getScale(),
      [width, height] = [stage.clientWidth, stage.clientHeight];
    return {
      x: spots.x.map((one) => (one - x) * scale + width / 2),
      y: spots.y.map((one) => (one - y) * scale + height / 2),
      sizes: look.sizes.map((size) => radiusOn({ width, height }, size)),
      width,
      height,
    };
  };
  /** @type {Camera | null} where the reader looks: the library has views of its own when it begins and when the stage changes */
  let camera = null;
  const seen = () => {
    const { x, y } = network.getViewPosition();
    return /** @type {Camera} */ ([x, y, 1 / network.getScale()]);
  };
  const aim = (/** @type {Camera} */ [x, y, scale], animation = false) =>
    network.moveTo({
      position: { x, y },
      scale: 1 / scale,
      animation: animation && { duration: 300, easingFunction: "easeInOutQuad" },
    });
  const kept = () => {
    if (camera) aim(camera);
  };
  network.once("afterDrawing", kept);
  network.on("resize", () => network.once("afterDrawing", kept));
  for (const name of ["dragEnd", "zoom", "animationFinished"])
    network.on(name, () => {
      camera = seen();
      events.moved();
    });
  network.on("dragging", ({ nodes: dragged }) => {
    for (const node of dragged) ({ x: spots.x[node], y: spots.y[node] } = network.getPosition(node));
  });
  network.on("click", ({ pointer }) => click(pointer.DOM));

  let background = "";
  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
    const ratio = context.getTransform().a / network.getScale();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (background) {
      context.fillStyle = background;
      context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    }
    const now = frame();
    paintTies(context, what(), now);
    paintThings(context, what(), now);
    labels = paintNames(context, what(), now);
    context.restore();
  });
  return {
    show(next) {
      look = next;
      order = byImportance(scene(), look, events.size());
      nodes.update(scene().nodes.id.map((_, id) => ({ id, hidden: look.nodes[id] === HIDDEN, size: look.sizes[id] })));
      network.redraw();
    },
    lay(next) {
      spots = next;
      nodes.update(scene().nodes.id.map((_, id) => ({ id, x: at(spots.x, id), y: at(spots.y, id) })));
    },
    place(node) {
      const { x, y } = frame();
      return { x: at(x, node), y: at(y, node) };
    },
    labels: () => labels,
    camera: () => camera ?? seen(),
    moveTo(next, animated) {
      camera = next;
      aim(next, animated);
      if (!animated) events.moved();
    },
    picture(colour) {
      background = colour;
      network.redraw();
      const canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector("canvas"));
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      brush(copy).drawImage(canvas, 0, 0);
      background = "";
      network.redraw();
      return copy;
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
