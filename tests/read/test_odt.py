"""OpenDocument texts: parts written here, and a file of LibreOffice."""

from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read import read
from tests.read.offices import archive, saved_as

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
MIME = "application/vnd.oasis.opendocument.text"
STYLES = """<style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="under" style:family="text" style:parent-style-name="struck"/>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>"""


def content(body: str) -> str:
    return (
        f'<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>{STYLES}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, **more: str) -> bytes:
    return archive({"mimetype": MIME, "content.xml": content(body), **more})


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


@pytest.fixture
def told(tmp_path: Path):
    def read_back(body: str):
        path = tmp_path / "report.odt"
        path.write_bytes(odt(body))
        return read(path)

    return read_back


def test_paragraphs_keep_their_spaces_tabs_and_breaks(told):
    document = told(
        p("云湖区<text:span>科技局</text:span>\n   工作")
        + p("甲<text:tab/>乙<text:line-break/>丙")
        + p("A<text:s/>B<text:s text:c='3'/>C<text:s text:c='-3'/>D")
    )
    assert document.text.splitlines() == ["云湖区科技局 工作", "甲\t乙", "丙", "A B   C D"]


def test_tracked_changes_are_read_as_accepted(told):
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("删去的话。")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    document = told(changes + p("保留的话<text:change text:change-id='c1'/>，<text:change-start/>新加的话<text:change-end/>。"))
    assert document.text == "保留的话，新加的话。"


def test_hidden_and_struck_words_and_annotations_are_left_out_and_that_is_said(told):
    hidden = '<text:section text:display="none">' + p("隐藏的节。") + "</text:section>"
    document = told(
        hidden
        + p("看得见<text:span text:style-name='gone'>看不见</text:span>，<text:span text:style-name='under'>划去</text:span>完。")
        + p("正文<office:annotation><dc:creator>甲</dc:creator><text:p>批注</text:p></office:annotation>。")
        + p("<text:hidden-paragraph text:is-hidden='true'/>隐藏的段。")
    )
    assert document.text.splitlines() == ["看得见，完。", "正文。"]
    assert document.remarks == (
        "report.odt: a struck-through place was left out: '划去'.",
        "report.odt: 3 hidden places were left out: '隐藏的节。', '看不见', '隐藏的段。'.",
    )


def test_notes_and_text_boxes_follow_their_paragraph(told):
    note = (
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        + p("注的话。")
        + "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box>" + p("框里的话。") + "</draw:text-box><svg:title>框</svg:title></draw:frame>"
    document = told(p(f"正文{note}继续{box}。") + p("下一段。"))
    assert document.text.splitlines() == ["正文继续。", "注的话。", "框里的话。", "下一段。"]


def item(text: str, more: str = "") -> str:
    return f"<text:list-item>{p(text)}{more}</text:list-item>"


def test_numbers_of_lists_are_read_as_printed(told):
    inner = f"<text:list>{item('培育')}{item('转化', '<text:list>' + item('点') + '</text:list>')}</text:list>"
    first = f'<text:list text:style-name="L1">{item("工作", inner)}{item("打算")}</text:list>'
    later = f'<text:list text:style-name="L1" text:continue-numbering="true">{item("保障")}</text:list>'
    anew = f'<text:list text:style-name="L1">{item("附录")}</text:list>'
    document = told(first + p("一段话") + later + anew)
    assert document.text.splitlines() == ["一、工作", "（一）培育", "（二）转化", "点", "二、打算", "一段话", "三、保障", "一、附录"]


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_a_table_with_merged_cells_gives_rows_and_loses_no_title_and_no_note(told):
    covered = "<table:covered-table-cell/>"
    table = (
        row(cell("重点项目清单", 'table:number-columns-spanned="3"'), covered, covered)
        + row(cell("项目名称"), cell("所在园区"), cell("形象进度"))
        + row(cell("星环检测基地"), cell("云湖经开区", 'table:number-rows-spanned="2"'), cell("桩基施工"))
        + row(cell("蓝海总部"), covered, cell("封顶"))
        + row(cell("以上项目均已开工。", 'table:number-columns-spanned="3"'), covered, covered)
    )
    document = told(p("前文。") + f"<table:table>{table}</table:table>")
    assert document.text.splitlines() == [
        "前文。",
        "重点项目清单",
        "项目名称: 星环检测基地; 所在园区: 云湖经开区; 形象进度: 桩基施工",
        "项目名称: 蓝海总部; 所在园区: 云湖经开区; 形象进度: 封顶",
        "以上项目均已开工。",
    ]
    assert [one.fragment for one in document.rows] == ["table=1&row=3", "table=1&row=4"]
    assert document.quote(document.rows[1].cells["所在园区"]) == "云湖经开区"


def test_a_table_with_hardly_anything_under_its_first_row_is_read_as_lines(told):
    document = told(f"<table:table>{row(cell('联系人'), cell(''))}{row(cell(''), cell('见附件'))}</table:table>")
    assert document.text.splitlines() == ["联系人", "见附件"]


def test_a_table_within_a_table_is_read(told):
    inner = f"<table:table>{row(cell('企业'), cell('园区'))}{row(cell('云帆装备'), cell('经开区'))}</table:table>"
    document = told(
        f"<table:table>{row(cell('甲'), cell('乙'))}{row(f'<table:table-cell>{inner}</table:table-cell>', cell('丙'))}</table:table>"
    )
    assert document.text.splitlines() == ["甲\t乙", "企业: 云帆装备; 园区: 经开区", "丙"]


def test_a_flat_file_and_a_template_are_read_too(tmp_path: Path):
    flat = (
        content(p("云湖区工作。"))
        .replace("document-content", "document")
        .replace("office:version", f'office:mimetype="{MIME}" office:version')
    )
    (tmp_path / "report.fodt").write_text(f"<?xml version='1.0' encoding='UTF-8'?>{flat}", encoding="utf-8")
    (tmp_path / "report.ott").write_bytes(odt(p("云湖区工作。")))
    assert read(tmp_path / "report.fodt").text == "云湖区工作。"
    assert read(tmp_path / "report.ott").text == "云湖区工作。"


@pytest.mark.slow
def test_what_word_wrote_and_libreoffice_saved_is_read(tmp_path: Path):
    word = docx.Document()
    word.add_heading("一、主要工作", 1)
    word.add_paragraph("新认定高新技术企业126家。")
    word.add_paragraph("培育", style="List Number")
    word.add_paragraph("转化", style="List Number")
    path = tmp_path / "report.docx"
    word.save(path)
    assert read(saved_as(path, "odt")).text.splitlines() == ["一、主要工作", "新认定高新技术企业126家。", "1.培育", "2.转化"]


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + content(p("&b;"))
BAD = {
    "not an archive": (b"hello \x00\x01", "is broken"),
    "broken archive": (b"PK\x03\x04 nothing", "is a broken OpenDocument text"),
    "no content": (archive({"mimetype": MIME}), "it holds no content.xml"),
    "half": (odt(p("话" * 500))[:300], "is a broken OpenDocument text"),
    "broken XML": (odt("<text:p>"), "is broken"),
    "entities": (archive({"mimetype": MIME, "content.xml": ENTITIES}), "declares a document type"),
    "deep": (odt("<text:section>" * 5_000 + p("话") + "</text:section>" * 5_000), "is broken"),
    "protected": (odt(p("话"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "is protected by a password"),
    "no text": (odt(""), "holds no text"),
    "bomb": (odt(p(" " * (60 << 20))), "more than 200 times its size"),
    "another kind": (archive({"mimetype": MIME, "content.xml": f"<office:document-content {SPACES}/>"}), "is no OpenDocument text"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_open_document_gets_one_line(tmp_path: Path, data: bytes, said: str):
    path = tmp_path / "report.odt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


TEXTS = st.text(st.sampled_from("云湖区企业家0123，。 "), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=6))
def test_no_paragraph_is_lost_however_it_is_cut_into_spans(tmp_path_factory: pytest.TempPathFactory, texts: list[str]):
    path = tmp_path_factory.mktemp("odt") / "report.odt"
    path.write_bytes(odt("".join(p("".join(f"<text:span>{char}</text:span>" for char in text)) for text in texts)))
    assert ["".join(line.split()) for line in read(path).text.splitlines()] == ["".join(text.split()) for text in texts]
