"""Commands that keep a graph: read into it, take out, check, back up."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    DEFAULT_MEMORY,
    DEFAULT_TIMEOUT,
    DEFAULT_WORKSPACE,
    NO_OR_PARTLY,
    GazetteerOption,
    JsonOption,
    LlmOption,
    MappingOption,
    MemoryOption,
    NerOption,
    StoreOption,
    TimeoutOption,
    WorkspaceOption,
    limits_of,
    named,
    open_workspace,
    print_table,
    reading_options,
    say,
    tell,
)
from kg.confine.uncollected import uncollected

if TYPE_CHECKING:
    from kg.workspace.workspace import Ingested

STATUSES = ("added", "replaced", "unchanged", "failed")


def ingest(  # noqa: PLR0913, PLR0917  # one parameter an option
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to read.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    gazetteer: GazetteerOption = True,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, max=256, help="How many processes read files. [default: one a core]")
    ] = None,
    mapping: MappingOption = None,
    ner: NerOption = False,
    llm: LlmOption = False,
    place: Annotated[
        str | None, typer.Option("--place", help="Place or park whose reports these are, with what it lies in where it needs that.")
    ] = None,
    places: Annotated[Path | None, typer.Option("--places", help="CSV with the columns file,place: whose report each file is.")] = None,
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    max_memory: MemoryOption = DEFAULT_MEMORY,
) -> None:
    """Read files into the graph; a changed file replaces its facts. 读入文件。"""
    with uncollected():
        from kg.resolve.linkage import remark as not_scored
        from kg.workspace.ingest.places import places_said

        into = open_workspace(workspace, store)
    options, said = reading_options(gazetteer, mapping, ner, llm), places_said(place, places)
    with _progress(paths) as watch:
        done = into.ingest(paths, options, jobs, watch, limits_of(timeout, max_memory), said)
    failed = [one for one in done if one.status == "failed"]
    for line in [*(one.reason for one in failed), *(remark for one in done for remark in one.remarks)]:
        tell(line)
    if unused := said.unused(one.path for one in done):
        tell(
            f"{places}: of this call no file is called {named(', '.join(unused[:5]))}{', …' if len(unused) > 5 else ''}. Correct the list."
        )
    if len(done) > 1:
        counts = Counter[str](one.status for one in done)
        tell(", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status]))
    if missing := not_scored():
        tell(missing)
    if failed:
        raise typer.Exit(NO_OR_PARTLY)


@contextmanager
def _progress(paths: list[Path]) -> "Iterator[Callable[[Ingested], None]]":
    """A line for each file as soon as it is stored, and a bar on standard error where that is a terminal."""

    def told(one: "Ingested") -> None:
        say(f"{one.status:<10} {named(one.path)}" + (f"  ({one.facts} facts)" if one.facts else ""))
        sys.stdout.flush()

    if not (sys.stderr.isatty() or os.environ.get("FORCE_COLOR")):  # no terminal, as the bar takes it: it need not be loaded
        yield told
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.workspace.ingest.batch import expand

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("ingest", total=len(list(expand(paths))))

        def watch(one: "Ingested") -> None:
            told(one)
            bar.update(task, advance=1, description=named(one.path.name)[:30])

        yield watch


def import_rdf(  # noqa: PLR0913, PLR0917  # one parameter an option
    file: Annotated[Path, typer.Argument(help="RDF of another tool: .ttl .trig .nt .nq .rdf .jsonld .n3 .trix.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    rdf_format: Annotated[str | None, typer.Option("--format", help="Ending that tells the format, such as ttl.")] = None,
    allow_context: Annotated[
        list[str] | None, typer.Option("--allow-context", help="IRI of a context of JSON-LD that may be fetched.")
    ] = None,
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    max_memory: MemoryOption = DEFAULT_MEMORY,
) -> None:
    """Bring RDF into a graph of its own, its source recorded. 导入 RDF 数据。"""
    done = open_workspace(workspace, store).add_rdf(file, rdf_format, allow_context or (), limits_of(timeout, max_memory))
    say(f"{done.status:<10} {named(done.path)}  ({done.facts} statements)")


def documents(workspace: WorkspaceOption = DEFAULT_WORKSPACE, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List the documents in the graph. 列出已读入的文件。"""
    print_table(open_workspace(workspace, store).ask("documents"), "json" if as_json else "table")


def remove(
    name: Annotated[str, typer.Argument(help="Name of the document, as kg documents lists it.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
) -> None:
    """Take a document out of the graph, with what no other document states. 移除一个文件。"""
    open_workspace(workspace, store).remove(name)
    say(f"removed {name}")


def validate(workspace: WorkspaceOption = DEFAULT_WORKSPACE, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Check the graph against the SHACL shapes; exit status 1 if something breaks one. 校验图谱。"""
    from dataclasses import asdict

    violations = open_workspace(workspace, store).validate()
    if as_json:
        say(json.dumps([asdict(v) for v in violations], ensure_ascii=False, indent=1))
    for violation in [] if as_json else violations:
        say(f"{violation.node} {violation.path} {violation.value}\n  {violation.message}")
        for passage, sentence in zip(violation.passages, violation.sentences, strict=True):
            say(f"  {passage}\n    {sentence}")
    if violations:
        raise typer.Exit(NO_OR_PARTLY)
    if not as_json:
        say("The graph conforms to the shapes.")


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for the copy.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Copy the workspace as it is now; a writer may go on beside it. 备份。"""
    from kg.workspace.backup import backup as copy

    copy(workspace, folder)
    say(folder)


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that kg backup made, or a file of kg export (.nq .trig .jsonld).")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the graph that is there.")] = False,
) -> None:
    """Make a workspace what a backup holds. 恢复备份。"""
    from kg.workspace.backup import restore as bring_back

    for remark in bring_back(folder, workspace, replace):
        tell(remark)
    open_workspace(workspace).log("restored", str(folder), "")
    say(workspace)


def check_store(workspace: WorkspaceOption = DEFAULT_WORKSPACE, as_json: JsonOption = False) -> None:
    """Read a workspace, or a backup, through: each statement and each kept file; exit status 1 if one is damaged. 检查存储。"""
    from dataclasses import asdict

    from kg.workspace.check import check

    found = check(workspace)
    if as_json:
        say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        for line in (*(f"damaged: {fault}" for fault in found.faults), *(f"note: {note}" for note in found.notes), found.told):
            say(" ".join(line.split()))
    if found.faults:
        raise typer.Exit(NO_OR_PARTLY)
