"""Between which values withheld figures lie."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import files
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
    print_cited,
    say,
    tell,
)
from kg.cli.scope import CHOSEN
from kg.printed import printable

if TYPE_CHECKING:
    from kg.reason.bounds import Findings


def bounds(  # noqa: PLR0913, PLR0917  # one parameter an option
    thing: Annotated[str | None, typer.Argument(help="Name of the thing whose withheld figures are asked for; all where left out.")] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Between which values withheld figures lie, by what is published. 推算隐去数据的区间。"""
    from kg.show.bounds import as_lines, as_records, as_table

    language(lang)
    table_format = format_of(table_format, as_json)
    found = _found(workspace, store, thing)
    if table_format == "json":
        text = json.dumps(as_records(found, lang), ensure_ascii=False, indent=1)
        if output is None:
            say(text)
        else:
            files.put(files.writable(output), printable(text + "\n").encode())
        return
    print_cited(as_table(found, lang, table_format != "table"), table_format, output)
    for line in as_lines(found, lang):
        tell(line)


def _found(workspace: Path, store: str | None, thing: str | None) -> "Findings":
    """What is found of a thing, or of all; estimates of all are kept in `graph/estimated`."""
    from kg.query import thing_called
    from kg.reason.bounds import bound_figures, keep

    graph = open_workspace(workspace, store)
    with graph.reading() as held:  # a name that is not there, or a folder without a graph, changes nothing
        subject = str(thing_called(held, thing)) if thing else ""
        if CHOSEN.get():  # of a part the estimates are told and not kept
            found = bound_figures(held)
            return found.of(subject) if subject else found
    with graph.writing() as held:
        found = bound_figures(held)
        keep(held, found)
    return found.of(subject) if subject else found
