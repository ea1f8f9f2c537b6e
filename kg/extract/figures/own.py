"""The report's own place, park or firm, as a thing that extraction returns where a figure is told of it."""

from collections.abc import Iterable

from kg.extract.report.places import codes
from kg.extract.text.segment import fold
from kg.model import Document, Entity, Observation, Span

_FIRM = ("公司", "集团")
_SCHOOL = ("大学", "学院", "研究院", "研究所")
_PLACE = ("省", "市", "县", "旗", "州", "盟", "区", "街道", "镇", "乡")


def with_subjects(things: tuple[Entity, ...], document: Document, figures: Iterable[Observation]) -> tuple[Entity, ...]:
    """Things, with those that figures are told of though no sentence names them whole: they stand in the title or a bare line."""
    known = {name for thing in things for name in (thing.name, *thing.aliases)}
    new = dict.fromkeys(seen.of for seen in figures if seen.of and seen.of not in known)
    text = fold(document.text) if new else ""
    added = []
    for name in new:
        at = text.find(name)
        if at >= 0 and not name.startswith(("全", "XX", "某")):
            added.append(Entity(name, _kind(name), (Span(at, at + len(name)),)))
    return (*things, *added)


def _kind(name: str) -> str:
    """The class of a report's own, by how its name ends."""
    if name.endswith(_FIRM):
        return "Enterprise"
    if name.endswith(_SCHOOL):
        return "ResearchInstitute"
    if name in codes():
        return "Place"
    return "Place" if name.endswith(_PLACE) and not name.endswith(("园区", "高新区", "经开区", "开发区", "示范区")) else "Park"
