"""A report opens with what happened: by place and time, with what is uncertain marked, and what does not fit a page cut and said."""

import re
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import html

import kg
from kg.report import build, write
from kg.report.content import Bars, Course, Figure, Table
from kg.report.word_parts import shares

NORTH = "滨江区科技局2023年上半年工作总结"
SOUTH = "南湖区科技局2023年上半年工作总结"


def report_of(tmp_path: Path, lang: str = "zh", **texts: tuple[str, str]):
    """A report made from short documents: file name → title and text."""
    folder = tmp_path / "texts"
    folder.mkdir(exist_ok=True)
    for name, (title, text) in texts.items():
        (folder / f"{name}.txt").write_text(f"{title}\n{text}", encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([folder])
    with workspace.reading() as store:
        return build(store, lang)


def section(report, name: str):
    return next(one for one in report.sections if one.name == name)


def tables(report, name: str) -> list[Table]:
    return [block for block in section(report, name).blocks if isinstance(block, Table)]


def chart(report, name: str, kind: type):
    return next(b.chart for b in section(report, name).blocks if isinstance(b, Figure) and isinstance(b.chart, kind))


def test_figures_of_different_districts_stand_in_different_tables_with_their_period(tmp_path: Path):
    made = report_of(
        tmp_path,
        north=(NORTH, "1至6月，滨江区技术合同成交额12.5亿元，同比增长20%。"),
        south=(SOUTH, "1至6月，南湖区技术合同成交额8.1亿元，同比增长5%。"),
    )
    pages = [one for one in tables(made, "figures") if one.only == "page"]
    told = {one.caption: [(row.cells["within"], row.cells["figure"], row.cells["period"]) for row in one.rows] for one in pages}
    assert told == {
        "滨江区的数据": [("滨江区", "12.5亿元", "2023年1–6月")],
        "南湖区的数据": [("南湖区", "8.1亿元", "2023年1–6月")],
    }
    [sheet] = [one for one in tables(made, "figures") if one.only == "sheet"]
    assert {row.cells["district"] for row in sheet.rows} == {"滨江区", "南湖区"}


def test_a_figure_whose_subject_its_sentence_does_not_name_is_marked(tmp_path: Path):
    text = "1至6月，技术合同成交额12.5亿元，同比增长20%。\n全区高新技术企业总数达320家。"
    made = report_of(tmp_path, north=(NORTH, text))
    [sheet] = [one for one in tables(made, "figures") if one.only == "sheet"]
    assert {row.cells["figure"]: (row.cells["of"], row.cells["read"]) for row in sheet.rows} == {
        "12.5亿元": ("滨江区*", "是"),
        "320家": ("滨江区", ""),
    }


def test_a_bar_far_beyond_the_rest_is_cut_and_said(tmp_path: Path):
    names = ("税收", "营业收入", "利润总额", "固定资产投资", "工业总产值", "技术合同成交额", "研发投入", "财政收入")
    rates = (900, 12, 11, 10, 9, 8, 7, 6)
    text = "\n".join(
        f"1至6月，滨江区{name}{n + 1}.5亿元，同比增长{rate}%。" for n, (name, rate) in enumerate(zip(names, rates, strict=True))
    )
    made = report_of(tmp_path, north=(NORTH, text))
    bars = chart(made, "figures", Bars).bars
    [cut] = [bar for bar in bars if bar.cut]
    assert (cut.text, cut.value < 30, "税收" in cut.label, "2023年1–6月" in cut.label) == ("+900%", True, True, True)
    assert max(bar.value for bar in bars) == cut.value
    [figure] = [block for block in section(made, "figures").blocks if isinstance(block, Figure)]
    assert "双斜线：离群而截短" in figure.caption


def test_no_bar_is_cut_where_all_are_alike(tmp_path: Path):
    text = "\n".join(f"1至6月，滨江区{name}5.5亿元，同比增长{rate}%。" for name, rate in (("税收", 9), ("利润总额", 8), ("研发投入", 7)))
    made = report_of(tmp_path, north=(NORTH, text))
    assert not any(bar.cut for bar in chart(made, "figures", Bars).bars)


def test_figures_of_which_none_has_grown_have_a_table_and_no_chart(tmp_path: Path):
    made = report_of(tmp_path, north=(NORTH, "1至6月，滨江区技术合同成交额12.5亿元。"))
    assert [row.cells["figure"] for row in tables(made, "figures")[0].rows] == ["12.5亿元"]
    assert not [block for block in section(made, "figures").blocks if isinstance(block, Figure)]


def test_a_project_that_changed_stage_between_reports_is_told_with_both_and_drawn_in_the_order_of_building(tmp_path: Path):
    made = report_of(
        tmp_path,
        h1=(NORTH, "华微芯片产业园项目开工。"),
        h2=("滨江区科技局2023年下半年工作总结", "华微芯片产业园项目竣工。"),
    )
    [moves] = [one for one in tables(made, "projects") if one.name == "moves"]
    [row] = [row for row in moves.rows if row.cells["before"]]
    assert (row.cells["before"], row.cells["stage"], row.cells["when"]) == ("开工", "竣工", "2023年7–12月")
    assert len(row.sentences) == 2
    course = chart(made, "projects", Course)
    assert course.stages == ("开工", "竣工")
    [(name, stops)] = course.projects
    assert "华微芯片产业园" in name
    assert [(stop.column, stop.text, stop.hollow) for stop in stops] == [(0, "2023-06", False), (1, "2023-12", False)]


@pytest.fixture(scope="module")
def written(graph, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("happened")
    with graph.reading() as store:
        made = build(store, "zh")
    for ending in ("docx", "html", "xlsx"):
        write(made, folder / f"r.{ending}")
    return folder


def test_what_happened_stands_before_the_network_and_that_before_the_gaps(written: Path):
    told = [li.text_content() for li in html.parse(str(written / "r.html")).xpath("//section[@id='summary']//li")]
    first, network, gaps = (next(i for i, one in enumerate(told) if word in one) for word in ("变动最大的数据", "联系最广", "没有政策触及"))
    assert (first, network, gaps) == (0, len(told) - 2, len(told) - 1)


def fields(element) -> list[str]:
    return [one.text.strip() for one in element.iter(qn("w:instrText"))]


def test_captions_are_numbered_by_fields_of_word(written: Path):
    captions = [p for p in docx.Document(str(written / "r.docx")).paragraphs if p.style.name == "Caption" and fields(p._p)]
    numbered = [re.match(r"(表|图) (\d+) \S", p.text) for p in captions]
    assert all(numbered)
    for kind in ("表", "图"):
        assert [int(one[2]) for one in numbered if one and one[1] == kind] == list(
            range(1, sum(bool(one and one[1] == kind) for one in numbered) + 1)
        )
    assert {field for p in captions for field in fields(p._p)} == {r"SEQ 表 \* ARABIC", r"SEQ 图 \* ARABIC"}


def test_the_table_of_contents_stands_filled_and_leads_to_each_section(written: Path):
    document = docx.Document(str(written / "r.docx"))
    lines = [p for p in document.paragraphs if any(one.startswith("PAGEREF") for one in fields(p._p))]
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    told = [line._p.xpath("string(.)") for line in lines]
    assert [title in one for title, one in zip(titles, told, strict=True)] == [True] * len(titles)
    marked = {one.get(qn("w:name")): p.text for p in document.paragraphs for one in p._p.iter(qn("w:bookmarkStart"))}
    led = [[re.findall(r"(REF|PAGEREF) (\w+) ", one)[0] for one in fields(line._p)] for line in lines]
    assert [[(kind, marked[name]) for kind, name in one] for one in led] == [[("REF", title), ("PAGEREF", title)] for title in titles]
    pages = [int(re.findall(r"\d+$", one)[0]) for one in told]
    assert pages == sorted(pages)
    assert pages[0] == 1 < pages[-1]
    begun = [one.get(qn("w:fldCharType")) for line in lines for one in line._p.iter(qn("w:fldChar"))]
    assert begun.count("begin") == begun.count("end") == 2 * len(titles)


def test_the_workbook_holds_the_rows_that_pages_leave_out(written: Path):
    tree = html.parse(str(written / "r.html"))
    rows = len(tree.xpath("//section[@id='figures']//tbody/tr"))
    sheet = openpyxl.load_workbook(written / "r.xlsx")["数据一览"]
    assert (rows, sheet.max_row - 1) == (14, 32)


def test_columns_are_as_wide_as_their_longest_word():
    headings = ["Of", "Computed", "Period"]
    texts = [["规模以上科学研究和技术服务业" * 3, "+16.63%", "2023-01 to 2023-06"]]
    widths = shares(headings, texts, 9, 100)
    assert sum(widths) == pytest.approx(100)
    half = 9 / 2 / 72 * 25.4
    assert widths[1] >= 9 * half + 4.8  # a bold heading with room for a letter more
    assert widths[2] >= 18 * half + 4.8  # the period in one line
