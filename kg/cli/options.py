"""Options that commands share, and how they open a graph, print an answer and fail."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg import files
from kg.errors import UsageError
from kg.files import as_text
from kg.printed import printable

if TYPE_CHECKING:
    import pandas as pd

    from kg.confine.limits import Limits
    from kg.workspace.ingest.prepare import Options
    from kg.workspace.workspace import Workspace

NO_OR_PARTLY, WRONG_USE = 1, 2
WorkspaceOption = Annotated[Path, typer.Option("--workspace", "-w", envvar="KG_WORKSPACE", help="Folder that holds the graph.")]
StoreOption = Annotated[
    str | None, typer.Option("--store", envvar="KG_STORE", help="URL of a SPARQL 1.1 endpoint to use in place of the workspace's store.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
GazetteerOption = Annotated[bool, typer.Option(help="Use names known nationwide beside the grammar.")]
MappingOption = Annotated[Path | None, typer.Option("--mapping", help="YAML that says what a table's columns mean.")]
NerOption = Annotated[bool, typer.Option("--ner", help="Let Baidu LAC propose names too (extra ner).")]
LlmOption = Annotated[bool, typer.Option("--llm", help="Let the language model at KG_LLM_URL propose facts too (extra llm).")]
LangOption = Annotated[str, typer.Option("--lang", help="zh or en.")]
ProjectionOption = Annotated[
    str, typer.Option("--projection", help="whole, cooperation, project, policy, a CONSTRUCT query, or a file of one.")
]
TimeoutOption = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that one file may take.")]
MemoryOption = Annotated[int, typer.Option("--max-memory", min=128, help="MB that one file may take.")]
FormatOption = Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file (parquet needs one).")]
DEFAULT_TIMEOUT, DEFAULT_MEMORY = 300.0, 2048
DEFAULT_WORKSPACE = Path("kg-workspace")


def say(message: object, err: bool = False) -> None:
    """Lines on standard output or standard error: the one way in which commands print text, which may be of others."""
    typer.echo(printable(as_text(str(message))), err=err)


def named(path: object) -> str:
    """A path as part of a line, whatever its name holds."""
    return printable(as_text(str(path))).replace("\n", "\\u000a").replace("\t", "\\u0009")


def tell(message: str) -> None:
    """One line on standard error."""
    say(f"kg: {' '.join(message.split())}", err=True)


def fail(message: str, status: int) -> NoReturn:
    """End with one line on standard error and an exit status."""
    tell(message)
    raise typer.Exit(status)


def language(lang: str) -> str:
    """The language of `--lang`.

    Raises:
        UsageError: neither zh nor en.
    """
    if lang not in ("zh", "en"):
        raise UsageError(f"--lang is zh or en, not '{lang}'.")
    return lang


def open_workspace(folder: Path, store: str | None = None) -> "Workspace":
    """The workspace of `--workspace` and `--store`, as far as `--place` and `--period` let it be seen."""
    from kg.cli.scope import CHOSEN, told
    from kg.workspace.workspace import Workspace

    return Workspace(folder, store, CHOSEN.get(), lambda found: tell(told(found)))


def reading_options(gazetteer: bool, mapping: Path | None = None, ner: bool = False, llm: bool = False) -> "Options":
    """How files are to be read."""
    from kg.extract.tables.columns import read_mapping
    from kg.workspace.ingest.prepare import Options

    proposers = tuple(name for name, wanted in (("ner", ner), ("llm", llm)) if wanted)
    return Options(gazetteer, read_mapping(mapping) if mapping else None, proposers)


def limits_of(timeout: float, max_memory: int) -> "Limits":
    """The limits of `--timeout` and `--max-memory`."""
    from kg.confine.limits import MEGABYTE, Limits

    return Limits(max_memory * MEGABYTE, timeout)


def projection_text(given: str) -> str:
    """The name or CONSTRUCT query of `--projection`, which may be a file of it (`.rq`, `.sparql`)."""
    named = given.endswith((".rq", ".sparql")) and "{" not in given
    return sparql_of(Path(given)) if named else given


def sparql_of(file: Path) -> str:
    """The query that a file holds.

    Raises:
        ReadError: it cannot be read, or is no text.
    """
    from kg.files import MAX_TEXT, contents
    from kg.read.clean import Raw, decode

    return decode(Raw(file, contents(file, MAX_TEXT)))


def format_of(table_format: str, as_json: bool) -> str:
    """How an answer is written, by `--format` and `--json`.

    Raises:
        UsageError: no such format.
    """
    from kg.show.serialization import known

    table_format = known(table_format)
    return "json" if as_json else table_format


def print_table(table: "pd.DataFrame", table_format: str, output: Path | None = None) -> None:
    """Print an answer, or write it to a file; an empty table prints its header."""
    from kg.show.serialization import as_bytes

    data = as_bytes(table, table_format)
    if output is not None:
        files.put(files.writable(output), data)
        say(f"{output}: {len(table)} rows", err=True)
    else:
        if table_format != "parquet" and sys.stdout.isatty():
            data = printable(data.decode()).encode()
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def print_cited(table: "pd.DataFrame", table_format: str, output: Path | None = None) -> None:
    """`print_table`; people read the sentences of its columns `documents…` and `sentences…` below the table, by number."""
    from kg.show.serialization import cited

    if table_format != "table":
        print_table(table, table_format, output)
        return
    shown, notes = cited(table) if output is None else (table, [])
    print_table(shown, table_format, output)
    for note in notes:
        say(note)
