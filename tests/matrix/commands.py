"""Every command that reads a graph, and what must come of it: an answer that its reader can open, or one line that says why not."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pyoxigraph as ox
from docx import Document
from openpyxl import load_workbook
from typer.main import get_command
from typer.testing import CliRunner

from kg.analyse import centralities, projections
from kg.cli import application
from kg.query import questions
from kg.view.scene import FORMAT

NOBODY = "无此机构"
UNKNOWN = "Nothing in the graph is called"
Check = Callable[[bytes, Path], None]


@dataclass(frozen=True)
class Command:
    """A command line (`{out}` stands for where it writes, `{thing}` for the name of a thing), what comes of it, and what else it may say.

    `refusals` are beginnings of the one line with which it may answer no.
    """

    line: tuple[str, ...]
    check: Check
    refusals: tuple[str, ...] = ()
    suffix: str = ""

    def words(self, out: Path, thing: str) -> list[str]:
        """The command line with what it writes to and what it asks of."""
        return [part.replace("{out}", str(out)).replace("{thing}", thing) for part in self.line]

    def __str__(self) -> str:
        return " ".join(part if len(part) < 40 else part.split()[0] for part in self.line)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: bytes
    err: str


@contextmanager
def quiet() -> Iterator[None]:
    """The log as the console command has it."""
    logger = logging.getLogger("rdflib")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


@cache
def program() -> Any:
    """The command line, put together once."""
    return get_command(application())


def kg(*arguments: object, cwd: Path | None = None, **environment: str | None) -> Done:
    """`kg` in this process, in a folder and with variables of the environment; what would be a traceback is raised."""
    with quiet(), chdir(cwd or "."), CliRunner().isolation(env={"COLUMNS": "120", **environment}) as (out, err, _):
        status: Any = 0
        try:
            program().main([str(one) for one in arguments], "kg")
        except SystemExit as end:
            status = end.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        return Done(status, out.getvalue(), err.getvalue().decode("utf-8", "replace"))


def carry_out(command: Command, workspace: Path, thing: str, folder: Path) -> Done:
    """Run a command on a graph and check what it gave."""
    out = folder / f"out{command.suffix}"
    done = kg(*command.words(out, thing), "-w", workspace)
    judge(command, done, out)
    return done


def judge(command: Command, done: Done, out: Path) -> None:
    """Hold what came of a command against what must come of it."""
    if done.status == 0:
        command.check(done.out, out)
        return
    lines = [line for line in done.err.splitlines() if line]
    assert done.status in (1, 2), done
    assert len(lines) <= 1, f"{command} says more than one line: {done.err}"
    if lines:
        assert lines[0].startswith("kg: "), done.err
        assert any(wanted in lines[0] for wanted in command.refusals), f"{command}: {done.err}"
        assert done.out == b"", done.out
    else:
        assert command.line[0] in ("validate", "check-store", "check"), f"{command} ended with {done.status} and said nothing"
        command.check(done.out, out)


class _Words(HTMLParser):
    """The words that a page shows, and whether each element is closed."""

    VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style", "title"):
            self.words.append(data)
        elif self.open[-1] == "script":
            self.scripts.append(data)


def _page(path: Path) -> _Words:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") or text.startswith("<!doctype html>")
    found = _Words()
    found.feed(text)
    found.close()
    assert found.open == [], f"elements that nobody closes: {found.open}"
    return found


def html_report(_: bytes, out: Path) -> None:
    said = "".join("".join(_page(out).words).split())
    assert len(said) > 12, f"the page is empty: {said}"


def page(_: bytes, out: Path) -> None:
    found = _page(out)
    scenes = [script for script in found.scripts if f'"{FORMAT}"' in script[:200]]
    if scenes:  # the explorer's is packed
        scene = json.loads(scenes[0])
        assert len(scene["nodes"]["id"]) == len(scene["nodes"]["name"])


def word(_: bytes, out: Path) -> None:
    texts = [paragraph.text for paragraph in Document(str(out)).paragraphs if paragraph.text.strip()]
    assert len(texts) >= 2, texts  # the title, and what there is to say


def workbook(_: bytes, out: Path) -> None:
    book = load_workbook(out)
    assert sum(sheet.max_row for sheet in book) >= 3


def table(out: bytes, _: Path) -> None:
    assert re.search(rb"\(\d+ rows?\)\n", out), out


def json_rows(out: bytes, _: Path) -> None:
    json.loads(out, parse_constant=_no_json)


def _no_json(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def csv(out: bytes, _: Path) -> None:
    pd.read_csv(io.BytesIO(out), encoding="utf-8-sig")


def parquet(_: bytes, out: Path) -> None:
    pd.read_parquet(out)


def lines(out: bytes, _: Path) -> None:
    assert out.strip()


def rdf(_: bytes, out: Path) -> None:
    known = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE, ".jsonld": ox.RdfFormat.JSON_LD}
    assert sum(1 for _ in ox.parse(out.read_bytes(), format=known[out.suffix])) > 100  # the ontology is always there


def graphml(_: bytes, out: Path) -> None:
    nx.read_graphml(out)


def gexf(_: bytes, out: Path) -> None:
    nx.read_gexf(out)


def two_tables(_: bytes, out: Path) -> None:
    ending = out.suffix.lstrip(".")
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet}[ending]
    nodes, edges = (read(out / f"{name}.{ending}") for name in ("nodes", "edges"))
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes["id"])


def _reports() -> Iterator[Command]:
    for ending, check in ((".html", html_report), (".docx", word), (".xlsx", workbook)):
        for lang in ("zh", "en"):
            yield Command(("report", "--lang", lang, "-o", "{out}"), check, suffix=ending)


def _pages() -> Iterator[Command]:
    yield Command(("view", "-o", "{out}"), page, suffix=".html")
    yield Command(("view", "--explorer", "--lang", "en", "-o", "{out}"), page, suffix=".html")
    yield Command(("view", "--projection", "cooperation", "--size", "constraint", "-o", "{out}"), page, suffix=".html")
    yield Command(("view", "--projection", CONSTRUCTED, "-o", "{out}"), page, suffix=".html")
    yield Command(("view", "--name", "cooperations", "-o", "{out}"), page, ("tells of no thing of the graph",), suffix=".html")


def _rankings() -> Iterator[Command]:
    for centrality in centralities():
        yield Command(("rank", "--by", centrality), table)
    yield Command(("rank", "--by", "degree", "--resample", "5", "--json"), json_rows)
    yield Command(("rank", "--by", "constraint", "--resample", "3"), table)
    yield Command(("rank", "--of", "Enterprise", "--through", "Technology"), table, ("The network has no ",))
    yield Command(("rank", "--of", "Park", "--through", "Industry", "--by", "pagerank"), table, ("The network has no ",))
    yield Command(("rank", "--projection", CONSTRUCTED, "--format", "csv"), csv)


def _networks() -> Iterator[Command]:
    for projection in projections():
        yield Command(("network", "--projection", projection), table)
        yield Command(("clusters", "--projection", projection, "--json"), json_rows)
    yield Command(("network", "--projection", CONSTRUCTED), table)
    yield Command(("network", "--cut"), table)
    yield Command(("network", "--cut", "--json"), json_rows)
    yield Command(("clusters",), table)
    yield Command(("clusters", "--format", "csv"), csv)
    for form, check in (("table", lines), ("json", json_rows), ("csv", csv)):
        yield Command(("whatif", "--remove", "{thing}", "--format", form), check, (UNKNOWN, "leaves it out"))
    no_partner = (UNKNOWN, "leaves it out", "is a cooperation or a place")
    yield Command(("recommend", "{thing}"), table, no_partner)
    yield Command(("recommend", "{thing}", "--json", "--lang", "en"), json_rows, no_partner)
    yield Command(("recommend", "{thing}", "--to", "Park", "--indices"), table, (*no_partner, "The network has no "))
    yield Command(("recommend", "--backtest"), table, ("There are fewer than 20 ties",))


def _questions() -> Iterator[Command]:
    for name, question in questions().items():
        yield Command(("query", "--name", name), table, (UNKNOWN,))
        yield Command(("query", "--name", name, "--json"), json_rows, (UNKNOWN,))
        for parameter in question.parameters:
            yield Command(("query", "--name", name, "--set", f"{parameter}={{thing}}", "--format", "csv"), csv, (UNKNOWN,))
        yield Command(("query", "--name", name, "--format", "parquet", "-o", "{out}"), parquet, (UNKNOWN,), ".parquet")


def _queries() -> Iterator[Command]:
    everything = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } FILTER (?g != graph:ontology) } LIMIT 3000"
    yield Command(("query", everything), table)
    yield Command(("query", everything, "--format", "csv"), csv)
    yield Command(("query", everything, "--json"), json_rows)
    yield Command(("query", everything, "--format", "parquet", "-o", "{out}"), parquet, suffix=".parquet")
    yield Command(("query", "ASK { ?park a ino:Park }"), table)
    yield Command(("query", "ASK { ?park a ino:Park }", "--format", "parquet", "-o", "{out}"), parquet, suffix=".parquet")
    yield Command(("query", CONSTRUCTED, "--json"), json_rows)
    yield Command(("query", "SELECT (SUM(?v) AS ?sum) (MAX(?v) AS ?most) { ?o ino:value ?v }", "--json"), json_rows)


def _over_time() -> Iterator[Command]:
    for form, check in (("table", table), ("json", json_rows), ("csv", csv)):
        yield Command(("timeline", "{thing}", "--format", form), check, (UNKNOWN,))
        yield Command(("diff", "2023H1", "2024", "--format", form), check, ("No report is of ",))
        yield Command(("check", "--format", form), check)
    yield Command(("timeline", "{thing}", "--indicator", "营收", "--lang", "en"), table, (UNKNOWN, "has no series of"))
    yield Command(("timeline", "{thing}", "--format", "parquet", "-o", "{out}"), parquet, (UNKNOWN,), ".parquet")
    yield Command(("check", "--format", "parquet", "-o", "{out}"), parquet, suffix=".parquet")


def _exports() -> Iterator[Command]:
    for ending in ("nq", "trig", "ttl", "jsonld"):
        yield Command(("export", "--format", ending, "-o", "{out}"), rdf, suffix=f".{ending}")
    yield Command(("export", "--format", "graphml", "-o", "{out}"), graphml, suffix=".graphml")
    yield Command(("export", "--format", "gexf", "-o", "{out}"), gexf, suffix=".gexf")
    yield Command(("export", "--format", "gexf", "--projection", CONSTRUCTED, "-o", "{out}"), gexf, suffix=".gexf")
    for ending in ("csv", "parquet"):
        yield Command(("export", "--format", ending, "-o", "{out}"), two_tables, suffix=f".{ending}")


def _bounds() -> Iterator[Command]:
    yield Command(("bounds",), table)
    yield Command(("bounds", "--json", "--lang", "en"), json_rows)
    yield Command(("bounds", "{thing}", "--format", "csv"), csv, (UNKNOWN,))


CONSTRUCTED = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH graph:ontology { ?s ?p ?o } } }"
COMMANDS: tuple[Command, ...] = (
    *_reports(),
    *_pages(),
    *_rankings(),
    *_networks(),
    *_questions(),
    *_queries(),
    *_over_time(),
    *_exports(),
    Command(("validate",), lines),
    Command(("validate", "--json"), json_rows),
    Command(("documents",), table),
    Command(("documents", "--json"), json_rows),
    *_bounds(),
    Command(("promises",), table),
    Command(("promises", "--as-of", "2023-12-31", "--json", "--lang", "en"), json_rows),
    Command(("promises", "--as-of", "2024H1", "--state", "fulfilled", "--format", "csv"), csv),
    Command(("review",), lines),
    Command(("review", "--json", "--limit", "5"), json_rows),
    Command(("why", "{thing}", "{thing}"), lines, (UNKNOWN,)),
    Command(("why", "{thing}", "{thing}", "--json", "--lang", "en"), json_rows, (UNKNOWN,)),
    Command(("documents", "--period", "2000..2100", "--json"), json_rows),
    Command(("documents", "--place", "上海市"), table, ("No report here is of",)),
    Command(("rank", "--place", "上海市青浦区", "--period", "2023H1"), table, ("No report here is of",)),
    Command(("check-store",), lines),
    Command(("check-store", "--json"), json_rows),
)
