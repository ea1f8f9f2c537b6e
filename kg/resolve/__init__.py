"""Names to things: which name stands for which thing, by rule and by the decisions of people."""

from kg.resolve.attributes import attributes, granting_place, role_beside, status_concept
from kg.resolve.decisions import Decision, Resolver, read_decisions

__all__ = ["Decision", "Resolver", "attributes", "granting_place", "read_decisions", "role_beside", "status_concept"]
