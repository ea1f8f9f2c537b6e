"""Words of DrawingML in documents and slides: paragraphs, diagrams, titles of charts (ISO/IEC 29500-1, 21)."""

from collections.abc import Iterator

from kg.read.markup import Element, child, children, kind, value, whole


def _named(element: Element, name: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if kind(inner) == name)


def titles(chart: Element | None) -> Iterator[str]:
    """Lines of the titles of a chart and its axes (21.2.2.210)."""
    return (line for title in (() if chart is None else _named(chart, "c:title")) for line in paragraphs(title))


def paragraphs(body: Element) -> Iterator[str]:
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
        yield from () if body is None else paragraphs(body)
