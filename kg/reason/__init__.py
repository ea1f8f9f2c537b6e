"""What follows from the facts, and whether they are valid."""

from kg.reason.rules import derive, is_current
from kg.reason.validate import Violation, validate

__all__ = ["Violation", "derive", "is_current", "validate"]
