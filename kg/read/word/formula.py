"""Formulas as a line of text (ISO/IEC 29500-1, 22.1)."""

from kg.read.markup import Element, child, kind, value

_PASSED = frozenset({"m:ctrlPr", "m:rPr", "w:rPr", "w:del", "w:moveFrom"})
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def linear(element: Element) -> str:  # noqa: PLR0911  # one return a kind of formula
    """A formula, or a part of one, such as `(a+b)/2`."""
    name = kind(element)
    if name == "m:t":
        return element.text or ""
    if name == "m:f":
        return f"{_grouped(child(element, 'm:num'))}/{_grouped(child(element, 'm:den'))}"
    if name in ("m:sSup", "m:sSubSup"):
        low = [_inner(found) for found in (child(element, "m:sub"),) if found is not None]
        return "".join([_inner(child(element, "m:e")), *low, _raised(_inner(child(element, "m:sup")))])
    if name == "m:rad":
        return f"{_inner(child(element, 'm:deg'))}√{_grouped(child(element, 'm:e'))}"
    if name == "m:d":
        marks = child(element, "m:dPr")
        begin, end = (value(child(marks, f"m:{side}Chr"), "m:val", usual) for side, usual in (("beg", "("), ("end", ")")))
        return f"{begin}{_inner(element)}{end}"
    if name == "m:nary":
        return value(child(element, "m:naryPr", "m:chr"), "m:val", "∫") + _inner(element)
    return _inner(element)


def _inner(element: Element | None) -> str:
    return "".join(linear(part) for part in (() if element is None else element) if kind(part) not in _PASSED)


def _grouped(element: Element | None) -> str:
    text = _inner(element)
    return text if text.isalnum() or not text else f"({text})"


def _raised(text: str) -> str:
    plain = text.translate(_RAISED)
    return plain if plain != text and not any(char in "0123456789" for char in plain) else f"^{text}"
