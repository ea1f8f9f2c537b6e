"""Whatever some ask, short questions of others get through; nobody's question works on for a client that is gone."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import Settings
from kg.serve.pool import Pool
from kg.serve.settings import MEGABYTE
from kg.serve.tasks import Query, Reply, packed_reply, reply_of
from kg.serve.turns import GONE, Experience, Kind, Line, Turn, Waiting, to_end
from tests import servers
from tests.hold.serving import connected, serving, small_graph
from tests.servers import PATIENCE, until

ROWS = "application/sparql-results+json"
EVER = 10 * PATIENCE
PRODUCT = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(30))
ENDLESS = {
    "counting": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "comparing text": f"ASK {{ {PRODUCT} FILTER (REGEX(CONCAT(STR(?s1), STR(?o29)), '(a|b)*never')) }}",
    "distinct": f"SELECT (COUNT(DISTINCT ?o1) AS ?n) {{ {PRODUCT} }}",
    "grouping": f"SELECT ?o1 (SUM(?o3) AS ?n) {{ {PRODUCT} }} GROUP BY ?o1",
    "joining over": f"SELECT (MAX(CONCAT(STR(?o1), STR(?o2))) AS ?n) {{ {PRODUCT} }}",
    "either way": f"SELECT (COUNT(*) AS ?n) {{ {{ {PRODUCT} }} UNION {{ {PRODUCT} }} }}",
}
LARGE = f"SELECT * {{ {PRODUCT} }} ORDER BY ?o29 ?o1"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return small_graph(tmp_path)


class Crowd:
    """Clients that ask what never ends, each over a connection of its own; what they were told."""

    def __init__(self, url: str) -> None:
        self.told: list[tuple[int, str]] = []
        self._client = servers.client(url, limits=httpx.Limits(max_connections=None))
        self._asking: list[threading.Thread] = []

    def ask(self, queries: list[str]) -> None:
        for query in queries:
            self._asking.append(threading.Thread(target=self._one, args=(query,), daemon=True))
            self._asking[-1].start()

    def leave(self) -> None:
        """Wait until each was told something, as the service has ended, and close."""
        for asking in self._asking:
            asking.join(PATIENCE)
        self._client.close()

    def _one(self, query: str) -> None:
        with contextlib.suppress(httpx.HTTPError):
            answer = self._client.get("/sparql", params={"query": query})
            self.told.append((answer.status_code, answer.text))


@pytest.fixture
def crowd() -> Iterator[Callable[[str], Crowd]]:
    """Makes crowds that ask a service; they are closed after it has ended."""
    made: list[Crowd] = []

    def make(url: str) -> Crowd:
        made.append(Crowd(url))
        return made[-1]

    yield make
    for each in made:
        each.leave()


def number(url: str, name: str) -> float:
    """A figure of the service's own count."""
    with servers.client(url) as client:
        [line] = [line for line in client.get("/metrics").text.splitlines() if line.startswith(f"{name} ")]
    return float(line.split()[1])


def points(url: str, count: int = 30) -> list[int]:
    with servers.client(url) as client:
        return [
            client.get("/sparql", params={"query": f"SELECT ?o {{ <urn:a> <urn:b> ?o }} LIMIT {n + 1}"}).status_code for n in range(count)
        ]


def test_short_questions_are_answered_beside_sixty_four_that_never_end(workspace: Path, crowd: Callable[[str], Crowd]):
    with serving(workspace, f"time_limit={EVER}") as url:
        killers = crowd(url)
        killers.ask([f"{query} # {n}" for n in range(11) for query in ENDLESS.values()][:64])
        until(lambda: len(killers.told) >= 8, "those that there is no room for are told so")
        assert points(url) == [200] * 30
        assert {status for status, _ in killers.told} == {503}
        assert all("too many that take long" in text or "busy" in text or "Too many questions" in text for _, text in killers.told)


def test_the_same_question_many_times_over_waits_or_is_refused_and_blocks_nobody(workspace: Path, crowd: Callable[[str], Crowd]):
    with serving(workspace, f"time_limit={EVER}") as url:
        killers = crowd(url)
        killers.ask([ENDLESS["counting"]])
        until(lambda: number(url, "kg_workers") >= 3, "it is known to be slow")
        killers.ask([ENDLESS["counting"]] * 100)
        until(lambda: len(killers.told) >= 40, "those that there is no room for are told so")
        assert points(url) == [200] * 30


def test_a_question_whose_client_has_gone_is_ended(workspace: Path):
    with serving(workspace, f"time_limit={EVER}") as url, contextlib.ExitStack() as opened:
        clients = [opened.enter_context(connected(url)) for _ in range(3)]
        for client, query in zip(clients, ENDLESS.values(), strict=False):
            client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until(lambda: number(url, "kg_workers") >= 4, "each is worked on")
        for client in clients:
            client.close()
        until(lambda: number(url, "kg_workers") <= 2, "nothing is worked on any more")


@pytest.mark.skipif(sys.platform != "linux", reason="how memory is told differs")
def test_all_together_hold_no_more_than_they_may_and_the_largest_ends(workspace: Path, crowd: Callable[[str], Crowd]):
    with serving(workspace, f"time_limit={EVER}, memory_total={400 * MEGABYTE}") as url:
        small, large = crowd(url), crowd(url)
        small.ask([ENDLESS["counting"]])
        large.ask([LARGE])
        until(lambda: large.told, "the one that takes memory has ended")
        [(status, text)] = large.told
        assert (status, "need more than 400 MB" in text, "held most" in text) == (503, True, True)
        assert small.told == []
        assert points(url) == [200] * 30


