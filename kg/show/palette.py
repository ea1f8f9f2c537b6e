"""Colours of classes, which the ontology gives: hues of Tol's and Okabe and Ito's palettes for colour-blind readers.

Each colour stands out from its background by 3 to 1 at least (WCAG 2.2, 1.4.11), the dark ones on white, the bright ones on black.
"""

from kg import vocab

_OTHER = {"light": "#666666", "dark": "#b0b0b0"}


def look_of(kind: str) -> dict[str, str]:
    """Colours of a class on a light and on a dark page, as the ontology gives them; grey for classes of other vocabularies."""
    return dict(zip(_OTHER, vocab.colours().get(kind, _OTHER.values()), strict=True))


def place_of(kind: str) -> tuple[int, str]:
    """Where a class stands in a legend: those of the ontology in its order, then all others."""
    order = list(vocab.colours())
    return (order.index(kind) if kind in order else len(order), kind)
