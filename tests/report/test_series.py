"""Indicators over time in a report."""

from pathlib import Path

from kg.report.build import build
from kg.report.charts import as_svg
from kg.report.content import Figure, Section, Table, Trends
from kg.workspace.workspace import Workspace
from tests.reason.test_over_time import H2023, Y2022, Y2023


def section(folder: Path, lang: str, **texts: str) -> Section | None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    made = Workspace(folder / "w")
    made.ingest(sorted(folder.glob("*.txt")))
    with made.reading() as store:
        return next((one for one in build(store, lang).sections if one.name == "series"), None)


def test_reports_of_several_times_give_series_with_computed_growth_and_a_chart(tmp_path: Path):
    made = section(tmp_path, "zh", y2022=Y2022, h2023=H2023, y2023=Y2023)
    assert made is not None
    [table] = [block for block in made.blocks if isinstance(block, Table)]
    rows = {(row.cells["indicator"], row.cells["when"], row.cells["planned"]): row for row in table.rows}
    assert rows["高新技术企业总数", "2023-12-31", ""].cells["computed"] == "+16.7%"  # 350 of 300
    assert rows["营业收入", "2023年1–6月", ""].withheld
    assert rows["技术合同成交额", "2023年", "是"].cells["computed"] == ""
    assert all(row.sentences for row in table.rows)
    [chart] = [block.chart for block in made.blocks if isinstance(block, Figure)]
    assert isinstance(chart, Trends)
    revenue = next(one for one in chart.trends if "营业收入" in one.label)
    assert revenue.unit == "亿元"
    assert {label: [mark.value for mark in marks] for label, marks in revenue.lines.items()} == {"1–12月": [80, 92], "1–6月": [None]}
    assert "营业收入" in as_svg(chart).decode()
    assert as_svg(chart) == as_svg(chart)


def test_one_report_has_no_series(tmp_path: Path):
    assert section(tmp_path, "en", h2023=H2023) is None
