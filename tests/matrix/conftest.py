"""The graphs of the family, each made once a run."""

from collections.abc import Callable

import pytest

from tests.matrix.graphs import GRAPHS, Made

OnceMade = Callable[[str], Made]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> OnceMade:
    """A graph of the family by its name."""
    known: dict[str, Made] = {}

    def of(name: str) -> Made:
        if name not in known:
            known[name] = GRAPHS[name](tmp_path_factory.mktemp(name))
        return known[name]

    return of
