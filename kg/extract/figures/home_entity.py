"""The report's own place, park or firm, as a thing that extraction returns where a figure is told of it."""

from collections.abc import Iterable

from kg import lexicon
from kg.extract.document.gazetteer import codes
from kg.extract.text.segment import fold
from kg.model import Document, Entity, Observation, Span


def with_subjects(things: tuple[Entity, ...], document: Document, figures: Iterable[Observation]) -> tuple[Entity, ...]:
    """Things, with those that figures are told of though no sentence names them whole: they stand in the title or a bare line."""
    known = {name for thing in things for name in (thing.name, *thing.aliases)}
    new = dict.fromkeys(seen.of for seen in figures if seen.of and seen.of not in known)
    text = fold(document.text) if new else ""
    added = []
    for name in new:
        at = text.find(name)
        if at >= 0 and not name.startswith(lexicon.words("figure_words", "own_unknown")):
            added.append(Entity(name, _kind(name), (Span(at, at + len(name)),)))
    return (*things, *added)


def _kind(name: str) -> str:
    """The class of a report's own, by how its name ends."""
    if name.endswith(lexicon.words("figure_words", "own_firm")):
        return "Enterprise"
    if name.endswith(lexicon.words("figure_words", "own_school")):
        return "ResearchInstitute"
    if name in codes():
        return "Place"
    return (
        "Place"
        if name.endswith(lexicon.words("figure_words", "own_place")) and not name.endswith(lexicon.words("figure_words", "own_park"))
        else "Park"
    )
