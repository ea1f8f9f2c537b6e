"""Which candidates are names: the best reading of each sentence, seen twice, the second time with what the whole document says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from kg import lexicon
from kg.extract.names.awards import holder
from kg.extract.names.boundaries import Mention
from kg.extract.names.candidates import Candidate, Grid, grid, line
from kg.extract.names.mentions import FieldList, Read, clean_name, cover
from kg.extract.names.no_names import no_names
from kg.extract.names.proposals import Proposals, proposals
from kg.extract.names.scoring import Choice, best, likeliest, model, scored
from kg.extract.names.sentence_view import Seen, seen
from kg.extract.names.weight_sums import Scores
from kg.extract.text.particles import OF
from kg.extract.text.segment import Sentence, clauses
from kg.extract.text.stretches import Stretches
from kg.lexicon import any_of, any_word, pattern, pattern_text

_SURE = 1.5
"""Score from which a name is told to the other sentences of its document."""
_EVIDENCE = 1.5
"""What it adds to a score that another sentence is sure of the name, unless a longer name may hold it here."""

_FULL, _LISTED = 3, 3.0
"""Characters of a full name, and what it adds to the score of one that a list of places or programmes has it."""
_SURER = ("Place", "Programme")


_RULES = ("policy", "work", "title", "given", "grade", "award", "object", "quoted", "suffix", "known", "list", "row")
"""Whose way to write a name counts, where several rules propose it: the first."""


def readings(sentences: Iterable[Sentence], gazetteer: bool, home: str = "", site: str = "") -> list[Read]:
    """Find what the sentences of a document name.

    Args:
        sentences: folded texts with their places.
        gazetteer: whether names known nationwide may be used beside the grammar.
        home: the district that the report's title names, or "".
        site: the park or site for which the report speaks, or "".
    """
    read = ((one, proposals(one, gazetteer, home, site)) for one in sentences)
    told = [one for some in _batches(read) for one in _weighed(some)]
    sure: dict[str, str] = {}
    for one in told:
        for name, kind, score in one.best({}):
            if score >= _SURE:
                sure.setdefault(one.sentence.text[name.start : name.end], kind)
    return [_read(one, sure) for one in told]


_AT_ONCE = 20_000
"""Characters of sentences that are scored at once."""


def _batches(read: Iterable[tuple[Sentence, Proposals]]) -> Iterator[list[tuple[Sentence, Proposals]]]:
    some: list[tuple[Sentence, Proposals]] = []
    size = 0
    for one in read:
        some.append(one)
        size += len(one[0].text)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _weighed(read: list[tuple[Sentence, Proposals]]) -> list["Weighed"]:
    told = scored(model(), [prepared(*one) for one in read])
    kinds, values = likeliest(np.concatenate([scores for _, scores in told]))
    weighed, at = [], 0
    for one, (found, scores) in zip(read, told, strict=True):
        upto = at + len(found)
        weighed.append(Weighed(*one, found, scores, kinds[at:upto], values[at:upto]).with_listed())
        at = upto
    return weighed


@dataclass(slots=True)
class Weighed:
    """A sentence whose candidates have scores: for each class, and the best of them with its class (a column of the scores)."""

    sentence: Sentence
    told: Proposals
    found: list[Candidate]
    scored: Scores
    kinds: list[int]
    values: list[float]
    reading: list[Choice] | None = None

    def best(self, known: Mapping[str, str]) -> list[tuple[Candidate, str, float]]:
        """The names of the best reading, each with its class and score."""
        if self.reading is None or (known and self._told_elsewhere(known)):
            self.reading = best(self.sentence.text, self.found, self.kinds, self.values)
        classes = model().classes
        return [(one, classes[kind], score) for one, kind, score in self.reading]

    def _told_elsewhere(self, known: Mapping[str, str]) -> bool:
        """Add to the scores of names of which the document is sure; whether there are any."""
        text = self.sentence.text
        told = [(row, kind) for row, one in enumerate(self.found) if (kind := known.get(text[one.start : one.end]))]
        longer = [one for one, _ in self.likely() if one.head] if told else []
        for row, kind in told:
            self._surer(row, kind, _EVIDENCE, longer)
        return bool(told)

    def _surer(self, row: int, kind: str, more: float, longer: list[Candidate]) -> None:
        """Add to the score of a candidate as one of a class, unless a longer name holds it."""
        one = self.found[row]
        if not any(other.start <= one.start and one.end < other.end for other in longer):
            self.scored[row, model().classes.index(kind)] += more
            (self.kinds[row],), (self.values[row],) = likeliest(self.scored[row : row + 1])

    def with_listed(self) -> "Weighed":
        """The same with places and programmes of a list surer, where no longer name is likely to hold them."""
        listed = {(one.start, one.end): one.type for one in self.told.known if one.type in _SURER and one.end - one.start >= _FULL}
        rows = [(row, listed[one.start, one.end]) for row, one in enumerate(self.found) if (one.start, one.end) in listed] if listed else []
        longer = [one for one, _ in self.likely()] if rows else []
        for row, kind in rows:
            if not self.sentence.text.startswith(lexicon.words("not_places"), self.found[row].end):  # 列甲市级项目
                self._surer(row, kind, _LISTED, longer)
        return self

    def likely(self, least: float = 0.0) -> list[tuple[Candidate, str]]:
        """All candidates that are more likely a name than not, whether or not the best reading has room for them."""
        classes = model().classes
        return [(self.found[row], classes[self.kinds[row]]) for row, value in enumerate(self.values) if value > least]

    def owners(self) -> list[tuple[Candidate, str]]:
        """Enterprises with which longer names may begin."""
        return [(one, kind) for one, kind in self.likely(_SURE) if kind == "Enterprise"]


def prepared(sentence: Sentence, told: Proposals) -> tuple[Seen, Grid]:
    """A sentence as features see it, and all that may be a name in it beside what stands without a score."""
    one = line(sentence.text)
    known = {(word.start, word.end): word.type for word in told.known}
    taken = Stretches(len(one.text), (*((sure.start, sure.end) for sure in told.sure), *no_names(one.text, set(known))))
    return seen(one, told.cuts, known), grid(one, told.cuts, told.mentions, taken)


def _without_phase(text: str, one: Candidate, kind: str) -> int:
    """Where the name of a site ends: the phase behind it (`滨海产业园二期`) tells a part of it."""
    phase = pattern("phase_end").search(text, one.start, one.end) if kind in lexicon.classes("site") else None
    return phase.start() if phase else one.end


def _parted(text: str, start: int, end: int, kind: str) -> list[Mention]:
    """A name, or the two of which it is none; with the section or part behind it: `甲大学科研处`, `甲科技城(东区)`.

    Two are `甲区与乙公司`, `甲市的乙科技城`, `甲市共建乙研究院` and `国家级甲基地和国家级乙试点`.
    """
    match = pattern("two_parties").fullmatch(text, start, end) if kind == "Enterprise" else None
    if match:
        left = next((of for of in _PARTIES if match[of]), "")
        first = [_named(text, *match.span(left), left)] if left else []
        return [*first, _named(text, *match.span("right"), kind)]
    match = pattern("party_and_site").fullmatch(text, start, end) if kind in lexicon.classes("site") else None
    if match:
        left = next(of for of in _PARTIES if match[of])
        return [_named(text, *match.span(left), left), _named(text, *match.span("right"), kind)]
    match = pattern("two_sites").fullmatch(text, start, end) if kind in lexicon.classes("site") else None
    if match:
        projects = lexicon.words("name_words", "project")
        return [_named(text, *match.span(side), "Project" if match[side].endswith(projects) else kind) for side in ("left", "right")]
    match = pattern("place_cut").fullmatch(text, start, end) if kind in lexicon.classes("site") else None
    if match:
        return [_named(text, *match.span("Place"), "Place")]
    match = pattern("two_titles").fullmatch(text, start, end) if kind == "Recognition" else None
    if match:
        return [_named(text, *match.span(side), kind) for side in ("left", "right")]
    more = {"ResearchInstitute": "section", "Park": "zone_part"}.get(kind)
    section = pattern(more).match(text, end) if more else None
    return [_named(text, start, section.end() if section else end, kind)]


def _named(text: str, start: int, end: int, kind: str) -> Mention:
    return Mention(start, end, clean_name(text[start:end]), kind, "scored")


_PARTIES = ("Place", "GovernmentBody", "ResearchInstitute", "Enterprise")


@cache
def _leads() -> dict[str, re.Pattern[str]]:
    """Class → what may be read as the beginning of a name and is none of it: `以云湖园区`, `甲市的乙园区`, `环保企业丙公司`."""
    lead = f"{any_word('name_leads', 'lead')}|{pattern_text('of_time')}"
    of = any_of(word for word in lexicon.words("own_words", kind="described") if word.endswith(OF))
    kind, goes_on = (any_word("name_leads", role) for role in ("kind", "goes-on"))
    firm = re.compile(rf"(?:{lead})(?=.{{3}})|.{{2,}}(?:{kind})(?!{goes_on})(?=.{{3,}}{any_word('name_words', 'firm_end')}$)")
    site = re.compile(rf"(?:{lead})(?=.{{3}})|[^“”()]*(?:{of})(?=[^{OF}]{{3,}}$)")
    bare = re.compile(rf"(?:{lead})(?=.{{3}})")
    return {"Award": holder(), "Enterprise": firm, "Park": site, "ResearchInstitute": bare, "Platform": bare, "Project": bare}


def _without_lead(text: str, start: int, end: int, kind: str) -> int:
    """Where a name begins: behind words before it that tell its kind or its place."""
    lead = _leads()[kind].match(text, start, end) if kind in _leads() else None
    return lead.end() if lead else start


def _kept(weighed: "Weighed", one: Candidate, end: int, kind: str, rule: Mention | None) -> list[Mention]:
    """A name of the best reading as it is to be told, with others that it held."""
    text, told = weighed.sentence.text, weighed.told
    kept = _parted(text, one.start, end, kind)
    start = _without_lead(text, one.start, end, kind) if rule is None or rule.rule == "suffix" else one.start
    if len(kept) == 1 and start > one.start:
        areas = [m for m in told.mentions if m.start == one.start and m.end < start and m.type in ("Place", "Park")]
        kept = [*sorted(areas, key=lambda m: -m.end)[:1], _named(text, start, kept[0].end, kind)]
    return [rule] if rule and [(m.start, m.end) for m in kept] == [(one.start, end)] else kept


def _read(weighed: Weighed, known: Mapping[str, str]) -> Read:
    """The best reading of a sentence; `known` are names of which the whole document is sure, with their class."""
    sentence, told, text = weighed.sentence, weighed.told, weighed.sentence.text
    told_first = sorted(told.mentions, key=lambda m: _RULES.index(m.rule), reverse=True)
    names = {(m.start, m.end, m.type): m for m in told_first}
    kept = [*told.sure]
    for one, kind, _ in weighed.best(known):
        end = _without_phase(text, one, kind)
        rule = names.get((one.start, end, kind))
        kept += _kept(weighed, one, end, kind, rule)
    rows = [_as_read(row, kept) for row in told.lists]
    kept += [item for row in rows for item in row.items if not any(item.start < one.end and one.start < item.end for one in kept)]
    busy = cover(kept)
    inner = [*told.mentions, *(Mention(one.start, one.end, text[one.start : one.end], kind, "scored") for one, kind in weighed.owners())]
    places = {(m.start, m.end): m for m in reversed(inner)}
    nested = [m for m in places.values() if m.start in busy and m.within(busy[m.start])]
    return Read(
        sentence,
        told.cuts,
        told.titles,
        tuple(sorted(kept, key=lambda m: m.start)),
        tuple(nested),
        tuple(row for row in rows if len(row.items) > 1),
        tuple(clauses(text)),
    )


def _as_read(row: FieldList, kept: list[Mention]) -> FieldList:
    """A row of fields as the reading names them: `甲区以乙、丙等` holds the field 乙, not all that stands before the first mark.

    Where most of them are names the others are, too; else only those that are.
    """
    ends = {one.end: one for one in kept if one.type in _FIELDS}
    items = [ends[item.end] if item.end in ends and item.start < ends[item.end].start else item for item in row.items]
    named = [item for item in items if any(item.start == one.start and item.end == one.end for one in kept)]
    items = items if 2 * len(named) > len(items) else named
    return replace(row, start=items[0].start if items else row.start, items=tuple(items))


_FIELDS = ("Industry", "Technology")
