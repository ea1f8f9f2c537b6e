"""Documents to facts: rule based, offline, the same result each time."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.model import Document, Facts

if TYPE_CHECKING:
    from kg.extract.tables.columns import Column


def extract(document: Document, gazetteer: bool = True, mapping: "Mapping[str, Column] | None" = None) -> Facts:
    """What a document states, every fact with the span of its words.

    Args:
        document: a report or a table.
        gazetteer: whether names known nationwide may be used beside the grammar.
        mapping: what the columns of its tables mean, by header, where the lexicon does not know them.

    Returns:
        Facts whose document carries the title, issuer, date and period that the report gives itself.
    """
    from kg.extract.whole import facts_of  # noqa: PLC0415  # the grammar, which takes half a second to load, and only reading needs

    return facts_of(document, gazetteer, mapping)
