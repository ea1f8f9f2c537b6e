"""What the pages tell of things whose statements another tool wrote."""

from pathlib import Path

import pytest

import kg
from kg.view.facts import facts_of

TURTLE = """@prefix id: <https://w3id.org/innovation-kg/id/> .
@prefix ino: <https://w3id.org/innovation-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:云舟 a ino:Enterprise ; rdfs:label "云舟"@zh .
"""


def told(folder: Path, statements: str) -> list[tuple[str, str]]:
    """Kind and text, in Chinese, of each fact of 云舟."""
    (folder / "other.ttl").write_text(TURTLE + statements, encoding="utf-8")
    workspace = kg.open(folder / "w")
    workspace.add_rdf(folder / "other.ttl")
    with workspace.reading() as store:
        return [(fact.label[0], fact.text[0]) for fact in facts_of(store, "id:云舟")]


def test_a_property_that_our_vocabulary_does_not_have_goes_by_its_name(tmp_path: Path):
    assert told(tmp_path, 'id:云舟 ino:motto "向前" .') == [("motto", "向前")]


@pytest.mark.parametrize(
    ("growth", "period", "said"),
    [
        ("0.5", '"2023-01-01"^^xsd:date ; ino:periodEnd "2023-12-31"^^xsd:date', "产值 同比+50%；2023年"),
        ('"很快"', '"2023-13-45"^^xsd:date ; ino:periodEnd "2023-00-00"^^xsd:date', "产值 同比很快；2023-13-45 – 2023-00-00"),
        ('"INF"^^xsd:double', '"2023-01-01"^^xsd:date ; ino:periodEnd "9999-12-31"^^xsd:date', "产值 同比INF；2023-01-01 – 9999-12-31"),
    ],
)
def test_what_stands_for_a_number_or_a_day_is_shown_as_it_stands_there(tmp_path: Path, growth: str, period: str, said: str):
    figure = f'id:数 a ino:Observation ; ino:about id:云舟 ; ino:indicatorText "产值" ; ino:growth {growth} ; ino:periodStart {period} .'
    assert [text for _, text in told(tmp_path, figure)] == [said]


def test_events_that_are_part_of_each_other_are_told_once(tmp_path: Path):
    ring = "id:一 a ino:Milestone ; ino:participant id:云舟 ; ino:concerns id:二 . id:二 a ino:Milestone ; ino:concerns id:一 , id:二 ."
    assert len(told(tmp_path, ring)) == 1
