"""The SPARQL 1.1 Protocol: queries by GET, form and direct POST, updates by form and direct POST."""

import asyncio

from kg.serve.access import is_writer, require_reader, require_writer
from kg.serve.description import describe
from kg.serve.formats import negotiated
from kg.serve.forms import FORM, SMALL, Operation, Pairs, operation, parameters, text_of, unfolded
from kg.serve.http import Receive, Refused, Scope, Send, header, media_type, own_iri, respond
from kg.serve.intake import Intake, too_large
from kg.serve.lookup import Lookups
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.soundness import Soundness
from kg.serve.tasks import Dataset, Decode, Query, Reply, Update
from kg.serve.turns import LINE, Line

_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_TAKES = f"{FORM}, {', '.join(_DIRECT)}"


class SparqlEndpoint:
    """The ASGI application behind `/sparql`."""

    def __init__(self, pool: Pool, settings: Settings, intake: Intake, lookups: Lookups) -> None:
        self._pool, self._settings, self._intake, self._lookups = pool, settings, intake, lookups
        self._soundness = Soundness(pool, settings)
        self._looked_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; who asks is known before anything of it is decoded or its body is read.

        Raises:
            Refused: it is not of the protocol, or not allowed.
            UsageError: its parameters are not of the protocol.
        """
        require_reader(scope, self._settings)
        method = scope["method"]
        if method == "POST":
            await self._post(scope, receive, send)
            return
        if method not in ("GET", "HEAD"):
            raise Refused(405, f"{method} is not of the SPARQL Protocol. Use GET or POST.", [("Allow", "GET, HEAD, POST")])
        given = await self._parameters(scope, scope["query_string"], "query string")
        if any(name == "update" for name, _ in given):
            raise Refused(400, "An update cannot be sent by GET. Use POST.")
        await self._answer(operation(given, describing=True), scope, send)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = media_type(scope)
        if kind != FORM and kind not in _DIRECT:
            raise Refused(415, f"Content-Type is '{kind[:100]}'. Send one of {_TAKES}.")
        given = await self._parameters(scope, scope["query_string"], "query string")
        if _DIRECT.get(kind) == "update" or any(name == "update" for name, _ in given):
            require_writer(scope, self._settings)
        writes = kind != "application/sparql-query" and is_writer(scope, self._settings)
        limit = self._settings.body_limit if writes else self._settings.request_limit
        async with self._intake.body(scope, receive, limit) as content:
            if len(content) > self._settings.request_limit:
                await self._large(kind, given, content, scope, send)
                return
            asked = operation([*given, *(await self._content(scope, kind, content))])
            if asked.kind == "update":
                using = asked.graphs["using-graph-uri"], asked.graphs["using-named-graph-uri"]
                await self._update(Update(asked.text, *using, own_iri(scope), require_writer(scope, self._settings)), send)
            else:
                await self._answer(asked, scope, send)

    async def _content(self, scope: Scope, kind: str, content: bytes) -> Pairs:
        return await self._parameters(scope, content, "form") if kind == FORM else [(_DIRECT[kind], text_of(content, "body"))]

    async def _large(self, kind: str, given: Pairs, content: bytes, scope: Scope, send: Send) -> None:
        """A body that only an update may have: the process that carries it out reads it."""
        if any(name == "query" for name, _ in given):
            raise too_large(self._settings.request_limit)
        who = require_writer(scope, self._settings)
        await self._update(Update("", base=own_iri(scope), who=who, content=content, form=kind == FORM, beside=tuple(given)), send)

    async def _parameters(self, scope: Scope, data: bytes, where: str) -> Pairs:
        """The parameters of a query string or a form; large ones are decoded by a process that evaluates, not beside all other requests."""
        if len(data) <= SMALL:
            return parameters(data, where)
        reply = await self._pool.run(Decode(data, where), self._settings.time_limit, scope.get(LINE))
        if reply.status != 200:
            raise Refused(reply.status, reply.body.decode().strip())
        return unfolded(reply.body)

    async def _answer(self, asked: Operation, scope: Scope, send: Send) -> None:
        rows, triples = negotiated(header(scope, b"accept"))
        if asked.kind == "describe":
            await respond(send, describe(scope, triples, self._settings), with_body=scope["method"] != "HEAD")
            return
        default, named = asked.graphs["default-graph-uri"], asked.graphs["named-graph-uri"]
        dataset = Dataset(default, named) if default or named else Dataset()
        task = Query(asked.text, rows, triples, own_iri(scope), dataset)
        line = scope.get(LINE) or Line()
        reply = self._at_once(task)
        line.light = reply is not None
        reply = reply or await self._evaluated(task, scope)
        await respond(send, reply, with_body=scope["method"] != "HEAD")

    def _at_once(self, task: Query) -> Reply | None:
        """The reply to a lookup. Where one has been answered in this turn of the loop, and others may wait, a worker that rests helps.

        It takes more to hand a lookup to a worker than to answer it: none helps where another process has half of the lookups.
        """
        if self._looked_up and self._pool.rests and not self._lookups.shared:
            return None
        reply = self._lookups.answer(task)
        if reply and not self._looked_up:
            self._looked_up = True
            asyncio.get_running_loop().call_soon(self._turn)
        return reply

    def _turn(self) -> None:
        self._looked_up = False

    async def _evaluated(self, task: Query, scope: Scope) -> Reply:
        reply = await self._pool.run(task, self._settings.time_limit, scope.get(LINE))
        self._lookups.answered(task, reply)
        return await self._soundness.reason(reply) if reply.ended else reply

    async def _update(self, task: Update, send: Send) -> None:
        await respond(send, await self._pool.change(task))
