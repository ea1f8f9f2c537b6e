"""Labelled sentences: how they are written, and how each is told once more in other words."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg import lexicon, vocab
from kg.extract.text.segment import fold, paired_quotes

HERE = Path(__file__).parent
CLASSES = tuple(sorted(vocab.things()))
_KIND, _PERSON, _OTHER, _OPENED, _SHORT = 0.1, 0.13, 0.7, 0.6, 3
"""Of the names of a sentence told once more: up to which luck one becomes a kind, a person, another name; how often it gets an opener."""


@dataclass(frozen=True)
class Label:
    """A name of a labelled sentence; `types` are the classes that it may have, `sure` tells whether it must be found."""

    start: int
    end: int
    types: tuple[str, ...]
    sure: bool


@dataclass(frozen=True)
class Labelled:
    """A sentence without its marks, and the outermost names in it."""

    text: str
    labels: tuple[Label, ...]


_TYPE = re.compile(r"\]\((?P<types>\??[A-Za-z|?]+)\)")


def labelled(line: str) -> Labelled:
    """Read `[name](Class)` marks.

    Raises:
        ValueError: they are not in pairs, or a class is unknown.
    """
    text, open_at, labels, at = "", [], [], 0
    while at < len(line):
        if line[at] == "[":
            open_at.append(len(text))
            at += 1
        elif line[at] == "]":
            match = _TYPE.match(line, at)
            if match is None or not open_at:
                raise ValueError(line)
            types = tuple(part.strip("?") for part in match["types"].split("|"))
            if unknown := set(types) - set(CLASSES):
                raise ValueError(f"{unknown} in {line}")
            start = open_at.pop()
            if not open_at:
                labels.append(Label(start, len(text), types, "?" not in match["types"]))
            at = match.end()
        else:
            text += line[at]
            at += 1
    if open_at:
        raise ValueError(line)
    return Labelled(paired_quotes(fold(text)), tuple(labels))


def sentences(folder: Path) -> Iterator[Labelled]:
    """All labelled sentences, file by file."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield labelled(line.strip())


def _rows(name: str) -> list[str]:
    """Lines of a file beside the sentences."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def varied(all_of_them: list[Labelled], dice: random.Random) -> Iterator[Labelled]:
    """Each sentence once more: names swapped for others of their class or for words that name a kind, a neutral opener."""
    openers, modifiers, kinds = _rows("openers"), _rows("modifiers"), _rows("kinds")
    given = _rows("given_names")
    pool: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in all_of_them:
        for label in one.labels:
            pool[label.types].append(one.text[label.start : label.end])
    for table, folder in (("industries", "lexicon"), ("enterprises", "gazetteer"), ("bodies", "gazetteer"), ("recognitions", "lexicon")):
        for row in lexicon.table(table, folder):
            pool[row.get("type", "Enterprise" if table == "enterprises" else "Recognition"),].append(row["name"])
    surnames = lexicon.words("surnames")

    def told(label: Label, name: str) -> tuple[str, Label | None]:
        luck = dice.random()
        if luck < _KIND and len(name) > _SHORT:
            return dice.choice(modifiers) + dice.choice(kinds), None
        if luck < _PERSON and label.types == ("Enterprise",):
            return dice.choice(surnames) + "".join(dice.sample(given, dice.choice((1, 2, 2)))), None
        return (dice.choice(pool[label.types]) if luck < _OTHER else name), label

    for one in all_of_them:
        text, labels, at = dice.choice(openers) if dice.random() < _OPENED else "", [], 0
        for label in one.labels:
            text += one.text[at : label.start]
            name, kept = told(label, one.text[label.start : label.end])
            if kept:
                labels.append(replace(kept, start=len(text), end=len(text) + len(name)))
            text, at = text + name, label.end
        yield Labelled(text + one.text[at:], tuple(labels))
