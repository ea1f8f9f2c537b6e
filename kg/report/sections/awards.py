"""Awards by grade, and money given."""

from typing import Any

from kg.report.content import Cell, Content
from kg.report.material import Material, grouped, measured
from kg.show.wording import amount


def awards(material: Material) -> Content | None:
    """Awards, and grants of money."""

    def award(row: Any) -> dict[str, Cell]:
        return {"grade": material.concept(row.grade), "award": row.award, "year": str(row.year or "")[:4], "winners": row.winners}

    def grant(row: Any) -> dict[str, Cell]:
        return {
            "for": row.for_ or "",
            "amount": amount(row.amount, row.unit or ""),
            "projects": row.projects,
            "value": measured(row.amount),
        }

    won = grouped(material.rows("awards"), award)
    given = grouped([row for row in material.question("funding") if row.amount is not None], grant)
    return Content({"awards": len(won), "grants": len(given)}, {"awards": won, "grants": given}) if won or given else None
