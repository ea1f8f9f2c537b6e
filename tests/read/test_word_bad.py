"""Word files that are broken, hostile or something else: one line each, and no time or memory."""

import io
import zipfile
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.read.clean import Raw
from kg.read.docx import read_docx
from tests.read.offices import archive, compound
from tests.read.wordml import SPACES, p, part, r, relations, tbl, tc, tr, word

TEXT = p(r("第一段。"))


def read_text(data: bytes) -> str:
    return read_docx(Raw(Path("report.docx"), data)).text


def with_part(name: str, content: str | bytes, data: bytes | None = None) -> bytes:
    """A document in which one part is another."""
    with zipfile.ZipFile(io.BytesIO(data or word(TEXT))) as packed:
        return archive({**{entry: packed.read(entry) for entry in packed.namelist()}, name: content})


ROOT = f"<w:document xmlns:w='{SPACES['w']}'><w:body>&%s;</w:body></w:document>"
RELATIONS = "word/_rels/document.xml.rels"
BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCHED = "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
RING = "".join(
    f"<w:style w:type='character' w:styleId='{name}'><w:basedOn w:val='{other}'/></w:style>" for name, other in (("A", "B"), ("B", "A"))
)
NO_NUMBERS = "<w:numPr><w:ilvl w:val='x'/><w:numId w:val='99999999999999'/></w:numPr>"
BAD = {
    "text": (b"hello", "is not a Word document"),
    "a PDF": (b"%PDF-1.7 ...", "Rename it to .pdf"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "Rename it to .doc"),
    "a protected one": (compound("EncryptedPackage"), "is protected by a password"),
    "cut off": (word(TEXT)[:300], "is a broken Word document"),
    "an empty archive": (archive({}), "is not a Word document"),
    "no text part": (archive({"word/styles.xml": "<x/>"}), "it holds no text part"),
    "another root": (with_part("word/document.xml", part("w:styles", "")), "is not a Word document"),
    "an empty text part": (with_part("word/document.xml", ""), "is not a Word document"),
    "broken XML": (with_part("word/document.xml", part("w:document", "<w:body>")[:-20]), "word/document.xml is broken"),
    "an entity bomb": (with_part("word/document.xml", BOMB + ROOT % "b"), "declares a document type"),
    "an outside entity": (with_part("word/document.xml", FETCHED + ROOT % "a"), "declares a document type"),
    "100,000 elements deep": (word("<w:sdt>" * 100_000 + TEXT + "</w:sdt>" * 100_000), "word/document.xml is broken"),
    "nothing in it": (word(p()), "holds no text"),
    "a zip bomb": (with_part("word/document.xml", " " * 500_000_000), "more than 200 times its size"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_word_file_is_refused_in_one_line(data: bytes, said: str):
    with pytest.raises(ReadError, match=said) as refused:
        read_text(data)
    assert "\n" not in str(refused.value)


READ_ON = {
    "no styles": word(TEXT, {}),
    "a relationship to a part that is not there": with_part(RELATIONS, relations({"styles": "gone.xml"})),
    "relationships outside": with_part(RELATIONS, relations({"styles": "../../../../etc/passwd", "numbering": "http://127.0.0.1:9/"})),
    "no relationships at all": with_part("_rels/.rels", relations({})),
    "styles that are based on each other": word(p(r("第一段。", "<w:rStyle w:val='A'/>")), {"styles": part("w:styles", RING)}),
    "values that are no numbers": word(p(r("第一段。"), properties=NO_NUMBERS)),
}  # fmt: skip


@pytest.mark.parametrize("data", READ_ON.values(), ids=READ_ON.keys())
def test_what_is_odd_beside_the_text_does_not_keep_it_from_being_read(data: bytes):
    assert read_text(data) == "第一段。"


@pytest.mark.parametrize("span", ["2000000000", "-5", "9" * 5000, "x"])
def test_a_cell_that_claims_to_span_the_world_is_read(span: str):
    rows = [tr(tc(p(r(f"云湖{number}公司")), f"<w:gridSpan w:val='{span}'/>"), tc(p(r("园区")))) for number in range(3)]
    assert "云湖2公司" in read_text(word(tbl(*rows)))


def test_cells_that_go_on_from_nothing_begin_where_they_stand():
    rows = [tr(tc(p(r("云湖甲公司")), "<w:vMerge/>"), tc(p(r("软件园")), "<w:vMerge w:val='odd'/>")) for _ in range(2)]
    assert read_text(word(tbl(*rows))).count("云湖甲公司") == 1


def test_tables_deep_in_each_other_are_read_or_refused_in_one_line():
    inner = p(r("最里面。"))
    for _ in range(60):
        inner = tbl(tr(tc(inner)))
    assert "最里面。" in read_text(word(inner))
    for _ in range(2000):
        inner = tbl(tr(tc(inner)))
    with pytest.raises(ReadError) as refused:
        read_text(word(inner))
    assert "\n" not in str(refused.value)


def test_100000_paragraphs_and_as_many_empty_ones_are_read():
    text = read_text(word((p(r("第一段。")) + "<w:p/>") * 100_000))
    assert text.count("\n") == 99_999
