"""What a backup says of itself, in its `backup.json`: each file with its size and checksum, and what its graph holds.

The file is under a checksum too, and stands as it was written, byte for byte. A backup of an earlier version tells the number of
statements alone.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import StoreError
from kg.store import StoreSize
from kg.workspace.copying import CopiedFile
from kg.workspace.file_names import FOLDERS, MANIFEST, SINGLE

_MOST = 64 * 1024 * 1024
_EARLIER = {"made", "software", "statements"}
_KEYS = {"version", "made", "software", "graph", "files", "checksum"}
_VERSION = 2
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHANGED = "it was changed since it was written"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made: when, as ISO 8601.
        software: which version made it.
        files: by name, with `/` between folders.
        graph: what its store holds.
    """

    made: str
    software: str
    files: Mapping[str, CopiedFile]
    graph: StoreSize


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a backup of an earlier version says: how many statements there are, those in graphs too."""

    statements: int


def worded(manifest: Manifest) -> str:
    """The text of `backup.json`."""
    listed = {name: asdict(kept) for name, kept in sorted(manifest.files.items())}
    said = {"version": _VERSION, "made": manifest.made, "software": manifest.software, "graph": asdict(manifest.graph), "files": listed}
    return _text(said | {"checksum": _checksum(said)})


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1)  # in ASCII: an ending of a file may be no text


def _checksum(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(_text(said).encode("ascii")).hexdigest()


def manifest_of(source: Path) -> Manifest | Earlier:
    """What a backup says of itself.

    Args:
        source: the folder of the backup.

    Raises:
        StoreError: it is no such text, or was changed.
    """
    text = files.text(source / MANIFEST, StoreError, _MOST)
    try:
        said = json.loads(text)
        found = _earlier(said) if isinstance(said, dict) and set(said) == _EARLIER else _manifest(said)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        why = str(error) if type(error) is ValueError else "it is no text that a backup writes"
        raise damaged(source, f"{MANIFEST}: {why}") from error
    if isinstance(found, Manifest) and text != worded(found):
        raise damaged(source, f"{MANIFEST}: {_CHANGED}")
    return found


def damaged(source: Path, why: str) -> StoreError:
    """The error of a backup that is not whole."""
    return StoreError(f"{source} is damaged ({why}). The workspace is as before; use another backup.")


def _earlier(said: Mapping[str, Any]) -> Earlier:
    return Earlier(_count(said["statements"]))


def _manifest(said: object) -> Manifest:
    """A manifest whose every part is what it must be.

    Raises:
        ValueError: with what is wrong.
        TypeError, KeyError: it is another text.
    """
    if not isinstance(said, dict) or set(said) != _KEYS or not isinstance(said["files"], dict):
        raise TypeError
    if said["version"] != _VERSION or type(said["version"]) is not int:
        raise ValueError(f"it is of version {str(said['version'])[:20]}, which this software does not know")
    rest = {key: value for key, value in said.items() if key != "checksum"}
    if _checksum(rest) != said["checksum"]:
        raise ValueError(_CHANGED)
    listed = {_name(name): CopiedFile(_count(kept["size"]), _sum(kept["sha256"])) for name, kept in said["files"].items()}
    graph = StoreSize(*(_count(said["graph"][key]) for key in ("statements", "in_graphs", "graphs")))
    return Manifest(str(said["made"]), str(said["software"]), listed, graph)


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError(f"{str(value)[:20]} is no count")
    return value


def _sum(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{str(value)[:20]} is no checksum")
    return value


def _name(name: str) -> str:
    """A name that stays inside the backup, and is of what a workspace has."""
    folder, _, file = name.rpartition("/")
    odd = "\0" in name or file in ("", ".", "..") or (os.name == "nt" and any(sign in file for sign in "\\:"))
    if odd or (folder not in FOLDERS if folder else file not in SINGLE):
        raise ValueError(f"it names {name[:60]!r}, which is no file of a backup")
    return name
