"""Projects by stage: what changed, what is reached and planned, the stages in their order as a picture."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from kg.report.content import Cell, Content, Course, Row, Stop
from kg.report.material import Material, grouped

_DRAWN, _TOLD = 12, 4
_NAME = 19
_NO_DAY = dt.date.min


@dataclass(frozen=True, slots=True)
class _Step:
    """A stage of a project as a document tells it; `order` puts stages in the order of building."""

    order: str
    stage: str
    planned: bool
    day: dt.date
    time: str
    sentence: str
    district: str
    month: str


_Steps = dict[tuple[str, str], list[_Step]]


def projects(material: Material) -> Content | None:
    """Stages reached and planned, and promises."""
    answer = material.rows("projects")
    stages = grouped(answer, lambda row: _stage(row, material))
    promises = grouped(material.rows("promises"), _promise)
    if not stages and not promises:
        return None
    told = _by_project(answer, material)
    moves = sorted(filter(None, (_move(name, part, steps) for (name, part), steps in told.items())), key=_newest)
    changed = [row for row in moves if row.cells["before"]]
    due = sorted((row for row in promises if row.cells["due"]), key=lambda row: str(row.cells["due"]))
    counted = Counter(str(row.cells["stage"]) for row in moves)
    values = {
        "projects": len({row.cells["project"] for row in stages}),
        "several": material.whose.several,
        "reached": len(moves),
        "planned": sum(row.cells["state"] == material.words["intended"] for row in stages),
        "changed": [{**row.cells, "said": row.sentences} for row in changed],
        "counted": list(counted.most_common(_TOLD)),
        "first": [{**row.cells, "said": row.sentences} for row in moves[:_TOLD]],
        "promises": len(promises),
        "due": [{**row.cells, "said": row.sentences} for row in due[:3]],
        "dated": len(due),
        "undated": len(promises) - len(due),
    }
    chart = _course(told)
    return Content(values, {"moves": moves, "stages": stages, "promises": promises}, {"course": chart} if chart else {})


def _stage(row: Any, material: Material) -> dict[str, Cell]:
    return {
        "district": material.whose.district(row.document),
        "stage": material.concept(row.stage),
        "project": row.project,
        "part": row.part or "",
        "state": material.words["intended" if row.planned else "reached"],
        "due": row.due,
        "when": material.whose.time(row.document),
    }


def _promise(row: Any) -> dict[str, Cell]:
    return {"project": row.thing, "part": row.part or "", "promise": row.promise, "due": row.due}


def _by_project(answer: list[Any], material: Material) -> _Steps:
    """What is told of each project, or part of one, by the order of stages, each stage where it is told first."""
    found: defaultdict[tuple[str, str], list[_Step]] = defaultdict(list)
    for row in answer:
        day = material.whose.day(row.document or "")
        time = str((row.due if row.planned else None) or material.whose.time(row.document))
        month = str((row.due if row.planned else None) or day or "")[: len("2023-06")]
        district = material.whose.district(row.document)
        step = _Step(str(row.order), material.concept(row.stage), bool(row.planned), day or _NO_DAY, time, row.sentence, district, month)
        found[row.project, row.part or ""].append(step)
    return {key: sorted(steps, key=lambda one: (one.planned, one.order, _dated(one), one.time)) for key, steps in found.items()}


def _dated(step: _Step) -> tuple[bool, dt.date]:
    """The earliest first, what has no day last."""
    return step.day == _NO_DAY, step.day


def _move(project: str, part: str, steps: list[_Step]) -> Row | None:
    """The furthest stage that a project has reached, and the one before it that an earlier document tells."""
    reached = [one for one in steps if not one.planned]
    if not reached:
        return None
    top = max(reached, key=lambda one: one.order).order
    last = min((one for one in reached if one.order == top), key=_dated)
    before = max(
        (one for one in reached if one.order < top and _NO_DAY < one.day < last.day), key=lambda one: (one.day, one.order), default=None
    )
    ahead = next((one for one in steps if one.planned and one.order > top), None)
    cells: dict[str, Cell] = {
        "district": last.district,
        "project": project,
        "part": part,
        "before": before.stage if before else "",
        "stage": last.stage,
        "when": last.time,
        "ahead": f"{ahead.stage} {ahead.time}".strip() if ahead else "",
        "order": top,
        "day": last.day if last.day != _NO_DAY else None,
    }
    return Row(cells, tuple(dict.fromkeys(one.sentence for one in (last, before) if one)))


def _newest(row: Row) -> tuple[Any, ...]:
    """What changed first, the latest of it, the furthest."""
    day = row.cells["day"] if isinstance(row.cells["day"], dt.date) else _NO_DAY
    return not row.cells["before"], -day.toordinal(), -int(str(row.cells["order"]) or 0), str(row.cells["project"]), str(row.cells["part"])


def _course(told: _Steps) -> Course | None:
    """Projects by stage: those of which most stages are told, the furthest on top."""
    most = sorted(told.items(), key=lambda one: (-len({step.order for step in one[1]}), -max(s.day.toordinal() for s in one[1]), one[0]))
    shown = sorted(most[:_DRAWN], key=lambda one: (tuple(-int(o or 0) for o in _furthest(one[1])), one[0]))
    stages = {step.order: step.stage for _, steps in shown for step in steps}
    columns = {order: place for place, order in enumerate(sorted(stages))}
    if len(columns) < 2:
        return None
    rows = tuple((_label(project, part), _stops(steps, columns)) for (project, part), steps in shown)
    return Course(tuple(stages[order] for order in columns), rows)


def _label(project: str, part: str) -> str:
    """A project's name, cut where a chart has no room for it and its part."""
    room = max(_NAME - len(part), _NAME // 2)
    return f"{project if len(project) <= room else project[: room - 1] + '…'} {part}".strip()


def _furthest(steps: list[_Step]) -> tuple[str, str]:
    reached = max((one.order for one in steps if not one.planned), default="")
    return reached, max(one.order for one in steps)


def _stops(steps: list[_Step], columns: dict[str, int]) -> tuple[Stop, ...]:
    """A stop a stage: reached where any document says so, with the earliest time; else planned."""
    found: dict[str, _Step] = {}
    for one in steps:  # those reached stand first
        found.setdefault(one.order, one)
    stops = (Stop(columns[order], one.month, one.planned) for order, one in found.items())
    return tuple(sorted(stops, key=lambda stop: stop.column))
