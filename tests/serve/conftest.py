"""Our service on the example's graph, and one that may be written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers import kg_server

TOKEN = "the token of these tests"  # noqa: S105


@pytest.fixture(scope="session")
def served(graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a read-only service of the example."""
    folder = tmp_path_factory.mktemp("served")
    with kg_server(
        folder, "-w", graph.folder, "--timeout", 2, "--max-result", 1, "--max-memory", 512, "--cors", "https://page.example"
    ) as url:
        yield url


@pytest.fixture(scope="session")
def writable(graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """URL and workspace of a service that takes changes with TOKEN."""
    folder = tmp_path_factory.mktemp("writable")
    shutil.copytree(graph.folder, folder / "workspace")
    with kg_server(folder, "-w", folder / "workspace", env={"KG_TOKEN": TOKEN}) as url:
        yield url, folder / "workspace"


@pytest.fixture
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=30) as made:
        yield made


@pytest.fixture
def writer(writable: tuple[str, Path]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=writable[0], timeout=30, headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made
