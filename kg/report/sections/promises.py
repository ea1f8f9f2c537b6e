"""What came of promises that are due, as far as the reports tell."""

from kg.reason.promises import Kept, State, last_day
from kg.reason.promises import promises as kept_promises
from kg.report.content import Cell, Content, Row
from kg.report.material import Material
from kg.show.kept import counted, promised_text, sentences, since_text


def promises(material: Material) -> Content | None:
    """Promises due by the last day told of, and those kept before, with their state."""
    until = last_day(material.store)
    kept = kept_promises(material.store, until) if until else []
    due = [one for one in kept if one.state is not State.NOT_YET_DUE]
    if not due:
        return None
    states = [{"state": label, "count": count, "said": _said(due, label, material)} for label, count in counted(due, material.lang).items()]
    values = {"until": until, "due": len(due), "open": len(kept) - len(due), "states": states}
    return Content(values, {"promises": [_row(one, material) for one in due]})


def _said(due: list[Kept], label: str, material: Material) -> tuple[str, ...]:
    """The sentences of the first promise of a state."""
    first = next(one for one in due if material.concept(f"inc:{one.state}") == label)
    return sentences(first)


def _row(one: Kept, material: Material) -> Row:
    cells: dict[str, Cell] = {
        "state": material.concept(f"inc:{one.state}"),
        "thing": one.promise.name,
        "part": one.promise.part,
        "promise": promised_text(one.promise, material.lang),
        "due": one.promise.due,
        "since": since_text(one, material.lang),
        "day": one.day,
    }
    return Row(cells, sentences(one))
