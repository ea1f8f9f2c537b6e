"""A backup of which one byte is another, or one file is missing, is refused, and the graph that is there stays."""

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError, StoreError
from kg.workspace.backup import backup, restore
from kg.workspace.workspace import Workspace
from tests.hold.kept import dumped, filled, tree
from tests.servers import BIN

FLIPS = 200


class Harmed:
    """A workspace, a backup of an earlier state of it, and a copy of that which is harmed and mended again."""

    def __init__(self, folder: Path) -> None:
        self.workspace = filled(folder, reports=3)
        self.copy = folder / "copy"
        backup(self.workspace.folder, self.copy)
        self.kept = dumped(self.workspace)
        self.workspace.remove("report-1")
        self.now = dumped(self.workspace)
        self.files = sorted(one for one in self.copy.rglob("*") if one.is_file())

    def refuses(self) -> str:
        """The one line with which a restore is refused; what is there has not been touched."""
        before = tree(self.workspace.folder)
        with pytest.raises(KgError) as refused:
            restore(self.copy, self.workspace.folder, replace=True)
        assert tree(self.workspace.folder) == before
        assert "\n" not in str(refused.value)
        assert str(self.copy) in str(refused.value)
        return str(refused.value)

    def brings_back(self) -> None:
        """The backup is whole again, and what it brings is all that was."""
        restore(self.copy, self.workspace.folder, replace=True)
        assert dumped(self.workspace) == self.kept


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Harmed:
    return Harmed(tmp_path_factory.mktemp("bytes"))


def flips(files: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """A file, a place in it, and the bits that turn: as often in small files as in large ones, and often near the end."""
    chance = random.Random(20231107)  # noqa: S311  # places, not secrets
    filled_files = [file for file in files if file.stat().st_size]
    for number in range(FLIPS):
        file = filled_files[number % len(filled_files)]
        size = file.stat().st_size
        place = chance.randrange(size) if number % 2 else size - 1 - chance.randrange(min(size, 60))
        yield file, place, chance.choice([1, 2, 4, 8, 16, 32, 64, 128, 255])


def test_no_backup_with_a_flipped_byte_is_taken(harmed: Harmed):
    for file, place, bits in flips(harmed.files):
        data = bytearray(file.read_bytes())
        data[place] ^= bits
        whole = file.read_bytes()
        file.write_bytes(data)
        said = harmed.refuses()
        file.write_bytes(whole)
        assert "is damaged" in said or "is not UTF-8" in said, (file, place, bits, said)
    assert dumped(harmed.workspace) == harmed.now
    harmed.brings_back()


def test_no_backup_without_one_of_its_files_is_taken(harmed: Harmed):
    for file in harmed.files:
        if file.name != "backup.json":
            aside = harmed.copy.with_name("aside")
            file.rename(aside)
            assert "is missing" in harmed.refuses()
            aside.rename(file)
    harmed.brings_back()


def test_no_backup_with_a_file_that_was_cut_or_grew_is_taken(harmed: Harmed):
    for file in harmed.files:
        whole = file.read_bytes()
        for other in (whole[:-1], whole + b"\0"):
            if other != whole:
                file.write_bytes(other)
                assert "is damaged" in harmed.refuses()
        file.write_bytes(whole)
    harmed.brings_back()


def test_the_command_says_one_line_and_the_graph_stays(harmed: Harmed):
    tables = sorted(harmed.copy.glob("store/*.sst"), key=lambda file: file.stat().st_size)
    whole = tables[-1].read_bytes()
    tables[-1].write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
    before = dumped(harmed.workspace)
    run = subprocess.run(
        [BIN / "kg", "restore", harmed.copy, "-w", harmed.workspace.folder, "--replace"], capture_output=True, text=True, check=False
    )
    tables[-1].write_bytes(whole)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert f"{harmed.copy} is damaged (store/{tables[-1].name} is not what was written" in run.stderr
    assert dumped(harmed.workspace) == before


def test_a_store_that_was_damaged_before_is_not_backed_up(tmp_path: Path):
    workspace = filled(tmp_path)
    newest = max((workspace.folder / "snapshots").glob("[0-9]*/"), key=lambda folder: folder.name)
    for table in newest.glob("*.sst"):
        if table.stat().st_size > 5000:
            data = bytearray(table.read_bytes())
            data[1500] ^= 8
            table.write_bytes(data)
    with pytest.raises(StoreError, match=r"is damaged .* no backup was made"):
        backup(workspace.folder, tmp_path / "copy")
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []


def test_only_an_index_that_a_dump_does_not_read_is_damaged_and_no_backup_is_made(tmp_path: Path):
    workspace = filled(tmp_path)
    newest = max((workspace.folder / "snapshots").glob("[0-9]*/"), key=lambda folder: folder.name)
    tables = [table for table in newest.glob("*.sst") if table.stat().st_size > 5000]
    assert len(tables) >= 10, "a table an index, and one of words"
    for table in tables:
        whole = table.read_bytes()
        aside = newest / "aside"
        table.rename(aside)  # the store has the same file: what is written here is another
        table.write_bytes(whole[:1500] + bytes([whole[1500] ^ 8]) + whole[1501:])
        with pytest.raises(StoreError, match="is damaged"):
            backup(workspace.folder, tmp_path / "copy")
        aside.replace(table)
    backup(workspace.folder, tmp_path / "copy")


def test_a_backup_of_an_earlier_version_is_read_through_and_told(tmp_path: Path, harmed: Harmed):
    old = _of_earlier_version(harmed, tmp_path, len(harmed.kept))
    told = restore(old, tmp_path / "elsewhere")
    assert (len(told), "has no checksums" in told[0]) == (1, True)
    assert dumped(Workspace(tmp_path / "elsewhere")) == harmed.kept


@pytest.mark.parametrize("more", [-1, 1, 1000])
def test_a_backup_of_an_earlier_version_with_another_count_is_refused(tmp_path: Path, harmed: Harmed, more: int):
    old = _of_earlier_version(harmed, tmp_path, len(harmed.kept) + more)
    with pytest.raises(StoreError, match="statements instead of"):
        restore(old, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / "store").exists()


def test_a_backup_of_an_earlier_version_with_a_flipped_byte_in_any_table_is_refused(tmp_path: Path, harmed: Harmed):
    old = _of_earlier_version(harmed, tmp_path, len(harmed.kept))
    for table in (old / "store").glob("*.sst"):
        whole = table.read_bytes()
        table.write_bytes(whole[: len(whole) // 3] + bytes([whole[len(whole) // 3] ^ 2]) + whole[len(whole) // 3 + 1 :])
        with pytest.raises(StoreError, match="is damaged"):
            restore(old, tmp_path / "elsewhere")
        table.write_bytes(whole)
    restore(old, tmp_path / "elsewhere")


def _of_earlier_version(harmed: Harmed, folder: Path, statements: int) -> Path:
    old = shutil.copytree(harmed.copy, folder / "old")
    (old / "backup.json").write_text(f'{{"made": "2023-07-01T00:00:00+00:00", "software": "0.1", "statements": {statements}}}')
    return old
