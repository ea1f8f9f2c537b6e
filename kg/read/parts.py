"""Parts of zipped office files as XML: parsed within limits, nothing fetched, no entity expanded."""

import io
import posixpath
import zipfile

from kg.errors import ReadError
from kg.read.archive import UNPACKING, brief, check_archive
from kg.read.clean import Raw
from kg.read.word.markup import Element, parse

MAX_PART = 128 * 1024 * 1024


class Parts:
    """Parts of a zip archive by name."""

    def __init__(self, raw: Raw, what: str) -> None:
        """Open an archive that is a `what` (`presentation`).

        Raises:
            ReadError: broken, protected, or beyond the limits.
        """
        check_archive(raw, what)
        self._raw, self._what = raw, what
        self._archive = zipfile.ZipFile(io.BytesIO(raw.data))
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def data(self, name: str) -> bytes:
        """What a part holds.

        Raises:
            ReadError: it is missing, broken or too large.
        """
        entry = self._entries.get(name.lower())
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

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to (ISO/IEC 29500-2, 6.5): identifier → last word of its type (`slideLayout`), the part's name.

        Those of the package itself where `name` is ""; what lies outside is left out.
        """
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        found = {}
        for element in self.root(place) if place in self else ():
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
                found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
        return found

    def root(self, name: str) -> Element:
        """Root of a part.

        Raises:
            ReadError: as `data` and `parse` do.
        """
        return parse(self.data(name), f"{self._raw.path}: {name}")


def kind(element: Element) -> str:
    """Local name of an element (`p`), "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
