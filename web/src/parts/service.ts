/** What `kg serve` answers: the start, what lies around a thing, what leads from one to another, names, facts. */

import type { Found, Sent, Source, Told } from "../graph/types";

export class Service implements Source {
  constructor(private readonly origin: string) {}

  start(): Promise<Sent> {
    return this.ask("start", {});
  }

  /** The things of an answer; `question` as the address of the page has it: `?name=cooperations`, `?query=SELECT …`. */
  asked(question: URLSearchParams): Promise<Sent> {
    return this.ask("asked", Object.fromEntries(question));
  }

  around(node: string, hops: number): Promise<Sent> {
    return this.ask("around", { node, hops: String(hops) });
  }

  between(from: string, to: string): Promise<Sent | null> {
    return this.ask("between", { from, to });
  }

  find(asked: string): Promise<Found[]> {
    return asked.trim() ? this.ask("find", { name: asked }) : Promise.resolve([]);
  }

  facts(node: string): Promise<Told> {
    return this.ask("facts", { node });
  }

  private async ask<T>(what: string, given: Record<string, string>): Promise<T> {
    const address = new URL(`/api/explore/${what}`, this.origin);
    address.search = new URLSearchParams(given).toString();
    const reply = await fetch(address, { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error((await reply.text()).trim() || String(reply.status));
    return (await reply.json()) as T;
  }
}
