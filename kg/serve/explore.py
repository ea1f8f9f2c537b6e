"""What the explorer asks for: a scene piece by piece. The whole is made by a worker, once for each snapshot of the graph."""

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Query, Request, Response

from kg import vocab
from kg.errors import QueryError
from kg.serve.http import Refused
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Draw, Reply
from kg.serve.tasks import Query as Ask
from kg.store import snapshots_of
from kg.workspace.file_names import STORE

if TYPE_CHECKING:
    from kg.view import Atlas

Name = Annotated[str, Query(max_length=2000)]
Text = Annotated[str, Query(max_length=60_000)]
Names = Annotated[str | None, Query(max_length=20_000)]
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"


@dataclass(frozen=True)
class Filters:
    """What the reader has filtered, as the address of the page tells it (`kg.view.filters`)."""

    hide: Names = None
    without: Names = None
    nor: Names = None
    kind: Name | None = None
    relation: Name | None = None
    place: Name | None = None
    document: Name | None = None
    since: Name | None = None
    until: Name | None = None

    def told(self) -> dict[str, str]:
        """Those that the address names."""
        return {name: value for name, value in vars(self).items() if value is not None}


Filtered = Annotated[Filters, Depends()]


class Drawn:
    """The atlas of the newest snapshot; made when it is asked for, by one request while the others wait."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._making, self._walking = asyncio.Lock(), asyncio.Lock()
        self._held: tuple[int, Atlas] | None = None

    async def atlas(self) -> "Atlas":
        """The atlas.

        Raises:
            Refused: the worker could not make it.
        """
        newest = snapshots_of(self._settings.workspace / STORE).newest()
        async with self._making:
            if self._held is None or self._held[0] != newest:
                reply = await self._pool.run(Draw(before=self._held and self._held[1].places()), self._settings.write_limit)
                if reply.status != 200:
                    raise Refused(reply.status, reply.body.decode().strip())
                self._held = newest, await asyncio.to_thread(_atlas, reply.body)
            return self._held[1]

    async def around(self, node: str, hops: int, filters: Filters) -> dict[str, Any]:
        """What is within so many steps of a thing; one request at a time walks.

        Raises:
            Refused: there is no such thing.
        """
        known(atlas := await self.atlas(), node)
        async with self._walking:
            return await asyncio.to_thread(atlas.around, node, hops, filters.told())

    async def between(self, start: str, end: str, filters: Filters) -> dict[str, Any]:
        """What lies on a shortest path; one request at a time walks.

        Raises:
            Refused: one of the things is not there.
        """
        known(atlas := await self.atlas(), start, end)
        async with self._walking:
            return await asyncio.to_thread(atlas.between, start, end, filters.told())

    async def cells(self, name: str | None, query: str | None, given: tuple[tuple[str, str], ...]) -> list[str]:
        """What stands in the cells of an answer, which is found within the limits of any query.

        Raises:
            Refused: not one of name and query, or it has no answer.
        """
        if (name is None) == (query is None):
            raise Refused(400, "Give one of: name (of a question), query (SPARQL).")
        task = Draw(question=name, given=given) if query is None else Ask(query, ROWS, TRIPLES)
        reply = await self._pool.run(task, self._settings.time_limit)
        if reply.status != 200:
            raise Refused(reply.status, reply.body.decode().strip())
        return await asyncio.to_thread(cells_of, reply)

    async def facts(self, name: str) -> bytes:
        """The facts of a thing, as JSON.

        Raises:
            Refused: there is no such thing, or the worker ran out of time.
        """
        known(await self.atlas(), name)
        reply = await self._pool.run(Draw(name), self._settings.time_limit)
        if reply.status != 200:
            raise Refused(reply.status, reply.body.decode().strip())
        return reply.body


def cells_of(reply: Reply) -> list[str]:
    """Compact IRIs and text of an answer: of a named question, of rows, or of triples; of yes or no there are none."""
    if reply.media_type.startswith(TRIPLES):
        triples = ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)
        ends = (term for triple in triples for term in (triple.subject, triple.object))
        return [
            _cell("uri" if isinstance(term, ox.NamedNode) else "literal", term.value) for term in ends if not isinstance(term, ox.Triple)
        ]
    found = json.loads(reply.body)
    if isinstance(found, list):
        return found
    rows = found.get("results", {}).get("bindings", [])
    return [_cell(cell["type"], cell["value"]) for row in rows for cell in row.values() if isinstance(cell["value"], str)]


def _cell(kind: str, value: str) -> str:
    return vocab.compact(value) if kind == "uri" else value


def known(atlas: "Atlas", *names: str) -> None:
    """Refuse things that are not in the graph.

    Raises:
        Refused: 404.
    """
    for name in names:
        if name not in atlas:
            raise Refused(404, f"There is no '{name}' in the graph.")


def explore_router(pool: Pool, settings: Settings) -> APIRouter:
    """The addresses below `/api/explore`; each answers JSON in the format `kg-scene/1`."""

    drawn, router = Drawn(pool, settings), APIRouter(prefix="/api/explore")

    @router.get("/start")
    async def start() -> Response:
        """The most important things and the ties among them."""
        return _json((await drawn.atlas()).start())

    @router.get("/asked")
    async def asked(request: Request, name: Name | None = None, query: Text | None = None) -> Response:
        """The things that an answer tells of, with the ties among them: of a named question, whose parameters stand beside its name,
        or of a query."""
        given = tuple((key, value) for key, value in request.query_params.multi_items() if key not in {"name", "query"})
        cells = await drawn.cells(name, query, given)
        try:
            part = await asyncio.to_thread((await drawn.atlas()).asked, cells)
        except QueryError as error:
            raise Refused(400, str(error)) from error
        return _json(part)

    @router.get("/around")
    async def around(node: Name, filters: Filtered, hops: Annotated[int, Query(ge=1, le=5)] = 1) -> Response:
        """A thing with what is within so many steps, over ties that the filters leave."""
        return _json(await drawn.around(node, hops, filters))

    @router.get("/between")
    async def between(
        start: Annotated[str, Query(alias="from", max_length=2000)],
        end: Annotated[str, Query(alias="to", max_length=2000)],
        filters: Filtered,
    ) -> Response:
        """The things on a shortest path over ties that the filters leave; the two alone where there is none."""
        return _json(await drawn.between(start, end, filters))

    @router.get("/find")
    async def find(name: Name) -> Response:
        """Things whose name holds what is asked."""
        return _json((await drawn.atlas()).find(name))

    @router.get("/facts")
    async def facts(node: Name) -> Response:
        """What is stated of a thing beside its ties, with sentences and documents."""
        return Response(await drawn.facts(node), media_type="application/json")

    return router


def _atlas(body: bytes) -> "Atlas":
    from kg.view import atlas_of  # noqa: PLC0415  # two seconds that a service of SPARQL alone need not wait for

    return atlas_of(body)


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, separators=(",", ":")), media_type="application/json")
