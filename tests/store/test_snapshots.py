"""Readers see whole changes, soon, and what they hold stays as it was."""

from contextlib import closing
from pathlib import Path

import pytest

from kg import vocab
from kg.errors import StoreError, WorkspaceBusyError
from kg.store import EmbeddedStore, snapshots_of
from kg.store.snapshots import Publisher
from tests.servers import until


def fact(number: int):
    return (
        vocab.thing(f"企业{number}"),
        vocab.ino("cooperatesWith"),
        vocab.thing("蓝石"),
        vocab.passage("report", number * 10, number * 10 + 9),
    )


def count(store: EmbeddedStore) -> int:
    return store.table("SELECT (COUNT(*) AS ?n) { ?s ino:cooperatesWith ?o }").rows[0][0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "store"


def test_a_reader_keeps_its_snapshot_while_the_writer_goes_on(path: Path):
    writer = EmbeddedStore.writing(path)
    writer.replace([], [fact(1)])
    reader = EmbeddedStore.reading(path)
    for number in range(2, 40):
        writer.replace([], [fact(number)])
    writer.oxigraph.optimize()
    writer.close()
    assert count(reader) == 1
    reader.close()
    later = EmbeddedStore.reading(path)
    assert count(later) == 39
    later.close()


def test_a_reader_sees_a_change_soon_while_the_writer_stays(path: Path):
    writer = EmbeddedStore.writing(path)
    for number in range(1, 6):
        writer.replace([], [fact(number)])

    def seen() -> bool:
        with closing(EmbeddedStore.reading(path)) as reader:
            return count(reader) == 5

    until(seen, "a reader sees the last change")
    writer.close()


def test_snapshots_that_nobody_reads_are_removed(path: Path):
    EmbeddedStore.writing(path).close()
    held = EmbeddedStore.reading(path)
    for number in range(1, 5):
        writer = EmbeddedStore.writing(path)
        writer.replace([], [fact(number)])
        writer.close()
    assert sorted(p.name for p in snapshots_of(path).folder.iterdir()) == ["1", "1.lease", "5", "5.lease"]
    held.close()
    writer = EmbeddedStore.writing(path)
    writer.replace([], [fact(9)])
    writer.close()
    assert sorted(p.name for p in snapshots_of(path).folder.iterdir()) == ["6", "6.lease"]


def test_a_change_that_no_snapshot_has_is_published_by_the_next_reader(path: Path, monkeypatch: pytest.MonkeyPatch):
    writer = EmbeddedStore.writing(path)
    writer.replace([], [fact(1)])
    monkeypatch.setattr(Publisher, "publish", lambda _: None)  # as if the writer were killed before its timer
    writer.replace([], [fact(2)])
    writer.close()
    monkeypatch.undo()
    assert snapshots_of(path).behind.exists()
    reader = EmbeddedStore.reading(path)
    assert count(reader) == 2
    assert not snapshots_of(path).behind.exists()
    reader.close()


def test_a_workspace_without_snapshots_gets_its_first_from_the_reader(path: Path):
    EmbeddedStore.writing(path).close()
    for file in sorted(snapshots_of(path).folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    reader = EmbeddedStore.reading(path)
    assert count(reader) == 0
    reader.close()


def test_there_is_one_writer(path: Path):
    writer = EmbeddedStore.writing(path)
    with pytest.raises(WorkspaceBusyError, match="is being written by another process"):
        EmbeddedStore.writing(path)
    writer.close()
    EmbeddedStore.writing(path).close()


def test_a_snapshot_cannot_be_written(path: Path):
    EmbeddedStore.writing(path).close()
    reader = EmbeddedStore.reading(path)
    with pytest.raises(StoreError, match="refused the change"):
        reader.replace([], [fact(1)])
    reader.close()
