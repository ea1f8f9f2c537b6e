/** The way from a cell to the sentences that state it: things, figures, events, passages, and names of things. */

import { made, part } from "../parts/dom.js";
import { placed } from "../parts/place.js";
import { ask } from "./ask";
import type { Rows, Value } from "./types";

type Prefixes = Record<string, string>;
type Word = (name: string, values?: Record<string, string | number>) => string;

/** What `sentencesOf` asks for; a title only where a document has one. */
type Sentence = Record<"sentence" | "passage", Value> & { title?: Value };

/** Sentences that are listed of one thing, names of an answer that are looked up, and how long they are at most. */
const MOST = 30;
const NAMES = 300;
const LETTERS = 40;
const PASSAGE = /#(?:char|row|sheet)=/;
/** What cannot stand in an IRI, and so not in a query between angle brackets. */
const NO_IRI = /[<>"{}|\\^`\u0000-\u0020]/u;

/** The IRIs whose sentences a cell leads to; none where it leads nowhere. */
export function leadsTo(value: Value | undefined, known: ReadonlyMap<string, string[]>, prefixes: Prefixes): string[] {
  if (!value) return [];
  if (value.type !== "uri") return known.get(value.value) ?? [];
  return (isThing(value, prefixes) || PASSAGE.test(value.value)) && !NO_IRI.test(value.value) ? [value.value] : [];
}

/** Whether a value is something of the graph's own: a thing, a figure, an event. */
export function isThing(value: Value | undefined, prefixes: Prefixes): boolean {
  return value?.type === "uri" && prefixes.id !== undefined && value.value.startsWith(prefixes.id);
}

/** The things that short texts of an answer are names of. */
export async function thingsNamed({ names, rows }: Rows, signal: AbortSignal): Promise<Map<string, string[]>> {
  const texts = new Set<string>();
  for (const row of rows)
    for (const name of names) {
      const value = row[name];
      if (value?.type === "literal" && value.datatype === undefined && value.value && value.value.length <= LETTERS) texts.add(value.value);
    }
  const found = new Map<string, string[]>();
  if (!texts.size) return found;
  const listed = [...texts]
    .slice(0, NAMES)
    .map((text) => `${JSON.stringify(text)}@zh`)
    .join(" ");
  const query = `SELECT DISTINCT ?name ?thing { VALUES ?name { ${listed} } ?thing rdfs:label ?name FILTER (STRSTARTS(STR(?thing), STR(id:))) }`;
  const answer = await ask(query, signal);
  for (const { name, thing } of "rows" in answer ? answer.rows : [])
    if (name && thing && !NO_IRI.test(thing.value)) found.set(name.value, [...(found.get(name.value) ?? []), thing.value]);
  return found;
}

/** Show the sentences of something, with its document and place, and the way to it in the graph where that draws it. */
export async function showEvidence(title: string, iris: string[], prefixes: Prefixes, word: Word): Promise<void> {
  const dialog = part("evidence", HTMLDialogElement),
    status = part("evidence-status"),
    list = part("sentences"),
    link = part("evidence-graph", HTMLAnchorElement);
  part("evidence-title").textContent = title;
  status.textContent = word("running");
  list.replaceChildren();
  link.hidden = true;
  dialog.showModal();
  part("evidence-title").focus();
  const { signal } = new AbortController();
  try {
    const [sentences, drawn] = await Promise.all([ask(sentencesOf(iris), signal), ask(drawnOf(iris), signal)]);
    const rows = "rows" in sentences ? (sentences.rows as Sentence[]) : [];
    list.replaceChildren(...rows.slice(0, MOST).map((row) => made("li", {}, quote(row, word))));
    status.textContent = !rows.length ? word("no_sentence") : rows.length > MOST ? word("more_sentences", { count: MOST }) : "";
    const node = "rows" in drawn ? drawn.rows[0]?.thing : undefined;
    link.hidden = node === undefined;
    if (node && prefixes.id) link.href = `/#open=${encodeURIComponent(`id:${node.value.slice(prefixes.id.length)}`)}`;
  } catch (error) {
    status.textContent = error instanceof Error && !(error instanceof TypeError) ? error.message : word("unreachable");
  }
}

/** Passages that state something of it, before those in which another thing is tied to it. */
function sentencesOf(iris: string[]): string {
  const ways = iris.flatMap((iri) => [
    `{ VALUES ?passage { <${iri}> } BIND (0 AS ?first) }`,
    `{ GRAPH ?passage { <${iri}> ?property ?value } BIND (1 AS ?first) }`,
    `{ GRAPH ?passage { ?subject ?property <${iri}> } BIND (2 AS ?first) }`,
  ]);
  return `SELECT ?sentence ?passage (SAMPLE(?label) AS ?title) (MIN(?first) AS ?rank) {
  ${ways.join("\n  UNION ")}
  ?passage nif:anchorOf ?sentence . OPTIONAL { ?passage prov:wasDerivedFrom/rdfs:label ?label }
} GROUP BY ?sentence ?passage ORDER BY ?rank ?title ?passage LIMIT ${MOST + 1}`;
}

/** What of these the graph draws: all that has a name, but parts of things, groups, and events other than cooperations. */
function drawnOf(iris: string[]): string {
  return `SELECT ?thing {
  VALUES ?thing { ${iris.map((iri) => `<${iri}>`).join(" ")} } ?thing rdfs:label ?name
  FILTER NOT EXISTS { VALUES ?part { ino:ProjectPart ino:UnnamedGroup ino:Observation } ?thing a ?part }
  FILTER (EXISTS { ?thing a ino:Cooperation } || NOT EXISTS { ?thing a ino:Event })
} LIMIT 1`;
}

function quote({ sentence, passage, title }: Sentence, word: Word): HTMLElement {
  const place = placed(word, passage.value.split("#")[1] ?? "");
  const cited = [title?.value, place].filter(Boolean).join(" · ");
  return made("blockquote", {}, sentence.value, cited ? made("cite", {}, cited) : null);
}
