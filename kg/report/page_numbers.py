"""On which page a section begins, reckoned by the sizes that styles give: what a table of contents shows until Word is asked."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Length

from kg.report.word import type_size
from kg.show.wording import half_widths

_POINT = 25.4 / 72
_AUTO = 1.42
"""Height of a line of Chinese type beside its size, where the style sets none."""
_CELL = 0.5
"""Millimetres of a row beside its lines."""


class Pages:
    """Counts millimetres down the pages as blocks are added."""

    def __init__(self, document: Any, width: float) -> None:
        section = document.sections[-1]
        self.height = float(Length(section.page_height - section.top_margin - section.bottom_margin).mm)
        self.width, self.page, self.used = width, 1, 0.0

    def _take(self, wanted: float, height: float | None = None) -> None:
        """Room for what cannot be parted, the next page where this one has none; `height` where it takes less than it wants."""
        if self.used + wanted > self.height and self.used:
            self.page, self.used = self.page + 1, 0.0
        self.used += wanted if height is None else height

    def paragraph(self, style: Any, text: str) -> int:
        """Add a paragraph; the page on which it begins."""
        line = _line(style)
        indent = 2 * type_size(style) * _POINT if style.name == "Text of report" else 0.0
        lines = _lines(text, type_size(style), self.width, indent)
        self._take((line + _around(style)) * (1 + style.name.startswith("Heading")), line + _around(style))
        began = self.page
        for _ in range(lines - 1):
            self._take(line)
        return began

    def together(self, styles: Sequence[Any]) -> None:
        """Add paragraphs of a line each that stay on one page."""
        self._take(sum(_line(style) + _around(style) for style in styles))

    def picture(self, height: float, style: Any, text: str) -> None:
        """Add a picture with its caption, of a style, below."""
        self._take(height + _line(style) * _lines(text, type_size(style), self.width) + _around(style))

    def row(self, texts: list[str], widths: list[float], style: Any) -> None:
        """Add a row of a table."""
        size = type_size(style)
        self._take(max(_lines(text, size, width - 4) for text, width in zip(texts, widths, strict=True)) * _line(style) + _CELL)


def _lines(text: str, points: float, width: float, indent: float = 0.0) -> int:
    return max(1, -int(-(half_widths(text) * points * _POINT / 2 + indent) // width))


def _line(style: Any) -> float:
    spacing = _inherited(style, "line_spacing")
    return float(spacing.mm) if isinstance(spacing, Length) else type_size(style) * _POINT * _AUTO * float(spacing or 1)


def _around(style: Any) -> float:
    above, below = (_inherited(style, side) for side in ("space_before", "space_after"))
    return float(sum(one.mm for one in (above, below) if isinstance(one, Length)))


def _inherited(style: Any, name: str) -> Any:
    """What a style says of its paragraphs, or the first that it is based on that does."""
    for _ in range(8):
        if style is None or (said := getattr(style.paragraph_format, name)) is not None:
            break
        style = style.base_style
    return None if style is None else said
