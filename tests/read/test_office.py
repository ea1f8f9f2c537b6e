"""Files of older office programs, with and without LibreOffice, and files whose names lie."""

import http.server
import os
import threading
from pathlib import Path

import docx
import pytest

from kg.errors import ReadError
from kg.read import office, read, soffice
from tests.conftest import require_tool
from tests.read.offices import OLE, compound, saved_as
from tests.servers import until

TITLE = "云湖区科技局2023年工作总结"
SENTENCE = "全年新认定高新技术企业126家，总数达到480家，同比增长18.5%。"
ROW = "企业名称: 云帆装备公司; 所在园区: 云湖经开区"
RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\header \'d2\'b3\'c3\'bc\par}\f0\uc1 "
    r"\'d4\'c6\'ba\'fe\'c7\'f8\u26032?\u22686?\'c6\'f3\'d2\'b5{\deleted 20}{\v 30}{\strike 40}35\'bc\'d2\'a1\'a3\par "
    r"\trowd\cellx3000\cellx6000\intbl \'d4\'b0\'c7\'f8\cell \'b1\'f5\'bd\'ad\'d4\'b0\cell\row \pard\'cd\'ea\'a1\'a3\par}"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with a table, and a sentence that someone deleted while changes were tracked."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word = docx.Document()
    word.add_paragraph(TITLE)
    paragraph = word.add_paragraph(SENTENCE)
    removed = "<w:r><w:delText>新增园区9个。</w:delText></w:r>"
    paragraph._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="甲" w:date="2024-01-05T00:00:00Z">{removed}</w:del>'))
    table = word.add_table(rows=2, cols=2)
    for index, cells in enumerate([("企业名称", "所在园区"), ("云帆装备公司", "云湖经开区")]):
        for column, words in enumerate(cells):
            table.rows[index].cells[column].text = words
    word.add_paragraph("二、打算")
    path = tmp_path / "report.docx"
    word.save(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "media_type"), [("doc", "application/msword"), ("rtf", "application/rtf"), ("wps", "application/msword")]
)
def test_an_older_document_says_what_it_said_and_stays_the_file_that_it_is(report: Path, ending: str, media_type: str):
    import hashlib

    path = saved_as(report, "doc" if ending == "wps" else ending)
    path = path.rename(path.with_suffix(f".{ending}"))
    document = read(path)
    assert document.text.splitlines() == [TITLE, SENTENCE, ROW, "二、打算"]
    assert document.quote(document.rows[0].cells["企业名称"]) == "云帆装备公司"
    assert (document.source, document.media_type, document.remarks) == (f"report.{ending}", media_type, ())
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_an_older_document_is_read_where_libreoffice_is_not_installed(report: Path, monkeypatch: pytest.MonkeyPatch):
    path = saved_as(report, "doc")
    monkeypatch.setattr(soffice, "_PROGRAMS", ("no-such-office",))
    document = read(path)
    assert document.text.splitlines() == [TITLE, SENTENCE, ROW, "二、打算"]
    assert len(document.remarks) == 1
    assert "Install LibreOffice" in document.remarks[0]


