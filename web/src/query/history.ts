/** What was asked in this browser, the newest first; it is never sent anywhere. */

import { made } from "../parts/dom.js";
import type { Entry } from "./types";

const PLACE = "kg-query-history";
const MOST = 50;
/** Characters of a query that its button shows. */
const SHOWN = 90;

/** What is kept; nothing where the browser keeps nothing, or something else stands there. */
export function remembered(): Entry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isEntry).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keep what was asked; a browser that keeps nothing has it for as long as the page is open. */
export function keep(entries: readonly Entry[]): void {
  try {
    if (entries.length) localStorage.setItem(PLACE, JSON.stringify(entries));
    else localStorage.removeItem(PLACE);
  } catch {
    // full, or not allowed
  }
}

/** The entries with a new one first; the same one asked before goes. */
export function withNew(entries: readonly Entry[], entry: Entry): Entry[] {
  const key = keyOf(entry);
  return [entry, ...entries.filter((one) => keyOf(one) !== key)].slice(0, MOST);
}

/** A row for each entry, which asks it again. */
export function listed(entries: readonly Entry[], nameOf: (entry: Entry) => string, again: (entry: Entry) => void): HTMLElement[] {
  return entries.map((entry) => {
    const names = Object.values(entry.names).filter(Boolean).join(" · ");
    const text = entry.text.replace(/\s+/g, " ").trim();
    const title = [nameOf(entry), names].filter(Boolean).join(" ");
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
    const button = made(
      "button",
      { type: "button", class: "again", onclick: () => again(entry) },
      title ? made("b", {}, title) : null,
      shown,
    );
    return made("li", {}, button);
  });
}

function keyOf({ text, question, names }: Entry): string {
  return JSON.stringify([text.trim(), question, Object.entries(names).sort()]);
}

function isEntry(one: unknown): one is Entry {
  if (typeof one !== "object" || one === null) return false;
  const { text, question, names } = one as Partial<Entry>;
  const plain = typeof names === "object" && names !== null && Object.values(names).every((name) => typeof name === "string");
  return typeof text === "string" && typeof question === "string" && plain;
}
