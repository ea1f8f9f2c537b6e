"""CONTRIBUTING and the page on the architecture are true: the drawing shows the imports that there are, and what is named exists."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from itertools import permutations
from math import ceil
from pathlib import Path
from shutil import which

import grimp
import networkx as nx
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = sorted(f"docs/decisions/{path.name}" for path in (ROOT / "docs" / "decisions").glob("*.md"))
PAGES = ["CONTRIBUTING.md", "docs/architecture.md", *DECISIONS]
SCREEN, WIDE = 30, 120
"""Lines of a screen and characters of a line, at which a terminal wraps."""
GROUND = "base"
TWICE = {
    "awards",
    "bounds",
    "docx",
    "drafts",
    "features",
    "html",
    "identity",
    "indicators",
    "network",
    "over_time",
    "periods",
    "policies",
    "promises",
    "quantities",
    "review",
    "scope",
    "series",
    "stages",
    "xlsx",
}
"""Names that two modules or more still have: take a line out when one of them is called otherwise, put none in."""


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


class Drawing:
    """The Mermaid drawing: its layers from the ground up, its arrows with their types, what lies in its one box of several modules."""

    def __init__(self, text: str) -> None:
        self.layers: list[list[str]] = []
        self.arrows: dict[tuple[str, str], list[str]] = {}
        self.ground: list[str] = []
        [drawn] = re.findall(r"```mermaid\nflowchart TB\n(.*?)```", text, re.DOTALL)
        for line in map(str.strip, drawn.splitlines()):
            if line.startswith("subgraph "):
                self.layers.append([])
            elif found := re.fullmatch(r'(\w+) -->\|"(.+)"\| (\w+)', line):
                self.arrows[found[1], found[3]] = found[2].split(", ")
            elif found := re.fullmatch(r'(\w+)(?:\["(.+)"\])?', line):
                if found[2]:
                    self.ground = found[2].split(", ")
                if line != "end":
                    self.layers[-1].append(found[1])
            else:
                raise ValueError(f"A line of the drawing is not understood: {line}")

    def box(self, name: str) -> str:
        """The box in which a package of kg stands."""
        return GROUND if name in self.ground else name


@cache
def drawing() -> Drawing:
    return Drawing(text_of("docs/architecture.md"))


@cache
def packages() -> set[str]:
    return {name.removeprefix("kg.") for name in imports().find_children("kg")}


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("kg", exclude_type_checking_imports=True, cache_dir=None)


@cache
def imported() -> set[tuple[str, str]]:
    """Pairs of boxes: what is imported, who imports it."""
    pairs = permutations(sorted(packages()), 2)
    found = {(a, b) for a, b in pairs if imports().direct_import_exists(importer=f"kg.{b}", imported=f"kg.{a}", as_packages=True)}
    return {(drawing().box(a), drawing().box(b)) for a, b in found} - {(GROUND, GROUND)}


def test_every_package_stands_in_the_drawing_once():
    boxes = [name for layer in drawing().layers for name in layer if name != GROUND] + drawing().ground
    assert sorted(boxes) == sorted(packages())


def test_an_arrow_of_the_drawing_is_an_import():
    assert drawing().arrows.keys() - imported() == set()


def test_an_import_goes_along_the_arrows():
    ways = nx.DiGraph(list(drawing().arrows))
    assert nx.is_directed_acyclic_graph(ways)
    assert sorted((a, b) for a, b in imported() if not nx.has_path(ways, a, b)) == []


@cache
def trees(box: str) -> dict[str, ast.Module]:
    """The modules of a box of the drawing, by their dotted names."""
    found = {}
    for name in drawing().ground if box == GROUND else [box]:
        for file in [ROOT / "kg" / f"{name}.py", *(ROOT / "kg" / name).rglob("*.py")]:
            if file.exists():
                found[".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = ast.parse(file.read_bytes())
    return found


def types_in(part: ast.AST) -> set[str]:
    """All names in the annotations of what a function or class takes, holds and gives, and a class's own."""
    words = [getattr(node, where, None) for node in ast.walk(part) for where in ("annotation", "returns")]
    own = {part.name} if isinstance(part, ast.ClassDef) else set()
    return own | set(re.findall(r"\w+", " ".join(ast.unparse(one) for one in words if one)))


@cache
def imported_by(box: str) -> list[tuple[str | None, set[str], set[str]]]:
    """Each import of a box: of which module, which names, and what the importing module asks of anything by a dot."""
    found = []
    for tree in trees(box).values():
        nodes = list(ast.walk(tree))
        asked = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        found += [(node.module, {one.name for one in node.names}, asked) for node in nodes if isinstance(node, ast.ImportFrom)]
    return found


def borne(start: str, to: str) -> set[str]:
    """Types of what the modules of one box use of another: classes themselves, and what functions and classes take and give."""
    there, used = trees(start), []
    for module, names, asked in imported_by(to):
        used += [(there[whole], asked) for name in names if (whole := f"{module}.{name}") in there]
        used += [(tree, names) for tree in there.values() if module in there]
    parts = {part for tree, names in used for part in tree.body if getattr(part, "name", "") in names}
    return set().union(*map(types_in, parts))


@cache
def noted(box: str) -> set[str]:
    return set().union(*map(types_in, trees(box).values()))


