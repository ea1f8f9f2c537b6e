"""The package of a Word document: its parts and how they refer to each other (ISO/IEC 29500-2)."""

import io
import posixpath
import zipfile
import zlib
from functools import cached_property
from typing import NamedTuple

from kg.errors import ReadError
from kg.read.archive import ZIP, brief, check_archive
from kg.read.clean import Raw
from kg.read.word.markup import Element, kind, parse, value

MAX_PART = 128 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = ("word/document.xml", "document.xml")


class Relation(NamedTuple):
    """A reference of a part: the last word of its type (`styles`), the part's name, "" for one outside."""

    kind: str
    target: str


class Package:
    """Parts of a document by name; names are compared without case, as 6.2.2.3 has it."""

    def __init__(self, raw: Raw) -> None:
        _check_kind(raw)
        self._raw = raw
        self._archive = zipfile.ZipFile(io.BytesIO(raw.data))
        self._entries = {_name(entry.filename): entry for entry in self._archive.infolist()}
        self._relations: dict[str, dict[str, Relation]] = {}

    @cached_property
    def main(self) -> str:
        """Name of the part that holds the text.

        Raises:
            ReadError: there is none.
        """
        stated = (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument")
        for name in (*stated, *_MAIN):
            if name in self._entries:
                return name
        raise ReadError(f"{self._raw.path} is a broken Word document (it holds no text part). Open it and save it again.")

    def document(self) -> Element:
        """Root of the part that holds the text.

        Raises:
            ReadError: it is no text of Word, or broken.
        """
        root = self.part(self.main)
        if root is None or kind(root) != "w:document":
            found = "nothing" if root is None else f"<{kind(root).partition(':')[2]}>"
            raise ReadError(f"{self._raw.path} is not a Word document (its main part holds {found}). Rename it to its own ending.")
        return root

    def data(self, name: str) -> bytes | None:
        """What a part holds, None where it is missing.

        Raises:
            ReadError: it cannot be unpacked, or is too large.
        """
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > MAX_PART:
            raise ReadError(
                f"{self._raw.path}: {name} unpacks to {entry.file_size:,} bytes; at most {MAX_PART:,} are read. Split the document."
            )
        try:
            return self._archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
            raise ReadError(f"{self._raw.path} is a broken Word document ({brief(error)}). Open it and save it again.") from error

    def part(self, name: str) -> Element | None:
        """Root of a part, None where it is missing or empty."""
        data = self.data(name)
        return parse(data, f"{self._raw.path}: {name}") if data else None

    def relations(self, name: str) -> dict[str, Relation]:
        """References of a part by their identifiers; those of the package itself where `name` is ""."""
        if name not in self._relations:
            self._relations[name] = self._stated(name)
        return self._relations[name]

    def _stated(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in () if root is None else root:
            kind_ = value(element, "Type").rpartition("/")[2]
            outside = value(element, "TargetMode") == "External"
            found[value(element, "Id")] = Relation(kind_, "" if outside else _name(posixpath.join("/", folder, value(element, "Target"))))
        return found

    def related(self, kind_: str) -> list[str]:
        """Names of the parts of one kind that the text refers to (`styles`, `footnotes`), as far as they are there."""
        stated = [relation.target for relation in self.relations(self.main).values() if relation.kind == kind_]
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind_}.xml")
        return [name for name in stated or [usual] if name in self._entries]


def _name(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _check_kind(raw: Raw) -> None:
    if raw.data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in raw.data:
        raise ReadError(f"{raw.path} is protected by a password. Open it in Word, take the password off and save it again.")
    if not raw.data.startswith(ZIP):
        head = raw.data[:4]
        ending = {b"%PDF": ".pdf", _OLE: ".doc"}.get(head, "its own ending")
        raise ReadError(f"{raw.path} is not a Word document (it begins with {head!r}). Rename it to {ending}.")
    check_archive(raw, "Word document")
