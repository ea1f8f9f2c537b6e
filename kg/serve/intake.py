"""Bodies of requests: taken up to a limit, and all that are held at once up to another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kg.serve.http import Receive, Refused, Scope, header
from kg.serve.settings import MEGABYTE, Settings

READ = "kg.read"
"""Key of a scope: its body was read to the end."""


class Intake:
    """Takes the bodies of a service's requests; what they hold together has a limit."""

    def __init__(self, settings: Settings) -> None:
        self._left = settings.bodies_limit

    @asynccontextmanager
    async def body(self, scope: Scope, receive: Receive, limit: int) -> AsyncIterator[bytes]:
        """The body of a request, which counts as held while the block lasts.

        Args:
            limit: bytes that it may have.

        Raises:
            Refused: 413, it is too large; 503, too many are held at once; 400, the client went away.
        """
        if int(header(scope, b"content-length") or 0) > limit:
            raise too_large(limit)
        taken = 0
        try:
            parts: list[bytes] = []
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refused(400, "The client went away.")
                part = message.get("body", b"")
                taken += len(part)
                self._left -= len(part)
                if taken > limit:
                    raise too_large(limit)
                if self._left < 0:
                    raise Refused(503, "The service is taking other large requests. Try again in a moment.")
                parts.append(part)
                more = bool(message.get("more_body"))
            scope[READ] = True
            content = parts[0] if len(parts) == 1 else b"".join(parts)
            del parts
            yield content
        finally:
            self._left += taken


def too_large(limit: int) -> Refused:
    """The refusal of a body that has more bytes than may be."""
    size = f"{limit / MEGABYTE:g} MB" if limit >= MEGABYTE else f"{limit} bytes"
    return Refused(413, f"The request has more than {size}. Send it in parts, or start the service with a larger --max-request.")
