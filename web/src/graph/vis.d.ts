/** What the page uses of vis-network, which pyvis brings along as one global. */

declare namespace vis {
  class DataSet {
    constructor(rows: object[]);
    update(rows: object[]): void;
  }
  class Network {
    constructor(home: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    on(name: string, heard: (event: any) => void): void;
    once(name: string, heard: () => void): void;
    selectNodes(nodes: number[], withEdges: boolean): void;
    canvasToDOM(place: { x: number; y: number }): { x: number; y: number };
    getPosition(node: number): { x: number; y: number };
    getViewPosition(): { x: number; y: number };
    getScale(): number;
    moveTo(view: object): void;
    redraw(): void;
  }
}
