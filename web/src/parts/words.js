/** @import { Lang, Words } from "../graph/types.js" */

/**
 * Put the words of a language where the template asks for them (`data-word`, `data-label`).
 * @param {Words} words
 * @param {Lang} lang
 */
export function speak(words, lang) {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = words[lang].title ?? "";
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = words[lang][element.getAttribute("data-word") ?? ""] ?? "";
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", words[lang][element.getAttribute("data-label") ?? ""] ?? "");
}
