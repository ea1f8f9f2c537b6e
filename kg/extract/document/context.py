"""What the rules for figures, relations and events share: a report read, and the names of its things."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.document.header import Header
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.model import Relation, Span


@dataclass(frozen=True, slots=True)
class Context:
    """A report as read: its header, its sentences in order, name as read → name that stands for the thing, its text."""

    header: Header
    reads: tuple[Read, ...]
    names: dict[str, str]
    text: str = ""

    def index(self, span: Span) -> int:
        """Number of the sentence in which a span begins."""
        return bisect_right(self.reads, span.start, key=lambda read: read.sentence.span.start) - 1

    def name(self, mention: Mention) -> str:
        """The name that stands for the thing in this document."""
        return self.names.get(mention.name, mention.name)

    def starts_line(self, read: Read, end: int) -> bool:
        """Whether a sentence begins a line: a line feed stands between it and the `end` of the one before."""
        return "\n" in self.text[end : read.sentence.span.start]

    def acting(self, read: Read, start: int, end: int) -> tuple[str, ...]:
        """Who acts: the office named in the clause, else the one whose report it is."""
        offices = read.between(start, end, "GovernmentBody")
        name = self.name(offices[-1]) if offices else self.header.issuer
        return (name,) if name else ()


def once(edges: Iterable[Relation]) -> list[Relation]:
    """Each edge once, at the first place that says it; none of a thing with itself, nor joint work from either side."""
    first: dict[tuple[str, ...], Relation] = {}
    for edge in edges:
        ends = [edge.subject, edge.object]
        if edge.subject != edge.object:
            first.setdefault((edge.predicate, *(sorted(ends) if edge.predicate == "cooperatesWith" else ends)), edge)
    return list(first.values())
