/**
 * The drawing with sigma, which moves and zooms and, of large graphs, draws dots and lines with WebGL. Names, and all of what is few enough
 * to be drawn finely, are painted on its uppermost canvas as on the other page (`paint.js`).
 */

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram, NodePointProgram } from "sigma/rendering";
import type { CameraState } from "sigma/types";

import { countShown, FAINT, HIDDEN, radiusOn, STRONG } from "../graph/look.js";
import { byImportance, type Frame, type Label } from "../graph/names.js";
import { besides, paintNames, paintThings, paintTies, under } from "../graph/paint.js";
import { followHits } from "../graph/pointer.js";
import { brush } from "../parts/dom.js";
import { at } from "../parts/rows.js";
import { relationOf } from "../graph/accessors.js";
import type { Camera, Drawing, Events, Look, Scene, Spots } from "../graph/types";

const INK = {
  light: { veil: "#8d98a3", tie: "#a3acb5", strong: "#1d2329", faintTie: "#eceff2" },
  dark: { veil: "#626d78", tie: "#59636d", strong: "#ffffff", faintTie: "#20262c" },
};
type Ink = (typeof INK)["light"];
/** Things and ties up to which all is painted: dashes, heads, words and shapes, which take time. */
const FINE = 2_000;
/** Edges above which they are drawn as hairlines without heads, and nodes as points: broad ones cost several times as much. */
const MANY_EDGES = 8_000;
/** Edges above which they are left out while the picture moves. */
const TOO_MANY_TO_MOVE = 4 * MANY_EDGES;
/** Things in sight whose names are tried. */
const NAMED = 600;
/** Of a line that no sentence states, how much there is of one that a sentence does. */
const LIGHTER = 0.55;
const WHOLE: CameraState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };

export interface SigmaDrawing extends Drawing {
  /** The names of the last frame. */
  labels(): Label[];
  /** Where dots lie on the screen, and their radii. */
  frame(): Frame;
}

