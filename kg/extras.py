"""Parts of the product that are installed only where they are wanted (`pip install 'innovation-kg[pdf]'`)."""

import importlib
from importlib.util import find_spec
from typing import Any

from kg.errors import ExtraMissingError


def has(*modules: str) -> bool:
    """Whether modules of an extra are installed; none is loaded."""
    return all(find_spec(module) is not None for module in modules)


def need(module: str, extra: str, what: str) -> Any:
    """A module of an extra.

    Raises:
        ExtraMissingError: it is not installed; the line says which `pip install` brings it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ExtraMissingError(f"{what} needs {module}. Run: pip install 'innovation-kg[{extra}]'") from error
