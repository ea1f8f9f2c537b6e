import io
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import OffsetMap, Span
from kg.read import read
from kg.read.clean import cut

TEXT = "南山区科委全年引进企业35家,同比增长12.5%。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str):
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path).text == TEXT


def test_a_word_document_gives_its_paragraphs_and_table_rows_in_order(tmp_path: Path):
    word = docx.Document()
    word.add_paragraph("一、主要工作")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "园区", "35家"
    word.add_paragraph("二、下一步")
    path = tmp_path / "report.docx"
    word.save(path)
    assert read(path).text == "一、主要工作\n园区\t35家\n二、下一步"


def numbered(word, text: str, level: int) -> None:
    """A paragraph to which Word gives its number."""
    properties = word.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 77


def test_a_word_document_shows_the_numbers_that_word_counts(tmp_path: Path):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word = docx.Document()
    lists = word.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "chineseCounting", "%1、"), (1, "chineseCounting", "（%2）"), (2, "decimal", "%3."))
    )
    lists.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("工作", 0), ("培育", 1), ("企业", 2), ("平台", 2), ("转化", 1), ("打算", 0), ("重点", 1)):
        numbered(word, text, level)
    path = tmp_path / "report.docx"
    word.save(path)
    assert read(path).text.split("\n") == ["一、工作", "（一）培育", "1.企业", "2.平台", "（二）转化", "二、打算", "（一）重点"]


def test_a_list_in_a_word_document_is_a_table_with_rows(tmp_path: Path):
    word = docx.Document()
    word.add_paragraph("云湖区重点项目")
    table = word.add_table(rows=3, cols=3)
    for index, cells in enumerate(
        [("项目名称", "所在园区", "形象进度"), ("星环检测基地", "云湖经开区", "桩基施工"), ("蓝海总部", "", "封顶")]
    ):
        for column, words in enumerate(cells):
            table.rows[index].cells[column].text = words
    table.cell(1, 1).merge(table.cell(2, 1))
    path = tmp_path / "report.docx"
    word.save(path)
    document = read(path)
    assert [row.fragment for row in document.rows] == ["table=1&row=2", "table=1&row=3"]
    assert document.quote(document.rows[1].cells["所在园区"]) == "云湖经开区"


def test_a_page_of_a_government_site_gives_its_article_its_own_title_and_its_table(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><meta name='ArticleTitle' content='云湖区科技局2023年工作总结'><title>总结_云湖区人民政府</title></head><body>"
        "<div class='top'><a>首页</a> <a>政务公开</a></div><div class='crumb'>当前位置</div>"
        f"<div class='TRS_Editor'><p>{TEXT}</p><table><tr><th rowspan=2>企业名称</th><th colspan=2>2023年</th></tr>"
        "<tr><th>营业收入（万元）</th><th>税收（万元）</th></tr><tr><td>云帆装备公司</td><td>3,500</td><td>XX</td></tr></table></div>"
        "<div class='foot'>主办单位</div></body></html>",
        encoding="utf-8",
    )
    document = read(path)
    assert document.title == "云湖区科技局2023年工作总结"
    assert document.text.startswith(TEXT)
    assert "首页" not in document.text
    assert "主办单位" not in document.text
    [row] = document.rows
    assert {name: document.quote(span) for name, span in row.cells.items()} == {
        "企业名称": "云帆装备公司",
        "2023年/营业收入（万元）": "3,500",
        "2023年/税收（万元）": "XX",
    }


def test_a_page_without_a_marked_article_gives_the_element_with_most_of_its_words(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><body><div><a>首页</a><a>动态</a></div><div><div id='x1'><p>{TEXT}</p><p>{TEXT}</p></div></div><div>版权所有</div>"
        "</body></html>",
        encoding="utf-8",
    )
    assert read(path).text == f"{TEXT}\n{TEXT}"


