"""The sections of a report: a function here and a template of the same name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.report.content import Content
from kg.report.material import Material
from kg.report.sections.actors import actors
from kg.report.sections.awards import awards
from kg.report.sections.clusters import clusters
from kg.report.sections.cooperation import cooperation
from kg.report.sections.coverage import coverage
from kg.report.sections.figures import figures
from kg.report.sections.method import method
from kg.report.sections.partners import partners
from kg.report.sections.policies import policies
from kg.report.sections.projects import projects
from kg.report.sections.promises import promises
from kg.report.sections.series import series
from kg.report.sections.summary import summary

SECTIONS: Mapping[str, Callable[[Material], Content | None]] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            actors,
            awards,
            clusters,
            cooperation,
            coverage,
            figures,
            method,
            partners,
            policies,
            projects,
            promises,
            series,
            summary,
        )
    }
)
"""Name of a section → what it has to say, or None where that is nothing; their order is that of `templates/report.toml`."""
