"""Colours: hues of Tol's and Okabe and Ito's palettes for colour-blind readers.

Each colour stands out from its background by 3 to 1 at least (WCAG 2.2, 1.4.11), the dark ones on white, the bright ones on black.
"""

COLOURS = {
    "Enterprise": "#0072b2",
    "Park": "#007f5c",
    "Project": "#d55e00",
    "Policy": "#aa4499",
    "Award": "#a67f00",
    "Recognition": "#8c6d1f",
    "GovernmentBody": "#332288",
    "ResearchInstitute": "#2a8fc4",
    "Platform": "#117733",
    "Programme": "#cc6677",
    "Industry": "#2f8f80",
    "Technology": "#5580bb",
    "Place": "#777777",
    "Cooperation": "#882255",
}
"""Class name → colour of its nodes on a light page."""
DARK = {
    "Enterprise": "#4aa8e0",
    "Park": "#2fc79a",
    "Project": "#ff8b3d",
    "Policy": "#d884c9",
    "Award": "#e6b822",
    "Recognition": "#c4a35a",
    "GovernmentBody": "#9a8ff0",
    "ResearchInstitute": "#8fd0f5",
    "Platform": "#5fbf7f",
    "Programme": "#f0909f",
    "Industry": "#6fd6c6",
    "Technology": "#9bbdf0",
    "Place": "#a8a8a8",
    "Cooperation": "#e0709f",
}
"""The same on a dark page."""
_OTHER = {"light": "#666666", "dark": "#b0b0b0"}


def look_of(kind: str) -> dict[str, str]:
    """Colours of a class on a light and on a dark page; grey for classes of other vocabularies."""
    return {"light": COLOURS.get(kind, _OTHER["light"]), "dark": DARK.get(kind, _OTHER["dark"])}


def place_of(kind: str) -> tuple[int, str]:
    """Where a class stands in a legend: the named ones in the order above, then all others."""
    order = list(COLOURS)
    return (order.index(kind) if kind in COLOURS else len(order), kind)
