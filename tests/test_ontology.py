"""The ontology as data: it parses, every term is bilingual and defined, every class has a shape, no term is an orphan."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import resources, vocab
from kg.analyse.projection import WHOLE, projections

FOLDER = resources.ontology()
INO = vocab.PREFIXES["ino"]


def terms() -> list[URIRef]:
    graph = vocab.ontology()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return sorted({s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and str(s).startswith(INO)})


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttl")), ids=lambda p: p.name)
def test_each_file_parses(path: Path):
    assert len(Graph().parse(path)) > 0


@pytest.mark.parametrize("term", terms(), ids=lambda t: t.removeprefix(INO))
def test_each_term_is_labelled_and_defined_in_both_languages(term: URIRef):
    graph = vocab.ontology()
    for predicate in (RDFS.label, SKOS.definition):
        languages = {o.language for o in graph.objects(term, predicate) if isinstance(o, Literal)}
        assert languages == {"zh", "en"}, predicate


def test_each_class_of_facts_has_a_shape():
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    shaped = {str(o) for o in shapes.objects(None, vocab.term("sh:targetClass"))}
    classes = {str(s) for s in vocab.ontology().subjects(RDF.type, OWL.Class)} - {INO + "Event", INO + "ExtractionRun"}
    assert classes - shaped == set()


NAMED = ("Enterprise", "Park", "Project", "Policy", "Award", "Recognition", "GovernmentBody", "ResearchInstitute", "Platform", "Programme",
         "Industry", "Technology", "Place")  # fmt: skip
EDGES = ("appliesTo", "cooperatesWith", "develops", "endorsedBy", "focusesOn", "grantedBy", "invests", "issues", "locatedIn", "operatedBy",
         "partOf", "participatesIn", "receivesAward", "recommends", "supports", "undertakes")  # fmt: skip


def test_the_ontology_says_which_classes_are_drawn_and_which_properties_join_two_things():
    assert vocab.things() == NAMED
    assert tuple(vocab.colours()) == (*NAMED, "Cooperation")
    assert vocab.edges() == EDGES
    whole = projections()[WHOLE]
    assert whole.nodes == (*NAMED, "Cooperation")
    assert whole.edges == (*EDGES, "participant", "field")


def test_each_class_of_things_must_have_a_name():
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    named = {str(o).removeprefix(INO) for o in shapes.objects(URIRef(f"{vocab.BASE}shape/Named"), vocab.term("sh:targetClass"))}
    assert set(vocab.things()) == named - {"ProjectPart"}


READ = """
import sys
from pathlib import Path
from kg import resources
resources.ontology = lambda: Path(sys.argv[1])
from kg import vocab
from kg.analyse.projection import projections
from kg.show.palette import look_of
print("University" in vocab.things(), "University" in projections()["whole"].nodes)
print(look_of("University")["light"], vocab.label("University", "en"))
"""


def test_a_class_is_one_entry(tmp_path: Path):
    """A university as a class of its own: its entry alone makes it known, drawn and coloured."""
    folder = shutil.copytree(FOLDER, tmp_path / "ontology")
    entry = """ino:University a owl:Class ; rdfs:label "高校"@zh , "university"@en ; ino:colour "#123456" ; ino:colourOnDark "#abcdef" ."""
    with (folder / "innovation.ttl").open("a", encoding="utf-8") as file:
        file.write(entry)
    told = subprocess.run([sys.executable, "-c", READ, str(folder)], capture_output=True, text=True, check=True).stdout
    assert told == "True True\n#123456 university\n"


def test_no_term_is_an_orphan():
    root = FOLDER.parent
    used = "".join(
        p.read_text(encoding="utf-8") for p in [*FOLDER.rglob("*.rq"), FOLDER / "shapes.ttl", *(root / "data" / "lexicon").glob("*.csv")]
    )
    package = Path(vocab.__file__).parent
    used += "".join(p.read_text(encoding="utf-8") for p in package.rglob("*.py"))
    orphans = [t.removeprefix(INO) for t in terms() if not re.search(rf"(?<![\w-]){t.removeprefix(INO)}(?![\w-])", used)]
    assert orphans == []


def test_a_name_that_is_not_defined_is_an_error():
    from kg.errors import OntologyError

    with pytest.raises(OntologyError, match="Define it there first"):
        vocab.ino("NoSuchClass")


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("海思", "海思"),
        ("“飞云”创新示范基地", "飞云创新示范基地"),
        ("行动方案(2022-2024)", "行动方案-2022-2024"),
        ("Ａ１公司", "A1公司"),
        ("<b>", "b"),
        ("…", "unnamed"),
    ],
)
def test_a_name_is_a_readable_local_name(name: str, local: str):
    assert vocab.local_name(name) == local
