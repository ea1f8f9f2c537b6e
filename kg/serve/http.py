"""Requests and answers of ASGI, as little as the protocols need."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from kg.serve.tasks import Reply

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = Iterable[tuple[str, str]]


class Refused(Exception):  # noqa: N818  # it says what the answer is
    """A request that is not served: HTTP status, reason, headers."""

    def __init__(self, status: int, reason: str, headers: Headers = ()) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, tuple(headers)


def header(scope: Scope, name: bytes) -> str | None:
    """A header of a request; several of one name are joined by commas."""
    found = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(found) if found else None


def media_type(scope: Scope) -> str:
    """The media type of the body, without parameters; "" where there is none."""
    return media_type_of(header(scope, b"content-type") or "")


def media_type_of(content_type: str) -> str:
    """The media type that a Content-Type names, without parameters."""
    return content_type.split(";", maxsplit=1)[0].strip().lower()


def own_iri(scope: Scope) -> str:
    """The IRI of the request, without its query: the base of what is relative in it. Its host was checked before."""
    path = quote(scope["path"], safe="/:@!$&'()*+,;=~-._")
    host = header(scope, b"host") or "localhost"
    return f"{scope['scheme']}://{host}{path}"


async def respond(send: Send, reply: Reply, headers: Headers = (), with_body: bool = True) -> None:
    """Send an answer."""
    fields = [(b"content-type", reply.media_type.encode()), (b"content-length", str(len(reply.body)).encode()), *SECURE]
    fields += [(key.encode(), value.encode()) for key, value in headers]
    if reply.status == 503:
        fields.append((b"retry-after", b"1"))
    if reply.status == 204:
        fields = [field for field in fields if field[0] not in (b"content-type", b"content-length")]
    await send({"type": "http.response.start", "status": reply.status, "headers": fields})
    await send({"type": "http.response.body", "body": reply.body if with_body else b""})


SECURE = ((b"x-content-type-options", b"nosniff"), (b"vary", b"Accept, Origin"))
