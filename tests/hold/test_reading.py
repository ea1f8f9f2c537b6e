"""Whatever a file does to the process that reads it, it is one line, and the next file is stored."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Thread

import pytest

from kg.confine.crew import Crew, EndedError, Spare
from kg.confine.limits import MEGABYTE, Limits
from kg.errors import ReadError
from kg.files import as_text
from kg.resolve import Resolver
from kg.workspace.ingest.prepare import Job, Options
from kg.workspace.ingest.processes import crew, read_apart
from kg.workspace.workspace import Workspace
from tests.servers import BIN

REPORT = "临河区科技局{}年工作总结\n累计引进企业41家。推动云舟科技与蓝石仪器对接技术合作。\n"


KEPT: list[bytes] = []
WARMED: list[str] = []
"""What a task leaves behind in its process."""


def work(task: object) -> bytes:
    """What the processes of these tests do: as they are told, end, take memory, take time, or answer."""
    if task == "crash":
        os.abort()
    if task == "exit":
        os._exit(7)
    if task == "memory":
        try:
            return str(len(bytearray(3000 * MEGABYTE))).encode()
        except MemoryError:
            return b"no memory"
    if task == "keep":
        KEPT.append(bytes(700 * MEGABYTE))
        return b"kept"
    if not isinstance(task, str):
        return pickle.dumps("no facts")
    if task == "call":
        try:
            socket.socket().close()
        except OSError:
            return b"no network"
    while task == "for ever":
        pass
    return str(len(WARMED)).encode() if task == "warmed" else task.upper().encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit of memory")
def test_what_a_task_leaves_in_its_process_is_not_missing_to_the_next() -> None:
    with Crew("tests.hold.test_reading", 1, Limits(memory=1024 * MEGABYTE)) as crew:
        assert [outcome(crew, "keep") for _ in range(4)] == ["kept"] * 4


def outcome(crew: Crew, task: str) -> str:
    try:
        return crew.do(task).decode()
    except EndedError as ended:
        return f"ended: {ended}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
def test_a_process_that_ends_concerns_its_own_task_alone() -> None:
    with Crew("tests.hold.test_reading", 1, Limits()) as crew:
        assert [outcome(crew, task) for task in ("a", "crash", "b", "exit", "c")] == ["A", "ended: SIGABRT", "B", "ended: status 7", "C"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit of memory")
def test_a_task_gets_no_more_memory_than_its_limit() -> None:
    with Crew("tests.hold.test_reading", 1, Limits(memory=1024 * MEGABYTE)) as crew:
        assert outcome(crew, "memory") == "no memory"


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no filter of this system is known")
def test_a_file_s_reader_has_no_network_but_where_it_is_given_one() -> None:
    for network, said in ((False, "no network"), (True, "CALL")):
        with Crew("tests.hold.test_reading", 1, Limits(), network) as crew:
            assert [outcome(crew, "crash"), outcome(crew, "call")] == ["ended: SIGABRT", said]


def warm() -> None:
    """What a process does while it has no task: here it fails as soon as it has noted that it began."""
    WARMED.append("warm")
    raise ValueError


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no forks")
@pytest.mark.parametrize("is_warm", [True, False])
def test_a_process_warms_up_where_it_is_asked_to_and_goes_on_where_that_fails(is_warm: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.confine.crew._KEEP_THREADS", frozenset())  # other tests may have loaded what no fork is made beside
    with Crew("tests.hold.test_reading", 1, Limits(), warm=is_warm) as crew:
        assert [outcome(crew, "warmed"), outcome(crew, "a")] == ["1" if is_warm else "0", "A"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no forks")
def test_a_process_made_ahead_is_the_first_of_a_crew_and_keeps_to_its_limits() -> None:
    with Spare("tests.hold.test_reading"), Crew("tests.hold.test_reading", 1, Limits(memory=1024 * MEGABYTE, seconds=5)) as crew:
        assert [outcome(crew, task) for task in ("warmed", "a", "call", "memory")] == ["1", "A", "no network", "no memory"]
        assert [outcome(crew, task) for task in ("for ever", "b")] == ["ended: time", "B"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no forks")
def test_a_process_made_ahead_has_the_network_that_its_crew_has() -> None:
    with Spare("tests.hold.test_reading"), Crew("tests.hold.test_reading", 1, Limits(), network=True) as crew:
        assert outcome(crew, "call") == "CALL"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no forks")
def test_a_process_made_ahead_that_nobody_takes_is_ended() -> None:
    with Spare("tests.hold.test_reading") as ahead:
        pid = ahead._worker._pid
        with Crew("kg.workspace.ingest.processes", 1, Limits(), fork=False):
            assert Path(f"/proc/{pid}").exists()
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no forks")
def test_where_the_process_made_ahead_has_ended_another_does_its_tasks() -> None:
    with Spare("tests.hold.test_reading") as ahead:
        os.kill(ahead._worker._pid, signal.SIGKILL)
        with Crew("tests.hold.test_reading", 1, Limits()) as crew:
            assert outcome(crew, "a") == "A"


def test_a_process_outlives_the_thread_that_had_it_started() -> None:
    with Crew("tests.hold.test_reading", 1, Limits()) as crew:
        for task in ("crash", "a"):  # the process that takes the place of the first is started for the second task
            asking = Thread(target=outcome, args=(crew, task))
            asking.start()
            asking.join()
        assert outcome(crew, "b") == "B"


def test_what_comes_back_is_taken_as_data_and_never_as_code() -> None:
    job = Job(Path("a.txt"), "a", "1", Options(), Resolver())
    with Crew("tests.hold.test_reading", 1, Limits()) as crew:
        assert "made the process that read it say what is no answer" in str(read_apart(job, crew, Limits()))


def test_a_task_that_takes_for_ever_is_ended() -> None:
    with Crew("tests.hold.test_reading", 1, Limits(seconds=1)) as crew:
        assert outcome(crew, "for ever") == "ended: time"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (os.fsdecode("年度总结".encode("gbk") + b".txt"), "年度总结.txt"),
        ("年度总结.txt", "年度总结.txt"),
        ("a/" + os.fsdecode("科技".encode("gbk")) + "/b.txt cannot be read", "a/科技/b.txt cannot be read"),
        (os.fsdecode(b"\xff\xfe.txt"), "\\udcff\\udcfe.txt"),
    ],
)
def test_a_name_that_is_not_utf_8_can_be_written_everywhere(name: str, shown: str) -> None:
    assert as_text(name) == shown


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="names of Windows are text")
def test_files_that_end_their_reader_leave_the_others_stored(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT.format(2023), encoding="utf-8")
    (folder / "b.pdf").write_bytes(_form_that_calls_itself())
    (folder / "z.txt").write_text(REPORT.format(2024), encoding="utf-8")
    (Path(os.fsdecode(os.fsencode(folder) + b"/" + "总结".encode("gbk") + b".txt"))).write_text(REPORT.format(2022), encoding="utf-8")
    done = subprocess.run([str(BIN / "kg"), "ingest", folder, "-w", tmp_path / "w"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (1, 2, False)
    assert sorted(line.split()[0] for line in done.stdout.splitlines()) == ["added", "added", "added", "failed"]
    assert f"{folder}/总结.txt" in done.stdout
    assert "b.pdf" in done.stderr and done.stderr.endswith("kg: 3 added, 1 failed\n")
    listed = subprocess.run([str(BIN / "kg"), "documents", "-w", tmp_path / "w"], capture_output=True, text=True, check=True)
    assert "总结.txt" in listed.stdout


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Patches that hold in the processes that read, too, since these are copies of this one."""
    if sys.platform != "linux":
        pytest.skip("elsewhere a process is no copy of this one")
    monkeypatch.setattr("kg.confine.crew._KEEP_THREADS", frozenset())  # a library that another test has loaded, and none here needs
    return monkeypatch


