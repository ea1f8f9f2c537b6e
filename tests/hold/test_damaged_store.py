"""A damaged store is said to be damaged by every command, in one line that names the check and the backup; no count is silently another."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import snapshots_of
from kg.store.snapshots import Snapshots
from tests.hold.kept import dumped, filled
from tests.hold.test_damaged_service import damage
from tests.matrix.commands import kg

FLIPS = 50
EACH = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a limit of what a process may write is of Linux")
_LIMITED = "import resource as r; r.setrlimit(r.RLIMIT_DATA, (800 << 20, 800 << 20)); from kg.cli import main; main()"


def newest(folder: Path) -> Path:
    snapshots = snapshots_of(folder / "store")
    return snapshots.folder / str(snapshots.newest())


@pytest.fixture(scope="module")
def ruined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of which every large table of the newest snapshot is damaged in many places."""
    workspace = filled(tmp_path_factory.mktemp("ruined"), reports=2)
    lines = " ".join(f"<urn:s{n}> <urn:p{n % 7}> '{'春' * (n % 30)}{n}' ." for n in range(20_000))
    with workspace.writing() as store:
        store.update(f"INSERT DATA {{ {lines} GRAPH <urn:g> {{ {lines} }} }}")
    for table in newest(workspace.folder).glob("*.sst"):
        if table.stat().st_size > 100_000:
            damage(table)
    return workspace.folder


def limited(*line: object) -> "subprocess.CompletedProcess[str]":
    """The command with little memory, which an engine that collects errors without end would fill."""
    return subprocess.run([sys.executable, "-c", _LIMITED, *map(str, line)], capture_output=True, text=True, check=False)


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        ["query", COUNT], ["query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"], ["query", EACH],
        ["export", "--format", "nq", "-o", "{out}"], ["view", "-o", "{out}"], ["report", "-o", "{out}"], ["documents"], ["rank"],
        ["remove", "report-0"], ["backup", "{out}"],
    ],
    ids=lambda line: " ".join(line[:2])[:30],
)  # fmt: skip
def test_each_command_tells_the_damage_in_one_line(ruined: Path, tmp_path: Path, line: list[str]):
    copy = shutil.copytree(ruined, tmp_path / "w")
    if line[0] == "remove":
        shutil.rmtree(copy / "store")
        newest(copy).rename(copy / "store")  # what is written is damaged too
    done = limited(*(part.replace("{out}", str(tmp_path / "out")) for part in line), "-w", copy)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "damaged" in done.stderr
    assert "kg check-store" in done.stderr
    assert "estore a" in done.stderr  # a backup, or an earlier one
    assert not (tmp_path / "out").exists()


@LINUX
def test_the_check_itself_needs_little_memory_and_names_the_snapshot(ruined: Path):
    done = limited("check-store", "-w", ruined)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"damaged: {newest(ruined)}: the newest snapshot cannot be read" in done.stdout


@LINUX
def test_a_query_that_ends_its_process_over_a_whole_store_is_not_called_damage(tmp_path: Path):
    workspace = filled(tmp_path)
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
    done = limited("query", everything, "-w", workspace.folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "damaged" not in done.stderr
    assert "memory" in done.stderr


def test_fifty_flipped_bytes_give_the_same_rows_or_one_line(tmp_path: Path):
    workspace = filled(tmp_path, reports=2)
    whole = sorted(kg("query", EACH, "--format", "csv", "-w", workspace.folder).out.splitlines())
    kept, seen = dumped(workspace), set[str]()
    chance = random.Random(50)  # noqa: S311  # places, not secrets
    tables = sorted(newest(workspace.folder).glob("*.sst"))
    for number in range(FLIPS):
        copy = shutil.copytree(workspace.folder, tmp_path / "copy")
        table = newest(copy) / tables[number % len(tables)].name
        data = bytearray(table.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        table.write_bytes(data)
        done = kg("query", EACH, "--format", "csv", "-w", copy)
        if done.status == 0:
            assert sorted(done.out.splitlines()) == whole
            seen.add("same")
        else:
            assert (done.status, done.out, done.err.count("\n"), "kg check-store" in done.err) == (1, b"", 1, True), done
            seen.add("told")
        out = tmp_path / "graph.nq"
        if kg("export", "--format", "nq", "-o", out, "-w", copy).status == 0:
            assert sorted(out.read_bytes().splitlines()) == kept
        out.unlink(missing_ok=True)
        shutil.rmtree(copy)
    assert seen == {"same", "told"}


def test_a_writer_that_cannot_publish_since_the_store_is_damaged_says_so_and_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    workspace = filled(tmp_path)
    before = dumped(workspace)

    def damaged(*_: object) -> None:
        raise RuntimeError("Corruption: block checksum mismatch: stored = 1, computed = 2")  # as Oxigraph says it of a checkpoint

    with monkeypatch.context() as during:
        during.setattr(Snapshots, "publish", damaged)
        for _ in range(2):  # the second is not told that another is writing
            with pytest.raises(StoreError, match="kg check-store"), workspace.writing() as store:
                store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        assert dumped(workspace) == before, "readers have the snapshot that was"
    assert len(dumped(workspace)) == len(before) + 1, "what was stored is there once it can be published"
