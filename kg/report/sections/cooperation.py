"""Who works with whom, in which fields, with which expected effects."""

from typing import Any

from kg.report.content import Cell, Content
from kg.report.material import Material, grouped
from kg.show.wording import figure_text


def cooperation(material: Material) -> Content | None:
    """A row a pair of parties."""
    fields: dict[str, list[str]] = {}
    for one in material.rows("fields"):
        fields.setdefault(one.iri, []).append(one.field)
    effects: dict[str, dict[str, None]] = {}
    for one in material.rows("effects"):
        effects.setdefault(one.iri, {}).setdefault(f"{one.indicator} {figure_text(one, material.words)}")

    def cells(row: Any) -> dict[str, Cell]:
        return {"a": row.a, "b": row.b, "fields": "、".join(fields.get(row.iri, ())), "effects": "；".join(effects.get(row.iri, ()))}

    rows = grouped(material.rows("cooperation"), cells)
    if not rows:
        return None
    first = {**rows[0].cells, "said": rows[0].sentences}
    return Content({"pairs": len(rows), "first": first}, {"cooperation": rows})
