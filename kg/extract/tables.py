"""Rows of tables to facts: what a column means stands in `data/lexicon/columns.csv`."""

from kg.model import Document, Facts


def table_facts(document: Document) -> Facts:
    """Facts of a table: each row names a thing of the table's kind."""
    return Facts(document, tuple(row.span for row in document.rows))
