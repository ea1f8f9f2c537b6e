"""Our service on the example's graph, and one that may be written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import servers
from tests.servers import kg_server

TOKEN = "the token of these tests"  # noqa: S105


@pytest.fixture(scope="session")
def served(graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a read-only service of the example, which gives a query more time than any needs."""
    folder = tmp_path_factory.mktemp("served")
    limits = ["--timeout", servers.PATIENCE, "--max-result", 1, "--max-memory", 512]
    with kg_server(folder, "-w", graph.folder, *limits, "--cors", "https://page.example") as url:
        yield url


@pytest.fixture(scope="session")
def writable(graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """URL and workspace of a service that takes changes with TOKEN."""
    folder = tmp_path_factory.mktemp("writable")
    shutil.copytree(graph.folder, folder / "workspace")
    with kg_server(folder, "-w", folder / "workspace", "--timeout", servers.PATIENCE, env={"KG_TOKEN": TOKEN}) as url:
        yield url, folder / "workspace"


@pytest.fixture
def client(served: str) -> Iterator[httpx.Client]:
    with servers.client(served) as made:
        yield made


@pytest.fixture
def writer(writable: tuple[str, Path]) -> Iterator[httpx.Client]:
    with servers.client(writable[0], headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made
