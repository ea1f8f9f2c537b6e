"""The graph as a page to look at: one made with pyvis, and the explorer for large graphs."""

from kg.view.atlas import Atlas, atlas_of
from kg.view.explorer import require_explorer, served_page, style_sheet, write_explorer
from kg.view.page import LARGE, write_page
from kg.view.scene import Scene, as_json, facts_json_of, scene, scene_of

__all__ = [
    "LARGE",
    "Atlas",
    "Scene",
    "as_json",
    "atlas_of",
    "facts_json_of",
    "require_explorer",
    "scene",
    "scene_of",
    "served_page",
    "style_sheet",
    "write_explorer",
    "write_page",
]
