"""The whole way on the example: read, store, check, ask, rank, tell over time, draw, report."""

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import LangOption, language, say
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kg.store import Store

_MARK = "made-by-kg-demo"
_REPORTS = ("qingpu-2023h1", "qingpu-2022h2", "qingpu-2023h2", "qingpu-2024h1")
"""Folders of the example: four half-years of one office, the one with lists first."""
_ASKED = ("cooperations", "withheld-figures")
_AS_OF = dt.date(2024, 6, 30)
_STATES = ("late", "partly", "no-word-since")
"""Of the promises, those that a planner would ask about."""


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to put the example.")] = Path("kg-demo"),
    lang: LangOption = "zh",
) -> None:
    """Build the example graph, check it, and write its page and report. 一键示例。"""
    from kg import resources
    from kg.extras import has
    from kg.report import FORMATS, build, write
    from kg.view import scene, write_page
    from kg.workspace.workspace import Workspace

    language(lang)
    _prepare(folder)
    workspace = Workspace(folder / "workspace")
    done = workspace.ingest([resources.data() / name for name in _REPORTS])
    failed = [one for one in done if one.status == "failed"]
    if failed:
        raise KgError(failed[0].reason)
    say(f"ingest    {len(done)} files, {sum(one.facts for one in done)} facts")
    with workspace.reading() as store:
        _tell(store, lang)
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


def _tell(store: "Store", lang: str) -> None:
    """Check the graph, rank, ask, and say what four reports of one office tell together, each with the command that asks for it."""
    from kg.analyse import project, rank
    from kg.query import ask, question
    from kg.reason import validate
    from kg.show.serialization import as_bytes, cited

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
    for command, table in _over_time(store, lang):
        shown, notes = cited(table)
        say("\n".join((f"kg {command}", as_bytes(shown, "table").decode().rstrip(), *notes, "")))


def _over_time(store: "Store", lang: str) -> Iterator[tuple[str, "pd.DataFrame"]]:
    """Commands without `kg`, and the tables that they print."""
    from kg.reason.bounds import bound_figures
    from kg.reason.contradictions import contradictions
    from kg.reason.promises import promises
    from kg.reason.series import series
    from kg.show import bounds, over_time
    from kg.show import promises as shown_promises

    name, subject, indicator = _most_told(store)
    points = [one for one in series(store, subject) if one.line.indicator == indicator]
    yield f"timeline {name} --indicator {indicator}", over_time.points(points, lang)
    yield "check", over_time.contradictions(contradictions(store), lang)
    kept = [one for one in promises(store, _AS_OF) if one.state in _STATES]
    asked = " ".join(f"--state {state}" for state in _STATES)
    yield f"promises --as-of {_AS_OF} {asked}", shown_promises.as_table(kept, lang)
    yield "bounds", bounds.as_table(bound_figures(store), lang, in_words=False)


def _most_told(store: "Store") -> tuple[str, str, str]:
    """The name and IRI of a thing, and the indicator of it, of which reports tell most figures."""
    from kg.reason.records import figures

    found = (one for one in figures(store) if one.subject and one.period and not one.planned and one.about in ("", one.name))
    counted = Counter((one.name, one.subject, one.indicator) for one in found)
    return max(counted, key=lambda one: (counted[one], one))
