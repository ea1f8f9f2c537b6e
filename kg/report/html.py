"""The report as one HTML file that opens offline and prints well."""

import base64
from pathlib import Path
from typing import Any

from kg import files
from kg.printed import xml_text
from kg.report.charts import as_svg, can_draw
from kg.report.content import Captions, Citations, Cite, Figure, Heading, Paragraph, Report, Table, on_page, shown
from kg.report.templates import TemplateSet


def write_html(report: Report, path: Path, templates: Path | None = None) -> None:
    """Write a report; every text from a document is escaped.

    Args:
        report: of `build`.
        path: where to write.
        templates: a folder whose `report.html` stands in place of ours.
    """
    citations, captions = Citations(), Captions(report.words)
    sections = [
        (section, [_prepared(block, citations, captions) for block in section.blocks if on_page(block)]) for section in report.sections
    ]
    evidence = [(number, xml_text(sentence), report.sources.get(sentence)) for sentence, number in citations.numbers.items()]
    page = TemplateSet(report.lang, templates).page(report=report, sections=sections, evidence=evidence)
    files.put(path, page)


def _prepared(block: Any, citations: Citations, captions: Captions) -> dict[str, Any]:
    """A block as the page's template takes it."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            runs = [{"numbers": citations.of(run.sentences)} if isinstance(run, Cite) else run for run in block.runs]
            return {"kind": block.kind, "runs": runs}
        case Table():
            columns = [column for column in block.columns if not column.sheet_only]
            cited = any(row.sentences for row in block.rows)
            rows = [
                {
                    "cells": [
                        {"text": shown(row.cells[c.key], c.digits), "number": isinstance(row.cells[c.key], int | float)} for c in columns
                    ],
                    "numbers": citations.of(row.sentences), "withheld": row.withheld,
                }
                for row in block.rows[: block.most]
            ]  # fmt: skip
            return {"kind": "table", "caption": captions.of(block), "columns": columns, "rows": rows, "cited": cited, **_more(block)}
        case Figure():
            drawn = base64.b64encode(as_svg(block.chart, block.axis)).decode() if can_draw() else ""
            return {"kind": "figure", "caption": captions.of(block) if drawn else "", "svg": drawn}
    raise TypeError(block)


def _more(block: Table) -> dict[str, int]:
    """How many rows there are in all; a table that only pages have says so in its caption."""
    return {"total": 0 if block.only else len(block.rows)}
