"""The package of a Word document."""

import posixpath

from kg.errors import ReadError
from kg.read.clean import Raw
from kg.read.compound import OLE, is_protected
from kg.read.markup import Element, kind
from kg.read.package import Package
from kg.read.zipped import ZIP


class WordPackage(Package):
    """Parts of a Word document."""

    def __init__(self, raw: Raw) -> None:
        _check_kind(raw)
        super().__init__(raw, "Word document", "word/document.xml", "document.xml")

    def document(self) -> Element:
        """Root of the part that holds the text.

        Raises:
            ReadError: it is no text of Word, or broken.
        """
        if self.main not in self:
            raise ReadError(f"{self._raw.path} is a broken Word document (it holds no text part). Open it and save it again.")
        root = self.find(self.main)
        if root is None or kind(root) != "w:document":
            found = "nothing" if root is None else f"<{kind(root).partition(':')[2]}>"
            raise ReadError(f"{self._raw.path} is not a Word document (its main part holds {found}). Rename it to its own ending.")
        return root

    def related(self, kind_: str) -> list[str]:
        """Names of the parts of one kind that the text refers to (`styles`, `footnotes`), as far as they are there."""
        stated = [relation.target for relation in self.relations(self.main).values() if relation.kind == kind_]
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind_}.xml")
        return [name for name in stated or [usual] if name in self]


def _check_kind(raw: Raw) -> None:
    if is_protected(raw.data):
        raise ReadError(f"{raw.path} is protected by a password. Open it in Word, take the password off and save it again.")
    if not raw.data.startswith(ZIP):
        head = raw.data[:4]
        ending = {b"%PDF": ".pdf", OLE[:4]: ".doc"}.get(head, "its own ending")
        raise ReadError(f"{raw.path} is not a Word document (it begins with {head!r}). Rename it to {ending}.")
