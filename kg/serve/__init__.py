"""The graph as a service: SPARQL 1.1 Protocol, Graph Store Protocol, a query page; for `kg serve`."""

from kg.serve.settings import Settings

__all__ = ["Settings"]
