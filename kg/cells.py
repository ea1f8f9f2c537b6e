"""Cells of an answer as numbers and days: RDF of other tools may hold anything where one is expected."""

import datetime as dt
import math
from typing import Any


def number(cell: Any) -> float | None:
    """A cell as a finite number, None where it is none."""
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def day(cell: Any) -> dt.date | None:
    """A cell as a day (of a point in time its day), None where it names none that a calendar of the years 1 to 9999 has."""
    try:
        return dt.date.fromisoformat(str(cell)[:10])
    except ValueError:
        return None
