import pytest

from kg.reason import derive
from kg.store import EmbeddedStore


def inferred(turtle: str) -> EmbeddedStore:
    store = EmbeddedStore()
    prefixes = "PREFIX ino: <https://w3id.org/innovation-kg/ontology#> PREFIX inc: <https://w3id.org/innovation-kg/concept/> "
    prefixes += "PREFIX id: <https://w3id.org/innovation-kg/id/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    prefixes += "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    store.dataset.update(f"{prefixes} INSERT DATA {{ {turtle} }}")
    derive(store)
    return store


def holds(store: EmbeddedStore, pattern: str) -> bool:
    return store.table(f"ASK {{ {pattern} }}").rows == [[True]]


@pytest.mark.parametrize(
    ("given", "follows"),
    [
        ("id:c a ino:Cooperation ; ino:participant id:a , id:b", "id:b ino:cooperatesWith id:a"),
        ("id:a ino:partOf id:b . id:b ino:partOf id:c . id:c ino:partOf id:d", "id:a ino:partOf id:d"),
        ("id:a ino:locatedIn id:park . id:park ino:locatedIn id:town", "id:a ino:locatedIn id:town"),
        ("id:part ino:partOf id:site . id:site ino:locatedIn id:town", "id:part ino:locatedIn id:town"),
        ("id:g a ino:AwardGrant ; ino:concerns id:prize ; ino:participant id:a ; ino:planned false", "id:a ino:receivesAward id:prize"),
        ("ino:Enterprise rdfs:subClassOf <http://www.w3.org/ns/org#Organization> . id:a a ino:Enterprise", "id:a a org:Organization"),
    ],
)
def test_what_follows(given: str, follows: str):
    store = inferred(given)
    assert holds(store, follows)
    assert holds(store, f"GRAPH graph:inferred {{ {follows} }}")


STAGES = (
    "inc:stages-of-building skos:member inc:started , inc:structure-topped-out , inc:completed . inc:started skos:notation '05' . "
    "inc:structure-topped-out skos:notation '12' . inc:completed skos:notation '15' . inc:suspended skos:notation '21' . "
)


def milestone(node: str, planned: bool, stage: str, until: str, part: str = "") -> str:
    """A milestone of one site as a report on the time until a day tells it."""
    said = f"id:{node} a ino:Milestone"
    day = f'"{until}"^^<http://www.w3.org/2001/XMLSchema#date>'
    told = f"{said} ; ino:planned {str(planned).lower()} ; ino:concerns id:site ; ino:status inc:{stage} . "
    told += f"id:{node} ino:part id:{part} . " if part else ""
    source = f"id:passage-{node} <http://www.w3.org/ns/prov#wasDerivedFrom> id:report-{node} . id:report-{node} ino:periodEnd {day} . "
    return f"{told}{source}GRAPH id:passage-{node} {{ {said} }} "


@pytest.mark.parametrize(
    ("planned", "reached", "fulfilled"),
    [
        (("structure-topped-out", "2023-06-30"), ("structure-topped-out", "2023-12-31"), True),
        (("structure-topped-out", "2023-06-30"), ("completed", "2023-12-31"), True),
        (("completed", "2023-06-30"), ("started", "2023-12-31"), False),
        (("completed", "2023-06-30"), ("suspended", "2023-12-31"), False),
        (("completed", "2023-06-30"), ("completed", "2023-06-30"), False),
        (("completed", "2023-06-30"), ("completed", "2022-12-31"), False),
        (("completed", "2023-06-30", "north"), ("completed", "2023-12-31", "north"), True),
        (("completed", "2023-06-30", "north"), ("completed", "2023-12-31", "south"), False),
        (("completed", "2023-06-30"), ("completed", "2023-12-31", "south"), False),
        (("completed", "2023-06-30", "north"), ("completed", "2023-12-31"), False),
    ],
)
def test_a_plan_is_fulfilled_by_what_a_later_report_tells_of_the_same_part(planned, reached, fulfilled: bool):
    store = inferred(f"{STAGES}{milestone('plan', True, *planned)}{milestone('done', False, *reached)}")
    assert holds(store, "id:done ino:fulfils id:plan") is fulfilled
    assert holds(store, "?a ino:fulfils ?b") is fulfilled


def test_what_followed_goes_with_what_it_followed_from():
    store = inferred("id:c a ino:Cooperation ; ino:participant id:a , id:b")
    store.dataset.update("DELETE WHERE { ?c <https://w3id.org/innovation-kg/ontology#participant> ?p }")
    derive(store)
    assert not holds(store, "?a ino:cooperatesWith ?b")
