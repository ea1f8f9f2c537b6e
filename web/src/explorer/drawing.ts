/** The drawing with sigma: graphology holds the graph, WebGL draws it, labels are placed here so that none overlaps. */

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram, NodePointProgram, type NodeHoverDrawingFunction } from "sigma/rendering";
import type { CameraState } from "sigma/types";
import { graphExtent } from "sigma/utils";

import { countShown, FAINT, HIDDEN, STRONG } from "../graph/look.js";
import type { Camera, Drawing, Events, Look, Scene } from "../graph/types";
import { Taken } from "./labels";
import { at, relationOf } from "../graph/rows.js";

const INK = {
  light: { text: "#1d2329", halo: "#ffffff", tie: "#c3cad1", veil: veil("#8d98a3"), strong: "#1d2329", faintTie: "#eceff2" },
  dark: { text: "#e6e9ec", halo: "#14181c", tie: "#47515b", veil: veil("#626d78"), strong: "#ffffff", faintTie: "#20262c" },
};
const FONT = '13px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const LINE = 15,
  GAP = 6;
/** Labels drawn in one frame at most, and characters of one. */
const MOST_LABELS = 220,
  MOST_CHARACTERS = 16;
/** Edges above which they are drawn as hairlines without heads, and nodes as points: broad ones cost several times as much. */
const MANY_EDGES = 8_000;
/** Edges above which they are left out while the picture moves. */
const TOO_MANY_TO_MOVE = 4 * MANY_EDGES;
const WHOLE: CameraState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };

export interface SigmaDrawing extends Drawing {
  /** The boxes of the labels of the last frame. */
  labels(): { node: number; left: number; top: number; right: number; bottom: number }[];
}

/** Draw a scene. Throws where there is no WebGL. */
export function sigmaDrawing(stage: HTMLElement, scene: () => Scene, events: Events): SigmaDrawing {
  const graph = new Graph({ multi: true, type: "directed" });
  let look: Look = { dark: false, nodes: new Uint8Array(), edges: new Uint8Array(), colours: [], sizes: new Float32Array(), chosen: -1 };
  let order: number[] = [];
  let boxes: ReturnType<SigmaDrawing["labels"]> = [];
  const taken = new Taken();
  fill(graph, scene());
  const large = graph.size > MANY_EDGES;
  let crowded = false;
  const ink = () => INK[look.dark ? "dark" : "light"];

  // without nodes at first, so that all is drawn once, when it is known how; the box gives the places of what will be there
  const sigma = new Sigma(new Graph(), stage, {
    allowInvalidContainer: true,
    renderLabels: false,
    enableEdgeEvents: true,
    nodeProgramClasses: { circle: large ? NodePointProgram : NodeCircleProgram },
    // what comes last is drawn last: hairlines never cross what is brought out
    edgeProgramClasses: { hairline: EdgeLineProgram, line: EdgeRectangleProgram },
    // what is brought out of a large graph lies close together: it must not grow as the reader comes near
    zoomToSizeRatioFunction: (ratio) => (large && !crowded ? 1 : Math.sqrt(ratio)),
    minCameraRatio: 0.005,
    maxCameraRatio: 4,
    stagePadding: 60,
    minEdgeThickness: 1,
    defaultDrawNodeHover: hover(ink),
    nodeReducer: (key, data) => ({ ...data, ...nodeLook(look, Number(key)) }),
    edgeReducer: (key, data) => edgeLook(look, Number(key), data, ink(), crowded),
  });
  sigma.setCustomBBox(graphExtent(graph)).refresh();

  sigma.on("enterNode", ({ node }) => events.hoverNode(Number(node)));
  sigma.on("enterEdge", ({ edge }) => events.hoverEdge(Number(edge)));
  sigma.on("leaveNode", () => events.leave());
  sigma.on("leaveEdge", () => events.leave());
  sigma.on("clickNode", ({ node }) => events.clickNode(Number(node)));
  sigma.on("clickEdge", ({ edge }) => events.clickEdge(Number(edge)));
  sigma.on("clickStage", () => events.clickStage());
  sigma.on("doubleClickStage", (event) => event.preventSigmaDefault());
  sigma.getCamera().on("updated", () => events.moved());
  sigma.on("afterRender", () => {
    boxes = drawLabels(sigma, scene(), look, order, taken, ink());
  });

  new ResizeObserver(() => {
    const { width, height } = sigma.getDimensions();
    if (width !== stage.offsetWidth || height !== stage.offsetHeight) sigma.scheduleRender();
  }).observe(stage);

  const set = (name: "hideEdgesOnMove" | "zIndex", value: boolean) => {
    if (sigma.getSetting(name) !== value) sigma.setSetting(name, value); // which has everything processed again
  };
  /** Screen pixels of one scene pixel while the whole scene is shown. */
  const whole = () => {
    const a = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState: WHOLE }),
      b = sigma.graphToViewport({ x: 1000, y: 0 }, { cameraState: WHOLE });
    return Math.hypot(b.x - a.x, b.y - a.y) / 1000;
  };
  return {
    show(next) {
      look = next;
      order = byImportance(look);
      const shown = countShown(look.edges);
      crowded = shown > MANY_EDGES;
      set("hideEdgesOnMove", shown > TOO_MANY_TO_MOVE);
      set("zIndex", !crowded);
      if (sigma.getGraph() === graph) sigma.refresh();
      else sigma.setGraph(graph);
    },
    grown() {
      fill(graph, scene());
    },
    place: (node) =>
      sigma.graphToViewport({ x: at(scene().nodes.x, node), y: -at(scene().nodes.y, node) }, { cameraState: sigma.getCamera().getState() }),
    camera(): Camera {
      const state = sigma.getCamera().getState(),
        { width, height } = sigma.getDimensions();
      const { x, y } = sigma.viewportToGraph({ x: width / 2, y: height / 2 }, { cameraState: state });
      return [x, -y, state.ratio / whole()];
    },
    moveTo([x, y, scale], animated) {
      const framed = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }, { cameraState: WHOLE }), { cameraState: WHOLE });
      const state = { x: framed.x, y: framed.y, ratio: scale * whole(), angle: 0 };
      if (animated) void sigma.getCamera().animate(state, { duration: 300 });
      else sigma.getCamera().setState(state);
    },
    picture(background) {
      sigma.refresh({ skipIndexation: true }); // what WebGL drew is there until this task ends
      const layers = sigma.getCanvases(),
        first = layers.nodes;
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [first?.width ?? 1, first?.height ?? 1];
      const context = copy.getContext("2d");
      if (!context) return copy;
      context.fillStyle = background;
      context.fillRect(0, 0, copy.width, copy.height);
      for (const name of ["edges", "nodes", "labels"]) if (layers[name]) context.drawImage(layers[name], 0, 0);
      return copy;
    },
    labels: () => boxes,
  };
}