def test_a_reader_that_takes_want_of_memory_for_a_broken_file_does_not_blame_the_file(tmp_path: Path, copied: pytest.MonkeyPatch) -> None:
    def wants(*_: object) -> None:
        try:
            raise MemoryError
        except MemoryError as error:
            raise ReadError("a.txt is broken.") from error

    copied.setattr("kg.workspace.ingest.prepare.read", wants)
    job, limits = Job(tmp_path / "a.txt", "a", "1", Options(), Resolver()), Limits(memory=1024 * MEGABYTE)
    with crew(1, limits) as readers:
        assert "a.txt needs more than 1024 MB to be read" in str(read_apart(job, readers, limits))


@pytest.mark.slow
@pytest.mark.parametrize("command", ["extract --json {0}/b.pdf", "evaluate {0}/gold.json {0}/b.pdf"])
def test_commands_that_store_nothing_read_in_a_process_of_its_own_too(command: str, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(_form_that_calls_itself())
    (tmp_path / "gold.json").write_text('{"entities": []}', encoding="utf-8")
    given = command.format(tmp_path).split()
    done = subprocess.run([str(BIN / "kg"), *given, "--timeout", "60"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"kg: {tmp_path}/b.pdf ")


@pytest.mark.slow
def test_an_error_that_a_reader_words_is_told_as_it_is_worded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as packed:
        for number in range(2_001):
            packed.writestr(f"{number}.txt", "")
    for command in ("extract", "ingest"):
        done = subprocess.run([str(BIN / "kg"), command, tmp_path / "many.zip"], capture_output=True, text=True, check=False, cwd=tmp_path)
        told = f"{tmp_path}/many.zip holds more than 2,000 files, which is the most that is read. Split it."
        assert (done.returncode, told in done.stderr, "Error" in done.stderr) == (1, True, False), done.stderr


def test_rdf_that_ends_its_reader_leaves_the_graph_as_it_was(tmp_path: Path, copied: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path / "w")
    (tmp_path / "a.ttl").write_text("<https://a.example/a> <https://a.example/p> 1 .", encoding="utf-8")
    workspace.add_rdf(tmp_path / "a.ttl")
    (tmp_path / "b.ttl").write_text("<https://a.example/b> <https://a.example/p> 1 .", encoding="utf-8")
    copied.setattr("kg.workspace.ingest.prepare.imported", lambda *_: os.abort())
    with pytest.raises(ReadError, match=r"b\.ttl ended the process that read it \(SIGABRT\)"):
        workspace.add_rdf(tmp_path / "b.ttl")
    assert [document.source for document in workspace.documents()] == ["a.ttl"]


def _form_that_calls_itself() -> bytes:
    calls = b"/F Do /F Do /F Do"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>\nstream\n/F Do\nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Length %d>>\nstream\n%s\nendstream"
        % (len(calls), calls),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer <</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + end % len(made)


def test_a_long_word_is_shown_at_once_whether_its_bytes_can_be_read_or_not():
    word = "7" * 1_000_000
    assert as_text(word) == word
    assert as_text(f"{word}\udcff") == f"{word}\\udcff"
