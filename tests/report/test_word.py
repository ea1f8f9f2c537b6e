"""The Word document that a report is written into can be replaced by one of the user's own."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from typer.testing import CliRunner

from kg.cli import application
from kg.errors import UsageError
from kg.report import build, word, write
from tests.report import official

PAGE = Path(__file__).parents[2] / "docs" / "report.md"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """Our template with other words in one of its parts."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts((official.TEMPLATES / "zh.docx").read_bytes()).items():
            words = data.decode()
            assert name != part or old in words
            archive.writestr(name, words.replace(old, new) if name == part else words)
    return path


@pytest.fixture(scope="module")
def report(graph):
    with graph.reading() as store:
        return build(store, "zh")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A template as a user makes it in Word: a head on the first page, other margins and type, an empty paragraph at the end."""
    document = docx.Document(str(official.TEMPLATES / "zh.docx"))
    document.add_paragraph("滨江区科学技术委员会文件")
    document.add_paragraph()
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(55)
    document.styles["Text of report"].font.size = Pt(12)
    document.save(str(tmp_path / "own.docx"))
    return tmp_path / "own.docx"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_our_templates_are_what_the_script_makes(lang: str):
    assert parts(official.made(lang)) == parts((official.TEMPLATES / f"{lang}.docx").read_bytes())


def test_a_report_takes_head_page_and_type_of_a_user_s_template(report, own: Path, tmp_path: Path):
    write(report, tmp_path / "r.docx", template=own)
    made = docx.Document(str(tmp_path / "r.docx"))
    assert [p.text for p in made.paragraphs[:3]] == ["滨江区科学技术委员会文件", "创新生态分析报告", "摘要"]
    assert made.styles["Text of report"].font.size.pt == 12
    assert [round(shape.width.mm) for shape in made.inline_shapes] == [100] * 3  # 210 mm less twice 55 mm
    for table in made.tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(100, abs=0.2)
    picture = made.inline_shapes[0]
    ours = tmp_path / "ours.docx"
    write(report, ours)
    wide = docx.Document(str(ours)).inline_shapes[0]
    assert picture.width / picture.height == pytest.approx(wide.width / wide.height, rel=0.001)


def test_a_folder_of_templates_may_hold_the_document(report, own: Path, tmp_path: Path):
    (tmp_path / "folder").mkdir()
    shutil.copy(own, tmp_path / "folder" / "zh.docx")
    write(report, tmp_path / "r.docx", templates=tmp_path / "folder")
    assert docx.Document(str(tmp_path / "r.docx")).paragraphs[0].text == "滨江区科学技术委员会文件"


@pytest.mark.parametrize("style", [name for names in word.STYLES.values() for name in names])
def test_a_style_that_a_template_lacks_is_named(tmp_path: Path, style: str):
    document = docx.Document(str(official.TEMPLATES / "zh.docx"))
    document.styles[style].delete()
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(UsageError, match=rf"own\.docx lacks the style {style}\. docs/report\.md lists"):
        word.opened(tmp_path / "own.docx", "zh")


def test_colour_and_header_row_are_changed_in_word(report, tmp_path: Path):
    document = docx.Document(str(official.TEMPLATES / "zh.docx"))
    document.styles["Withheld"].font.color.rgb = RGBColor(0, 0, 255)
    document.styles["Report table"].delete()
    document.save(str(tmp_path / "own.docx"))
    write(report, tmp_path / "r.docx", template=tmp_path / "own.docx")
    made = docx.Document(str(tmp_path / "r.docx"))
    said = [run for table in made.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs]
    assert {run.style.font.color.rgb for run in said if run.style.name == "Withheld"} == {RGBColor(0, 0, 255)}
    assert all(run.bold is None and run.font.color.rgb is None for run in said)
    style = made.tables[0].style
    assert (style.name, style.base_style.name) == ("Report table", "Table Grid")  # ours, as the template has none
    assert 'w:fill="E8EEF4"' in style.element.xml


@pytest.mark.parametrize("style", ["Withheld", "Report table"])
def test_a_style_of_another_kind_is_told(tmp_path: Path, style: str):
    document = docx.Document(str(official.TEMPLATES / "zh.docx"))
    document.styles[style].delete()
    document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(UsageError, match=rf"own\.docx lacks the style {style}\."):
        word.opened(tmp_path / "own.docx", "zh")


def test_what_is_no_docx_gets_one_line(tmp_path: Path):
    (tmp_path / "text.docx").write_text("标题", encoding="utf-8")
    shutil.make_archive(str(tmp_path / "empty"), "zip", tmp_path, "text.docx")
    kinds = "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"
    refused = {
        tmp_path / "nowhere.docx": "does not exist",
        tmp_path: "is a folder",
        tmp_path / "text.docx": "is not a Word document",
        tmp_path / "empty.zip": "holds no text part",
        changed(tmp_path / "own.dotx", "[Content_Types].xml", *kinds): "Open it in Word and save it as .docx",
        changed(tmp_path / "no-styles.docx", "word/styles.xml", "<w:style ", "<w:stile "): "broken|save it as .docx",
        changed(tmp_path / "no-page.docx", "word/document.xml", "w:sectPr", "w:sdtPr"): "save it as .docx",
        changed(tmp_path / "narrow.docx", "word/document.xml", 'w:w="11906"', 'w:w="5000"'): "leaves less than 50 mm between its margins",
    }
    for path, said in refused.items():
        with pytest.raises(UsageError, match=said) as error:
            word.opened(path, "zh")
        assert "\n" not in str(error.value)


def test_a_template_that_is_too_large_is_refused(own: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "MOST", 1000)
    with pytest.raises(UsageError, match=r"own\.docx holds [\d,]+ bytes; at most 1,000 are read"):
        word.opened(own, "zh")


def test_styles_that_are_based_on_each_other_have_a_size_too(tmp_path: Path):
    document = docx.Document(str(official.TEMPLATES / "zh.docx"))
    body, table = document.styles["Normal"], document.styles["Table text"]
    for style, base in ((body, table), (table, body)):
        style.font.size, style.base_style = None, base
    assert word.type_size(table) == 10.5
    assert word.type_size(document.styles["Small table text"]) == 9


def test_the_command_says_in_one_line_what_it_cannot_do(graph, own: Path, tmp_path: Path):
    run = CliRunner().invoke(application(), ["report", "-w", str(graph.folder), "--template", str(own), "-o", str(tmp_path / "r.html")])
    said = "kg: --template is the document that a .docx is written into, not html. Leave it out, or name the output .docx.\n"
    assert (run.exit_code, run.stderr) == (2, said)


def test_the_page_lists_the_styles_that_a_template_must_have():
    listed = re.findall(r"^\| `([^`]+)` \| (paragraph|table) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [(name, kind.name.lower()) for kind, names in word.STYLES.items() for name in names]


def test_every_paragraph_of_a_report_has_one_of_these_styles(report, tmp_path: Path):
    write(report, tmp_path / "r.docx")
    made = docx.Document(str(tmp_path / "r.docx"))
    cells = [p for t in made.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    used = {(p.style.name, p.style.type) for p in (*made.paragraphs, *cells)} | {(t.style.name, t.style.type) for t in made.tables}
    assert used <= {(name, kind) for kind, names in word.STYLES.items() for name in names} | {(word.TABLE, WD_STYLE_TYPE.TABLE)}
    assert made.element.body.find(qn("w:sectPr")) is not None
