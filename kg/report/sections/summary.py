"""One page in sentences: what a reader who turns no further must know."""

from typing import Any

from kg import query
from kg.cells import number
from kg.report.content import Content
from kg.report.material import Material
from kg.report.sections.actors import actors
from kg.report.sections.cooperation import cooperation
from kg.report.sections.coverage import coverage
from kg.report.sections.figures import figures
from kg.report.sections.projects import projects


def summary(material: Material) -> Content | None:
    """The first finding of each section."""
    counted = material.rows("summary")[0]
    if not counted.documents:
        return None
    growing = [(share, row) for row in material.rows("figures") if (share := number(row.growth)) is not None]
    growth = max(growing, key=lambda one: one[0], default=None)
    values: dict[str, Any] = {
        "things": len(set(query.ask(material.store, "things")["iri"])),
        "titles": list(dict.fromkeys(query.ask(material.store, "documents")["title"])),
        **{key: int(value or 0) for key, value in counted._asdict().items()},
        "growth": growth and {**growth[1]._asdict(), "growth": growth[0]},
        **{f"{section.__name__}_told": _values(material.told(section)) for section in (figures, actors, projects, coverage, cooperation)},
    }
    return Content(values)


def _values(content: Content | None) -> Any:
    return content.values if content else None
