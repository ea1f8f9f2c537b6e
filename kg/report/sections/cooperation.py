"""Who works with whom, in which fields, with which expected effects."""

from collections import defaultdict
from typing import Any

from kg import vocab
from kg.report.content import Cell, Content, Row
from kg.report.material import Material, figure_of


def cooperation(material: Material) -> Content | None:
    """A row a cooperation: one party, the others, and of when its report is."""
    fields: dict[str, list[str]] = {}
    for one in material.rows("fields"):
        fields.setdefault(one.iri, []).append(one.field)
    effects: dict[str, dict[str, None]] = {}
    for one in material.rows("effects"):
        effects.setdefault(one.iri, {}).setdefault(f"{one.indicator} {figure_of(one, material.words)}")
    by_event: defaultdict[str, list[Any]] = defaultdict(list)
    for row in material.rows("cooperation"):
        by_event[row.iri].append(row)
    rows: dict[tuple[Cell, ...], Row] = {}
    for iri, told in by_event.items():
        if made := _row(told, material):
            cells = {**made.cells, "fields": "、".join(fields.get(iri, ())), "effects": "；".join(effects.get(iri, ()))}
            before = rows.get(key := tuple(cells.values()))
            rows[key] = Row(cells, tuple(dict.fromkeys((*(before.sentences if before else ()), *made.sentences))))
    if not rows:
        return None
    found = sorted(rows.values(), key=_weight)
    told_rows = [{**row.cells, "said": row.sentences} for row in found]
    return Content({"pairs": len(found), "first": told_rows[0], "told": told_rows}, {"cooperation": found})


def _weight(row: Row) -> tuple[bool, bool, str]:
    """Those with effects or fields first."""
    return not row.cells["effects"], not row.cells["fields"], str(row.cells["a"])


def _row(told: list[Any], material: Material) -> Row | None:
    """A cooperation; those who are not the place or office of a report come first; nothing where fewer than two have a name."""
    whose, own = material.whose, material.speakers
    parties = dict.fromkeys(str(row.party) for row in told)
    names = {party: whose.names.get(vocab.expand(party), "") for party in sorted(parties, key=lambda one: (one in own, one))}
    known = list(dict.fromkeys(name for name in names.values() if name))
    if len(known) < 2:
        return None
    cells: dict[str, Cell] = {
        "a": known[0],
        "b": "、".join(known[1:]),
        "when": whose.time(told[0].document),
        "district": whose.district(told[0].document),
    }
    return Row(cells, tuple(dict.fromkeys(row.sentence for row in told)))
