"""Facts of every kind, made by hand and by hypothesis, and how they are stored without a file."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from kg import vocab
from kg.analyse import projections
from kg.model import (
    EVENTS,
    AwardGrant,
    Commitment,
    Cooperation,
    Disclosure,
    Document,
    Entity,
    Event,
    Facts,
    Milestone,
    Observation,
    Period,
    Relation,
    Span,
)
from kg.reason import derive
from kg.resolve import Resolver
from kg.store import quads_of
from kg.workspace.workspace import Workspace

PREDICATES = tuple(sorted({edge for one in projections().values() for edge in one.edges} - {"participant", "field"}))
STATUSES = ("研究制定", "出台", "修订", "废止", "开工", "主体结构封顶", "竣工", "看不懂的状态")
SENTENCE = "第{}句。"


def document(sentences: int, name: str = "made", **fields: object) -> tuple[Document, tuple[Span, ...]]:
    """A document of so many short sentences, and where they stand."""
    parts = [SENTENCE.format(n) for n in range(sentences)]
    ends = [sum(map(len, parts[: n + 1])) for n in range(sentences)]
    spans = tuple(Span(end - len(part), end) for part, end in zip(parts, ends, strict=True))
    return Document(name, f"{name}.txt", "text/plain", "".join(parts), "0" * 64, **fields), spans  # type: ignore[arg-type]


@cache
def _blank() -> TemporaryDirectory[str]:
    """A folder with a workspace that holds nothing but the ontology, kept until the process ends."""
    folder = TemporaryDirectory()
    with Workspace(Path(folder.name) / "w").writing():
        pass
    return folder


def stored(facts: Facts, workspace: Path) -> None:
    """Keep facts in a new workspace, with what follows from them."""
    copytree(Path(_blank().name) / "w", workspace)
    with Workspace(workspace).writing() as store:
        store.replace([], quads_of(facts, Resolver(()), "0"))
        derive(store, "0")


def of_names(names: Sequence[str]) -> Facts:
    """Things of these names in a ring, with a figure, a cooperation, a milestone and a promise of each."""
    home, spans = document(len(names), title=names[0], issuer=names[1], date=dt.date(2023, 7, 1))
    kinds = [vocab.things()[n % len(vocab.things())] for n in range(len(names))]
    pairs = list(zip(names, (*names[1:], names[0]), strict=True))
    return Facts(
        home,
        spans,
        tuple(Entity(name, kind, (span,), aliases=(f"{name}别名",)) for name, kind, span in zip(names, kinds, spans, strict=True)),
        tuple(
            Observation(name, name, span, value=Decimal(3), unit=name, growth=Decimal("0.1"), rank=1, rank_scope=name)
            for name, span in zip(names, spans, strict=True)
        ),
        tuple(Relation(a, "cooperatesWith", b, span) for (a, b), span in zip(pairs, spans, strict=True)),
        tuple(
            event
            for (a, b), span in zip(pairs, spans, strict=True)
            for event in (
                Cooperation(span, participants=(a, b), fields=(a,)),
                Milestone(span, object=a, part=b, status="开工", due=dt.date(2024, 1, 1)),
                Commitment(span, object=a, status=b),
                AwardGrant(span, object=a, year=2023, recipients=3),
            )
        ),
    )


def _everything() -> Facts:
    kinds = vocab.things()
    home, spans = document(
        len(kinds) + len(PREDICATES) + 3 * len(Disclosure) + len(EVENTS) * len(STATUSES), title="万象", date=dt.date(2022, 2, 28)
    )
    free = iter(spans)
    entities = tuple(Entity(f"{kind}{number}号", kind, (next(free),)) for kind in kinds for number in "一")
    more = tuple(Entity(f"{kind}二号", kind, (spans[0],), credit_code="91310000MA1FL0000X") for kind in kinds)
    names = [one.name for one in (*entities, *more)]
    relations = tuple(Relation(names[n % len(names)], p, names[(n * 5 + 3) % len(names)], next(free)) for n, p in enumerate(PREDICATES))
    figures = []
    for disclosure in Disclosure:
        value = None if disclosure is Disclosure.WITHHELD else Decimal("12.5")
        figures += [
            Observation(names[0], "营业收入", next(free), disclosure=disclosure),
            Observation(
                "",
                "税收",
                next(free),
                value=value,
                unit="亿元",
                disclosure=disclosure,
                lower=Decimal(-1),
                upper=Decimal("1e6"),
                planned=True,
            ),
            Observation(
                names[1],
                "面积",
                next(free),
                Period(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
                value,
                "亩",
                Decimal("-1"),
                1,
                "全市",
                disclosure,
            ),
        ]
    events = tuple(
        _with_sides(
            kind,
            {
                "span": next(free),
                "object": names[n % len(names)],
                "participants": (names[0], names[3]),
                "fields": (names[4],),
                "part": f"{n}期",
                "status": status,
                "planned": n % 2 == 0,
                "due": dt.date(2030, 1, n + 1),
                "year": 2023,
                "recipients": n + 1,
                "recipient_type": kinds[n % 13],
                "amount": Decimal(n + 1),
                "unit": "万元",
                "projects": n + 1,
            },
        )
        for kind in EVENTS.values()
        for n, status in enumerate(STATUSES)
    )
    return Facts(home, spans, (*entities, *more), tuple(figures), relations, events)


def _with_sides(kind: type[Event], sides: Mapping[str, Any]) -> Event:
    """An event of a kind with those sides that the kind has."""
    return kind(**{side.name: sides[side.name] for side in fields(kind) if side.init and side.name in sides})


EVERYTHING = _everything()

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
_NAMES = st.one_of(_TEXT, st.sampled_from(("甲", "甲公司", "20230630", "🏭", "=1", "<b>", "\u202e", " ", "\n", "." * 300)))
_WORDS = _NAMES.filter(str.strip)
_NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**24), max_value=10**24, places=3),
    st.sampled_from((Decimal(0), Decimal("1e60"), Decimal("1e-60"))),
)
_DAYS = st.one_of(st.dates(), st.sampled_from((dt.date.min, dt.date.max, dt.date(2024, 2, 29))))


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Facts of any classes, predicates, events and disclosures; every optional field may be absent."""
    home, spans = document(6, title=draw(st.just("") | _NAMES), issuer=draw(st.just("") | _NAMES), date=draw(_maybe(_DAYS)))
    if draw(st.booleans()):
        home = replace(home, period=_period(draw))
    span = st.sampled_from(spans)
    names = [*dict.fromkeys((draw(_WORDS), *draw(st.lists(_NAMES, max_size=5))))]
    name, kind = st.sampled_from(names), st.sampled_from(vocab.things())
    entities = tuple(
        Entity(
            one,
            draw(kind),
            draw(st.lists(span, min_size=1, max_size=2).map(tuple)),
            draw(st.lists(_NAMES, max_size=1).map(tuple)),
            draw(_maybe(_NAMES)),
        )
        for one in names
    )
    relations = st.builds(Relation, name, st.sampled_from(PREDICATES), name, span)
    worded = st.sampled_from([one for one in names if one.strip()])
    events = st.one_of([_events(event, span, worded) for event in EVENTS.values()])
    figures = tuple(_figure(draw, names, span) for _ in range(draw(st.integers(0, 4))))
    return Facts(home, spans, entities, figures, tuple(draw(st.lists(relations, max_size=8))), tuple(draw(st.lists(events, max_size=6))))


