"""What a style says of its text: hidden, struck through, raised, numbered (ISO/IEC 29500-1, 17.7)."""

from collections.abc import Iterator

from kg.read.markup import Element, child, children, is_on, kind, value

_DEPTH = 50
"""Styles in a chain of `basedOn`; a longer one is a ring."""


class Styles:
    """Styles of a document by their identifiers; without a part of styles, none says anything."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {value(style, "w:styleId"): style for style in children(root, "w:style")}
        self._defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._usual = next(
            (
                name
                for name, style in self._styles.items()
                if value(style, "w:type") == "paragraph" and value(style, "w:default") in ("1", "true", "on")
            ),
            "",
        )
        self._known: dict[tuple[str, str], bool | None] = {}

    def of_paragraph(self, paragraph: Element) -> str:
        """Identifier of a paragraph's style, the usual one where it names none that is there."""
        named = value(child(paragraph, "w:pPr", "w:pStyle"))
        return named if named in self._styles else self._usual

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEPTH):
            if name not in self._styles:
                return
            yield self._styles[name]
            name = value(child(self._styles[name], "w:basedOn"))

    def numbering(self, name: str) -> Element | None:
        """`w:numPr` that a style, or one that it is based on, gives its paragraphs."""
        stated = (child(style, "w:pPr", "w:numPr") for style in self.chain(name))
        return next((numbered for numbered in stated if numbered is not None), None)

    def is_on(self, property_: str, properties: Element | None, paragraph_style: str) -> bool:
        """Whether a run is hidden (`w:vanish`) or struck through (`w:strike`, `w:dstrike`).

        What stands at the run itself holds; else the styles of run and paragraph toggle each other (17.7.3), but for
        `w:dstrike`, which the nearest decides.
        """
        own = child(properties, property_)
        if own is not None:
            return is_on(own)
        if self._defaults is not None and (usual := child(self._defaults, property_)) is not None and is_on(usual):
            return True
        stated = [self._stated(style, property_) for style in (value(child(properties, "w:rStyle")), paragraph_style)]
        if property_ == "w:dstrike":
            return next((on for on in stated if on is not None), False)
        return sum(map(bool, stated)) % 2 == 1

    def raised(self, properties: Element | None) -> bool:
        """Whether a run is superscript, by itself or by its own style."""
        own = child(properties, "w:vertAlign")
        if own is None:
            styled = (child(style, "w:rPr", "w:vertAlign") for style in self.chain(value(child(properties, "w:rStyle"))))
            own = next((found for found in styled if found is not None), None)
        return value(own) == "superscript"

    def _stated(self, name: str, property_: str) -> bool | None:
        """What a style or the nearest that it is based on says of a property, None where none does."""
        key = (name, property_)
        if key not in self._known:
            stated = (child(style, "w:rPr", property_) for style in self.chain(name))
            self._known[key] = next((is_on(found) for found in stated if found is not None), None)
        return self._known[key]


def mark_removed(paragraph: Element) -> bool:
    """Whether a paragraph runs into the next: its mark is deleted, moved away or hidden (17.13.5.15, 17.3.1.29)."""
    mark = child(paragraph, "w:pPr", "w:rPr")
    return any(
        kind(inner) in ("w:del", "w:moveFrom") or (kind(inner) in ("w:vanish", "w:specVanish") and is_on(inner))
        for inner in (() if mark is None else mark)
    )
