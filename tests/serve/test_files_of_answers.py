"""Answers as files: a workbook or Parquet, where the client names one of them; one line where it cannot be."""

import datetime as dt
import io
import sys

import httpx
import openpyxl
import pandas as pd
import pytest

from kg.errors import ExtraMissingError, UsageError
from kg.show import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
ROWS = """SELECT ?thing ?name ?n ?day ?none {
  VALUES (?thing ?name ?n ?day) { (id:海思 "=cmd()" 3 "2023-06-30"^^xsd:date) (<urn:x> "@x" 2.5 "1066-10-14"^^xsd:date) } }"""


def sheet_of(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]


def test_rows_come_as_a_workbook_with_numbers_days_and_text(client: httpx.Client):
    answer = client.get("/sparql", params={"query": ROWS}, headers={"Accept": XLSX})
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert sheet_of(answer.content) == [
        ["thing", "name", "n", "day", "none"],
        ["id:海思", "=cmd()", 3, dt.datetime(2023, 6, 30), None],
        ["urn:x", "@x", 2.5, "1066-10-14", None],
    ]
    cells = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cells.cell(row, 2).data_type for row in (2, 3)] == ["s", "s"]


def test_rows_come_as_parquet(client: httpx.Client):
    answer = client.get("/sparql", params={"query": ROWS}, headers={"Accept": PARQUET})
    table = pd.read_parquet(io.BytesIO(answer.content))
    assert table["name"].tolist() == ["=cmd()", "@x"] and table["day"].tolist() == [dt.date(2023, 6, 30), dt.date(1066, 10, 14)]


@pytest.mark.parametrize("kind", [XLSX, PARQUET])
def test_yes_or_no_is_a_table_of_one_cell_and_a_graph_is_no_table(client: httpx.Client, kind: str):
    read = {XLSX: lambda content: sheet_of(content)[1][0], PARQUET: lambda content: pd.read_parquet(io.BytesIO(content))["answer"][0]}[kind]
    assert read(client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": kind}).content)
    graph = client.get("/sparql", params={"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1"}, headers={"Accept": kind})
    assert (graph.status_code, graph.text) == (406, "None of the media types in Accept can hold this answer.\n")


@pytest.mark.parametrize("accept", ["*/*", "application/*", f"{XLSX};q=0.5, application/sparql-results+json"])
def test_who_names_no_file_gets_results_as_ever(client: httpx.Client, accept: str):
    answer = client.get("/sparql", params={"query": "SELECT ?p ?o { id:海思 ?p ?o }"}, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_a_lookup_is_a_workbook_too_and_comes_from_a_worker(client: httpx.Client):
    lookup = "SELECT ?p ?o { id:海思 ?p ?o }"
    plain = client.get("/sparql", params={"query": lookup}).json()["results"]["bindings"]
    assert len(sheet_of(client.get("/sparql", params={"query": lookup}, headers={"Accept": XLSX}).content)) == 1 + len(plain)


def test_the_same_rows_are_the_same_bytes():
    assert workbook.as_xlsx(["a"], [["甲"], [True]]) == workbook.as_xlsx(["a"], [["甲"], [True]])


def test_what_excel_has_no_number_for_stays_text():
    [_, *rows] = sheet_of(workbook.as_xlsx(["n"], [[2**60], [float("inf")], [dt.datetime(2023, 1, 1, tzinfo=dt.UTC)], ["a\x0bb"]]))
    assert rows == [["1152921504606846976"], ["inf"], ["2023-01-01 00:00:00+00:00"], ["ab"]]


def test_more_rows_than_a_sheet_has_is_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match=r"^A sheet has 1 rows, the answer 2\. Ask for less with LIMIT"):
        workbook.as_xlsx(["n"], [[1], [2]])


def test_a_part_that_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExtraMissingError, match=r"^XLSX needs xlsxwriter\. Run: pip install 'innovation-kg\[report\]'$"):
        workbook.as_xlsx(["n"], [[1]])
