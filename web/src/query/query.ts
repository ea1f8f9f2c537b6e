/** The query page: an editor that completes terms of the ontology, the named questions, answers in several forms. No request leaves the service. */

import type { Found, Words } from "../parts/types";
import { completes } from "../parts/combo.js";
import { dataIn, filled, handOver, made, part } from "../parts/dom.js";
import { Client } from "../parts/client";
import { Store } from "../parts/store.js";
import { Table } from "../parts/table.js";
import { speak, worded } from "../parts/words.js";
import { csvOf, listOf, short } from "./answer";
import { ask, bound, fileOf, Unknown } from "./ask";
import { chartOf, drawable } from "./charts";
import { termsIn } from "./completion";
import { editorIn } from "./editor";
import { isThing, leadsTo, showEvidence, thingsNamed } from "./evidence";
import { keep, listed, remembered, withNew } from "./history";
import type { Answer, Asked, Entry, Question, QueryState, Rows, Term, Value } from "./types";

const START = `SELECT ?partner ?sentence {
  GRAPH ?passage { id:海思 ino:cooperatesWith ?partner }
  ?passage nif:anchorOf ?sentence
}`;

/** Characters of an address that every server and browser takes. */
const ADDRESS = 7000;

const words = dataIn("words") as Words;
const client = new Client(location.origin);
const store = new Store<QueryState>({
  lang: navigator.language.startsWith("zh") ? "zh" : "en",
  question: "",
  asked: { how: "not" },
  known: new Map(),
  view: "table",
  number: "",
  trouble: "",
  history: remembered(),
  prefixes: {},
  terms: [],
  questions: [],
});
const word = (name: string, values: Record<string, string | number> = {}) => worded(words, store.now.lang, name, values);
const table = new Table(part("answer"));
const editor = editorIn(part("editor"), { text: START, state: () => store.now, word, run: () => void run() });
let stop = new AbortController();

/** Ask what stands in the editor, with what stands in the parameters; what was asked before is given up. */
async function run(): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  store.change({ asked: { how: "running" }, trouble: "" });
  const entry = entryNow();
  const asked: Asked = await bound(entry.text, entry.names, signal)
    .then(async (query) => ({ how: "answered" as const, query, answer: await ask(query, signal) }))
    .catch(failed);
  if (stop.signal !== signal) return;
  if (asked.how !== "answered") {
    store.change({ asked });
    return;
  }
  const history = withNew(store.now.history, entry);
  keep(history);
  store.change({ asked, history, known: new Map(), number: "" });
  if (!("rows" in asked.answer)) return;
  const known = await thingsNamed(asked.answer, signal).catch(() => null); // without it names lead nowhere, and all else is there
  if (known?.size && stop.signal === signal) store.change({ known });
}

function entryNow(): Entry {
  const names = Object.fromEntries(fields().map((input) => [input.name, input.value.trim()]));
  return { text: editor.text(), question: store.now.question, names };
}

/** Ask again what was asked before. */
function again({ text, question, names }: Entry): void {
  store.change({ question: store.now.questions.some((one) => one.name === question) ? question : "" });
  for (const input of fields()) input.value = names[input.name] ?? "";
  editor.write(text);
  void run();
}

/** Hand the answer over as a file that the service makes. */
async function download(kind: "xlsx" | "parquet"): Promise<void> {
  const { asked } = store.now;
  if (asked.how !== "answered") return;
  store.change({ trouble: "" });
  try {
    handOver(await fileOf(asked.query, kind), `result.${kind}`);
  } catch (error) {
    store.change({ trouble: error instanceof Error && !(error instanceof TypeError) ? error.message : word("unreachable") });
  }
}

function failed(error: Error): Asked {
  if (error.name === "AbortError") return { how: "stopped" };
  if (error instanceof Unknown) return { how: "unknown", name: error.message };
  return { how: "failed", reason: error instanceof TypeError ? "" : error.message }; // fetch has no words for a service that is not there
}

function fields(): HTMLInputElement[] {
  return [...part("parameters").querySelectorAll("input")];
}

function chosen({ questions, question }: QueryState): Question | undefined {
  return questions.find((one) => one.name === question);
}

