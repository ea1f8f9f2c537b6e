/** What the query page and its service tell each other. */

import type { Both, Lang } from "../parts/types";

/** A class, property or concept that a query may name. */
export interface Term extends Both {
  term: string;
  kind: string;
}
/** A question that the graph is made to answer; `parameters` by name, with their usual values. */
export interface Question extends Both {
  name: string;
  sparql: string;
  parameters: Record<string, string>;
}
/** A value of an answer (SPARQL 1.1 Query Results JSON). */
export interface Value {
  type: string;
  value: string;
  datatype?: string;
}
export interface Rows {
  names: string[];
  rows: Record<string, Value>[];
}
export type Answer = { turtle: string } | { yes: boolean } | Rows;

/** What became of the question that was asked last. */
export type Asked =
  | { how: "not" | "running" | "stopped" }
  | { how: "unknown"; name: string }
  | { how: "failed"; reason: string }
  | { how: "answered"; answer: Answer; query: string };

/** What was asked once: a text, with the question that it began as and the names that its parameters had. */
export interface Entry {
  text: string;
  question: string;
  names: Record<string, string>;
}

/** What the reader has chosen, and what was answered. */
export interface QueryState {
  lang: Lang;
  /** Name of the question; empty where the reader writes. */
  question: string;
  asked: Asked;
  /** IRIs of the things that names of the answer stand for. */
  known: ReadonlyMap<string, string[]>;
  view: "table" | "chart";
  /** The column of numbers that the chart shows; empty for the first. */
  number: string;
  /** Why the answer could not be handed over; empty where nothing is wrong. */
  trouble: string;
  /** The newest first. */
  history: readonly Entry[];
  prefixes: Record<string, string>;
  terms: Term[];
  questions: Question[];
}
