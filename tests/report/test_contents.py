"""The table of contents of a Word report as LibreOffice prints it: whole, under its heading, each number the page of its section."""

import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.report import build, write
from kg.report.content import Paragraph, Report, Text
from kg.resources import data
from tests.conftest import require_tool
from tests.servers import PATIENCE

pytestmark = pytest.mark.slow
SHORT = "滨江区科技局2023年上半年工作总结\n1至6月，滨江区技术合同成交额12.5亿元，同比增长20%。滨江园区与东海大学合作建设联合实验室。"
LOWER = {f"lower-{lines}": lines for lines in range(1, 13)}
"""Reports whose summaries are longer by so many lines: the contents come to stand at each height of a page."""
NAMES = ("short-zh", "example-zh", "example-en", "years-zh", "years-en", *LOWER)


@pytest.fixture(scope="module")
def made(graph, tmp_path_factory) -> dict[str, Report]:
    """Reports of one short text, of the example and of its four half-years, and the example's with longer summaries."""
    folder = tmp_path_factory.mktemp("graphs")
    (folder / "short.txt").write_text(SHORT, encoding="utf-8")
    short, years = kg.open(folder / "short"), kg.open(folder / "years")
    short.ingest([folder / "short.txt"])
    years.ingest(sorted(data().glob("qingpu-*")))
    reports = {}
    for name, workspace in {"short": short, "example": graph, "years": years}.items():
        with workspace.reading() as store:
            reports |= {f"{name}-{lang}": build(store, lang) for lang in ("zh", "en") if f"{name}-{lang}" in NAMES}
    return reports | {name: longer(reports["example-zh"], lines) for name, lines in LOWER.items()}


def longer(report: Report, lines: int) -> Report:
    summary, *others = report.sections
    more = tuple(Paragraph("statement", (Text("园区新增企业。"),)) for _ in range(lines))
    return replace(report, sections=(replace(summary, blocks=(*summary.blocks, *more)), *others))


@pytest.fixture(scope="module")
def printed(made: dict[str, Report], tmp_path_factory) -> dict[str, list[list[str]]]:
    """Of each report the lines of its pages, without spaces."""
    folder = tmp_path_factory.mktemp("printed")
    office, to_text = require_tool("soffice"), require_tool("pdftotext")
    for name, report in made.items():
        write(report, folder / f"{name}.docx")
    run = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*run, *sorted(folder.glob("*.docx"))], check=True, capture_output=True, timeout=PATIENCE)
    texts = {
        name: subprocess.run(
            [to_text, "-layout", folder / f"{name}.pdf", "-"], check=True, capture_output=True, text=True, timeout=PATIENCE
        ).stdout
        for name in made
    }
    return {
        name: [[re.sub(r"\s", "", line) for line in page.splitlines()] for page in text.split("\f")[:-1]] for name, text in texts.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_stand_whole_on_a_page_and_each_number_is_the_page_of_its_section(
    made: dict[str, Report], printed: dict[str, list[list[str]]], name: str
):
    report, pages = made[name], printed[name]
    titles = [re.sub(r"\s", "", title) for title in (*(one.title for one in report.sections), report.words["evidence"])]
    [page] = [page for page in pages if report.words["contents"] in page]
    first = page.index(report.words["contents"]) + 1
    told = [re.fullmatch(r"(.+?)\.{3,}(\d+)", line) for line in page[first:] if line][: len(titles)]
    assert [one and one[1] for one in told] == titles
    begun = [next(number for number, lines in enumerate(pages, 1) if any(heading(line, title) for line in lines)) for title in titles]
    assert [int(one[2]) for one in told if one] == begun
    assert begun[-1] > 1 or name.startswith("short")


def heading(line: str, title: str) -> bool:
    return re.fullmatch(rf"([一二三四五六七八九十]+、|\d+\.){re.escape(title)}", line) is not None


def test_reports_are_of_such_lengths_that_the_contents_come_to_stand_on_one_page_and_on_the_next(
    made: dict[str, Report], printed: dict[str, list[list[str]]]
):
    on = {next(i for i, page in enumerate(printed[name], 1) if made[name].words["contents"] in page) for name in NAMES}
    assert on >= {1, 2}


def test_nothing_asks_to_be_updated_when_the_document_is_opened(made: dict[str, Report], tmp_path: Path):
    write(made["short-zh"], tmp_path / "r.docx")
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert "PAGEREF" in text
    assert "updateFields" not in text
    assert "w:dirty" not in text
