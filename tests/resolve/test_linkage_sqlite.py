"""Few names are compared without Splink: every pair has the score and the weights that Splink gives it."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.resolve.features import NEW, Named, Row, rows
from kg.resolve.linkage import Scored, comparisons, predicted, score_rows, uncrowded
from kg.resolve.linkage_sqlite import FEW, LONG, are_few, compared

PAIRS = Path(__file__).parents[1] / "corpus" / "identity" / "pairs.csv"
CODES = ("91310000MA1FL0XX09", "91110108551385082Q", "", "")
BESIDE = (("id:甲", "id:乙", "id:丙"), ("id:乙", "id:丙"), ("id:丙",), ())


def labelled() -> list[Row]:
    """All names of the labelled pairs, every fourth with a credit code, with neighbours or none, every third looked at."""
    with PAIRS.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    names = [Named(f"id:{at}{side}", pair[side], pair["class"]) for at, pair in enumerate(pairs) for side in ("one", "other")]
    told = [replace(name, code=CODES[at % 4], near=BESIDE[at % 5 % 4]) for at, name in enumerate(names)]
    return [{**one, NEW: "yes" if at % 3 == 0 else ""} for at, one in enumerate(uncrowded(list(rows(told))))]


def by_splink(found: list[Row], least: float) -> list[Scored]:
    told = predicted(found, least)
    assert told is not None
    made = []
    for row in told.to_pylist():
        weights = {name: row[f"mw_{name}"] for name in comparisons()}
        made.append(Scored(*sorted((row["id_l"], row["id_r"])), row["match_probability"], weights))
    return sorted(made, key=lambda one: (one.one, one.other))


@pytest.mark.parametrize("least", [0.0, 0.1])
def test_a_pair_has_the_score_that_splink_gives_it(least: float):
    found = labelled()
    assert are_few(found)
    few, many = score_rows(found, least), by_splink(found, least)
    assert len(many) > 500
    assert [(one.one, one.other) for one in few] == [(one.one, one.other) for one in many]
    for mine, other in zip(few, many, strict=True):
        assert mine.score == pytest.approx(other.score, abs=1e-9)
        assert mine.weights == pytest.approx(dict(other.weights), abs=1e-9)


def test_each_level_of_a_name_is_met_by_some_of_them():
    met = {level for _, _, level, *_ in compared(labelled(), {"name": [one.sql for one in comparisons()["name"]]})}
    assert len(met) > 15


@pytest.mark.parametrize(("one", "other"), [("ABC科技", "abc科技"), ("百%分科技", "百分科技"), ("甲_乙科技", "甲丙乙科技")])
def test_capitals_and_signs_that_a_pattern_knows_count_as_they_do_with_splink(one: str, other: str):
    found = list(rows([Named("a", one, "Enterprise"), Named("b", other, "Enterprise")]))
    found = [{**row, "keys": ["together"]} for row in found]
    assert score_rows(found) == by_splink(found, 0.0)


def test_names_of_which_none_is_looked_at_are_not_compared_again():
    found = [{**one, NEW: ""} for one in labelled()]
    assert score_rows(found) == []


def test_many_names_and_very_long_ones_are_left_to_splink():
    one = labelled()[0]
    assert are_few([one, one])
    assert not are_few([one, {**one, "name": "长" * LONG}])
    assert not are_few([{**one, NEW: "yes", "keys": ["k"]}] * (int((2 * FEW) ** 0.5) + 1))
