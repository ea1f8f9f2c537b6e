"""Words of the lexicon: each stands once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from kg import lexicon, resources
from kg.lexicon import any_of

ONE_MEANING = ("adverbs", "boundaries", "indicators", "policy_actions", "policy_after", "stages", "suffixes", "units")
TABLES = sorted(path.stem for path in (resources.data() / "lexicon").glob("*.csv"))


@pytest.mark.parametrize("name", ONE_MEANING)
def test_a_word_of_one_meaning_stands_once(name: str):
    words = [next(iter(row.values())) for row in lexicon.table(name)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_words_under_their_first_character_are_found_in_their_order():
    assert any_of(["推进会", "推进", "促进"], {"推进": "(?!剂)"}) == "推(?:进会|进(?!剂))|促(?:进)"


def test_a_pattern_has_a_name_of_its_own():
    names = [row["name"] for name in TABLES if name.endswith("_patterns") for row in lexicon.table(name)]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_tables_columns_roles_and_patterns_are_asked_for():
    asked = {word for row in lexicon.table("frames") for cell in row.values() for word in re.findall(r"[\w-]+", cell)}
    for path in Path(lexicon.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked |= {node.value, *node.value.split()}
            asked |= {node.arg} if isinstance(node, ast.keyword) else set()
    told = {name for name in TABLES if not name.endswith("_patterns")}
    for name in TABLES:
        rows = lexicon.table(name)
        told |= {*list(rows[0])[1:]} | {row["role"] for row in rows if "role" in row}
        told |= {row["name"].split()[0] for row in rows} if name.endswith("_patterns") else set()
    assert sorted(told - asked) == []
