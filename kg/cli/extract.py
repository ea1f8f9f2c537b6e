"""What a file states, without storing it, and how good such facts are."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    DEFAULT_MEMORY,
    DEFAULT_TIMEOUT,
    NO_OR_PARTLY,
    GazetteerOption,
    JsonOption,
    LlmOption,
    MappingOption,
    MemoryOption,
    NerOption,
    TimeoutOption,
    fail,
    limits_of,
    reading_options,
    say,
    tell,
)
from kg.errors import UsageError


def extract(  # noqa: PLR0913, PLR0917  # one parameter an option
    file: Annotated[Path, typer.Argument(help="A report (.docx .doc .wps .pdf .ofd .txt .html, slides, a scan) or a table (.xlsx .csv).")],
    as_json: JsonOption = False,
    gazetteer: GazetteerOption = True,
    media_format: Annotated[str | None, typer.Option("--format", help="Ending to read the file as: docx pdf txt html xlsx csv …")] = None,
    mapping: MappingOption = None,
    ner: NerOption = False,
    llm: LlmOption = False,
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    max_memory: MemoryOption = DEFAULT_MEMORY,
) -> None:
    """Show what a file states, without storing it. 抽取一个文件的事实。"""
    from kg.extract.as_json import as_json as to_json
    from kg.show.listing import lines
    from kg.workspace.ingest.prepare import Look
    from kg.workspace.ingest.processes import crew, look

    options, limits = reading_options(gazetteer, mapping, ner, llm), limits_of(timeout, max_memory)
    with crew(1, limits, options.proposers) as readers:
        told, remarks = look(Look(file, options, to_json if as_json else lines, media_format), readers, limits)
    for remark in remarks:
        tell(f"{remark}")
    for line in [json.dumps(told, ensure_ascii=False, indent=1)] if as_json else told:
        say(line)


def evaluate(  # noqa: PLR0913, PLR0917  # one parameter an option
    gold: Annotated[Path, typer.Argument(help="Facts written by hand: a JSON file, or a folder of them.")],
    predicted: Annotated[Path, typer.Argument(help="JSON of kg extract, or a report; or a folder of either.")],
    least: Annotated[list[str] | None, typer.Option("--min", help="kind=F1; exit status 1 where a kind is below.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Print what was missed and what was wrong.")] = False,
    gazetteer: GazetteerOption = True,
    ner: NerOption = False,
    as_json: JsonOption = False,
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    max_memory: MemoryOption = DEFAULT_MEMORY,
) -> None:
    """Compare extracted facts with facts written by hand. 评估抽取效果。"""
    from kg.evaluate import evaluate as compare
    from kg.evaluate.scores import as_rows, lines

    bars = _bars(least or [])
    scores = compare(gold, predicted, reading_options(gazetteer, ner=ner), limits_of(timeout, max_memory))
    if as_json:
        say(json.dumps(as_rows(scores), ensure_ascii=False, indent=1))
    for line in () if as_json else lines(scores, misses):
        say(line)
    below = [f"{kind} {scores[kind].f1:.3f} (at least {bar:g})" for kind, bar in bars.items() if scores[kind].f1 < bar]
    if below:
        fail(f"below the bar: {', '.join(below)}.", NO_OR_PARTLY)


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
