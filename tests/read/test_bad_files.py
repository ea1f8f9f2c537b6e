"""What stands where a file should and is none: refused in one line at once, and the rest goes on."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import kg as product
from kg import files
from kg.errors import KgError, MappingError, ReadError
from kg.read import read
from tests.servers import PATIENCE

REPORT = "湖东区科技局2023年工作总结\n新认定高新技术企业126家，同比增长18.5%。\n"


def kg(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder of things that are no regular files, all named like reports, and one report."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(REPORT, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    bound = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket has at most 107 bytes
    try:
        bound.bind("socket.txt")
    finally:
        os.chdir(here)
        bound.close()
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "to-pipe.txt").symlink_to("pipe.txt")
    (folder / "dangling.docx").symlink_to("nowhere.docx")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "loop").symlink_to(".")
    (folder / "folder.txt").mkdir()
    return folder


WRONG = {
    "pipe.txt": "is a pipe, not a file",
    "socket.txt": "is a socket, not a file",
    "device.txt": "is a device, not a file",
    "to-pipe.txt": "is a pipe, not a file",
    "dangling.docx": "is a link to what does not exist",
    "round.txt": "cannot be read: Too many levels of symbolic links",
    "folder.txt": "is a folder, not a file",
    "good.txt/inner.txt": "does not exist",
    "a\0b.txt": "cannot be the name of a file",
    "名" * 300 + ".txt": "cannot be read: File name too long",
}


@pytest.mark.parametrize(("name", "said"), WRONG.items(), ids=lambda value: value[:12].replace("\0", "0"))
def test_what_is_no_regular_file_is_refused_in_one_line(odd: Path, name: str, said: str):
    with pytest.raises(ReadError, match=said) as refused:
        read(odd / name)
    assert "\n" not in str(refused.value)


def test_a_folder_with_such_things_gives_a_line_for_each_and_its_reports(odd: Path, tmp_path: Path):
    run = kg("ingest", odd, "-w", tmp_path / "graph", cwd=tmp_path)
    told = {line.split()[1].rsplit("/", 1)[1]: line.split()[0] for line in run.stdout.splitlines()}
    assert told == {
        "dangling.docx": "failed",
        "device.txt": "failed",
        "good.txt": "added",
        "pipe.txt": "failed",
        "round.txt": "failed",
        "socket.txt": "failed",
        "to-pipe.txt": "failed",
    }
    assert run.returncode == 1
    assert run.stderr.count("\n") == 7
    assert "Traceback" not in run.stderr


def test_a_folder_behind_a_link_is_read_once(tmp_path: Path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "first").symlink_to(tmp_path / "shared")
    (tmp_path / "mine" / "second").symlink_to(tmp_path / "shared")
    done = product.open(tmp_path / "graph").ingest([tmp_path / "mine"])
    assert [one.status for one in done] == ["added"]


def test_a_file_that_vanishes_after_the_folder_was_listed_fails_alone(odd: Path, tmp_path: Path):
    from kg.workspace.ingest.batch import expand

    listed = list(expand([odd]))
    (odd / "good.txt").unlink()
    done = product.open(tmp_path / "graph").ingest(listed)
    assert {one.status for one in done} == {"failed"}
    assert any("good.txt does not exist" in one.reason for one in done)


def test_a_file_that_grows_while_it_is_read_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 100)
    look = os.fstat

    def grow(end: int) -> os.stat_result:
        found = look(end)
        with path.open("ab") as file:
            file.write(b"x" * 400)
        return found

    monkeypatch.setattr(files.os, "fstat", grow)
    with pytest.raises(ReadError, match="holds more than 300 bytes"):
        files.contents(path, 300)


def test_a_pipe_that_takes_the_place_of_a_file_after_the_look_blocks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    before = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(files.os, "stat", lambda _: before)
    with pytest.raises(ReadError, match="is a pipe"):
        files.contents(path)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)
    with pytest.raises(ReadError, match=r"holds 209,715,201 bytes; at most 209,715,200 are read"):
        read(path)


@pytest.mark.parametrize("most", [0, 1, 5, 6, 7, 100])
def test_a_file_of_six_bytes_is_read_whole_or_refused(tmp_path: Path, most: int):
    path = tmp_path / "six.txt"
    path.write_bytes(b"abcdef")
    if most >= 6:
        assert files.contents(path, most) == b"abcdef"
    else:
        with pytest.raises(MappingError, match="6 bytes"):
            files.contents(path, most, MappingError)


COMMANDS = {
    "extract": ["extract", "FILE"],
    "import": ["import", "FILE", "--format", "ttl", "-w", "graph"],
    "mapping": ["extract", "good.txt", "--mapping", "FILE"],
    "gold": ["evaluate", "FILE", "good.txt"],
    "facts to judge": ["evaluate", "gold.json", "FILE"],
    "query file": ["query", "--file", "FILE", "-w", "graph"],
    "restore": ["restore", "FILE", "-w", "graph"],
    "ingest": ["ingest", "FILE", "-w", "graph"],
    "token": ["serve", "--token-file", "FILE", "-w", "graph"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize("file", ["pipe.txt", "device.txt", "round.txt"])
def test_every_path_that_a_command_takes_is_looked_at_first(odd: Path, arguments: list[str], file: str):
    (odd / "gold.json").write_text("{}", encoding="utf-8")
    run = kg(*(file if word == "FILE" else word for word in arguments), cwd=odd)
    assert run.returncode in (1, 2)
    assert run.stderr.startswith("kg: ")
    assert file in run.stderr
    assert run.stderr.count("\n") == 1


def test_decisions_and_projections_are_looked_at_first(odd: Path):
    (odd / "graph").mkdir()
    os.mkfifo(odd / "graph" / "decisions.csv")
    os.mkfifo(odd / "network.rq")
    assert "decisions.csv is a pipe" in kg("ingest", "good.txt", "-w", "graph", cwd=odd).stderr
    (odd / "graph" / "decisions.csv").unlink()
    assert kg("ingest", "good.txt", "-w", "graph", cwd=odd).returncode == 0
    assert "network.rq is a pipe" in kg("rank", "--projection", "network.rq", "-w", "graph", cwd=odd).stderr


def test_yaml_nested_without_end_is_refused_in_one_line(tmp_path: Path):
    from kg.extract.tables.columns import read_mapping

    path = tmp_path / "deep.yaml"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(KgError, match="nested too deeply"):
        read_mapping(path)
