"""Word files as Word shows them when all changes are accepted."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.read import read
from kg.read.clean import Raw
from kg.read.docx import read_docx
from tests.read.offices import saved_as
from tests.read.wordml import STRICT, deleted, ins, p, part, r, saved, tbl, tc, tr, word

HEAD = "新增高新技术企业"


def lines(body: str, parts: dict[str, str] | None = None, spaces: dict[str, str] | None = None) -> list[str]:
    """Lines of a document that holds this."""
    return read_docx(Raw(Path("report.docx"), word(body, parts, spaces))).text.split("\n")


def remarks(body: str, parts: dict[str, str] | None = None) -> tuple[str, ...]:
    return read_docx(Raw(Path("report.docx"), word(body + p(r("末段。")), parts))).remarks


def vml_box(inner: str) -> str:
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def drawn_box(inner: str) -> str:
    """A text box as Word writes it: a drawing, and a copy of it for older programs."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def control(inner: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{r(result)}{mark('end')}"


def test_a_figure_that_was_corrected_under_change_tracking_is_the_new_one(tmp_path: Path):
    path = saved(tmp_path, p(r("南山区科委2022年工作总结")) + p(r(f"全年{HEAD}"), deleted("35"), ins(r("41")), r("家。")))
    [seen] = extract(read(path)).observations
    assert (seen.value, seen.unit) == (Decimal(41), "家")


OPEN = ("<w:r><w:instrText>", "</w:instrText></w:r>")
RUBY = f"<w:r><w:ruby><w:rt>{r('xin')}</w:rt><w:rubyBase>{r('新')}</w:rubyBase></w:ruby></w:r>"
KEPT = {
    "an insertion": p(r(HEAD), ins(r("41")), r("家。")),
    "a paragraph that is one insertion": p(ins(r(f"{HEAD}41家。")), properties="<w:rPr><w:ins w:id='3' w:author='a'/></w:rPr>"),
    "what was moved here": p(r(HEAD), f"<w:moveTo w:id='4' w:author='a'>{r('41家。')}</w:moveTo>"),
    "an insertion within an insertion": p(r(HEAD), ins(ins(r("41"))), r("家。")),
    "a content control in a line": p(r(HEAD), control(r("41")), r("家。")),
    "a content control around paragraphs": control(p(r(f"{HEAD}41家。"))),
    "content controls within each other": control(control(p(r(f"{HEAD}41家。")))),
    "a smart tag": p(r(HEAD), f"<w:smartTag w:uri='u' w:element='e'>{r('41')}</w:smartTag>", r("家。")),
    "custom XML": f"<w:customXml w:element='e'>{p(r(f'{HEAD}41家。'))}</w:customXml>",
    "a simple field": p(r(HEAD), f"<w:fldSimple w:instr='DOCPROPERTY n'>{r('41')}</w:fldSimple>", r("家。")),
    "a complex field": p(r(HEAD), field(" REF figure ", "41"), r("家。")),
    "a field within the instruction of a field": p(r(HEAD), field(f" IF {OPEN[1]}{field(' X ', '9')}{OPEN[0]} ", "41"), r("家。")),
    "a field that is never closed": p(r(HEAD), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("41家。")),
    "a hyperlink": p(r(HEAD), f"<w:hyperlink r:id='x'>{r('41')}</w:hyperlink>", r("家。")),
    "a hyphen that breaks no line": p("<w:r><w:t>新增高新技术企业</w:t><w:softHyphen/><w:t>41家。</w:t></w:r>"),
    "an element that nobody knows": p(r(HEAD), f"<w:future>{r('41')}</w:future>", r("家。")),
    "the base of a ruby": p(RUBY, r("增高新技术企业41家。")),
    "strike that is switched off": p(r(HEAD), r("41", "<w:strike w:val='0'/>"), r("家。")),
    "a number in a bidirectional run": p(r(HEAD), f"<w:bdo w:val='ltr'>{r('41')}</w:bdo>", r("家。")),
}  # fmt: skip


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT.keys())
def test_what_word_shows_is_read(body: str):
    assert lines(body) == [f"{HEAD}41家。"]


