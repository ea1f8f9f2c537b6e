"""What the report says, in a page: every statement with its sentence, in either language, by templates that can be replaced."""

import datetime as dt
import math
import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest
from lxml import html

import kg
from kg.errors import KgError, UsageError
from kg.report import build, sections, write
from kg.report.charts import as_svg
from kg.report.content import Bar, Bars, Column, Figure, Row, Section, Source, Table, shown
from kg.show.wording import period_text


def page(graph, tmp_path: Path, lang: str, templates: Path | None = None):
    path = tmp_path / "report.html"
    with graph.reading() as store:
        write(build(store, lang, templates), path, templates=templates)
    return html.fromstring(path.read_text(encoding="utf-8"))


def small(tmp_path: Path, text: str):
    """A graph of one short report."""
    report = tmp_path / "news.txt"
    report.write_text(text, encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([report])
    return workspace


def cells(tree, section: str, table: int = 1) -> list[list[str]]:
    rows = tree.xpath(f"(//section[@id='{section}']//table)[{table}]//tbody/tr")
    return [[td.text_content().strip() for td in tr.xpath("td")] for tr in rows]


def column(tree, section: str, heading: str) -> list[str]:
    """Cells of the first table of a section that has such a column."""
    for table in tree.xpath(f"//section[@id='{section}']//table"):
        headings = [th.text_content() for th in table.xpath(".//th")]
        if heading in headings:
            return [tr.xpath("td")[headings.index(heading)].text_content() for tr in table.xpath(".//tbody/tr")]
    raise AssertionError(heading)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_and_every_row_leads_to_its_sentence(graph, tmp_path: Path, lang: str):
    tree = page(graph, tmp_path, lang)
    anchors = {li.get("id"): li.text_content() for li in tree.xpath("//ol[@class='evidence']/li")}
    said = tree.xpath("//section[@id!='evidence']//tbody/tr[../../thead//th[@class='evidence']] | //p[@class='statement'] | //ul/li")
    assert len(said) > 50
    for one in said:
        links = one.xpath(".//a/@href")
        assert links, one.text_content()
        assert all(link[1:] in anchors for link in links)
    assert not tree.xpath("//table[not(thead//th[@class='evidence'])]")


def test_a_statement_leads_to_a_sentence_that_states_it(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    growth = tree.xpath("//section[@id='summary']//li")[0]
    assert growth.text_content().startswith("变动最大的数据：北斗西虹桥基地2023年1–6月税收（数值未披露）同比+88.8%；[1]")
    link = growth.xpath(".//a/@href")[0]
    assert "税收达XX亿元，同比增长88.8%" in tree.get_element_by_id(link[1:]).text_content()


def test_the_sections_stand_in_the_order_of_the_template_set(graph, tmp_path: Path):
    names = page(graph, tmp_path, "zh").xpath("//section/@id")
    happened = ["summary", "figures", "projects", "promises", "cooperation", "awards", "policies"]
    assert names == [*happened, "actors", "clusters", "coverage", "method", "evidence"]


def test_a_withheld_figure_is_marked_as_such(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    marked = tree.xpath("//section[@id='figures']//tr[@class='withheld']")
    assert len(marked) == 6
    assert {row.xpath("td[3]")[0].text for row in marked} == {"未披露"}
    [tax] = [row for row in cells(tree, "figures") if row[1] == "税收"]
    assert tax[:4] == ["北斗西虹桥基地", "税收", "未披露", "+88.8%"]


def test_a_figure_stands_as_printed_and_a_rough_one_with_its_bounds(graph, tmp_path: Path):
    with graph.reading() as store:
        write(build(store, "en"), tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["All figures"]
    rows = {(row[1], row[2]): row[3] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["青浦区*", "成交额"] == "55.7亿元"  # its sentence does not name the district
    assert rows["青浦区 软信业*", "营收"] == "10亿元–100亿元"
    assert "at least 10场" in rows.values()


def test_actors_stand_by_role_with_the_ranks_that_are_noise_and_plain_explanations(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    assert tree.xpath("//section[@id='actors']//h3/text()") == ["枢纽", "单点风险"]  # no share of ways worth a sentence: no bridge
    hubs = cells(tree, "actors", 1)
    assert hubs[0][:5] == ["1", "1–1", "海思", "企业", "7"]
    assert all(re.fullmatch(r"\d+–\d+", row[1]) for row in hubs)
    failures = {row[0]: row[2] for row in cells(tree, "actors", 2)}
    assert failures["市西软件信息园"] == "4"
    notes = " ".join(p.text_content() for p in tree.xpath("//section[@id='actors']//p[@class='note']"))
    assert "名次越像噪声" in notes


def test_the_office_whose_report_it_is_and_places_are_no_actors(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    named = [td.text_content() for td in tree.xpath("//section[@id='actors' or @id='clusters']//td")]
    assert not {"青浦区", "青浦区科委"} & set(named)
    assert not any("青浦区科委" in li.text_content() for li in tree.xpath("//section[@id='summary']//li"))
    [note] = tree.xpath("//section[@id='actors']/p[@class='note'][1]")
    assert note.text_content().startswith("不计入排名的：地区，写报告的机构和所言的园区")
    assert "（青浦区科委）" in note.text_content()


def test_a_cluster_says_what_binds_it(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    [told] = [p.text_content() for p in tree.xpath("//section[@id='clusters']/p[@class='statement']")]
    assert "以市西软件信息园（园区，连接5个成员）为纽带" in told
    assert "MCU芯片（技术" in told


def test_projects_promises_policies_and_cooperation_stand_by_status(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    assert ["华为青浦研发中心", "", "结构封顶", "2023年1–6月", ""] in [row[:5] for row in cells(tree, "projects")]
    assert ["未到期", "网易上海国际文创科技园", "北区", "基本完工", "2023-12-31"] in [row[:5] for row in cells(tree, "promises")]
    assert ["已修订", "青浦区科技项目管理办法"] in [row[:2] for row in cells(tree, "policies")]
    [cooperation] = cells(tree, "cooperation")
    assert cooperation[:3] == ["上汽集团", "海思", "MCU芯片、座舱芯片、感知芯片、模拟芯片、联接芯片"]


def test_what_no_policy_reaches_is_named(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "zh")
    told = " ".join(p.text_content() for p in tree.xpath("//section[@id='coverage']/p[@class='statement']"))
    assert "5个园区（北斗创新基地、北斗西虹桥基地、市西软件信息园等）" in told
    assert "6项政策没有写明适用对象" in told


def test_partners_come_with_their_path_and_the_figures_of_the_back_test(tmp_path: Path):
    names = [f"{a}{b}科技" for a in "甲乙丙丁戊己" for b in "东南西北中"]
    lines = ["企业名称,主要技术"] + [f"{name},{'光刻机' if i % 3 else '传感器'}" for i, name in enumerate(names)]
    (tmp_path / "firms.csv").write_text("\n".join(lines), encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([tmp_path / "firms.csv"])
    tree = page(workspace, tmp_path, "zh")
    with workspace.reading() as store:
        [section] = [one for one in build(store, "zh").sections if one.name == "partners"]
    [table] = [block for block in section.blocks if isinstance(block, Table)]
    first = table.rows[0].cells
    assert len(table.rows) == 10
    assert any(f"{first['a']} —研发→ {technology} ←研发— {first['b']}" == first["because"] for technology in ("光刻机", "传感器"))
    assert table.only == "sheet"  # each firm has one technology: a hidden tie leaves nothing to find it by
    assert not tree.xpath("//section[@id='partners']//table")
    [note] = [p.text_content() for p in tree.xpath("//section[@id='partners']/p[@class='note']")]
    assert re.search(r"AUC \d\.\d\d（95%置信区间\d\.\d\d–\d\.\d\d），随机猜测\d\.\d\d", note)


def test_charts_are_drawn_with_chinese_labels_and_described(graph, tmp_path: Path):
    images = page(graph, tmp_path, "zh").xpath("//figure/img")
    assert len(images) == 3
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in images)
    assert images[0].get("alt") == "图 1 同比增速（空心：数值未披露）"


@pytest.mark.parametrize("values", [(3, 12), (True, 0), (Decimal("2.5"), np.int64(7)), (np.float32(0.5), 10**18)])
def test_a_chart_is_drawn_of_whatever_numbers_it_holds(values: tuple):
    drawn = as_svg(Bars(tuple(Bar(f"部门{n}", value, f"{value}家") for n, value in enumerate(values))))
    assert drawn.startswith(b"<?xml")
    assert "部门1" in drawn.decode()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("NaN")])
def test_a_bar_without_an_end_is_refused_where_it_is_made(value: float):
    with pytest.raises(ValueError, match="a bar cannot be"):
        Bar("部门", value, "")


def test_the_report_is_wholly_in_the_language_asked_for(graph, tmp_path: Path):
    tree = page(graph, tmp_path, "en")
    own = tree.xpath("//h1 | //h2 | //h3 | //th | //caption | //figcaption | //p[@class='note']")
    names = re.compile("青浦区科委|青浦区")  # stay as they are
    assert not [e.text_content() for e in own if re.search("[\u4e00-\u9fff]", names.sub("", e.text_content()))]


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_the_same_graph_twice_gives_the_same_bytes(graph, tmp_path: Path, ending: str):
    for name in ("a", "b"):
        with graph.reading() as store:
            write(build(store, "zh"), tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_a_section_with_nothing_to_say_is_left_out(tmp_path: Path):
    tree = page(small(tmp_path, "推进滨江软件园建设。"), tmp_path, "zh")
    assert not set(tree.xpath("//section/@id")) & {"figures", "clusters", "cooperation", "partners", "awards"}


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_an_empty_graph_has_a_report_that_says_so(tmp_path: Path, ending: str):
    workspace = small(tmp_path, "推进滨江软件园建设。")
    workspace.remove("news")
    with workspace.reading() as store:
        made = build(store, "zh")
        write(made, tmp_path / f"r.{ending}")
    assert made.sections == ()
    if ending == "html":
        assert "先读入报告" in (tmp_path / "r.html").read_text(encoding="utf-8")
    if ending == "xlsx":
        [told, _] = openpyxl.load_workbook(tmp_path / "r.xlsx")
        assert "先读入报告" in told["A2"].value


def test_markup_in_a_report_shows_as_text(tmp_path: Path):
    tree = page(small(tmp_path, "印发《<img src=x>{{7*7}}管理办法》。"), tmp_path, "zh")
    assert tree.xpath("//img[@src='x'] | //script") == []
    assert "<img src=x>{{7*7}}" in tree.text_content()


def test_a_template_of_one_s_own_stands_in_place_of_ours(graph, tmp_path: Path):
    (tmp_path / "own" / "zh").mkdir(parents=True)
    (tmp_path / "own" / "report.toml").write_text('sections = ["cooperation", "figures"]', encoding="utf-8")
    (tmp_path / "own" / "zh" / "cooperation.html").write_text(
        "<h2>强强联手</h2><p>{{ first.a }}牵手{{ first.b }}。{{ cite(first.said) }}</p>"
        '<table rows="cooperation"><th key="b">伙伴</th></table>',
        encoding="utf-8",
    )
    tree = page(graph, tmp_path, "zh", tmp_path / "own")
    assert tree.xpath("//section/@id") == ["cooperation", "figures", "evidence"]
    assert tree.xpath("//section[@id='cooperation']/h2/text()") == ["强强联手"]
    assert tree.xpath("//section[@id='cooperation']/p")[0].text_content().startswith("上汽集团牵手海思。[1]")
    assert cells(tree, "cooperation")[0][0] == "海思"


def test_a_section_is_there_with_its_module_its_template_and_its_place(graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "weather.py").write_text(
        "from kg.report.content import Content\n\ndef weather(material):\n    return Content({'sky': '晴'}, {})\n", encoding="utf-8"
    )
    (tmp_path / "own" / "zh").mkdir(parents=True)
    (tmp_path / "own" / "zh" / "weather.html").write_text("<h2>天气</h2><p>今日{{ sky }}。</p>", encoding="utf-8")
    (tmp_path / "own" / "report.toml").write_text('sections = ["weather"]', encoding="utf-8")
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(tmp_path)])
    tree = page(graph, tmp_path, "zh", tmp_path / "own")
    assert tree.xpath("//section[@id='weather']/p")[0].text_content() == "今日晴。"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("zh/awards.html", "<h2>{{ nobody }}</h2>", r"zh/awards\.html: 'nobody' is undefined"),
        ("zh/awards.html", "<h2>{% if %}</h2>", r"zh/awards\.html line 1"),
        ("zh/awards.html", "<h2>a</h3>", r"zh/awards\.html does not give well-formed XHTML"),
        ("zh/awards.html", "<h2>a</h2><script>x</script>", "has <script>, which a report cannot hold"),
        (
            "zh/awards.html",
            '<table rows="awards"><th key="prize">x</th></table>',
            "table 'awards' has no column 'prize'. Its columns: grade",
        ),
        ("zh/awards.html", "<h2>{{ 1 / 0 }}</h2>", r"zh/awards\.html: division by zero"),
        ("zh/awards.html", "<h2>{{ awards.append.nothing.at.all }}</h2>", r"zh/awards\.html: "),
        ("zh/awards.html", '<table rows="awards" most="all"><th key="award">x</th></table>', 'most="all" is no whole number'),
        ("report.html", "{{ report.sections[99].title }}", r"report\.html: "),
        ("report.toml", 'sections = ["weather"]', "names the section 'weather'"),
        ("report.toml", "sections = [", r"report\.toml is not TOML"),
    ],
)
def test_a_wrong_template_says_what_is_wrong_and_where(graph, tmp_path: Path, name: str, text: str, said: str):
    (tmp_path / "own" / "zh").mkdir(parents=True)
    (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=said):
        page(graph, tmp_path, "zh", tmp_path / "own")


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_characters_that_no_office_file_can_hold_are_left_out(graph, tmp_path: Path, ending: str):
    with graph.reading() as store:
        empty = build(store, "zh")
    said = "甲\x00\x0b公司\uffff在此。"
    row = Row({"name": "乙\x01厂$x_1$"}, (said,))
    blocks = (Table("t", "表", (Column("name", "名称"),), (row,), 5), Figure(Bars((Bar("丙\x02", 1.0, "1"), Bar("$丁", 2.0, "2"))), "图"))
    report = replace(empty, sections=(Section("t", "节", blocks),), sources={said: Source("文\x03件", "row=1")}, documents=("文\x03件",))
    write(report, tmp_path / f"r.{ending}")
    text = {
        "html": lambda path: path.read_text(encoding="utf-8"),
        "docx": lambda path: "".join(node.text or "" for node in docx.Document(str(path)).element.body.iter()),
        "xlsx": lambda path: str([list(sheet.values) for sheet in openpyxl.load_workbook(path)]),
    }[ending](tmp_path / f"r.{ending}")
    assert "甲公司在此。" in text
    assert "乙厂$x_1$" in text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\uffff]", text)


def test_words_of_one_s_own_need_not_be_all(graph, tmp_path: Path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "zh.toml").write_text('[words]\nreport = "区情专报"', encoding="utf-8")
    assert page(graph, tmp_path, "zh", tmp_path / "own").xpath("//h1/text()") == ["区情专报"]


def test_a_folder_of_templates_that_is_not_there_is_refused(graph, tmp_path: Path):
    with pytest.raises(UsageError, match="is no folder of templates"):
        page(graph, tmp_path, "zh", tmp_path / "nowhere")


def test_a_format_that_there_is_not_is_refused(graph, tmp_path: Path):
    with graph.reading() as store, pytest.raises(UsageError, match="html, docx, xlsx, not 'pdf'"):
        write(build(store, "zh"), tmp_path / "r.pdf")


def test_a_section_is_placed_and_worded_in_both_languages():
    package = Path(sections.__file__).parent
    written = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert written == set(sections.names())
    assert all(callable(sections.section(name)) for name in written)
    templates = package.parent / "templates"
    for lang in ("zh", "en"):
        assert {path.stem for path in (templates / lang).glob("*.html")} == written
    assert sorted(tomllib.loads((templates / "report.toml").read_text(encoding="utf-8"))["sections"]) == sorted(written)


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


def test_cells_are_shown_by_their_type():
    assert [shown(1234), shown(0.25, 3), shown(None), shown(dt.date(2023, 6, 30))] == ["1,234", "0.250", "", "2023-06-30"]
