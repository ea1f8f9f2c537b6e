"""A file that a command writes is there whole, or what stood there is as before, and nothing lies beside it."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg import resources
from kg.errors import WriteError
from kg.files import put, write_whole
from kg.workspace.workspace import Workspace
from tests.matrix.commands import kg
from tests.servers import BIN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of files, rights and devices are of POSIX")
EXPLORER = pytest.param(
    ("view", "--explorer", "-o"), "old.html", marks=pytest.mark.skipif(not resources.page_file("explorer.js"), reason="not built")
)
WRITING = [
    (("view", "-o"), "old.html"),
    (("view", "-o"), "name without an ending"),
    EXPLORER,
    (("report", "-o"), "old.html"),
    (("report", "-o"), "old.docx"),
    (("report", "-o"), "old.xlsx"),
    (("export", "--format", "nq", "-o"), "old.nq"),
    (("export", "--format", "trig", "-o"), "old.trig"),
    (("export", "--format", "graphml", "-o"), "old.graphml"),
    (("export", "--format", "gexf", "-o"), "old.gexf"),
    (("query", "SELECT * {?s ?p ?o}", "--format", "csv", "-o"), "old.csv"),
    (("query", "SELECT * {?s ?p ?o}", "--format", "json", "-o"), "old.json"),
    (("query", "SELECT * {?s ?p ?o}", "--format", "parquet", "-o"), "old.parquet"),
    (("query", "SELECT * {?s ?p ?o}", "-o"), "old.txt"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "some.ttl").write_text("<urn:a> <urn:b> <urn:c> , 1 .", encoding="utf-8")
    Workspace(folder / "w").add_rdf(folder / "some.ttl")
    return folder / "w"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: a write beyond fails as on a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("words", "name"), WRITING)
def test_where_the_disk_is_full_the_old_file_stays_and_none_is_begun(workspace: Path, tmp_path: Path, words: tuple[str, ...], name: str):
    old = tmp_path / name
    for before in ([], [name]):
        if before:
            old.write_bytes(b"of yesterday")
        with room_for(100):
            done = kg(*words, old, "-w", workspace)
        assert (done.status, len(done.err.splitlines())) == (1, 1)
        assert done.err.startswith(f"kg: {old} cannot be written: ")
        assert names(tmp_path) == before
    assert old.read_bytes() == b"of yesterday"
    assert kg(*words, old, "-w", workspace).status == 0
    assert names(tmp_path) == [name]
    assert len(old.read_bytes()) > 100


def test_tables_of_an_export_are_whole_or_not_there(workspace: Path, tmp_path: Path):
    (tmp_path / "nodes.csv").write_bytes(b"of yesterday")
    with room_for(20):
        assert kg("export", "--format", "csv", "-o", tmp_path, "-w", workspace).status == 1
    assert (names(tmp_path), (tmp_path / "nodes.csv").read_bytes()) == (["nodes.csv"], b"of yesterday")


class BrokenError(Exception):
    """Whatever may happen to what writes."""


@pytest.mark.parametrize("happening", [BrokenError(), KeyboardInterrupt(), MemoryError(), OSError(28, "No space left on device")])
def test_whatever_ends_the_writing_leaves_the_old_file(tmp_path: Path, happening: BaseException):
    def write(file: object) -> None:
        file.write(b"half")
        raise happening

    old = tmp_path / "a.txt"
    old.write_bytes(b"old")
    with pytest.raises(WriteError if isinstance(happening, OSError) else type(happening)):
        write_whole(old, write)
    assert (names(tmp_path), old.read_bytes()) == (["a.txt"], b"old")


def test_a_link_stays_a_link_and_what_it_names_is_written(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real/a.txt")
    for content in (b"first", b"second"):  # it names nothing at first
        put(tmp_path / "link", content)
        assert (tmp_path / "link").is_symlink()
        assert (names(tmp_path / "real"), (tmp_path / "real/a.txt").read_bytes()) == (["a.txt"], content)
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(WriteError):
        put(tmp_path / "round", b"x")
    assert names(tmp_path) == ["link", "real", "round"]


def test_rights_of_the_old_file_stay_and_a_new_one_gets_the_usual(tmp_path: Path):
    mask = os.umask(0o027)
    try:
        put(tmp_path / "new", b"1")
        (tmp_path / "old").touch(0o600)
        put(tmp_path / "old", b"1")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old")] == [0o640, 0o600]


def test_a_file_that_may_not_be_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # as it is for who is not root
    with pytest.raises(WriteError, match="Permission denied"):
        put(tmp_path / "a", b"new")
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"old")


@pytest.mark.parametrize("name", ["gone/a.txt", "a\0b", "x" * 300, "folder", "file/a.txt"])
def test_a_place_where_no_file_can_stand_is_one_line(tmp_path: Path, name: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(WriteError) as refused:
        put(tmp_path / name, b"x")
    assert len(str(refused.value).splitlines()) == 1
    assert names(tmp_path) == ["file", "folder"]


def test_the_longest_name_that_a_system_takes_can_be_written(tmp_path: Path):
    put(tmp_path / ("云" * 85), b"x")
    assert names(tmp_path) == ["云" * 85]


def test_a_device_is_written_as_it_is_and_a_full_one_is_one_line(workspace: Path):
    for words in (["view", "-o"], ["export", "--format", "nq", "-o"]):
        assert kg(*words, "/dev/null", "-w", workspace).status == 0
        done = kg(*words, "/dev/full", "-w", workspace)
        assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("words", [["--help"], ["view", "--help"], ["version"], ["questions"], ["documents"], ["query", "ASK {}"]])
def test_where_what_is_printed_finds_no_room_it_is_one_line(workspace: Path, words: list[str]):
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [BIN / "kg", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "KG_WORKSPACE": str(workspace)},
        )
    assert (run.returncode, run.stderr) == (1, "kg: No space left on device. Nothing else was changed.\n")
