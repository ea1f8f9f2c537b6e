"""Nothing that a document, a name or a graph holds is obeyed by the terminal on which a command prints it."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg as product
from kg.printed import printable
from kg.store import EmbeddedStore
from kg.workspace.workspace import Workspace
from tests.matrix.commands import COMMANDS, Command, kg
from tests.servers import BIN

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0001]")
CALLS = (
    "\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://127.0.0.1/\x1b\\", "\x1bc", "\x9b2J", "\x9d52;c;eA==\x9c", "\x90q\x9c", "\x08" * 9,
    "\rkg: done", "\x7f", "\x0c", "\x0e", "\u202e", "\u2066", "\u200f", "\u2028", "\u2029", "\x85", "\U000e0001",
)  # fmt: skip
HOSTILE = "".join(CALLS)
ESCAPED = "".join(f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}" for char in HOSTILE)
GRAPH = f"""
@prefix ino: <https://w3id.org/innovation-kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/innovation-kg/id/> . @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
id:甲 a ino:Enterprise ; rdfs:label "甲{ESCAPED}"@zh ; ino:cooperatesWith id:乙 , id:丙 ; ino:develops id:丁 .
id:乙 a ino:Enterprise ; rdfs:label "乙{ESCAPED}"@zh ; ino:cooperatesWith id:甲 , id:丙 ;
  ino:indicatorText "{ESCAPED}" ; ino:develops id:丁 .
id:丙 a ino:Park ; rdfs:label "丙{ESCAPED}"@zh . id:丁 a ino:Technology ; rdfs:label "丁{ESCAPED}"@zh .
id:数 a ino:Observation ; ino:indicatorText "{ESCAPED}" ; ino:disclosure "{ESCAPED}" ; ino:planned "{ESCAPED}" ;
  ino:value "{ESCAPED}" ; ino:about id:甲 .
<https://w3id.org/innovation-kg/doc/x#import> nif:anchorOf "{ESCAPED}" .
"""
PRINTING = [command for command in COMMANDS if "{out}" not in command.line and "csv" not in command.line]


def named(command: Command) -> str:
    return str(command)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "x.ttl").write_text(GRAPH, encoding="utf-8")
    Workspace(folder / "w").add_rdf(folder / "x.ttl")
    return folder / "w"


@pytest.mark.parametrize("command", PRINTING, ids=named)
def test_no_command_prints_what_a_terminal_obeys(workspace: Path, tmp_path: Path, command: Command):
    done = kg(*command.words(tmp_path / "out", "甲"), "-w", workspace)
    assert not OBEYED.search(done.out.decode())
    assert not OBEYED.search(done.err)
    if "--json" in command.line and done.status == 0:
        json.loads(done.out)


def test_a_hostile_label_is_shown_with_its_signs_spelt_out_and_json_keeps_it(workspace: Path):
    asked = ["query", "SELECT ?l { id:乙 rdfs:label ?l }", "-w", workspace]
    assert "乙\\u001b[31m\\u001b]0;title\\u0007" in kg(*asked).out.decode().replace("\n", "")
    assert json.loads(kg(*asked, "--json").out) == [{"l": "乙" + HOSTILE}]


@pytest.mark.parametrize(
    "words",
    [
        ["query", HOSTILE],
        ["query", "--name", HOSTILE],
        ["query", "--format", HOSTILE, "ASK {}"],
        ["query", "--file", f"/{HOSTILE}".replace("\0", "")],
        ["query", f"--{HOSTILE}"],
        [HOSTILE],
        ["rank", "--top", HOSTILE],
        ["rank", "--by", HOSTILE],
        ["rank", "--projection", HOSTILE],
        ["recommend", HOSTILE],
        ["whatif", "--remove", HOSTILE],
        ["export", "--format", HOSTILE, "-o", "x"],
        ["documents", "-w", f"/none/{HOSTILE}"],
        ["remove", HOSTILE],
        ["ingest", f"/none/{HOSTILE}"],
        ["import", f"/none/{HOSTILE}.ttl"],
        ["restore", f"/none/{HOSTILE}"],
        ["report", "-o", f"/none/{HOSTILE}/x.html"],
        ["evaluate", f"/none/{HOSTILE}", "x"],
        ["extract", f"/none/{HOSTILE}.txt"],
    ],
    ids=lambda words: printable(" ".join(words))[:20],
)
def test_no_error_prints_what_a_terminal_obeys(workspace: Path, words: list[str]):
    done = kg(*words, *([] if "-w" in words or words[0] in ("extract", "evaluate", HOSTILE) else ["-w", workspace]))
    assert done.status in (1, 2)
    assert not OBEYED.search(done.err + done.out.decode())


def test_a_document_and_its_name_are_printed_without_it(tmp_path: Path):
    path = tmp_path / ("报告\x1b[31m\n假的一行\u202e[red].txt")
    path.write_text(
        "临河区科技局2023年工作总结\n推动云舟\x1b[31m科技\u202e与蓝石\x9b2J仪器对接技术合作。累计引进企业41家。\n", encoding="utf-8"
    )
    (bad := tmp_path / "坏\x1b[31m.docx").write_bytes(b"\x1b[31mno word")
    for words in (
        ["extract", path],
        ["extract", path, "--json"],
        ["ingest", path, bad, "-w", tmp_path / "w"],
        ["documents", "-w", tmp_path / "w"],
    ):
        done = kg(*words)
        assert not OBEYED.search(done.out.decode() + done.err)
        assert "假的一行" not in done.out.decode().splitlines()


def test_on_a_terminal_csv_is_spelt_out_too_and_in_a_file_it_is_kept(workspace: Path, tmp_path: Path):
    asked = ["query", "SELECT ?l { id:乙 rdfs:label ?l }", "--format", "csv", "-w", str(workspace)]
    assert kg(*asked, "-o", tmp_path / "x.csv").status == 0
    assert HOSTILE.replace("\r", "\n") in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    if sys.platform == "win32":
        return
    import pty

    ours, theirs = pty.openpty()
    run = subprocess.Popen([BIN / "kg", *asked], stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert run.wait() == 0
    assert not OBEYED.search(said.decode().replace("\r\n", "\n"))
    assert "\\u001b[31m" in said.decode()


@given(st.text())
def test_any_text_is_printed_without_it_and_json_of_it_stays_what_it_says(text: str):
    assert not OBEYED.search(printable(text))
    assert json.loads(printable(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.parametrize("char", ["\t", "\n", "云", "🏭", "\u200d", "é", "\u3000", "'", '"', "\\", "[red]"])
def test_what_no_terminal_obeys_is_printed_as_it_is(char: str):
    assert printable(char) == char


def test_commands_print_in_one_way_only():
    folder = Path(product.__file__).parent
    for path in [*(folder / "cli").glob("*.py"), *folder.glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert called not in ("print", "typer.secho") and (called != "typer.echo" or path.name == "options.py"), (path, called)


def test_the_store_itself_keeps_every_sign(workspace: Path):
    with Workspace(workspace).reading() as store:
        assert isinstance(store, EmbeddedStore)
        assert store.table("SELECT ?l { id:乙 rdfs:label ?l }").rows == [["乙" + HOSTILE]]
