"""Bytes of an answer, up to a limit; rows in the media type that the client gets."""

import io
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.serve.formats import RESULTS, TABLES, with_charset
from kg.serve.tasks import Reply
from kg.show.serialization import as_bytes
from kg.show.workbook import as_xlsx
from kg.store import plain

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


def tabled(found: ox.QuerySolutions | ox.QueryBoolean, media_type: str, limit: int) -> Reply:
    """The reply with rows, or with yes or no, as a workbook or a Parquet file.

    Raises:
        TooLarge: it has more bytes than the limit.
        UsageError: a sheet does not hold as many rows, or a part of this installation is missing.
        OSError, RuntimeError, ValueError: as for `written`.
    """
    if isinstance(found, ox.QueryBoolean):
        names, rows = ["answer"], [[bool(found)]]
    else:
        names, rows = [variable.value for variable in found.variables], [[plain(cell) for cell in row] for row in found]
    content = as_xlsx(names, rows) if TABLES[media_type] == "xlsx" else _as_parquet(names, rows)
    Sink(limit).write(content)
    return Reply(200, media_type, content)


def _as_parquet(names: list[str], rows: list[list[Any]]) -> bytes:
    import pandas as pd  # noqa: PLC0415  # a second that other answers need not wait for

    return as_bytes(pd.DataFrame(rows, columns=names, dtype=object), "parquet")
