// The query page: an editor that completes terms of the ontology, the named questions, results as a table. No request leaves the service.
"use strict";

const WORDS = {
  zh: {
    title: "图谱查询", ask: "提问", question: "常用问题", editor: "SPARQL", run: "运行（Ctrl+Enter）", stop: "停止", download: "下载 CSV",
    result: "结果", hint: "输入 ino: 等前缀或中文名称可补全；本体的前缀无需声明。", own: "自己书写", every: "（留空则不限）",
    rows: (n) => `${n} 行`, more: (n, all) => `显示前 ${n} 行，共 ${all} 行；下载 CSV 可得全部`, running: "查询中…", stopped: "已停止。",
    yes: "是", no: "否", unknown: (name) => `图谱中没有“${name}”。`, other: "English", unreachable: "服务没有应答。",
  },
  en: {
    title: "Ask the graph", ask: "Question", question: "Named questions", editor: "SPARQL", run: "Run (Ctrl+Enter)", stop: "Stop",
    download: "Download CSV", result: "Answer", hint: "Type a prefix such as ino:, or a label, to complete; the ontology's prefixes are known.",
    own: "Your own", every: "(empty for all)", rows: (n) => `${n} row${n === 1 ? "" : "s"}`,
    more: (n, all) => `first ${n} of ${all} rows; the CSV has all`, running: "Asking…", stopped: "Stopped.", yes: "yes", no: "no",
    unknown: (name) => `Nothing in the graph is called “${name}”.`, other: "中文", unreachable: "The service does not answer.",
  },
};
const SHOWN = 1000;
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
const START = "SELECT ?partner ?sentence {\n  GRAPH ?passage { id:海思 ino:cooperatesWith ?partner }\n  ?passage nif:anchorOf ?sentence\n}";
const at = (id) => document.getElementById(id);
const state = { language: "zh", prefixes: {}, terms: [], questions: [], chosen: -1, stop: null };

function word(name) { return WORDS[state.language][name]; }

function make(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function speak(language) {
  state.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  document.title = word("title");
  at("language").textContent = word("other");
  at("language").lang = language === "zh" ? "en" : "zh-CN";
  listQuestions();
}

function listQuestions() {
  const select = at("question"), kept = select.value;
  select.replaceChildren(make("option", word("own"), { value: "" }));
  for (const one of state.questions) select.append(make("option", one[state.language], { value: one.name }));
  select.value = kept;
  showParameters();
}

function question() { return state.questions.find((one) => one.name === at("question").value); }

function showParameters() {
  const room = at("parameters"), values = Object.fromEntries([...room.querySelectorAll("input")].map((one) => [one.name, one.value]));
  room.replaceChildren();
  for (const [name, usual] of Object.entries(question()?.parameters ?? {})) {
    room.append(make("label", `${name} ${usual ? "" : word("every")}`, { for: `parameter-${name}` }));
    const input = make("input", undefined, { id: `parameter-${name}`, name });
    input.value = values[name] ?? usual;
    room.append(input);
  }
}

function chooseQuestion() {
  const chosen = question();
  if (chosen) at("editor").value = chosen.sparql.replace(/^#.*\n/gm, "").trim();
  showParameters();
}

// Completion -------------------------------------------------------------------------------------------------------

function fragment() {
  const editor = at("editor"), before = editor.value.slice(0, editor.selectionStart);
  return /[\p{L}\p{N}_:.-]*$/u.exec(before)[0];
}

function matches(text) {
  if (text.length < 2 || /^\d/.test(text)) return [];
  const lower = text.toLowerCase();
  const rank = (one) => (one.term.toLowerCase().startsWith(lower) ? 0 : one.term.split(":")[1]?.toLowerCase().startsWith(lower) ? 1 : 2);
  const hits = (one) => [one.term, one.zh, one.en].some((part) => part.toLowerCase().includes(lower));
  return state.terms.filter(hits).sort((a, b) => rank(a) - rank(b) || a.term.localeCompare(b.term)).slice(0, 40);
}

function complete() {
  const list = at("completions"), text = fragment(), found = matches(text).filter((one) => one.term !== text);
  list.replaceChildren();
  state.chosen = -1;
  found.forEach((one, number) => {
    const item = make("li", undefined, { role: "option", id: `completion-${number}`, "aria-selected": "false" });
    item.append(make("span", one.term), make("span", one[state.language] || one.kind));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(one.term); });
    list.append(item);
  });
  list.hidden = found.length === 0;
  at("editor").setAttribute("aria-expanded", String(!list.hidden));
  if (!list.hidden) { place(list); point(0); }
}

function place(list) {
  const editor = at("editor"), lines = editor.value.slice(0, editor.selectionStart).split("\n");
  const height = parseFloat(getComputedStyle(editor).lineHeight);
  list.style.top = `${Math.min(lines.length * height - editor.scrollTop + 8, editor.offsetHeight)}px`;
  list.style.left = `${Math.min(lines.at(-1).length * 7, Math.max(0, editor.offsetWidth - 330))}px`;
}

function point(number) {
  const items = [...at("completions").children];
  if (!items.length) return;
  state.chosen = (number + items.length) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === state.chosen)));
  items[state.chosen].scrollIntoView({ block: "nearest" });
  at("editor").setAttribute("aria-activedescendant", items[state.chosen].id);
}

