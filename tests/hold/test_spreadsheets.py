"""No text of a document becomes a formula, a command or a link where a table, a workbook or a page is opened."""

import csv
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kg.printed import defused
from kg.show.serialization import as_bytes
from kg.workspace.workspace import Workspace
from tests.matrix.commands import kg

SIGNS = "=+-@|＝＋－＠｜﹦﹢﹣﹫"
BEFORE = ["", "\0", "\n", "\r", "\t", " ", "\x01", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200e", "\u202e",
          "\u2028", "\u2060", "\u3000",
          "\u3164", "\ufe0f", "\ufeff", "\U000e0020", " \n\0\u3000\ufeff "]  # fmt: skip
COMMAND = "cmd|' /C calc'!A0"


def cell(text: str) -> str:
    """A cell as it stands in our CSV, read by a reader of others."""
    data = as_bytes(pd.DataFrame({"x": [text]}), "csv")
    assert b"\0" not in data
    [_, [found]] = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return found


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE, ids=[ascii(one) for one in BEFORE])
def test_what_begins_a_formula_behind_anything_that_is_not_seen_is_text(before: str, sign: str):
    assert defused(f"{before}{sign}{COMMAND}") == "'" + f"{before}{sign}{COMMAND}".replace("\0", "")


@pytest.mark.parametrize("text", ["\t数", "\r数"])
def test_a_cell_that_begins_with_a_tab_or_an_end_of_line_is_text(text: str):
    assert defused(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", " ", "云舟科技", "3.5", "a=b", "1-6月", "50%+", "'x", '"=1"', "<=", "“=”", "\n数", " 数", "\ufeff数", "👩‍🔬"]
)
def test_other_text_is_left_as_it_is(text: str):
    assert defused(text) == text


@given(st.text())
def test_behind_what_is_not_seen_no_text_begins_with_a_sign(text: str):
    made = defused(text)
    seen = made.lstrip("".join({char for char in made if unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp")}))
    assert not seen.startswith(tuple(SIGNS))
    assert made.removeprefix("'") == text.replace("\0", "").removeprefix("'")


@given(st.text(alphabet=st.sampled_from([*SIGNS, "\0", "\n", "\r", '"', ",", ";", "'", " ", "\t", "x", "\u2028", "\x0b"]), max_size=8))
def test_a_cell_with_ends_of_line_quotes_and_commas_stays_one_cell(text: str):
    assert cell(text) == defused(text)


def test_numbers_stay_numbers():
    table = pd.DataFrame({"x": [-3.5, 2.0], "y": [-2, 7], "z": [None, -1.5]}, dtype=object)
    assert as_bytes(table, "csv").decode("utf-8-sig") == "x,y,z\r\n-3.5,-2,\r\n2.0,7,-1.5\r\n"


def test_a_header_is_text_too():
    assert as_bytes(pd.DataFrame({"=1+1": [1]}), "csv").decode("utf-8-sig") == "'=1+1\r\n1\r\n"


HOSTILE = ("=HYPERLINK(\"http://127.0.0.1/\",\"x\")", "\\n=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://127.0.0.1/x", "file:///etc/passwd",
           "javascript:alert(1)", "internal:Sheet1!A1", "mailto:x@y", "\\u0000=1", "\\u3000＝1+1")  # fmt: skip
IRIS = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "\\\\u0022onmouseover=alert(1)",
    "ms-excel:ofe|u|http://127.0.0.1/x",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph whose names, sentences and addresses would all like to be something else."""
    folder = tmp_path_factory.mktemp("sheets")
    prefixes = """@prefix ino: <https://w3id.org/innovation-kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> ."""
    things = [(f"https://w3id.org/innovation-kg/id/h{n}", name.replace('"', '\\"')) for n, name in enumerate(HOSTILE)]
    things += [(iri, f"地址{n}") for n, iri in enumerate(IRIS) if "u0022" not in iri]
    lines = [
        f'<{iri}> a ino:Enterprise ; rdfs:label "{name}"@zh ; ino:cooperatesWith <{things[n - 1][0]}> .'
        for n, (iri, name) in enumerate(things)
    ]
    said = f'<https://w3id.org/innovation-kg/doc/x#import> nif:anchorOf "{things[0][1]}" .'
    (folder / "x.ttl").write_text("\n".join([prefixes, *lines, said]), encoding="utf-8")
    Workspace(folder / "w").add_rdf(folder / "x.ttl")
    return folder / "w"


@pytest.mark.parametrize(
    "words",
    [("query", "SELECT ?l ?s { ?s rdfs:label ?l }"), ("rank", "--projection", "cooperation"), ("clusters",), ("recommend", "@SUM(A1)")],
)
def test_csv_of_every_command_holds_no_formula(workspace: Path, words: tuple[str, ...]):
    done = kg(*words, "--format", "csv", "-w", workspace)
    table = pd.read_csv(io.BytesIO(done.out), dtype=str, keep_default_na=False)
    assert any("SUM(A1)" in text or "HYPERLINK" in text for column in table for text in table[column]), done.out
    for text in (text for column in table for text in table[column]):
        assert not re.match(r"[\s\ufeff]*[=+@|＝＋＠]|[\s\ufeff]*[-－]\D", text), text


def test_a_workbook_holds_text_without_formulas_and_links(workspace: Path, tmp_path: Path):
    assert kg("report", "-o", tmp_path / "r.xlsx", "-w", workspace).status == 0
    book = load_workbook(tmp_path / "r.xlsx")
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row if one.value is not None]
    assert any("HYPERLINK(" in str(one.value) for one in cells)
    assert [one.coordinate for one in cells if one.data_type == "f" or one.hyperlink] == []
    assert "TargetMode" not in parts(tmp_path / "r.xlsx", "xl/worksheets/_rels")


def test_a_word_document_links_to_nothing_outside_it(workspace: Path, tmp_path: Path):
    assert kg("report", "-o", tmp_path / "r.docx", "-w", workspace).status == 0
    assert "HYPERLINK" in parts(tmp_path / "r.docx", "word/document.xml")
    assert "External" not in parts(tmp_path / "r.docx", "word/_rels")
    ours = r"<w:instrText[^>]*>\s*(?:PAGE|NUMPAGES|(?:PAGE)?REF \w+ \\h|SEQ \w+[^<]*)\s*</w:instrText>"
    assert "w:instrText" not in re.sub(ours, "", parts(tmp_path / "r.docx", "word/"))


def parts(path: Path, folder: str) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist() if name.startswith(folder))


@pytest.mark.parametrize("words", [("report",), ("view",)])
def test_a_page_links_to_no_address_of_the_graph(workspace: Path, tmp_path: Path, words: tuple[str, ...]):
    assert kg(*words, "-o", tmp_path / "p.html", "-w", workspace).status == 0
    links = re.findall(
        r"""(?:href|src|action)\s*=\s*["']?([^"'\s>]+)""", (tmp_path / "p.html").read_text(encoding="utf-8").split("<script")[0]
    )
    assert [link for link in links if not link.startswith(("#", "data:image/", "data:,"))] == []


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_networks_for_other_programs_are_read_back(workspace: Path, tmp_path: Path, ending: str):
    assert kg("export", "--format", ending, "-o", tmp_path / f"n.{ending}", "-w", workspace).status == 0
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[ending]
    assert any("HYPERLINK" in str(data.get("label")) for _, data in read(tmp_path / f"n.{ending}").nodes(data=True))
