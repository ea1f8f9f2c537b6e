"""A sentence as words with tags of their part of speech (jieba's dictionary), where names may begin and end."""

import re
from functools import cache, partial
from types import ModuleType
from typing import NamedTuple

import rjieba

from kg import lexicon
from kg.extract.text.particles import BEFORE_PLACES, PREPOSITIONS
from kg.lexicon import any_word


class Word(NamedTuple):
    """A word at its place in a sentence; `tag` is that of the ICTCLAS set (`n`, `v`, `ns`, `x` for marks)."""

    start: int
    end: int
    text: str
    tag: str


_word = partial(tuple.__new__, Word)
"""A word of its four parts, made at once: a report has many."""
_OFTEN = 2000
"""How often a word of the genre is taken to stand in the 60 million words of the general dictionary: as often as a common one."""


@cache
def _segmenter() -> ModuleType:
    """The library with the words of the genre: it has a segmenter of its own, and another one would take a tenth of a second."""
    for word, tag in _own_tags().items():
        rjieba.add_word(word, _OFTEN, tag)
    return rjieba


@cache
def _own_tags() -> dict[str, str]:
    """Words whose tag the general dictionary lacks, or has for another sense."""
    return {row["word"]: row["tag"] for row in lexicon.table("segments")}


LEAD = "dl"
"""Tag of a word that opens a clause and says nothing of what is named behind it, with the comma that may close it."""


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(rf"(?<![^,;:。!?]){any_word('lead_ins')},?(?=.)")


def segmented(text: str) -> list[Word]:
    """The words of a folded sentence, in order, without gaps; what opens a clause does not change the words behind it."""
    found: list[Word] = []
    at = 0
    for lead in _lead_in().finditer(text):
        _tagged(found, text[at : lead.start()], at)
        found.append(Word(lead.start(), lead.end(), lead[0], LEAD))
        at = lead.end()
    _tagged(found, text[at:], at)
    return found


_PERSON = 2
_GUESSED = ("ns", "nz")
"""Tags of names that are guessed where the dictionary has no such word: the preposition before them may be glued to them."""


def _tagged(found: list[Word], text: str, at: int) -> None:
    own = _own_tags()
    for word, tag in _segmenter().tag(text):
        end = at + len(word)
        glued = {"nr": PREPOSITIONS, "ns": BEFORE_PLACES}.get(tag, ())
        guessed = tag in _GUESSED and word[0] in PREPOSITIONS and not _segmenter().has_word(word)
        if len(word) > _PERSON and (guessed or word[0] in glued):  # 由云舟, 为泉港, 由桐川理工学院
            found.append(_word((at, at + 1, word[0], "p")))
            word, at = word[1:], at + 1  # noqa: PLW2901  # the rest of it
        found.append(_word((at, end, word, own.get(word, tag))))
        at = end
