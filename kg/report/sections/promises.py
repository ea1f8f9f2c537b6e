"""What came of promises that are due, as far as the reports tell, and what falls due next."""

from typing import Any

from kg.reason.promises import Kept, State
from kg.report.content import Cell, Content, Row
from kg.report.material import Material
from kg.show.promises import by_state, promised_text, sentences, since_text

_NEXT = 3
_OPEN = (State.OVERDUE, State.NO_WORD_SINCE, State.PARTLY)
"""States of which a planner asks first."""


def promises(material: Material) -> Content | None:
    """Promises due by the last day told of with their state, and those that are not yet due."""
    kept = material.kept
    if not kept:
        return None
    due = [one for one in kept if one.state is not State.NOT_YET_DUE]
    ahead = [one for one in kept if one.state is State.NOT_YET_DUE]
    states = [
        {"state": label, "count": count, "said": _said(due, label, material)} for label, count in by_state(due, material.lang).items()
    ]
    slow = [one for one in due if one.state in _OPEN]
    values = {
        "until": material.until,
        "due": len(due),
        "open": len(ahead),
        "states": states,
        "next": [_told(one, material) for one in ahead if one.promise.due][:_NEXT],
        "slow": [_told(one, material) for one in slow],
    }
    order = {one: place for place, one in enumerate((*_OPEN, State.TOLD_SINCE, State.LATE, State.NOT_YET_DUE, State.FULFILLED))}
    first = sorted(kept, key=lambda one: order[one.state])
    return Content(values, {"promises": [_row(one, material) for one in first]})


def _said(due: list[Kept], label: str, material: Material) -> tuple[str, ...]:
    """The sentences of the first promise of a state."""
    first = next(one for one in due if material.concept(f"inc:{one.state}") == label)
    return sentences(first)


def _told(one: Kept, material: Material) -> dict[str, Any]:
    return {**_row(one, material).cells, "said": sentences(one)}


def _row(one: Kept, material: Material) -> Row:
    cells: dict[str, Cell] = {
        "district": material.whose.district(one.promise.told.document),
        "state": material.concept(f"inc:{one.state}"),
        "thing": one.promise.name,
        "part": one.promise.part,
        "promise": promised_text(one.promise, material.lang),
        "due": one.promise.due,
        "since": since_text(one, material.lang),
        "day": one.day,
    }
    return Row(cells, sentences(one))
