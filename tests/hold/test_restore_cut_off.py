"""A restore that is cut off at any moment, or finds no room, leaves the graph that was or the one that was to come, whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from kg.workspace.backup import backup
from kg.workspace.workspace import Workspace
from tests.conftest import tries
from tests.hold.kept import dumped, filled, tree
from tests.matrix.commands import kg
from tests.servers import BIN
from tests.test_crashes import small_disk

__all__ = ["small_disk"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="forks, limits and signals of POSIX")
_EACH_STEP = """
import json, os, shutil, sys
from pathlib import Path
from kg.workspace.backup import restore
from kg.workspace.workspace import Workspace
from tests.hold.kept import dumped

STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
folder, copy = Path(sys.argv[1]), Path(sys.argv[2])


def apart(work):
    end, start = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(start, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as said:
        data = said.read()
    os.waitpid(child, 0)
    return json.loads(data) if data else None


def cut_off(number, workspace):
    done = [0]

    def step(event, arguments):
        if event in STEPS and str(workspace) in str(arguments[0]):
            done[0] += 1
            if done[0] == number:
                os._exit(9)

    sys.addaudithook(step)
    restore(copy, workspace, replace=True)
    return "whole"


def state(workspace):
    opened = Workspace(workspace)
    held = [line.decode() for line in dumped(opened)]
    left = sorted(one.name for one in workspace.iterdir())
    return [hash(tuple(held)), (workspace / "decisions.csv").read_text(), len(list((workspace / "sources").iterdir())), left]


number, ends = 1, []
while True:
    workspace = folder / str(number)
    shutil.copytree(folder / "workspace", workspace)
    how = apart(lambda: cut_off(number, workspace))
    ends.append(apart(lambda: state(workspace)))
    shutil.rmtree(workspace)
    if how:
        break
    number += 1
print(json.dumps([apart(lambda: state(folder / "workspace")), ends]))
"""


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Workspace, Path]:
    """A workspace that has lost a document and decided otherwise since its backup was made."""
    workspace = filled(tmp_path, reports=3)
    backup(workspace.folder, tmp_path / "copy")
    workspace.remove("report-1")
    (workspace.folder / "decisions.csv").write_text("name,decision,as,by,when,why\n甲,same,乙,me,2023-07-01,later\n", encoding="utf-8")
    return workspace, tmp_path / "copy"


@POSIX
def test_a_restore_that_ends_at_any_of_its_steps_leaves_one_graph_or_the_other(changed: tuple[Workspace, Path], tmp_path: Path):
    workspace, copy = changed
    run = subprocess.run(
        [sys.executable, "-c", _EACH_STEP, workspace.folder.parent, copy],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": "0"}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    old, ends = json.loads(run.stdout)
    new = ends[-1]
    assert old[:2] != new[:2]
    assert len(ends) > 20, "a restore has more steps than these"
    found = [("old" if end[:2] == old[:2] else "new" if end[:2] == new[:2] else f"neither: {end}") for end in ends]
    assert set(found) == {"old", "new"}, found
    assert found == sorted(found, reverse=True), "first the one, from a moment on the other"
    assert all(end[2] == old[2] for end in ends), "no source file is lost"
    assert not any("restore.ready" in end[3] for end in ends), "who opened the workspace has finished the restore"


@POSIX
@pytest.mark.slow
def test_kills_of_the_command_at_random_moments(changed: tuple[Workspace, Path]):
    workspace, copy = changed
    backup(workspace.folder, copy.with_name("later"))
    states = {"copy": dumped(Workspace(restored(copy))), "later": dumped(workspace)}
    chance, seen = random.Random(20231), Counter[str]()  # noqa: S311  # moments, not secrets
    for number in range(tries(6)):
        name = ("copy", "later")[number % 2]
        process = subprocess.Popen(
            [BIN / "kg", "restore", copy.with_name(name), "-w", workspace.folder, "--replace"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.2, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = dumped(workspace)
        [state] = [known for known, lines in states.items() if lines == held]
        seen[state] += 1
    assert kg("restore", copy, "-w", workspace.folder, "--replace").status == 0
    assert dumped(workspace) == states["copy"]


def restored(copy: Path) -> Path:
    """A workspace made of a backup."""
    place = copy.with_name("restored")
    assert kg("restore", copy, "-w", place).status == 0
    return place


@POSIX
@pytest.mark.parametrize("limit", [1_000, 30_000])
def test_a_limit_of_file_sizes_is_one_line_and_the_graph_stays(changed: tuple[Workspace, Path], limit: int):
    workspace, copy = changed
    before = tree(workspace.folder)
    for line in (["restore", copy, "--replace"], ["backup", copy.with_name("another")]):
        run = limited(limit, *line, "-w", workspace.folder)
        assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1), run.stderr
        assert "cannot be written (File too large" in run.stderr
    assert tree(workspace.folder) == before
    assert sorted(one.name for one in copy.parent.iterdir()) == ["copy", "reports", "workspace"]


def limited(limit: int, *line: object) -> "subprocess.CompletedProcess[str]":
    """The command, which may write no larger file."""
    code = f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); from kg.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, line)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("left", [0, 20_000, 150_000])
def test_a_full_disk_is_one_line_and_the_graph_stays(small_disk: Path, tmp_path: Path, left: int):
    workspace = filled(small_disk)
    backup(workspace.folder, tmp_path / "copy")
    before = dumped(workspace)
    room = os.statvfs(small_disk)
    (small_disk / "other").write_bytes(b"\0" * (room.f_bavail * room.f_frsize - left))
    for line in (["restore", tmp_path / "copy", "--replace"], ["backup", small_disk / "copy"]):
        done = kg(*line, "-w", workspace.folder)
        assert (done.status, done.out, done.err.count("\n")) == (1, b"", 1), done.err
        assert "make room" in done.err
    assert dumped(workspace) == before
    (small_disk / "other").unlink()
    assert kg("restore", tmp_path / "copy", "-w", workspace.folder, "--replace").status == 0
    assert dumped(workspace) == before


def test_a_restore_whose_result_cannot_be_read_where_it_stands_takes_the_old_graph_back(
    changed: tuple[Workspace, Path], monkeypatch: pytest.MonkeyPatch
):
    from kg.workspace import swap

    workspace, copy = changed
    before = dumped(workspace)
    published = swap._publish

    def harmed(store: Path) -> Path:
        made = published(store)
        if store.with_name("restore.ready").exists() and not store.with_name("harmed").exists():
            store.with_name("harmed").touch()
            for table in made.glob("*.sst"):
                table.write_bytes(b"\0" * table.stat().st_size)
        return made

    monkeypatch.setattr(swap, "_publish", harmed)
    done = kg("restore", copy, "-w", workspace.folder, "--replace")
    assert (done.status, done.err.count("\n"), "The graph that was is back" in done.err) == (1, 1, True), done
    monkeypatch.undo()
    assert dumped(workspace) == before
    assert kg("restore", copy, "-w", workspace.folder, "--replace").status == 0


def test_what_an_earlier_restore_left_behind_does_not_stop_the_next(changed: tuple[Workspace, Path]):
    workspace, copy = changed
    (workspace.folder / "store.replaced" / "inner").mkdir(parents=True)
    (workspace.folder / "restore.part" / "store").mkdir(parents=True)
    assert kg("restore", copy, "-w", workspace.folder, "--replace").status == 0
    assert not [name for name in os.listdir(workspace.folder) if name.startswith(("restore.", "store."))]
