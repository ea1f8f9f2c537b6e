"""The report as it looks: pages of Chromium and LibreOffice beside pictures that were looked at and kept.

`KG_PICTURES=keep pytest tests/report/test_pictures.py` keeps new ones; look at them before they are committed.
"""

import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kg.report import build, write
from kg.report.charts import COLOURS
from tests.conftest import require_tool
from tests.pictures import FAR, SHARE, assert_looks_as_kept
from tests.servers import PATIENCE

KEPT = Path(__file__).with_name("pictures")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(graph, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for lang in ("zh", "en"):
        with graph.reading() as store:
            report = build(store, lang)
        for ending in ("html", "docx", "xlsx"):
            write(report, folder / f"report-{lang}.{ending}")
    return folder


@pytest.fixture(scope="module")
def printed(reports: Path):
    """Pages of an Office file as LibreOffice prints them."""
    office, to_png = require_tool("soffice"), require_tool("pdftoppm")

    def pages(name: str) -> list[Path]:
        run = [office, f"-env:UserInstallation={(reports / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", reports]
        subprocess.run([*run, reports / name], check=True, capture_output=True, timeout=PATIENCE)
        stem = Path(name).stem + Path(name).suffix[1:]
        subprocess.run([to_png, "-r", "60", "-png", reports / f"{Path(name).stem}.pdf", reports / stem], check=True, timeout=PATIENCE)
        return sorted(reports.glob(f"{stem}-*.png"))

    return pages


def test_the_measure_of_likeness_tells_another_page(reports: Path):
    pages = sorted(KEPT.glob("*.png"))
    assert len(pages) >= 6
    first, other = (np.asarray(Image.open(KEPT / f"{name}.png")).astype(int) for name in ("docx-zh-1", "docx-zh-2"))
    assert (np.abs(first - other) > FAR).mean() > 2 * SHARE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_looks_as_it_did(chromium: str, reports: Path, lang: str):
    picture = reports / f"page-{lang}.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,3000"]
    subprocess.run(
        [chromium, *options, f"--screenshot={picture}", reports / f"report-{lang}.html"], check=True, capture_output=True, timeout=PATIENCE
    )
    assert_looks_as_kept(KEPT, picture, f"html-{lang}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_document_looks_as_it_did(printed, lang: str):
    pages = printed(f"report-{lang}.docx")
    assert 8 <= len(pages) <= 25
    for number in (1, 2):
        assert_looks_as_kept(KEPT, pages[number - 1], f"docx-{lang}-{number}")


def test_the_workbook_looks_as_it_did(printed):
    assert_looks_as_kept(KEPT, printed("report-zh.xlsx")[2], "xlsx-zh-3")


def test_what_happened_and_who_matters_stand_on_the_first_page_and_the_contents_follow(printed, reports: Path):
    printed("report-zh.docx")
    to_text = require_tool("pdftotext")
    run = [to_text, "-l", "2", reports / "report-zh.pdf", "-"]
    first, second = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split("\f")[:2]
    assert "摘要" in first
    assert "变动最大的数据" in first
    assert "联系最广" in first
    assert "个事件" in second.replace("\n", "").replace(" ", "")  # the last line of the summary
    assert second.index("目录") < second.index("二、主要数据")


def test_colours_differ_in_print_too():
    """Neighbouring colours of a chart are told apart in grey; the rest by hatch and shape."""
    greys = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in COLOURS)]
    assert all(abs(a - b) > 10 for a, b in pairwise(greys))
