"""The graph as a page to look at: one made with pyvis, and the explorer for large graphs."""

from kg.view.atlas import Atlas, atlas_of
from kg.view.explorer import served_explorer, served_query_page, write_explorer
from kg.view.frame import built
from kg.view.pyvis_page import LARGE, write_page
from kg.view.scene import Scene, as_json, facts_json_of, scene, scene_of

__all__ = [
    "LARGE",
    "Atlas",
    "Scene",
    "as_json",
    "atlas_of",
    "built",
    "facts_json_of",
    "scene",
    "scene_of",
    "served_explorer",
    "served_query_page",
    "write_explorer",
    "write_page",
]
