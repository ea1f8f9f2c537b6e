"""How figures are worded: units by their names."""

import pytest

from kg import lexicon
from kg.show.wording import amount


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("CNY", "12.5亿元"),
        ("EUR", "12.5亿欧元"),
        ("M3", "12.5亿立方米"),
        ("百分点", "12.5亿百分点"),
        ("furlong", "12.5亿furlong"),
        ("", "12.5亿"),
    ],
)
def test_a_figure_bears_the_name_of_its_unit_not_its_code(unit: str, shown: str):
    assert amount("1.25e9", unit) == shown


def test_every_unit_of_the_lexicon_is_told_in_chinese():
    bases = {row["base"] for row in lexicon.table("units")}
    assert [base for base in sorted(bases) if amount(1, base).isascii()] == []