def _events(kind: type[Event], span: st.SearchStrategy[Span], name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Events of a kind, a side that may stay unset in half of them."""
    counts, sums = st.integers(1, 10**9), _NUMBERS.map(abs).filter(bool)
    sides = {
        "span": span,
        "object": name,
        "participants": st.lists(name, max_size=3, unique=True).map(tuple),
        "fields": st.lists(name, max_size=2, unique=True).map(tuple),
        "part": _WORDS,
        "status": st.sampled_from(STATUSES) | _WORDS,
        "planned": st.booleans(),
        "due": _DAYS,
        "year": st.integers(1, 9999),
        "recipients": counts,
        "recipient_type": st.sampled_from(vocab.things()),
        "amount": sums,
        "unit": st.sampled_from(("元", "亿元", "件")) | _WORDS,
        "projects": counts,
        "evidence": st.lists(span, max_size=2).map(tuple),
    }
    told = {
        side.name: _maybe(sides[side.name]) if side.default is None else sides[side.name] for side in fields(kind) if side.name in sides
    }
    return st.fixed_dictionaries(told).filter(partial(_possible, kind)).map(partial(_with_sides, kind))


def _possible(kind: type[Event], sides: Mapping[str, Any]) -> bool:
    if kind is Cooperation:
        return sides["object"] is not None or len(sides["participants"]) > 1
    return sides.get("recipient_type") is None or sides["recipients"] is not None


def _period(draw: st.DrawFn) -> Period:
    return Period(*sorted((draw(_DAYS), draw(_DAYS))))


def _figure(draw: st.DrawFn, names: list[str], span: st.SearchStrategy[Span]) -> Observation:
    disclosure = draw(st.sampled_from(tuple(Disclosure)))
    withheld = disclosure is Disclosure.WITHHELD
    numbers, units = _maybe(_NUMBERS), st.sampled_from(("元", "亿元", "家", "平方米")) | _NAMES
    return Observation(
        draw(st.sampled_from([*names, ""])),
        draw(_NAMES),
        draw(span),
        _period(draw) if draw(st.booleans()) else None,
        value=None if withheld else draw(numbers),
        unit=draw(_maybe(units)),
        growth=draw(numbers),
        rank=draw(_maybe(st.integers(0, 1000))),
        rank_scope=draw(_maybe(_NAMES)),
        disclosure=disclosure,
        lower=draw(numbers),
        upper=draw(numbers),
        planned=draw(st.booleans()),
    )
