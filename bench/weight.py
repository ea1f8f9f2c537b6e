"""What an installation weighs: the wheel alone, with the extras that the README recommends, with all of them; each in a fresh venv.

`python -m bench.weight`: builds the wheel and installs it from the package index that pip is set up with, first to warm pip's cache, then
on the clock. Megabytes (10^6 bytes) are the sizes of the files that came into `site-packages`.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from bench import seconds

ROOT = Path(__file__).resolve().parents[1]
INSTALLED = ("", "[report,resolve]", "[all]")
IMPORT = "from time import perf_counter as now; began = now(); import kg.cli; print(now() - began)"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT)
        [wheel] = place.glob("*.whl")
        weighed(wheel, INSTALLED[-1])
        for extras in INSTALLED:
            taken, megabytes, imported = weighed(wheel, extras)
            print(f"innovation-kg{extras:<18} {megabytes:>6,.0f} MB, {taken:>4.0f} s to install, {imported:.2f} s to import kg.cli")


def weighed(wheel: Path, extras: str) -> tuple[float, float, float]:
    """Seconds of the installation into a new environment, megabytes that came, seconds until the command is imported (best of three)."""
    with tempfile.TemporaryDirectory(dir=wheel.parent) as folder:
        venv.create(folder, with_pip=True)
        [python] = Path(folder).glob("*/python")
        before = size(folder)
        taken = seconds(lambda: run(python, "-m", "pip", "install", "--quiet", f"{wheel}{extras}"))
        return taken, (size(folder) - before) / 1e6, min(float(run(python, "-c", IMPORT)) for _ in range(3))


def size(folder: str) -> int:
    return sum(path.lstat().st_size for path in Path(folder).glob("lib/**/site-packages/**/*") if path.is_file())


def run(*command: str | Path) -> str:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, cwd=ROOT.parent).stdout


if __name__ == "__main__":
    main()
