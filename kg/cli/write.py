"""Commands that write what a graph holds for people and other tools: a page, a report, RDF, networks."""

from pathlib import Path
from typing import Annotated

import typer

from kg import files
from kg.cli.ask import SetOption, parameters
from kg.cli.options import (
    DEFAULT_WORKSPACE,
    LangOption,
    ProjectionOption,
    StoreOption,
    WorkspaceOption,
    language,
    open_workspace,
    projection_text,
    say,
    tell,
)
from kg.errors import UsageError


def view(  # noqa: PLR0913, PLR0917  # one parameter an option
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("graph.html"),
    explorer: Annotated[bool, typer.Option("--explorer", help="Write the explorer, which draws tens of thousands of things.")] = False,
    projection: ProjectionOption = "whole",
    size: Annotated[str, typer.Option("--size", help="Centrality that a dot's size shows first.")] = "betweenness",
    name: Annotated[str | None, typer.Option("--name", help="Show the answer to a named question; kg questions lists them.")] = None,
    given: SetOption = None,
    sparql: Annotated[str | None, typer.Option("--query", help="Show the answer to SPARQL, or to a file of it (.rq, .sparql).")] = None,
    lang: LangOption = "zh",
) -> None:
    """Write the graph as one HTML page that opens offline. 生成关系图页面。"""
    from kg.query import asked_and_told, select
    from kg.view import LARGE, built, scene, write_explorer, write_page

    built("explorer.js" if explorer else "pyvis.js")  # before anything is reckoned
    target = files.writable(output)
    if name is not None and sparql is not None:
        raise UsageError("Give one of --name QUESTION and --query SPARQL.")
    if given and name is None:
        raise UsageError("--set goes with --name.")
    with open_workspace(workspace, store).reading() as held:
        cells = None if name is None else asked_and_told(held, name, parameters(given or []))
        if sparql is not None:
            cells = select(held, projection_text(sparql)).to_numpy().ravel().tolist()
        shown = scene(held, projection_text(projection), size, answer=cells)
    (write_explorer if explorer else write_page)(shown, target, language(lang))
    if not explorer and len(shown.things) > LARGE:
        tell(f"{len(shown.things)} things are many for this page; kg view --explorer draws them smoothly.")
    say(output)


def report(  # noqa: PLR0913, PLR0917  # one parameter an option
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write: .html, .docx or .xlsx.")] = Path("report.html"),
    report_format: Annotated[
        str | None, typer.Option("--format", help="html, docx or xlsx; by the name of the output where left out.")
    ] = None,
    templates: Annotated[Path | None, typer.Option("--templates", help="Folder of your own templates.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="Word document whose page and styles a .docx takes.")] = None,
    lang: LangOption = "zh",
) -> None:
    """Write the report to hand on, as a page, a Word document or a workbook. 生成分析报告。"""
    from kg.report import build, can_draw, write

    target = files.writable(output)
    with open_workspace(workspace, store).reading() as held:
        made = build(held, language(lang), templates)
    write(made, target, report_format, templates, template)
    if not can_draw():
        tell("the report has no charts; pip install 'innovation-kg[report]' brings them.")
    say(output)


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; for csv and parquet a new folder of two tables.")],
    export_format: Annotated[str, typer.Option("--format", help="nq, trig, ttl, jsonld, graphml, gexf, csv or parquet.")],
    projection: ProjectionOption = "whole",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
) -> None:
    """Write the graph for other tools: RDF, or the network of things. 导出图谱。"""
    from kg.exchange.export import export as write

    with open_workspace(workspace, store).reading() as held:
        made = write(held, export_format, output, projection_text(projection))
    say(made)
