/** A page that shows the answer to a question and grows: what the service sends later stands beside what the answer has laid out. */

import type { Sent, Source, Told } from "../graph/types";
import type { Found } from "../parts/types";
import { at } from "../parts/rows.js";

/** Pixels between a thing and its neighbours. */
const STEP = 110;
/** Radians that let points on a growing spiral lie apart. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export class GrowingAnswer implements Source {
  private readonly places = new Map<string, [number, number]>();
  constructor(
    private readonly service: Required<Source>,
    first: Sent,
  ) {
    first.nodes.id.forEach((id, node) => this.places.set(id, [at(first.nodes.x, node), at(first.nodes.y, node)]));
  }

  facts = (node: string): Promise<Told> => this.service.facts(node);
  find = (asked: string): Promise<Found[]> => Promise.resolve(this.service.find(asked));
  around: Required<Source>["around"] = async (...asked) => this.placed(await this.service.around(...asked));
  between: Required<Source>["between"] = async (...asked) => this.placed(await this.service.between(...asked));

  /** A scene whose new things stand around a neighbour that the page shows already, or in the middle. */
  private placed(sent: Sent): Sent {
    const near = neighbours(sent);
    const waiting = [...sent.nodes.id.keys()].filter((node) => !this.places.has(at(sent.nodes.id, node)));
    for (let left = waiting, round = 0; left.length; round++) {
      const still: number[] = [];
      for (const node of left) {
        const home = at(near, node)
          .map((other) => this.places.get(at(sent.nodes.id, other)))
          .find(Boolean);
        if (home || round > left.length) this.put(at(sent.nodes.id, node), home ?? [0, 0]);
        else still.push(node);
      }
      left = still;
    }
    const places = sent.nodes.id.map((id) => this.placeOf(id));
    return { ...sent, nodes: { ...sent.nodes, x: places.map(([x]) => x), y: places.map(([, y]) => y) } };
  }

  private placeOf(id: string): [number, number] {
    const place = this.places.get(id);
    if (!place) throw new RangeError(`There is no place for ${id}.`);
    return place;
  }

  private put(id: string, [x, y]: [number, number]): void {
    const turn = this.places.size,
      away = STEP * (0.8 + 0.4 * ((turn * 0.618) % 1));
    this.places.set(id, [x + away * Math.cos(turn * GOLDEN), y + away * Math.sin(turn * GOLDEN)]);
  }
}

function neighbours({ nodes, edges }: Sent): number[][] {
  const near: number[][] = nodes.id.map(() => []);
  edges.start.forEach((start, edge) => {
    const end = at(edges.end, edge);
    at(near, start).push(end);
    at(near, end).push(start);
  });
  return near;
}
