"""Withheld figures bounded: from figures of a graph to linear inequalities, to the tightest intervals, to `graph/estimated`."""

from kg.reason.bounds.outcomes import Estimate, Findings, bound_figures
from kg.reason.bounds.premises import shown_unit
from kg.reason.bounds.store import ends_of, keep

__all__ = ["Estimate", "Findings", "bound_figures", "ends_of", "keep", "shown_unit"]
