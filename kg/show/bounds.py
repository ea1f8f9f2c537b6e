"""Bounds of withheld figures as a table, as records and as lines, each with the sentences that it rests on."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

import pandas as pd

from kg import vocab
from kg.model import Period
from kg.reason.bounds.linear import Premise, iso_period
from kg.reason.bounds.outcomes import Estimate, Findings
from kg.reason.bounds.premises import shown_unit
from kg.reason.bounds.store import ends_of

COLUMNS = ("thing", "indicator", "period", "at_least", "at_most", "unit", "width", "rests_on", "documents", "sentences")
_SHOWN = 6
"""Significant digits of an end that a person reads, rounded outward."""


def as_table(found: Findings, lang: str, in_words: bool) -> "pd.DataFrame":
    """A row for each bounded figure: what it rests on, then documents and sentences, a line each.

    Args:
        found: the bounds.
        lang: zh or en.
        in_words: whether each premise is told in words, a line each; else their kinds alone are.
    """
    return pd.DataFrame([(*_cells(one), *_grounds(one, lang, in_words)) for one in found.bounded], columns=list(COLUMNS), dtype=object)


def _grounds(one: Estimate, lang: str, in_words: bool) -> tuple[str, str, str]:
    premises = one.interval.rests_on
    kinds = dict.fromkeys(_kind(premise, lang) for premise in premises)
    said = "\n".join(f"[{_kind(premise, lang)}] {premise.says}" for premise in premises) if in_words else ", ".join(kinds)
    told = dict.fromkeys(told for premise in premises for told in premise.told)
    return said, "\n".join(one.document for one in told), "\n".join(one.sentence for one in told)


def _cells(one: Estimate) -> tuple[Any, ...]:
    series = one.quantity.series
    low, high = _shown(one)
    width = None if low is None or high is None else _number(high - low)
    unit, _ = shown_unit(series.unit)
    return (
        f"{series.name}{series.about}", series.indicator, iso_period(one.quantity.period), _number(low), _number(high), unit, width,
    )  # fmt: skip


def _shown(one: Estimate) -> tuple[Decimal | None, Decimal | None]:
    """Both ends in the unit that people read."""
    _, factor = shown_unit(one.quantity.series.unit)
    low, high = ends_of(one)
    return _outward(low, factor, ROUND_FLOOR), _outward(high, factor, ROUND_CEILING)


def _outward(end: Decimal | None, factor: Decimal, rounding: str) -> Decimal | None:
    return None if end is None else Context(prec=_SHOWN, rounding=rounding).divide(end, factor)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(Context(prec=_SHOWN, rounding=ROUND_HALF_UP).plus(value))


def _kind(premise: Premise, lang: str) -> str:
    return vocab.concept_text(f"inc:{premise.kind}", lang)


def _words(premise: Premise, lang: str) -> str:
    told = "".join(f" “{one.sentence}” ({one.document})" for one in premise.told)
    return f"[{_kind(premise, lang)}] {premise.says}{told}"


def as_records(found: Findings, lang: str) -> dict[str, Any]:
    """All that is found, as JSON has it."""
    return {
        "bounded": [
            {
                **dict(zip(COLUMNS, _cells(one), strict=False)),
                "figures": [figure.iri for figure in one.figures],
                "rests_on": list(_premises(one.interval.rests_on, lang)),
            }
            for one in found.bounded
        ],
        "unbounded": [
            {
                "thing": figure.name or figure.about, "indicator": figure.indicator, "period": _period(figure.period),
                "figure": figure.iri, "sentences": [one.sentence for one in figure.told],
            }
            for figure in found.unbounded
        ],
        "contradictions": [list(_premises(premises, lang)) for premises in found.contradictions],
    }  # fmt: skip


def _premises(premises: Iterable[Premise], lang: str) -> Iterator[dict[str, Any]]:
    for premise in premises:
        told = [{"document": one.document, "sentence": one.sentence, "passage": one.passage} for one in premise.told]
        yield {"kind": _kind(premise, lang), "says": premise.says, "told": told}


def _period(period: Period | None) -> str:
    return iso_period(period) if period else ""


def as_lines(found: Findings, lang: str) -> Iterator[str]:
    """What stands beside the table: contradictions with their sentences, and of which figures nothing is known."""
    for premises in found.contradictions:
        said = "; ".join(_words(premise, lang) for premise in premises)
        yield f"{len(premises)} premises contradict each other, and were left out: {said}"
    if found.unbounded:
        names = dict.fromkeys(f"{one.about or one.name} {one.indicator} {_period(one.period)}".strip() for one in found.unbounded)
        yield f"no bound for {len(names)} withheld figures: {'; '.join(names)}."
