"""Facts to RDF and back to people: an Oxigraph dataset in which a passage is a named graph."""

from kg.store.embedded import EmbeddedStore
from kg.store.imported import imported_quads
from kg.store.quads import quads_of
from kg.store.replace import Quad, insertion

__all__ = ["EmbeddedStore", "Quad", "imported_quads", "insertion", "quads_of"]
