"""What a reader does with the pages, in a real browser with the network off: one test an interaction, on both pages."""

import json
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import rest, search, shown_names, spot

pytestmark = pytest.mark.slow
SAIC = "id:合作-海思-上汽集团-d1ebc8e7990d"


def open_node(page: Page, name: str) -> None:
    page.evaluate("(id) => kg.open(id)", name)


def test_nodes_stay_where_they_were_computed(drawn: Page, shown):
    thing = next(one for one in shown.things if one.id == "id:海思")
    assert drawn.evaluate("(() => { const n = kg.scene.number.get('id:海思'); return [kg.scene.nodes.x[n], kg.scene.nodes.y[n]]; })()") == [
        thing.x,
        thing.y,
    ]
    before = spot(drawn, "id:海思")
    rest(drawn)
    assert spot(drawn, "id:海思") == before


def test_the_legend_hides_and_shows_a_class(drawn: Page):
    everything = shown_names(drawn)
    drawn.click("#legend button[data-class=Park]")
    assert everything - shown_names(drawn) == {
        "北斗创新基地", "北斗西虹桥基地", "市西软件信息园", "张江高新区青浦园", "网易上海国际文创科技园",
        "长三角一体化高新技术开发区青浦片区", "青吴嘉高新技术开发区",
    }  # fmt: skip
    assert drawn.get_attribute("#legend button[data-class=Park]", "aria-pressed") == "false"
    assert drawn.inner_text("#count").startswith("39 个事物")
    drawn.click("#legend button[data-class=Park]")
    assert shown_names(drawn) == everything


def test_things_without_a_relation_stand_in_a_list_beside(drawn: Page):
    assert drawn.inner_text("#alone-count") == "15 项没有关系"
    assert "云服务" not in shown_names(drawn)
    drawn.click("#alone-count")
    drawn.fill("#alone-find", "云服")
    assert drawn.locator("#alone-list button").all_inner_texts() == ["云服务"]
    drawn.click("#alone-list button")
    assert drawn.inner_text("#panel h2") == "云服务"
    assert drawn.locator("#panel blockquote").count() >= 1
    assert "云服务" not in shown_names(drawn)
    drawn.check("#alone-show")
    assert "云服务" in shown_names(drawn) and len(shown_names(drawn)) == 61


def test_the_page_says_what_is_here_and_is_entered_from_there(drawn: Page):
    assert drawn.inner_text("#here") == "1 个地区的 6 份文件：61 个事物，59 条关系"
    assert drawn.locator("#places-list button").all_inner_texts() == ["上海市青浦区\n61\n只看"]
    drawn.click("#documents-list button:has-text('parks')")
    assert "市西软件信息园" in shown_names(drawn) and "海思" not in shown_names(drawn)
    drawn.click("#documents-list button[aria-pressed=true]")
    assert len(shown_names(drawn)) == 46


def test_relations_and_what_is_read_from_the_context_can_be_hidden(drawn: Page):
    kinds = """[...kg.look.edges.keys()].filter((edge) => kg.look.edges[edge])
      .map((edge) => kg.scene.relations[kg.scene.edges.relation[edge]].name)"""
    assert "locatedIn" in drawn.evaluate(kinds)
    drawn.click("#relations-list button[data-name=locatedIn]")
    assert "locatedIn" not in drawn.evaluate(kinds) and "develops" in drawn.evaluate(kinds)
    drawn.click("#bases-list button[data-name=stated]")
    assert "develops" not in drawn.evaluate(kinds)


def test_search_completes_a_name_and_opens_the_thing(drawn: Page):
    drawn.type("#search", "上汽")
    drawn.wait_for_selector("#search-names li")
    assert drawn.locator("#search-names li").all_inner_texts()[0].split() == ["上汽集团", "企业"]
    drawn.keyboard.press("ArrowDown")
    assert drawn.get_attribute("#search", "aria-activedescendant") == "search-names-0"
    drawn.keyboard.press("Enter")
    assert drawn.inner_text("#panel h2") == "上汽集团"
    assert drawn.evaluate("document.activeElement.textContent") == "上汽集团"


