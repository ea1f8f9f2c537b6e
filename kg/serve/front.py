"""The outermost ASGI application: sends a request to its room, turns a refusal into an answer, counts and logs."""

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from kg.errors import UsageError
from kg.serve.access import is_open, require_host, require_reader
from kg.serve.graph_store import PATH
from kg.serve.http import Receive, Refused, Scope, Send, header, respond
from kg.serve.intake import READ
from kg.serve.metrics import Metrics
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.tasks import Reply

_SHOWN = 200
"""Characters of a path that the log shows."""

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """Routes by path: the two protocols directly, since they are what is called most; all else to the web application."""

    def __init__(self, rooms: Mapping[str, Application], pool: Pool, settings: Settings, metrics: Metrics) -> None:
        self._rooms = rooms
        self._pool, self._settings, self._metrics = pool, settings, metrics
        self._log = structlog.get_logger("kg.serve")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        started, status = time.perf_counter(), 0
        room = _room(scope["path"])

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        async def refuse(refused: Refused) -> None:
            if not status:  # else an answer has begun, and nothing can be said any more
                ending = [("Connection", "close")] if _unread(scope) else []
                reply = Reply(refused.status, body=f"{refused.reason}\n".encode())
                await respond(noting, reply, [*refused.headers, *ending], scope["method"] != "HEAD")

        try:
            await self._serve(room, scope, receive, noting)
        except Refused as refused:
            await refuse(refused)
        except UsageError as error:
            await refuse(Refused(400, str(error)))
        except Exception:  # whatever it is: the client gets a line and a number, the log has the rest
            name = uuid.uuid4().hex[:8]
            self._log.exception("failed", error_id=name)
            await refuse(Refused(500, f"Something went wrong here; the log has it as {name}."))
        finally:
            seconds = time.perf_counter() - started
            self._metrics.note(room, scope["method"], status, seconds)
            client = scope.get("client") or ("?", 0)
            self._log.info(
                "request", method=scope["method"], path=scope["path"][:_SHOWN], status=status, ms=round(seconds * 1000, 1), client=client[0]
            )

    async def _serve(self, room: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request into its room, once its head says that it may: nothing of its body has been read until then."""
        require_host(scope, self._settings)
        if room == "web":
            if not is_open(scope["path"]):
                require_reader(scope, self._settings)
            if scope["method"] == "HEAD":
                scope = {**scope, "method": "GET"}  # uvicorn sends no body for the one it knows
        await self._rooms[room](scope, receive, send)

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


def _unread(scope: Scope) -> bool:
    """Whether a request may have a body that was not read to its end."""
    return not scope.get(READ) and ((header(scope, b"content-length") or "0") != "0" or header(scope, b"transfer-encoding") is not None)
