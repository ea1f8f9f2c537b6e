"""What tests of office formats share: files that LibreOffice writes, and text as an archive's parts."""

import io
import subprocess
import zipfile
from pathlib import Path

from tests.conftest import require_tool
from tests.servers import PATIENCE


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
