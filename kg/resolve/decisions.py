"""Decisions of people on names, kept as data: `decisions.csv` in the workspace.

Columns: `name`, `decision` (`same`, `apart` or `undo`), `as` (the name or the class meant), `by`, `when`, `why`. A row `undo` takes back
the rows above it that are on the same two names; all rows stay, as the history.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from kg import lexicon
from kg.errors import LexiconError
from kg.extract.document.gazetteer import whole_name
from kg.model import Document
from kg.resolve.contextual import Meant, Own
from kg.resolve.organisation import clean

COLUMNS = ("name", "decision", "as", "by", "when", "why")
KINDS = ("same", "apart", "undo")


@dataclass(frozen=True, slots=True)
class Decision:
    """`name` is the thing called `other` (`same`) or not (`apart`); things of class `other` so named may be told apart too.

    `row` is its line in the file, 0 where it is of none.
    """

    name: str
    decision: str
    other: str
    by: str = ""
    when: str = ""
    why: str = ""
    row: int = field(default=0, compare=False)

    @property
    def names(self) -> frozenset[str]:
        """The two names, whichever is given first."""
        return frozenset((self.name, self.other))


@dataclass(frozen=True)
class Resolver:
    """Gives each name of a document the name that its IRI is made of.

    `own` tells what words mean that mean something only in their report; where it is left out they mean themselves.
    """

    decisions: tuple[Decision, ...] = ()
    own: Own | None = None

    def of(self, document: Document, parks: Iterable[str] = ()) -> "Resolver":
        """The same for the names of one document."""
        return replace(self, own=Own(document, tuple(parks)))

    def meant(self, name: str, type_: str = "") -> Meant:
        """What a name means before people decide on it, of a place its whole name: `青浦` is `青浦区`."""
        if self.own:
            return self.own.meant(name, type_)
        whole = whole_name(name) if type_ == "Place" else name
        return Meant(whole, name)

    def place(self, word: str) -> Meant | None:
        """The place or park that `全区`, `我市`, `园区` stands for; None where it is no such word, or nothing says which."""
        return self.own.place(word) if self.own else None

    def resolve(self, name: str, type_: str = "") -> str:
        """The name for the IRI of `name`."""
        return self.decided(self.meant(name, type_).key, type_)

    def decided(self, name: str, type_: str = "") -> str:
        """The name that people gave to what is called `name`; a name of its own class gets the class as suffix where they said so."""
        for decision in self._on.get(name, ()):
            if decision.decision == "same":
                return decision.other
            if decision.decision == "apart" and decision.other == type_:
                return f"{name}-{type_}"
        return name

    @cached_property
    def _on(self) -> Mapping[str, Sequence[Decision]]:
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault(decision.name, []).append(decision)
        return MappingProxyType(found)


def read_decisions(path: Path) -> Resolver:
    """Read `decisions.csv`; an absent file decides nothing.

    Raises:
        LexiconError: a column is missing, a decision is none of `same`, `apart` and `undo`, or two decisions contradict each other.
    """
    found = standing(history(path))
    _require_consistent(found, path)
    return Resolver(found)


def history(path: Path) -> list[Decision]:
    """All rows of the file, in order, those that were taken back too.

    Raises:
        LexiconError: a column is missing, or a decision is none of `same`, `apart` and `undo`.
    """
    if not path.exists():
        return []
    found = []
    for at, row in enumerate(lexicon.rows(path), 2):
        if not set(COLUMNS[:3]) <= row.keys():
            raise LexiconError(f"{path}: the columns must be {','.join(COLUMNS)}. Add the header line.")
        if row["decision"] not in KINDS:
            raise LexiconError(f"{path}: '{row['decision']}' for '{row['name']}' is neither 'same' nor 'apart' (nor 'undo').")
        said = [row.get(column) or "" for column in COLUMNS]
        found.append(Decision(said[0], said[1], said[2], said[3], said[4], said[5], at))
    return found


def standing(rows: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that no later row takes back, each once."""
    kept: list[Decision] = []
    for row in rows:
        if row.decision == "undo":
            kept = [one for one in kept if one.names != row.names]
        elif row not in kept:
            kept.append(row)
    return tuple(kept)


def _require_consistent(decisions: Sequence[Decision], path: Path) -> None:
    """Refuse names that are said to be one, be it over others, and told apart.

    Raises:
        LexiconError: which rows contradict each other.
    """
    of: dict[str, tuple[frozenset[str], tuple[int, ...]]] = {}
    for one in decisions:
        if one.decision == "same":
            names, rows = zip(*(of.get(name, (frozenset((name,)), ())) for name in (one.name, one.other)), strict=True)
            joined = names[0] | names[1], tuple(sorted({*rows[0], *rows[1], one.row}))
            of.update(dict.fromkeys(joined[0], joined))
    for one in decisions:
        if one.decision == "apart" and one.other in of.get(one.name, (frozenset(), ()))[0]:
            others = ", ".join(map(str, of[one.name][1]))
            raise LexiconError(
                f"{path}: row {one.row} says that '{one.name}' and '{one.other}' are two things, "
                f"row {others} that they are one. Take one back."
            )


def written(rows: Iterable[Decision]) -> bytes:
    """Rows as the file has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.name, one.decision, one.other, one.by, one.when, one.why) for one in rows)
    return text.getvalue().encode()


def with_row(path: Path, row: Decision) -> bytes:
    """The file with a further row.

    Raises:
        LexiconError: the row contradicts others, takes back what was not decided, or a name is none.
    """
    if not clean(row.name) or not clean(row.other) or row.name == row.other:
        raise LexiconError("A decision is on two names. Give both.")
    rows = history(path)
    if row.decision == "undo" and not any(one.names == row.names for one in standing(rows)):
        raise LexiconError(f"{path}: nothing is decided on '{row.name}' and '{row.other}'. Its rows say what is.")
    new = Decision(row.name, row.decision, row.other, row.by, row.when, row.why, len(rows) + 2)
    _require_consistent(standing([*rows, new]), path)
    return written([*rows, new])