@cache
def classes() -> set[str]:
    boxes = [GROUND, *(packages() - set(drawing().ground))]
    return {part.name for box in boxes for tree in trees(box).values() for part in tree.body if isinstance(part, ast.ClassDef)}


def test_a_type_on_an_arrow_goes_from_its_tail_to_its_head():
    """What is imported bears it, or it is a class of ours that one gives and the other takes, whoever calls both."""
    bare = [(one, type_) for one, types in drawing().arrows.items() for type_ in types if type_ not in borne(*one)]
    assert [((start, to), type_) for (start, to), type_ in bare if type_ not in classes() & noted(start) & noted(to)] == []


def test_a_word_on_an_arrow_that_is_no_type_there_is_told():
    assert "Resolver" in borne("resolve", "store")
    assert "DataFrame" in borne("query", "workspace")
    assert {"rows", "lines", "DataFrame", "Path"}.isdisjoint(borne("query", "analyse"))  # which asks for pairs of things alone


def test_the_layers_of_the_drawing_are_those_that_import_linter_checks():
    contract = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    checked = [{name.strip().removeprefix("kg.") for name in re.split("[|:]", layer)} for layer in contract["layers"]]
    drawn = [set(drawing().ground) if layer == [GROUND] else set(layer) for layer in drawing().layers]
    assert drawn == checked[::-1]


def called_alike(folder: Path) -> set[str]:
    """Names that two modules of a folder and those beneath have."""
    names = Counter(path.stem for path in folder.rglob("*.py") if path.name != "__init__.py")
    return {name for name, count in names.items() if count > 1}


def test_no_more_modules_are_called_alike_than_were():
    found = called_alike(ROOT / "kg")
    assert sorted(found - TWICE) == [], "a module of kg/ has this name already"
    assert sorted(TWICE - found) == [], "only one module has this name now: take it out of TWICE"


def test_a_name_that_two_modules_have_is_told(tmp_path: Path):
    for name in ("report/tables.py", "show/tables.py", "show/words.py", "report/__init__.py", "show/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert called_alike(tmp_path) == {"tables"}


def test_contributing_has_a_place_for_every_package_on_one_screen():
    rows = [line for line in text_of("CONTRIBUTING.md").splitlines() if line.startswith("| ")]
    assert sum(ceil(len(row) / WIDE) for row in rows) <= SCREEN
    told = {name for row in rows for name in re.findall(r"`kg/(\w+)", row)}
    assert told == packages()


def missing_in(text: str) -> list[str]:
    """Files that a page names in code and that are not there: by path, or by name alone, in the folder that its line named last."""
    missing = []
    for line in text.splitlines():
        folder = None
        for name in re.findall(r"`([\w.-]+(?:/[\w.*-]+)*/?)`", line):
            if "/" in name and name != "../shared":
                missing += [] if (ROOT / name).exists() else [name]
                folder = ROOT / name if name.endswith("/") else (ROOT / name).parent
            elif re.search(r"\.(py|js|ts|css|csv|toml|html|docx|mjs|md|yaml)$", name) and not (ROOT / name).exists():
                anywhere = [path for place in ("kg", "web/src", "tests", "data", "docs") for path in (ROOT / place).rglob(name)]
                missing += [] if ((folder / name).exists() if folder else anywhere) else [name]
    return missing


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_exists(page: str):
    assert missing_in(text_of(page)) == []


def test_a_file_that_is_not_there_is_found_out():
    page = "| `kg/store/` | `quads.py`, `pool.py` |\nSee `kg/nowhere/`, `kg/serve/pool.py`, `lookups.py` and `lookup.py`.\n"
    assert missing_in(page) == ["pool.py", "kg/nowhere/", "lookups.py"]
    assert missing_in("| `kg/workspace/` | `workspace.py`, `batch.py`; `kg/workspace/ingest/`: `batch.py` |") == ["batch.py"]
    assert missing_in("`nowhere.py` and `batch.py`, found by name alone") == ["nowhere.py"]


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_file(page: str):
    targets = re.findall(r"\]\((?!http)([^)#]+)", text_of(page))
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_page_leads_to_every_decision():
    assert re.findall(r"\]\((decisions/[^)]+)\)", text_of("docs/architecture.md")) == [path.removeprefix("docs/") for path in DECISIONS]


@pytest.mark.parametrize("page", DECISIONS)
def test_a_decision_says_what_was_in_question_what_was_decided_and_what_comes_of_it(page: str):
    assert re.findall(r"^## (.+)$", text_of(page), re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert "Held by `tests/" in text_of(page)


@pytest.mark.skipif(not which("make"), reason="needs make")
def test_make_help_tells_of_every_target():
    [phony] = re.findall(r"^\.PHONY: (.+)$", text_of("Makefile"), re.MULTILINE)
    asked = ["make", "--no-print-directory", "help"]  # it names its folder where another make has called the tests
    lines = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(phony.split())
    assert all(len(line.split()) > 2 for line in lines)


def test_a_commit_is_held_to_what_lint_checks():
    [recipe] = re.findall(r"^lint:.*\n((?:\t.*\n)+)", text_of("Makefile"), re.MULTILINE)
    [repo] = yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local"  # nothing is fetched
    assert [hook["entry"] for hook in repo["hooks"]] == [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]


def test_the_hooks_are_such_as_pre_commit_takes():
    command = [sys.executable, "-m", "pre_commit", "validate-config", ROOT / ".pre-commit-config.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
