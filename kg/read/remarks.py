"""What a file of an office program shows and its text does not hold; deletions, comments, headers and footers are no part of it."""

from collections import Counter
from dataclasses import dataclass, field

_SAMPLES = 3
_SAMPLE = 20
_WORDED = {
    "struck": ("a struck-through place was left out", "{} struck-through places were left out"),
    "hidden": ("a hidden place was left out", "{} hidden places were left out"),
    "pictures": ("a picture was not read", "{} pictures were not read"),
    "charts": ("the figures of a chart were not read", "the figures of {} charts were not read"),
    "objects": ("an embedded object was not read", "{} embedded objects were not read"),
    "slides": ("a hidden slide was left out", "{} hidden slides were left out"),
    "missing": ("a slide that the file lists is not in it", "{} slides that the file lists are not in it"),
    "indexes": ("a table of contents was left out", "{} tables of contents and other indexes were left out"),
    "embedded": ("a document included by reference was not read", "{} documents included by reference were not read"),
}
"""What is tallied → how one and how several of it are told."""


@dataclass(slots=True)
class Tally:
    """What is left out of the text: how often, by kind, and of words the first ones."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, words: str = "") -> None:
        """Note one stretch that is left out."""
        self.counts[what] += 1
        shown = self.samples.setdefault(what, [])
        if words and len(shown) < _SAMPLES:
            plain = " ".join(words.split())
            shown.append(plain if len(plain) <= _SAMPLE else f"{plain[:_SAMPLE]}…")

    def join(self, other: "Tally") -> None:
        """Add what a document within this one leaves out."""
        self.counts += other.counts
        for what, words in other.samples.items():
            shown = self.samples.setdefault(what, [])
            shown += words[: _SAMPLES - len(shown)]


def remarks(name: str, tally: Tally) -> tuple[str, ...]:
    """Lines that each begin with a file's name, such as `a.docx: 2 hidden places were left out: '初稿', '内部'.`"""
    told = []
    for what, (one, several) in _WORDED.items():
        if count := tally.counts[what]:
            shown = ", ".join(f"'{words}'" for words in tally.samples.get(what, []))
            told.append(f"{name}: {one if count == 1 else several.format(count)}{f': {shown}' if shown else ''}.")
    return tuple(told)
