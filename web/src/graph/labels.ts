/** Labels that do not overlap: within one frame a label is drawn only where no other one stands. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The room that the labels of one frame have taken, in cells so that only neighbours are compared. */
export class Taken {
  private readonly cells = new Map<string, Box[]>();
  constructor(private readonly cell = 120) {}

  clear(): void {
    this.cells.clear();
  }

  /** Take the room of a box, unless something stands there. */
  take(box: Box): boolean {
    if (!this.free(box)) return false;
    for (const key of this.keys(box)) {
      const row = this.cells.get(key);
      if (row) row.push(box);
      else this.cells.set(key, [box]);
    }
    return true;
  }

  /** Whether nothing stands in the room of a box. */
  free(box: Box): boolean {
    return !this.keys(box).some((key) => this.cells.get(key)?.some((other) => overlap(box, other)));
  }

  private keys(box: Box): string[] {
    const keys: string[] = [];
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x++)
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y++) keys.push(`${x},${y}`);
    return keys;
  }
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
