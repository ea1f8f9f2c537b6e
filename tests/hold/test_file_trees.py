"""Whatever lies in a folder, each file in it is told of once, what cannot be looked into is said, and the run ends."""

import io
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.confine.crew import Crew
from kg.confine.limits import Limits
from kg.errors import KgError
from kg.resolve import Resolver
from kg.workspace.catalogue import Catalogue
from kg.workspace.ingest.batch import Batch, expand
from kg.workspace.ingest.prepare import Options
from kg.workspace.ingest.processes import crew, read_all
from kg.workspace.workspace import Workspace
from tests.servers import BIN

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names, pipes and permissions of Linux")
REPORT = "临河区科技局{}年工作总结\n累计引进企业{}家。\n"
ENDINGS = (b".txt", b".csv", b".docx", b".zip", b".html", b".PDF", b".exe", b"")
KINDS = ("report", "bytes", "empty", "folder", "pipe", "socket", "nowhere", "itself", "above", "twin", "packed", "packed twice")


def packed(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def put(kind: str, place: bytes, seed: int) -> None:
    """Something of a kind at a place; what the system does not let be there is left out."""
    text = REPORT.format(2000 + seed, seed).encode()
    contents = {
        "report": text,
        "bytes": bytes((seed * n * 31) % 256 for n in range(200)),
        "empty": b"",
        "packed": packed("总结.txt", text),
        "packed twice": packed("内.zip", packed("总结.txt", text)),
    }
    if kind in contents:
        Path(os.fsdecode(place)).write_bytes(contents[kind])
    elif kind == "folder":
        os.mkdir(place)
    elif kind in ("pipe", "socket"):
        os.mknod(place, (stat.S_IFIFO if kind == "pipe" else stat.S_IFSOCK) | 0o600)
    elif kind == "twin":
        os.symlink(os.path.dirname(place) + b"/report.txt", place)
    else:
        os.symlink({"nowhere": b"/nonexistent/file", "itself": os.path.basename(place), "above": b".."}[kind], place)


def named(path: Path) -> bool:
    """Whether a file of a folder is one that a reader is asked for, by its name; written anew here."""
    return path.suffix.lower() in (".txt", ".csv", ".docx", ".zip", ".html", ".pdf") and not path.name.startswith((".", "~$"))


def standing(folder: Path) -> Counter[Path]:
    """What is to be told of: each name of a report that stands below, once, archives by what is in them."""
    found: Counter[Path] = Counter()
    for path in folder.iterdir():
        if path.is_symlink() and path.is_dir():
            continue  # a link to a folder above, which is read once
        if path.is_dir():
            found.update(standing(path) if not path.name.startswith(".") else [])
        elif named(path):
            is_packed = path.suffix.lower() == ".zip" and path.is_file() and zipfile.is_zipfile(path)
            within = zipfile.ZipFile(path).namelist() if is_packed else []
            found.update([path / one / "总结.txt" if one.endswith(".zip") else path / one for one in within] or [path])
    return found


@pytest.fixture(scope="module")
def readers() -> Iterator[Crew]:
    with crew(2, Limits(seconds=120)) as made:
        yield made


NAMES = st.builds(
    bytes.__add__,
    st.binary(min_size=1, max_size=30).map(lambda raw: raw.replace(b"/", b"_").replace(b"\0", b"_")),
    st.sampled_from(ENDINGS),
).filter(lambda name: name not in (b".", b".."))
ENTRIES = st.lists(st.tuples(NAMES, st.sampled_from(KINDS), st.integers(0, 5)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES)
def test_each_file_of_any_tree_is_told_of_once(entries: list[tuple[bytes, str, int]], readers: Crew) -> None:
    base = Path(tempfile.mkdtemp(prefix="kg-tree-"))
    top = base / "in"
    try:
        top.mkdir()
        (top / "report.txt").write_text(REPORT.format(1999, 3), encoding="utf-8")
        folders = [os.fsencode(top)]
        for name, kind, seed in entries:
            place = folders[seed % len(folders)] + b"/" + name
            if os.path.lexists(place):
                continue
            put(kind, place, seed)
            folders += [place] if kind == "folder" else []
        batch = Batch(Resolver(), Options(), Catalogue())
        told = list(batch.run(expand([top]), lambda jobs: read_all(jobs, readers, 2, Limits(seconds=120))))
        assert Counter(plan.path for plan, _ in told) == standing(top)
        [made] = [done for plan, done in told if plan.path == top / "report.txt"]
        assert not isinstance(made, KgError)
    finally:
        shutil.rmtree(base)


def tree(folder: Path) -> Path:
    """A folder of three reports, one of them in a folder within."""
    (folder / "in" / "closed").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "closed/b.txt", "z.txt")):
        (folder / "in" / name).write_text(REPORT.format(2020 + number, number), encoding="utf-8")
    return folder / "in"


def outcomes(workspace: Path, given: list[Path]) -> list[tuple[str, str]]:
    return [(one.path.name, one.status) for one in Workspace(workspace).ingest(given)]


@pytest.mark.parametrize("what", ["scandir", "stat"])
def test_a_folder_that_cannot_be_looked_into_is_told_and_the_rest_is_stored(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, folder = getattr(os, what), tree(tmp_path)

    def refusing(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
        if not isinstance(path, int) and os.fspath(path) == str(folder / "closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, what, refusing)
    assert outcomes(tmp_path / "w", [folder]) == [("closed", "failed"), ("a.txt", "added"), ("z.txt", "added")]


@pytest.mark.skipif(not shutil.which("setpriv") or os.geteuid() != 0, reason="root reads everything, and there is no way to be another")
def test_kg_ingest_of_a_closed_folder_says_so_and_ends_with_status_1(tmp_path: Path) -> None:
    place = Path(tempfile.mkdtemp(prefix="kg-closed-", dir="/tmp"))
    try:
        folder = tree(place)
        place.chmod(0o777)
        (folder / "closed").chmod(0o700)
        other = ["setpriv", "--reuid=65534", "--clear-groups", str(BIN / "kg")]
        if subprocess.run([*other, "version"], capture_output=True, check=False).returncode:
            pytest.skip("another user cannot start the command here")
        command = [*other, "ingest", "-w", place / "w", folder, folder / "closed" / "b.txt"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(place)
    assert done.returncode == 1, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["failed", "added", "added", "failed"]
    assert f"{folder}/closed is a folder that cannot be looked into: Permission denied." in done.stderr


def test_a_file_that_vanishes_after_it_is_listed_is_told_and_the_rest_is_stored(tmp_path: Path) -> None:
    folder = tree(tmp_path)
    listed = expand([folder])
    batch = Batch(Resolver(), Options(), Catalogue())
    with crew(1, Limits()) as readers:
        next(listed)
        (folder / "closed" / "b.txt").unlink()
        told = [
            (plan.path.name, isinstance(done, KgError))
            for plan, done in batch.run(listed, lambda jobs: read_all(jobs, readers, 1, Limits()))
        ]
    assert told == [("b.txt", True), ("z.txt", False)]


def test_a_path_that_no_system_takes_is_one_line_and_the_next_is_stored(tmp_path: Path) -> None:
    folder = tree(tmp_path)
    long = folder / ("长" * 200 + ".txt")
    deep = folder / Path(*["层" * 80] * 30) / "b.zip" / "c.txt"
    assert [status for _, status in outcomes(tmp_path / "w", [long, deep, Path("a\0b.txt"), folder / "a.txt"])] == ["failed"] * 3 + [
        "added"
    ]
