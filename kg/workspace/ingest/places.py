"""Whose report files are, where a person says it: `--place`, a list of files and places, what was said before, reports beside a table."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import lexicon
from kg.errors import UsageError
from kg.extract.document.belonging import home_said, said
from kg.files import as_text
from kg.model import ReportHome
from kg.read import is_tabular
from kg.workspace.catalogue import StoredDocument

if TYPE_CHECKING:
    from kg.workspace.ingest.batch import Plan

COLUMNS = ("file", "place")


@dataclass(frozen=True, slots=True)
class Places:
    """Whose the files of one call are: of all of them, or by a file's path or name; `beside` by the folder of reports."""

    everywhere: ReportHome | None = None
    files: Mapping[str, ReportHome] = field(default_factory=dict)
    beside: Mapping[str, ReportHome] = field(default_factory=dict)

    def given(self, path: Path, old: StoredDocument | None) -> ReportHome | None:
        """What a person says of a file, now or when it was read before."""
        names = (as_text(path), as_text(path.resolve()), as_text(path.name))
        now = next((self.files[name] for name in names if name in self.files), self.everywhere)
        return now or (home_said(old.given) if old and old.given else None)

    def unused(self, paths: Iterable[Path]) -> list[str]:
        """Names that the list says something of and that are none of the files of a call."""
        known = {
            as_text(name)
            for path in (paths if self.files else ())
            for name in (path, Path(os.path.realpath(path)), path.name)  # `resolve` refuses links that lead in a circle
        }
        return [name for name in self.files if name not in known]

    def of(self, path: Path, old: StoredDocument | None) -> ReportHome:
        """What is known of a file before it is read."""
        beside = self.beside.get(_folder(as_text(path.resolve()))) if is_tabular(path) else None
        return self.given(path, old) or beside or ReportHome()

    def with_beside(self, documents: Iterable[StoredDocument]) -> "Places":
        """The same, with the homes of the folders of which all reports are of one place or park."""
        homes: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
            if document.home and not is_tabular(Path(document.source)):
                homes[_folder(document.location)].add(document.home)
        alone = {folder: next(iter(told)) for folder, told in homes.items() if len(told) == 1}
        return replace(self, beside={folder: replace(_again(home), basis="beside") for folder, home in alone.items()})


def _again(home: str) -> ReportHome:
    """A home as it was stored; one that the gazetteer does not know is a place by its name alone."""
    try:
        return home_said(home)
    except UsageError:
        return ReportHome(home, basis="beside")


def _folder(location: str) -> str:
    return location.rpartition("/")[0]


def places_said(place: str | None, listed: Path | None) -> Places:
    """The places of `--place` and `--places`.

    Raises:
        UsageError: a place is unknown or one of several, or the list cannot be used.
    """
    return Places(None if place is None else home_said(place), read_places(listed) if listed else {})


def read_places(path: Path) -> dict[str, ReportHome]:
    """File → whose report it is, from a table with the columns `file` and `place`.

    Raises:
        UsageError: a column is missing, a file stands twice, or a place is unknown or one of several.
    """
    found: dict[str, ReportHome] = {}
    for row in lexicon.rows(path):
        if not set(COLUMNS) <= row.keys():
            raise UsageError(f"{path}: the columns must be {','.join(COLUMNS)}. Add the header line.")
        if row["file"] in found:
            raise UsageError(f"{path}: '{row['file']}' stands twice. Keep one of the lines.")
        try:
            found[row["file"]] = home_said(row["place"])
        except UsageError as error:
            raise UsageError(f"{path}, file '{row['file']}': {error}") from error
    return found


def unchanged(given: ReportHome | None, old: StoredDocument) -> bool:
    """Whether a person says of a document what was said when it was read."""
    return old.given == (said(given) if given else "")


def tables_last(files: "Iterable[Path | Plan]") -> "tuple[list[Path | Plan], list[Path | Plan]]":
    """Files that hold no tables and those that do, to be read after them: reports beside a table tell whose it is."""
    texts: list[Path | Plan] = []
    tables: list[Path | Plan] = []
    for file in files:
        (tables if is_tabular(file if isinstance(file, Path) else file.path) else texts).append(file)
    return texts, tables