/** Draw a scene. Throws where there is no WebGL. */
export function sigmaDrawing(stage: HTMLElement, scene: () => Scene, events: Events): SigmaDrawing {
  const graph = new Graph({ multi: true, type: "directed" });
  let look: Look = { dark: false, nodes: new Uint8Array(), edges: new Uint8Array(), colours: [], sizes: new Float32Array(), chosen: -1 };
  let spots: Spots = { x: Float64Array.from(scene().nodes.x), y: Float64Array.from(scene().nodes.y) };
  let order: number[] = [];
  let labels: Label[] = [];
  let crowded = false,
    fine = true;
  let beside = besides(scene());
  fill(graph, scene(), spots);
  const ink = () => INK[look.dark ? "dark" : "light"];

  // without nodes at first, so that all is drawn once, when it is known how
  const sigma = new Sigma(new Graph(), stage, {
    allowInvalidContainer: true,
    renderLabels: false,
    nodeProgramClasses: { circle: graph.size > MANY_EDGES ? NodePointProgram : NodeCircleProgram },
    // what comes last is drawn last: hairlines never cross what is brought out
    edgeProgramClasses: { hairline: EdgeLineProgram, line: EdgeRectangleProgram },
    zoomToSizeRatioFunction: () => 1,
    minCameraRatio: 0.005,
    maxCameraRatio: 8,
    stagePadding: 0,
    minEdgeThickness: 1,
    defaultDrawNodeHover: () => undefined,
    nodeReducer: (key, data) => ({ ...data, ...nodeLook(look, Number(key), fine, room()) }),
    edgeReducer: (key, data) => edgeLook(look, Number(key), data, ink(), crowded, fine),
  });
  sigma.setCustomBBox({ x: [-500, 500], y: [-500, 500] }).refresh();

  const layer = (name: string) => {
    const canvas = sigma.getCanvases()[name];
    if (!canvas) throw new Error(`There is no layer ${name}.`);
    return canvas;
  };
  const room = () => ({ width: stage.clientWidth, height: stage.clientHeight });
  const frame = (): Frame => {
    const { width, height } = sigma.getDimensions();
    const origin = sigma.graphToViewport({ x: 0, y: 0 }),
      unit = sigma.graphToViewport({ x: 1, y: -1 });
    const [stepX, stepY] = [unit.x - origin.x, unit.y - origin.y],
      free = room();
    return {
      x: spots.x.map((x) => origin.x + x * stepX),
      y: spots.y.map((y) => origin.y + y * stepY),
      sizes: look.sizes.map((size) => radiusOn(free, size)),
      width,
      height,
    };
  };
  const { pointed, click } = followHits(
    stage,
    events,
    (place) => under(what(), frame(), place),
    () => sigma.scheduleRender(),
  );
  const what = () => ({ scene: scene(), look, order, beside, lang: events.lang(), hovered: pointed.edge, pointed: pointed.node });
  sigma.on("clickNode", ({ event }) => click(event));
  sigma.on("clickStage", ({ event }) => click(event));
  sigma.on("doubleClickStage", (event) => event.preventSigmaDefault());
  sigma.getCamera().on("updated", () => events.moved());
  sigma.on("afterRender", () => {
    const context = brush(layer("labels"));
    if (sigma.getGraph() !== graph) return;
    const now = frame();
    if (fine) {
      paintTies(context, what(), now);
      paintThings(context, what(), now);
    } else markPointed(context, pointed.node >= 0 ? pointed.node : look.chosen, now, ink());
    const named = fine ? order : order.filter((node) => inSight(now, node)).slice(0, NAMED);
    labels = paintNames(context, { ...what(), order: named, ...(fine ? {} : { look: { ...look, edges: new Uint8Array() } }) }, now);
  });

  let aimed: Camera | null = null;
  new ResizeObserver(() => {
    const { width, height } = sigma.getDimensions();
    if (width === stage.offsetWidth && height === stage.offsetHeight) return;
    sigma.resize();
    if (aimed) moveTo(aimed, false);
    sigma.scheduleRefresh();
  }).observe(stage);

  const set = (name: "hideEdgesOnMove" | "zIndex", value: boolean) => {
    if (sigma.getSetting(name) !== value) sigma.setSetting(name, value); // which has everything processed again
  };
  /** Screen pixels of one pixel of the spots while the whole is shown. */
  const whole = () => {
    const a = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState: WHOLE }),
      b = sigma.graphToViewport({ x: 1000, y: 0 }, { cameraState: WHOLE });
    return Math.hypot(b.x - a.x, b.y - a.y) / 1000;
  };
  function moveTo(camera: Camera, animated: boolean): void {
    const [x, y, scale] = (aimed = camera);
    const framed = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }, { cameraState: WHOLE }), { cameraState: WHOLE });
    const state = { x: framed.x, y: framed.y, ratio: scale * whole(), angle: 0 };
    if (animated) void sigma.getCamera().animate(state, { duration: 300 });
    else sigma.getCamera().setState(state);
  }
  return {
    show(next) {
      look = next;
      if (graph.order < look.nodes.length || graph.size < look.edges.length) {
        fill(graph, scene(), spots); // only now, when it is known how to draw what is new
        beside = besides(scene());
      }
      order = byImportance(scene(), look, events.size());
      const shown = countShown(look.edges);
      crowded = shown > MANY_EDGES;
      fine = shown <= FINE && countShown(look.nodes) <= FINE;
      set("hideEdgesOnMove", shown > TOO_MANY_TO_MOVE);
      set("zIndex", !crowded);
      if (sigma.getGraph() === graph) sigma.refresh();
      else sigma.setGraph(graph);
    },
    lay(next) {
      spots = next;
      graph.updateEachNodeAttributes((key, data) => ({ ...data, x: at(spots.x, Number(key)), y: -at(spots.y, Number(key)) }));
    },
    place: (node) => sigma.graphToViewport({ x: at(spots.x, node), y: -at(spots.y, node) }, { cameraState: sigma.getCamera().getState() }),
    camera(): Camera {
      const state = sigma.getCamera().getState(),
        { width, height } = sigma.getDimensions();
      const { x, y } = sigma.viewportToGraph({ x: width / 2, y: height / 2 }, { cameraState: state });
      return [x, -y, state.ratio / whole()];
    },
    moveTo,
    picture(background) {
      sigma.refresh({ skipIndexation: true }); // what WebGL drew is there until this task ends
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [layer("nodes").width, layer("nodes").height];
      const context = brush(copy);
      context.fillStyle = background;
      context.fillRect(0, 0, copy.width, copy.height);
      for (const name of ["edges", "nodes", "labels"]) context.drawImage(layer(name), 0, 0);
      return copy;
    },
    labels: () => labels,
    frame,
  };
}

