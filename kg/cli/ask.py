"""Commands that ask a graph."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    DEFAULT_WORKSPACE,
    FormatOption,
    JsonOption,
    LangOption,
    OutputOption,
    StoreOption,
    WorkspaceOption,
    format_of,
    language,
    open_workspace,
    print_table,
    say,
    sparql_of,
)
from kg.errors import UsageError

SetOption = Annotated[list[str] | None, typer.Option("--set", help="parameter=name, for a named question.")]


def query(  # noqa: PLR0913, PLR0917  # one parameter an option
    sparql: Annotated[str | None, typer.Argument(help="SPARQL 1.1; the prefixes of the ontology are known.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the SPARQL from a file.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A named question; kg questions lists them.")] = None,
    given: SetOption = None,
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
        answer = graph.ask(name, parameters(given or []))
    else:
        if given:
            raise UsageError("--set goes with --name.")
        answer = graph.query(sparql_of(file) if file else sparql or "", allow_service or ())
    print_table(answer, table_format, output)


def parameters(given: list[str]) -> dict[str, str]:
    """What `--set` gives by parameter.

    Raises:
        UsageError: it is no `parameter=name`.
    """
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
