"""Colours of classes: hues of Tol's and Okabe and Ito's palettes for colour-blind readers, all dark enough for a dot."""

COLOURS = {
    "Enterprise": "#0072b2",
    "Park": "#009e73",
    "Project": "#d55e00",
    "Policy": "#aa4499",
    "Award": "#c79a00",
    "Recognition": "#8c6d1f",
    "GovernmentBody": "#332288",
    "ResearchInstitute": "#56b4e9",
    "Platform": "#117733",
    "Programme": "#cc6677",
    "Industry": "#44aa99",
    "Technology": "#6699cc",
    "Place": "#777777",
    "Cooperation": "#882255",
}
"""Class name → colour of its nodes."""
