"""Words in what is drawn in a Word document: shapes, word art, diagrams, titles of charts (ISO/IEC 29500-1, 20; 29500-4, 19)."""

from collections.abc import Iterator

from kg.read.drawingml import diagram, paragraphs, titles
from kg.read.markup import Element, child, kind, value
from kg.read.remarks import Tally
from kg.read.word.accepted import accepted
from kg.read.word.word_package import WordPackage

_SHAPES = frozenset(
    {"w:txbxContent", "v:textpath", "a:txBody", "dgm:relIds", "c:chart", "cx:chart", "pic:pic", "v:imagedata", "o:OLEObject"}
)
_UNREAD = {"pic:pic": "pictures", "v:imagedata": "pictures", "cx:chart": "charts", "o:OLEObject": "objects"}


def drawn(shape: Element, package: WordPackage, part: str, tally: Tally) -> Iterator[Element | str]:
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
            yield from paragraphs(inner)
        elif name == "dgm:relIds":
            yield from diagram(_target(package, part, value(inner, "r:dm")))
        elif name == "c:chart":
            tally.add("charts")
            chart = _target(package, part, value(inner, "r:id"))
            yield from titles(chart)
        else:
            tally.add(_UNREAD[name])


def _target(package: WordPackage, part: str, identifier: str) -> Element | None:
    relation = package.relations(part).get(identifier)
    return package.find(relation.target) if relation else None
