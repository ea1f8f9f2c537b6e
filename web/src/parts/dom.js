/** Text from documents only ever becomes text: elements are made here, and nothing is parsed as HTML. */

/**
 * An element with attributes, listeners (`onclick`) and children; null children are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} given
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function made(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * A part of the page that its template is known to have.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function part(id, kind) {
  const found = document.getElementById(id);
  if (!found || (kind && !(found instanceof kind))) throw new Error(`The page has no ${id}.`);
  return /** @type {T} */ (found);
}

/**
 * A dot of a colour. The colour is set through the style object, which a content security policy allows.
 * @param {string} colour
 */
export function dot(colour) {
  const mark = made("i", { class: "dot", "aria-hidden": "true" });
  mark.style.backgroundColor = colour;
  return mark;
}

/**
 * A text with its `{places}` filled in.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * What draws on a canvas; a browser has it for every one.
 * @param {HTMLCanvasElement} canvas
 */
export function brush(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser does not draw on this canvas.");
  return context;
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function handOver(blob, name) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * The text of a data block of the page, as JSON.
 * @param {string} id
 */
export function dataIn(id) {
  return JSON.parse(part(`${id}-data`).textContent);
}
