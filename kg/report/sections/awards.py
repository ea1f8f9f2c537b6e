"""Awards by grade, and money given."""

from typing import Any

from kg.report.content import Cell, Content, Row
from kg.report.material import Material, grouped, measured
from kg.show.wording import amount

_TOLD = 3


def awards(material: Material) -> Content | None:
    """Awards, and grants of money."""

    def award(row: Any) -> dict[str, Cell]:
        return {
            "grade": material.concept(row.grade),
            "award": row.award,
            "year": str(row.year or "")[:4] or material.whose.time(row.document),
            "winners": row.winners,
            "district": material.whose.district(row.document),
        }

    def grant(row: Any) -> dict[str, Cell]:
        return {
            "for": row.aim or "",
            "amount": amount(row.amount, row.unit or ""),
            "projects": row.projects,
            "value": measured(row.amount),
            "district": material.whose.district(row.document),
            "when": material.whose.time(row.document),
        }

    won = grouped(material.rows("awards"), award)
    given = grouped(material.rows("grants"), grant)
    if not won and not given:
        return None
    told = sorted(won, key=_newest)[:_TOLD]
    values = {"awards": len(won), "grants": len(given), "first": [{**row.cells, "said": row.sentences} for row in told]}
    return Content(values, {"awards": sorted(won, key=_newest), "grants": sorted(given, key=lambda row: not row.cells["for"])})


def _newest(row: Row) -> tuple[int, bool]:
    """The latest first, then those of which winners are counted; by grade where these are alike."""
    year = str(row.cells["year"])[:4]
    return -int(year) if year.isdecimal() else 0, row.cells["winners"] is None
