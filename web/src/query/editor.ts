/** The editor: SPARQL in colours, brackets that find each other, numbers of lines, undo, and completion of terms. */

import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

import { FRAGMENT, matches } from "./completion";
import type { QueryState } from "./types";

/** The language, with colours for names too. */
const SPARQL = SparqlLanguage.configure({
  props: [
    styleTags({ "SEPARATOR A_predicate/...": tags.keyword, "Pname_ln Pname_ns": tags.name, BooleanLiteral: tags.bool, Langtag: tags.meta }),
  ],
});
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--variable)" },
  { tag: [tags.name, tags.namespace], color: "var(--name)" },
  { tag: [tags.string, tags.meta], color: "var(--string)" },
  { tag: [tags.number, tags.bool], color: "var(--number)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);
const MONO = 'ui-monospace, Consolas, "Noto Sans Mono CJK SC", monospace';
const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--edge)", borderRadius: "5px", fontSize: "14px" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.5", maxHeight: "60vh" },
  ".cm-content, .cm-gutter": { minHeight: "21em" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "var(--wash)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "var(--press)" },
  "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--chosen) !important" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--press)", outline: "1px solid var(--edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--bad)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--edge)", borderRadius: "6px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: MONO,
    maxHeight: "15rem",
    maxWidth: "min(40rem, 92vw)",
    minWidth: "min(20rem, 80vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    justifyContent: "space-between",
    gap: "1.5rem",
    padding: ".15rem .5rem",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--press)" },
  ".cm-completionMatchedText": { textDecoration: "none" },
  ".cm-completionDetail": { marginLeft: "0", color: "var(--soft)", fontStyle: "normal" },
});

/** What the editor needs of the page. */
export interface EditorUse {
  text: string;
  state: () => QueryState;
  word: (name: string) => string;
  run: () => void;
}
export interface Editor {
  text(): string;
  write(text: string): void;
  /** Say everything in the language that was chosen. */
  speak(): void;
}

/**
 * An editor in an element. It lives in a shadow root: there its styles are objects of the page's own script, which a content security
 * policy without inline styles allows.
 */
export function editorIn(home: HTMLElement, use: EditorUse): Editor {
  const spoken = new Compartment();
  const run = () => {
    use.run();
    return true;
  };
  const words = () => [
    EditorView.contentAttributes.of({ "aria-label": use.word("editor"), "aria-description": use.word("hint") }),
    EditorState.phrases.of({ Completions: use.word("completions") }),
  ];
  const root = home.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    doc: use.text,
    extensions: [
      Prec.highest(keymap.of(["Mod-Enter", "Ctrl-Enter"].map((key) => ({ key, run })))),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      indentUnit.of("  "),
      SPARQL,
      syntaxHighlighting(COLOURS),
      autocompletion({
        override: [(context) => completed(context, use.state())],
        icons: false,
        activateOnTypingDelay: 0,
        interactionDelay: 0,
      }),
      keymap.of([{ key: "Tab", run: acceptCompletion }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      LOOK,
      spoken.of(words()),
    ],
  });
  return {
    text: () => view.state.doc.toString(),
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    speak: () => view.dispatch({ effects: spoken.reconfigure(words()) }),
  };
}

/** Terms for what stands before the cursor. */
function completed(context: CompletionContext, { terms, lang }: QueryState): CompletionResult | null {
  const typed = context.matchBefore(FRAGMENT);
  const found = typed ? matches(terms, typed.text) : [];
  if (!typed || !found.length) return null;
  return { from: typed.from, filter: false, options: found.map((one) => ({ label: one.term, detail: one[lang] || one.kind })) };
}
