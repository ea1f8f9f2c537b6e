"""The report that a planner hands on."""

from pathlib import Path

from kg.errors import UsageError
from kg.report.build import build
from kg.report.charts import can_draw
from kg.report.content import Report
from kg.report.html import write_html

__all__ = ["FORMATS", "Report", "build", "can_draw", "write", "write_html"]
FORMATS = ("html", "docx", "xlsx")


def write(
    report: Report, path: Path, report_format: str | None = None, templates: Path | None = None, template: Path | None = None
) -> None:
    """Write a report as a page, a Word document or a workbook.

    Args:
        report: of `build`.
        path: where to write.
        report_format: a name of `FORMATS`; by the ending of the path where it is left out.
        templates: a folder whose page or Word document (`zh.docx`, `en.docx`) stands in place of ours.
        template: a Word document in place of either.

    Raises:
        UsageError: no such format, what writes it is not installed, or the template is not one for it.
    """
    chosen = report_format or path.suffix.lower().lstrip(".") or "html"
    if chosen not in FORMATS:
        raise UsageError(f"A report is written as {', '.join(FORMATS)}, not '{chosen}'. Name the output so, or give --format.")
    if template and chosen != "docx":
        raise UsageError(f"--template is the document that a .docx is written into, not {chosen}. Leave it out, or name the output .docx.")
    if chosen == "html":
        write_html(report, path, templates)
    elif chosen == "docx":
        from kg.report.docx import write_docx  # noqa: PLC0415  # a third of a second that pages need not pay

        own = templates / f"{report.lang}.docx" if templates else None
        write_docx(report, path, template or (own if own and own.exists() else None))
    else:
        from kg.report.xlsx import write_xlsx  # noqa: PLC0415

        write_xlsx(report, path)
