"""Long lists and lines: each name once, nothing lost at the seams, work that grows with the text."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.segment import MAX_SENTENCE, sentences
from kg.model import Document, Facts
from tests.conftest import facts_of


def names_of(facts: Facts, kind: str) -> list[str]:
    return [entity.name for entity in facts.entities if entity.type == kind]


def test_parks_told_apart_by_their_numbers_stay_apart():
    facts = facts_of("推进望川9号产业园、望川19号产业园、望川199号产业园、望川产业园建设。")
    assert names_of(facts, "Park") == ["望川9号产业园", "望川19号产业园", "望川199号产业园", "望川产业园"]


def test_a_short_name_stands_for_the_one_park_that_it_abbreviates_among_many_others():
    others = "".join(f"推进青禾{number}号产业园建设。\n" for number in range(300))
    facts = facts_of(f"{others}推进望川软件信息园建设。\n望川软件园新增企业3家。")
    assert len(names_of(facts, "Park")) == 301
    assert "望川软件信息园" in names_of(facts, "Park")
    assert "望川软件园" not in names_of(facts, "Park")


def test_a_short_name_of_two_enterprises_is_nobodys():
    facts = facts_of("引进望川微电子科技有限公司、望川微电子设备有限公司。望川微电子入选市级专精特新企业。")
    assert "望川微电子" in names_of(facts, "Enterprise")


def document(text: str) -> Document:
    return Document("test", "test.txt", "text/plain", text, "0" * 64)


def test_a_stretch_too_long_is_cut_behind_a_mark():
    pieces = sentences(document("、".join(f"云湖{number}公司" for number in range(1000))))
    assert len(pieces) > 3
    assert all(len(piece.text) <= MAX_SENTENCE for piece in pieces)
    assert all(piece.text.endswith("、") for piece in pieces[:-1])


def test_each_of_two_thousand_enterprises_in_a_row_is_named_once():
    names = [f"云湖{number}号科技有限公司" for number in range(2000)]
    assert sorted(names_of(facts_of(f"新增企业2000家({'、'.join(names)})。"), "Enterprise")) == sorted(names)


@given(st.text("园区企业、，,; 。\n1", min_size=0, max_size=3 * MAX_SENTENCE))
def test_pieces_hold_all_but_spaces_and_stops_and_are_short(text: str):
    whole = document(f"起{text}")
    pieces = sentences(whole)
    told, held = ("".join(words.split()).replace("。", "") for words in ("".join(whole.quote(p.span) for p in pieces), whole.text))
    assert told == held
    assert all(len(piece.text) <= MAX_SENTENCE for piece in pieces)
