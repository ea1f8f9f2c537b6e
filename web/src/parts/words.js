/** Words of the page in its two languages. */

/** @import { Lang, Words } from "./types.js" */
import { filled } from "./dom.js";

/**
 * A word of the page, with its `{places}` filled in; a name that has none stands for itself.
 * @param {Words} words
 * @param {Lang} lang
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function worded(words, lang, name, values = {}) {
  return filled(words[lang][name] ?? name, values);
}

/**
 * Put the words of a language where the template asks for them (`data-word`, `data-label`).
 * @param {Words} words
 * @param {Lang} lang
 */
export function speak(words, lang) {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = worded(words, lang, "title");
  const told = (/** @type {string} */ which, /** @type {(element: Element, word: string) => void} */ tell) => {
    for (const element of document.querySelectorAll(`[${which}]`)) tell(element, worded(words, lang, String(element.getAttribute(which))));
  };
  told("data-word", (element, word) => {
    element.textContent = word;
  });
  told("data-label", (element, word) => element.setAttribute("aria-label", word));
}
