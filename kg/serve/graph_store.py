"""The SPARQL 1.1 Graph Store HTTP Protocol at `/rdf-graph-store`: graphs by `?graph=`, `?default`, or the IRI of the request itself."""

import uuid

from starlette.datastructures import UploadFile
from starlette.requests import Request

from kg.serve.access import require_reader, require_writer
from kg.serve.formats import GRAPHS, negotiated
from kg.serve.http import Receive, Refused, Scope, Send, body, header, media_type, own_iri, parameters, respond
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import ReadGraph, WriteGraph

PATH = "/rdf-graph-store"
_MULTIPART = "multipart/form-data"


class GraphStore:
    """The ASGI application behind `/rdf-graph-store`."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request.

        Raises:
            Refused: it is not of the protocol, or not allowed.
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
        reply = await self._pool.run(ReadGraph(graph, wanted), self._settings.time_limit)
        await respond(send, reply, with_body=scope["method"] != "HEAD")

    async def _write(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = require_writer(scope, self._settings)
        named, graph = _graph(scope)
        new = not named and scope["method"] == "POST"
        if new:
            graph = f"{own_iri(scope).rstrip('/')}/{uuid.uuid4()}"
        elif not named:
            raise Refused(400, "Which graph? Add ?default or ?graph=IRI.")
        parts = () if scope["method"] == "DELETE" else await self._content(scope, receive)
        change = {"PUT": "replace", "POST": "merge", "DELETE": "delete"}[scope["method"]]
        reply = await self._pool.change(WriteGraph(change, graph, parts, who))
        await respond(send, reply, [("Location", graph)] if graph and reply.created and reply.status == 201 else [])

    async def _content(self, scope: Scope, receive: Receive) -> tuple[tuple[str, bytes], ...]:
        kind = media_type(scope)
        if kind == _MULTIPART and scope["method"] == "POST":
            return await self._form(scope, receive)
        if kind not in GRAPHS:
            raise Refused(415, f"Content-Type is '{kind}'. Send one of {', '.join(GRAPHS)}.")
        return ((kind, await body(receive, self._settings.body_limit)),)

    async def _form(self, scope: Scope, receive: Receive) -> tuple[tuple[str, bytes], ...]:
        size = int(header(scope, b"content-length") or 0)
        if not size:
            raise Refused(411, "A form needs a Content-Length.")
        if size > self._settings.body_limit:
            raise Refused(413, "The form is larger than this service's limit. Send the graphs one by one.")
        parts: list[tuple[str, bytes]] = []
        async with Request(scope, receive).form(max_files=100, max_fields=100) as form:
            for _, value in form.multi_items():
                if isinstance(value, UploadFile):
                    kind = (value.content_type or "").split(";")[0].strip().lower()
                    if kind not in GRAPHS:
                        raise Refused(415, f"A part's Content-Type is '{kind}'. Send one of {', '.join(GRAPHS)}.")
                    parts.append((kind, await value.read()))
        return tuple(parts)


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
        return True, _iri(names[0])
    return (True, own_iri(scope)) if len(scope["path"].rstrip("/")) > len(PATH) else (False, None)


def _iri(text: str) -> str:
    if ":" not in text or any(c in text for c in '<>"{}|^`\\') or any(c <= " " for c in text):
        raise Refused(400, f"'{text[:200]}' is no absolute IRI. Correct ?graph=.")
    return text
