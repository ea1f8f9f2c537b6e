"""An ingest that is stopped or killed leaves no process behind, no program that a reader had started, and no temporary files."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.confine.crew import Crew, EndedError
from kg.confine.limits import Limits
from tests.servers import BIN, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells of processes, and ends them with their parent")
BUSY = "#!/bin/sh\necho $$ > {0}/$$.pid\n(echo child; exec sleep 100000) &\nexec sleep 100000\n"
"""An office program that never ends, and neither does what it starts."""


def running(sign: str) -> list[str]:
    """Processes whose command line or surroundings hold a sign."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdecimal() and sign.encode() in (process / "cmdline").read_bytes() + (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


@pytest.fixture
def listening_to_hangups() -> Iterator[None]:
    """Whoever started the tests with `nohup` has hangups ignored, which what is started here would inherit."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.slow
@pytest.mark.usefixtures("listening_to_hangups")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_an_ingest_that_is_ended_leaves_nothing_behind(number: int, tmp_path: Path) -> None:
    programs, temporary, reports = (tmp_path / name for name in ("programs", "temporary", "in"))
    for folder in (programs, temporary, reports):
        folder.mkdir()
    (programs / "soffice").write_text(BUSY.format(tmp_path), encoding="utf-8")
    (programs / "soffice").chmod(0o755)
    for name in ("a.rtf", "b.rtf"):
        (reports / name).write_text(rf"{{\rtf1 {name}}}", encoding="ascii")
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(temporary)}
    with subprocess.Popen([BIN / "kg", "ingest", reports, "-w", tmp_path / "w", "--jobs", "2"], env=env) as process:
        until(lambda: len(list(tmp_path.glob("*.pid"))) == 2, "both readers have started a program")
        os.kill(process.pid, number)
        assert process.wait() == -number
    until(lambda: not running(str(tmp_path)), "all of its processes have ended")
    until(lambda: not list(temporary.iterdir()), "its temporary files are removed")


def work(task: str) -> bytes:
    """Leave a file, start a program, and end as told or never."""
    Path(tempfile.mkdtemp(), "left").write_text("a report", encoding="utf-8")
    subprocess.Popen(["sleep", "100000"], env={**os.environ, "SIGN": task}, start_new_session=True)
    while True:
        signal.pause()


def test_a_reader_that_is_ended_at_its_limit_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Crew("tests.hold.test_left_behind", 1, Limits(seconds=1)) as crew:
        with pytest.raises(EndedError, match="time"):
            crew.do(str(tmp_path / "sign"))
        assert not list(tmp_path.rglob("left"))
        until(lambda: not running(str(tmp_path / "sign")), "what it had started has ended")
    assert not list(tmp_path.iterdir())
