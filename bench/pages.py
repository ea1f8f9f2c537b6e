"""The pages in Chromium without a GPU: the explorer beside a bare vis-network page of the same data (WebGL emulated), and the pyvis page.

Needs Chromium and Playwright. A page is ready when it has drawn everything and two more frames have passed.
"""

import json
import statistics
import tempfile
import time
from importlib import resources as packages
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import generated
from kg.view import Scene, scene, write_explorer, write_page
from kg.workspace.backup import restore
from kg.workspace.workspace import Workspace

FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--enable-precise-memory-info"]
MEGABYTE = 1e6
BARS = {"share": 1 / 3, "file": 2.5, "heap": 400.0, "seconds": 2.0, "written": 12.0}
RUNS = 3
_BARE = """<!doctype html><meta charset="utf-8"><style>html, body, #graph {{ margin: 0; height: 100% }}</style><div id="graph"></div>
<script>{library}</script>
<script>
const network = new vis.Network(document.getElementById("graph"),
  {{ nodes: new vis.DataSet({nodes}), edges: new vis.DataSet({edges}) }},
  {{ physics: {{ enabled: false }}, edges: {{ smooth: false }}, nodes: {{ shape: "dot" }} }});
network.once("afterDrawing", () => requestAnimationFrame(() => requestAnimationFrame(() => {{ document.body.dataset.ready = "yes"; }})));
</script>"""
_FRAMES = """async (move) => {
  const step = eval(move), from = performance.now();
  let frames = 0;
  while (performance.now() - from < 3000) { step(frames++); await new Promise(requestAnimationFrame); }
  return frames / ((performance.now() - from) / 1000);
}"""


def main() -> None:
    """Print the table of ratios."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        plain = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        large(Path(folder), browser)
        small(Path(folder), plain, browser)
        browser.close()
        plain.close()


def large(folder: Path, browser: Browser) -> None:
    """20,000 things and 50,000 ties: the explorer beside the bare page."""
    graph = stored(folder, 20_000, 50_000)
    ours, bare = folder / "explorer.html", folder / "bare.html"
    start = time.perf_counter()
    with graph.reading() as store:
        shown = scene(store)
    write_explorer(shown, ours)
    seconds = time.perf_counter() - start
    print(f"kg view --explorer: {seconds:.1f} s from the graph to the file {verdict(seconds, 'written')}")
    bare.write_text(bare_page(shown), encoding="utf-8")
    times, peer = opened(browser, ours), opened(browser, bare)
    share, size, heap = times["seconds"] / peer["seconds"], ours.stat().st_size / MEGABYTE, times["heap"]
    print(
        f"ready: explorer {times['seconds']:.2f} s, bare vis-network {peer['seconds']:.2f} s, share {share:.2f} {verdict(share, 'share')}"
    )
    print(f"file: {size:.2f} MB {verdict(size, 'file')}; bare {bare.stat().st_size / MEGABYTE:.2f} MB")
    print(f"heap: {heap:.0f} MB {verdict(heap, 'heap')}; bare {peer['heap']:.0f} MB")
    rate, other = frames(browser, ours, "(i) => kg.drawing.moveTo([i * 20, i * 10, 8], false)"), frames(
        browser, bare, "(i) => network.moveTo({ position: { x: i * 20, y: i * 10 }, scale: 1 / 8 })"
    )  # fmt: skip
    print(f"frames a second while moving: explorer {rate:.1f}, bare vis-network {other:.1f}, ratio {rate / other:.1f}")


def small(folder: Path, browser: Browser, emulated: Browser) -> None:
    """The pyvis page with 1,000 things, which needs no WebGL; then where every canvas goes through an emulated GPU."""
    path = folder / "page.html"
    write_page(made(folder, 1_000, 2_500), path)
    seconds, other = opened(browser, path)["seconds"], opened(emulated, path)["seconds"]
    print(f"pyvis page, 1,000 things: ready in {seconds:.2f} s {verdict(seconds, 'seconds')}; with an emulated GPU {other:.2f} s")


def made(folder: Path, nodes: int, edges: int) -> Scene:
    """The scene of a generated graph."""
    with stored(folder, nodes, edges).reading() as store:
        return scene(store)


def stored(folder: Path, nodes: int, edges: int) -> Workspace:
    """A generated graph."""
    file, workspace = folder / f"{nodes}.nq", Workspace(folder / f"graph-{nodes}")
    generated.write_ecosystem(file, nodes, edges)
    restore(file, workspace.folder)
    with workspace.writing():
        pass  # which brings the ontology in
    return workspace


def bare_page(shown: Scene) -> str:
    """vis-network alone, with the same data and positions."""
    nodes = [{"id": i, "label": one.name, "x": one.x, "y": one.y, "color": "#0072b2", "size": 8} for i, one in enumerate(shown.things)]
    edges = [{"from": tie.start, "to": tie.end} for tie in shown.ties]
    library = packages.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return _BARE.format(library=library.read_text(encoding="utf-8"), nodes=json.dumps(nodes), edges=json.dumps(edges))


def opened(browser: Browser, path: Path) -> dict[str, float]:
    """Median seconds until a page is ready, and megabytes of its heap then."""
    found: list[tuple[float, float]] = []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]", timeout=180_000)
        seconds = time.perf_counter() - start
        found.append((seconds, page.evaluate("performance.memory.usedJSHeapSize") / MEGABYTE))
        page.close()
    return {"seconds": statistics.median(one for one, _ in found), "heap": max(heap for _, heap in found)}


def frames(browser: Browser, path: Path, move: str) -> float:
    """Frames a second while the picture moves."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready=yes]", timeout=180_000)
    rate: Any = page.evaluate(_FRAMES.replace("eval(move)", f"({move})"), "")
    page.close()
    return float(rate)


def verdict(value: float, bar: str) -> str:
    """Whether a figure is within its bar."""
    return f"(bar {BARS[bar]:.3g}: {'met' if value <= BARS[bar] else 'MISSED'})"


if __name__ == "__main__":
    main()
