"""The READMEs are true: their commands run, their links lead somewhere, the examples work."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matrix.commands import kg

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
# what the fresh-install test runs, and what would start this very test run again
ELSEWHERE = ("make ", "python3 -m venv", ".venv/bin/")


def commands(readme: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    return [line for line in lines if line.strip() and not line.startswith(ELSEWHERE)]


@pytest.mark.slow
def test_the_commands_of_the_readmes_run(tmp_path: Path, example: Path):
    """Those of the English one, and what the Chinese one has beside them."""
    shutil.copytree(example, tmp_path / "reports")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    lines = list(dict.fromkeys(line for readme in READMES for line in commands(readme)))
    assert len(lines) >= 10
    for line in lines:
        run = subprocess.run(shlex.split(line), cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path})
        assert run.returncode == 0, f"{line}: {run.stderr}"
        assert run.stdout


@pytest.mark.parametrize("page", ["analysis.md", "report.md", "explorer.md"])
def test_the_commands_of_a_page_run(page: str, graph, tmp_path: Path):
    shutil.copytree(ROOT / "kg" / "report" / "templates", tmp_path / "my-templates")
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 4
    for line in lines:
        program, *arguments = shlex.split(line)
        done = kg(*arguments, "--workspace", graph.folder, cwd=tmp_path)
        assert (program, done.status) == ("kg", 0), f"{line}: {done.err}"


def test_both_readmes_have_the_same_commands():
    english, chinese = (set(commands(readme)) for readme in READMES)
    assert english ^ chinese == {"kg questions --lang en", "kg questions"}


@pytest.mark.parametrize("readme", [*READMES, "CONTRIBUTING.md"])
def test_links_lead_to_files(readme: str):
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert [t for t in targets if not (ROOT / t).exists()] == []


@pytest.mark.parametrize("page", [*READMES, "docs/stores.md"])
def test_python_of_a_page_runs(page: str, graph):
    text = (ROOT / page).read_text(encoding="utf-8")
    [block] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(block.replace('"kg-workspace"', repr(str(graph.folder))), {})  # noqa: S102  # our own README


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda p: p.name)
def test_an_example_runs(script: Path, tmp_path: Path):
    run = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout


def test_the_notebook_runs():
    notebook = json.loads((ROOT / "examples" / "04_walk_through.ipynb").read_text(encoding="utf-8"))
    scope: dict = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)  # noqa: S102  # our own notebook
    assert len(scope["graph"].ask("withheld-figures")) == 6


def queries_of(page: str) -> list[str]:
    return re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_query_of_the_page_on_models_counts_the_rules_statements(graph):
    [sparql] = queries_of("models.md")
    assert 1 in set(graph.query(sparql)["sure"]) <= {1, 0.9, 0.7}  # stated, read from a name, from whose report it is


def test_the_query_of_the_model_page_finds_withheld_figures(graph):
    assert len(graph.query(queries_of("ontology.md")[0])) == 6


def test_the_query_of_the_model_page_finds_what_the_context_tells(graph):
    found = graph.query(queries_of("ontology.md")[1])
    assert ("华为青浦研发中心", "ino:operatedBy", "华为") in {(row.what, row.edge, row.whole) for row in found.itertuples()}


def test_the_example_is_in_our_own_words(real_report: Path, example: Path):
    """No stretch of 24 characters of the real report stands in the example."""
    real = re.sub(r"\s", "", real_report.read_text(encoding="utf-8"))
    grams = {real[i : i + 24] for i in range(len(real) - 23)}
    for path in example.iterdir():
        ours = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
        assert not [ours[i : i + 24] for i in range(len(ours) - 23) if ours[i : i + 24] in grams], path.name


@pytest.mark.slow
def test_a_page_of_all_terms_is_made_from_the_ontology(tmp_path: Path):
    page = tmp_path / "ontology.html"
    pylode = Path(sys.executable).with_name("pylode")
    subprocess.run([pylode, ROOT / "ontology" / "innovation.ttl", "--outputfile", page], cwd=tmp_path, check=True, capture_output=True)
    text = page.read_text(encoding="utf-8")
    assert "Observation" in text
    assert "被遮蔽" in text or "企业" in text
