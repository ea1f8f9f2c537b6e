"""Folders that are no backup, or one that somebody has built: one line each, and nothing of this machine comes into the workspace."""

import hashlib
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, UsageError, WorkspaceBusyError
from kg.store import WriterLock
from kg.workspace.backup import backup, restore
from kg.workspace.manifest import manifest_of
from tests.hold.kept import dumped, filled, tree
from tests.matrix.commands import kg

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and permissions of POSIX")
Backup = tuple[Path, Path]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """A workspace, and a backup of it."""
    folder = tmp_path_factory.mktemp("trees")
    workspace = filled(folder).folder
    backup(workspace, folder / "whole")
    return workspace, folder / "whole"


@pytest.fixture
def copy(whole: Backup, tmp_path: Path) -> Path:
    """A copy of the backup, to be harmed."""
    return shutil.copytree(whole[1], tmp_path / "copy")


def refused(source: Path, workspace: Path) -> str:
    """The one line of a restore that is refused."""
    before = tree(workspace)
    done = kg("restore", source, "-w", workspace, "--replace")
    assert (done.status in (1, 2), done.out, done.err.count("\n")) == (True, b"", 1), done
    assert tree(workspace) == before
    return done.err


def worded(said: dict[str, Any]) -> str:
    """A manifest with the checksum that it must have: whoever builds one can reckon that too."""
    rest = {key: value for key, value in said.items() if key != "checksum"}
    return json.dumps(rest | {"checksum": hashlib.sha256(json.dumps(rest, indent=1).encode()).hexdigest()}, indent=1)


TEXTS = {
    "an empty object": b"{}",
    "an empty list": b"[]",
    "null": b"null",
    "a number": b"7",
    "a text": b'"backup"',
    "true": b"true",
    "nothing": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"made": "\xff\xfe"}',
    "UTF-16": '{"statements": 1}'.encode("utf-16"),
    "zero bytes": b"\0" * 4000,
    "deep": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"files":' * 100_000 + b"1" + b"}" * 100_000,
    "a number of 10,000 digits": b'{"made": "", "software": "", "statements": ' + b"9" * 10_000 + b"}",
    "a count that is a text": b'{"made": "", "software": "", "statements": "5"}',
    "a count below zero": b'{"made": "", "software": "", "statements": -1}',
    "a count that is true": b'{"made": "", "software": "", "statements": true}',
    "a count that is a fraction": b'{"made": "", "software": "", "statements": 5.0}',
    "a count that is no number": b'{"made": "", "software": "", "statements": NaN}',
    "a count that is null": b'{"made": "", "software": "", "statements": null}',
    "a list in place of files": b'{"version": 2, "made": "", "software": "", "graph": {}, "files": [], "checksum": ""}',
    "another version": b'{"version": 3, "made": "", "software": "", "graph": {}, "files": {}, "checksum": ""}',
    "a version that is a list": b'{"version": [[]], "made": "", "software": "", "graph": {}, "files": {}, "checksum": []}',
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_manifest_that_is_none_is_one_line(whole: Backup, copy: Path, kind: str):
    (copy / "backup.json").write_bytes(TEXTS[kind])
    assert "backup.json" in refused(copy, whole[0])


def test_a_manifest_of_a_hundred_megabytes_is_not_read(whole: Backup, copy: Path):
    with (copy / "backup.json").open("r+b") as file:
        file.truncate(100_000_000)
    assert "100,000,000 bytes" in refused(copy, whole[0])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["version", "made", "software", "graph", "files", "checksum", "statements", "x"]), inner, max_size=7
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_no_json_is_more_than_one_line(tmp_path_factory: pytest.TempPathFactory, value: object):
    folder = tmp_path_factory.mktemp("json")
    (folder / "backup.json").write_text(json.dumps(value), encoding="ascii")
    try:
        assert manifest_of(folder).statements >= 0  # type: ignore[union-attr]  # only an earlier version's can be met by chance
    except KgError as error:
        assert "\n" not in str(error)


