"""The graph as a page to look at: one made with pyvis, and the explorer for large graphs."""

from kg.view.explorer import require_explorer, served_page, style_sheet, write_explorer
from kg.view.page import LARGE, write_page
from kg.view.scene import Scene, scene, scene_of

__all__ = ["LARGE", "Scene", "require_explorer", "scene", "scene_of", "served_page", "style_sheet", "write_explorer", "write_page"]
