"""Indicators by their standard names."""

from kg import lexicon


def canonical_indicator(indicator: str) -> str:
    """The standard name of an indicator: `营收` is `营业收入`; one that the lexicon does not know stays itself."""
    return lexicon.mapping("indicators", "canonical").get(indicator, indicator)


def dimension(indicator: str) -> str:
    """`money`, `area`, `people`, `count`, or "" where the lexicon does not say."""
    return lexicon.mapping("indicators", "dimension").get(indicator, "")
