"""NetworKit, loaded without what it draws with, and its algorithms with one thread and a seed."""

import importlib
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_UNUSED = frozenset({"matplotlib", "pandas", "seaborn", "sklearn"})
"""Packages that NetworKit imports where it finds them, for drawing and learning, which takes two seconds and serves nothing here."""


class _Hidden:
    """A finder by which some packages are not there for one thread."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if threading.get_ident() == self._thread and name.partition(".")[0] in _UNUSED:
            raise ModuleNotFoundError(name=name)
        return None


def networkit() -> Any:
    """The package NetworKit, imported when it is first asked for."""
    if "networkit" in sys.modules:
        return importlib.import_module("networkit")  # which waits where another thread is importing it
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        return importlib.import_module("networkit")
    finally:
        sys.meta_path.remove(hidden)


@contextmanager
def reproducible(seed: int) -> Iterator[Any]:
    """NetworKit with one thread and a seed: its parallel algorithms give another answer each time."""
    engine = networkit()
    threads = engine.getMaxNumberOfThreads()
    engine.setNumberOfThreads(1)
    engine.setSeed(seed, True)
    try:
        yield engine
    finally:
        engine.setNumberOfThreads(threads)
