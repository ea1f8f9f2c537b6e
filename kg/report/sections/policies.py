"""Policies by status: which are in force, which are being made."""

from collections import Counter
from typing import Any

from kg.report.content import Bar, Bars, Cell, Content, Row, first_sentences
from kg.report.material import Material, grouped

_IN_FORCE = "05"
"""The notation of `issued`: a policy of this stage, or of one after it, is in force."""
_REVISED = "inc:revised"


def policies(material: Material) -> Content | None:
    """Where each policy stands."""
    answer = material.rows("policies")
    standing = {str(row.policy) for row in answer if _stands(row)}
    rows = sorted(_once(grouped(answer, lambda row: _cells(row, material))), key=lambda row: row.cells["policy"] not in standing)
    if not rows:
        return None
    in_force = _each(row for row in rows if row.cells["policy"] in standing)
    other = _each(row for row in rows if row.cells["policy"] not in standing)
    counted = Counter(str(row.cells["status"]) for row in rows)
    values = {
        "statuses": list(counted.items()),
        "policies": len({row.cells["policy"] for row in rows}),
        "in_force": [str(row.cells["policy"]) for row in in_force],
        "in_force_said": first_sentences(in_force),
        "other": [f"{row.cells['policy']}" for row in other],
        "other_said": first_sentences(other),
        "said": first_sentences(rows),
    }
    bars = tuple(Bar(status, float(count), str(count)) for status, count in counted.items())
    return Content(values, {"policies": rows}, {"statuses": Bars(bars)} if len(bars) > 1 else {})


def _cells(row: Any, material: Material) -> dict[str, Cell]:
    status = material.concept(row.status)
    return {
        "district": material.whose.district(row.document),
        "status": f"{material.words['intended']}：{status}" if row.planned else status,
        "policy": row.policy,
        "when": material.whose.time(row.document),
    }


def _stands(row: Any) -> bool:
    return not row.planned and (str(row.order) >= _IN_FORCE or row.status == _REVISED)


def _once(rows: list[Row]) -> list[Row]:
    """A row a policy and status, with the first time that any document names and all sentences."""
    found: dict[tuple[Cell, ...], Row] = {}
    for row in rows:
        key = row.cells["district"], row.cells["status"], row.cells["policy"]
        before = found.get(key, row)
        cells = {**before.cells, "when": before.cells["when"] or row.cells["when"]}
        found[key] = Row(cells, tuple(dict.fromkeys((*before.sentences, *row.sentences))))
    return list(found.values())


def _each(rows: Any) -> list[Row]:
    """The first row of each policy, the furthest first."""
    found: dict[Cell, Row] = {}
    for row in rows:
        found[row.cells["policy"]] = row
    return list(found.values())
