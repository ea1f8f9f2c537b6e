"""What no sentence states stands apart: in graphs of its own, less sure, with the passages that give it."""

from decimal import Decimal

from rdflib import URIRef

from kg import vocab
from kg.model import Document, Entity, Facts, Relation, Span
from kg.resolve import Resolver
from kg.store.quads import quads_of
from kg.vocab import concept, ino, term, thing

TEXT = "云湖高新区2022年工作总结\n远图新材项目开工。远图项目由远图集团投资。"
TITLE, FIRST, SECOND = Span(0, 14), Span(15, 23), Span(24, 37)
THINGS = (
    Entity("云湖高新区", "Park", (Span(0, 5),)),
    Entity("远图新材项目", "Project", (Span(15, 21),)),
    Entity("远图集团", "Enterprise", (Span(30, 34),)),
)


def facts(*edges: Relation) -> Facts:
    return Facts(Document("report", "report.txt", "text/plain", TEXT, "0" * 64), (TITLE, FIRST, SECOND), THINGS, relations=edges)


def graphs(predicate: str, told: Facts) -> set[URIRef]:
    return {graph for _, said, _, graph in quads_of(told, Resolver(), "1") if said == ino(predicate)}


def stated_of(graph: URIRef, told: Facts) -> set[tuple[object, object]]:
    return {(said, value) for subject, said, value, _ in quads_of(told, Resolver(), "1") if subject == graph}


IN_PARK = Relation("远图新材项目", "locatedIn", "云湖高新区", FIRST, "report", (TITLE,))
RUN_BY = Relation("远图新材项目", "operatedBy", "远图集团", FIRST, "name")
INVESTED = Relation("远图集团", "invests", "远图新材项目", SECOND)


def test_what_is_read_from_the_context_does_not_stand_in_the_graph_of_the_sentence():
    told = facts(IN_PARK, RUN_BY, INVESTED)
    sentence = vocab.passage("report", 15, 23)
    assert graphs("locatedIn", told) == {URIRef(f"{sentence}&context=report")}
    assert graphs("operatedBy", told) == {URIRef(f"{sentence}&context=name")}
    assert graphs("invests", told) == {vocab.passage("report", 24, 37)}


def test_it_says_on_which_basis_and_from_which_passages_it_is_read():
    reading = URIRef(f"{vocab.passage('report', 15, 23)}&context=report")
    said = stated_of(reading, facts(IN_PARK))
    assert (ino("basis"), concept("by-report")) in said
    assert {value for what, value in said if what == ino("readFrom")} == {vocab.passage("report", 15, 23), vocab.passage("report", 0, 14)}
    assert {value for what, value in said if what == term("rdf:type")} == {ino("ContextReading"), ino("Passage")}


def test_it_is_less_sure_than_what_a_sentence_states():
    told = facts(IN_PARK, RUN_BY, INVESTED)
    sure = {str(subject): value.value for subject, said, value, _ in quads_of(told, Resolver(), "1") if said == ino("confidence")}
    sentence = str(vocab.passage("report", 15, 23))
    assert sure[f"{sentence}&context=report"] == Decimal("0.7")
    assert sure[f"{sentence}&context=name"] == Decimal("0.9")
    assert sure[sentence] == Decimal(1)


def test_without_it_there_is_no_such_graph():
    assert not [quad for quad in quads_of(facts(INVESTED), Resolver(), "1") if quad[2] == ino("ContextReading")]


def test_the_things_themselves_stay_in_the_graphs_of_their_sentences():
    labels = {
        graph
        for subject, said, _, graph in quads_of(facts(IN_PARK), Resolver(), "1")
        if (subject, said) == (thing("云湖高新区"), term("rdfs:label"))
    }
    assert labels == {vocab.passage("report", 0, 14)}