DROPPED = {
    "a deletion": deleted("35"),
    "what was moved away": f"<w:moveFrom w:id='4' w:author='a'>{r('35')}</w:moveFrom>",
    "a deletion within an insertion": ins(deleted("35")),
    "hidden text": r("35", "<w:vanish/>"),
    "struck-through text": r("9", "<w:strike/>"),
    "doubly struck-through text": r("9", "<w:dstrike/>"),
    "text of a hidden style": r("35", "<w:rStyle w:val='Hidden'/>"),
    "text of a struck style's child": r("35", "<w:rStyle w:val='Old'/>"),
    "the mark of a comment": "<w:commentRangeStart w:id='1'/><w:r><w:commentReference w:id='1'/></w:r><w:commentRangeEnd w:id='1'/>",
    "the instruction of a field": field(" PAGE 35 ", ""),
    "the mark of a footnote": "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='99'/></w:r>",
    "a bookmark": "<w:bookmarkStart w:id='0' w:name='b35'/><w:bookmarkEnd w:id='0'/>",
    "a deleted content control": control(deleted("35")),
}
STYLES = part(
    "w:styles",
    "<w:style w:type='character' w:styleId='Hidden'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Struck'><w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Old'><w:basedOn w:val='Struck'/></w:style>",
)


@pytest.mark.parametrize("inner", DROPPED.values(), ids=DROPPED.keys())
def test_what_word_does_not_show_is_not_read(inner: str):
    assert lines(p(r(f"{HEAD}4"), inner, r("1家。")), {"styles": STYLES}) == [f"{HEAD}41家。"]


def test_struck_through_words_are_said():
    assert remarks(p(r(HEAD), r("9", "<w:strike/>"), r("3家。"))) == ("report.docx: a struck-through place was left out: '9'.",)


def test_nothing_is_said_of_a_plain_document():
    assert remarks(p(r("第一段。"))) == ()


