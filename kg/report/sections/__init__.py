"""The sections of a report: a module each, with a function and templates of its name; their order is that of `templates/report.toml`."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from kg.report.content import Content
from kg.report.material import Material

Section = Callable[[Material], Content | None]
"""What a section has to say, or None where that is nothing."""


def names() -> tuple[str, ...]:
    """The sections that there are, by name."""
    found = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in found if name.isidentifier() and not name.startswith("_")))


def section(name: str) -> Section:
    """The section of a name."""
    found: Section = getattr(import_module(f"{__name__}.{name}"), name)
    return found
