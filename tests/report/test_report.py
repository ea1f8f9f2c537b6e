import datetime as dt
import re
from pathlib import Path

import pytest
from lxml import html

import kg
from kg.report import build, write_html
from kg.report.sections import period_text


def page(graph, tmp_path: Path, lang: str):
    path = tmp_path / "report.html"
    with graph.reading() as store:
        write_html(build(store, lang), path)
    return html.fromstring(path.read_text(encoding="utf-8"))


def cells(tree, section: str) -> list[list[str]]:
    return [[td.text_content().strip() for td in tr.xpath("td")] for tr in tree.xpath(f"//section[@id='{section}']//tbody/tr")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_links_to_its_sentence(graph, tmp_path: Path, lang: str):
    tree = page(graph, tmp_path, lang)
    anchors = {li.get("id"): li.text_content() for li in tree.xpath("//ol[@class='evidence']/li")}
    for row in tree.xpath("//section[@id!='evidence']//tbody/tr"):
        links = row.xpath("td[@class='evidence']/a/@href")
        assert links, row.text_content()
        assert all(link[1:] in anchors for link in links)


def test_a_withheld_figure_is_marked_as_such(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    marked = tree.xpath("//section[@id='figures']//tr[@class='withheld']")
    assert len(marked) == 6
    assert {row.xpath("td[3]")[0].text for row in marked} == {"未披露"}
    [tax] = [row for row in cells(tree, "figures") if row[1] == "税收"]
    assert tax[:4] == ["北斗西虹桥基地", "税收", "未披露", "+88.8%"]


def test_a_figure_stands_as_printed_and_a_rough_one_with_its_bounds(graph, tmp_path: Path):
    rows = {(row[0], row[1]): row[2] for row in cells(page(graph, tmp_path, "en"), "figures")}
    assert rows["青浦区", "成交额"] == "55.7亿元"
    assert rows["软信业", "营收"] == "10亿元–100亿元"
    assert "at least 10场" in rows.values()


def test_rankings_explain_each_measure_in_plain_words(graph, tmp_path: Path):
    captions = [c.text for c in page(graph, tmp_path, "zh").xpath("//section[@id='rankings']//caption")]
    assert len(captions) == 5
    assert any("桥梁" in caption for caption in captions)


def test_projects_policies_and_cooperation_stand_by_status(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    assert ["结构封顶", "华为青浦研发中心", "", "已达到", ""] in [row[:5] for row in cells(tree, "projects")]
    assert ["基本完工", "网易上海国际文创科技园", "北区", "计划", "2023-12-31"] in [row[:5] for row in cells(tree, "projects")]
    assert ["已修订", "青浦区科技项目管理办法"] in [row[:2] for row in cells(tree, "policies")]
    [cooperation] = cells(tree, "cooperation")
    assert cooperation[:3] == ["上汽集团", "海思", "MCU芯片、座舱芯片、感知芯片、模拟芯片、联接芯片"]


def test_the_report_is_wholly_in_the_language_asked_for(graph, tmp_path: Path):
    english = page(graph, tmp_path, "en")
    own = english.xpath("//h1 | //h2 | //th | //caption | //p[@class='note']")
    assert not [e.text for e in own if re.search("[\u4e00-\u9fff]", e.text_content())]


def test_the_same_graph_twice_gives_the_same_bytes(graph, tmp_path: Path):
    for name in ("a.html", "b.html"):
        with graph.reading() as store:
            write_html(build(store, "zh"), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_section_with_nothing_to_say_is_left_out(tmp_path: Path):
    report = tmp_path / "news.txt"
    report.write_text("推进滨江软件园建设。", encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([report])
    tree = page(workspace, tmp_path, "zh")
    assert tree.xpath("//section/@id") == []
    assert "本节没有内容" in tree.text_content()


def test_markup_in_a_report_shows_as_text(tmp_path: Path):
    report = tmp_path / "bad.txt"
    report.write_text("“<img src=x>科技园”项目已开工建设。", encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([report])
    tree = page(workspace, tmp_path, "zh")
    assert tree.xpath("//img | //script") == []
    assert "<img src=x>" in tree.text_content()


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        ((2023, 1, 1), (2023, 6, 30), "2023年1–6月", "2023-01 to 2023-06"),
        ((2022, 1, 1), (2022, 12, 31), "2022年", "2022"),
        ((2023, 5, 1), (2023, 5, 31), "2023年5月", "2023-05"),
        ((2021, 1, 1), (2025, 12, 31), "2021-01-01 – 2025-12-31", "2021-01-01 – 2025-12-31"),
        ((2023, 3, 5), (2023, 3, 9), "2023-03-05 – 2023-03-09", "2023-03-05 – 2023-03-09"),
    ],
)
def test_a_period_is_shown_as_short_as_it_may(start: tuple, end: tuple, chinese: str, english: str):
    assert [period_text(dt.date(*start), dt.date(*end), lang) for lang in ("zh", "en")] == [chinese, english]
