"""Policies by status, what no policy reaches, and policies that nothing refers to."""

from collections import Counter

from kg import vocab
from kg.report.content import Bar, Bars, Cell, Content, Row
from kg.report.material import Material, grouped


def coverage(material: Material) -> Content | None:
    """Where policy stands, and where there is none."""
    policies = grouped(material.rows("policies"), lambda row: {"status": material.concept(row.status), "policy": row.policy})
    unreached = grouped(material.question("unreached"), lambda row: _thing(row.class_, row.name, material))
    unused = grouped(material.question("unreferenced-policies"), lambda row: {"policy": row.policy})
    if not policies and not unused:
        return None
    counted = Counter(str(row.cells["status"]) for row in policies)
    groups: dict[str, list[Row]] = {}
    for row in unreached:
        groups.setdefault(str(row.cells["class"]), []).append(row)
    values = {
        "statuses": list(counted.items()),
        "policies": len({row.cells["policy"] for row in policies}),
        "unreached": [
            {"class": kind, "count": len(rows), "names": [row.cells["name"] for row in rows[:5]], "said": _first(rows[:5])}
            for kind, rows in groups.items()
        ],
        "unused": [row.cells["policy"] for row in unused],
        "unused_said": _first(unused),
        "said": _first(policies),
    }
    bars = tuple(Bar(status, float(count), str(count)) for status, count in counted.items())
    charts = {"statuses": Bars(bars)} if len(bars) > 1 else {}
    return Content(values, {"policies": policies, "unreached": unreached, "unused": unused}, charts)


def _thing(kind: str, name: str, material: Material) -> dict[str, Cell]:
    return {"class": vocab.label(kind.removeprefix("ino:"), material.lang), "name": name}


def _first(rows: list[Row]) -> tuple[str, ...]:
    """A sentence of each."""
    return tuple(dict.fromkeys(sentence for row in rows for sentence in row.sentences[:1]))