/** Add what the graph does not hold yet; keys are numbers of the scene. */
function fill(graph: Graph, scene: Scene, spots: Spots): void {
  for (let node = graph.order; node < scene.nodes.id.length; node++)
    graph.addNode(String(node), { x: spots.x[node] ?? 0, y: -(spots.y[node] ?? 0) }); // not laid yet while the stage has no width
  for (let edge = graph.size; edge < scene.edges.start.length; edge++) {
    const { symmetric } = relationOf(scene, edge);
    const context = Boolean(scene.edges.context[edge]);
    graph.addEdgeWithKey(String(edge), String(scene.edges.start[edge]), String(scene.edges.end[edge]), { symmetric, context });
  }
}

function nodeLook(look: Look, node: number, fine: boolean, room: { width: number; height: number }) {
  const how = at(look.nodes, node);
  const size = radiusOn(room, at(look.sizes, node));
  return {
    hidden: fine || how === HIDDEN,
    size: node === look.chosen ? size + 3 : size,
    color: how === FAINT ? mixed(at(look.colours, node), look.dark, 0.22) : at(look.colours, node),
    zIndex: how,
  };
}

function edgeLook(look: Look, edge: number, data: { symmetric?: boolean; context?: boolean }, ink: Ink, crowded: boolean, fine: boolean) {
  const how = at(look.edges, edge);
  const lighter = data.context === true; // what no sentence states
  const plain = crowded ? veil(ink.veil, lighter) : lighter ? mixed(ink.tie, look.dark, LIGHTER) : ink.tie;
  return {
    hidden: fine || how === HIDDEN,
    size: how === STRONG ? 2 : 1,
    color: how === STRONG ? ink.strong : how === FAINT ? ink.faintTie : plain,
    type: (crowded || lighter) && how !== STRONG ? "hairline" : data.symmetric || crowded ? "line" : "arrow",
    zIndex: how,
  };
}

/** A colour to see through, so that where many ties run is darker; sigma takes colours as multiplied by their opacity. */
function veil(colour: string, lighter: boolean): string {
  const opacity = 0.12 * (lighter ? LIGHTER : 1),
    parts = [1, 3, 5].map((at) => Math.round(opacity * Number.parseInt(colour.slice(at, at + 2), 16)));
  return `rgba(${parts.join(",")},${opacity})`;
}

/** A colour that has stepped back towards the background. */
function mixed(colour: string, dark: boolean, share: number): string {
  const ground = dark ? [0x14, 0x18, 0x1c] : [0xff, 0xff, 0xff];
  const parts = ground.map((under, i) => Math.round(share * Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) + (1 - share) * under));
  return `#${parts.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

function inSight({ x, y, width, height }: Frame, node: number): boolean {
  return at(x, node) > 0 && at(y, node) > 0 && at(x, node) < width && at(y, node) < height;
}

/** A ring around what is pointed at, or open. */
function markPointed(context: CanvasRenderingContext2D, node: number, { x, y, sizes }: Frame, ink: Ink): void {
  if (node < 0) return;
  context.beginPath();
  context.arc(at(x, node), at(y, node), at(sizes, node) + 3, 0, 2 * Math.PI);
  context.lineWidth = 2.5;
  context.strokeStyle = ink.strong;
  context.stroke();
}
