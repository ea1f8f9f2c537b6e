"""The documents that a store holds: their names, files and checksums, and the name under which a new file goes in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.files import as_text
from kg.read.clean import document_name
from kg.store import Store


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the graph: its name, file, checksum, version of the software that read it, where the file lay.

    `given` is whose report it is in the words of a person, `home` in words that `kg ingest --place` takes; "" where nothing says it.
    """

    name: str
    source: str
    sha256: str
    software: str
    location: str
    given: str = ""
    home: str = ""


@dataclass(slots=True)
class Catalogue:
    """The documents of a store: by name, by where their file lay, and by checksum."""

    names: dict[str, StoredDocument] = field(default_factory=dict)
    places: dict[str, StoredDocument] = field(default_factory=dict)
    sums: dict[str, StoredDocument] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[StoredDocument]) -> "Catalogue":
        """A catalogue of these."""
        stored = cls()
        for document in documents:
            stored.add(document)
        return stored

    def add(self, document: StoredDocument) -> None:
        """Note a document, in place of the one of its name."""
        self.names[document.name] = self.places[document.location] = document
        self.sums.setdefault(document.sha256, document)

    def place(self, path: Path, sha256: str) -> tuple[str, StoredDocument | None]:
        """The name under which a file is stored, and what it replaces: two files of one name in two folders are two.

        The second of a name has its folder's before it: `2023h2-report`.
        """
        same = self.places.get(as_text(path.resolve())) or self.sums.get(sha256)
        if same:
            same = self.names[same.name]
            return same.name, same
        first = name = document_name(path)
        if name in self.names:
            first = name = f"{document_name(path.resolve().parent)}-{name}"
        number = 2
        while name in self.names:
            name, number = f"{first}-{number}", number + 1
        return name, None


def stored_documents(store: Store) -> list[StoredDocument]:
    """The documents of a store, by name."""
    [rows] = store.texts(
        "SELECT DISTINCT ?name ?source ?sha ?software ?location ?given ?home { ?doc a ino:Document ; dct:identifier ?name ; "
        "dct:source ?source ; ino:sha256 ?sha . ?run prov:used ?doc ; dct:hasVersion ?software "
        "OPTIONAL { ?doc prov:atLocation ?location } OPTIONAL { ?doc ino:placeGiven ?given } OPTIONAL { ?doc ino:homeText ?home } } "
        "ORDER BY STR(?name)"
    )
    return [StoredDocument(*row) for row in rows]
