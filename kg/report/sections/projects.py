"""Projects by stage, and what was promised."""

from collections import Counter
from typing import Any

from kg.report.content import Bar, Bars, Cell, Content, Row
from kg.report.material import Material, grouped


def projects(material: Material) -> Content | None:
    """Stages reached and planned, promises with their due dates."""
    stages = grouped(material.rows("projects"), lambda row: _stage(row, material))
    promises = grouped(material.question("promises"), _promise)
    if not stages and not promises:
        return None
    planned = [row for row in stages if row.cells["state"] == material.words["intended"]]
    due = sorted((row for row in promises if row.cells["due"]), key=lambda row: str(row.cells["due"]))
    values = {
        "projects": len({row.cells["project"] for row in stages}),
        "reached": len(stages) - len(planned),
        "planned": len(planned),
        "promises": len(promises),
        "due": [{**row.cells, "said": row.sentences} for row in due[:3]],
        "dated": len(due),
        "undated": len(promises) - len(due),
    }
    return Content(values, {"stages": stages, "promises": promises}, _chart(stages, material))


def _stage(row: Any, material: Material) -> dict[str, Cell]:
    return {
        "stage": material.concept(row.stage),
        "project": row.project,
        "part": row.part or "",
        "state": material.words["intended" if row.planned else "reached"],
        "due": row.due,
    }


def _promise(row: Any) -> dict[str, Cell]:
    return {"project": row.thing, "part": row.part or "", "promise": row.promise, "due": row.due}


def _chart(stages: list[Row], material: Material) -> dict[str, Bars]:
    counted = Counter((str(row.cells["stage"]), row.cells["state"] == material.words["intended"]) for row in stages)
    bars = tuple(
        Bar(f"{stage}（{row_state}）" if material.lang == "zh" else f"{stage} ({row_state})", float(count), str(count), hollow)
        for (stage, hollow), count in counted.items()
        for row_state in (material.words["intended" if hollow else "reached"],)
    )
    return {"stages": Bars(bars)} if len(bars) > 1 else {}
