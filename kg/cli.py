"""The `kg` command: parses, calls one function, prints. Results go to standard output, progress to standard error."""

import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kg.prepare import Options
    from kg.workspace import Workspace

NO_OR_PARTLY, WRONG_USE = 1, 2


class Commands(typer.core.TyperGroup):
    """The group of commands: every error of ours becomes one line and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            _fail(str(error), WRONG_USE if isinstance(error, UsageError) else NO_OR_PARTLY)
        except (BrokenPipeError, KeyboardInterrupt):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(130) from None
        except (OSError, MemoryError) as error:
            _fail(
                f"{_where(error)}: {error.strerror if isinstance(error, OSError) else error}. Nothing else was changed.",
                NO_OR_PARTLY,
            )


app = typer.Typer(
    cls=Commands,
    help="Work reports of an innovation ecosystem as a knowledge graph. 把工作报告变成知识图谱。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WorkspaceOption = Annotated[Path, typer.Option("--workspace", "-w", envvar="KG_WORKSPACE", help="Folder that holds the graph.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
GazetteerOption = Annotated[bool, typer.Option(help="Use names known nationwide beside the grammar.")]
MappingOption = Annotated[Path | None, typer.Option("--mapping", help="YAML that says what a table's columns mean.")]
NerOption = Annotated[bool, typer.Option("--ner", help="Let Baidu LAC propose names too (extra ner).")]
LlmOption = Annotated[bool, typer.Option("--llm", help="Let the language model at KG_LLM_URL propose facts too (extra llm).")]
LangOption = Annotated[str, typer.Option("--lang", help="zh or en.")]
DEFAULT_WORKSPACE = Path("kg-workspace")


def main() -> None:
    """Entry point of the console command."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs a traceback for a literal such as "2023-13-45"^^xsd:date
    app()


def _fail(message: str, status: int) -> NoReturn:
    typer.echo(f"kg: {' '.join(message.split())}", err=True)
    raise typer.Exit(status)


def _where(error: Exception) -> str:
    return str(getattr(error, "filename", None) or "kg")


def _language(lang: str) -> str:
    if lang not in ("zh", "en"):
        raise UsageError(f"--lang is zh or en, not '{lang}'.")
    return lang


def _open(folder: Path) -> "Workspace":
    from kg.workspace import Workspace

    return Workspace(folder)


@app.command()
def extract(  # noqa: PLR0913, PLR0917  # one parameter an option
    file: Annotated[Path, typer.Argument(help="A report (.docx .pdf .txt .html, a scan) or a table (.xlsx .csv).")],
    as_json: JsonOption = False,
    gazetteer: GazetteerOption = True,
    media_format: Annotated[str | None, typer.Option("--format", help="Ending to read the file as: docx pdf txt html xlsx csv …")] = None,
    mapping: MappingOption = None,
    ner: NerOption = False,
    llm: LlmOption = False,
) -> None:
    """Show what a file states, without storing it. 抽取一个文件的事实。"""
    from kg.extract.as_json import as_json as to_json
    from kg.prepare import facts_of, require_facts

    facts = facts_of(file, _options(gazetteer, mapping, ner, llm), media_format)
    require_facts(facts, file)
    for remark in facts.remarks:
        typer.echo(f"kg: {remark}", err=True)
    if as_json:
        typer.echo(json.dumps(to_json(facts), ensure_ascii=False, indent=1))
        return
    from kg.listing import listing

    for line in listing(facts):
        typer.echo(line)


def _options(gazetteer: bool, mapping: Path | None = None, ner: bool = False, llm: bool = False) -> "Options":
    from kg.extract.columns import read_mapping
    from kg.prepare import Options

    proposers = tuple(name for name, wanted in (("ner", ner), ("llm", llm)) if wanted)
    return Options(gazetteer, read_mapping(mapping) if mapping else None, proposers)


