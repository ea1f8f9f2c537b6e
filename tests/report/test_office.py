"""The report as a Word document in the form of official papers, and as a workbook with typed cells."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from PIL import Image

import kg
from kg.report import build, write


@pytest.fixture(scope="module")
def made(graph, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    with graph.reading() as store:
        report = build(store, "zh")
    for ending in ("docx", "xlsx"):
        write(report, folder / f"report.{ending}")
    return folder


@pytest.fixture(scope="module")
def document(made: Path):
    return docx.Document(str(made / "report.docx"))


def faces(style) -> tuple[str, float]:
    return style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt


def test_the_page_is_that_of_official_papers(document):
    section = document.sections[0]
    millimetres = [round(length.mm) for length in (section.page_width, section.page_height, section.top_margin, section.left_margin)]
    assert millimetres == [210, 297, 37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225


def test_title_headings_and_body_have_the_type_of_official_papers(document):
    styles = document.styles
    assert faces(styles["Title"]) == ("方正小标宋简体", 22)
    assert faces(styles["Heading 1"]) == ("黑体", 16)
    assert faces(styles["Heading 2"]) == ("楷体", 16)
    assert faces(styles["Text of report"]) == ("仿宋", 16)
    spacing = styles["Text of report"].paragraph_format.line_spacing
    assert spacing.pt == pytest.approx(225 / 25.4 * 72 / 22, abs=0.1)  # 22 lines a page
    assert styles["Text of report"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_headings_are_numbered_by_word_as_official_papers_are(document):
    levels = document.part.numbering_part.element.xpath("//w:abstractNum/w:lvl")
    told = [(one.find(qn("w:numFmt")).get(qn("w:val")), one.find(qn("w:lvlText")).get(qn("w:val"))) for one in levels]
    assert told == [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")]
    assert document.styles["Heading 1"].element.pPr.numPr.numId.val == document.part.numbering_part.element.num_lst[0].numId
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"][:3] == ["摘要", "主要数据", "项目进展"]


def test_page_numbers_stand_outside_between_dashes(document):
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert [side.name for side in sides] == ["RIGHT", "LEFT"]
    for footer in (section.footer, section.even_page_footer):
        assert "".join(t.text for t in footer._element.iter(qn("w:t"), qn("w:instrText"))) == "— PAGE —"


def test_tables_are_tables_with_a_head_that_repeats(document):
    [figures] = [t for t in document.tables if t.cell(0, 1).text == "指标"]
    assert [cell.text for cell in figures.rows[0].cells] == ["对象", "指标", "数值", "同比", "排名", "期间", "预期", "原文"]
    assert figures.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    rows = [[cell.text for cell in row.cells] for row in figures.rows]
    assert any(row[:4] == ["北斗西虹桥基地", "税收", "未披露", "+88.8%"] and row[7].startswith("[") for row in rows)


def test_a_chart_stands_at_its_own_size_and_is_described(document, made: Path):
    pictures = list(document.inline_shapes)
    with zipfile.ZipFile(made / "report.docx") as archive:
        sizes = [Image.open(io.BytesIO(archive.read(n))).size for n in sorted(archive.namelist()) if n.startswith("word/media/")]
    assert len(pictures) == len(sizes) == 3
    for picture, (width, height) in zip(pictures, sizes, strict=True):
        assert (round(picture.width.inches * 200), round(picture.height.inches * 200)) == (width, height)
        assert picture.width.mm == pytest.approx(156, abs=0.2)
        assert picture._inline.docPr.get("descr")


def test_each_number_leads_to_a_sentence_of_the_document(document):
    body = document.element.body
    wanted = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert wanted
    assert wanted == marks
    marks = {one for one in marks if one.startswith("s")}
    evidence = [p.text for p in document.paragraphs if p.style.name == "Evidence"]
    assert len(evidence) == len(marks)
    assert any("税收达XX亿元，同比增长88.8%" in one and "char=" in one for one in evidence)


def test_statements_of_the_document_have_their_numbers(document):
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Text of report":
            assert paragraph._p.findall(qn("w:hyperlink")), paragraph.text


def test_a_sheet_a_table_with_cells_of_their_type(made: Path):
    book = openpyxl.load_workbook(made / "report.xlsx")
    sheet = book["数据一览"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    [deals] = [row for row in rows if row["指标"] == "成交额"]
    assert (deals["数值"], deals["数值（基本单位）"], deals["基本单位"]) == ("55.7亿元", 5_570_000_000, "CNY")
    [tax] = [row for row in rows if row["指标"] == "税收"]
    assert (tax["数值"], tax["同比"], tax["数值（基本单位）"]) == ("未披露", 0.888, None)
    assert tax["期间止"] == dt.datetime(2023, 6, 30)
    growth = sheet.cell(row=2 + rows.index(tax), column=1 + head.index("同比"))
    assert (growth.data_type, growth.number_format) == ("n", "+0.0%;-0.0%;0.0%")
    assert book["承诺与计划"]["D2"].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref


def test_each_row_of_a_sheet_has_its_sentences_and_their_numbers_lead_to_their_place(made: Path):
    book = openpyxl.load_workbook(made / "report.xlsx")
    places = {row[0]: row[1:] for row in book["原文"].iter_rows(min_row=2, values_only=True)}
    for name in set(book.sheetnames) - {"创新生态分析报告", "网络整体指标", "原文"}:
        for *_, sentences, numbers in book[name].iter_rows(min_row=2, values_only=True):
            assert [places[int(n)][0] for n in numbers.split(", ")] == sentences.split("\n")
    assert any(
        title == "青浦区科委2023年上半年工作总结和下半年工作要点" and place.startswith("char=") for _, title, place in places.values()
    )


def test_what_looks_like_a_formula_is_text(tmp_path: Path):
    (tmp_path / "firms.csv").write_text('企业名称,主要技术\n"=HYPERLINK(""http://a.b"")科技公司",+传感器\n', encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    workspace.ingest([tmp_path / "firms.csv"])
    with workspace.reading() as store:
        write(build(store, "zh"), tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "HYPERLINK" in strings
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
