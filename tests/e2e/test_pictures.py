"""The pages as they look, beside pictures that were looked at and kept (`tests/pictures.py`)."""

from pathlib import Path

import pytest

from tests.e2e.conftest import rest, search
from tests.pictures import assert_looks_as_kept

KEPT = Path(__file__).with_name("pictures")
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_looks_as_it_was_kept(face: str, written, visit, tmp_path: Path, theme: str):
    page = visit(written(face), color_scheme=theme).ready()
    if theme == "dark":
        page.click("#language")
        page.click("#table-nodes")
        page.select_option("#colour", "community")
        search(page, "市西软件信息园")
    rest(page)
    page.screenshot(path=tmp_path / "page.png")
    assert_looks_as_kept(KEPT, tmp_path / "page.png", f"{face}-{theme}")


def test_the_printed_page_looks_as_it_was_kept(face: str, written, visit, tmp_path: Path):
    page = visit(written(face)).ready()
    search(page, "海思")
    page.emulate_media(media="print")
    page.wait_for_selector("#print-picture[src^='data:image/png']")
    rest(page)
    page.screenshot(path=tmp_path / "print.png", full_page=True)
    assert_looks_as_kept(KEPT, tmp_path / "print.png", f"{face}-print")
