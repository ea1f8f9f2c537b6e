/** What of the graph the page has loaded, and how it asks for more. */

/** @import { Fact, Scene, Sent, Start, State, Told } from "./types.js" */
import { at } from "../parts/rows.js";
import { joined, sceneOf, sentencesOf, unpacked } from "./scene.js";
import { filtersOf } from "./state.js";

/** What the page holds of the graph; it asks the service, where there is one, for what the reader's choice needs. */
export class LoadedGraph {
  /**
   * @param {Start} start
   * @param {(reason: string) => void} failed
   */
  constructor({ scene, source }, failed) {
    /** @type {Scene} */
    this.scene = sceneOf(unpacked(scene));
    this.source = source;
    this.failed = failed;
    /** @type {Map<string, Fact[]>} facts that were asked for */
    this.told = new Map();
  }

  /** Whether there is a service that holds more than the page does. */
  get asks() {
    return Object.keys(this.source).length > 0;
  }

  /**
   * The facts of a thing; undefined while they are on their way.
   * @param {number} node
   */
  facts(node) {
    return this.scene.facts ? at(this.scene.facts, node) : this.told.get(at(this.scene.nodes.id, node));
  }

  /**
   * Ask for what is open, lies around the focus and on the path, through what the reader's filters leave.
   * @param {State} state
   */
  async widen(state) {
    const { source } = this,
      { open, from, to, focus, hops } = state,
      filters = filtersOf(state);
    if (open) await this.bring(open);
    await this.telling(async () => {
      if (focus && source.around) this.add(await source.around(focus, hops, filters));
      if (from && to && source.between) this.add(await source.between(from, to, filters));
    });
  }

  /**
   * Have a thing, its neighbours and its facts in the page.
   * @param {string} name
   */
  async bring(name) {
    const { source } = this;
    if (name.includes("|")) return;
    await this.telling(async () => {
      if (source.around) this.add(await source.around(name, 1, {}));
      if (source.facts && !this.told.has(name)) this.remember(name, await source.facts(name));
    });
  }

  /**
   * Do what asks the service, and tell where that fails.
   * @param {() => Promise<void>} work
   */
  async telling(work) {
    try {
      await work();
    } catch (error) {
      this.failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {Sent} sent */
  add(sent) {
    this.scene = sceneOf(joined(this.scene, unpacked(sent)));
  }

  /**
   * Keep the facts of a thing, with their sentences behind those that the page holds.
   * @param {string} name
   * @param {Told} more
   */
  remember(name, more) {
    const said = sentencesOf(more.sentences),
      shift = this.scene.sentences.text.length,
      documents = this.scene.documents.length;
    this.scene.documents.push(...more.documents);
    this.scene.sentences.text.push(...said.text);
    this.scene.sentences.place.push(...said.place);
    this.scene.sentences.document.push(...said.document.map((one) => (one < 0 ? one : one + documents)));
    this.told.set(
      name,
      more.facts.map((fact) => shifted(fact, shift)),
    );
  }
}

/**
 * A fact whose sentences stand so many places later.
 * @param {Fact} fact
 * @param {number} by
 * @returns {Fact}
 */
function shifted(fact, by) {
  const later = (/** @type {number[]} */ sentences) => sentences.map((one) => one + by);
  const told = { ...fact, sentences: later(fact.sentences) };
  if (!fact.trend) return told;
  const runs = fact.trend.runs.map((run) => ({
    ...run,
    values: run.values.map((value) => ({ ...value, sentences: later(value.sentences) })),
  }));
  return { ...told, trend: { ...fact.trend, runs } };
}
