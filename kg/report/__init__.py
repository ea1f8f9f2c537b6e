"""The report that a planner hands on."""

from kg.report.html import write_html
from kg.report.sections import Line, Report, Section, build

__all__ = ["Line", "Report", "Section", "build", "write_html"]