/** Add what the graph does not hold yet; keys are numbers of the scene. */
function fill(graph: Graph, scene: Scene): void {
  for (let node = graph.order; node < scene.nodes.id.length; node++)
    graph.addNode(String(node), { x: at(scene.nodes.x, node), y: -at(scene.nodes.y, node) });
  for (let edge = graph.size; edge < scene.edges.start.length; edge++) {
    const { symmetric } = relationOf(scene, edge);
    const context = Boolean(scene.edges.context[edge]);
    graph.addEdgeWithKey(String(edge), String(scene.edges.start[edge]), String(scene.edges.end[edge]), { symmetric, context });
  }
}

function nodeLook(look: Look, node: number) {
  const how = at(look.nodes, node);
  const size = at(look.sizes, node);
  return {
    hidden: how === HIDDEN,
    size: node === look.chosen ? size + 3 : size,
    color: how === FAINT ? mixed(at(look.colours, node), look.dark) : at(look.colours, node),
    zIndex: how,
  };
}

function edgeLook(
  look: Look,
  edge: number,
  data: { symmetric?: boolean; context?: boolean },
  ink: (typeof INK)["light"],
  crowded: boolean,
) {
  const how = at(look.edges, edge);
  const fine = (crowded || data.context === true) && how !== STRONG; // what no sentence states is a hairline
  return {
    hidden: how === HIDDEN,
    size: how !== STRONG ? 1 : crowded ? 0.25 : 2.5, // grows with the zoom, which goes far where it is crowded
    color: how === STRONG ? ink.strong : how === FAINT ? ink.faintTie : crowded ? ink.veil : ink.tie,
    type: fine ? "hairline" : data.symmetric || crowded ? "line" : "arrow",
    zIndex: how,
  };
}

/** A colour to see through, so that where many ties run is darker; sigma takes colours as multiplied by their opacity. */
function veil(colour: string): string {
  const opacity = 0.12,
    parts = [1, 3, 5].map((at) => Math.round(opacity * Number.parseInt(colour.slice(at, at + 2), 16)));
  return `rgba(${parts.join(",")},${opacity})`;
}

/** A colour that has stepped back towards the background. */
function mixed(colour: string, dark: boolean): string {
  const ground = dark ? [0x14, 0x18, 0x1c] : [0xff, 0xff, 0xff];
  const parts = ground.map((under, i) => Math.round(0.22 * Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) + 0.78 * under));
  return `#${parts.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Shown nodes, those whose label matters most first. */
function byImportance(look: Look): number[] {
  const shown = [...look.nodes.keys()].filter((node) => look.nodes[node] !== HIDDEN && look.nodes[node] !== FAINT);
  const weight = (node: number) => (node === look.chosen ? 1e6 : 0) + (look.nodes[node] === STRONG ? 1e3 : 0) + at(look.sizes, node);
  return shown.sort((a, b) => weight(b) - weight(a) || a - b);
}

function drawLabels(sigma: Sigma, scene: Scene, look: Look, order: number[], taken: Taken, ink: (typeof INK)["light"]) {
  const context = sigma.getCanvases().labels?.getContext("2d");
  const boxes: { node: number; left: number; top: number; right: number; bottom: number }[] = [];
  if (!context) return boxes;
  const { width, height } = sigma.getDimensions();
  const origin = sigma.graphToViewport({ x: 0, y: 0 }),
    unit = sigma.graphToViewport({ x: 1, y: -1 });
  const [stepX, stepY] = [unit.x - origin.x, unit.y - origin.y];
  taken.clear();
  context.font = FONT;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = ink.halo;
  context.fillStyle = ink.text;
  for (const node of order) {
    if (boxes.length >= MOST_LABELS) break;
    const x = origin.x + at(scene.nodes.x, node) * stepX,
      y = origin.y + at(scene.nodes.y, node) * stepY;
    if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
    const name = short(at(scene.nodes.name, node)),
      size = sigma.scaleSize(at(look.sizes, node));
    const left = x + size + 3,
      long = context.measureText(name).width;
    const box = { node, left, top: y - LINE / 2, right: left + long + GAP, bottom: y + LINE / 2 };
    if (!taken.take(box)) continue;
    boxes.push(box);
    context.strokeText(name, left, y + 4.5);
    context.fillText(name, left, y + 4.5);
  }
  return boxes;
}

/** The node under the pointer: a ring, and its name whatever stands there. */
function hover(ink: () => (typeof INK)["light"]): NodeHoverDrawingFunction {
  return (context, data) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = ink().strong;
    context.stroke();
  };
}

function short(name: string): string {
  const characters = [...name];
  return characters.length <= MOST_CHARACTERS ? name : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}
