"""Words of money that several rules share."""

import re
from functools import cache

from kg import lexicon
from kg.lexicon import word_pattern


@cache
def currencies() -> frozenset[str]:
    """Units of a sum of money, without a multiplier (`data/lexicon/units.csv`)."""
    return frozenset(lexicon.words("units", dimension="money"))


@cache
def gives() -> re.Pattern[str]:
    """The verbs with which money is given (`data/lexicon/funding.csv`)."""
    return word_pattern("funding", "gives")


@cache
def gets() -> re.Pattern[str]:
    """The verbs with which money is got."""
    return word_pattern("funding", "gets")