function take(term) {
  const editor = at("editor"), end = editor.selectionStart, start = end - fragment().length;
  editor.setRangeText(term, start, end, "end");
  hide();
  editor.focus();
}

function hide() {
  at("completions").hidden = true;
  at("editor").setAttribute("aria-expanded", "false");
  at("editor").removeAttribute("aria-activedescendant");
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); hide(); run(); return; }
  if (at("completions").hidden) return;
  const actions = {
    ArrowDown: () => point(state.chosen + 1), ArrowUp: () => point(state.chosen - 1), Escape: hide,
    Enter: () => take(at("completions").children[state.chosen].firstChild.textContent),
    Tab: () => take(at("completions").children[state.chosen].firstChild.textContent),
  };
  if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
}

// Asking -----------------------------------------------------------------------------------------------------------

async function post(query, signal) {
  let answer;
  try {
    answer = await fetch("/sparql", {
      method: "POST", body: query, signal,
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Error(word("unreachable"));
  }
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.headers.get("content-type").startsWith("text/turtle") ? { turtle: await answer.text() } : answer.json();
}

async function bound(query, signal) {
  let text = query;
  for (const input of at("parameters").querySelectorAll("input")) {
    const name = input.value.trim();
    if (!name) continue;
    const asked = `SELECT ?thing { ?thing rdfs:label|skos:altLabel ?name FILTER (STR(?name) = ${JSON.stringify(name)}) } LIMIT 1`;
    const found = (await post(asked, signal)).results.bindings[0]?.thing.value;
    if (!found) throw new Error(word("unknown")(name));
    text += `\nVALUES ?${input.name} { <${found}> }`;
  }
  return text;
}

async function run() {
  const status = at("status");
  state.stop?.abort();
  const stop = state.stop = new AbortController();
  status.className = "";
  status.textContent = word("running");
  at("result").replaceChildren();
  at("download").hidden = true;
  at("stop").hidden = false;
  try {
    show(await post(await bound(at("editor").value, stop.signal), stop.signal));
  } catch (error) {
    status.className = error.name === "AbortError" ? "" : "bad";
    status.textContent = error.name === "AbortError" ? word("stopped") : error.message;
  } finally {
    if (state.stop === stop) at("stop").hidden = true;
  }
}

function show(answer) {
  const room = at("result"), status = at("status");
  if (answer.turtle !== undefined) { status.textContent = "Turtle"; room.append(make("pre", answer.turtle)); return; }
  if (answer.boolean !== undefined) { status.textContent = word(answer.boolean ? "yes" : "no"); return; }
  const names = answer.head.vars, rows = answer.results.bindings;
  status.textContent = rows.length > SHOWN ? word("more")(SHOWN, rows.length) : word("rows")(rows.length);
  const table = make("table"), head = table.createTHead().insertRow();
  for (const name of names) head.append(make("th", name, { scope: "col" }));
  const body = table.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of names) {
      const cell = line.insertCell();
      cell.textContent = row[name] ? short(row[name]) : "";
      if (row[name]?.type === "uri") cell.title = row[name].value;
      if (NUMBER.test(row[name]?.datatype ?? "")) cell.className = "number";
    }
  }
  room.append(table);
  offer(names, rows);
}

function short(term) {
  if (term.type !== "uri") return term.value;
  for (const [prefix, base] of Object.entries(state.prefixes)) {
    const rest = term.value.slice(base.length);
    if (term.value.startsWith(base) && /^[\p{L}\p{N}_.-]+$/u.test(rest)) return `${prefix}:${rest}`;
  }
  return term.value;
}

function offer(names, rows) {
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text); // no formula in a spreadsheet
  const cell = (text) => `"${safe(text).replaceAll('"', '""')}"`;
  const lines = [names, ...rows.map((row) => names.map((name) => (row[name] ? short(row[name]) : "")))];
  const data = "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  const link = at("download");
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([data], { type: "text/csv" }));
  link.hidden = false;
}

// Start ------------------------------------------------------------------------------------------------------------

async function start() {
  const editor = at("editor");
  editor.value = START;
  editor.addEventListener("input", complete);
  editor.addEventListener("keydown", onKey);
  editor.addEventListener("blur", hide);
  at("run").addEventListener("click", run);
  at("stop").addEventListener("click", () => state.stop?.abort());
  at("question").addEventListener("change", chooseQuestion);
  at("language").addEventListener("click", () => speak(state.language === "zh" ? "en" : "zh"));
  speak(navigator.language.startsWith("zh") ? "zh" : "en");
  const [vocabulary, questions] = await Promise.all(["/api/vocabulary", "/api/questions"].map((url) => fetch(url).then((a) => a.json())));
  state.prefixes = vocabulary.prefixes;
  const used = new Set(questions.flatMap((one) => one.sparql.match(/\b(?:rdfs|skos|dct|prov|nif|org|qb):\w+/g) ?? []));
  state.terms = [...vocabulary.terms, ...[...used].map((term) => ({ term, kind: "property", zh: "", en: "" }))];
  state.questions = questions;
  listQuestions();
  document.body.dataset.ready = "yes";
}

start();
