"""Work reports of an innovation ecosystem as a knowledge graph.

>>> import kg
>>> graph = kg.open("my-workspace")          # doctest: +SKIP
>>> graph.query("SELECT ?park { ?park a ino:Park }")  # doctest: +SKIP
"""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.workspace.workspace import Workspace

__all__ = ["__version__", "open"]
__version__ = version("innovation-kg")


def open(workspace: str | Path) -> "Workspace":
    """The graph in a workspace folder; nothing is read or made before it is asked for."""
    from kg.workspace.workspace import Workspace

    return Workspace(workspace)
