"""OFD: pages written here part by part (GB/T 33190-2016), read back with their pages."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read import read
from tests.read.offices import archive

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LONG = "全年新认定高新技术企业126家，总数达到480家，同比增长18.5%；技术合同成交额55.7亿元，增长12.3%，居全市第2位。"


def line(number: int, text: str, y: float, x: float = 28.0, more: str = "") -> str:
    """A line of text of 5 mm."""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y} 160 8" Font="3" Size="5" {more}>'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(text) - 1, 1)} 5">{text}</ofd:TextCode></ofd:TextObject>'
    )


def page(objects: str, template: bool = False) -> str:
    held = '<ofd:Template TemplateID="90"/>' if template else ""
    return f'<ofd:Page {SPACE}>{held}<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(*pages: str, template: str = "", bodies: int = 1, **more: str | bytes) -> bytes:
    """A package of pages; with `bodies` the same document so many times."""
    parts: dict[str, str | bytes] = dict(more)
    body = "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in range(bodies))
    parts["OFD.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {SPACE} Version="1.0" DocType="OFD">{body}</ofd:OFD>'
    for document in range(bodies):
        listed = "".join(f'<ofd:Page ID="{n + 2}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        held = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        parts[f"Doc_{document}/Document.xml"] = (
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{held}"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        parts.update({f"Doc_{document}/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages) if content})
        if template:
            parts[f"Doc_{document}/Tpls/Tpl_0/Content.xml"] = template
    return archive(parts)


@pytest.fixture
def told(tmp_path: Path):
    def read_back(data: bytes):
        path = tmp_path / "report.ofd"
        path.write_bytes(data)
        return read(path)

    return read_back


def test_lines_that_the_margin_broke_are_joined_and_each_passage_knows_its_page(told):
    document = told(
        ofd(
            page(
                line(10, "云湖区科技局2023年工作总结", 30) + line(11, LONG[:30], 40) + line(12, LONG[30:], 50) + line(13, "— 1 —", 280, 100)
            ),
            page(line(20, "蓝图智造产业园二期主体结构封顶。", 30) + line(21, "— 2 —", 280, 100)),
        )
    )
    assert document.text.splitlines() == ["云湖区科技局2023年工作总结", LONG, "蓝图智造产业园二期主体结构封顶。"]
    at = document.text.index("蓝图")
    from kg.model import Span

    [region] = document.regions_of(document.offsets.span_to_raw(Span(at, at + 4)))
    assert region.page == 2
    assert document.media_type == "application/ofd"


def test_characters_that_stand_alone_in_the_file_are_joined_by_where_they_stand(told):
    words = "云湖区新增企业35家"
    shuffled = sorted(range(len(words)), key=lambda at: words[at])
    assert told(ofd(page("".join(line(10 + at, words[at], 40, 28 + 5 * at) for at in shuffled)))).text == words + "\n"


def test_what_is_drawn_twice_to_look_bold_is_read_once(told):
    assert told(ofd(page(line(10, "云湖区工作总结", 30) + line(11, "云湖区工作总结", 30, 28.05)))).text == "云湖区工作总结\n"


def test_a_line_that_is_moved_by_its_matrix_stands_where_it_is_shown(told):
    objects = line(10, "下面一行。", 20, more='CTM="1 0 0 1 0 60"') + line(11, "上面一行。", 40)
    assert told(ofd(page(objects))).text.splitlines() == ["上面一行。", "下面一行。"]


def test_a_template_that_pages_share_is_read_once(told):
    shared = page(line(80, "云湖区科技局文件", 15))
    document = told(ofd(page(line(10, "第一页的话。", 40), True), page(line(20, "第二页的话。", 40), True), template=shared))
    assert document.text.splitlines() == ["云湖区科技局文件", "第一页的话。", "第二页的话。"]


def test_hidden_text_annotations_and_attachments_are_left_out_and_that_is_said(told):
    attached = "<ofd:Attachment><ofd:FileLoc>a.xlsx</ofd:FileLoc></ofd:Attachment>"
    more = {
        "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {SPACE}>{line(1, '批注的话', 50)}</ofd:PageAnnot>",
        "Doc_0/Attachs/Attachments.xml": f"<ofd:Attachments {SPACE}>{attached}</ofd:Attachments>",
    }
    document = told(ofd(page(line(10, "看得见的话。", 40) + line(11, "看不见的话。", 50, more='Visible="false"')), **more))
    assert document.text == "看得见的话。\n"
    assert document.remarks == (
        "report.ofd: 1 hidden pieces of text were left out.",
        "report.ofd: annotations were left out.",
        "report.ofd: 1 attachments were left out. Save them as files of their own.",
    )


def test_all_documents_of_a_package_are_read(told):
    document = told(ofd(page(line(10, "同一句话。", 40)), bodies=2))
    assert document.text == "同一句话。\n同一句话。\n"
    assert [region.page for region in document.regions] == [1, 2]


def test_a_page_that_is_missing_is_said_and_the_others_are_read(told):
    document = told(ofd(page(line(10, "第一页的话。", 40)), "", page(line(20, "第三页的话。", 40))))
    assert document.text.splitlines() == ["第一页的话。", "第三页的话。"]
    assert [remark for remark in document.remarks if "page 2" in remark]


def test_a_page_that_is_broken_is_said_and_the_others_are_read(told):
    document = told(ofd("<ofd:Page", page(line(20, "第二页的话。", 40))))
    assert document.text.strip() == "第二页的话。"
    assert [remark for remark in document.remarks if "page 1 could not be read" in remark]


def huge(size: int) -> bytes:
    """An archive of one part that unpacks to `size` zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    name = b"OFD.xml"
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), size, len(name), 0)
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + head + bytes(14) + name
    local = b"PK\x03\x04" + head + name + packed
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
WAY_OUT = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
BAD = {
    "not an archive": (b"%OFD", "is no OFD document"),
    "broken archive": (b"PK\x03\x04 nothing of an archive", "is a broken OFD document"),
    "no OFD.xml": (archive({"a.txt": "a"}), "is a broken OFD document"),
    "no document": (archive({"OFD.xml": f"<ofd:OFD {SPACE}/>"}), "is a broken OFD document"),
    "half": (ofd(page(line(10, "话" * 400, 40)))[:400], "is a broken OFD document"),
    "entities": (ofd(page("")) and archive({"OFD.xml": BOMB + f"<ofd:OFD {SPACE}/>"}), "is a broken OFD document"),
    "no text": (ofd(page("")), "holds no text"),
    "pictures": (ofd(page('<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="7"/>')), "holds pictures of pages and no text"),
    "way out": (archive({"OFD.xml": WAY_OUT}), "is a broken OFD document"),
    "bomb": (huge(60 << 20), "more than 200 times its size"),
    "many pieces": (ofd(page("".join(line(n, "话", 1 + n / 100) for n in range(20_001)))), "at most 20,000 are read"),
    "many pages": (ofd(*[page("")] * 5_001), "5,001 pages: more than is read"),
    "deep": (ofd(page("<ofd:PageBlock>" * 5_000 + line(10, "话", 40) + "</ofd:PageBlock>" * 5_000)), "holds no text"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_ofd_file_gets_one_line(told, data: bytes, said: str):
    with pytest.raises(ReadError) as error:
        told(data)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_page_of_scattered_characters_ends(told):
    scattered = "".join(line(n, "云", 10 * (n // 70), 10 * (n % 70)) for n in range(2_000))
    assert told(ofd(page(scattered))).text.count("云") > 400


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_ofd_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    held = bytearray(ofd(page(line(10, "云湖区新增企业35家。", 40) + line(11, "蓝图智造产业园封顶。", 50))))
    for at in data.draw(st.lists(st.integers(0, len(held) - 1), min_size=1, max_size=8)):
        held[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "report.ofd"
    path.write_bytes(held)
    try:
        read(path)
    except ReadError as error:
        assert "\n" not in str(error)


def test_an_archive_of_a_version_to_come_is_refused_in_a_line(tmp_path: Path):
    held = bytearray(ofd(page(line(10, "云湖区新增企业35家。", 40))))
    directory = held.rindex(b"PK\x01\x02")
    held[directory + 6] = 135  # "version needed to extract" 13.5
    path = tmp_path / "report.ofd"
    path.write_bytes(held)
    with pytest.raises(ReadError, match="broken OFD document"):
        read(path)
