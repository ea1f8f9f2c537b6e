"""Run the fast part of the matrix on the oldest and the newest supported Python, beside the one that runs everything.

`make test` calls it with the Python of `.venv`. Another one gets a thin room of its own (`.venv-3.13`), made when pyproject.toml changed.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (".[parquet,report,serve]", "pytest", "hypothesis", "openpyxl", "pytest-xdist")
TESTED = ("-n", "2", "-q", "-m", "not slow", "tests/matrix")


def supported() -> list[str]:
    """Versions that pyproject.toml names, oldest first: `3.11`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = (line.removeprefix("Programming Language :: Python :: ") for line in project["classifiers"])
    return sorted((one for one in named if one.startswith("3.")), key=lambda version: int(version.removeprefix("3.")))


def interpreter(version: str) -> str | None:
    """A Python of a version that this machine has and that runs (a shim of pyenv may stand for one that does not)."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for found in (shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python"))):
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return str(found)
    return None


def room(version: str, python: str) -> Path:
    """The Python of a virtual environment with the product and what the matrix needs."""
    folder = ROOT / f".venv-{version}"
    inside, made = folder / "bin" / "python", folder / "made"
    if not made.exists() or made.stat().st_mtime < (ROOT / "pyproject.toml").stat().st_mtime:
        subprocess.run([python, "-m", "venv", folder], check=True)
        install = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", *NEEDED]
        subprocess.run(install, cwd=ROOT, check=True, env={**os.environ, "KG_NO_PAGES": "1"})
        made.touch()
    return inside


def main() -> int:
    """Exit status: 0 where all that could be run passed."""
    failed = 0
    versions = supported()
    for version in dict.fromkeys((versions[0], versions[-1])):
        if version == ".".join(map(str, sys.version_info[:2])):
            print(f"Python {version}: the whole suite runs on it.", flush=True)
        elif python := interpreter(version):
            print(f"Python {version}: the fast part of the matrix.", flush=True)
            failed |= subprocess.run([room(version, python), "-m", "pytest", *TESTED], cwd=ROOT, check=False).returncode
        else:
            print(f"Python {version} is not installed: nothing was tried on it.", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
