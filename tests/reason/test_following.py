"""What follows, kept up to date while documents come and go, is what a derivation from the start gives."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.paths import AlternativePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg import resources, vocab
from kg.errors import OntologyError
from kg.reason import Following, derive, is_current
from kg.reason.rule import read_rule
from kg.reason.rules import rules
from kg.store import EmbeddedStore, insertion

IDS = [vocab.thing(name) for name in "甲乙丙丁戊己"]
ino = vocab.ino
EDGES = ["locatedIn", "partOf", "participant", "concerns", "cooperatesWith", "receivesAward", "part", "fulfils"]
STATES, STAGES = [vocab.concept("started"), vocab.concept("completed")], vocab.concept("stages-of-building")
DERIVED, DAYS = vocab.term("prov:wasDerivedFrom"), [Literal(dt.date(2023, 6, 30)), Literal(dt.date(2023, 12, 31))]


def graph(number: int) -> URIRef:
    return vocab.passage("report", number * 10, number * 10 + 9)


thing = st.sampled_from(IDS)
statement = st.one_of(
    st.tuples(thing, st.sampled_from([ino(name) for name in EDGES]), thing),
    st.tuples(thing, st.just(RDF.type), st.sampled_from([ino(name) for name in ("Cooperation", "Milestone", "AwardGrant", "Park")])),
    st.tuples(thing, st.just(ino("planned")), st.sampled_from([Literal(True), Literal(False)])),
    st.tuples(thing, st.just(ino("status")), st.sampled_from(STATES)),
    st.tuples(st.sampled_from([ino("Park"), ino("Enterprise"), ino("Cooperation")]), st.just(RDFS.subClassOf), thing),
    st.tuples(thing, st.just(RDFS.label), st.sampled_from([Literal('一"座\n园'), Literal("园\u2028 .", lang="zh"), Literal("\\ . ")])),
    st.tuples(st.sampled_from(STATES), st.just(SKOS.notation), st.sampled_from([Literal("05"), Literal("12")])),
    st.tuples(st.just(STAGES), st.just(SKOS.member), st.sampled_from(STATES)),
    st.tuples(st.integers(0, 4).map(graph), st.just(DERIVED), thing),
    st.tuples(thing, st.just(ino("periodEnd")), st.sampled_from(DAYS)),
)
documents = st.lists(st.lists(statement, max_size=12), min_size=1, max_size=5)
"""Documents that come one after the other; which of them go again is told beside."""


def put(store: EmbeddedStore, number: int, statements: list[tuple]) -> None:
    store.apply([], insertion((*one, graph(number)) for one in statements))


def everything(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store.oxigraph}


@settings(max_examples=150, deadline=None)
@given(documents, st.sets(st.integers(0, 4)), st.data())
def test_what_follows_from_documents_that_come_and_go_is_what_follows_from_those_that_are_there(told, going, data):
    here, anew = EmbeddedStore(), EmbeddedStore()
    derive(here, "1")
    for number, statements in enumerate(told):
        follows = Following(here, "1")
        follows.begin()
        assert not is_current(here, "1")
        added = insertion((*one, graph(number)) for one in statements)
        here.apply([], added)
        follows.added(added)
        if number in going and number:
            gone = data.draw(st.integers(0, number))
            follows.outdated()
            here.apply([graph(gone), vocab.graph("inferred")], insertion([]))
        follows.finish()
        assert is_current(here, "1")
    kept = {str(quad.graph_name) for quad in here.oxigraph}
    for number, statements in enumerate(told):
        if f"<{graph(number)}>" in kept:
            put(anew, number, statements)
    derive(anew, "1")
    assert everything(here) == everything(anew)


milestones, reports = st.sampled_from(IDS[:3]), st.sampled_from(IDS[3:5])
told_of_building = st.one_of(
    st.tuples(milestones, st.just(ino("planned")), st.sampled_from([Literal(True), Literal(False)])),
    st.tuples(milestones, st.just(ino("status")), st.sampled_from(STATES)),
    st.tuples(milestones, st.just(ino("statusText")), st.sampled_from([Literal("开工"), Literal("加快施工")])),
    st.tuples(milestones, st.just(ino("part")), st.just(IDS[5])),
    st.tuples(reports, st.sampled_from([ino("periodEnd"), vocab.term("dct:issued")]), st.sampled_from(DAYS)),
    st.tuples(reports, st.just(vocab.term("dct:isReplacedBy")), reports),
    st.tuples(st.integers(0, 3).map(graph), st.just(DERIVED), reports),
)
BUILDING = [
    *((one, predicate, value) for one in IDS[:3] for predicate, value in [(RDF.type, ino("Milestone")), (ino("concerns"), IDS[5])]),
    *((state, SKOS.notation, Literal(order)) for state, order in zip(STATES, ("05", "12"), strict=True)),
    *((STAGES, SKOS.member, state) for state in STATES),
]
FIRST = [
    *((*one, graph(number)) for one in BUILDING for number in range(4)),
    *((*one, graph(0)) for one in [(IDS[1], ino("planned"), Literal(True)), (IDS[1], ino("status"), STATES[0])]),
    *((*one, graph(1)) for one in [(IDS[0], ino("planned"), Literal(False)), (IDS[0], ino("status"), STATES[1])]),
    *((graph(number), DERIVED, report, graph(number)) for number, report in enumerate(IDS[3:5])),
    (IDS[3], ino("periodEnd"), DAYS[0], graph(0)),
]
"""甲 may fulfil 乙, if the report that tells of it is known to be the later one."""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(told_of_building, min_size=1, max_size=3), min_size=1, max_size=4))
def test_promises_of_building_are_kept_or_not_as_if_all_reports_had_come_at_once(told):
    here, anew = EmbeddedStore(), EmbeddedStore()
    derive(here, "1")
    for number, statements in enumerate([[], *told]):
        follows = Following(here, "1")
        follows.begin()
        added = insertion([*(() if number else FIRST), *((*one, graph(number)) for one in statements)])
        here.apply([], added)
        anew.apply([], added)
        follows.added(added)
        follows.finish()
    derive(anew, "1")
    assert everything(here) == everything(anew)


few = st.sampled_from(IDS[:4])
dense = st.lists(
    st.lists(st.tuples(few, st.sampled_from([ino("locatedIn"), ino("partOf"), ino("fulfils")]), few), max_size=4), min_size=2, max_size=3
)
COOPERATION = [(IDS[4], RDF.type, ino("Cooperation")), (IDS[4], ino("participant"), IDS[0]), (IDS[4], ino("participant"), IDS[1])]


def rename(store: EmbeddedStore, old: URIRef, new: URIRef) -> None:
    """Another IRI in all graphs, as one request."""
    parts = [(f"{a} ?p ?o", f"{b} ?p ?o", f"?s ?p {a}", f"?s ?p {b}") for a, b in [(old.n3(), new.n3())]]
    for was, now, was_object, now_object in parts:
        pairs = [(was, now), (was_object, now_object)]
        wrapped = [(f"GRAPH ?g {{ {x} }}", f"GRAPH ?g {{ {y} }}") for x, y in pairs] + pairs
        store.change(" ; ".join(f"DELETE {{ {x} }} INSERT {{ {y} }} WHERE {{ {x} }}" for x, y in wrapped))


@settings(max_examples=150, deadline=None)
@given(dense, st.lists(st.permutations(IDS[:4]).map(lambda order: tuple(order[:2])), min_size=1, max_size=2))
@example([[*COOPERATION]], [(IDS[0], IDS[1])])
@example([[*COOPERATION], []], [(IDS[0], IDS[1])])
@example([[(IDS[0], ino("partOf"), IDS[1]), (IDS[2], ino("partOf"), IDS[3])], []], [(IDS[1], IDS[2])])
def test_what_follows_of_things_found_to_be_one_is_what_follows_had_they_been_one(told, merges):
    here, anew = EmbeddedStore(), EmbeddedStore()
    derive(here, "1")
    for number, statements in enumerate(told):
        follows = Following(here, "1")
        follows.begin()
        added = insertion((*one, graph(number)) for one in statements)
        here.apply([], added)
        follows.added(added)
        if number == len(told) - 1:
            for old, new in merges:
                rename(here, old, new)
                follows.renamed([new])
        follows.finish()
    for number, statements in enumerate(told):
        put(anew, number, statements)
    for old, new in merges:
        rename(anew, old, new)
    derive(anew, "1")
    assert everything(here) == everything(anew)


NAMES = {vocab.thing(f"{name}二"): vocab.thing(name) for name in "甲乙丙丁"}
"""Names of a later report, and the things that were found before to be called so."""


@settings(max_examples=150, deadline=None)
@given(dense, st.lists(st.tuples(st.sampled_from([*NAMES, *IDS[:4]]), st.sampled_from([ino("locatedIn"), ino("partOf")]), few), max_size=4))
@example([[(IDS[0], ino("partOf"), IDS[1])]], [(next(iter(NAMES)), ino("locatedIn"), IDS[2])])
def test_what_follows_of_names_known_to_be_other_things_is_what_follows_of_those(told, last):
    here, anew = EmbeddedStore(), EmbeddedStore()
    for number, statements in enumerate(told):
        put(here, number, statements)
        put(anew, number, statements)
    derive(here, "1")
    follows = Following(here, "1")
    follows.begin()
    added = insertion((*one, graph(9)) for one in last)
    here.apply([], added)
    follows.added(added)
    for old, new in NAMES.items():
        rename(here, old, new)
    follows.known_as(NAMES)
    follows.finish()
    put(anew, 9, [(NAMES.get(subject, subject), said, other) for subject, said, other in last])
    derive(anew, "1")
    assert everything(here) == everything(anew)


def test_a_statement_that_a_later_report_makes_is_no_longer_only_derived():
    store = EmbeddedStore()
    derive(store, "1")
    chain = [(IDS[0], ino("partOf"), IDS[1]), (IDS[1], ino("partOf"), IDS[2])]
    for number, said in enumerate([chain, [(IDS[0], ino("partOf"), IDS[2])]]):
        follows = Following(store, "1")
        follows.begin()
        added = insertion((*one, graph(number)) for one in said)
        store.apply([], added)
        follows.added(added)
        follows.finish()
        found = store.table("SELECT ?g { GRAPH ?g { id:甲 ino:partOf id:丙 } }").rows
        assert found == [["graph:inferred" if number == 0 else f"{graph(1)}"]]
    assert store.table("ASK { id:甲 ino:partOf id:丙 }").rows == [[True]]


def test_a_run_cut_off_after_a_document_came_is_not_current_and_keeps_nothing_that_no_longer_follows():
    store = EmbeddedStore()
    for number, milestone, is_planned, stage, day in ((0, IDS[0], False, STATES[1], DAYS[1]), (1, IDS[1], True, STATES[0], DAYS[0])):
        told = [(milestone, RDF.type, ino("Milestone")), (milestone, ino("planned"), Literal(is_planned)),
                (milestone, ino("concerns"), IDS[2]), (milestone, ino("status"), stage),
                (graph(number), DERIVED, IDS[4 + number]), (IDS[4 + number], ino("periodEnd"), day)]  # fmt: skip
        put(store, number, told)
    put(store, 2, [(STATES[1], SKOS.notation, Literal("12")), (STATES[0], SKOS.notation, Literal("05"))])
    put(store, 2, [(STAGES, SKOS.member, state) for state in STATES])
    derive(store, "1")
    assert store.table("ASK { id:甲 ino:fulfils id:乙 }").rows == [[True]]
    Following(store, "1").begin()
    put(store, 3, [(IDS[1], ino("part"), IDS[3])])
    assert not is_current(store, "1")
    assert store.table("ASK { id:甲 ino:fulfils id:乙 }").rows == [[False]]
    Following(store, "1").finish()
    assert is_current(store, "1")
    assert store.table("ASK { id:甲 ino:fulfils id:乙 }").rows == [[False]]


def triples_of(part) -> list[tuple]:
    """Triples of a plain group as rdflib reads it; None in it where there is anything else."""
    if part.name == "BGP":
        return list(part.triples)
    if part.name == "Join":
        return triples_of(part.p1) + triples_of(part.p2)
    if part.name in ("Filter", "Project"):
        return triples_of(part.p) + ([(None,)] if "EXISTS" in repr(part.get("expr")) else [])
    return [] if part.name in ("ToMultiSet", "values") else [(None,)]


@pytest.mark.parametrize("path", sorted((resources.ontology() / "rules").glob("*.rq")), ids=lambda path: path.stem)
def test_a_rule_is_read_as_rdflib_reads_it(path: Path):
    rule, algebra = read_rule(path), translateQuery(parseQuery(path.read_text(encoding="utf-8")), initNs=vocab.PREFIXES).algebra
    found = triples_of(algebra.p)
    if (None,) in found:
        assert rule.patterns is None
        return
    expected = set()
    for subject, predicate, value in found:
        names = tuple("" if isinstance(node, URIRef | Literal) else f"?{node}" for node in (subject, value))
        predicates = predicate.args if isinstance(predicate, AlternativePath) else [predicate]
        expected.add((*names, frozenset(map(str, predicates)), value.n3() if isinstance(value, URIRef) else ""))
    assert {(one.subject, one.thing, one.predicates, one.kind) for one in rule.patterns or ()} == expected


@pytest.mark.parametrize(
    ("where", "plain"),
    [
        ("?a ino:partOf ?b", True),
        ("?a a ino:Park ; ino:partOf ?b , ?c .", True),
        ("?a ino:label '园'@zh , 'x' ; ino:planned true", True),
        ("?a ino:partOf ?b FILTER NOT EXISTS { ?b ino:partOf ?a }", False),
        ("?a ino:partOf ?b FILTER (!EXISTS { ?b ino:partOf ?a })", False),
        ("?a ino:partOf+ ?b", False),
        ("?a ino:partOf/ino:locatedIn ?b", False),
        ("?a ino:partOf ?a", False),
        ("?a ?p ?b", False),
        ("{ ?a ino:partOf ?b } UNION { ?b ino:partOf ?a }", False),
        ("?a ino:partOf ?b OPTIONAL { ?b ino:locatedIn ?c }", False),
        ("?a ino:value 1.5 ; ino:partOf ?b", False),
        ("?a ino:value '1'^^xsd:decimal ; ino:partOf ?b", False),
        ("?a ino:partOf [ ino:partOf ?b ]", False),
        ("?a ino:partOf", False),
    ],
)
def test_only_plain_groups_are_taken_for_plain(tmp_path: Path, where: str, plain: bool):
    path = tmp_path / "rule.rq"
    path.write_text(f"# a rule\nCONSTRUCT {{ ?a ino:partOf ?b }}\nWHERE {{\n  {where}\n}}\n", encoding="utf-8")
    assert (read_rule(path).patterns is not None) == plain


@pytest.mark.parametrize(
    ("where", "touched"),
    [
        ("?a ino:partOf ?b OPTIONAL { ?b ino:locatedIn ?c }", ["?a", "?b"]),
        ("?a ino:partOf ?b FILTER NOT EXISTS { ?c ino:locatedIn ?b }", ["?a", "?b"]),
        ("?a ino:partOf ?b FILTER (?a != ?b && (EXISTS { ino:Park ino:part ?a } || ?a = ?b))", ["?a", "?a"]),
        ("?a ino:partOf ?b GRAPH ?g { ?c ino:part ?b }", ["?a", "?c"]),
        ("?a ino:partOf ?b OPTIONAL { ?c ino:part ?d }", None),
        ("?a ino:partOf ?b MINUS { ?b ino:partOf ?a }", None),
        ("?a ino:partOf ?b OPTIONAL { { SELECT ?c { ?b ino:locatedIn ?c } } }", None),
        ("?a ino:partOf+ ?b OPTIONAL { ?b ino:locatedIn ?c }", None),
    ],
)
def test_which_things_a_rule_is_asked_about_again(tmp_path: Path, where: str, touched: list[str] | None):
    path = tmp_path / "rule.rq"
    path.write_text(f"CONSTRUCT {{ ?a ino:partOf ?b }} WHERE {{ {where} }}", encoding="utf-8")
    found = read_rule(path).touched
    assert (None if found is None else [one.variables[0] for one in found]) == touched


@pytest.mark.parametrize(
    "text", ["", "SELECT * { ?a ino:partOf ?b }", "CONSTRUCT { ?a ino:partOf ?b . ?b ino:partOf ?a } WHERE { ?a ?p ?b }"]
)
def test_a_file_that_is_no_rule_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "rule.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"rule\.rq"):
        read_rule(path)


def test_the_rules_of_the_ontology_are_split_into_those_that_only_add_and_the_others():
    plain, others = rules()
    assert [rule.head for rule in others] == ["?reached ino:fulfils ?planned"]
    assert len(plain) == 5
