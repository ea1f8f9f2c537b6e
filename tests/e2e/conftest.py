"""A browser with the network off, and both pages of the example."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from kg.view import Scene, scene, write_explorer, write_page
from tests.servers import PATIENCE

FLAGS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--enable-precise-memory-info",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
FRAMES = 30
"""What a page draws in half a second where nothing else runs."""
expect.set_options(timeout=PATIENCE * 1000)
FACES = {"pyvis": write_page, "explorer": write_explorer}


@dataclass
class Opened:
    """A page with what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ready(self) -> Page:
        """The page once it is drawn."""
        self.page.wait_for_selector("body[data-ready=yes]")
        return self.page


@pytest.fixture(scope="module")  # while it runs, nothing else in this process may run an event loop
def driver() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(driver: Playwright, chromium: str) -> Iterator[Browser]:
    opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens an address; files with the network off."""
    contexts = []

    def opened(address: str | Path, **options) -> Opened:
        offline = isinstance(address, Path) or address.startswith("file:")
        options = {"reduced_motion": "reduce", "viewport": {"width": 1400, "height": 900}, **options}
        context = browser.new_context(offline=offline, accept_downloads=True, **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        found = Opened(page)
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("console", lambda message: found.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        return found

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shown(graph) -> Scene:
    """The example as both pages show it."""
    with graph.reading() as store:
        return scene(store)


@pytest.fixture(params=FACES)
def face(request) -> str:
    """Either page."""
    return request.param


@pytest.fixture(scope="session")
def written(shown: Scene, tmp_path_factory) -> Callable[[str], Path]:
    """The file of a page of the example, written once."""
    folder = tmp_path_factory.mktemp("pages")

    def file(face: str) -> Path:
        path = folder / f"{face}.html"
        if not path.exists():
            FACES[face](shown, path)
        return path

    return file


@pytest.fixture
def drawn(face: str, written, visit) -> Page:
    """The page of the example, drawn; a complaint of it fails the test."""
    found = visit(written(face))
    yield found.ready()
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith(("data:", "blob:"))] == [written(face).as_uri()]


def spot(page: Page, name: str) -> tuple[float, float]:
    """Where a node is drawn, in pixels of the window."""
    x, y = page.evaluate("(id) => { const p = kg.drawing.place(kg.scene.number.get(id)); return [p.x, p.y]; }", name)
    box = page.locator("#stage").bounding_box()
    return box["x"] + x, box["y"] + y


def rest(page: Page, name: str | None = None) -> None:
    """Until a page has drawn many frames, and in the last of them a node has not moved: frames are counted, not seconds."""
    before = None
    while True:
        page.evaluate("(n) => new Promise((done) => { const next = () => n-- ? requestAnimationFrame(next) : done(); next(); })", FRAMES)
        now = spot(page, name) if name else None
        if now == before:
            return
        before = now


def shown_names(page: Page) -> set[str]:
    """Names of the nodes that are drawn."""
    return set(page.evaluate("kg.scene.nodes.name.filter((_, node) => kg.look.nodes[node])"))


def search(page: Page, name: str) -> None:
    """Find a thing by its name."""
    page.fill("#search", name)
    page.press("#search", "Enter")
    page.wait_for_selector("#panel:not([hidden])")
