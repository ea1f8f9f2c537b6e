/** What the pages of the graph share, as types. The format `kg-scene/1` is written by `kg/view/scene.py` and described in `docs/explorer.md`. */

import type { Both, Found, Lang, Words } from "../parts/types";

export interface Kind extends Both {
  name: string;
  light: string;
  dark: string;
  /** Whether it is something that happens. */
  event: boolean;
}
export interface Relation extends Both {
  name: string;
  symmetric: boolean;
}
export interface Centrality extends Both {
  name: string;
  tells: Both;
  values: (number | null)[];
}
export interface Fact {
  /** Property, or class of the event or figure: `altLabel`, `Milestone`. */
  name: string;
  label: Both;
  text: Both;
  /** Compact IRIs of other nodes that the fact names. */
  nodes: string[];
  sentences: number[];
  /** The values of an indicator over time, where the fact is one; its text is empty then. */
  trend?: Trend;
}
export interface Trend {
  unit: string;
  /** Values of one length of time each, by the end of their periods. */
  runs: (Both & { kind: string; values: TrendValue[] })[];
}
export interface TrendValue {
  /** Last day of its period. */
  end: string;
  when: Both;
  /** In the unit of the trend; null where it is withheld. */
  size: number | null;
  text: Both;
  planned: boolean;
  withheld: boolean;
  sentences: number[];
}
/** A scene in columns of equal length. */
export interface Columns {
  format: "kg-scene/1";
  size: string;
  /** `place`: whose report it is, empty where that is not known. */
  documents: { title: string; day: string; place: string }[];
  kinds: Kind[];
  relations: Relation[];
  centralities: Centrality[];
  /** `place` is the fragment of the passage's IRI: `char=612,688` (RFC 5147), `sheet=2&row=5` (RFC 7111). */
  sentences: { text: string[]; document: number[]; place: string[] };
  nodes: {
    id: string[];
    name: string[];
    /** Other names of each. */
    also: string[][];
    kind: number[];
    x: number[];
    y: number[];
    community: number[];
    sentences: number[][];
  };
  edges: {
    start: number[];
    end: number[];
    relation: number[];
    sentences: number[][];
    /** Where each stands among all ties of the graph, where the page holds a part of it. */
    place?: number[];
    /** 0 where its sentences state it, 1 where it is read from the context that they give, 2 where a rule infers it from what they state. */
    context: number[];
  };
  /** null where the page has to ask for them. */
  facts: Fact[][] | null;
}
/** A scene on its way: places of sentences in numbers, which pack well. */
export interface Sent extends Omit<Columns, "sentences"> {
  sentences: Packed;
}
export interface Packed {
  text: string[];
  document: number[];
  /** First character or row, less that of the sentence before. */
  start: number[];
  /** In characters; 0 or less for a row of a table: minus the number of its sheet, 0 where there is one sheet only. */
  length: number[];
  /** Places of another form, by number of the sentence. */
  other: Record<string, string>;
}
/** A scene with what the page looks up often. */
export interface Scene extends Columns {
  /** Number of a node by its compact IRI. */
  number: Map<string, number>;
  /** Numbers of the edges at each node. */
  ties: number[][];
  /** Different days of documents, in order. */
  days: string[];
  /** Of each node and edge: numbers of the days on which documents state it; empty where none is known. */
  nodeDays: number[][];
  edgeDays: number[][];
  /** Of each node and edge: numbers of the documents that state it. */
  nodeDocuments: number[][];
  edgeDocuments: number[][];
}
/** Where each node is drawn: in the scene's pixels, or in those of a stage whose middle is the origin. */
export interface Spots {
  x: Float64Array;
  y: Float64Array;
}

/** What the reader has chosen; all of it stands in the address. Things by compact IRI, so that it outlives a new graph. */
export interface State {
  lang: Lang;
  theme: "auto" | "light" | "dark";
  colour: "class" | "community";
  size: string;
  /** Classes that are hidden. */
  hidden: ReadonlySet<string>;
  /** Relations that are hidden. */
  relations: ReadonlySet<string>;
  /** Of `BASES` in `filters.js`, those that are hidden. */
  bases: ReadonlySet<string>;
  /** The only district, and the only document (`keyOf`) from which things are shown. */
  place: string | null;
  document: string | null;
  /** The only class, and the only kind of relation, of which things are shown; what is hidden does not count beside it. */
  kind: string | null;
  relation: string | null;
  /** Whether things without a relation are drawn. */
  alone: boolean;
  /** A node, or an edge as `start|relation|end`. */
  open: string | null;
  focus: string | null;
  hops: number;
  from: string | null;
  to: string | null;
  since: string | null;
  until: string | null;
  table: "nodes" | "edges" | null;
  /** Place in pixels of the scene, and how many of them one pixel of the screen shows. */
  camera: Camera | null;
}
export type Camera = [x: number, y: number, scale: number];

/** How everything is drawn now. */
export interface Look {
  dark: boolean;
  /** HIDDEN, FAINT, PLAIN or STRONG of `look.js`. */
  nodes: Uint8Array;
  edges: Uint8Array;
  colours: string[];
  sizes: Float32Array;
  chosen: number;
}

export interface Events {
  hoverNode(node: number): void;
  hoverEdge(edge: number): void;
  leave(): void;
  clickNode(node: number): void;
  clickEdge(edge: number): void;
  clickStage(): void;
  moved(): void;
  lang(): Lang;
  /** The centrality that dots show. */
  size(): string;
}
/** What a drawing library has to do for the page. Coordinates on the screen are CSS pixels from the stage's corner. */
export interface Drawing {
  /** Draw the scene as it is now: it may have grown. */
  show(look: Look): void;
  /** Put each node where it fills the stage; without this, nodes stay where the scene has them. */
  lay?(spots: Spots): void;
  /** Where a node is drawn. */
  place(node: number): { x: number; y: number };
  camera(): Camera;
  moveTo(camera: Camera, animated: boolean): void;
  /** The whole drawing at once, as a picture with background. */
  picture(background: string): HTMLCanvasElement;
}
/** The facts of a node as the service sends them, with sentences and documents of their own. */
export interface Told {
  facts: Fact[];
  sentences: Packed;
  documents: Columns["documents"];
}
/** Where what is not in the page comes from. */
export interface Source {
  /** The facts of a node, where the scene does not hold them. */
  facts?(node: string): Promise<Told>;
  /** More of the graph, to be added to the scene; `filters` as of `filtersOf` in `state.js`. */
  around?(node: string, hops: number, filters: Record<string, string>): Promise<Sent>;
  between?(from: string, to: string, filters: Record<string, string>): Promise<Sent>;
  find?(asked: string): Promise<Found[]>;
}
/** What a page is started with. */
export interface Start {
  scene: Sent;
  words: Words;
  lang: Lang;
  source: Source;
  draw(stage: HTMLElement, scene: () => Scene, events: Events): Drawing;
}
