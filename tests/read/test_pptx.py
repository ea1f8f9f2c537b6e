"""Presentations: parts written here, and files that LibreOffice saved from them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Span
from kg.read import read, soffice
from tests.read.offices import archive, saved_as

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPACES = (
    f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
SIZE = '<p:sldSz cx="9144000" cy="6858000"/>'
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def para(text: str, properties: str = "", run: str = "") -> str:
    return f"<a:p>{properties}<a:r><a:rPr {run}/><a:t>{text}</a:t></a:r></a:p>"


def shape(body: str, top: int, left: int = 0, ph: str = "", hidden: str = "") -> str:
    """A shape with text, its place in tenths of an inch."""
    place = f'<a:xfrm><a:off x="{left * 91440}" y="{top * 91440}"/><a:ext cx="914400" cy="914400"/></a:xfrm>' if top >= 0 else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="a" {hidden}/><p:cNvSpPr/><p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr>{place}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>{body}</p:txBody></p:sp>'
    )


def slide(shapes: str, show: str = "", root: str = "sld") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><p:{root} {SPACES} {show}><p:cSld><p:spTree>'
        f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:{root}>"
    )


def relations(*held: tuple[str, str, str]) -> str:
    listed = "".join(f'<Relationship Id="{name}" Type="{R}/{what}" Target="{target}"/>' for name, what, target in held)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def pptx(*slides: str, **more: str) -> bytes:
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(len(slides)))
    kinds = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/>'
        for n in range(len(slides))
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{MAIN}"/>{kinds}</Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst>{SIZE}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(len(slides)))),
    }
    parts |= {f"ppt/slides/slide{n}.xml": content for n, content in enumerate(slides)}
    return archive({**parts, **more})


@pytest.fixture
def told(tmp_path: Path):
    def read_back(data: bytes):
        path = tmp_path / "report.pptx"
        path.write_bytes(data)
        return read(path)

    return read_back


TITLE = '<p:ph type="title"/>'


def test_shapes_are_read_from_top_to_bottom_and_left_to_right(told):
    document = told(
        pptx(
            slide(
                shape(para("右边的话。"), 20, 50)
                + shape(para("左边的话。"), 21)
                + shape(para("下面的话。"), 60)
                + shape(para("云湖区科技局工作汇报"), 2, 5, TITLE)
            )
        )
    )
    assert document.text.splitlines() == ["云湖区科技局工作汇报", "左边的话。", "右边的话。", "下面的话。"]
    assert document.title == "云湖区科技局工作汇报"


def test_a_passage_knows_its_slide_and_a_hidden_slide_is_said(told):
    document = told(
        pptx(slide(shape(para("第一页的话。"), 1)), slide(shape(para("藏着的话。"), 1), 'show="0"'), slide(shape(para("第三页的话。"), 1)))
    )
    assert document.text.splitlines() == ["第一页的话。", "第三页的话。"]
    assert document.remarks == ("report.pptx: a hidden slide was left out.",)
    at = document.text.index("第三")
    [region] = document.regions_of(document.offsets.span_to_raw(Span(at, at + 3)))
    assert region.page == 3


def test_a_group_stays_together_and_hidden_shapes_numbers_and_dates_stay_out(told):
    inner = shape(para("组里上面。"), 5) + shape(para("组里下面。"), 9)
    head = '<p:nvGrpSpPr><p:cNvPr id="4" name="g"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="1828800"/></a:xfrm></p:grpSpPr>'
    group = f"<p:grpSp>{head}{inner}</p:grpSp>"
    marks = shape("<a:p><a:fld type='slidenum'><a:t>7</a:t></a:fld></a:p>", 70, ph='<p:ph type="sldNum"/>') + shape(
        para("2024年"), 70, ph='<p:ph type="dt"/>'
    )
    hidden = shape(para("藏着的形状。"), 3, hidden='hidden="1"')
    document = told(pptx(slide(marks + group + hidden + shape(para("旁边的话。"), 30, 10))))
    assert document.text.splitlines() == ["组里上面。", "组里下面。", "旁边的话。"]
    assert document.remarks == ("report.pptx: a hidden place was left out: '藏着的形状。'.",)


def test_what_stands_in_two_alternatives_is_read_once(told):
    twice = (
        f'<mc:AlternateContent><mc:Choice Requires="p14">{shape(para("说一次。"), 10)}</mc:Choice>'
        f"<mc:Fallback>{shape(para('说一次。'), 10)}</mc:Fallback></mc:AlternateContent>"
    )
    assert told(pptx(slide(twice))).text == "说一次。"


def test_numbers_are_read_as_printed_and_struck_words_are_left_out(told):
    def numbered(text: str, form: str, level: int = 0) -> str:
        return para(text, f'<a:pPr lvl="{level}"><a:buAutoNum type="{form}"/></a:pPr>')

    body = numbered("培育", "ea1ChsPeriod") + numbered("企业", "arabicParenBoth", 1) + numbered("平台", "arabicParenBoth", 1)
    body += numbered("转化", "ea1ChsPeriod") + numbered("项目", "arabicParenBoth", 1) + para("划去的", run='strike="sngStrike"')
    document = told(pptx(slide(shape(body, 1))))
    assert document.text.splitlines() == ["一.培育", "(1)企业", "(2)平台", "二.转化", "(1)项目"]
    assert document.remarks == ("report.pptx: a struck-through place was left out: '划去的'.",)


def cells(*texts: str, more: str = "") -> str:
    return "<a:tr>" + "".join(f"<a:tc {more}><a:txBody>{para(text)}</a:txBody></a:tc>" for text in texts) + "</a:tr>"


def frame(inner: str, top: int) -> str:
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="t"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="0" y="{top * 91440}"/><a:ext cx="9144000" cy="914400"/></p:xfrm><a:graphic><a:graphicData uri="{A}/table">'
        f"{inner}</a:graphicData></a:graphic></p:graphicFrame>"
    )


def test_a_table_on_a_slide_has_rows_that_know_their_place(told):
    table = f"<a:tbl><a:tblPr/><a:tblGrid/>{cells('企业名称', '所在园区')}{cells('云帆装备公司', '云湖经开区')}</a:tbl>"
    document = told(pptx(slide(shape(para("第一页。"), 1)), slide(shape(para("园区企业"), 1) + frame(table, 20))))
    assert document.text.splitlines() == ["第一页。", "园区企业", "企业名称: 云帆装备公司; 所在园区: 云湖经开区"]
    [row] = document.rows
    assert document.quote(row.cells["所在园区"]) == "云湖经开区"
    assert document.quote(row.span) == "企业名称: 云帆装备公司; 所在园区: 云湖经开区"


def test_words_of_a_diagram_stand_in_the_order_of_its_points(told):
    def point(name: str, text: str = "", what: str = "node") -> str:
        words = f"<dgm:t><a:bodyPr/>{para(text)}</dgm:t>" if text else ""
        return f'<dgm:pt modelId="{name}" type="{what}">{words}</dgm:pt>'

    links = "".join(
        f'<dgm:cxn modelId="x{n}" srcId="{a}" destId="{b}" srcOrd="{order}"/>'
        for n, (a, b, order) in enumerate([("0", "1", 0), ("0", "2", 1), ("1", "3", 0)])
    )
    points = point("0", what="doc") + point("2", "转化") + point("3", "企业") + point("1", "培育")
    more = {
        "ppt/slides/_rels/slide0.xml.rels": relations(("rId5", "diagramData", "../diagrams/data1.xml")),
        "ppt/diagrams/data1.xml": f"<dgm:model {SPACES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:model>",
    }
    assert told(pptx(slide(frame('<dgm:relIds r:dm="rId5"/>', 10)), **more)).text.splitlines() == ["培育", "企业", "转化"]


def test_what_the_speaker_notes_follows_the_slide(told):
    notes = slide(
        shape(para("讲稿的话。"), 1, ph='<p:ph type="body" idx="1"/>') + shape(para("3"), 1, ph='<p:ph type="sldNum"/>'), root="notes"
    )
    more = {
        "ppt/slides/_rels/slide0.xml.rels": relations(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml")),
        "ppt/notesSlides/notesSlide1.xml": notes,
    }
    assert told(pptx(slide(shape(para("页上的话。"), 1)), slide(shape(para("下一页。"), 1)), **more)).text.splitlines() == [
        "页上的话。",
        "讲稿的话。",
        "下一页。",
    ]


def test_a_shape_without_a_place_stands_where_its_layout_puts_it(told):
    layout = slide(shape(para("单击此处"), 2, ph=TITLE) + shape(para("单击此处"), 20, ph='<p:ph idx="1"/>'), root="sldLayout")
    more = {
        "ppt/slides/_rels/slide0.xml.rels": relations(("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")),
        "ppt/slideLayouts/slideLayout1.xml": layout,
    }
    body = shape(para("正文的话。"), -1, ph='<p:ph idx="1"/>') + shape(para("题目"), -1, ph=TITLE) + shape(para("中间的话。"), 10)
    assert told(pptx(slide(body), **more)).text.splitlines() == ["题目", "中间的话。", "正文的话。"]


ROOM = slide(shape(para("云湖区新增企业35家。"), 1))
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>' + f"<p:presentation {SPACES}>&a;</p:presentation>"
LISTED = "".join(f'<p:sldId id="{256 + n}" r:id="rId0"/>' for n in range(5_001))
BAD = {
    "not an archive": (b"\x07" * 50, "is no presentation"),
    "broken archive": (b"PK\x03\x04 nothing", "is a broken presentation"),
    "no parts": (archive({"a.txt": "a"}), "it holds no ppt/presentation.xml"),
    "half": (pptx(ROOM)[:300], "is a broken presentation"),
    "no slides": (pptx(), "holds no text"),
    "slide missing": (pptx(ROOM, **{"ppt/_rels/presentation.xml.rels": relations()}), "holds no text"),
    "broken slide": (pptx("<p:sld"), "slide0.xml is broken"),
    "entities": (pptx(ROOM, **{"ppt/presentation.xml": BOMB}), "declares a document type"),
    "deep": (pptx(slide("<p:grpSp>" * 3_000 + "</p:grpSp>" * 3_000)), "is broken"),
    "many slides": (pptx(ROOM, **{"ppt/presentation.xml": f"<p:presentation {SPACES}>{LISTED}</p:presentation>"}), "5,001 slides"),
    "bomb": (pptx(slide(" " * (60 << 20))), "more than 200 times its size"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_presentation_gets_one_line(told, data: bytes, said: str):
    with pytest.raises(ReadError) as error:
        told(data)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("installed", [True, False])
def test_an_older_presentation_is_read_with_and_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bool):
    path = tmp_path / "report.pptx"
    path.write_bytes(
        pptx(slide(shape(para("云湖区科技局工作汇报"), 2) + shape(para("新增企业35家。"), 20)), slide(shape(para("第二页的话。"), 2)))
    )
    older = saved_as(path, "ppt").rename(tmp_path / "report.dps")
    if not installed:
        monkeypatch.setattr(soffice, "_PROGRAMS", ("no-such-office",))
    document = read(older)
    assert document.text.splitlines() == ["云湖区科技局工作汇报", "新增企业35家。", "第二页的话。"]
    assert [region.page for region in document.regions] == [1, 2]
    assert document.media_type == "application/vnd.ms-powerpoint"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_presentation_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    held = bytearray(pptx(ROOM))
    for at in data.draw(st.lists(st.integers(0, len(held) - 1), min_size=1, max_size=8)):
        held[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "report.pptx"
    path.write_bytes(held)
    try:
        read(path)
    except ReadError as error:
        assert "\n" not in str(error)