@given(st.sampled_from(["version", "made", "software", "graph", "files"]), json_values)
def test_a_manifest_with_a_right_checksum_and_a_wrong_part_is_one_line(
    whole: Backup, tmp_path_factory: pytest.TempPathFactory, key: str, value: object
):
    said = json.loads((whole[1] / "backup.json").read_text(encoding="ascii"))
    folder = tmp_path_factory.mktemp("part")
    (folder / "backup.json").write_text(worded(said | {key: value}), encoding="ascii")
    try:
        manifest_of(folder)
    except KgError as error:
        assert "\n" not in str(error)
    else:
        assert key in ("made", "software") or value == said[key] or value == {}


NAMES = [
    "../outside", "/etc/passwd", "store/../../outside", "store/..", "store/.", "store/", "", ".", "..", "sources", "store", "writer.lock",
    "snapshots/1/CURRENT", "store/inner/file", "backup.json", "./store/CURRENT", "store//CURRENT", "C:/windows/win.ini", "sources/a\0b",
    "restore.ready/store/CURRENT", "audit.jsonl/x",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(whole: Backup, copy: Path, name: str):
    said = json.loads((copy / "backup.json").read_text(encoding="ascii"))
    said["files"][name] = {"size": 1, "sha256": "0" * 64}
    (copy.parent / "outside").write_text("x", encoding="ascii")
    (copy / "backup.json").write_text(worded(said), encoding="ascii")
    assert "which is no file of a backup" in refused(copy, whole[0])


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("size", -1),
        ("size", "1"),
        ("size", 1 << 70),
        ("size", None),
        ("sha256", "0" * 63),
        ("sha256", "G" * 64),
        ("sha256", 1),
        ("sha256", None),
    ],
)
def test_a_file_of_no_size_or_no_checksum_is_refused(whole: Backup, copy: Path, part: str, value: object):
    said = json.loads((copy / "backup.json").read_text(encoding="ascii"))
    said["files"]["audit.jsonl"][part] = value
    (copy / "backup.json").write_text(worded(said), encoding="ascii")
    assert "backup.json" in refused(copy, whole[0])


@pytest.mark.parametrize(("key", "more"), [("statements", 1), ("in_graphs", -1), ("graphs", 1)])
def test_a_manifest_that_counts_otherwise_is_refused_after_reading(whole: Backup, copy: Path, key: str, more: int):
    said = json.loads((copy / "backup.json").read_text(encoding="ascii"))
    said["graph"][key] += more
    (copy / "backup.json").write_text(worded(said), encoding="ascii")
    assert "instead of" in refused(copy, whole[0])


def test_a_backup_that_lists_no_file_of_the_store_is_refused(whole: Backup, copy: Path):
    said = json.loads((copy / "backup.json").read_text(encoding="ascii"))
    said["files"] = {name: kept for name, kept in said["files"].items() if not name.startswith("store/")}
    (copy / "backup.json").write_text(worded(said), encoding="ascii")
    assert "is damaged" in refused(copy, whole[0])


def pipe(place: Path) -> None:
    os.mkfifo(place)


def socket_file(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": pipe,
    "a socket": socket_file,
    "a link out of the folder": lambda place: place.symlink_to("/etc/passwd"),
    "a link to a device": lambda place: place.symlink_to("/dev/zero"),
    "a link to nothing": lambda place: place.symlink_to(place.with_name("nothing")),
    "a link to itself": lambda place: place.symlink_to(place),
}


