"""What happens when the process is killed, or the disk is full: nothing that was reported is lost, nothing is half there."""

import os
import random
import signal
import subprocess
import time
from collections import defaultdict
from pathlib import Path

import pytest

import kg
from tests.conftest import tries
from tests.servers import BIN

KILLS, REPORTS = tries(10), 25


def write_reports(folder: Path) -> None:
    folder.mkdir()
    for number in range(REPORTS):
        lines = [f"南山区科委{2000 + number}年工作总结"]
        lines += [f"推动云舟{number}与蓝石{part}对接技术合作。临江产业园累计引进企业{number}{part}家。" for part in range(12)]
        (folder / f"report-{number:02}.txt").write_text("\n".join(lines), encoding="utf-8")


def by_document(workspace) -> dict[str, set[tuple]]:
    """Statements of each document's graphs, without the moment of the run."""
    found: dict[str, set[tuple]] = defaultdict(set)
    graphs = workspace.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER (?p != prov:endedAtTime) }")
    for graph, *statement in graphs.itertuples(index=False, name=None):
        name = graph.split("/doc/")[-1].split("#")[0].removeprefix("doc:")
        if name.startswith("report-"):
            found[name].add((graph, *statement))
    return found


def default_is_the_set_of_all(workspace) -> bool:
    stated = set(workspace.query("SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").itertuples(index=False, name=None))
    default = list(workspace.query("SELECT ?s ?p ?o { ?s ?p ?o }").itertuples(index=False, name=None))
    return set(default) == stated and len(default) == len(stated)


def killed_ingest(folder: Path, workspace: Path, after: float) -> set[str]:
    """Start an ingest, kill it; the names of the documents that it reported as stored."""
    process = subprocess.Popen(
        [BIN / "kg", "ingest", folder, "-w", workspace], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    first = process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return {Path(line.split()[1]).stem for line in (first + rest).splitlines() if line.endswith(")") or line.startswith("unchanged")}


@pytest.mark.slow
def test_kills_at_random_moments_of_an_ingest(tmp_path: Path):
    write_reports(tmp_path / "reports")
    whole = kg.open(tmp_path / "whole")
    whole.ingest([tmp_path / "reports"])
    expected = by_document(whole)
    chance = random.Random(20231)  # noqa: S311  # moments, not secrets
    killed_amid, turn = 0, 0
    for number in range(20 * KILLS):
        if number >= KILLS and killed_amid >= KILLS // 2:
            break
        workspace = kg.open(tmp_path / f"workspace-{turn}")
        reported = killed_ingest(tmp_path / "reports", workspace.folder, chance.uniform(0, 0.2))
        found = by_document(workspace)
        assert reported <= set(found), f"kill {number}: reported, and not there"
        assert {name for name in found if found[name] != expected[name]} == set(), f"kill {number}: half there"
        assert default_is_the_set_of_all(workspace), f"kill {number}"
        killed_amid += len(found) < REPORTS
        if len(found) == REPORTS or number % 3 == 2:  # go on with what is there, or from the start again
            assert {one.status for one in workspace.ingest([tmp_path / "reports"])} <= {"added", "unchanged"}
            assert by_document(workspace) == expected
            assert default_is_the_set_of_all(workspace)
            turn += 1
    assert killed_amid >= KILLS // 2, "most kills came too late to matter"


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.parametrize("left", [60_000, 700_000, 1_500_000])
def test_a_full_disk_is_one_clear_line_and_the_graph_stays(small_disk: Path, tmp_path: Path, left: int):
    (tmp_path / "first.txt").write_text("南山区科委2022年简报\n推动云舟与蓝石对接技术合作。\n", encoding="utf-8")
    workspace = kg.open(small_disk / "workspace")
    assert [one.status for one in workspace.ingest([tmp_path / "first.txt"])] == ["added"]
    before = by_statement(workspace)
    room = os.statvfs(small_disk)
    (small_disk / "other").write_bytes(b"\0" * (room.f_bavail * room.f_frsize - left))
    lines = [f"推动云舟{part}与蓝石{part}对接技术合作。临江产业园累计引进企业{part}家。" for part in range(2000)]
    (tmp_path / "second.txt").write_text("南山区科委2023年工作总结\n" + "\n".join(lines), encoding="utf-8")
    run = subprocess.run(
        [BIN / "kg", "ingest", tmp_path / "second.txt", "-w", workspace.folder], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.startswith("kg: ")
    assert "No space left" in run.stderr
    assert "as before" in run.stderr
    assert run.stderr.count("\n") == 1
    assert by_statement(workspace) == before
    (small_disk / "other").unlink()
    assert [one.status for one in workspace.ingest([tmp_path / "first.txt"])] == ["unchanged"]
    assert by_statement(workspace) == before


def by_statement(workspace) -> set[tuple]:
    return set(workspace.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").itertuples(index=False, name=None))
