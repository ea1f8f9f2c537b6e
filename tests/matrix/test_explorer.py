"""What the explorer of `kg serve` asks for is answered on graphs of the family, in the server's own process."""

import asyncio
import json

import httpx
import pytest

from kg.serve import Settings
from kg.serve.pool import Pool
from kg.serve.server import Metrics, web_application
from tests.matrix.conftest import OnceMade
from tests.matrix.graphs import GRAPHS
from tests.servers import PATIENCE


async def asked(settings: Settings) -> list[tuple[str, int, object]]:
    """Address, status and answer of each thing that the explorer asks for, beginning with the start."""
    pool = Pool(settings)
    web = web_application(pool, settings, Metrics())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://here", timeout=PATIENCE) as client:  # in process
        found: list[tuple[str, int, object]] = []

        async def ask(what: str, /, **parameters: str | int) -> object:
            answer = await client.get(f"/api/explore/{what}", params=parameters)
            found.append((str(answer.url), answer.status_code, json.loads(answer.text) if answer.status_code == 200 else answer.text))
            return found[-1][2]

        try:
            start = await ask("start")
            assert isinstance(start, dict)
            things = list(zip(start["nodes"]["id"], start["nodes"]["name"], strict=True))
            for thing, name in things[:6]:
                await ask("around", node=thing, hops=2)
                await ask("facts", node=thing)
                await ask("find", name=name)
                await ask("between", **{"from": thing, "to": things[-1][0]})
            await ask("find", name="\U0001f3ed")
        finally:
            pool.stop()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("graph", GRAPHS)
def test_the_explorer_is_answered_on_every_graph(made: OnceMade, graph: str):
    found = asyncio.run(asked(Settings(made(graph).workspace, time_limit=PATIENCE, write_limit=PATIENCE)))
    assert [(url, said) for url, status, said in found if status != 200] == []
    assert len(found) > 1
