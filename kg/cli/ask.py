"""Commands that ask a graph, and show what it holds."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import files
from kg.cli.options import (
    DEFAULT_WORKSPACE,
    FormatOption,
    JsonOption,
    LangOption,
    OutputOption,
    ProjectionOption,
    StoreOption,
    WorkspaceOption,
    format_of,
    language,
    open_workspace,
    print_table,
    projection_text,
    say,
    sparql_of,
    tell,
)
from kg.errors import UsageError


def query(  # noqa: PLR0913, PLR0917  # one parameter an option
    sparql: Annotated[str | None, typer.Argument(help="SPARQL 1.1; the prefixes of the ontology are known.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the SPARQL from a file.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A named question; kg questions lists them.")] = None,
    given: Annotated[list[str] | None, typer.Option("--set", help="parameter=name, for a named question.")] = None,
    table_format: FormatOption = "table",
    output: OutputOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    as_json: JsonOption = False,
    allow_service: Annotated[list[str] | None, typer.Option("--allow-service", help="IRI of an endpoint that SERVICE may call.")] = None,
) -> None:
    """Ask the graph: SPARQL, a file of it, or a named question. 查询图谱。"""
    table_format = format_of(table_format, as_json)
    if sum(asked is not None for asked in (sparql, file, name)) != 1:
        raise UsageError("Give one of: a SPARQL query, --file FILE, --name QUESTION.")
    if table_format == "parquet" and output is None and sys.stdout.isatty():
        raise UsageError("Parquet is binary. Add --output FILE, or redirect standard output.")
    graph = open_workspace(workspace, store)
    if name is not None:
        answer = graph.ask(name, _parameters(given or []))
    else:
        if given:
            raise UsageError("--set goes with --name.")
        answer = graph.query(sparql_of(file) if file else sparql or "", allow_service or ())
    print_table(answer, table_format, output)


def _parameters(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    wrong = next((key for key, sign, value in pairs if not (key and sign and value)), None)
    if wrong is not None:
        raise UsageError(f"--set takes parameter=name, not '{wrong}'.")
    return {key: value for key, _, value in pairs}


def questions(lang: LangOption = "zh", as_json: JsonOption = False) -> None:
    """List the named questions. 列出可直接提问的问题。"""
    from kg.query import questions as known

    language(lang)
    if as_json:
        listed = [{"name": q.name, "zh": q.zh, "en": q.en, "parameters": dict(q.parameters)} for q in known().values()]
        say(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for question in known().values():
        usual = "".join(f"  [--set {key}={value or '…'}]" for key, value in question.parameters.items())
        say(f"{question.name:<28} {question.zh if lang == 'zh' else question.en}{usual}")


def view(  # noqa: PLR0913, PLR0917  # one parameter an option
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("graph.html"),
    explorer: Annotated[bool, typer.Option("--explorer", help="Write the explorer, which draws tens of thousands of things.")] = False,
    projection: ProjectionOption = "whole",
    size: Annotated[str, typer.Option("--size", help="Centrality that a dot's size shows first.")] = "betweenness",
    name: Annotated[str | None, typer.Option("--name", help="Show the answer to a named question; kg questions lists them.")] = None,
    given: Annotated[list[str] | None, typer.Option("--set", help="parameter=name, for a named question.")] = None,
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
        cells = None if name is None else asked_and_told(held, name, _parameters(given or []))
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


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to put the example.")] = Path("kg-demo"),
    lang: LangOption = "zh",
) -> None:
    """Build the example graph, check it, and write its page and report. 一键示例。"""
    from kg.cli.demo import run_demo

    run_demo(folder, language(lang), say)
