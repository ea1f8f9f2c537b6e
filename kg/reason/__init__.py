"""What follows from the facts, and whether they are valid."""

from kg.reason.rules import Following, derive, is_current
from kg.reason.validate import Violation, validate

__all__ = ["Following", "Violation", "derive", "is_current", "validate"]
