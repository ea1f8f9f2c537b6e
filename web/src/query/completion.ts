/** Which terms complete what the reader types: by their compact IRI, or by their label in either language. */

import type { Term } from "./types";

const MOST = 40;
/** What before the cursor is completed. */
export const FRAGMENT = /[\p{L}\p{N}_:.-]+/u;
const USED = /\b(?:rdfs|skos|dct|prov|nif|org|qb):\w+/g;

/** The terms that hold a text: first those that begin with it, then those whose local name does. */
export function matches(terms: Term[], text: string): Term[] {
  if (text.length < 2 || /^\d/.test(text)) return [];
  const wanted = text.toLowerCase();
  const hits = terms.filter(({ term, zh, en }) => term !== text && [term, zh, en].some((part) => part.toLowerCase().includes(wanted)));
  const ranked = hits.map((one) => ({ one, rank: rankOf(one.term.toLowerCase(), wanted) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || a.one.term.localeCompare(b.one.term))
    .slice(0, MOST)
    .map(({ one }) => one);
}

function rankOf(term: string, wanted: string): number {
  if (term.startsWith(wanted)) return 0;
  return term.slice(term.indexOf(":") + 1).startsWith(wanted) ? 1 : 2;
}

/** Terms of other vocabularies, as questions use them. */
export function termsIn(queries: string[]): Term[] {
  const used = new Set(queries.flatMap((query) => Array.from(query.matchAll(USED), ([term]) => term)));
  return [...used].map((term) => ({ term, kind: "property", zh: "", en: "" }));
}