# The rules by themselves


def in_pool(workspace: Path, what: Callable[[Pool], Awaitable[None]], workers: tuple[int, int] = (2, 4)) -> None:
    """Do something with a pool that has room for so many."""

    async def all_of_it() -> None:
        pool = Pool(Settings(workspace, workers=workers))
        await pool.start()
        try:
            await asyncio.wait_for(what(pool), PATIENCE)
        finally:
            pool.stop()

    asyncio.run(all_of_it())


def asked(pool: Pool, query: str, line: Line) -> "asyncio.Task[Reply]":
    return asyncio.create_task(pool.run(Query(query, ROWS, "text/turtle"), EVER, line))


async def come(holds: Callable[[], object]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


def test_an_address_that_asks_much_does_not_end_the_one_question_of_another(workspace: Path):
    async def both(pool: Pool) -> None:
        one = asked(pool, ENDLESS["counting"], Line("192.0.2.1"))
        await come(lambda: len(pool.workers) == 3)
        many = [asked(pool, f"{query} # {n}", Line("192.0.2.2")) for n in range(4) for query in ENDLESS.values()]
        await come(lambda: sum(each.done() for each in many) >= 6)
        assert not one.done()
        assert all(each.result().status == 503 for each in many if each.done())
        assert not all(each.done() for each in many)

    in_pool(workspace, both)


def test_a_quick_question_whose_client_has_gone_costs_no_process(workspace: Path):
    async def leave(pool: Pool) -> None:
        before = set(pool.workers)
        for n in range(50):
            line = Line("192.0.2.1")
            running = asked(pool, f"ASK {{}} # {n}", line)
            await asyncio.sleep(0)
            line.gone()
            assert (await running).status in (200, GONE)
        assert pool.workers == before

    in_pool(workspace, leave)


def test_what_waits_for_a_client_that_has_gone_is_never_begun(workspace: Path):
    async def leave(pool: Pool) -> None:
        first = asked(pool, ENDLESS["counting"], Line("192.0.2.1"))
        await come(lambda: len(pool.workers) == 3)
        line = Line("192.0.2.3")
        rest = [asked(pool, ENDLESS["counting"], line) for _ in range(5)]
        await asyncio.sleep(0)
        line.gone()
        assert {(await each).status for each in rest} == {GONE}
        assert line.waiting == set()
        assert not first.done()

    in_pool(workspace, leave)


def test_a_process_that_ended_while_it_rested_is_followed_by_another(workspace: Path):
    async def end(pool: Pool) -> None:
        before = set(pool.workers)
        for worker in before:
            worker.process.kill()
        await come(lambda: pool.workers.isdisjoint(before) and len(pool.workers) == 2)
        assert (await asked(pool, "ASK {}", Line())).status == 200

    in_pool(workspace, end)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def turn(loop: asyncio.AbstractEventLoop, text: str, line: Line, began: float = 0.0) -> Turn:
    return Turn(Query(text, ROWS, None), 1.0, line, loop.create_future(), came=0.0, began=began)


def test_addresses_take_turns_and_lines_without_slow_ones_go_first(loop: asyncio.AbstractEventLoop):
    waiting = Waiting()
    many, few, good = Line("a", debts=2), Line("b"), Line("a")
    for text, line in (("1", many), ("2", many), ("3", good), ("4", few)):
        waiting.add(turn(loop, text, line))
    assert (len(waiting), waiting.of("a"), waiting.of("c")) == (4, 3, 0)
    assert [waiting.take().task.text for _ in range(4)] == ["3", "4", "1", "2"]  # type: ignore[union-attr]
    assert len(waiting) == 0


def test_what_was_slow_is_expected_to_be_slow_until_it_is_quick_or_a_minute_has_passed(loop: asyncio.AbstractEventLoop):
    known, line = Experience(), Line("a")
    one, other = turn(loop, "one", line), turn(loop, "other", line)
    assert known.kind(one, 0.0) is Kind.QUICK
    one.slow = True
    known.note(one, 0.0)
    assert (known.kind(one, 1.0), known.kind(other, 1.0)) == (Kind.SLOW, Kind.UNSURE)
    assert known.kind(turn(loop, "other", Line("b")), 1.0) is Kind.QUICK
    known.note(other, 1.0)
    assert known.kind(other, 2.0) is Kind.QUICK
    assert known.kind(turn(loop, "new", line), 31.0) is Kind.QUICK
    assert known.kind(one, 61.0) is Kind.QUICK


def test_the_oldest_of_the_address_with_most_ends(loop: asyncio.AbstractEventLoop):
    a, b = Line("a"), Line("b")
    slow = [turn(loop, "oldest", b, 1.0), turn(loop, "second", a, 2.0), turn(loop, "third", a, 3.0)]
    assert to_end(slow).task.text == "second"  # type: ignore[union-attr]
    assert to_end(slow[:2]).task.text == "oldest"  # type: ignore[union-attr]


@given(
    st.builds(
        Reply,
        st.integers(100, 599),
        st.text(max_size=60),
        st.binary(max_size=300),
        created=st.booleans(),
        busy=st.booleans(),
        spent=st.booleans(),
    )
)
def test_a_reply_is_handed_over_as_numbers_and_bytes(reply: Reply):
    assert reply_of(packed_reply(reply)) == reply
