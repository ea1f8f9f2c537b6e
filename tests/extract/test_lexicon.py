"""Words of the lexicon: each stands once."""

import pytest

from kg import lexicon
from kg.lexicon import any_of

ONE_MEANING = ("adverbs", "boundaries", "indicators", "policy_actions", "policy_after", "stages", "suffixes", "units")


@pytest.mark.parametrize("name", ONE_MEANING)
def test_a_word_of_one_meaning_stands_once(name: str):
    words = [next(iter(row.values())) for row in lexicon.table(name)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_words_under_their_first_character_are_found_in_their_order():
    assert any_of(["推进会", "推进", "促进"], {"推进": "(?!剂)"}) == "推(?:进会|进(?!剂))|促(?:进)"
