"""One page in sentences: what happened, who holds the network together, where there are gaps."""

from collections.abc import Callable
from typing import Any

from kg import query
from kg.report.content import Content
from kg.report.material import Material
from kg.report.sections.actors import actors
from kg.report.sections.awards import awards
from kg.report.sections.cooperation import cooperation
from kg.report.sections.coverage import coverage
from kg.report.sections.figures import figures
from kg.report.sections.policies import policies
from kg.report.sections.projects import projects
from kg.report.sections.promises import promises

_SECTIONS: tuple[Callable[[Material], Content | None], ...] = (
    figures, projects, promises, cooperation, awards, policies, actors, coverage,
)  # fmt: skip


def summary(material: Material) -> Content | None:
    """The first findings of each section."""
    counted = material.rows("summary")[0]
    if not counted.documents:
        return None
    values: dict[str, Any] = {
        "things": len(set(query.ask(material.store, "things")["iri"])),
        "titles": list(dict.fromkeys(query.ask(material.store, "documents")["title"])),
        **{key: int(value or 0) for key, value in counted._asdict().items()},
        **{f"{section.__name__}_told": _values(material.told(section)) for section in _SECTIONS},
    }
    return Content(values)


def _values(content: Content | None) -> Any:
    return content.values if content else None
