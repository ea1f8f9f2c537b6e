"""Long lists and lines: each name once, nothing lost at the seams, work that grows with the text."""

from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.names.boundaries import is_generic
from kg.extract.text.segment import MAX_SENTENCE, sentences
from kg.lexicon import letters_of
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


SHORT_NAMES = ["".join(parts) for parts in product("翠墨岚澜珞琅", "芷蘅菡萏茗荔桐楸", "汀渚坞岫溪涧", "霖霁霏霞霓霄霭")]


@settings(max_examples=12, deadline=None)
@given(st.integers(2, len(SHORT_NAMES)), st.randoms(use_true_random=False), st.text("园区建设", max_size=40))
def test_each_short_name_in_the_brackets_behind_a_count_is_named_once_wherever_the_row_is_cut(count: int, chance: Random, before: str):
    names = chance.sample(SHORT_NAMES, count)
    facts = facts_of(f"{before}新增企业{count}家({'、'.join(names)}),增长良好。")
    firms = [entity for entity in facts.entities if entity.type == "Enterprise"]
    assert sorted(firm.name for firm in firms) == sorted(names)
    assert all(len(firm.spans) == 1 for firm in firms)


def test_a_bracket_that_a_copy_left_open_holds_no_row():
    found = names_of(facts_of("新增企业4家(翠芷汀霖、墨蘅渚霁\n岚菡坞霏建设良好。"), "Enterprise")
    assert set(found) <= {"翠芷汀霖", "墨蘅渚霁"}


def test_the_facts_of_a_report_do_not_change_where_it_stands_many_times():
    once = facts_of(REPORT)
    many = facts_of(REPORT * 200)
    assert [(one.name, one.type) for one in many.entities] == [(one.name, one.type) for one in once.entities]
    assert len(many.observations) == 200 * len(once.observations)
    assert {(seen.about, seen.indicator, seen.value) for seen in many.observations} == {
        ("云湖产业园", "集聚企业", Decimal(12)),
        ("云湖产业园", "营收", Decimal(30)),
    }


REPORT = "云湖产业园集聚企业12家,实现营收30亿元,同比增长8%。与望川大学签订合作协议。\n"


@pytest.mark.parametrize("word", ["累计达", "合计达到", "均已", "重点实验室", "园区", "国家级创新中心", "技术改造"])
@pytest.mark.parametrize("behind", ["霭3家。", "霭项目开工。", "3家霭。"])
def test_a_word_said_fifty_times_is_read_in_one_way_not_in_each_of_many(word: str, behind: str):
    facts = facts_of(f"{word * 50}{behind}云湖产业园实现营收30亿元。")
    assert Decimal(30) in [seen.value for seen in facts.observations]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("重大项目", True), ("省级重点实验室12", True), ("各类园区(3个)", True), ("", True), ("望川园区", False), ("园区望川", False)],
)
def test_words_for_kinds_numbers_and_marks_alone_name_a_kind(phrase: str, kind: bool):
    assert is_generic(phrase) is kind


def test_words_that_others_make_up_are_left_out_of_a_repetition():
    assert sorted(letters_of(["均已", "均", "已", "已均已", "全面"])) == ["全面", "均", "已"]
