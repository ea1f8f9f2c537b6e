"""The report as one HTML file that opens offline and prints well."""

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.report.sections import Report
from kg.report.words import words


def write_html(report: Report, path: Path) -> None:
    """Write a report; every text from a document is escaped."""
    environment = Environment(
        loader=PackageLoader("kg.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html").render(report=report, words=words(report.lang))
    path.write_text(page, encoding="utf-8")
