"""The page in a real browser, with the network off."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page, sync_playwright

from kg.analyse import project
from kg.report import build, write_html
from kg.view import write_page

pytestmark = pytest.mark.slow
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NASTY = ["</script><script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>", "\"';--", "\u202e反向", "名" * 300, "🚀园"]


@pytest.fixture(scope="module")
def open_page(chromium: str) -> Iterator:
    """Opens a file with the network off and keeps what it asked for and complained of."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)

        def opened(path: Path) -> tuple[Page, list[str], list[str]]:
            context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
            page = context.new_page()
            requests: list[str] = []
            complaints: list[str] = []
            page.on("request", lambda request: requests.append(request.url))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.goto(path.as_uri())
            return page, requests, complaints

        yield opened
        browser.close()


@pytest.fixture(scope="module")
def example_page(graph, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    with graph.reading() as store:
        write_page(project(store), path)
    return path


def ready(page: Page) -> None:
    page.wait_for_selector("body[data-ready=yes]", timeout=20_000)


def painted(page: Page) -> int:
    """Pixels of the drawing that are not empty."""
    return page.evaluate(
        "() => { const c = document.querySelector('#graph canvas'); "
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"
    )


def test_the_page_draws_offline_and_asks_for_nothing(open_page, example_page: Path):
    page, requests, complaints = open_page(example_page)
    ready(page)
    assert painted(page) > 5_000
    assert requests == [example_page.as_uri()]
    assert complaints == []


def test_nodes_stay_where_they_were_computed(open_page, example_page: Path):
    page, *_ = open_page(example_page)
    ready(page)
    before = page.evaluate("network.getPositions()")
    page.wait_for_timeout(500)
    assert page.evaluate("network.getPositions()") == before
    assert page.evaluate("network.physics.physicsEnabled") is False


def test_hovering_tells_class_and_sentence(open_page, example_page: Path):
    page, *_ = open_page(example_page)
    ready(page)
    place = page.evaluate("network.canvasToDOM(network.getPosition('id:海思'))")
    box = page.locator("#graph").bounding_box()
    page.mouse.move(box["x"] + place["x"] - 40, box["y"] + place["y"] - 40)
    page.mouse.move(box["x"] + place["x"], box["y"] + place["y"], steps=5)
    page.wait_for_selector("#card:not([hidden])")
    card = page.inner_text("#card")
    assert card.startswith("海思\n企业\n")
    assert "海思" in card.split("\n", 2)[2]


def test_searching_opens_a_thing_with_its_relations_and_sentences(open_page, example_page: Path):
    page, *_ = open_page(example_page)
    ready(page)
    page.fill("#search", "海思")
    page.press("#search", "Enter")
    panel = page.inner_text("#panel")
    assert "上汽集团 — 合作 — 海思" in panel
    assert "海思 — 研发 — MCU芯片" in panel
    assert "在我委牵线下，海思与上汽开展技术合作，产业化由此起步。" in panel
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_the_legend_hides_and_shows_a_class(open_page, example_page: Path):
    page, *_ = open_page(example_page)
    ready(page)
    parks = page.evaluate("nodes.get({ filter: (n) => n.type === 'Park' }).length")
    everything = page.evaluate("shown.length")
    page.click("button[data-class=Park]")
    assert page.evaluate("shown.length") == everything - parks
    assert page.get_attribute("button[data-class=Park]", "aria-pressed") == "false"
    page.click("button[data-class=Park]")
    assert page.evaluate("shown.length") == everything


def test_sizes_follow_centrality_and_colours_the_class(open_page, example_page: Path):
    page, *_ = open_page(example_page)
    ready(page)
    best, worst = page.evaluate("(() => { const s = nodes.get().sort((a, b) => b.score - a.score); return [s[0].size, s.at(-1).size]; })()")
    assert best > 3 * worst
    assert page.evaluate("new Set(nodes.get().map((n) => n.color)).size === new Set(nodes.get().map((n) => n.type)).size")


def test_names_made_of_markup_show_as_text(open_page, tmp_path: Path):
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for index, name in enumerate(NASTY):
        graph.add_node(f"id:{index}", name=name, type="Enterprise", sentences=[f"句子{name}"])
    graph.add_edge("id:0", "id:1", key="cooperatesWith", type="cooperatesWith", sentences=[NASTY[1]])
    path = tmp_path / "nasty.html"
    write_page(graph, path)
    page, requests, complaints = open_page(path)
    ready(page)
    for name in NASTY[:2]:
        page.fill("#search", name)
        page.press("#search", "Enter")
        assert page.inner_text("#panel h2") == name
    assert page.evaluate("window.hacked === undefined")
    assert page.evaluate("document.images.length") == 0
    assert (requests, complaints) == ([path.as_uri()], [])


@pytest.mark.parametrize("size", [0, 1])
def test_an_empty_graph_and_a_single_node_open(open_page, tmp_path: Path, size: int):
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_nodes_from((f"id:{i}", {"name": "独一", "type": "Park", "sentences": ["一句。"]}) for i in range(size))
    path = tmp_path / "small.html"
    write_page(graph, path, lang="en")
    page, _, complaints = open_page(path)
    ready(page)
    assert page.is_visible("#empty") is (size == 0)
    assert complaints == []


def test_the_report_opens_offline_and_a_link_leads_to_its_sentence(open_page, graph, tmp_path: Path):
    path = tmp_path / "report.html"
    with graph.reading() as store:
        write_html(build(store, "zh"), path)
    page, requests, complaints = open_page(path)
    link = page.locator("section#cooperation a").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(f"{target}:target").is_visible()
    assert (requests[0], complaints) == (path.as_uri(), [])
