"""Words of money that several rules share."""

import re
from functools import cache

from kg import lexicon


@cache
def currencies() -> frozenset[str]:
    """Units of a sum of money, without a multiplier (`data/lexicon/units.csv`)."""
    return frozenset(lexicon.words("units", dimension="money"))


@cache
def gives() -> re.Pattern[str]:
    """The verbs with which money is given (`data/lexicon/funding.csv`)."""
    return re.compile(lexicon.any_of(lexicon.words("funding", role="gives")))


@cache
def gets() -> re.Pattern[str]:
    """The verbs with which money is got."""
    return re.compile(lexicon.any_of(lexicon.words("funding", role="gets")))
