"""From reports to bounds: what `kg bounds` says of masked figures, and what stays in the graph."""

import json
from pathlib import Path

import pytest

import kg
from kg.workspace.workspace import Workspace
from tests.matrix.commands import kg as run

LAST = """东江区科委2022年上半年工作总结

1至6月，南岭高新区规模以上工业总产值312.4亿元，同比增长3.2%。
"""
THIS = """东江区科委2023年上半年工作总结

1至6月，南岭高新区规模以上工业总产值XX亿元，同比增长14.7%，利润总额XX亿元。
"""
YEAR = """东江区科委2023年工作总结

全区技术合同成交额120.3亿元，其中南岭高新区XX亿元，北屏科技园10.2亿元。
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name, text in (("2022h1", LAST), ("2023h1", THIS), ("2023", YEAR)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = kg.open(tmp_path / "workspace")
    assert {one.status for one in made.ingest(sorted(tmp_path.glob("*.txt")))} == {"added"}
    return made


def test_a_masked_figure_is_bounded_with_the_sentences_that_bound_it(workspace: Workspace):
    done = run("bounds", "南岭高新区", "--json", "-w", workspace.folder)
    assert done.status == 0, done.err
    found = json.loads(done.out)
    bounded = {(one["indicator"], one["period"]): one for one in found["bounded"]}
    output = bounded["规模以上工业总产值", "2023-01..2023-06"]
    # 312.35 × 1.1465 and 312.45 × 1.1475, rounded outward
    assert (output["at_least"], output["at_most"], output["unit"]) == (358.109, 358.537, "亿元")
    told = {one["document"]: one["sentence"] for premise in output["rests_on"] for one in premise["told"]}
    assert told == {"2022h1": LAST.splitlines()[2], "2023h1": THIS.splitlines()[2]}
    deals = bounded["技术合同成交额", "2023"]
    assert (deals["at_least"], deals["at_most"]) == (0, 110.2)  # 120.35 - 10.15
    assert [one["indicator"] for one in found["unbounded"]] == ["利润总额"]
    assert found["contradictions"] == []


def test_estimates_lie_beside_the_graph_and_lead_to_passages(workspace: Workspace):
    assert run("bounds", "-w", workspace.folder).status == 0
    rows = workspace.query(
        "SELECT ?low ?high ?words { GRAPH graph:estimated { ?e a ino:Estimate ; ino:estimateOf ?f ; ino:lower ?low ; ino:upper ?high ; "
        "prov:wasDerivedFrom ?p } ?f ino:indicator/skos:prefLabel '规模以上工业总产值'@zh . ?p nif:anchorOf ?words }"
    )
    assert set(rows["low"]) == {35810927500} and set(rows["high"]) == {35853637500}
    assert set(rows["words"]) == {LAST.splitlines()[2], THIS.splitlines()[2]}
    assert workspace.query("SELECT ?e { ?e a ino:Estimate }").empty  # none stands in the default graph
    assert workspace.query("SELECT ?v { ?f ino:disclosure inc:withheld ; ino:value|ino:lower|ino:upper ?v }").empty
    assert workspace.validate() == []


def test_estimates_are_replaced_and_go_with_what_they_rest_on(workspace: Workspace):
    count = "SELECT (COUNT(*) AS ?n) { GRAPH graph:estimated { ?s ?p ?o } }"
    assert run("bounds", "-w", workspace.folder).status == 0
    [before] = workspace.query(count)["n"]
    assert run("bounds", "-w", workspace.folder).status == 0
    assert list(workspace.query(count)["n"]) == [before]
    workspace.remove("2022h1")
    assert list(workspace.query(count)["n"]) == [0]
    done = run("bounds", "--format", "csv", "-w", workspace.folder)
    assert done.out.decode("utf-8-sig").count("规模以上工业总产值") == 0


def test_sentences_that_contradict_each_other_are_named(workspace: Workspace, tmp_path: Path):
    again = tmp_path / "again.txt"
    again.write_text(LAST.replace("312.4", "412.4"), encoding="utf-8")
    workspace.ingest([again])
    done = run("bounds", "--lang", "en", "-w", workspace.folder)
    assert "2 premises contradict each other" in done.err
    assert "312.4亿元" in done.err and "412.4亿元" in done.err
    assert "358.109" not in done.out.decode()


def test_what_cannot_be_asked_is_told_in_a_line(workspace: Workspace, tmp_path: Path):
    for words, said in (
        (("无此机构", "-w", workspace.folder), "Nothing in the graph is called"),
        (("--format", "yaml", "-w", workspace.folder), "--format is table, csv, json or parquet"),
        (("--lang", "fr", "-w", workspace.folder), "--lang is zh or en"),
        (("-w", tmp_path / "nothing"), "holds no graph"),
    ):
        done = run("bounds", *words)
        assert done.status in (1, 2) and said in done.err and done.out == b""
    assert not (tmp_path / "nothing").exists()


def test_the_answer_can_be_written_to_a_file(workspace: Workspace, tmp_path: Path):
    assert run("bounds", "--json", "-o", tmp_path / "out.json", "-w", workspace.folder).status == 0
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["bounded"]) == 2


def test_a_part_of_the_graph_is_bounded_by_itself_and_its_estimates_are_not_kept(workspace: Workspace):
    assert run("bounds", "-w", workspace.folder).status == 0
    kept = "SELECT (COUNT(*) AS ?n) { GRAPH graph:estimated { ?e a ino:Estimate } }"
    before = list(workspace.query(kept)["n"])
    done = run("bounds", "南岭高新区", "--json", "--period", "2023", "-w", workspace.folder)
    told = {(one["indicator"], one["period"]) for one in json.loads(done.out)["bounded"]}
    assert ("规模以上工业总产值", "2023-01..2023-06") not in told  # the year before is left out
    assert list(workspace.query(kept)["n"]) == before
