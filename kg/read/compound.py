"""Compound files, the container of `.doc`, `.wps`, `.xls`, `.et`, `.ppt` and `.dps` (MS-CFB): which streams stand at the top."""

import struct
from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NONE = 0xFFFFFFF0
"""From here on a number marks an end instead of a sector or an entry."""
_MAX_ENTRIES = 20_000
_SMALL = 4096
"""Bytes below which a stream shares sectors."""
_FIB = b"\xec\xa5"
_ENCRYPTED = 0x0100


def streams(data: bytes) -> frozenset[str]:
    """Names of the streams and storages at the top of a compound file; none where it is no such file or a broken one."""
    return frozenset(_top(data))


def is_protected(data: bytes) -> bool:
    """Whether a password keeps it closed: what is encrypted within (MS-OFFCRYPTO), or a Word stream that says so (MS-DOC)."""
    top = _top(data)
    if not top.keys().isdisjoint(("EncryptedPackage", "EncryptedSummary")):
        return True
    if "WordDocument" not in top:
        return False
    sector, size = struct.unpack_from("<2I", top["WordDocument"], 116)
    head = (sector + 1) << data[30]
    if size < _SMALL:  # it shares the sectors of others (2.6.3)
        head = next((at for at in range(512, len(data), 64) if data.startswith(_FIB, at)), len(data))
    return data.startswith(_FIB, head) and bool(int.from_bytes(data[head + 10 : head + 12], "little") & _ENCRYPTED)


def _top(data: bytes) -> dict[str, bytes]:
    """Entries of the directory at the top, by name."""
    try:
        entries = list(_entries(data))
    except (struct.error, IndexError):
        return {}
    found: set[int] = set()
    open_ends = [_links(entries[0])[2]] if entries else []
    while open_ends:
        at = open_ends.pop()
        if at < len(entries) and at not in found:
            found.add(at)
            open_ends += _links(entries[at])[:2]
    return {_name(entries[at]): entries[at] for at in found}


def _entries(data: bytes) -> Iterator[bytes]:
    """Entries of the directory, which stands in a chain of sectors."""
    if not data.startswith(OLE):
        return
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):  # the two sizes of a sector that there are (2.2)
        return
    size = 1 << shift
    table: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        if sector < _NONE:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    at: int = struct.unpack_from("<I", data, 48)[0]
    for _ in range(_MAX_ENTRIES * _ENTRY // size + 1):
        if at >= _NONE:
            return
        start = (at + 1) * size
        yield from (data[place : place + _ENTRY] for place in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY))
        at = table[at]


def _links(entry: bytes) -> tuple[int, int, int]:
    """Left neighbour, right neighbour and first child of an entry."""
    left, right, child = struct.unpack_from("<3I", entry, 68)
    return left, right, child


def _name(entry: bytes) -> str:
    size: int = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(size, 64) - 2, 0)].decode("utf-16-le", "replace")
