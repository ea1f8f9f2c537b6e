"""A document's elements as they stand when all changes are accepted."""

from collections.abc import Container, Iterable, Iterator

from kg.read.markup import Element, child, is_on, kind, value
from kg.read.remarks import Tally

_REMOVED = frozenset({"w:del", "w:moveFrom", "w14:conflictDel"})
_NO_TEXT = frozenset(
    (
        "w:pPr", "w:rPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr",
        "w:customXmlPr", "w:rubyPr", "w:rt", "w:delText", "w:instrText", "w:delInstrText", "m:ctrlPr",
    )
)  # fmt: skip
_READABLE = frozenset({"w:t", "w:sym", "w:txbxContent", "v:textpath", "a:t", "m:t", "dgm:relIds", "c:chart", "cx:chart"})


def accepted(element: Element, wanted: Container[str]) -> Iterator[Element]:
    """Elements of the kinds `wanted` within another, in their order, none of them within another of them.

    What wraps them (insertions, content controls, smart tags, links, unknown elements) is opened; what a change removes is
    passed over; of alternatives one is taken (ISO/IEC 29500-3, 7.5).
    """
    open_: list[Iterator[Element]] = [iter(element)]
    while open_:
        inner = next(open_[-1], None)
        if inner is None:
            open_.pop()
            continue
        name = kind(inner)
        if name in _REMOVED:
            continue
        if name in wanted:
            yield inner
        elif name == "mc:AlternateContent":
            open_.append(iter(_chosen(inner)))
        elif name not in _NO_TEXT:
            open_.append(iter(inner))


def _chosen(alternatives: Element) -> Iterable[Element]:
    """The first choice that holds what is read, else the fallback, which is a copy for older programs."""
    choices = [inner for inner in alternatives if kind(inner) == "mc:Choice"]
    fallback = child(alternatives, "mc:Fallback")
    for choice in choices:
        if any(kind(one) in _READABLE for one in choice.iter()):
            return tuple(choice)
    return tuple(next((one for one in (fallback, *choices) if one is not None), ()))


def row_stands(row: Element, tally: Tally) -> bool:
    """Whether a table's row is neither deleted nor hidden (17.13.5.12, 17.4.20)."""
    hidden = child(row, "w:trPr", "w:hidden")
    if child(row, "w:trPr", "w:del") is not None:
        return False
    if hidden is not None and is_on(hidden):
        tally.add("hidden", "".join(inner.text or "" for inner in row.iter("{*}t")))
        return False
    return True


def fields_closed(story: Element) -> frozenset[Element]:
    """Marks of the complex fields of a story (body, note, text box) that have a begin and an end there (17.16.18).

    A begin without an end would hide the rest of the story; Word takes no account of it.
    """
    closed: set[Element] = set()
    open_: list[list[Element]] = []
    for mark in story.iter("{*}fldChar"):
        if _within(mark, story):
            continue
        what = value(mark, "w:fldCharType")
        if what == "begin":
            open_.append([mark])
        elif open_:
            open_[-1].append(mark)
            if what == "end":
                closed.update(open_.pop())
    return frozenset(closed)


def _within(mark: Element, story: Element) -> bool:
    """Whether a mark is removed, or belongs to a text box within the story."""
    for outer in mark.iterancestors():
        if outer is story:
            return False
        if kind(outer) in _REMOVED or kind(outer) in ("w:txbxContent", "mc:Fallback"):
            return True
    return False
