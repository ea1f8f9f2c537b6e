/** Asks `kg serve` what every page asks: things by a name. */

import type { Found } from "./types";

export class Client {
  constructor(private readonly origin: string) {}

  find(asked: string): Promise<Found[]> {
    return asked.trim() ? this.ask("find", { name: asked }) : Promise.resolve([]);
  }

  protected async ask<T>(what: string, given: Record<string, string>): Promise<T> {
    const address = new URL(`/api/explore/${what}`, this.origin);
    address.search = new URLSearchParams(given).toString();
    const reply = await fetch(address, { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error((await reply.text()).trim() || String(reply.status));
    return (await reply.json()) as T;
  }
}