def test_search_knows_other_names_and_says_when_there_is_none(drawn: Page):
    search(drawn, "海思半导体")
    assert drawn.inner_text("#panel h2") == "海思"
    drawn.fill("#search", "没有此物")
    drawn.press("#search", "Enter")
    assert drawn.inner_text("#status") == "没有这个名称"


def test_what_is_found_is_shown_even_if_its_class_was_hidden(drawn: Page):
    drawn.click("#legend button[data-class=Park]")
    search(drawn, "市西软件信息园")
    assert "市西软件信息园" in shown_names(drawn)
    assert drawn.get_attribute("#legend button[data-class=Park]", "aria-pressed") == "true"


def test_hovering_shows_a_card_with_class_and_sentence(drawn: Page):
    open_node(drawn, "id:海思")
    drawn.evaluate("kg.close()")
    x, y = spot(drawn, "id:海思")
    drawn.mouse.move(x - 60, y - 60)
    drawn.mouse.move(x, y, steps=6)
    drawn.wait_for_selector("#card:not([hidden])")
    assert drawn.inner_text("#card").split("\n")[:2] == ["海思", "企业"]
    assert "海思" in drawn.inner_text("#card").split("\n")[2]


def test_a_click_opens_every_fact_with_its_sentence_and_its_place(drawn: Page):
    x, y = spot(drawn, SAIC)
    drawn.mouse.click(x, y)
    drawn.wait_for_selector("#panel:not([hidden])")
    panel = drawn.inner_text("#panel")
    for said in (
        "合作:海思-上汽集团",
        "项目清单 海思 · 项目清单 8类；2023年1–6月",
        "项目清单 海思 · 项目清单 20项；2023年1–6月",
        "预期成效 软信业 · 营收 10亿元–100亿元；计划",
        "预期成效 软信业 · 就业岗位 1000人–1万人；计划",
        "预期成效 汽车产业链 · 产值 不少于100亿元；计划",
        "海思形成MCU芯片、感知芯片、座舱芯片、联接芯片、模拟芯片等五大领域产品，按照上汽需求列出落地项目清单，共8大类20小项。",
        "海思和上汽的合作预计为软信业新增数十亿营收，预计带来数千人就业岗位，预计带动汽车产业链增加百亿产值。",
        "青浦区科委2023年上半年工作总结和下半年工作要点 · 2023-06-30 · 第517–578字",
    ):
        assert said in panel, said
    drawn.keyboard.press("Escape")
    assert drawn.is_hidden("#panel")


def test_a_withheld_figure_says_so(drawn: Page):
    search(drawn, "北斗西虹桥基地")
    assert "税收 未披露；同比+88.8%；2023年1–6月" in drawn.inner_text("#panel")


def test_a_click_on_an_edge_opens_its_sentences(drawn: Page):
    open_node(drawn, "id:海思")
    rest(drawn, "id:MCU芯片")
    (ax, ay), (bx, by) = spot(drawn, "id:海思"), spot(drawn, "id:MCU芯片")
    drawn.mouse.move(ax, ay + 200)
    drawn.mouse.click((ax + bx) / 2, (ay + by) / 2)
    drawn.wait_for_selector("#panel h2:has-text('—')")
    assert drawn.inner_text("#panel h2") == "海思 — 研发 — MCU芯片"
    assert drawn.locator("#panel blockquote").count() >= 1


def test_focus_keeps_a_node_with_what_is_within_n_hops(drawn: Page):
    open_node(drawn, "id:海思")
    drawn.click("#act-focus")
    near = {"海思", "上汽集团", "合作:海思-上汽集团", "青浦区", "MCU芯片", "座舱芯片", "感知芯片", "模拟芯片", "联接芯片"}
    assert shown_names(drawn) == near
    assert drawn.inner_text("#focus-note") == "海思及其1步以内"
    drawn.fill("#hops", "2")
    assert shown_names(drawn) > near | {"市西软件信息园", "张江高新区青浦园"}
    drawn.click("#unfocus")
    assert len(shown_names(drawn)) == 46


