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
        (
            "id:m a ino:Milestone ; ino:planned false ; ino:concerns id:s ; ino:status inc:completed . "
            "id:n a ino:Milestone ; ino:planned true ; ino:concerns id:s ; ino:status inc:structure-topped-out . "
            "inc:completed skos:notation '12' . inc:structure-topped-out skos:notation '09'",
            "id:m ino:fulfils id:n",
        ),
        ("ino:Enterprise rdfs:subClassOf <http://www.w3.org/ns/org#Organization> . id:a a ino:Enterprise", "id:a a org:Organization"),
    ],
)
def test_what_follows(given: str, follows: str):
    store = inferred(given)
    assert holds(store, follows)
    assert holds(store, f"GRAPH graph:inferred {{ {follows} }}")


def test_a_plan_not_reached_is_not_fulfilled():
    store = inferred(
        "id:m a ino:Milestone ; ino:planned false ; ino:concerns id:s ; ino:status inc:started . "
        "id:n a ino:Milestone ; ino:planned true ; ino:concerns id:s ; ino:status inc:completed . "
        "inc:started skos:notation '05' . inc:completed skos:notation '12'"
    )
    assert not holds(store, "?m ino:fulfils ?n")


def test_what_followed_goes_with_what_it_followed_from():
    store = inferred("id:c a ino:Cooperation ; ino:participant id:a , id:b")
    store.dataset.update("DELETE WHERE { ?c <https://w3id.org/innovation-kg/ontology#participant> ?p }")
    derive(store)
    assert not holds(store, "?a ino:cooperatesWith ?b")
