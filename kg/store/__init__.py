"""Facts to RDF and back to people: an Oxigraph dataset in which a passage is a named graph."""

from kg.store.embedded import EmbeddedStore
from kg.store.quads import quads_of
from kg.store.replace import Quad, replace_request

__all__ = ["EmbeddedStore", "Quad", "quads_of", "replace_request"]
