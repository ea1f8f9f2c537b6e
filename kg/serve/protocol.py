"""The SPARQL 1.1 Protocol: queries by GET, form and direct POST, updates by form and direct POST."""

from dataclasses import dataclass

from kg.serve.access import require_reader, require_writer
from kg.serve.description import describe
from kg.serve.formats import negotiated
from kg.serve.http import Receive, Refused, Scope, Send, body, header, media_type, own_iri, parameters, respond
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Dataset, Query, Update

_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_FORM = "application/x-www-form-urlencoded"
_TAKES = f"{_FORM}, {', '.join(_DIRECT)}"


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: `query`, `update` or `describe`; its text, and the graphs that its parameters name."""

    kind: str
    text: str
    graphs: dict[str, tuple[str, ...]]


class SparqlEndpoint:
    """The ASGI application behind `/sparql`."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request.

        Raises:
            Refused: it is not of the protocol, or not allowed.
        """
        asked = await self._operation(scope, receive)
        if asked.kind == "update":
            await self._update(asked, scope, send)
            return
        require_reader(scope, self._settings)
        rows, triples = negotiated(header(scope, b"accept"))
        if asked.kind == "describe":
            await respond(send, describe(scope, triples, self._settings), with_body=scope["method"] != "HEAD")
            return
        default, named = asked.graphs["default-graph-uri"], asked.graphs["named-graph-uri"]
        dataset = Dataset(default, named) if default or named else Dataset()
        reply = await self._pool.run(Query(asked.text, rows, triples, own_iri(scope), dataset), self._settings.time_limit)
        await respond(send, reply, with_body=scope["method"] != "HEAD")

    async def _update(self, asked: Operation, scope: Scope, send: Send) -> None:
        who = require_writer(scope, self._settings)
        task = Update(asked.text, asked.graphs["using-graph-uri"], asked.graphs["using-named-graph-uri"], own_iri(scope), who)
        await respond(send, await self._pool.change(task))

    async def _operation(self, scope: Scope, receive: Receive) -> Operation:
        method, given = scope["method"], parameters(scope["query_string"], "query string")
        if method in ("GET", "HEAD"):
            if any(name == "update" for name, _ in given):
                raise Refused(400, "An update cannot be sent by GET. Use POST.")
            return _operation(given, describing=True)
        if method != "POST":
            raise Refused(405, f"{method} is not of the SPARQL Protocol. Use GET or POST.", [("Allow", "GET, HEAD, POST")])
        kind, content = media_type(scope), await body(receive, self._settings.body_limit)
        if kind == _FORM:
            return _operation([*given, *parameters(content, "form")])
        if kind not in _DIRECT:
            raise Refused(415, f"Content-Type is '{kind}'. Send one of {_TAKES}.")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused(400, "The body is not UTF-8. Correct it.") from error
        return _operation([*given, (_DIRECT[kind], text)])


def _operation(given: list[tuple[str, str]], describing: bool = False) -> Operation:
    texts = [(name, value) for name, value in given if name in ("query", "update")]
    graphs = {
        name: tuple(value for key, value in given if key == name)
        for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
    }
    if not texts and describing:
        return Operation("describe", "", graphs)
    if len(texts) != 1:
        raise Refused(400, f"{len(texts)} queries and updates in one request. Send exactly one `query` or `update`.")
    [(kind, text)] = texts
    return Operation(kind, text, graphs)
