"""The graph as a page to look at."""

from kg.view.page import write_page

__all__ = ["write_page"]