def test_a_path_between_two_things_is_told_step_by_step(drawn: Page):
    for field, name in (("#from", "海思"), ("#to", "上海市经济信息化委")):
        drawn.fill(field, name)
        drawn.press(field, "Enter")
    drawn.wait_for_selector("#panel ol.steps li")
    rows = drawn.locator("#panel ol.steps > li")
    steps = [" ".join(row.locator("button").all_inner_texts()) for row in rows.all()]
    assert all(row.locator("blockquote").count() for row in rows.all())
    assert drawn.inner_text("#panel .class") == "最短路径：3步"
    assert steps == ["海思 位于 青浦区", "青浦区 位于 市西软件信息园", "市西软件信息园 获认可于 上海市经济信息化委"]
    drawn.click("#act-clear-path")
    assert drawn.is_hidden("#panel")


def test_no_path_is_said(drawn: Page):
    for field, name in (("#from", "海思"), ("#to", "云服务")):
        drawn.fill(field, name)
        drawn.press(field, "Enter")
    drawn.wait_for_selector("#panel:not([hidden])")
    assert "没有路径" in drawn.inner_text("#panel")


def test_colour_shows_class_or_community(drawn: Page):
    colours = "new Set(kg.look.colours).size"
    assert drawn.evaluate(colours) == drawn.locator("#legend li").count()
    drawn.select_option("#colour", "community")
    assert drawn.locator("#communities li").count() >= 3
    same = "((a, b) => { const n = (id) => kg.scene.number.get(id); return kg.look.colours[n(a)] === kg.look.colours[n(b)]; })"
    assert drawn.evaluate(f"{same}('id:海思', 'id:MCU芯片')")
    assert not drawn.evaluate(f"{same}('id:海思', 'id:市西软件信息园')")


def test_size_shows_the_centrality_that_is_chosen(drawn: Page):
    largest = "kg.scene.nodes.name[kg.look.sizes.indexOf(Math.max(...kg.look.sizes))]"
    assert drawn.evaluate(largest) == "青浦区"
    drawn.select_option("#size", "core")
    assert drawn.evaluate(largest) != "青浦区"
    assert "抱团" in drawn.inner_text("#size-note")
    assert drawn.evaluate("kg.scene.centralities.length") == 11


