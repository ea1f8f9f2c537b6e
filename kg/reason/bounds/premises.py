"""What the figures of a graph say of each other, as linear inequalities with the passages that each rests on.

Published values with their rounding, growth against the same period of the year before, sums within a year, parts of a whole,
shares, ranks, and that sizes are not below nothing. What is read is what must hold; where a text leaves it open, nothing is.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import pairwise

from kg import lexicon
from kg.indicators import canonical_indicator
from kg.model import Disclosure
from kg.reason.bounds.linear import Premise, Quantity, Row, SeriesKey, at_least, at_most, iso_period, no_more
from kg.reason.bounds.quantities import Naming, by_series, grows_as_told, is_sum, never_negative, quantities, within, year_before
from kg.reason.bounds.rounding import Range, growth_of, plain, span_of
from kg.reason.bounds.sentences import Listing, listings, ranked, shares
from kg.reason.records import Figure, Told
from kg.units import base_value

ONE = Fraction(1)
_CHAINS = 50
"""Of periods that make up a longer one: with months of many years more ways say nothing new."""


@dataclass(frozen=True, slots=True)
class Known:
    """All premises of a graph, and the withheld figures by their quantity; `unplaced` are withheld figures of no period."""

    premises: tuple[Premise, ...]
    withheld: Mapping[Quantity, tuple[Figure, ...]]
    unplaced: tuple[Figure, ...] = ()


def known(figures: Sequence[Figure], naming: Naming) -> Known:
    """What is known of the figures of a graph."""
    lists = listings(figures, naming)
    of = _named(figures, naming, lists)
    told = _tellers(figures, of, naming)
    values = [premise for figure in figures if figure.iri in of for premise in _value(figure, of[figure.iri], naming)]
    gains = {of[figure.iri] for figure in figures if figure.iri in of and (span_of(figure).low or Fraction(-1)) > 0}
    growths = [premise for figure in figures if figure.iri in of for premise in _growth(figure, of[figure.iri], naming, gains)]
    asked = dict.fromkeys([*of.values(), *(q for one in growths for row in one.rows for q in row.terms)])
    premises = [
        *values,
        *growths,
        *_within_years(asked, told),
        *_included(asked, told),
        *(_listed(one, of) for one in lists if one.whole.iri in of and all(part.iri in of for part in one.parts)),
        *_shared(figures, naming, of),
        *_in_order(figures, naming, of),
    ]
    used = dict.fromkeys(quantity for premise in premises for row in premise.rows for quantity in row.terms)
    signs = [Premise("premise-sign", f"{q} ≥ 0", (at_least(q, Fraction(0)),)) for q in used if never_negative(q.series)]
    hidden: defaultdict[Quantity, list[Figure]] = defaultdict(list)
    unplaced = []
    for figure in figures:
        if figure.disclosure is Disclosure.WITHHELD and naming.told(figure):
            quantity = of.get(figure.iri)
            if quantity is None:
                unplaced.append(figure)
            else:
                hidden[quantity].append(figure)
    return Known((*premises, *signs), {quantity: tuple(found) for quantity, found in hidden.items()}, tuple(unplaced))


def _named(figures: Sequence[Figure], naming: Naming, lists: Iterable[Listing]) -> dict[str, Quantity]:
    """IRI of a figure → its quantity; of a sum of what its sentence lists → a quantity of that sentence alone."""
    meant: dict[str, str] = {}
    sums: dict[str, Listing] = {}
    for one in lists:
        if one.alone:
            sums[one.whole.iri] = one
            indicator = next((part.indicator for part in one.parts if not naming.is_itself(part)), one.whole.indicator)
        else:
            indicator = one.whole.indicator
        meant.update({part.iri: indicator for part in one.parts if naming.is_itself(part)})
    of = quantities((figure for figure in figures if figure.iri not in sums), naming, meant)
    for iri, one in sums.items():
        if one.whole.period:
            series = SeriesKey(one.told.passage, "", one.whole.indicator, one.whole.unit, " + ".join(part.name for part in one.parts))
            of[iri] = Quantity(series, one.whole.period.start, one.whole.period.end)
    return of


def _tellers(figures: Iterable[Figure], of: Mapping[str, Quantity], naming: Naming) -> dict[Quantity, tuple[Told, ...]]:
    """Quantity → the first passage that tells it."""
    found: dict[Quantity, tuple[Told, ...]] = {}
    for figure in figures:
        if figure.iri in of:
            found.setdefault(of[figure.iri], naming.told(figure)[:1])
    return found


def _value(figure: Figure, quantity: Quantity, naming: Naming) -> Iterator[Premise]:
    span = span_of(figure)
    if span:
        rows = _between(span, quantity)
        yield Premise("premise-value", f"{quantity} {_span_text(span, figure.unit)}", rows, naming.told(figure))


def _between(span: Range, quantity: Quantity) -> tuple[Row, ...]:
    low = () if span.low is None else (at_least(quantity, span.low),)
    return low if span.high is None else (*low, at_most(quantity, span.high))


def _growth(figure: Figure, now: Quantity, naming: Naming, gains: Set[Quantity]) -> Iterator[Premise]:
    """This ≥ last · (1 + least growth), this ≤ last · (1 + most growth); of a profit only where last is known to be one."""
    told = tuple(one for one in naming.told(figure) if not _on_another_basis(one))
    span, last = growth_of(figure), year_before(now)
    if not span or not told or not grows_as_told(now.series) or (span.low is not None and span.low < -1):
        return
    if not never_negative(now.series) and last not in gains:
        return
    rows = [] if span.low is None else [no_more({last: 1 + span.low}, {now: ONE})]
    rows += [] if span.high is None else [no_more({now: ONE}, {last: 1 + span.high})]
    factors = _span_text(Range(span.low and 1 + span.low, span.high and 1 + span.high), "")
    yield Premise("premise-growth", f"{now} / {iso_period(last.period)} {factors}", tuple(rows), told)


def _on_another_basis(told: Told) -> bool:
    """Whether a sentence says that its growth compares other than the two values as published."""
    return any(word in told.sentence for word in lexicon.words("bounding", "comparable"))


def _within_years(asked: Iterable[Quantity], told: Mapping[Quantity, tuple[Told, ...]]) -> Iterator[Premise]:
    """A period holds no less than one within it, and as much as those that make it up."""
    for series, group in by_series(asked).items():
        if not is_sum(series):
            continue
        clear = [q for q in group if not any(_is_running(one, series.indicator) for one in told.get(q, ()))]
        for outer in clear:
            inner = [q for q in clear if within(q.period, outer.period)]
            for one in inner:
                says = f"{one} ≤ {iso_period(outer.period)}"
                yield Premise("premise-within", says, (no_more({one: ONE}, {outer: ONE}),), told.get(outer, ()) + told.get(one, ()))
            for chain in _chains(outer, inner):
                yield _equal(chain, outer, told)


def _is_running(told: Told, indicator: str) -> bool:
    """Whether an indicator is summed since a day that is not told, by a word in its clause, or anywhere if it is printed otherwise."""
    clauses = [clause for clause in re.split(r"[,，;；。]", told.sentence) if indicator in clause] or [told.sentence]
    return any(word in clause for word in lexicon.words("bounding", "running") for clause in clauses)


def _chains(outer: Quantity, inner: Sequence[Quantity]) -> list[tuple[Quantity, ...]]:
    """Ways in which periods follow each other without a gap from the start of a longer one to its end."""
    found: list[tuple[Quantity, ...]] = []
    waiting: list[tuple[Quantity, ...]] = [(one,) for one in inner if one.start == outer.start]
    while waiting and len(found) < _CHAINS:
        chain = waiting.pop()
        if chain[-1].end == outer.end:
            found.append(chain)
        elif len(waiting) < _CHAINS:
            waiting += [(*chain, one) for one in inner if (one.start - chain[-1].end).days == 1]
    return found


def _equal(parts: Sequence[Quantity], whole: Quantity, told: Mapping[Quantity, tuple[Told, ...]]) -> Premise:
    sums = dict.fromkeys(parts, ONE)
    says = f"{' + '.join(iso_period(part.period) for part in parts)} = {whole}"
    where = dict.fromkeys(one for quantity in (*parts, whole) for one in told.get(quantity, ()))
    return Premise("premise-sum", says, (no_more(sums, {whole: ONE}), no_more({whole: ONE}, sums)), tuple(where))


def _included(asked: Mapping[Quantity, object], told: Mapping[Quantity, tuple[Told, ...]]) -> Iterator[Premise]:
    """An indicator that holds others by what it means (`data/lexicon/inclusions.csv`)."""
    parts: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in lexicon.table("inclusions"):
        parts[row["whole"]].append((row["part"], bool(row["rest"])))
    for whole in asked:
        there = {name: replace(whole, series=replace(whole.series, indicator=name)) for name, _ in parts[whole.series.indicator]}
        there = {name: one for name, one in there.items() if one in asked}
        summed = [name for name, alone in parts[whole.series.indicator] if alone]
        for one in there.values():
            where = tuple(dict.fromkeys(told.get(whole, ()) + told.get(one, ())))
            yield Premise("premise-part", f"{one} ≤ {whole.series.indicator}", (no_more({one: ONE}, {whole: ONE}),), where)
        if summed and all(name in there for name in summed):
            yield _equal([there[name] for name in summed], whole, told)


def _listed(one: Listing, of: Mapping[str, Quantity]) -> Premise:
    """What a sentence lists as parts of a whole, or as what makes it up."""
    whole = of[one.whole.iri]
    parts = list(dict.fromkeys(of[part.iri] for part in one.parts))
    sums = dict.fromkeys(parts, ONE)
    rows = (no_more(sums, {whole: ONE}), *((no_more({whole: ONE}, sums),) if one.complete else ()))
    says = f"{' + '.join(map(str, parts))} {'=' if one.complete else '≤'} {whole}"
    return Premise("premise-sum" if one.complete else "premise-part", says, rows, (one.told,))


def _shared(figures: Sequence[Figure], naming: Naming, of: Mapping[str, Quantity]) -> Iterator[Premise]:
    """A part is at least, and at most, its share of a whole; both have to be quantities of which something else is told."""
    there = set(of.values())
    for share in shares(figures, naming):
        own = of[share.figure.iri]
        for told in naming.told(share.figure):
            part, whole = _part_and_whole(share.part, share.whole, own, told, figures, of)
            if share.place:
                whole = whole and _of_place(whole, share.place, told, figures, naming, of)
            span = span_of(share.figure)
            if part in there and whole in there and part and whole and part != whole and never_negative(whole.series) and span:
                rows = [] if span.low is None else [no_more({whole: span.low}, {part: ONE})]
                rows += [] if span.high is None else [no_more({part: ONE}, {whole: span.high})]
                yield Premise("premise-share", f"{part} / {whole} {_span_text(span, '')}", tuple(rows), (told,))


def _part_and_whole(
    part: str, whole: str, own: Quantity, told: Told, figures: Iterable[Figure], of: Mapping[str, Quantity]
) -> tuple[Quantity | None, Quantity | None]:
    """Of what a share is, both of its own subject: by the indicators that it names, else by the one figure of that sentence."""

    def named(indicator: str, unit: str) -> Quantity:
        return replace(own, series=replace(own.series, indicator=indicator, unit=unit))

    beside = {
        of[f.iri]
        for f in figures
        if f.iri in of and told in f.told and of[f.iri].series.subject == own.series.subject and f.unit != own.series.unit
    }
    units = {quantity.series.unit for quantity in of.values() if quantity.series.subject == own.series.subject} - {own.series.unit}
    if part:
        firsts = {named(canonical_indicator(part), unit) for unit in units} & set(of.values())
    else:
        firsts = {one for one in beside if one.start == own.start and one.end == own.end}
    first = firsts.pop() if len(firsts) == 1 else None
    if first is None:
        return None, None
    return first, replace(first, series=replace(first.series, indicator=canonical_indicator(whole))) if whole else first


def _of_place(
    whole: Quantity, place: str, told: Told, figures: Iterable[Figure], naming: Naming, of: Mapping[str, Quantity]
) -> Quantity | None:
    """The same quantity of the whole of the place whose report it is; of the subject that this document calls so."""
    report = naming.documents.get(told.document)
    homes = {report.home} if report and report.home else set()
    for figure in () if homes else figures:
        called = f"{place}{figure.indicator}"
        if figure.iri in of and any(one.document == told.document and called in plain(one.sentence) for one in figure.told):
            homes.add(figure.subject)
    found = {
        q
        for q in of.values()
        if q.series.subject in homes and q == replace(whole, series=replace(q.series, indicator=whole.series.indicator))
    }
    return found.pop() if len(found) == 1 else None


def _in_order(figures: Sequence[Figure], naming: Naming, of: Mapping[str, Quantity]) -> Iterator[Premise]:
    """Of those that are ranked by size among the same, a higher rank has no less."""
    groups: defaultdict[object, dict[int, tuple[Quantity, Told]]] = defaultdict(dict)
    for among, figure, told in ranked(figures, naming):
        quantity = of.get(figure.iri)
        if quantity and never_negative(quantity.series):
            series = quantity.series  # a park is ranked among parks, a district among districts
            kinds = naming.kinds.get(series.subject, frozenset())
            key = (among, kinds, series.about, series.indicator, series.unit, quantity.start, quantity.end)
            groups[key].setdefault(figure.rank or 0, (quantity, told))
    for group in groups.values():
        places = sorted(group)
        for higher, lower in pairwise(places):
            (more, told), (less, other) = group[higher], group[lower]
            if naming.apart((more.series.subject, less.series.subject)):
                says = f"{less} ({lower}) ≤ {more} ({higher})"
                yield Premise("premise-rank", says, (no_more({less: ONE}, {more: ONE}),), tuple(dict.fromkeys((told, other))))


def shown_unit(unit: str) -> tuple[str, Decimal]:
    """The unit in which people read a base unit, and how many base units it is: 亿元 for yuan."""
    for word in lexicon.words("bounding", "shown"):
        factor, base = base_value(Decimal(1), word)
        if base == unit:
            return word, factor
    return unit, Decimal(1)


_ROUND: Callable[[Decimal], Decimal] = Context(prec=10, rounding=ROUND_HALF_EVEN).plus


def _span_text(span: Range, unit: str) -> str:
    name, factor = shown_unit(unit)

    def number(value: Fraction) -> str:
        shown = _ROUND(Decimal(value.numerator) / Decimal(value.denominator) / factor)
        return f"{shown.normalize():f}"

    if span.low is not None and span.high is not None:
        text = f"= {number(span.low)}" if span.low == span.high else f"{number(span.low)}–{number(span.high)}"
    else:
        text = f"≥ {number(span.low)}" if span.low is not None else f"≤ {number(span.high or Fraction(0))}"
    return f"{text} {name}".strip()
