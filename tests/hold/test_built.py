"""What is built, and libraries of others, are never in the repository (docs/decisions/0008-pages-are-built-never-kept.md)."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.audit import ROOT

BUILT = re.compile(r"(^|/)(dist|build|node_modules)/|\.min\.(js|css)$|\.(whl|map|tsbuildinfo)$|^kg/share/|^docs/ontology\.html$")
LONG = 400
"""Characters of a line that nobody wrote by hand."""


def built(root: Path) -> list[str]:
    """Files that git knows and that are built, by their names or, where a browser runs them, by their lines."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    scripts = [name for name in listed if name.endswith((".js", ".mjs", ".ts", ".css")) and (root / name).exists()]
    packed = [name for name in scripts if max(map(len, (root / name).read_text(encoding="utf-8").splitlines()), default=0) > LONG]
    return sorted({name for name in listed if BUILT.search(name)} | set(packed))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository")
def test_git_knows_nothing_that_was_built():
    assert built(ROOT) == []


def test_what_was_built_is_told(tmp_path: Path):
    for name in ("web/dist/query.js", "kg/share/pages/graph.css", "kg/view/vis.min.js", "web/src/lib.js", "web/src/own.js", "kg/build.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x();" * (200 if name.endswith("lib.js") else 1), encoding="utf-8")
    for command in (["init", "--quiet"], ["add", "--force", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert built(tmp_path) == ["kg/share/pages/graph.css", "kg/view/vis.min.js", "web/dist/query.js", "web/src/lib.js"]
