"""Names to things: which name stands for which thing, by rule and by the decisions of people."""

from kg.resolve.decisions import Decision, Resolver, read_decisions

__all__ = ["Decision", "Resolver", "read_decisions"]
