"""What tests of office formats share: files that LibreOffice writes, and text as an archive's parts."""

import io
import struct
import subprocess
import zipfile
from pathlib import Path

from tests.conftest import require_tool
from tests.servers import PATIENCE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved_as(path: Path, ending: str) -> Path:
    """A file as LibreOffice saves it in another format, beside it."""
    program = require_tool("soffice")
    profile = (path.parent / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir", path.parent, path]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return path.with_suffix(f".{ending}")


def archive(parts: dict[str, str | bytes]) -> bytes:
    """Parts as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def compound(*names: str) -> bytes:
    """A compound file of one sector of allocation and one of directory, with empty streams of these names (MS-CFB)."""
    none = 0xFFFFFFFF
    head = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, none - 1, 0, none - 1, 0, 0)
    head += struct.pack("<108I", *[none] * 108)

    def entry(name: str, what: int, child: int, right: int) -> bytes:
        text = name.encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, what, 1, none, right, child) + bytes(48)

    held = [entry("Root Entry", 5, 1, none)]
    held += [entry(name, 2, none, at + 1 if at < len(names) else none) for at, name in enumerate(names, start=1)]
    table = struct.pack("<128I", 0xFFFFFFFD, none - 1, *[none] * 126)
    return head + table + b"".join(held).ljust(512, b"\0")
