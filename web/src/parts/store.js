/** The one place where what the reader has chosen is kept. */

/**
 * What the reader has chosen. Only here is it written: who wants it otherwise calls `change`, and whoever listens is told.
 * @template {object} T
 */
export class Store {
  /** @type {T} */
  #now;
  /** @type {((now: T, before: T) => void)[]} */
  #heard = [];

  /** @param {T} first */
  constructor(first) {
    this.#now = Object.freeze({ ...first });
  }

  /** @returns {Readonly<T>} */
  get now() {
    return this.#now;
  }

  /** @param {Partial<T>} changed */
  change(changed) {
    const before = this.#now;
    this.#now = Object.freeze({ ...before, ...changed });
    for (const hear of this.#heard) hear(this.#now, before);
  }

  /** @param {(now: T, before: T) => void} hear */
  listen(hear) {
    this.#heard.push(hear);
  }
}
