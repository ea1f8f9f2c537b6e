"""Links between names, and the groups of things that they join."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.tables.credit_code import is_credit_code
from kg.resolve.features import Named
from kg.resolve.organisation import parts

By = Literal["decision", "code", "document", "known", "name", "score"]
"""Why two things are one: a person says so, one credit code, a document gives both names, the gazetteer does, the names are alike."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two things (IRIs in order) and the names by which they were compared: why they may be one, how sure that is (0 to 1).

    `weights` are bits by comparison where they were scored; `instead` is another thing that fits as well, where one does.
    """

    one: Named
    other: Named
    by: By
    score: float
    weights: Mapping[str, float] = field(default_factory=dict)
    instead: str = ""

    @property
    def pair(self) -> Pair:
        """The IRIs in order."""
        return pair_of(self.one.thing, self.other.thing)


class Groups:
    """Things that are one so far; groups with different credit codes, or that people told apart, are never joined by a score."""

    def __init__(self, names: Iterable[Named], apart: Iterable[Pair]) -> None:
        self._of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._registered: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        self._short: dict[str, set[Named]] = defaultdict(set)
        for name in names:
            if registered := _registered(name):
                self._registered[name.thing].add(registered)
            elif name.kind == "Enterprise":
                self._short[name.thing].add(name)
            self._of.setdefault(name.thing, name.thing)
            self._members.setdefault(name.thing, {name.thing})
            if is_credit_code(name.code):
                self._codes[name.thing].add(name.code)

    def of(self, thing: str) -> str:
        """The group of a thing."""
        return self._of.get(thing, thing)

    def is_firm(self, group: str) -> bool:
        """Whether the registered name of a firm is in a group."""
        return bool(self._registered.get(group))

    def short_names(self, group: str) -> set[Named]:
        """The names of firms in a group that are no registered ones."""
        return self._short.get(group, set())

    def has_both(self, group: str) -> bool:
        """Whether a firm has its short name already."""
        return self.is_firm(group) and bool(self.short_names(group))

    def may_join(self, pair: Pair) -> bool:
        """Whether two things are in two groups of which nothing says that they differ."""
        one, other = map(self.of, pair)
        return one != other and not self._differ(one, other)

    def may_fit(self, pair: Pair, asked: bool = False) -> bool:
        """Whether a score may join them, or a person be asked: registered names are whole, so that two which differ are of two firms.

        Where they differ in common words alone, a person may still be asked.
        """
        mine, others = (self._registered.get(self.of(thing), set()) for thing in pair)
        return self.may_join(pair) and not (mine and others and all(_other_firm(a, b, asked) for a in mine for b in others))

    def _differ(self, one: str, other: str) -> bool:
        codes, others = self._codes.get(one), self._codes.get(other)
        apart = any(self._apart[member] & self._members[other] for member in self._members[one] if member in self._apart)
        return apart or bool(codes and others and codes.isdisjoint(others))

    def join(self, pair: Pair, decided: bool = False) -> bool:
        """Make one group of two; whether they were, or are now, one."""
        one, other = map(self.of, pair)
        if one == other:
            return True
        if not decided and self._differ(one, other):
            return False
        for member in self._members[other]:
            self._of[member] = one
        self._members[one] |= self._members.pop(other)
        self._codes[one] |= self._codes.pop(other, set())
        self._registered[one] |= self._registered.pop(other, set())
        self._short[one] |= self._short.pop(other, set())
        return True


def _registered(name: Named) -> tuple[str, str, str] | None:
    """Place, core with whether it is a group, and plain core of a firm's registered name; nothing of a short name."""
    of = parts(name.name, name.kind)
    return (of.place, f"{of.core} group" if "group" in of.legal else of.core, of.plain) if of.registered and of.core else None


def _other_firm(one: tuple[str, str, str], other: tuple[str, str, str], but_for_common_words: bool) -> bool:
    at = 2 if but_for_common_words else 1
    return one[at] != other[at] or bool(one[0] and other[0] and one[0] != other[0])


def pair_of(one: str, other: str) -> Pair:
    """Two IRIs in order."""
    return (one, other) if one < other else (other, one)


def bits(link: Link) -> float:
    """What all comparisons say together, log2."""
    return sum(link.weights.values())
