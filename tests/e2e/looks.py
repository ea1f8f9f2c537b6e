"""What a reader sees of a drawing, measured on the canvas itself: what is written on it, how large, and how large its dots are."""

from dataclasses import dataclass

import networkx as nx
from playwright.sync_api import Page

WATCH = """() => {
  const type = CanvasRenderingContext2D.prototype, { fillText, arc } = type;
  window.seen = { texts: [], dots: [] };
  const ratio = () => devicePixelRatio || 1, round = (value) => Math.round(100 * value) / 100;
  type.fillText = function (text, x, y, ...rest) {
    const t = this.getTransform(), told = this.measureText(text), size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    const left = x - (this.textAlign === "center" ? told.width / 2 : ["right", "end"].includes(this.textAlign) ? told.width : 0);
    const top = y - (this.textBaseline === "middle" ? size / 2 : size * 0.85);
    const corners = [[left, top], [left + told.width, top], [left, top + size], [left + told.width, top + size]]
      .map(([a, b]) => [(t.a * a + t.c * b + t.e) / ratio(), (t.b * a + t.d * b + t.f) / ratio()]);
    const box = [0, 1].flatMap((i) => [Math.min(...corners.map((c) => c[i])), Math.max(...corners.map((c) => c[i]))]);
    window.seen.texts.push({ text, size: round(size * Math.hypot(t.a, t.b) / ratio()), box });
    return fillText.call(this, text, x, y, ...rest);
  };
  type.arc = function (x, y, radius, ...rest) {
    const t = this.getTransform();
    window.seen.dots.push(round(2 * radius * Math.hypot(t.a, t.b) / ratio()));
    return arc.call(this, x, y, radius, ...rest);
  };
}"""
DRAWN = """async () => {
  await new Promise((done) => setTimeout(done, 100));
  window.seen.texts.length = window.seen.dots.length = 0;
  kg.drawing.picture("#ffffff");
  const half = (all) => all.slice(0, all.length / 2);  // a picture is drawn, and then the page again
  const places = [...kg.look.nodes].flatMap((how, node) => how ? [kg.drawing.place(node)] : []);
  const range = (values) => Math.max(...values) - Math.min(...values);
  const stage = document.getElementById("stage");
  return {
    texts: half(window.seen.texts), dots: half(window.seen.dots), shown: places.length,
    filled: range(places.map((p) => p.x)) * range(places.map((p) => p.y)) / (stage.clientWidth * stage.clientHeight),
    inside: places.every((p) => p.x >= 0 && p.y >= 0 && p.x <= stage.clientWidth && p.y <= stage.clientHeight),
  };
}"""
LEGIBLE = 11


@dataclass
class Look:
    """One frame.

    Attributes:
        texts: what is written, with its size and its box (left, right, top, bottom) in CSS pixels.
        dots: diameters of circles in CSS pixels.
        shown: how many things are drawn.
        filled: the box around all things, as a share of the stage.
        inside: whether all of them lie on the stage.
    """

    texts: list[dict]
    dots: list[float]
    shown: int
    filled: float
    inside: bool

    def written(self, line: str) -> bool:
        """Whether a line can be read: it is written in letters that are large enough."""
        return any(one["text"] == line and one["size"] >= LEGIBLE for one in self.texts)

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of texts that stand on one another by more than a pixel."""
        found = []
        for i, one in enumerate(self.texts):
            for other in self.texts[i + 1 :]:
                (l1, r1, t1, b1), (l2, r2, t2, b2) = one["box"], other["box"]
                if min(r1, r2) - max(l1, l2) > 1 and min(b1, b2) - max(t1, t2) > 1:
                    found.append((one["text"], other["text"]))
        return found


def look_of(page: Page) -> Look:
    """What is drawn now."""
    if not page.evaluate("Boolean(window.seen)"):
        page.evaluate(WATCH)
    return Look(**page.evaluate(DRAWN))


def unnamed(page: Page, look: Look, count: int = 25) -> list[str]:
    """Names of the things that are drawn largest (of equal ones those with more ties) of which some line cannot be read."""
    lines: list[tuple[str, list[str]]] = page.evaluate(
        """(count) => {
          const labels = new Map(kg.drawing.labels().map((one) => [one.node, one.lines]));
          return [...kg.look.nodes.keys()].filter((node) => kg.look.nodes[node])
            .sort((a, b) => kg.look.sizes[b] - kg.look.sizes[a] || kg.scene.ties[b].length - kg.scene.ties[a].length || a - b)
            .slice(0, count).map((node) => [kg.scene.nodes.name[node], labels.get(node) ?? []]);
        }""",
        count,
    )
    return [
        name for name, own in lines if not own or not all(look.written(line) for line in own) or not name.startswith(own[0].rstrip("…"))
    ]


def graph_of(things: int, one_part: bool, loners: int = 0) -> "nx.MultiDiGraph[str]":
    """A graph of so many things that have relations, in one part or in parts of two to thirteen, and of loners."""
    kinds = ("Enterprise", "Park", "Project", "Policy", "Place", "Cooperation")
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(things + loners):
        kind = kinds[number % len(kinds)]
        graph.add_node(f"id:{number}", name=f"第{number}号{'长名称' * (number % 5)}", type=kind, sentences=[f"第{number}句。"])
    begin, size = 0, things if one_part else 2
    while begin < things:
        end = min(things, begin + size)
        if things - end < 2:
            end = things
        for number in range(begin + 1, end):
            hub = begin + (number * number) % max(1, (number - begin + 1) // 2)  # a few have many ties
            graph.add_edge(f"id:{number}", f"id:{hub}", key="locatedIn", type="locatedIn", sentences=[f"第{number}句。"], weight=1)
        begin, size = end, 2 + (size * 7 + 3) % 12
    return graph
