"""No test's outcome may depend on how busy the machine is: tests wait by `tests/servers.py`, and measure in `bench/`."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
MAY = {
    "servers.py": {"time.monotonic", "time.sleep", "httpx.Client"},  # the maker of clients and waits
    "test_explorer.py": {"httpx.AsyncClient"},  # of an application in the same process
    "test_llm.py": {"time.sleep"},  # an endpoint whose part it is to keep silent
    "test_crashes.py": {"time.sleep"},  # a killer who waits for a random moment
    "test_restore_cut_off.py": {"time.sleep"},  # likewise
}
SPEAKING = {
    f"httpx.{name}" for name in ("get", "post", "put", "delete", "head", "options", "patch", "request", "stream", "Client", "AsyncClient")
}
CLOCKS = {f"time.{name}" for name in ("sleep", "monotonic", "perf_counter", "time", "process_time")} | {"urllib.request.urlopen"}
LEAST = 60
"""Seconds below which a time-out tells a busy machine from an idle one."""


def called(tree: ast.AST) -> set[str]:
    """Names of what a file calls: `httpx.get`."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_tests_speak_to_servers_by_the_one_client_and_look_at_no_clock():
    found = {}
    for path in TESTS.rglob("*.py"):
        names = called(ast.parse(path.read_text(encoding="utf-8"))) & (SPEAKING | CLOCKS) - MAY.get(path.name, set())
        if names:
            found[path.name] = names
    assert found == {}


def test_no_test_gives_up_soon():
    short = [
        f"{path.name}:{node.lineno}"
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "timeout" and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, int | float) and node.value.value < LEAST
    ]  # fmt: skip
    assert short == []


def test_no_page_is_given_so_many_seconds():
    waiting = [
        path.name
        for path in TESTS.rglob("*.py")
        for name in called(ast.parse(path.read_text(encoding="utf-8")))
        if name.endswith(".wait_for_timeout")
    ]
    assert waiting == []


def test_a_call_by_httpx_itself_would_be_found():
    assert called(ast.parse("import httpx\nhttpx.get('http://127.0.0.1')")) == {"httpx.get"}
