"""A predicate and what plays which part in it: the one place where a sentence is taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg import lexicon
from kg.extract.clauses import markers
from kg.extract.clauses.groups import Group, from_member
from kg.extract.clauses.intent import intended
from kg.extract.clauses.skeleton import ASIDE, NAME, outside
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import OF
from kg.extract.text.segment import Clause as Stretch
from kg.extract.text.segment import part_start
from kg.lexicon import pattern, word_pattern

_SLACK, _FAR, _REACH, _OPENING = 3, 16, 10, 6
"""Characters that no word of the lexicon tells: between subject and predicate, between a part led in and its predicate, between
predicate and object, before a predicate whose subject stands in a clause before."""
_LONG = 100
"""Characters of a gap that is not looked into."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what plays a part in it.

    `parts` holds rows of things by part: `subject`, `object`, `head` (`签约的项目`), `count` (whom a count behind the object
    means) and those that the words of `data/lexicon/clause_words.csv` lead in (`with`, `at`, …). `topics` are rows that
    clauses before speak of, the nearest first, where the predicate has no subject of its own and nothing else stands before
    it (`bare`; `lone` where no unknown word does); `passive` is set where 由 or 被 leads in who acts, which is the subject.
    The stretch between marks that holds the predicate is `start` to `end`, the predicate stands at `at` to `stop`, the first
    of what is led in before it at `first`.
    """

    read: Read
    word: str
    start: int
    end: int
    at: int
    stop: int
    parts: dict[str, Group] = field(default_factory=dict)
    topics: tuple[Group, ...] = ()
    bare: bool = False
    passive: bool = False
    first: int = 0
    lone: bool = False

    @property
    def relative(self) -> bool:
        """Whether it tells of what stands behind it: `与甲合作的项目`."""
        return self.read.text.startswith(OF, self.stop)

    @property
    def planned(self) -> bool:
        """Whether the text only intends it; the 将 of `将甲印发各镇` tells nothing of that."""
        return intended(self.read, self.first if "of" in self.parts else self.at)

    @property
    def text(self) -> str:
        """The stretch between marks."""
        return self.read.text[self.start : self.end]

    def rows(self, part: str) -> tuple[Group, ...]:
        """What may play a part, the likeliest first."""
        if part == "agent":
            part = "subject" if self.passive else ""
        if part == "carried":
            return self.topics
        if part == "taker":
            part = self._left_out
        if part == "doer":
            part = "subject" if self.passive or self.relative else ""
        if part == "called":
            part = "subject" if "is" in self.parts else ""
        own = self.parts.get(part)
        return (own,) if own else self.topics if part == self._left_out else ()

    @property
    def _left_out(self) -> str:
        """The part that a clause before may play: `甲园占地5亩,由乙运营`."""
        return "object" if self.passive else "subject"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence taken apart: its skeleton, its rows, its clauses, and what it speaks of."""

    read: Read
    text: str
    groups: list[Group]
    clauses: list[Clause]
    topic: Group | None = None


def _turn(parts: dict[str, Group]) -> None:
    """`甲由乙建设`, `由乙建设甲` and `甲被乙认定为丙` say what 乙 does with 甲."""
    suffers = parts.get("subject")
    if "object" in parts and (suffers or "under" in parts):
        parts["as"] = parts.pop("object")
    parts["subject"] = parts.pop("by" if "by" in parts else "under")
    if suffers:
        parts["object"] = suffers


