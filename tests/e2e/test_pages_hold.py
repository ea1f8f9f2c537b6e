"""What the pages stand: hostile names, no graph and a large one, readers with aids, a policy that lets nothing in."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest
from playwright.sync_api import Page

import kg
from bench.pages import made
from kg.view import scene, scene_of, write_explorer
from kg.workspace.workspace import Workspace
from tests.axe import accused
from tests.e2e.conftest import FACES, rest, search, shown_names, spot
from tests.servers import PATIENCE, kg_server

pytestmark = pytest.mark.slow
NASTY = [
    "</script><script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>", "\"';--`${window.hacked=1}", "\u202e反向\u2066文",
    "名" * 300, "🚀园👩‍👩‍👧", "<!--", "&lt;b&gt;", "]]>",
]  # fmt: skip
LARGE, CLOSE = (20_000, 50_000), 0.05
"""Things and ties, and pixels of the picture that one of the screen shows to one who is near."""


def network(nodes: int) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((f"id:{i}", {"name": f"企业{i}", "type": "Enterprise", "sentences": [f"第{i}句。"]}) for i in range(nodes))
    return graph


def page_of(graph: "nx.MultiDiGraph[str]", face: str, path: Path, lang: str = "zh") -> Path:
    FACES[face](scene_of(graph), path, lang)
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(drawn: Page, theme: str):
    drawn.emulate_media(color_scheme=theme)
    drawn.wait_for_selector(f"html[data-theme={theme}]")
    assert accused(drawn) == []
    drawn.select_option("#colour", "community")
    drawn.click("#table-nodes")
    search(drawn, "海思")
    assert accused(drawn) == []
    drawn.fill("#search", "园")
    drawn.wait_for_selector("#search-names li")
    assert accused(drawn) == []
    drawn.keyboard.press("Escape")
    drawn.click("#keys")
    assert accused(drawn) == []


def test_targets_are_large_enough_to_be_hit(drawn: Page):
    search(drawn, "海思")
    small = drawn.evaluate(
        "[...document.querySelectorAll('button, select, input')].filter((b) => b.offsetParent && b.getBoundingClientRect().height < 24)"
        ".map((b) => b.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_names_made_of_markup_quotes_and_bidi_controls_are_text(face: str, visit, tmp_path: Path):
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index, name in enumerate(NASTY):
        graph.add_node(f"id:{name}", name=name, type="Enterprise", sentences=[f"句子{name}"])
        if index:
            graph.add_edge(f"id:{NASTY[0]}", f"id:{name}", key="cooperatesWith", type="cooperatesWith", sentences=[name])
    found = visit(page_of(graph, face, tmp_path / "nasty.html"))
    page = found.ready()
    page.click("#table-nodes")
    for name in NASTY:
        page.evaluate("(id) => kg.open(id)", f"id:{name}")
        assert page.locator("#panel h2").evaluate("(h) => h.textContent") == name
        assert page.locator("#panel blockquote").last.evaluate("(q) => q.textContent").endswith(name)
    page.evaluate("document.querySelectorAll('[data-word]')")
    assert page.evaluate("window.hacked === undefined && document.images.length === 1 && document.scripts.length < 10")
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith("data:")] == [(tmp_path / "nasty.html").as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400


@pytest.mark.parametrize("nodes", [0, 1])
def test_an_empty_graph_and_a_single_node_open(face: str, visit, tmp_path: Path, nodes: int):
    found = visit(page_of(network(nodes), face, tmp_path / "small.html", "en"))
    page = found.ready()
    assert page.is_visible("#empty") is (nodes == 0)
    assert page.inner_text("#count") == f"{nodes} things, 0 relations"
    page.focus("#stage")
    page.keyboard.press("Enter")
    page.click("#table-nodes")
    assert page.locator("#table tbody tr").count() == nodes
    assert accused(page) == []
    assert found.complaints == []


def test_only_what_was_written_into_the_page_may_run(face: str, written, visit):
    page = visit(written(face)).ready()
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content") or ""
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert re.search(r"script-src ('sha256-[\w+/=]+' ?)+;", policy) and re.search(r"style-src ('sha256-[\w+/=]+' ?)+;", policy)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))")
    assert page.evaluate("window.ran") is None


def test_reports_over_time_have_a_slider(face: str, visit, tmp_path: Path, two_years):
    path = tmp_path / "years.html"
    with two_years.reading() as store:
        FACES[face](scene(store), path)
    page = visit(path).ready()
    names = "new Set(kg.scene.nodes.name.filter((_, n) => kg.look.nodes[n]))"
    assert page.inner_text("#period-note") == "2021-12-31 – 2022-12-31"
    page.fill("#until", "0")
    assert page.inner_text("#period-note") == "2021-12-31 – 2021-12-31"
    assert page.evaluate(f"[{names}.has('甲芯公司'), {names}.has('乙光公司')]") == [True, False]
    page.fill("#until", "1")
    page.fill("#since", "1")
    assert page.evaluate(f"[{names}.has('甲芯公司'), {names}.has('乙光公司')]") == [False, True]
    assert "since=2022-12-31" in page.url


@pytest.fixture(scope="module")
def two_years(tmp_path_factory) -> Workspace:
    """Two reports of a district, a year apart."""
    folder = tmp_path_factory.mktemp("years")
    for year, who in ((2021, "甲芯公司与南山大学"), (2022, "乙光公司与南山大学")):
        (folder / f"{year}.txt").write_text(f"南山区科委{year}年工作总结\n{who}开展技术合作。", encoding="utf-8")
    workspace = kg.open(folder / "workspace")
    workspace.ingest([folder / "2021.txt", folder / "2022.txt"])
    return workspace


def test_a_thing_beyond_the_answer_is_opened_and_drawn_beside_it(two_years: Workspace, visit):
    with kg_server(two_years.folder, "-w", two_years.folder) as address:
        asked = quote("SELECT ?thing { ?thing rdfs:label '甲芯公司'@zh }")
        found = visit(f"{address}/?query={asked}", locale="zh-CN")
        page = found.ready()
        assert shown_names(page) == {"甲芯公司"}
        search(page, "乙光公司")
        page.wait_for_selector("#panel blockquote:has-text('乙光公司与南山大学开展技术合作。')")
        assert {"乙光公司", "南山大学"} <= shown_names(page)
        page.wait_for_function("kg.drawing.labels().some((one) => one.lines.includes('乙光公司'))")  # in the frame after the panel's
        assert "取不到" not in page.inner_text("#status")
        assert found.complaints == []


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """The explorer of 20,000 things and 50,000 ties."""
    folder = tmp_path_factory.mktemp("large")
    write_explorer(made(folder, *LARGE), folder / "large.html")
    return folder / "large.html"


def test_a_large_graph_opens_small_and_works(large: Path, visit):
    assert large.stat().st_size <= 2.5e6
    found = visit(large)
    page = found.ready()
    assert page.inner_text("#count") == "18045 个事物，50000 条关系"
    assert page.inner_text("#alone-count") == "1955 项没有关系"
    assert page.evaluate("performance.memory.usedJSHeapSize") <= 400e6
    search(page, "Enterprise77")
    assert page.inner_text("#panel h2") == "Enterprise77"
    page.click("#act-focus")
    assert 1 < page.evaluate("kg.look.nodes.filter((how) => how).length") < 20_000
    assert found.complaints == []


def test_things_and_ties_of_a_large_graph_open_where_they_are_drawn(large: Path, visit):
    page = visit(large).ready()
    thing, other = page.evaluate("['Enterprise77', 'Enterprise4'].map((name) => kg.scene.nodes.id[kg.scene.nodes.name.indexOf(name)])")
    page.evaluate(
        "([id, scale]) => { const n = kg.scene.number.get(id); kg.drawing.moveTo([kg.spots.x[n], kg.spots.y[n], scale], false); }",
        [thing, CLOSE],
    )
    rest(page, thing)
    page.mouse.click(*spot(page, thing))
    page.wait_for_selector("#panel h2:has-text('Enterprise77')")
    page.click("#act-focus")
    rest(page, thing)
    rest(page, other)
    (ax, ay), (bx, by) = spot(page, thing), spot(page, other)
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    page.wait_for_selector("#panel h2:has-text('—')")
    assert set(page.inner_text("#panel h2").split(" — ")) == {"Enterprise77", "合作", "Enterprise4"}


def test_few_things_of_a_large_graph_are_drawn_as_broadly_as_those_of_a_small_one(large: Path, visit):
    page = visit(large).ready()
    radius = "kg.look.sizes[kg.scene.nodes.name.indexOf('Enterprise77')]"
    assert 3 <= page.evaluate(radius) < 3.5
    search(page, "Enterprise77")
    page.click("#act-focus")
    assert page.evaluate(radius) > 3.5


def test_labels_do_not_overlap(large: Path, visit):
    page = visit(large).ready()
    for scale in (1, 0.3, CLOSE):
        page.evaluate("(scale) => kg.drawing.moveTo([kg.spots.x[77], kg.spots.y[77], scale], false)", scale)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        boxes = page.evaluate("kg.drawing.labels()")
        assert len(boxes) > 3
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                assert a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]


def test_a_browser_without_webgl_still_has_the_table(written, chromium: str, driver):
    browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"])
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(written("explorer").as_uri())
    page.wait_for_selector("body[data-ready=yes]")
    assert "WebGL" in page.inner_text("#stage")
    search(page, "海思")
    page.click("#table-nodes")
    assert page.locator("#table tbody tr").count() == 46  # 15 things without a relation stand beside
    browser.close()


@pytest.fixture(scope="module")
def served(graph) -> Iterator[str]:
    """The address of a service of the example."""
    with kg_server(graph.folder, "-w", graph.folder) as address:
        yield address.rstrip("/")


def test_the_service_gives_the_explorer_and_its_neighbourhoods(served: str, visit):
    found = visit(f"{served}/")
    page = found.ready()
    search(page, "海思半导体")
    assert page.inner_text("#panel h2") == "海思"
    page.wait_for_selector("#panel h3:has-text('事实')")
    panel = page.inner_text("#panel")
    assert "项目清单 8类；2023年1–6月" in panel and "第517–578字" in panel
    assert accused(page) == []
    for field, name in (("#from", "海思"), ("#to", "上海市经济信息化委")):
        page.fill(field, name)
        page.press(field, "Enter")
    page.wait_for_selector("#panel ol.steps li >> nth=2")
    assert all(url.startswith((served, "data:")) for url in found.requests)
    assert found.complaints == []


def test_the_service_s_policy_has_no_unsafe_word(served: str, visit):
    headers = visit(f"{served}/").page.request.get(f"{served}/").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src 'self'" in headers["content-security-policy"]


def test_the_service_refuses_what_is_not_in_the_graph(served: str, visit):
    request = visit(f"{served}/").page.request
    reply = request.get(f"{served}/api/explore/around", params={"node": "id:x> . } #"})
    assert (reply.status, reply.text()) == (404, "There is no 'id:x> . } #' in the graph.\n")
    assert request.get(f"{served}/api/explore/around", params={"node": "id:海思", "hops": "99"}).status == 422
    assert json.loads(request.get(f"{served}/api/explore/find", params={"name": "上汽"}).text())[0]["id"] == "id:上汽集团"
