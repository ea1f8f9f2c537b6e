"""Packages of office files: zip archives of parts that refer to each other (ISO/IEC 29500-2; OpenDocument 1.3, part 2)."""

import io
import posixpath
import zipfile
from functools import cached_property
from typing import IO, NamedTuple

from kg.errors import ReadError
from kg.read.clean import Raw
from kg.read.markup import Element, parse
from kg.read.zipped import UNPACKING, brief, check_archive

MAX_PART = 128 * 1024 * 1024
_MANIFEST = "META-INF/manifest.xml"


class Relation(NamedTuple):
    """A reference of a part: the last word of its type (`styles`), the part's name."""

    kind: str
    target: str


class Package:
    """Parts by name; names are compared without case, as 6.2.2.3 has it."""

    def __init__(self, raw: Raw, what: str, *usual: str) -> None:
        """Open a package that is a `what` (`presentation`), whose main part is one of the `usual` ones where it states none.

        Raises:
            ReadError: broken, protected, or beyond the limits.
        """
        check_archive(raw, what)
        self._raw, self._what, self._usual = raw, what, usual
        self._archive = zipfile.ZipFile(io.BytesIO(raw.data))
        self._entries = {_name(entry.filename): entry for entry in self._archive.infolist()}
        self._relations: dict[str, dict[str, Relation]] = {}
        if _MANIFEST in self and b"encryption-data" in self.data(_MANIFEST):
            raise ReadError(f"{raw.path} is protected by a password. Save it without one.")

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._entries

    @cached_property
    def main(self) -> str:
        """Name of the part that all others belong to."""
        stated = (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument")
        return next((name for name in (*stated, *self._usual) if name in self), self._usual[0])

    def open(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece.

        Raises:
            KeyError: it is missing.
        """
        return self._archive.open(self._entries[_name(name)])

    def data(self, name: str) -> bytes:
        """What a part holds.

        Raises:
            ReadError: it is missing, broken or too large.
        """
        entry = self._entries.get(_name(name))
        if entry is None:
            raise ReadError(f"{self._raw.path} is a broken {self._what} (it holds no {name}). Open it and save it again.")
        if entry.file_size > MAX_PART:
            raise ReadError(
                f"{self._raw.path}: {name} unpacks to {entry.file_size:,} bytes; at most {MAX_PART:,} are read. Split the file."
            )
        try:
            return self._archive.read(entry)
        except UNPACKING as error:
            raise ReadError(f"{self._raw.path} is a broken {self._what} ({brief(error)}). Open it and save it again.") from error

    def root(self, name: str) -> Element:
        """Root of a part.

        Raises:
            ReadError: as `data` and `parse` do.
        """
        return parse(self.data(name), f"{self._raw.path}: {name}")

    def find(self, name: str) -> Element | None:
        """Root of a part, None where it is missing or empty."""
        return self.root(name) if name in self and self._entries[_name(name)].file_size else None

    def relations(self, name: str) -> dict[str, Relation]:
        """References of a part by their identifiers; those of the package itself where `name` is ""; what lies outside is left out."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            root = self.find(posixpath.join(folder, "_rels", f"{base}.rels"))
            self._relations[name] = {
                one.get("Id", ""): Relation(
                    one.get("Type", "").rpartition("/")[2], _name(posixpath.join("/", folder, one.get("Target", "")))
                )
                for one in (() if root is None else root)
                if one.get("TargetMode") != "External"
            }
        return self._relations[name]


def _name(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
