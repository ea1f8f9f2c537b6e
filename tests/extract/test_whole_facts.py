"""Facts hang together: what an edge, an event's side or a field names is a thing that the document names too."""

from pathlib import Path

from kg.extract import extract
from kg.model import Cooperation, Document
from kg.resolve import Resolver
from kg.store import quads_of

TEXTS = sorted((Path(__file__).resolve().parents[1] / "corpus").rglob("*.txt"))
ROWS = """临川基地与省科学院签约共建转化中心,聚焦节能环保、数据产业、新能源、健康医疗和创新教育等领域,双方将开展合作。
双溪园以轮胎橡胶、未来健康、细胞和基因等产业为主导。
石渠县以永年标准件、曲周童车、平乡自行车等特色产业为主。
"""


def facts_of(text: str):
    return extract(Document("report", "report.txt", "text/plain", text, "0" * 64))


def test_ends_of_edges_and_fields_are_things():
    for text in (ROWS, *(path.read_text(encoding="utf-8") for path in TEXTS)):
        facts = facts_of(text)
        things = {name for entity in facts.entities for name in (entity.name, *entity.aliases)}
        told = {end for edge in facts.relations for end in (edge.subject, edge.object)}
        assert told | {field for event in facts.events if isinstance(event, Cooperation) for field in event.fields} <= things


def test_fields_of_a_cooperation_that_are_no_known_industries_can_be_stored():
    facts = facts_of(ROWS)
    assert quads_of(facts, Resolver(()), "1")


def test_a_row_of_fields_is_one_where_most_are_names_and_else_only_the_names_are():
    told = {(edge.subject, edge.object) for edge in facts_of(ROWS).relations if edge.predicate == "focusesOn"}
    assert {("临川基地", field) for field in ("节能环保", "数据产业", "新能源", "健康医疗")} <= told
    assert ("双溪园", "轮胎橡胶") in told
    assert not [field for _, field in told if field in ("以轮胎橡胶", "橡胶")]