@app.command()
def evaluate(  # noqa: PLR0913, PLR0917  # one parameter an option
    gold: Annotated[Path, typer.Argument(help="Facts written by hand: a JSON file, or a folder of them.")],
    predicted: Annotated[Path, typer.Argument(help="JSON of kg extract, or a report; or a folder of either.")],
    least: Annotated[list[str] | None, typer.Option("--min", help="kind=F1; exit status 1 where a kind is below.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Print what was missed and what was wrong.")] = False,
    gazetteer: GazetteerOption = True,
    ner: NerOption = False,
    as_json: JsonOption = False,
) -> None:
    """Compare extracted facts with facts written by hand. 评估抽取效果。"""
    from kg.evaluate import evaluate as compare
    from kg.evaluate.scores import as_rows, lines

    bars = _bars(least or [])
    scores = compare(gold, predicted, _options(gazetteer, ner=ner))
    if as_json:
        typer.echo(json.dumps(as_rows(scores), ensure_ascii=False, indent=1))
    for line in () if as_json else lines(scores, misses):
        typer.echo(line)
    below = [f"{kind} {scores[kind].f1:.3f} (at least {bar:g})" for kind, bar in bars.items() if scores[kind].f1 < bar]
    if below:
        _fail(f"below the bar: {', '.join(below)}.", NO_OR_PARTLY)


def _bars(given: list[str]) -> dict[str, float]:
    from kg.evaluate.matching import MATCHES

    bars = {}
    for one in given:
        kind, _, bar = one.partition("=")
        try:
            bars[kind] = float(bar)
        except ValueError:
            kind = ""
        if kind not in MATCHES:
            raise UsageError(f"--min takes kind=F1 with {', '.join(MATCHES)}, such as events=0.75, not '{one}'.")
    return bars


@app.command()
def ingest(  # noqa: PLR0913, PLR0917  # one parameter an option
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to read.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    gazetteer: GazetteerOption = True,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="How many processes read files.")] = 1,
    mapping: MappingOption = None,
    ner: NerOption = False,
    llm: LlmOption = False,
) -> None:
    """Read files into the graph; a changed file replaces its facts. 读入文件。"""
    options = _options(gazetteer, mapping, ner, llm)
    with _progress(paths) as watch:
        done = _open(workspace).ingest(paths, options, jobs, watch)
    for one in done:
        typer.echo(f"{one.status:<10} {one.path}" + (f"  ({one.facts} facts)" if one.facts else ""))
    failed = [one for one in done if one.status == "failed"]
    for line in [*(one.reason for one in failed), *(remark for one in done for remark in one.remarks)]:
        typer.echo(f"kg: {line}", err=True)
    if failed:
        raise typer.Exit(NO_OR_PARTLY)


@contextmanager
def _progress(paths: list[Path]) -> "Iterator[Callable[[Any], None]]":
    """A bar on standard error, one step a file; none where standard error is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.workspace import expand

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("ingest", total=len(list(expand(paths))))
        yield lambda one: bar.update(task, advance=1, description=one.path.name[:30])


@app.command(name="import")
def import_rdf(
    file: Annotated[Path, typer.Argument(help="RDF of another tool: .ttl .trig .nt .nq .rdf .jsonld .n3 .trix.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    rdf_format: Annotated[str | None, typer.Option("--format", help="Ending that tells the format, such as ttl.")] = None,
) -> None:
    """Bring RDF into a graph of its own, its source recorded. 导入 RDF 数据。"""
    done = _open(workspace).add_rdf(file, rdf_format)
    typer.echo(f"{done.status:<10} {done.path}  ({done.facts} statements)")


@app.command()
def documents(workspace: WorkspaceOption = DEFAULT_WORKSPACE, as_json: JsonOption = False) -> None:
    """List the documents in the graph. 列出已读入的文件。"""
    _print(_open(workspace).ask("documents"), "json" if as_json else "table")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Name of the document, as kg documents lists it.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Take a document out of the graph, with what no other document states. 移除一个文件。"""
    _open(workspace).remove(name)
    typer.echo(f"removed {name}")


@app.command()
def validate(workspace: WorkspaceOption = DEFAULT_WORKSPACE, as_json: JsonOption = False) -> None:
    """Check the graph against the SHACL shapes; exit status 1 if something breaks one. 校验图谱。"""
    from dataclasses import asdict

    violations = _open(workspace).validate()
    if as_json:
        typer.echo(json.dumps([asdict(v) for v in violations], ensure_ascii=False, indent=1))
    for violation in [] if as_json else violations:
        typer.echo(f"{violation.node} {violation.path} {violation.value}\n  {violation.message}")
        for passage, sentence in zip(violation.passages, violation.sentences, strict=True):
            typer.echo(f"  {passage}\n    {sentence}")
    if violations:
        raise typer.Exit(NO_OR_PARTLY)
    if not as_json:
        typer.echo("The graph conforms to the shapes.")