def test_a_web_page_gives_its_article_without_scripts_and_navigation(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>动态</title><script>var a='坏';</script></head><body><nav>首页</nav>"
        f"<article><h1>南山区科委</h1><p>{TEXT}</p><p>第二段&amp;完。</p></article><footer>版权</footer></body></html>",
        encoding="utf-8",
    )
    document = read(path)
    assert document.text == f"南山区科委\n{TEXT}\n第二段&完。"
    assert document.title == "动态"


def test_a_table_row_keeps_its_number_and_its_cells(tmp_path: Path):
    path = tmp_path / "parks.csv"
    path.write_text("园区名称,所在地区\n滨江园区,南山区\n\n临港园区,\n", encoding="utf-8")
    document = read(path)
    assert [row.number for row in document.rows] == [2, 4]
    assert {name: document.quote(span) for name, span in document.rows[0].cells.items()} == {
        "园区名称": "滨江园区",
        "所在地区": "南山区",
    }


BAD = {
    "missing": ("report.txt", None, "does not exist"),
    "empty": ("report.txt", b" \n", "is empty"),
    "unknown ending": ("report.xyz", b"text", "no reader knows"),
    "pdf called docx": ("report.docx", b"%PDF-1.7 ...", "is a broken PDF"),
    "docx called txt": ("report.txt", b"PK\x03\x04rest", "Rename it to .docx"),
    "broken docx": ("report.docx", b"PK\x03\x04 and nothing of an archive", "is a broken Word document"),
    "binary called txt": ("report.txt", bytes(range(256)) * 4, "is not text"),
    "csv without rows": ("table.csv", "园区名称\n".encode(), "has a header and no rows"),
    "csv with a stray comma": ("table.csv", "园区名称\n甲,乙\n".encode(), "row 2: 2 cells under 1 columns"),
    "no workbook in an archive": ("list.xlsx", b"PK\x03\x04 nothing of an archive", "is a broken workbook"),
    "bytes called xlsx": ("list.xlsx", bytes(range(256)) * 4, "is no readable workbook"),
    "broken pdf": ("report.pdf", b"%PDF-1.7 and nothing else", "is a broken PDF"),
    "word called pdf": ("report.pdf", b"PK\x03\x04", "is no PDF"),
    "text called png": ("page.png", "文字".encode(), "is no readable picture"),
    "doc": ("report.doc", b"\xd0\xcf\x11\xe0", "Save it in Word or WPS as .docx."),
    "wps": ("report.wps", b"\xd0\xcf\x11\xe0", "Save it in Word or WPS as .docx."),
    "et": ("list.et", b"\xd0\xcf\x11\xe0", "Save it again as .xlsx"),
    "ofd": ("report.ofd", b"PK\x03\x04", "is a broken OFD document"),
    "html without text": ("page.html", b"<html><script>1</script></html>", "holds no text"),
}


@pytest.mark.parametrize(("name", "content", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_gets_one_line_that_says_what_to_do(tmp_path: Path, name: str, content: bytes | None, said: str):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as error:
        read(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_word_archive_that_is_no_word_document_is_refused(tmp_path: Path):
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    path = tmp_path / "report.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ReadError, match="broken Word document"):
        read(path)


def test_a_file_can_be_read_as_another_format(tmp_path: Path):
    path = tmp_path / "report.dat"
    path.write_text(TEXT, encoding="utf-8")
    assert read(path, "txt").text == TEXT


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 20)), max_size=6))
def test_cutting_keeps_the_way_back(text: str, wanted: list[tuple[int, int]]):
    cuts, at = [], 0
    for start, size in sorted(wanted):
        stretch = Span(max(start, at), max(start, at) + size)
        if stretch.end <= len(text):
            cuts.append(stretch)
            at = stretch.end
    cleaned, offsets = cut(text, cuts)
    assert all(text[offsets.to_raw(i)] == char for i, char in enumerate(cleaned))


def test_a_span_over_a_cut_covers_what_was_cut():
    offsets = OffsetMap((0, 4), (10, 20))
    assert offsets.span_to_raw(Span(2, 6)) == Span(12, 22)
