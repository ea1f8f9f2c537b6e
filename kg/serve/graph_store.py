"""The SPARQL 1.1 Graph Store HTTP Protocol at `/rdf-graph-store`: graphs by `?graph=`, `?default`, or the IRI of the request itself."""

import uuid

from kg.serve.access import require_reader, require_writer
from kg.serve.formats import GRAPHS, negotiated
from kg.serve.forms import MULTIPART, iri, parameters
from kg.serve.http import Receive, Refused, Scope, Send, header, media_type, own_iri, respond
from kg.serve.intake import Intake
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import ReadGraph, Reply, WriteGraph
from kg.serve.turns import LINE

PATH = "/rdf-graph-store"


class GraphStore:
    """The ASGI application behind `/rdf-graph-store`."""

    def __init__(self, pool: Pool, settings: Settings, intake: Intake) -> None:
        self._pool, self._settings, self._intake = pool, settings, intake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request.

        Raises:
            Refused: it is not of the protocol, or not allowed.
            UsageError: its parameters are not of the protocol.
        """
        method = scope["method"]
        if method in ("GET", "HEAD"):
            await self._read(scope, send)
        elif method in ("PUT", "POST", "DELETE"):
            await self._write(scope, receive, send)
        else:
            raise Refused(405, f"{method} is not served here.", [("Allow", "GET, HEAD, PUT, POST, DELETE")])

    async def _read(self, scope: Scope, send: Send) -> None:
        require_reader(scope, self._settings)
        _, wanted = negotiated(header(scope, b"accept"))
        if wanted is None:
            raise Refused(406, f"Graphs come as {', '.join(GRAPHS)}. Accept one of them.")
        named, graph = _graph(scope)
        if not named:
            raise Refused(400, "Which graph? Add ?default or ?graph=IRI.")
        reply = await self._pool.run(ReadGraph(graph, wanted), self._settings.time_limit, scope.get(LINE))
        await respond(send, reply, with_body=scope["method"] != "HEAD")

    async def _write(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = require_writer(scope, self._settings)
        named, graph = _graph(scope)
        new = not named and scope["method"] == "POST"
        if new:
            graph = f"{own_iri(scope).rstrip('/')}/{uuid.uuid4()}"
        elif not named:
            raise Refused(400, "Which graph? Add ?default or ?graph=IRI.")
        change = {"PUT": "replace", "POST": "merge", "DELETE": "delete"}[scope["method"]]
        if change == "delete":
            reply = await self._pool.change(WriteGraph(change, graph, who=who))
        else:
            reply = await self._take(change, graph, who, scope, receive)
        await respond(send, reply, [("Location", graph)] if graph and reply.created and reply.status == 201 else [])

    async def _take(self, change: str, graph: str | None, who: str, scope: Scope, receive: Receive) -> Reply:
        kind = media_type(scope)
        if kind not in GRAPHS and not (kind == MULTIPART and change == "merge"):
            raise Refused(415, f"Content-Type is '{kind[:100]}'. Send one of {', '.join(GRAPHS)}.")
        async with self._intake.body(scope, receive, self._settings.body_limit) as content:
            task = WriteGraph(change, graph, header(scope, b"content-type") or "", content, who)
            return await self._pool.change(task)


def _graph(scope: Scope) -> tuple[bool, str | None]:
    """Whether a request names a graph, and its IRI; None for the default graph."""
    given = parameters(scope["query_string"], "query string")
    names = [value for key, value in given if key == "graph"]
    default = any(key == "default" for key, _ in given)
    if len(names) + default > 1:
        raise Refused(400, "Name one graph: ?default or ?graph=IRI.")
    if default:
        return True, None
    if names:
        return True, iri(names[0], "graph")
    return (True, own_iri(scope)) if len(scope["path"].rstrip("/")) > len(PATH) else (False, None)
