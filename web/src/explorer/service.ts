/** Asks `kg serve` for the graph: the start, what lies around a thing, what leads from one to another, facts. */

import type { Sent, Source, Told } from "../graph/types";
import { Client } from "../parts/client";

export class GraphService extends Client implements Source {
  start(): Promise<Sent> {
    return this.ask("start", {});
  }

  /** The things of an answer; `question` as the address of the page has it: `?name=cooperations`, `?query=SELECT …`. */
  asked(question: URLSearchParams): Promise<Sent> {
    return this.ask("asked", Object.fromEntries(question));
  }

  around(node: string, hops: number, filters: Record<string, string>): Promise<Sent> {
    return this.ask("around", { node, hops: String(hops), ...filters });
  }

  between(from: string, to: string, filters: Record<string, string>): Promise<Sent> {
    return this.ask("between", { from, to, ...filters });
  }

  facts(node: string): Promise<Told> {
    return this.ask("facts", { node });
  }
}
