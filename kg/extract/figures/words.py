"""Words and patterns that stand around figures, and what an indicator derived from another is called: rows of the lexicon."""

import re
from functools import cache

from kg import lexicon


@cache
def figure_words(*roles: str) -> tuple[str, ...]:
    """Words of some roles of `data/lexicon/figure_words.csv`, longest first."""
    found = {word for role in roles for word in lexicon.words("figure_words", role=role)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def figure_word(role: str) -> str:
    """The word of a role that has only one."""
    (only,) = figure_words(role)
    return only


@cache
def any_word(*roles: str) -> str:
    """A regular expression, in a group, for any word of some roles."""
    return f"(?:{lexicon.any_of(figure_words(*roles))})"


@cache
def letters(*roles: str) -> str:
    """The characters of the words of some roles, for a set of characters."""
    return "".join(dict.fromkeys("".join(figure_words(*roles))))


@cache
def figure_pattern(name: str) -> re.Pattern[str]:
    """A pattern of `data/lexicon/figure_patterns.csv`."""
    return re.compile(lexicon.mapping("figure_patterns", "pattern")[name])


def derived(kind: str) -> str:
    """What is put behind (or before) an indicator's name for what is derived from it (`data/lexicon/derived.csv`)."""
    return lexicon.mapping("derived", "word")[kind]
