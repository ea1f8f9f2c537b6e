"""What the commands say of the four reports of the example is what was written down by hand before they were run."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kg import resources
from kg.errors import QueryError
from kg.query import thing_called
from kg.reason.bounds import bound_figures
from kg.reason.bounds.store import ends_of
from kg.reason.contradictions import contradictions
from kg.reason.promises import promises
from kg.store import Store
from kg.workspace.workspace import Workspace
from tests.memory.test_example import HALVES, gold

AS_OF = dt.date(2024, 6, 30)
NAMES, PROMISES = 29, 21
"""Rows of the gold that the graph tells at least: pairs of names that stand in it, and promises in the state that they are in."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    pytest.importorskip("splink", reason="names are compared by the extra resolve")
    workspace = Workspace(tmp_path_factory.mktemp("commands") / "workspace")
    done = workspace.ingest([Path(resources.data()) / half for half in HALVES])
    assert {one.status for one in done} == {"added"}
    with workspace.reading() as held:
        yield held


def is_one(store: Store, name: str, other: str) -> bool | None:
    try:
        return thing_called(store, name) == thing_called(store, other)
    except QueryError:  # `我区`, `我委` are no names of things
        return None


def test_names_of_one_thing_have_one_node_and_those_of_two_have_two(store: Store):
    told = {(row["name"], row["other"], row["expected"]): is_one(store, row["name"], row["other"]) for row in gold("identity")}
    assert [pair for pair, one in told.items() if one is not None and one != (pair[2] == "same")] == []
    known = [row for row in gold("identity") if told[row["name"], row["other"], row["expected"]] is not None]
    assert len(known) >= NAMES


def test_what_cannot_all_be_true_is_found_and_nothing_else(store: Store):
    found = [{told.sentence for side in one.sides for told in side.told} for one in contradictions(store)]
    wanted = [{row["sentence"], row["other_sentence"]} for row in gold("contradictions") if row["expected"] == "contradiction"]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


def test_promises_are_in_the_state_that_the_reports_tell(store: Store):
    wanted = Counter((row["sentence"], row["due"], row["state"].replace(" ", "-")) for row in gold("promises"))
    told = Counter((one.promise.told.sentence, str(one.promise.due), str(one.state)) for one in promises(store, AS_OF))
    assert sum(told.values()) == sum(wanted.values())
    assert (wanted & told).total() >= PROMISES


def test_withheld_figures_are_bounded_as_by_hand_and_the_others_are_said_to_have_no_bound(store: Store):
    found = bound_figures(store)
    for row in gold("bounds"):
        if row["upper"]:
            told = [ends_of(one) for one in found.bounded if any(place.sentence == row["sentence"] for place in one.figures[0].told)]
            by_hand = [Decimal(row[end] or 0) * 10**8 for end in ("lower_decimal", "upper_decimal")]
            assert any(_near(ends, by_hand) for ends in told), row
    assert len(found.bounded) == sum(1 for row in gold("bounds") if row["upper"])
    assert len(found.unbounded) == sum(1 for row in gold("bounds") if not row["upper"])


def _near(ends: tuple[Decimal | None, Decimal | None], by_hand: list[Decimal]) -> bool:
    """Whether two intervals are the same to 1,000 yuan, to which the gold was rounded."""
    return all(end is not None and abs(end - other) <= 10**3 for end, other in zip(ends, by_hand, strict=True))