@app.command()
def query(  # noqa: PLR0913, PLR0917  # one parameter an option
    sparql: Annotated[str | None, typer.Argument(help="SPARQL 1.1; the prefixes of the ontology are known.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the SPARQL from a file.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A named question; kg questions lists them.")] = None,
    given: Annotated[list[str] | None, typer.Option("--set", help="parameter=name, for a named question.")] = None,
    table_format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file (parquet needs one).")] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_json: JsonOption = False,
) -> None:
    """Ask the graph: SPARQL, a file of it, or a named question. 查询图谱。"""
    table_format = "json" if as_json else table_format
    if table_format not in ("table", "csv", "json", "parquet"):
        raise UsageError(f"--format is table, csv, json or parquet, not '{table_format}'.")
    if sum(asked is not None for asked in (sparql, file, name)) != 1:
        raise UsageError("Give one of: a SPARQL query, --file FILE, --name QUESTION.")
    if table_format == "parquet" and output is None and sys.stdout.isatty():
        raise UsageError("Parquet is binary. Add --output FILE, or redirect standard output.")
    graph = _open(workspace)
    if name is not None:
        answer = graph.ask(name, _parameters(given or []))
    else:
        if given:
            raise UsageError("--set goes with --name.")
        answer = graph.query(_sparql_of(file) if file else sparql or "")
    _print(answer, table_format, output)


def _sparql_of(file: Path) -> str:
    from kg.read.clean import Raw, decode

    return decode(Raw(file, file.read_bytes()))


def _parameters(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    wrong = next((key for key, sign, value in pairs if not (key and sign and value)), None)
    if wrong is not None:
        raise UsageError(f"--set takes parameter=name, not '{wrong}'.")
    return {key: value for key, _, value in pairs}


@app.command()
def questions(lang: LangOption = "zh", as_json: JsonOption = False) -> None:
    """List the named questions. 列出可直接提问的问题。"""
    from kg.query import questions as known

    _language(lang)
    if as_json:
        listed = [{"name": q.name, "zh": q.zh, "en": q.en, "parameters": dict(q.parameters)} for q in known().values()]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for question in known().values():
        usual = "".join(f"  [--set {key}={value or '…'}]" for key, value in question.parameters.items())
        typer.echo(f"{question.name:<28} {question.zh if lang == 'zh' else question.en}{usual}")


@app.command()
def rank(
    by: Annotated[str, typer.Option("--by", help="degree, betweenness, closeness, eigenvector or pagerank.")] = "betweenness",
    top: Annotated[int, typer.Option("--top", help="How many.")] = 20,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    table_format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    as_json: JsonOption = False,
) -> None:
    """Rank things by their place in the network. 按网络位置排名。"""
    from kg.analyse import project
    from kg.analyse import rank as rank_nodes

    with _open(workspace).reading() as store:
        graph = project(store)
    _print(rank_nodes(graph, by, top), "json" if as_json else table_format)


@app.command()
def view(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")] = Path("graph.html"),
    size: Annotated[str, typer.Option("--size", help="Measure that a dot's size shows.")] = "betweenness",
    lang: LangOption = "zh",
) -> None:
    """Write the graph as one HTML page that opens offline. 生成关系图页面。"""
    from kg.analyse import project
    from kg.view import write_page

    with _open(workspace).reading() as store:
        graph = project(store)
    write_page(graph, _writable(output), size, _language(lang))
    typer.echo(output)


@app.command()
def report(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the report.")] = Path("report.html"),
    lang: LangOption = "zh",
) -> None:
    """Write the report to hand on: figures, rankings, projects, policies, cooperation. 生成分析报告。"""
    from kg.report import build, write_html

    with _open(workspace).reading() as store:
        made = build(store, _language(lang))
    write_html(made, _writable(output))
    typer.echo(output)


def _writable(path: Path) -> Path:
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written. Name a file in a folder that exists.")
    return path


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where to put the example.")] = Path("kg-demo"),
    lang: LangOption = "zh",
) -> None:
    """Build the example graph, check it, and write its page and report. 一键示例。"""
    from kg.demo import run_demo

    run_demo(folder, _language(lang), typer.echo)


@app.command()
def version() -> None:
    """Print the version. 版本。"""
    from kg import __version__

    typer.echo(__version__)


def _print(table: "pd.DataFrame", table_format: str, output: Path | None = None) -> None:
    """Print an answer, or write it to a file; an empty table prints its header."""
    from kg.tables import as_bytes

    data = as_bytes(table, table_format)
    if output is not None:
        _writable(output).write_bytes(data)
        typer.echo(f"{output}: {len(table)} rows", err=True)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
