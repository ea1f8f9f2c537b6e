"""What a service is told when it starts."""

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import UsageError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """What one connection may take of the service before it has asked anything, and while it is answered.

    Attributes:
        head, body, answer: seconds for a request's head, for its body, and for taking an answer.
        rate: bytes a second that make the time for a body or an answer longer.
        target, head_bytes, fields: bytes of a request's target and of its whole head, number of its header fields.
        pipelined: requests that may wait behind one that is answered.
        connections: how many may be open at once; fewer where the system gives fewer files.
        unread: bytes of answers that clients have not taken yet, all of them together.
    """

    head: float = 10.0
    body: float = 20.0
    answer: float = 30.0
    rate: int = 16 * 1024
    target: int = 32 * 1024
    head_bytes: int = 64 * 1024
    fields: int = 100
    pipelined: int = 16
    connections: int = 800
    unread: int = 512 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a service.

    Attributes:
        workspace: folder of the graph.
        host, port: where it listens.
        token: what a writer (and off loopback, a reader) has to send; None where nobody may write.
        time_limit, write_limit: seconds after which a query or an update is killed.
        result_limit: bytes of an answer.
        memory_limit: bytes that one query may use.
        memory_total: bytes that all processes which evaluate may hold together; when they hold more, the largest slow query ends.
        keep_limit: bytes beyond those of a fresh process that one may still hold after a query; with more it is replaced.
        request_limit: bytes of the body of a request that needs no token of a writer.
        body_limit: bytes of the body of a change.
        bodies_limit: bytes of bodies that are held at once, all requests together.
        workers: processes that are kept ready, and how many there may be at once.
        beside: whether a second process answers lookups where there are cores for two (Linux).
        services: IRIs of endpoints that `SERVICE` may call.
        load: whether `LOAD` may fetch documents.
        cors: origins whose pages may ask; `*` for all.
        patience: what a connection may take.
    """

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    time_limit: float = 10.0
    write_limit: float = 120.0
    result_limit: int = 64 * MEGABYTE
    memory_limit: int = 2048 * MEGABYTE
    memory_total: int = 4096 * MEGABYTE
    keep_limit: int = 96 * MEGABYTE
    request_limit: int = MEGABYTE
    body_limit: int = 256 * MEGABYTE
    bodies_limit: int = 768 * MEGABYTE
    workers: tuple[int, int] = (2, 32)
    beside: bool = True
    services: tuple[str, ...] = ()
    load: bool = False
    cors: tuple[str, ...] = ()
    patience: Patience = Patience()

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return _is_loopback(self.host)

    def require_safe(self) -> None:
        """Refuse an open door.

        Raises:
            UsageError: another address than loopback without a token, or a token that can be guessed.
        """
        if not self.on_loopback and not self.token:
            raise UsageError(
                f"--host {self.host} lets other machines in, and there is no token. Set KG_TOKEN or --token-file, or listen on 127.0.0.1."
            )
        if self.token is not None and len(self.token) < 16:
            raise UsageError("The token has fewer than 16 characters. Take a longer one, such as `openssl rand -hex 32` prints.")


@lru_cache(maxsize=16)
def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
