"""LibreOffice as a converter: a process with a profile of its own, no macros, no links, a limit of time, and no leftovers."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kg.errors import ReadError
from kg.read.clean import Raw

SECONDS = 180.0
"""How long a conversion may take."""
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macro runs, however signed; no link is followed; what asks the network all the same meets a proxy that is not there."""


def office() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def converted(raw: Raw, ending: str, target: str) -> bytes:
    """A file as LibreOffice writes it in another format.

    Args:
        raw: the file.
        ending: what its content is (`.doc`).
        target: ending without a dot of what is wanted (`docx`).

    Raises:
        ReadError: LibreOffice is not there, does not open the file, or takes too long.
    """
    program = office()
    if program is None:
        raise ReadError(f"{raw.path} needs LibreOffice to be read. Install it, or save the file as .{target}.")
    with tempfile.TemporaryDirectory(prefix="kg-office-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        _profile(room / "profile")
        (room / f"file{ending}").write_bytes(raw.data)
        _run(raw, program, room, ending, target)
        made = room / "out" / f"file.{target}"
        if not made.is_file():
            raise ReadError(f"{raw.path} could not be opened by LibreOffice. Open it in Word or WPS and save it as .{target}.")
        return made.read_bytes()


def _run(raw: Raw, program: str, room: Path, ending: str, target: str) -> None:
    """Let LibreOffice convert; where time is up it ends, and with it all that it started."""
    command = [
        program,
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", target, "--outdir", str(room / "out"), str(room / f"file{ending}")),
    ]
    (room / "tmp").mkdir()
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(room / "tmp"))
    process = subprocess.Popen(  # noqa: S603  # a program's path and names made here
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **places},
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"{raw.path} kept LibreOffice busy for {SECONDS:.0f} seconds and was given up. Open it and save it as .{target}."
        ) from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program with its children: they share its group."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _profile(folder: Path) -> None:
    """A profile that holds the settings."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