class Taker:
    """Takes one sentence apart by the words that may be predicates."""

    def __init__(self, read: Read, text: str, found: list[Group], predicates: re.Pattern[str]) -> None:
        self.read, self.text, self.groups, self.predicates = read, text, found, predicates
        self.mentions = outside(text, read.mentions)
        self._gaps: dict[tuple[int, int], str] = {}
        self._openings: dict[int, tuple[Group, bool] | None] = {}

    def clauses(self, spoken: Group | None) -> Iterator[Clause]:
        """Clauses of the sentence in order; `spoken` is what the sentence before speaks of, where this one takes it up."""
        for index, stretch in enumerate(self.read.clauses):
            named = any(g.start < stretch.end and stretch.start < g.end for g in self.groups)
            for match in self.predicates.finditer(self.text, stretch.start, stretch.end):
                parts, first = self._before(match.start(), stretch.start) if named else ({}, match.start())
                if named:
                    self._after(match.end(), stretch.end, parts)
                passive = "by" in parts or "under" in parts
                if passive:
                    _turn(parts)
                missing = "object" if passive else "subject"
                bare = missing not in parts and self._is_bare(stretch.start, first)
                topics = self._topics(index, spoken) if bare else ()
                if not named and not topics:
                    continue  # nothing plays a part in it
                at, stop = match.span()
                lone = bare and "with" in parts and self._is_lone(stretch.start, first)
                yield Clause(self.read, match[0], stretch.start, stretch.end, at, stop, parts, topics, bare, passive, first, lone)

    def topic(self) -> Group | None:
        """What the sentence speaks of: the first row that opens one of its clauses."""
        found = [topic for stretch in self.read.clauses if (topic := self._opened(stretch))]
        return min(found, key=lambda one: one[1])[0] if found else None

    def _left(self, start: int, end: int) -> str:
        """What stands in a stretch beside words that may stand between a subject and its predicate."""
        if start >= end or end - start > _LONG:
            return self.text[start:end]
        if (start, end) not in self._gaps:
            gap = markers.filler().sub("", self.text[start:end])
            self._gaps[start, end] = self.predicates.sub("", gap) if gap else gap
        return self._gaps[start, end]

    def _before(self, at: int, start: int) -> tuple[dict[str, Group], int]:
        """What stands before a predicate, from it towards the beginning of its stretch; and where the first of it begins."""
        parts: dict[str, Group] = {}
        for group in reversed(self.groups):
            if group.end > at or group.start < start:
                if group.end <= start:
                    break
                continue
            gap = self._left(group.end, at)
            role = self._leads(group, start)
            if role and len(gap) <= _FAR:
                place = role[0] in ("with", "by", "under") and group.members[-1].type == "Place"
                if role[0] != "opens" and not (place and markers.goes_on().match(gap)):  # 与甲省王小明签约
                    parts.setdefault(role[0], group)
                at = role[1]
                continue
            if len(gap) <= _SLACK and not gap.startswith(OF) and not word_pattern("clause_words", "blocks").search(gap):
                parts["subject"] = self._with_row_before(group, start)
            break
        return parts, at

    def _with_row_before(self, group: Group, start: int) -> Group:
        """`甲、乙等企业,丙、丁等协会与…`: a row that goes on behind a comma."""
        if not start or self._left(start, group.start):
            return group
        before = next((g for g in self.groups if g.noun and g.end == start - 1 and g.span is None), None)
        return Group(before.start, group.end, (*before.members, *group.members), group.noun, group.count) if before else group

    def _leads(self, group: Group, start: int) -> tuple[str, int] | None:
        """The part that a word before a row gives it, and where the word stands."""
        marker = None if group.span else markers.leading(self.text, start, group.start) or markers.leading_unnamed(self.text, start, group)
        if marker and not self.predicates.search(marker["more"]):
            return markers.role_of(marker), marker.start()
        before = self.text[: group.start].rstrip(ASIDE) if group.members[-1].type in lexicon.classes("party") and not group.span else ""
        if before.endswith(OF):  # 由甲与乙合资的丙运营, but not 由甲完成的“丙”获奖
            agent = markers.agent().search(self.text, start, group.start)
            return ("by", agent.start()) if agent else None
        return None

    def _after(self, at: int, end: int, parts: dict[str, Group]) -> None:
        """What stands behind a predicate, put with the parts before it."""
        at = self._shared(at, end)
        relative = self.text.startswith(OF, at)
        if relative:
            head = self._row(at + 1, end)
            if head:
                parts["object" if {"subject", "by", "under"} & parts.keys() else "head"] = head
        elif led := markers.led().match(self.text, at, end):
            members = from_member(self.groups, self.mentions, led.end())
            if members:
                parts.setdefault(markers.role_of(led), Group(members[0].start, members[-1].end, members))
                self._turned(members[-1].end, end, parts)
        elif row := self._row(self._behind_place(at, end, parts), end):
            places = all(m.type == "Place" for m in row.members)
            further = markers.further().match(self.text, row.end, end) if places else None
            if further and (head := self._row(further.end(), end)):
                row = head
            parts["object"] = row
            self._turned(row.end, end, parts)
            self._complemented(row.end, end, parts)
        if "of" in parts and "object" not in parts:
            parts["object"] = parts["of"]

    def _shared(self, at: int, end: int) -> int:
        """Where what several predicates share begins: `从事研发、生产及销售甲`, `由甲牵头、乙参与的丙`."""
        if self.text[at : at + 1] in (OF, NAME, ",", ""):
            return at
        first = self.predicates.match(self.text, at, end)
        to = first.end() if first else at
        while (link := word_pattern("clause_words", "joins").match(self.text, to, end)) and (
            more := self.predicates.match(self.text, link.end(), end)
        ):
            to = more.end()
        if to > at and (self.text.startswith(OF, to) or self.text[to : to + 1] in (NAME, ASIDE)):
            return to
        beside = markers.beside().match(self.text, at, end)
        return beside.end() if beside and self.predicates.search(beside[0]) else at

    def _behind_place(self, at: int, end: int, parts: dict[str, Group]) -> int:
        """Where an object may begin: behind the row that is led in right behind a predicate (`斥资2亿元在甲园兴建乙`)."""
        members = from_member(self.groups, self.mentions, at)
        marker = markers.leading(self.text, at, members[0].start) if members and members[-1].end <= end else None
        if marker is None or markers.role_of(marker) != "at" or self._left(at, marker.start()):
            return at
        parts.setdefault("at", Group(members[0].start, members[-1].end, members))
        return members[-1].end

    def _turned(self, at: int, end: int, parts: dict[str, Group]) -> None:
        """`落户甲的乙`, `位于甲内的乙`: the subject stands behind."""
        link = markers.inside().match(self.text, at) if "subject" not in parts else None
        if link and (head := self._row(link.end(), end)):
            parts["subject"] = head

    def _complemented(self, at: int, end: int, parts: dict[str, Group]) -> None:
        """`认定甲为乙`, and whom a count behind the object means: `新增甲3家(乙、丙)`."""
        if found := markers.complement().match(self.text, at, end):
            members = from_member(self.groups, self.mentions, found.end())
            if members:
                parts.setdefault("as", Group(members[0].start, members[-1].end, members))
        counted = next((g for g in self.groups if g.span and at <= g.start + 4 and g.start <= at + _REACH and g.end <= end), None)
        if counted:
            parts["count"] = counted

    def _row(self, at: int, end: int) -> Group | None:
        """The row right behind a place, named or counted there."""
        seats = [g for g in self.groups if g.span and at <= g.start and g.end <= end]
        seat = min(seats, key=lambda g: g.start, default=None)
        members = from_member(self.groups, self.mentions, at)
        if members and members[0].end > end:
            members = ()
        if seat and members and seat.start == members[-1].end and members[0].type in ("Industry", "Technology"):
            members = ()  # 装备制造项目: a kind of them
        if seat and (not members or seat.start <= members[0].start):
            return seat if len(markers.filler().sub("", self.text[at : seat.start])) <= _REACH else None
        if not members:
            return None
        gap = markers.filler().sub("", self.text[at : members[0].start])
        marker = markers.leading(self.text, at, members[0].start)
        if len(gap) > _REACH or (marker and not marker["more"]):
            return None
        return self._whole(members)

    def _whole(self, members: tuple[Mention, ...]) -> Group:
        """The row of things with what closes it."""
        known = next((g for g in self.groups if g.members == members and g.span is None), None)
        return known or Group(members[0].start, members[-1].end, members)

    def _is_bare(self, start: int, first: int) -> bool:
        """Whether nothing but words that may open a clause stands before a predicate and what is led in."""
        if start == first:
            return True
        taken_up = ""
        if self.text.startswith(lexicon.words("pro_forms"), start):
            taken_up = next(word for word in lexicon.words("pro_forms") if self.text.startswith(word, start))
        opening = self._left(start + len(taken_up), first)
        return (
            len(opening) <= _OPENING
            and NAME not in opening
            and OF not in opening
            and not word_pattern("clause_words", "blocks").search(opening)
        )

    def _is_lone(self, start: int, first: int) -> bool:
        """Whether nothing stands there that might be a name, but a word for the report's own: `我市在与甲院的合作中`."""
        return not markers.own_words().sub("", self._left(start, first))

    def _topics(self, index: int, spoken: Group | None) -> tuple[Group, ...]:
        """What the clauses before speak of, the nearest first."""
        begins = part_start(self.read.text, self.read.clauses[index].start)
        before = [one for one in self.read.clauses[:index] if one.start >= begins]
        told = [topic for one in reversed(before) if (topic := self._opened(one))]
        free, rest = [topic for topic, pushed in told if not pushed], [topic for topic, pushed in told if pushed]
        return (*free, *([spoken] if spoken and begins == 0 else []), *rest)

    def _opened(self, stretch: Stretch) -> tuple[Group, bool] | None:
        if stretch.start not in self._openings:
            self._openings[stretch.start] = self._opens(stretch)
        return self._openings[stretch.start]

    def _opens(self, stretch: Stretch) -> tuple[Group, bool] | None:
        """The row that a stretch between marks opens with, if no word leads it in; and whether it is something pushed ahead."""
        for group in self.groups:
            if group.start >= stretch.start and group.members and group.end <= stretch.end:
                verb = self.predicates.search(self.text, stretch.start, group.start)
                told = verb is not None and self.text[verb.end() : group.start].rstrip(ASIDE)[-1:] != OF
                free = not told and self._leads(group, stretch.start) is None
                if not free or len(self._left(stretch.start, group.start)) > _OPENING or self._is_whose(group, stretch.end):
                    return None
                return self._made_by(group, stretch.end), word_pattern("clause_words", "pushes").search(
                    self.text, stretch.start, group.start
                ) is not None
        return None

    def _is_whose(self, group: Group, end: int) -> bool:
        """Whether an office is but that of the person who acts: `市委书记王某与甲集团董事长李某座谈`."""
        return group.members[-1].type == "GovernmentBody" and pattern("signer").match(self.text, group.end, end) is not None

    def _made_by(self, group: Group, end: int) -> Group:
        """`甲公司投资的乙项目占地…` speaks of 乙, `甲公司的乙` of 甲."""
        link = markers.made().match(self.text, group.end, end)
        made = next((g for g in self.groups if link and g.start == link.end() and g.end <= end and g.span is None), None)
        return made if made and made.of(lexicon.classes("built")) else group
