"""What does not change the meaning of a sentence does not change the names that are read from it."""

import re
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from kg.extract.names.reading import readings
from kg.extract.text.segment import Sentence, fold, paired_quotes, sentences
from kg.model import Span
from kg.read import read

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
CHANGED = 0.03
"""Share of the sentences of which the names may change."""

Names = frozenset[tuple[str, str]]


def names(text: str) -> Names:
    """The names of a sentence that stands alone, with their classes."""
    folded = paired_quotes(fold(text))
    (found,) = readings([Sentence(Span(0, len(folded)), folded)], True)
    return frozenset((mention.name, mention.type) for mention in found.mentions)


@pytest.fixture(scope="module")
def told() -> dict[str, Names]:
    """Sentences of the project's reports that name something, with what they name."""
    texts = {one.text for path in sorted(CORPUS.rglob("*.txt")) for one in sentences(read(path)) if not one.heading}
    found = {text: names(text) for text in sorted(texts)}
    return {text: named for text, named in found.items() if named}


def opened(*openers: str) -> Callable[[str], str]:
    turn = cycle(openers)
    return lambda text: next(turn) + text


def closed(*closers: str) -> Callable[[str], str]:
    turn = cycle(closers)
    return lambda text: text.rstrip("。;") + next(turn)


WAYS = {
    "an opener": opened("比如", "特别是", "昨天", "上个月", "例如"),
    "an opener with a mark": opened("与此同时,", "据说,", "前不久,", "另外,", "令人欣喜的是,"),
    "a closer": closed(",令人鼓舞。", ",成效明显。", ",这样的例子还有很多。", ",各方反响热烈。"),
    "full-width marks": lambda text: text.translate(str.maketrans(",;:()%", ",;:()%")),
    "full-width digits": lambda text: re.sub(r"\d", lambda digit: chr(ord(digit[0]) + 0xFEE0), text),
    "straight quotes": lambda text: re.sub("[“”]", '"', text),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_says_nothing_new_leaves_the_names_as_they_are(told: dict[str, Names], way: Callable[[str], str]):
    changed = [text for text, named in told.items() if {n for n in names(way(text)) if n not in named} or named - names(way(text))]
    assert len(told) > 150
    assert len(changed) < CHANGED * len(told), changed[:5]