@POSIX
@pytest.mark.parametrize("earlier", [False, True], ids=["with checksums", "of an earlier version"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["store/CURRENT", "sources/{}", "audit.jsonl"])
def test_what_is_no_file_is_never_read(whole: Backup, copy: Path, kind: str, name: str, earlier: bool):
    name = name.format(next((copy / "sources").iterdir()).name)
    if earlier:
        (copy / "backup.json").write_text('{"made": "", "software": "", "statements": 1}', encoding="ascii")
    (copy / name).unlink()
    KINDS[kind](copy / name)
    assert "is damaged" in refused(copy, whole[0])


@POSIX
@pytest.mark.parametrize("folder", ["store", "sources"])
def test_a_folder_that_is_a_link_is_refused(whole: Backup, copy: Path, folder: str):
    (copy / folder).rename(copy.parent / "elsewhere")
    (copy / folder).symlink_to(copy.parent / "elsewhere")
    assert "is a link" in refused(copy, whole[0])


@POSIX
def test_a_backup_may_be_named_by_a_link(whole: Backup, copy: Path, tmp_path: Path):
    (tmp_path / "latest").symlink_to(copy)
    assert kg("restore", tmp_path / "latest", "-w", tmp_path / "w").status == 0


def test_what_lies_in_a_backup_and_is_not_listed_stays_there(copy: Path, tmp_path: Path):
    for stray in ("Thumbs.db", "store/.DS_Store", "store/999999.log", "sources/desktop.ini"):
        (copy / stray).write_bytes(b"not of the backup")
    restore(copy, tmp_path / "w")
    assert not [one for one in (tmp_path / "w").rglob("*") if one.name in ("Thumbs.db", ".DS_Store", "desktop.ini")]


def test_a_backup_is_no_workspace(whole: Backup, copy: Path):
    before = tree(copy)
    for line in (
        ["documents"],
        ["query", "ASK {}"],
        ["remove", "report-0"],
        ["backup", copy.parent / "again"],
        ["restore", whole[1], "--replace"],
    ):
        done = kg(*line, "-w", copy)
        assert (done.status, done.err.count("\n"), "is a backup" in done.err) == (2, 1, True), done
    assert tree(copy) == before


@pytest.mark.parametrize("place", ["store/copy", "sources/copy", "snapshots/copy", "store", "."])
def test_a_backup_is_not_put_into_what_it_copies(whole: Backup, place: str):
    done = kg("backup", whole[0] / place, "-w", whole[0])
    assert (done.status, done.err.count("\n"), done.out) == (2, 1, b"")
    assert not list(whole[0].rglob("*copy*"))


def test_a_backup_may_lie_in_the_workspace_beside_what_it_copies(whole: Backup, tmp_path: Path):
    workspace = shutil.copytree(whole[0], tmp_path / "w")
    assert kg("backup", workspace / "backups" / "first", "-w", workspace).status == 0
    assert kg("restore", workspace / "backups" / "first", "-w", workspace, "--replace").status == 0
    assert (workspace / "backups" / "first" / "backup.json").is_file()


def test_a_workspace_is_not_made_inside_of_a_backup(copy: Path):
    with pytest.raises(UsageError, match="lie in each other"):
        restore(copy, copy / "inner")


def test_a_backup_that_another_process_is_writing_is_left_to_it(whole: Backup, tmp_path: Path):
    lock = WriterLock(tmp_path / ".copy.part")
    try:
        with pytest.raises(WorkspaceBusyError):
            backup(whole[0], tmp_path / "copy")
    finally:
        lock.release()
    (tmp_path / ".copy.part" / "store").mkdir()  # what a backup left that was killed
    backup(whole[0], tmp_path / "copy")
    assert [one.name for one in tmp_path.iterdir()] == ["copy"]


def test_a_backup_that_is_not_finished_is_none(whole: Backup, copy: Path):
    (copy / "backup.json").unlink()
    assert "is no backup" in refused(copy, whole[0])


def test_what_came_back_is_what_was(whole: Backup, tmp_path: Path):
    restore(whole[1], tmp_path / "w")
    from kg.workspace.workspace import Workspace

    assert dumped(Workspace(tmp_path / "w")) == dumped(Workspace(whole[0]))
