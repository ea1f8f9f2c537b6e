"""The chart of an indicator over time in the panel: in both pages and in the service."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import kg
from kg.view import Scene, scene
from kg.workspace.workspace import Workspace
from tests.axe import accused
from tests.e2e.conftest import FACES, Opened, search
from tests.servers import kg_server
from tests.view.test_trends import REPORTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three reports of a park."""
    folder: Path = tmp_path_factory.mktemp("trends")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    made = kg.open(folder / "workspace")
    made.ingest(sorted(folder.glob("*.txt")))
    return made


@pytest.fixture(scope="module")
def over_time(workspace: Workspace) -> Scene:
    with workspace.reading() as store:
        return scene(store)


@pytest.fixture(scope="module")
def served(workspace: Workspace) -> Iterator[str]:
    with kg_server(workspace.folder, "-w", workspace.folder) as address:
        yield address.rstrip("/")


def tax_of(page: Page):
    search(page, "云湖高新区")
    figure = page.locator("figure.trend", has=page.locator("figcaption", has_text="税收 (亿元)"))
    expect(figure).to_have_count(1)
    return figure


def has_its_chart(page: Page) -> None:
    tax = tax_of(page)
    told = tax.get_by_role("img").get_attribute("aria-label") or ""
    assert "累计 全年：2022年 2.5亿元；2023年 3亿元；同比+20%" in told
    assert tax.locator("text.masked").all_text_contents() == ["XX"]
    assert tax.locator(".run-name").all_inner_texts() == ["累计 全年", "累计 1–6月", "当期 6月"]
    tax.locator("svg.chart polygon").first.click()
    expect(tax.locator("blockquote")).to_contain_text("其中6月当月税收3000万元")


@pytest.fixture
def opened(face: str, over_time: Scene, visit: Callable[..., Opened], tmp_path: Path) -> Page:
    path = tmp_path / f"{face}.html"
    FACES[face](over_time, path)
    return visit(path).ready()


def test_a_page_draws_figures_over_time_and_a_mark_opens_its_sentence(opened: Page):
    has_its_chart(opened)


def test_the_service_draws_them_too(served: str, visit: Callable[..., Opened]):
    found = visit(f"{served}/", locale="zh-CN")
    has_its_chart(found.ready())
    assert found.complaints == []


def test_the_keyboard_reaches_every_sentence(opened: Page):
    tax = tax_of(opened)
    first = tax.get_by_role("button", name="2022年 2.5亿元的原文")
    first.focus()
    opened.keyboard.press("Enter")
    expect(tax.locator("blockquote")).to_contain_text("2022年，云湖高新区实现税收2.5亿元。")
    opened.keyboard.press("Enter")
    expect(tax.locator("blockquote")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Page, theme: str):
    opened.emulate_media(color_scheme=theme)
    opened.wait_for_selector(f"html[data-theme={theme}]")
    tax = tax_of(opened)
    tax.get_by_role("button").first.click()
    assert accused(opened) == []
