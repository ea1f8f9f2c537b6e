"""The explorer at first sight, measured: it fills the window, dots can be seen and names be read, whatever the graph's size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page

from kg.view import write_explorer
from kg.view.scene import scene_of
from tests.e2e.conftest import Opened
from tests.e2e.looks import LEGIBLE, WATCH, Look, unnamed

pytestmark = pytest.mark.slow
_SEEN = """() => {
  const { x, y, sizes, width, height } = kg.drawing.frame();
  const shown = [...kg.look.nodes.keys()].filter((node) => kg.look.nodes[node]);
  const xs = shown.map((node) => x[node]), ys = shown.map((node) => y[node]);
  const range = (values) => values.reduce((most, one) => Math.max(most, one)) - values.reduce((least, one) => Math.min(least, one));
  return { shown: shown.length, share: range(xs) * range(ys) / (width * height),
    least: 2 * Math.min(...shown.map((node) => sizes[node])),
    labels: kg.drawing.labels(), width, height };
}"""
_LYING = """() => {
  const { x, y, sizes } = kg.drawing.frame(), { start, end } = kg.scene.edges;
  const shown = [...kg.look.nodes.keys()].filter((node) => kg.look.nodes[node]);
  return [...kg.look.edges.keys()].filter((edge) => kg.look.edges[edge] && start[edge] !== end[edge]).flatMap((edge) => {
    const [from, to] = [start[edge], end[edge]], wide = x[to] - x[from], high = y[to] - y[from];
    return shown.filter((node) => {
      const over = x[node] - x[from], below = y[node] - y[from], share = (over * wide + below * high) / (wide ** 2 + high ** 2);
      const off = Math.abs(over * high - below * wide) / Math.hypot(wide, high);
      return node !== from && node !== to && share > 0 && share < 1 && off < sizes[node];
    }).map((node) => [node, from, to].map((one) => kg.scene.nodes.name[one]));
  });
}"""
"""Things whose dots touch the line of two others, with these."""


def network(things: int) -> "nx.MultiDiGraph[str]":
    """A network in parts: most things in one, the others in small ones; each fifth name is a long one, some things have no tie."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = ("Enterprise", "Park", "Project", "Technology")
    for one in range(things):
        name = f"第{one}号生物医药技术创新中心有限公司" if one % 5 == 0 else f"企业{one}"
        made.add_node(f"id:{one}", name=name, type=kinds[one % 4], sentences=[])
    large = max(4, int(0.7 * things))
    for one in range(1, things):
        start = (one * 7919) % max(1, min(one, large, 1 + one // 3)) if one < large else one - one % 3
        if start != one and one % 11:
            made.add_edge(f"id:{start}", f"id:{one}", key="develops", type="develops", sentences=["一句。"], context=one % 6 == 0)
    made.add_edge(f"id:{large - 1}", "id:0", key="cooperatesWith", type="cooperatesWith", sentences=["另一句。"])
    return made


def written(page: Page) -> Look:
    """What one frame writes, as it stands on the canvas."""
    page.evaluate(WATCH)
    texts = page.evaluate("() => { kg.drawing.picture('#ffffff'); return window.seen.texts; }")
    return Look(list({(one["text"], *one["box"]): one for one in texts}.values()), [], 0, 0.0, True)


@pytest.fixture(scope="module", params=[5, 60, 300, 1_500, 20_000])
def explorer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of a network of so many things."""
    path = tmp_path_factory.mktemp("fills") / "explorer.html"
    write_explorer(scene_of(network(request.param), "degree"), path)
    return path


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 740)])
def test_the_first_sight_fills_the_window_and_can_be_read(visit: Callable[..., Opened], explorer: Path, width: int, height: int):
    page = visit(explorer, viewport={"width": width, "height": height})
    seen: dict[str, Any] = page.ready().evaluate(_SEEN)
    assert seen["share"] >= 0.7
    assert seen["least"] >= 6
    labels = seen["labels"]
    assert all(label["left"] >= 0 and label["right"] <= seen["width"] and label["bottom"] <= seen["height"] for label in labels)
    look = written(page.page)
    assert unnamed(page.page, look) == []
    assert min(one["size"] for one in look.texts) >= LEGIBLE
    assert look.overlaps() == []
    assert page.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 740)])
@pytest.mark.parametrize("things", [60, 150, 240])
def test_no_thing_lies_on_the_line_of_two_others(visit: Callable[..., Opened], tmp_path: Path, things: int, width: int, height: int):
    path = tmp_path / "explorer.html"
    write_explorer(scene_of(network(things), "degree"), path)
    page = visit(path, viewport={"width": width, "height": height}).ready()
    assert page.evaluate("kg.look.edges.filter(Boolean).length") > 0.7 * things
    assert page.evaluate(_LYING) == []


def test_a_hairline_is_hit_within_four_pixels(visit: Callable[..., Opened], tmp_path: Path):
    path = tmp_path / "explorer.html"
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("甲", "乙"):
        graph.add_node(f"id:{name}", name=name, type="Park", sentences=[])
    graph.add_edge("id:甲", "id:乙", key="focusesOn", type="focusesOn", sentences=["甲聚焦乙。"], context=True)
    write_explorer(scene_of(graph, "degree"), path)
    page = visit(path).ready()
    x, y, across, down = page.evaluate("""() => {
      const box = document.getElementById("stage").getBoundingClientRect(), [a, b] = [kg.drawing.place(0), kg.drawing.place(1)];
      const far = Math.hypot(b.x - a.x, b.y - a.y);
      return [box.left + (a.x + b.x) / 2, box.top + (a.y + b.y) / 2, -(b.y - a.y) / far, (b.x - a.x) / far];
    }""")
    page.mouse.move(x + 20 * across, y + 20 * down)
    page.mouse.move(x + 3.5 * across, y + 3.5 * down)
    page.wait_for_function("!document.getElementById('card').hidden")
    assert "甲聚焦乙。" in page.locator("#card").inner_text()
    page.mouse.move(x + 12 * across, y + 12 * down)
    page.wait_for_function("document.getElementById('card').hidden")
