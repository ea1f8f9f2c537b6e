"""What is not SPARQL: explorer, query page, health, metrics, the terms and questions that pages complete; described by OpenAPI."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import cache
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse
from pydantic import BaseModel

from kg import __version__, resources
from kg.query import questions
from kg.serve.explore import explore_router
from kg.serve.http import Refused
from kg.serve.metrics import CONTENT_TYPE, Metrics
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Query, Reply
from kg.store import snapshots_of
from kg.vocab import PREFIXES, defined_terms
from kg.workspace.file_names import STORE

_STATIC = {"explorer.js", "graph.css", "query.js", "query.css"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PAGE_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Health(BaseModel):
    """Whether the service can answer."""

    status: str
    version: str
    snapshot: int


class Term(BaseModel):
    """A class, property or concept of the ontology."""

    term: str
    kind: str
    zh: str
    en: str


class Vocabulary(BaseModel):
    """What a query may use without declaring it."""

    prefixes: dict[str, str]
    terms: list[Term]


class NamedQuestion(BaseModel):
    """A question that the graph is made to answer."""

    name: str
    zh: str
    en: str
    sparql: str
    parameters: dict[str, str]


def web_application(pool: Pool, settings: Settings, counts: Metrics) -> FastAPI:
    """The web application; the two protocols are not part of it."""
    app = FastAPI(
        title="Innovation knowledge graph",
        version=__version__,
        description="What stands beside SPARQL (`/sparql`) and the Graph Store Protocol (`/rdf-graph-store`).",
        docs_url=None,  # the pages of FastAPI load from elsewhere
        redoc_url=None,
    )

    alive = shared(lambda: pool.run(Query("ASK {}", "application/sparql-results+json", None), settings.time_limit))

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return Response(f"{error.reason}\n", error.status, dict(error.headers), "text/plain")

    @app.exception_handler(405)
    async def only_get(request: Request, _: Exception) -> Response:
        return Response(f"{request.method} is not served here.\n", 405, {"Allow": "GET, HEAD"}, "text/plain")

    @app.get("/health", responses={503: {"model": Health}})
    async def health() -> Health:
        """Whether a query is answered, and the number of the snapshot that it is answered from."""
        reply = await alive()
        newest = snapshots_of(settings.workspace / STORE).newest()
        found = Health(status="ok" if reply.status == 200 else reply.body.decode().strip(), version=__version__, snapshot=newest)
        return found if reply.status == 200 else JSONResponse(found.model_dump(), status_code=503)  # type: ignore[return-value]

    @app.get("/metrics", response_class=Response)
    async def metrics() -> Response:
        """Counters for Prometheus."""
        newest = snapshots_of(settings.workspace / STORE).newest()
        return Response(counts.text(len(pool.workers), newest), media_type=CONTENT_TYPE)

    @app.get("/api/vocabulary")
    async def vocabulary() -> Vocabulary:
        """Prefixes, classes, properties and concepts with their labels, for completion."""
        terms = [Term(term=term, kind=kind, zh=zh, en=en) for term, kind, zh, en in defined_terms()]
        return Vocabulary(prefixes=PREFIXES, terms=terms)

    @app.get("/api/questions")
    async def named_questions() -> list[NamedQuestion]:
        """The named questions with their SPARQL."""
        return [NamedQuestion(name=q.name, zh=q.zh, en=q.en, sparql=q.sparql, parameters=dict(q.parameters)) for q in questions().values()]

    app.include_router(explore_router(pool, settings))
    _pages(app)
    return app


def shared(ask: Callable[[], Coroutine[Any, Any, Reply]]) -> Callable[[], Awaitable[Reply]]:
    """A question that all who ask while it is being answered share: it is open to anybody, so that many must not cost more than one."""
    running: asyncio.Task[Reply] | None = None

    async def answer() -> Reply:
        nonlocal running
        if running is None or running.done():
            running = asyncio.create_task(ask())
        return await asyncio.shield(running)

    return answer


def _pages(app: FastAPI) -> None:
    """The explorer, the query page, and what both load; where they were never built, a line that says so."""

    @app.get("/", include_in_schema=False)
    async def front() -> Response:
        return await page("explorer")

    @app.get("/query", include_in_schema=False)
    async def query_page() -> Response:
        return await page("query")

    @app.get("/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        built = resources.page_file(name) if name in _STATIC else None
        return FileResponse(built, headers=_PAGE_HEADERS) if built else Response(status_code=404)

    async def page(name: str) -> Response:
        if resources.page_file(f"{name}.js") is None:
            return PlainTextResponse("The pages of this service were not built (docs/explorer.md); /sparql answers.\n", 404)
        return HTMLResponse((await asyncio.to_thread(_frames))[name], headers=_PAGE_HEADERS)


@cache
def _frames() -> dict[str, str]:
    """The pages by the name of their script."""
    from kg.view import served_explorer, served_query_page  # noqa: PLC0415  # two seconds that a service of SPARQL alone need not wait for

    return {"explorer": served_explorer(), "query": served_query_page()}
