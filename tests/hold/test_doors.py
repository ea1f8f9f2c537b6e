"""The same at each door, `kg query`, `--projection`, `/sparql`: nobody is called, and no process ends without a word."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.workspace.workspace import Workspace
from tests.hold.listening import Listener, listening
from tests.servers import PATIENCE, client, kg_server, processes, until

pytestmark = pytest.mark.slow
KG = Path(sys.executable).with_name("kg")
TOKEN = "the token of these tests"  # noqa: S105
LEVELS = 30_000
HIDDEN = "ASK { FILTER(1<" + "(" * LEVELS + "5>1" + ")" * LEVELS + ") }"
"""Brackets between a < and a > that together read like an IRI: they are not counted before it is evaluated."""
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doors")
    store = Workspace(folder / "kg-workspace").writing_embedded()
    store.update("INSERT DATA { <a:a> <a:b> <a:c> , 1 }")
    store.close()
    (folder / "hidden.rq").write_text(HIDDEN.replace("ASK", "CONSTRUCT { ?s ?p ?o } WHERE"), encoding="utf-8")
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {'1 ' * 2000} }}" for n in range(9)) + " }"
    (folder / "endless.rq").write_text(endless, encoding="utf-8")
    return folder


def kg(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KG, *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=PATIENCE)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


CONSTRUCT = "PREFIX : <{}> CONSTRUCT {{ ?a ?b ?c }} WHERE {{ SERVICE:x {{?a ?b ?c}} }}"


@pytest.mark.parametrize(
    "command",
    [
        ["query", "SELECT * {{ SERVICESILENT<{}> {{?a ?b ?c}} }}"],
        ["query", CONSTRUCT],
        ["view", "--projection", CONSTRUCT],
        ["network", "--projection", CONSTRUCT],
        ["export", "--format", "graphml", "-o", "out.graphml", "--projection", CONSTRUCT],
    ],
    ids=lambda command: " ".join(command[:2])[:20],
)
def test_a_command_calls_nobody(home: Path, listener: Listener, command: list[str]):
    run = kg(*(one.format(listener.urls[0]) for one in command), cwd=home)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "Allow its IRI by name first" in run.stderr
    assert listener.calls() == []


def test_a_command_calls_an_endpoint_that_is_allowed(home: Path, listener: Listener):
    url = listener.urls[0]
    run = kg("query", f"SELECT * {{ SERVICE <{url}> {{?a ?b ?c}} }}", "--allow-service", url, cwd=home)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert len(listener.calls()) == 1


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        ["query", "--file", "hidden.rq"],
        ["view", "--projection", "hidden.rq"],
        ["network", "--projection", "hidden.rq"],
        ["export", "--format", "graphml", "-o", "out.graphml", "--projection", "hidden.rq"],
    ],
    ids=lambda command: command[0],
)
def test_an_engine_that_uses_up_its_stack_is_told_in_one_line(home: Path, command: list[str]):
    run = kg(*command, cwd=home)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert "Ask in smaller parts" in run.stderr


@POSIX
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_query_that_takes_for_ever_ends_when_it_is_told_to(home: Path, number: int, status: int):
    process = subprocess.Popen([KG, "query", "--file", "endless.rq"], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        if sys.platform == "linux":
            until(lambda: len(processes(process.pid)) == 2, "the command is divided")
            until(lambda: sum(processes(process.pid).values()) > 60, "it evaluates")
        process.send_signal(number)
        assert process.wait(PATIENCE) == status
        assert process.communicate() == (b"", b"")
    finally:
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux alone")
def test_a_query_that_takes_for_ever_ends_with_the_command_that_is_killed(home: Path):
    process = subprocess.Popen([KG, "query", "--file", "endless.rq"], cwd=home)
    until(lambda: len(processes(process.pid)) == 2, "the command is divided")
    [child] = set(processes(process.pid)) - {process.pid}
    process.kill()
    process.wait()
    until(lambda: not processes(child), "the process that evaluates has ended")


def test_a_reader_that_goes_away_and_a_file_as_output_still_work(home: Path):
    piped = f"'{KG}' query 'SELECT * {{ ?s ?p ?o }}' --format csv | head -1"
    run = subprocess.run(["sh", "-c", piped], cwd=home, capture_output=True, text=True, check=True)
    assert (len(run.stdout.splitlines()), run.stderr) == (1, "")
    assert kg("query", "SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }", "--format", "csv", "-o", "out.csv", cwd=home).returncode == 0
    assert (home / "out.csv").read_text(encoding="utf-8-sig").split() == ["o", "1"]


def test_a_service_calls_nobody_and_answers_on(home: Path, listener: Listener):
    url = listener.urls[0]
    with kg_server(home, "-w", home / "kg-workspace", "--timeout", PATIENCE, env={"KG_TOKEN": TOKEN}) as service, client(service) as asking:
        for query in (f"SELECT * {{ SERVICESILENT<{url}> {{?a ?b ?c}} }}", f"PREFIX : <{url}> ASK {{ SERVICE:x {{?a ?b ?c}} }}"):
            answer = asking.get("/sparql", params={"query": query})
            assert (answer.status_code, answer.text.count("\n")) == (400, 1)
        for update in (f"LOADSILENT<{url}>", f"PREFIX : <{url}> CLEAR ALL ; LOAD:x"):
            answer = asking.post("/sparql", data={"update": update}, headers={"Authorization": f"Bearer {TOKEN}"})
            assert (answer.status_code, answer.text.count("\n")) == (400, 1)
        deep = asking.post("/sparql", data={"query": "ASK {" + "{" * 10_000 + "}" * 10_000 + "}"})
        assert (deep.status_code, deep.text.count("\n")) == (400, 1)
        hidden = asking.post("/sparql", data={"query": HIDDEN})
        assert (hidden.status_code, hidden.text.count("\n")) == (503, 1)
        held = asking.get("/sparql", params={"query": "SELECT ?o { <a:a> <a:b> ?o FILTER(isLiteral(?o)) }"}, headers={"Accept": "text/csv"})
        assert held.text.split() == ["o", "1"]
    assert listener.calls() == []
