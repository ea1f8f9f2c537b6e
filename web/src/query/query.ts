/** The query page: an editor that completes terms of the ontology, the named questions, answers as a table. No request leaves the service. */

import type { Found, Words } from "../graph/types";
import { completes } from "../parts/combo.js";
import { dataIn, filled, made, part } from "../parts/dom.js";
import { Service } from "../parts/service";
import { Store } from "../parts/store.js";
import { Table } from "../parts/table.js";
import { speak, worded } from "../parts/words.js";
import { csvOf, listOf } from "./answer";
import { ask, bound, Unknown } from "./ask";
import { termsIn } from "./completion";
import { editorIn } from "./editor";
import type { Answer, Asked, Question, QueryState, Term } from "./types";

const START = `SELECT ?partner ?sentence {
  GRAPH ?passage { id:海思 ino:cooperatesWith ?partner }
  ?passage nif:anchorOf ?sentence
}`;

const words = dataIn("words") as Words;
const service = new Service(location.origin);
const store = new Store<QueryState>({
  lang: navigator.language.startsWith("zh") ? "zh" : "en",
  question: "",
  asked: { how: "not" },
  prefixes: {},
  terms: [],
  questions: [],
});
const word = (name: string) => worded(words, store.now.lang, name);
const table = new Table(part("answer"));
const editor = editorIn(part("editor"), { text: START, state: () => store.now, word, run: () => void run() });
let stop = new AbortController();

/** Ask what stands in the editor, with what stands in the parameters; what was asked before is given up. */
async function run(): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  store.change({ asked: { how: "running" } });
  const names = Object.fromEntries(fields().map((input) => [input.name, input.value]));
  const asked: Asked = await bound(editor.text(), names, signal)
    .then((query) => ask(query, signal))
    .then((answer) => ({ how: "answered" as const, answer }), failed);
  if (stop.signal === signal) store.change({ asked });
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
  return service.find(asked).catch(() => []);
}

function labelOf(kind: string): string {
  const term = store.now.terms.find((one) => one.term === `ino:${kind}`);
  return term ? term[store.now.lang] : kind;
}

function show({ asked, prefixes }: QueryState): void {
  const answer = asked.how === "answered" ? asked.answer : null;
  const rows = answer && "rows" in answer ? answer : null;
  part("status").textContent = said(asked);
  part("status").classList.toggle("bad", asked.how === "failed" || asked.how === "unknown");
  part("stop").hidden = asked.how !== "running";
  table.show(rows && rows.names.length ? listOf(rows, prefixes, (count) => filled(word("more"), { count })) : null);
  part("turtle").textContent = answer && "turtle" in answer ? answer.turtle : "";
  part("turtle").hidden = !part("turtle").textContent;
  const link = part("download", HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  link.hidden = rows === null;
  if (rows) link.href = URL.createObjectURL(new Blob([csvOf(rows, prefixes)], { type: "text/csv" }));
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
  if (spoken || now.question !== before.question) listParameters(now);
  if (spoken || now.asked !== before.asked) show(now);
});

part("run").addEventListener("click", () => void run());
part("stop").addEventListener("click", () => stop.abort());
part("language").addEventListener("click", () => store.change({ lang: store.now.lang === "zh" ? "en" : "zh" }));
part("question", HTMLSelectElement).addEventListener("change", (event) => {
  store.change({ question: (event.currentTarget as HTMLSelectElement).value });
  const question = chosen(store.now);
  if (question) editor.write(question.sparql.replace(/^#.*\n/gm, "").trim());
});

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", paint);
paint();
speak(words, store.now.lang);
listQuestions(store.now);
const [vocabulary, questions] = (await Promise.all(
  ["/api/vocabulary", "/api/questions"].map(async (address) => (await fetch(address)).json()),
)) as [{ prefixes: Record<string, string>; terms: Term[] }, Question[]];
const terms = [...vocabulary.terms, ...termsIn(questions.map((one) => one.sparql))];
store.change({ prefixes: vocabulary.prefixes, terms, questions });
document.body.dataset.ready = "yes";