/** A question's query without its heading. */
function textOf({ sparql }: Question): string {
  return sparql.replace(/^#.*\n/gm, "").trim();
}

function listQuestions(state: QueryState): void {
  const own = made("option", { value: "" }, word("own"));
  const known = state.questions.map((one) => made("option", { value: one.name }, one[state.lang]));
  part("question").replaceChildren(own, ...known);
  part("question", HTMLSelectElement).value = state.question;
}

/** A field for each parameter of the question, which completes names of things; what the reader typed into one of that name stays. */
function listParameters(state: QueryState): void {
  const typed = new Map(fields().map((input) => [input.name, input.value]));
  const rows = Object.entries(chosen(state)?.parameters ?? {}).map(([name, usual]) => {
    const input = made("input", { id: `parameter-${name}`, name, type: "text", spellcheck: "false" });
    input.value = typed.get(name) ?? usual;
    const label = made("label", { for: input.id }, usual ? name : `${name} ${word("every")}`);
    const row = made("div", { class: "field" }, label, input);
    completes(input, { find: named, label: (one) => labelOf(one.kind), chosen: () => {}, none: () => {} });
    return row;
  });
  part("parameters").replaceChildren(...rows);
}

/** Things by name; none where the service has no time for it, since the reader can type the whole name. */
function named(asked: string): Promise<Found[]> {
  return client.find(asked).catch(() => []);
}

function labelOf(kind: string): string {
  const term = store.now.terms.find((one) => one.term === `ino:${kind}`);
  return term ? term[store.now.lang] : kind;
}

function show(state: QueryState): void {
  const { asked, trouble } = state;
  const answer = asked.how === "answered" ? asked.answer : null;
  const rows = answer && "rows" in answer ? answer : null;
  part("status").textContent = said(asked);
  part("status").classList.toggle("bad", asked.how === "failed" || asked.how === "unknown");
  part("stop").hidden = asked.how !== "running";
  part("trouble").textContent = trouble;
  part("ways").hidden = rows === null;
  showRows(state, rows?.names.length ? rows : null);
  showPicture(state);
  part("turtle").textContent = answer && "turtle" in answer ? answer.turtle : "";
  part("turtle").hidden = !part("turtle").textContent;
}

/** Rows as a table, or as a chart where that can be drawn and is chosen. */
function showRows({ prefixes, view, known, number }: QueryState, rows: Rows | null): void {
  const chart = rows && drawable(rows, prefixes, number);
  const drawn = chart && view === "chart";
  const opens = (value: Value | undefined) => {
    const iris = leadsTo(value, known, prefixes);
    return iris.length ? () => void showEvidence(short(value, prefixes), iris, prefixes, word) : undefined;
  };
  table.show(rows && !drawn ? listOf(rows, prefixes, (count) => word("more", { count }), opens) : null);
  part("chart").hidden = !drawn;
  part("chart").replaceChildren(...(drawn ? [chartOf(chart, { word, choose })] : []));
  part("as-chart").hidden = !chart;
  part("as-table").hidden = !chart;
  part("as-table").setAttribute("aria-pressed", String(!drawn));
  part("as-chart").setAttribute("aria-pressed", String(Boolean(drawn)));
  const link = part("download", HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  if (rows) link.href = URL.createObjectURL(new Blob([csvOf(rows, prefixes)], { type: "text/csv" }));
}

function choose(number: string): void {
  store.change({ number });
  part("chart-number").focus();
}

/** The way to the answer as a graph, where it tells of things. */
function showPicture({ asked, prefixes, known }: QueryState): void {
  const link = part("picture", HTMLAnchorElement);
  const address = asked.how === "answered" ? `/?query=${encodeURIComponent(asked.query)}` : "";
  const things = asked.how === "answered" && (known.size > 0 || tellsOfThings(asked.answer, prefixes));
  link.hidden = !things || address.length > ADDRESS;
  link.href = address;
}

function tellsOfThings(answer: Answer, prefixes: Record<string, string>): boolean {
  if ("turtle" in answer) return /(^|[\s<])id:|\/id\//.test(answer.turtle);
  return "rows" in answer && answer.rows.some((row) => Object.values(row).some((value) => isThing(value, prefixes)));
}

function listHistory({ history, questions, lang }: QueryState): void {
  const nameOf = ({ question, text }: Entry) => {
    const found = questions.find((one) => one.name === question);
    return found && textOf(found) === text.trim() ? found[lang] : "";
  };
  part("history").hidden = !history.length;
  part("asked-before").replaceChildren(...listed(history, nameOf, again));
}

function forget(): void {
  keep([]);
  store.change({ history: [] });
  part("run").focus();
}

function said(asked: Asked): string {
  switch (asked.how) {
    case "answered":
      return answered(asked.answer);
    case "unknown":
      return filled(word("unknown"), { name: asked.name });
    case "failed":
      return asked.reason || word("unreachable");
    case "not":
      return "";
    default:
      return word(asked.how);
  }
}

function answered(answer: Answer): string {
  if ("turtle" in answer) return "Turtle";
  if ("yes" in answer) return word(answer.yes ? "yes" : "no");
  return filled(word(answer.rows.length === 1 ? "row_count" : "rows_count"), { count: answer.rows.length });
}

store.listen((now, before) => {
  const spoken = now.lang !== before.lang;
  if (spoken) {
    speak(words, now.lang);
    editor.speak();
  }
  if (spoken || now.questions !== before.questions) listQuestions(now);
  part("question", HTMLSelectElement).value = now.question;
  if (spoken || now.question !== before.question) listParameters(now);
  if (spoken || now.history !== before.history || now.questions !== before.questions) listHistory(now);
  const matters = ["asked", "known", "view", "number", "trouble", "prefixes"] as const;
  if (spoken || matters.some((name) => now[name] !== before[name])) show(now);
});

part("run").addEventListener("click", () => void run());
part("as-table").addEventListener("click", () => store.change({ view: "table" }));
part("as-chart").addEventListener("click", () => store.change({ view: "chart" }));
part("download-xlsx").addEventListener("click", () => void download("xlsx"));
part("download-parquet").addEventListener("click", () => void download("parquet"));
part("forget").addEventListener("click", forget);
part("stop").addEventListener("click", () => stop.abort());
part("language").addEventListener("click", () => store.change({ lang: store.now.lang === "zh" ? "en" : "zh" }));
part("question", HTMLSelectElement).addEventListener("change", (event) => {
  store.change({ question: (event.currentTarget as HTMLSelectElement).value });
  const question = chosen(store.now);
  if (question) editor.write(textOf(question));
});

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", paint);
paint();
speak(words, store.now.lang);
listQuestions(store.now);
listHistory(store.now);
const [vocabulary, questions] = (await Promise.all(
  ["/api/vocabulary", "/api/questions"].map(async (address) => (await fetch(address)).json()),
)) as [{ prefixes: Record<string, string>; terms: Term[] }, Question[]];
const terms = [...vocabulary.terms, ...termsIn(questions.map((one) => one.sparql))];
store.change({ prefixes: vocabulary.prefixes, terms, questions });
const given = new URLSearchParams(location.search).get("query"); // what the graph's page asks of what is chosen there
if (given) editor.write(given);
document.body.dataset.ready = "yes";
