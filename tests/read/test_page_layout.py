from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.read.clean import cut
from kg.read.page_layout import layout_cuts


def joined(text: str, pages: list[Span] | None = None) -> str:
    return cut(text, layout_cuts(text, pages))[0]


def test_lines_that_a_margin_broke_amid_a_sentence_are_joined():
    text = (
        "今年以来全区上下紧盯目标狠抓落实科技创新各项工作取得\n明显成效高新技术企业培育数量和质量同步提升全年新认定\n"
        "高新技术企业八十家总数达到三百二十家比上年增长两成以\n上。\n二、下一步工作"
    )
    assert joined(text) == (
        "今年以来全区上下紧盯目标狠抓落实科技创新各项工作取得明显成效高新技术企业培育数量和质量同步提升全年新认定"
        "高新技术企业八十家总数达到三百二十家比上年增长两成以上。\n二、下一步工作"
    )


def test_lines_that_are_paragraphs_stay():
    text = "南山区科委2022年工作总结\n一、主要工作\n全年引进企业35家，同比增长12.5%。\n二、下一步工作\n力争引进企业40家。"
    assert layout_cuts(text) == []


def test_a_page_number_amid_a_sentence_goes_only_where_there_are_pages():
    text = "全年新认定高新技术企业八十家总数达到三百\n- 2 -\n二十家比上年增长两成以上。"
    assert joined(text, [Span(0, 26), Span(27, len(text))]) == "全年新认定高新技术企业八十家总数达到三百二十家比上年增长两成以上。"
    assert joined(text) == text


@given(st.text(alphabet="甲乙,。12\n -", max_size=300))
def test_cuts_ascend_and_lie_within_the_text(text: str):
    at = 0
    for stretch in layout_cuts(text, [Span(0, len(text))]):
        assert at <= stretch.start < stretch.end <= len(text)
        at = stretch.end
