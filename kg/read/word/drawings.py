"""Words in what is drawn: shapes, word art, diagrams, titles of charts (ISO/IEC 29500-1, 20 and 21; 29500-4, 19)."""

from collections.abc import Iterator

from kg.read.word.accepted import accepted
from kg.read.word.markup import Element, child, children, kind, value, whole
from kg.read.word.package import Package
from kg.read.word.remarks import Tally

_SHAPES = frozenset(
    {"w:txbxContent", "v:textpath", "a:txBody", "dgm:relIds", "c:chart", "cx:chart", "pic:pic", "v:imagedata", "o:OLEObject"}
)
_UNREAD = {"pic:pic": "pictures", "v:imagedata": "pictures", "cx:chart": "charts", "o:OLEObject": "objects"}


def drawn(shape: Element, package: Package, part: str, tally: Tally) -> Iterator[Element | str]:
    """What stands in a drawing, in its order: the contents of text boxes (`w:txbxContent`), and lines of other words.

    Args:
        shape: `w:drawing`, `w:pict` or `w:object`.
        package: where diagrams and charts lie.
        part: name of the part in which the shape stands.
        tally: where pictures, charts and objects are noted, none of which is read.
    """
    if any(value(child(place, "wp:docPr"), "hidden") in ("1", "true") for place in shape):
        tally.add("hidden")
        return
    for inner in accepted(shape, _SHAPES):
        name = kind(inner)
        if name == "w:txbxContent":
            yield inner
        elif name == "v:textpath":
            yield value(inner, "string")
        elif name == "a:txBody":
            yield from _paragraphs(inner)
        elif name == "dgm:relIds":
            yield from diagram(_target(package, part, value(inner, "r:dm")))
        elif name == "c:chart":
            tally.add("charts")
            chart = _target(package, part, value(inner, "r:id"))
            yield from titles(chart)
        else:
            tally.add(_UNREAD[name])


def _target(package: Package, part: str, identifier: str) -> Element | None:
    relation = package.relations(part).get(identifier)
    return package.part(relation.target) if relation and relation.target else None


def _named(element: Element, name: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if kind(inner) == name)


def titles(chart: Element | None) -> Iterator[str]:
    """Lines of the titles of a chart and its axes (21.2.2.210)."""
    return (line for title in (() if chart is None else _named(chart, "c:title")) for line in _paragraphs(title))


def _paragraphs(body: Element) -> Iterator[str]:
    """Lines of DrawingML text (21.1.2)."""
    for paragraph in _named(body, "a:p"):
        yield "".join("\n" if kind(inner) == "a:br" else inner.text or "" for inner in paragraph.iter() if kind(inner) in ("a:t", "a:br"))


def diagram(model: Element | None) -> Iterator[str]:
    """Words of a diagram's points, each under the one that it belongs to (21.4.2)."""
    points = {value(point, "modelId"): point for point in children(child(model, "dgm:ptLst"), "dgm:pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in children(child(model, "dgm:cxnLst"), "dgm:cxn"):
        if value(link, "type", "parOf") == "parOf":
            below.setdefault(value(link, "srcId"), []).append((whole(value(link, "srcOrd")), value(link, "destId")))
    waiting = [name for name, point in reversed(points.items()) if value(point, "type") == "doc"]
    order: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in order:
            order[name] = None
            waiting += [point for _, point in sorted(below.get(name, []), reverse=True)]
    for name in (*order, *(name for name in points if name not in order)):
        body = child(points.get(name), "dgm:t")
        yield from () if body is None else _paragraphs(body)
