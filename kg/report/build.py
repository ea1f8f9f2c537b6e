"""A report from a graph: each section asked, its template filled in."""

from pathlib import Path
from typing import TYPE_CHECKING

from kg import query
from kg.errors import KgError
from kg.report.content import Report, Source
from kg.report.material import Material
from kg.report.sections import names, section
from kg.report.templates import TemplateSet

if TYPE_CHECKING:
    from kg.store import Store


def build(store: "Store", lang: str = "zh", templates: Path | None = None) -> Report:
    """Everything that the report says; names and sentences stay as they are.

    Args:
        store: the graph.
        lang: `zh` or `en`.
        templates: a folder of the user's own; what it lacks is taken from ours.

    Raises:
        UsageError: there is no such folder.
        KgError: a template cannot be filled in, or names a section that there is not.
    """
    chosen = TemplateSet(lang, templates)
    unknown = [name for name in chosen.order if name not in names()]
    if unknown:
        raise KgError(f"Template report.toml names the section '{unknown[0]}'. There are: {', '.join(names())}.")
    material = Material(store, lang, chosen.words)
    told = {name: material.told(section(name)) for name in chosen.order}
    sections = tuple(chosen.section(name, content) for name, content in told.items() if content)
    documents = tuple(dict.fromkeys(query.ask(store, "documents")["title"]))
    sources = {
        row.text: Source(row.title, str(row.passage).split("#")[-1])
        for row in sorted(material.rows("evidence"), key=lambda one: str(one.passage))
    }
    return Report(lang, chosen.words["report"], documents, chosen.words, sections, sources)
