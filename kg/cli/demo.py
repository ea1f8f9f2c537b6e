"""The whole way on the example: read, store, check, ask, rank, draw, report."""

import shutil
from collections.abc import Callable
from pathlib import Path

from kg import resources
from kg.analyse import project, rank
from kg.cli import topics
from kg.errors import KgError, UsageError
from kg.extras import has
from kg.query import ask, question
from kg.reason import validate
from kg.report import FORMATS, build, write
from kg.show.tables import as_bytes
from kg.view import scene, write_page
from kg.workspace.workspace import Workspace

_MARK = "made-by-kg-demo"
_REPORTS = ("qingpu-2023h1", "qingpu-2022h2", "qingpu-2023h2", "qingpu-2024h1")
"""Folders of the example: four half-years of one office, the one with lists first."""
_ASKED = ("cooperations", "withheld-figures")


def run_demo(folder: Path, lang: str, say: Callable[[str], object]) -> None:
    """Build the example in `folder`, from scratch each time.

    Raises:
        UsageError: the folder holds something else.
        KgError: a step failed.
    """
    _prepare(folder)
    workspace = Workspace(folder / "workspace")
    done = workspace.ingest([resources.data() / name for name in _REPORTS])
    failed = [one for one in done if one.status == "failed"]
    if failed:
        raise KgError(failed[0].reason)
    say(f"ingest    {len(done)} files, {sum(one.facts for one in done)} facts")
    with workspace.reading() as store:
        violations = validate(store)
        if violations:
            raise KgError(f"The example breaks a shape: {violations[0].node} {violations[0].message}")
        say("validate  the graph conforms to the SHACL shapes")
        graph = project(store)
        first = rank(graph, "betweenness", 3)
        say(f"analyse   {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges; bridges: {'、'.join(first['name'])}")
        for name in _ASKED:
            wording = question(name).zh if lang == "zh" else question(name).en
            answer = ask(store, name).drop(columns=["sentence", "from", "to"], errors="ignore").drop_duplicates()
            say(f"\n{wording}  (kg query --name {name})\n{as_bytes(answer, 'table').decode()}")
        topics.told(store, lang, say)
        page, report = folder / "graph.html", build(store, lang)
        drawn = resources.page_file("pyvis.js") is not None
        if drawn:
            write_page(scene(store), page, lang)
    written = [folder / f"report.{ending}" for ending in FORMATS if ending != "xlsx" or has("xlsxwriter")]
    for path in written:
        write(report, path)
    shown = ", ".join(str(path.resolve()) for path in written)
    told = page.resolve() if drawn else "none: this installation has no pages (docs/explorer.md)"
    say(f"page      {told}\nreport    {shown}\nworkspace {workspace.folder.resolve()}")


def _prepare(folder: Path) -> None:
    """An empty folder: a former example goes, anything else stays."""
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise UsageError(f"{folder} is not empty and holds no example. Choose another --folder.")
        shutil.rmtree(folder)
    elif folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Choose another --folder.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
