"""Bytes of an answer, up to a limit; rows in the media type that the client gets."""

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.serve.formats import RESULTS, with_charset
from kg.serve.tasks import Reply

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


class TooLarge(Exception):  # noqa: N818  # it says what the answer is
    """An answer has more bytes than the service gives."""


class Sink(io.BytesIO):
    """Takes the bytes of an answer, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: "Buffer") -> int:
        """Take bytes.

        Raises:
            TooLarge: there are too many.
        """
        if self.tell() + len(memoryview(data)) > self._limit:
            raise TooLarge
        return super().write(data)


def written(found: ox.QuerySolutions | ox.QueryBoolean, media_type: str, limit: int) -> Reply:
    """The reply with rows, or with yes or no.

    Raises:
        TooLarge: it has more bytes than the limit.
        OSError, RuntimeError, ValueError: the evaluation fails, which it does while its rows are taken.
    """
    sink = Sink(limit)
    found.serialize(sink, RESULTS[media_type])
    return Reply(200, with_charset(media_type), sink.getvalue())
