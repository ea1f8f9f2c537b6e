"""Pages that no office would write and a reader must survive: deep, wide, unclosed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.model import Document
from kg.read import read
from kg.read.html_limits import MAX_DEPTH, shallow

FIRST, LAST = "新认定高新技术企业126家。", "末段写着全年研发投入28亿元。"


def page(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head><title>总结</title></head><body>{body}</body></html>", encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("depth", [10, 250, 300, 2000, 2100, 50_000])
@pytest.mark.parametrize("tag", ["div", "span", "font", "blockquote", "ul"])
def test_all_text_is_read_however_deep_it_stands(tmp_path: Path, depth: int, tag: str):
    body = f"<p>开头。</p>{f'<{tag}>' * depth}{FIRST}{f'</{tag}>' * depth}<p>{LAST}</p>"
    lines = page(tmp_path, body).text.split("\n")
    assert "".join(lines) == f"开头。{FIRST}{LAST}"
    assert lines[-1] == LAST


def test_a_line_at_each_depth_is_a_line_of_its_own(tmp_path: Path):
    body = "".join(f"<div>第{number}行" for number in range(5000)) + "</div>" * 5000
    assert page(tmp_path, f"<article>{body}</article>").text.split("\n") == [f"第{number}行" for number in range(5000)]


def test_elements_that_are_never_closed_lose_nothing(tmp_path: Path):
    text = page(tmp_path, "<article>" + "".join(f"<font color=red>第{number}家" for number in range(6000)) + LAST).text
    assert text == "".join(f"第{number}家" for number in range(6000)) + LAST


def test_a_list_behind_a_deep_part_keeps_its_lines(tmp_path: Path):
    body = f"{'<div>' * 3000}深处{'</div>' * 3000}" + "".join(f"<li>第{number}项" for number in range(3000))
    assert page(tmp_path, body).text.split("\n") == ["深处", *(f"第{number}项" for number in range(3000))]


def test_a_tag_with_200000_attributes_is_read(tmp_path: Path):
    attributes = " ".join(f"data-a{number}='{number}'" for number in range(200_000))
    assert page(tmp_path, f"<div {attributes}>{FIRST}</div><p>{LAST}</p>").text == f"{FIRST}\n{LAST}"


def test_100000_paragraphs_are_read(tmp_path: Path):
    assert page(tmp_path, f"<p>{FIRST}</p>" * 100_000).text.count(FIRST) == 100_000


def test_a_table_whose_cells_claim_to_cover_everything_is_read_as_lines(tmp_path: Path):
    rows = "".join(f"<tr><td rowspan=100 colspan=100>企业{number}</td></tr>" for number in range(400))
    assert "企业399" in page(tmp_path, f"<p>{LAST}</p><table>{rows}</table>").text


def test_comments_and_scripts_without_an_end_bring_nothing_in(tmp_path: Path):
    body = f"{'<div>' * 3000}{FIRST}{'</div>' * 3000}<!-- 一 <div> --><script>var 坏 = '<div>';</script><!-- 没完 <p>坏</p>"
    assert page(tmp_path, body).text == FIRST


tags = st.sampled_from(["div", "span", "p", "li", "ul", "b", "td", "table"])
pieces = st.lists(
    st.one_of(tags.map("<{}>".format), tags.map("</{}>".format), st.sampled_from(["甲", "乙", "<br>", "<img src=x>"])), max_size=60
)


@given(pieces, st.integers(0, 700))
def test_making_a_page_shallow_keeps_every_character_and_bounds_its_depth(parts: list[str], deeper: int):
    source = "<div>" * deeper + "".join(parts)
    made = html.document_fromstring(f"<body>甲{shallow(source)}</body>", parser=html.HTMLParser(huge_tree=True))
    assert "".join(made.itertext()) == "甲" + "".join(part for part in parts if part in ("甲", "乙"))
    depth = max(sum(1 for _ in element.iterancestors()) for element in made.iter())
    assert depth <= MAX_DEPTH + 5
