"""Gaps: what no policy reaches, policies that nothing refers to, promises of which no word came, figures that are withheld."""

from kg import vocab
from kg.report.content import Cell, Content, Row, first_sentences
from kg.report.material import Material, grouped
from kg.report.sections.figures import figures
from kg.report.sections.promises import promises


def coverage(material: Material) -> Content | None:
    """Where there is no policy, no word, no figure."""
    unreached = grouped(material.rows("unreached"), lambda row: _thing(row.class_, row.name, material))
    unused = grouped(material.rows("unreferenced-policies"), lambda row: {"policy": row.policy})
    kept, told = material.told(promises), material.told(figures)
    slow = kept.values["slow"] if kept else []
    withheld = told.values["withheld"] if told else 0
    if not material.rows("policies"):
        unreached = []  # reports that tell of no policy at all leave nothing to say of what policy reaches
    if not (unreached or unused or slow or withheld):
        return None
    groups: dict[str, list[Row]] = {}
    for row in unreached:
        groups.setdefault(str(row.cells["class"]), []).append(row)
    values = {
        "unreached": [
            {"class": kind, "count": len(rows), "names": [row.cells["name"] for row in rows[:4]], "said": first_sentences(rows[:4])}
            for kind, rows in groups.items()
        ],
        "unused": [row.cells["policy"] for row in unused],
        "unused_said": first_sentences(unused),
        "slow": slow,
        "withheld": withheld,
        "withheld_growing": told.values["withheld_growing"] if told else 0,
        "withheld_said": told.values["withheld_said"] if told else (),
    }
    return Content(values, {"unreached": unreached, "unused": unused})


def _thing(kind: str, name: str, material: Material) -> dict[str, Cell]:
    return {"class": vocab.label(kind.removeprefix("ino:"), material.lang), "name": name}