def test_ingest_prints_what_was_left_out(tmp_path: Path):
    path = saved(tmp_path, p(r("南山区科委2022年工作总结")) + p(r(f"全年{HEAD}"), r("9", "<w:strike/>"), r("3家。")))
    command = [sys.executable, "-c", "from kg.cli import main; main()", "ingest", str(path), "-w", str(tmp_path / "graph")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "struck-through place was left out: '9'" in run.stderr
    assert run.stdout.startswith("added")


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_paragraphs_whose_mark_was_removed_are_one(mark: str):
    first = p(r(HEAD), properties=f"<w:rPr><w:{mark} w:id='5' w:author='a'/></w:rPr>")
    assert lines(first + p(r("41家。"))) == [f"{HEAD}41家。"]


def test_a_paragraph_that_was_deleted_leaves_no_line():
    gone = p(deleted("取消的一段。"), properties="<w:rPr><w:del w:id='5' w:author='a'/></w:rPr>")
    assert lines(p(r("第一段。")) + gone + p(r("第三段。"))) == ["第一段。", "第三段。"]


@pytest.mark.parametrize("box", [vml_box, drawn_box])
def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it(box):
    body = p(r("正文第一段。"), box(p(r("框中一句。")) + p(r("框中二句。")))) + p(r("正文第二段。"))
    assert lines(body) == ["正文第一段。", "框中一句。", "框中二句。", "正文第二段。"]


def test_a_table_in_a_text_box_is_read():
    table = tbl(tr(tc(p(r("企业名称"))), tc(p(r("所在园区")))), tr(tc(p(r("云湖甲科技有限公司"))), tc(p(r("云湖软件园")))))
    assert lines(p(r("见框。"), drawn_box(table))) == ["见框。", "企业名称: 云湖甲科技有限公司; 所在园区: 云湖软件园"]


def test_an_alternative_that_cannot_be_read_gives_way_to_its_fallback():
    body = p(
        "<w:r><mc:AlternateContent><mc:Choice Requires='new'><w:drawing/></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('框中一句。'))}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(body) == ["框中一句。"]


def notes(kind: str) -> dict[str, str]:
    one = kind.removesuffix("s")
    return {
        kind: part(
            f"w:{kind}",
            f"<w:{one} w:id='0' w:type='separator'>{p(r('分隔'))}</w:{one}>"
            f"<w:{one} w:id='1'>{p(f'<w:r><w:{one}Ref/></w:r>', r('数据来自区统计局。'))}</w:{one}>"
            f"<w:{one} w:id='2'>{p(r('没有被引用。'))}</w:{one}>",
        )
    }


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_a_note_is_a_line_of_its_own_and_its_mark_no_figure(kind: str):
    reference = f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:{kind.removesuffix('s')}Reference w:id='1'/></w:r>"
    assert lines(p(r("营收增长8%"), reference, r("。")) + p(r("第二段。")), notes(kind)) == [
        "营收增长8%。",
        "数据来自区统计局。",
        "第二段。",
    ]


def test_symbols_and_signs_are_read_as_what_they_show():
    run = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>完成</w:t><w:noBreakHyphen/><w:t>1</w:t><w:tab/><w:t>二</w:t>'
        "<w:br/><w:t>三</w:t></w:r>"
    )
    assert lines(p(run)) == ["✓完成-1\t二", "三"]


def test_a_raised_figure_is_no_digit_of_the_number_before_it():
    assert lines(p(r("占地120万m"), r("2", "<w:vertAlign w:val='superscript'/>"), r("。"))) == ["占地120万m²。"]


def test_headers_footers_and_comments_are_not_text():
    parts = {
        "header": part("w:hdr", p(r("内部资料"))),
        "footer": part("w:ftr", p(r("第1页"))),
        "comments": part("w:comments", f"<w:comment w:id='1'>{p(r('此处核实'))}</w:comment>"),
    }
    assert lines(p(r("第一段。")), parts) == ["第一段。"]


def numbering() -> dict[str, str]:
    levels = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    listed = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    return {
        "numbering": part("w:numbering", f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>{listed}"),
        "styles": part(
            "w:styles",
            "<w:style w:type='paragraph' w:styleId='List'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>",
        ),
    }  # fmt: skip


def test_only_paragraphs_that_remain_are_counted():
    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    gone = p(deleted("旧的一条。"), properties=f"{listed}<w:rPr><w:del w:id='5' w:author='a'/></w:rPr>")
    body = p(r("加强领导。"), properties=listed) + gone + p(r("落实责任。"), properties=listed)
    assert lines(body, numbering()) == ["一、加强领导。", "二、落实责任。"]


def test_a_style_numbers_its_paragraphs():
    body = p(r("加强领导。"), properties="<w:pStyle w:val='List'/>") + p(ins(r("落实责任。")), properties="<w:pStyle w:val='List'/>")
    assert lines(body, numbering()) == ["一、加强领导。", "二、落实责任。"]


ROWS = (("企业名称", "所在园区"), ("云湖甲科技有限公司", "云湖软件园"))


def cells(*texts: str) -> list[str]:
    return [tc(p(r(text))) for text in texts]


def test_deleted_rows_and_cells_are_not_read_and_inserted_ones_are():
    body = tbl(
        tr(*cells(*ROWS[0]), tc(p(r("作废")), "<w:cellDel w:id='7' w:author='a'/>")),
        tr(*cells("云湖乙科技有限公司", "云湖软件园"), properties="<w:del w:id='6' w:author='a'/>"),
        tr(*cells(*ROWS[1]), properties="<w:ins w:id='8' w:author='a'/>"),
    )
    assert lines(body) == ["企业名称: 云湖甲科技有限公司; 所在园区: 云湖软件园"]


def test_rows_and_cells_in_content_controls_are_read():
    row = tr(tc(p(r(ROWS[1][0]))), control(tc(p(r(ROWS[1][1])))))
    body = tbl(tr(*cells(*ROWS[0])), control(row))
    assert lines(body) == ["企业名称: 云湖甲科技有限公司; 所在园区: 云湖软件园"]


def test_a_table_within_a_cell_is_read_where_it_stands():
    inner = tbl(tr(*cells(*ROWS[0])), tr(*cells(*ROWS[1])))
    body = tbl(tr(tc(p(r("项目概况")) + inner + p(r("以上属实。")))))
    assert lines(body) == ["项目概况", "企业名称: 云湖甲科技有限公司; 所在园区: 云湖软件园", "以上属实。"]


def test_a_title_above_the_header_and_a_label_across_the_list_stand_as_lines():
    across = "<w:gridSpan w:val='3'/>"
    body = tbl(
        tr(tc(p(r("云湖区企业名单")), across)),
        tr(tc(p()), tc(p()), tc(p(r("表一")))),
        tr(*cells("序号", "企业名称", "所在园区")),
        tr(tc(p(r("云湖软件园区内企业")), across)),
        tr(*cells("1", "云湖甲科技有限公司", "云湖软件园")),
    )
    listed = "序号: 1; 企业名称: 云湖甲科技有限公司; 所在园区: 云湖软件园"
    assert lines(body) == ["云湖区企业名单", "表一", listed, "云湖软件园区内企业"]


def test_a_row_whose_other_cells_go_on_from_above_is_no_label():
    begun, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    body = tbl(
        tr(*cells("所在园区", "所属产业", "企业名称")),
        tr(tc(p(r("云湖软件园")), begun), tc(p(r("软件业")), begun), *cells("云湖甲科技有限公司")),
        tr(tc(p(), on), tc(p(), on), *cells("云湖乙科技有限公司")),
    )
    assert lines(body)[1] == "所在园区: 云湖软件园; 所属产业: 软件业; 企业名称: 云湖乙科技有限公司"


def test_a_text_in_several_bodies_is_read_whole():
    assert lines(p(r("第一部分。")) + "</w:body><w:body>" + p(r("第二部分。"))) == ["第一部分。", "第二部分。"]


def test_a_form_with_prose_is_read_as_paragraphs():
    prose = p(r("该项目新建厂房3万平方米。")) + p(r("计划2025年底投产。"))
    body = tbl(tr(*cells("项目名称", "云湖芯片项目")), tr(tc(p(r("建设内容"))), tc(prose)))
    told = lines(body)
    assert "该项目新建厂房3万平方米。" in told
    assert "计划2025年底投产。" in told


def test_a_merged_cell_holds_for_each_row_that_it_covers():
    body = tbl(
        tr(*cells("所在园区", "企业名称")),
        tr(tc(p(r("云湖软件园")), "<w:vMerge w:val='restart'/>"), *cells("云湖甲科技有限公司")),
        tr(tc(p(), "<w:vMerge/>"), *cells("云湖乙科技有限公司")),
    )
    assert lines(body) == ["所在园区: 云湖软件园; 企业名称: 云湖甲科技有限公司", "所在园区: 云湖软件园; 企业名称: 云湖乙科技有限公司"]


def test_the_strict_form_is_read_too():
    assert lines(p(r(HEAD), deleted("35"), ins(r("41")), r("家。")), None, STRICT) == [f"{HEAD}41家。"]


def test_words_of_a_diagram_are_read():
    def point(number: int, words: str) -> str:
        return f"<dgm:pt modelId='{number}'><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>"

    def below(number: int, order: int) -> str:
        return f"<dgm:cxn modelId='{number}9' srcId='0' destId='{number}' srcOrd='{order}'/>"

    points = f"<dgm:pt modelId='0' type='doc'/>{point(1, '创新主体培育')}{point(2, '平台建设')}"
    model = part("dgm:dataModel", f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{below(2, 1)}{below(1, 0)}</dgm:cxnLst>")
    data = "<a:graphic><a:graphicData><dgm:relIds r:dm='rId-diagramData'/></a:graphicData></a:graphic>"
    shape = f"<w:r><w:drawing><wp:inline>{data}</wp:inline></w:drawing></w:r>"
    assert lines(p(r("重点工作:"), shape), {"diagramData": model}) == ["重点工作:", "创新主体培育", "平台建设"]


def test_a_picture_that_is_not_read_is_said():
    picture = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    assert remarks(p(r("见图。"), picture)) == ("report.docx: a picture was not read.",)


def test_a_formula_is_read_as_a_line():
    fraction = "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    assert lines(p(r("取值"), fraction, r("。"))) == ["取值(a+b)/2。"]


@pytest.mark.parametrize("ending", [".docm", ".dotx"])
def test_documents_with_macros_and_templates_are_read(tmp_path: Path, ending: str):
    assert read(saved(tmp_path, p(r("第一段。")), name=f"report{ending}")).text == "第一段。"


WRAPPERS = {
    True: (
        ins,
        lambda inner: f"<w:moveTo w:id='1' w:author='a'>{inner}</w:moveTo>",
        control,
        lambda inner: f"<w:smartTag w:uri='u' w:element='e'>{inner}</w:smartTag>",
        lambda inner: f"<w:hyperlink r:id='x'>{inner}</w:hyperlink>",
        lambda inner: f"<w:fldSimple w:instr='REF x'>{inner}</w:fldSimple>",
    ),
    False: (
        lambda inner: f"<w:del w:id='1' w:author='a'>{inner}</w:del>",
        lambda inner: f"<w:moveFrom w:id='1' w:author='a'>{inner}</w:moveFrom>",
    ),
}
leaves = st.tuples(st.text("甲乙丙丁0123", min_size=1, max_size=3), st.sampled_from(["", "", "<w:strike/>", "<w:vanish/>"])).map(
    lambda leaf: (r(*leaf), "" if leaf[1] else leaf[0])
)


def wrapped(inner: st.SearchStrategy) -> st.SearchStrategy:
    """A row of such pieces in a wrapper that keeps or drops them: the XML, and what Word shows of it."""
    choice = st.booleans().flatmap(lambda kept: st.tuples(st.just(kept), st.sampled_from(WRAPPERS[kept])))
    return st.tuples(choice, st.lists(inner, max_size=4)).map(
        lambda made: (made[0][1]("".join(xml for xml, _ in made[1])), "".join(text for _, text in made[1]) if made[0][0] else "")
    )


@given(st.lists(st.recursive(leaves, wrapped, max_leaves=12), max_size=5))
def test_whatever_is_nested_the_text_is_what_is_shown(pieces: list[tuple[str, str]]):
    shown = "".join(text for _, text in pieces)
    assert lines(p(r("始"), *(xml for xml, _ in pieces), r("终"))) == [f"始{shown}终"]


TRACKED = p(r("南山区科委2022年工作总结")) + p(r(f"全年{HEAD}"), deleted("35"), ins(r("41")), r("家。")) + p(ins(r("新建孵化器3家。")))


@pytest.mark.slow
@pytest.mark.parametrize("way", ["odt", "doc", "rtf"])
def test_tracked_changes_stay_what_they_are_through_libreoffice(tmp_path: Path, way: str):
    between = saved_as(saved(tmp_path, TRACKED), way)
    (tmp_path / "report.docx").unlink()
    again = saved_as(between, "docx")
    assert read(again).text.split("\n") == ["南山区科委2022年工作总结", f"全年{HEAD}41家。", "新建孵化器3家。"]
