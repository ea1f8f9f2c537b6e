"""The outermost ASGI application: sends a request to its room, turns a refusal into an answer, counts and logs."""

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from kg.serve.access import require_host
from kg.serve.graph_store import PATH
from kg.serve.http import Receive, Refused, Scope, Send, respond
from kg.serve.measures import Measures
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Reply

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """Routes by path: the two protocols directly, since they are what is called most; all else to the web application."""

    def __init__(self, rooms: Mapping[str, Application], pool: Pool, settings: Settings, measures: Measures) -> None:
        self._rooms = rooms
        self._pool, self._settings, self._measures = pool, settings, measures
        self._log = structlog.get_logger("kg.serve")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        started, status = time.perf_counter(), 500
        room = _room(scope["path"])

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            require_host(scope, self._settings)
            await self._rooms[room](scope, receive, noting)
        except Refused as refused:
            await respond(noting, Reply(refused.status, body=f"{refused.reason}\n".encode()), refused.headers, scope["method"] != "HEAD")
        except Exception:  # whatever it is: the client gets a line and a number, the log has the rest
            name = uuid.uuid4().hex[:8]
            self._log.exception("failed", error_id=name)
            await respond(noting, Reply(500, body=f"Something went wrong here; the log has it as {name}.\n".encode()))
        finally:
            seconds = time.perf_counter() - started
            self._measures.note(room, scope["method"], status, seconds)
            client = scope.get("client") or ("?", 0)
            self._log.info(
                "request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1), client=client[0]
            )

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._pool.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self._pool.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _room(path: str) -> str:
    if path in ("/sparql", "/sparql/"):
        return "sparql"
    return "graph-store" if path == PATH or path.startswith(f"{PATH}/") else "web"