RTF_WORDS = {
    "Han characters in two bytes": (r"\'d4\'c6\'ba\'fe\'c7\'f8", "云湖区"),
    "a second byte that is a letter": (r"\'81@", "丂"),
    "Unicode with one fallback": (r"\uc1\u20113?\u28246?", "云湖"),
    "Unicode with two bytes of fallback": (r"\uc2\u20113\'d4\'c6\u28246\'ba\'fe", "云湖"),
    "Unicode below zero": (r"\uc1\u-28214?", "释"),
    "a surrogate pair": (r"\uc1\u-10240?\u-9216?", "\U00010000"),
    "bytes as they are": ("云湖区", "云湖区"),
    "a field": (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt \'d4\'c6\'ba\'fe}}", "云湖"),
    "a group to be passed over": (r"{\*\unknown abc}\'d4\'c6\'ba\'fe", "云湖"),
    "a star amid a group": (r"{\f0\*\cs7 \'d4\'c6\'ba\'fe}", "云湖"),
    "a number before a list's item": (r"{\listtext\'d2\'bb\'a1\'a2}\'d4\'c6\'ba\'fe", "一、云湖"),
    "a text box": (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \'d4\'c6\'ba\'fe}}}", "云湖"),
    "binary data": ("{\\pict\\bin4 a}b{}\\'d4\\'c6\\'ba\\'fe", "云湖"),
    "braces": (r"\{\'d4\'c6\'ba\'fe\}", "{云湖}"),
    "another font": (r"{\f1 \'c8}", "Č"),
}


@pytest.mark.parametrize(("words", "told"), RTF_WORDS.values(), ids=RTF_WORDS.keys())
def test_rtf_without_libreoffice_reads_the_encodings_of_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, told: str):
    monkeypatch.setattr(soffice, "_PROGRAMS", ("no-such-office",))
    path = tmp_path / "report.rtf"
    fonts = r"{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset238 Arial CE;}}"
    path.write_bytes((r"{\rtf1\ansi\ansicpg936" + fonts + r"\f0 " + words + r"\par}").encode("gbk"))
    assert read(path).text == told


def test_rtf_without_libreoffice_loses_what_is_deleted_hidden_or_struck_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(soffice, "_PROGRAMS", ("no-such-office",))
    path = tmp_path / "report.rtf"
    path.write_text(RTF, encoding="ascii")
    document = read(path)
    assert document.text == "云湖区新增企业35家。\n园区\t滨江园\n完。"
    assert document.remarks[1] == "report.rtf: 1 deleted, hidden or struck-through stretches were left out."


@pytest.mark.slow
def test_a_document_of_a_workbook_program_is_a_table(tmp_path: Path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["企业名称", "所在园区"])
    book.active.append(["云帆装备公司", "云湖经开区"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    saved_as(path, "xls").rename(tmp_path / "list.et")
    assert read(tmp_path / "list.et").text.strip() == ROW
    assert read(saved_as(path, "fods")).text.strip() == ROW


PAGE = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
TABLE_PAGE = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gbk"></head><body><table>'
    "<tr><td>企业名称</td><td>所在园区</td></tr><tr><td>云帆装备公司</td><td>云湖经开区</td></tr></table></body></html>"
).encode("gbk")
MISNAMED = {
    "a page called doc": ("report.doc", PAGE, SENTENCE, "a web page"),
    "a page called wps": ("report.wps", b"\xef\xbb\xbf" + PAGE, SENTENCE, "a web page"),
    "text called doc": ("report.doc", SENTENCE.encode("gb18030"), SENTENCE, "plain text"),
    "text called docx": ("report.docx", SENTENCE.encode(), SENTENCE, "plain text"),
    "a table called xls": ("list.xls", "企业名称,所在园区\n云帆装备公司,云湖经开区\n".encode("gbk"), ROW, "a table in plain text"),
    "a page with a table called xls": ("list.xls", TABLE_PAGE, ROW, "a web page"),
    "a page called txt": ("report.txt", b"<!DOCTYPE html>" + PAGE, SENTENCE, "a web page"),
}


@pytest.mark.parametrize(("name", "content", "told", "kind"), MISNAMED.values(), ids=MISNAMED.keys())
def test_a_file_is_read_as_what_it_holds_and_that_is_said(tmp_path: Path, name: str, content: bytes, told: str, kind: str):
    path = tmp_path / name
    path.write_bytes(content)
    document = read(path)
    assert document.text.strip() == told
    assert document.remarks == (f"{name}: is {kind} by its content, and was read as that.",)


SHEET_XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="a"><Table>
<Row><Cell><Data ss:Type="String">企业名称</Data></Cell><Cell><Data ss:Type="String">所在园区</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">云帆装备公司</Data></Cell><Cell><Data ss:Type="String">云湖经开区</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
WORD_XML = f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:wordDocument>"""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "content", "told"), [("list.xls", SHEET_XML, ROW), ("report.doc", WORD_XML, SENTENCE)])
def test_the_xml_of_office_2003_is_read(tmp_path: Path, name: str, content: str, told: str):
    require_tool("soffice")
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert read(path).text.strip() == told


def test_a_word_document_called_doc_is_read_as_what_it_is(report: Path):
    path = report.rename(report.with_suffix(".doc"))
    document = read(path)
    assert document.text.splitlines()[0] == TITLE
    assert document.remarks[0] == "report.doc: is a Word document by its content, and was read as that."


@pytest.mark.slow
def test_rtf_called_doc_is_read_as_what_it_is(tmp_path: Path):
    require_tool("soffice")
    path = tmp_path / "report.doc"
    path.write_text(RTF, encoding="ascii")
    document = read(path)
    assert document.text.startswith("云湖区新增企业")
    assert "20" not in document.text
    assert document.media_type == "application/rtf"


PROTECTED = compound("EncryptionInfo", "EncryptedPackage")
BAD = {
    "a broken picture called doc": ("page.doc", b"\x89PNG\r\n\x1a\n", "is no readable picture"),
    "a package that is protected": ("report.docx", PROTECTED, "is protected by a password"),
    "bytes called doc": ("report.doc", b"\x00\x01\x02\x03" * 300, "is no Word document (it begins with b'\\x00\\x01\\x02\\x03')"),
    "only the head of a doc": ("report.doc", OLE + bytes(2000), "could not be opened"),
    "bytes called wps": ("report.wps", b"\x07" * 50, "is no Word document"),
    "bytes called rtf": ("report.rtf", b"\x07" * 50, "is no RTF"),
    "groups without end": ("report.rtf", b"{\\rtf1" + b"{" * 5_000, "nests more than 2,000 groups"),
    "owner file": ("~$report.doc", b"\x04user" + bytes(150), "Name the document itself"),
    "caj": ("paper.caj", b"HLP\0rest", "print it to .pdf"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "content", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_office_file_gets_one_line(tmp_path: Path, name: str, content: bytes, said: str):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as error:
        read(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("kept", [600, 5_000, 12_000])
@pytest.mark.parametrize("installed", [True, False])
def test_half_a_document_is_refused_or_read_but_never_a_traceback(
    report: Path, monkeypatch: pytest.MonkeyPatch, kept: int, installed: bool
):
    path = saved_as(report, "doc")
    path.write_bytes(path.read_bytes()[:kept])
    if not installed:
        monkeypatch.setattr(soffice, "_PROGRAMS", ("no-such-office",))
    try:
        text = read(path).text
    except ReadError as error:
        assert "save" in str(error).lower()
    else:
        assert text.startswith(TITLE)


@pytest.mark.slow
def test_a_protected_document_says_that_a_password_closes_it(report: Path):
    path = saved_as(report, "doc")
    data = bytearray(path.read_bytes())
    at = data.index(b"\xec\xa5", 512)
    data[at + 11] |= 0x01  # FibBase.fEncrypted
    path.write_bytes(data)
    with pytest.raises(ReadError, match="is protected by a password"):
        read(path)


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "_PROGRAMS", (str(program),))


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_a_conversion_that_hangs_ends_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stand_in(tmp_path, f'sleep 300 & echo $! > "{tmp_path}/child"; wait', monkeypatch)
    monkeypatch.setattr(soffice, "SECONDS", 1.0)
    path = tmp_path / "report.rtf"
    path.write_text(RTF, encoding="ascii")
    assert read(path).text.startswith("云湖区新增企业35家。")  # by the other way
    with pytest.raises(ReadError, match="kept LibreOffice busy"):
        soffice.converted(office.Raw(path, path.read_bytes()), ".rtf", "docx")
    child = int((tmp_path / "child").read_text())
    until(lambda: not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text(), "the child has ended")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_a_conversion_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(rooms))
    stand_in(tmp_path, 'touch "$TMPDIR/left-over"', monkeypatch)
    path = tmp_path / "report.rtf"
    path.write_text(RTF, encoding="ascii")
    with pytest.raises(ReadError, match="could not be opened by LibreOffice"):
        soffice.converted(office.Raw(path, path.read_bytes()), ".rtf", "docx")
    assert list(rooms.iterdir()) == []


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>云湖区新增企业35家。</text:p>
<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">
<draw:image xlink:href="http://127.0.0.1:{port}/x.png" xlink:type="simple"/></draw:frame></text:p>
</office:text></office:body></office:document>"""


@pytest.mark.slow
@pytest.mark.parametrize("held", [True, False])
def test_a_document_that_links_to_the_network_asks_it_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bool):
    require_tool("soffice")
    asked: list[str] = []

    class Listens(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815  # names of http.server

        def log_message(self, format: str, *args: object) -> None:
            pass

    if not held:  # without our settings the picture is asked for, so that the test can fail
        monkeypatch.setattr(soffice, "_SETTINGS", ())
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listens) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = FLAT.format(port=server.server_port).encode()
        assert soffice.converted(office.Raw(tmp_path / "page.fodt", page), ".fodt", "docx").startswith(b"PK")
        server.shutdown()
    assert bool(asked) is not held
