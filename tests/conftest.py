"""What tests share: text to facts, the example graph, the tools that a machine may lack."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import kg
from kg import resources
from kg.extract import extract
from kg.model import Document, Facts
from kg.workspace.workspace import Workspace

SHARED = Path(__file__).resolve().parents[2] / "shared"
MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes folders of its own there
ROOM = 6 << 30
"""Bytes of memory that must be free for tests to write there rather than on a disk, which makes each change of a graph wait."""


def quickly() -> None:
    """Let tests write to memory where there is room, unless TMPDIR says where, and let the programs that they start keep what they compile.

    Without the latter, which PYTHONDONTWRITEBYTECODE forbids, each of some thousand programs would compile all of kg again.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        found = os.statvfs(MEMORY)
        available = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"))
        if available and min(found.f_bavail * found.f_frsize, int(available[1]) * 1024) > ROOM and not found.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None


quickly()
PROCESSES = ("test_cli.py", "test_crashes.py", "test_docs.py", "test_backup.py", "test_remote.py", "serve", "e2e")
"""Tests that start programs or servers."""
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")  # how long an example takes tells how busy the machine is
TITLE = "南山区科委2022年上半年工作总结"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests that start programs or servers out of `make test-fast`."""
    for item in items:
        if set(item.path.parts) & set(PROCESSES):
            item.add_marker(pytest.mark.slow)


def facts_of(text: str, title: str = TITLE, gazetteer: bool = True) -> Facts:
    """Facts of a text that stands under a report's title."""
    document = Document("test", "test.txt", "text/plain", f"{title}\n{text}", "0" * 64, title=title)
    return extract(document, gazetteer)


@pytest.fixture
def facts() -> Callable[..., Facts]:
    return facts_of


@pytest.fixture(scope="session")
def example() -> Path:
    """The example that ships with the product."""
    return resources.data() / "qingpu-2023h1"


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Workspace:
    """The example's graph; tests only read it."""
    workspace = kg.open(tmp_path_factory.mktemp("example") / "workspace")
    assert {one.status for one in workspace.ingest([example])} == {"added"}
    return workspace


@pytest.fixture
def real_report() -> Path:
    """The real report, which is not part of the project."""
    path = SHARED / "seed" / "000_27ac4e034a90ef10.txt"
    if not path.exists():
        pytest.skip(f"the real report is not here ({path})")
    return path


def require_tool(*names: str) -> str:
    """Path of a program; where it is missing the test is skipped, in CI it fails."""
    for name in names:
        if found := shutil.which(name):
            return found
    reason = f"{' or '.join(names)} is not installed; `make test-tools` brings it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    return require_tool("chromium", "chromium-browser", "google-chrome")


def tries(count: int) -> int:
    """How often something random is tried: KG_TRIES=5 asks for five times as many as the suite has time for."""
    return count * int(os.environ.get("KG_TRIES", "1"))
