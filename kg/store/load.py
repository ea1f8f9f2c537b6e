"""A whole dataset from a file into an empty store, at the speed of Oxigraph's bulk loader."""

import io
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg import vocab
from kg.errors import ReadError
from kg.store.base import DUMPED
from kg.store.failures import one_line
from kg.store.replace import Insertion, as_trig


def load_dataset(store: ox.Store, path: Path, ending: str) -> None:
    """Fill an empty store with what a file holds; not a transaction, so into a store that nobody reads yet.

    A file with statements in the default graph brings its own. Of one that has none, such as passages alone, the default
    graph becomes the set of what the graphs state, estimates left out.

    Args:
        store: where to.
        path: the file.
        ending: `nq`, `trig` or `jsonld`.

    Raises:
        ReadError: the file is not of its format; the store is of no use then.
    """
    try:
        if _brings_default(path, ending):
            store.bulk_load(path=str(path), format=DUMPED[ending])
        elif ending == "nq" and Path("/dev/fd").is_dir():
            _load_through_pipe(store, path)
        else:
            store.bulk_extend(_with_set(ox.parse(path=str(path), format=DUMPED[ending])))
    except (SyntaxError, ValueError, OSError) as error:
        raise ReadError(f"{path} is no {ending} ({one_line(error)}). Nothing was stored.") from error


def load_insertion(store: ox.Store, inserted: Insertion) -> None:
    """Put statements into a store that others read: all of them or none, as Oxigraph's loader takes its files over at its end.

    Raises:
        OSError: there is no room.
        ValueError: what was worded is no RDF.
    """
    pieces = _Pieces(f"{piece}\n".encode() for piece in as_trig(inserted))
    try:
        store.bulk_load(io.BufferedReader(pieces, 1 << 20), DUMPED["trig"])
    except SyntaxError as error:
        raise ValueError(one_line(error)) from error


class _Pieces(io.RawIOBase):
    """Pieces of a text as a file to be read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, room: Any, /) -> int:
        """Fill `room` as far as a piece goes."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        taken = self._left[: len(room)]
        self._left = self._left[len(taken) :]
        room[: len(taken)] = taken
        return len(taken)


def _brings_default(path: Path, ending: str) -> bool:
    """Whether a file states something in the default graph; an export has that first."""
    default = ox.DefaultGraph()
    return any(quad.graph_name == default for _, quad in zip(range(10_000), ox.parse(path=str(path), format=DUMPED[ending]), strict=False))


def _with_set(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Each quad, and its statement in the default graph."""
    estimated = ox.NamedNode(str(vocab.graph("estimated")))
    for quad in quads:
        yield quad
        if quad.graph_name != estimated:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _load_through_pipe(store: ox.Store, path: Path) -> None:
    """Load N-Quads: a thread writes each chunk and then its statements without their graphs, Oxigraph reads both as one file."""
    import fcntl  # noqa: PLC0415  # where there is /dev/fd there is fcntl

    reading, writing = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)
    with os.fdopen(reading, "rb") as source, ThreadPoolExecutor(1) as beside:
        written = beside.submit(_write_to, path, writing)
        try:
            store.bulk_load(path=f"/dev/fd/{reading}", format=DUMPED["nq"])
        finally:
            source.close()  # a writer that nobody reads ends
        written.result()


def _write_to(path: Path, end: int) -> None:
    with path.open("rb") as quads, os.fdopen(end, "wb") as out:
        write_with_set(quads, out)


def write_with_set(quads: BinaryIO, out: BinaryIO) -> None:
    """Write N-Quads, and behind each chunk of them its statements without their graphs, those of `graph/estimated` left out.

    Lines in the canonical form (RDF 1.1 N-Quads, 4) are cut by one expression for a whole chunk; others are parsed.
    """
    while lines := quads.readlines(1 << 20):
        chunk = b"".join(lines)
        out.write(chunk if chunk.endswith(b"\n") else chunk + b"\n")
        out.write(_without_graphs(chunk, len(lines)))


_TERM = rb'(?:<[^<>]*>|_:[\w.-]+|"(?:[^"\\\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>]*>)?)'
_ESTIMATED = b"<" + str(vocab.graph("estimated")).encode() + b">"
_QUAD = re.compile(rb"^((?:<[^<>]*>|_:[\w.-]+) <[^<>]*> " + _TERM + rb") (?:<[^<>]*>|_:[\w.-]+) \.$", re.MULTILINE)


def _without_graphs(chunk: bytes, lines: int) -> bytes:
    if _ESTIMATED not in chunk:
        cut, found = _QUAD.subn(rb"\1 .", chunk)
        if found == lines:
            return cut
    estimated = ox.NamedNode(str(vocab.graph("estimated")))
    kept = (quad.triple for quad in ox.parse(chunk, DUMPED["nq"]) if quad.graph_name != estimated)
    return ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""