def test_png_and_json_are_saved(drawn: Page, tmp_path: Path):
    with drawn.expect_download() as waiting:
        drawn.click("#png")
    waiting.value.save_as(tmp_path / "graph.png")
    data = (tmp_path / "graph.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 10_000
    drawn.click("#legend button[data-class=Place]")
    with drawn.expect_download() as waiting:
        drawn.click("#json")
    waiting.value.save_as(tmp_path / "graph.json")
    network = nx.node_link_graph(json.loads((tmp_path / "graph.json").read_text(encoding="utf-8")), edges="edges")
    assert "id:海思" in network and "id:青浦区" not in network
    assert network.get_edge_data("id:海思", "id:MCU芯片")["develops"]["sentences"][0]["document"] == "enterprises"


def test_language_switches_everything_the_page_says(drawn: Page):
    search(drawn, "海思")
    drawn.click("#language")
    assert drawn.get_attribute("html", "lang") == "en"
    assert drawn.title() == "Innovation ecosystem graph"
    assert "enterprise · betweenness" in drawn.inner_text("#panel").lower()
    assert drawn.inner_text("#legend button[data-class=Park] span") == "park"
    assert "[?]" not in drawn.inner_text("body")
    drawn.click("#language")
    assert drawn.get_attribute("html", "lang") == "zh-CN"


def test_dark_mode_follows_the_system_and_the_button(drawn: Page):
    assert drawn.get_attribute("html", "data-theme") == "light"
    drawn.emulate_media(color_scheme="dark")
    drawn.wait_for_selector("html[data-theme=dark]")
    assert drawn.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
    drawn.click("#theme")
    drawn.click("#theme")
    assert drawn.inner_text("#theme") == "明暗：浅色"
    assert drawn.get_attribute("html", "data-theme") == "light"


def test_the_whole_page_can_be_used_from_the_keyboard(drawn: Page):
    drawn.focus("#stage")
    drawn.keyboard.press("Enter")
    assert drawn.inner_text("#panel h2") == "青浦区"
    drawn.focus("#stage")
    drawn.keyboard.press("ArrowLeft")
    drawn.wait_for_selector("#panel h2:not(:has-text('青浦区'))")
    before = drawn.evaluate("kg.drawing.camera()[2]")
    drawn.keyboard.press("+")
    assert drawn.evaluate("kg.drawing.camera()[2]") < before
    drawn.keyboard.press("f")
    assert len(shown_names(drawn)) < 61
    drawn.keyboard.press("t")
    assert drawn.is_visible("#table table")
    drawn.keyboard.press("?")
    assert drawn.evaluate("document.getElementById('help').open") is True
    drawn.keyboard.press("Escape")
    drawn.focus("#stage")
    drawn.keyboard.press("/")
    assert drawn.evaluate("document.activeElement.id") == "search"


def test_tab_reaches_every_control_and_shows_where_it_is(drawn: Page):
    reached = []
    for _ in range(100):
        drawn.keyboard.press("Tab")
        reached.append(
            drawn.evaluate("document.activeElement.id || document.activeElement.dataset.class || document.activeElement.className")
        )
    for wanted in ("skip", "search", "table-nodes", "png", "language", "Park", "colour", "size", "hops", "from", "to", "stage"):
        assert wanted in reached, wanted
    drawn.focus("#png")
    drawn.keyboard.press("Tab")
    assert drawn.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_table_stays_in_step_with_the_graph(drawn: Page):
    drawn.click("#table-nodes")
    assert drawn.inner_text("#table caption") == "事物：46行"
    drawn.click("#legend button[data-class=Policy]")
    assert drawn.inner_text("#table caption") == "事物：37行"
    open_node(drawn, "id:海思")
    assert drawn.inner_text("#table tr[aria-current=true] th") == "海思"
    drawn.click("#table tbody th button:has-text('北斗创新基地')")
    assert drawn.inner_text("#panel h2") == "北斗创新基地"
    assert drawn.evaluate("kg.look.chosen === kg.scene.number.get('id:北斗创新基地')")
    drawn.click("#table thead button >> nth=0")
    assert drawn.get_attribute("#table thead th >> nth=0", "aria-sort") == "ascending"
    drawn.click("#table-edges")
    assert drawn.locator("#table thead th").all_inner_texts()[1] == "关系"


def test_the_address_brings_the_same_view_back(drawn: Page, visit):
    drawn.click("#legend button[data-class=Policy]")
    drawn.select_option("#colour", "community")
    open_node(drawn, "id:海思")
    drawn.click("#act-focus")
    drawn.fill("#hops", "2")
    drawn.click("#language")
    rest(drawn, "id:海思")
    parts = ["hide=Policy", "colour=community", "lang=en", "hops=2", "view="]
    drawn.wait_for_function("(parts) => parts.every((part) => decodeURIComponent(location.href).includes(part))", arg=parts)
    address = drawn.url
    page = visit(address).ready()
    assert page.inner_text("#panel h2") == "海思"
    assert shown_names(page) == shown_names(drawn)
    assert page.evaluate("kg.state.lang + kg.state.colour + kg.state.hops") == "encommunity2"
    there, here = page.evaluate("kg.drawing.camera()"), drawn.evaluate("kg.drawing.camera()")
    assert there == pytest.approx(here, rel=0.02, abs=2)


def test_print_leaves_the_graph_the_legend_and_what_is_open(drawn: Page):
    search(drawn, "海思")
    drawn.emulate_media(media="print")
    drawn.wait_for_selector("#print-picture[src^='data:image/png']")
    assert drawn.is_visible("#print-picture") and drawn.is_visible("#panel") and drawn.is_visible("#legend")
    assert drawn.is_hidden("#search") and drawn.is_hidden("#png") and drawn.is_hidden("#stage")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_picture_glides_only_for_readers_who_may_be_shown_motion(face: str, written, visit, motion: str):
    page = visit(written(face), reduced_motion=motion).ready()
    fit = "kg.cameraControl.fit(kg, true)"
    asked = f"(() => {{ const seen = []; kg.drawing.moveTo = (_, animated) => seen.push(animated); {fit}; return seen; }})()"
    assert page.evaluate(asked) == [motion == "no-preference"]


def test_a_small_screen_shows_everything_below_each_other(face: str, written, visit):
    page = visit(written(face)).ready()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    search(page, "海思")
    assert page.is_visible("#panel")
