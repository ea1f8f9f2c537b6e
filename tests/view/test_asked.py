"""A question as a picture: the things that its answer tells of, and the relations among them."""

import json

import pytest

from kg.errors import QueryError
from kg.query import ask, select
from kg.view import as_json, atlas_of, scene
from kg.view.asked import told_of

NAMES = {"id:甲": ("甲公司", "甲"), "id:乙": ("乙园区",), "id:丙一": ("丙",), "id:丙二": ("丙",)}


def test_things_are_told_of_by_their_iri_by_any_of_their_names_and_by_several_in_one_cell():
    assert told_of(["id:乙", "甲", 3, None, "别的"], NAMES) == ["id:乙", "id:甲"]
    assert told_of(["甲公司; 乙园区"], NAMES) == ["id:甲", "id:乙"]


def test_a_name_of_several_things_stands_for_all_of_them():
    assert told_of(["丙"], NAMES) == ["id:丙一", "id:丙二"]


def test_an_answer_without_things_is_refused_with_what_to_do():
    with pytest.raises(QueryError, match="tells of no thing"):
        told_of(["2023", 7], NAMES)


def test_the_picture_of_a_named_question_shows_its_things_and_the_relations_among_them(graph):
    with graph.reading() as store:
        answer = ask(store, "cooperations")
        shown = scene(store, answer=answer.to_numpy().ravel().tolist())
    names = {thing.name for thing in shown.things}
    assert set(answer["a"]) | set(answer["b"]) <= names
    assert {("上汽集团", "海思")} <= {
        tuple(sorted((shown.things[tie.start].name, shown.things[tie.end].name))) for tie in shown.ties if tie.kind == "cooperatesWith"
    }


def test_the_service_shows_the_same_things_of_an_answer_as_the_file(graph):
    with graph.reading() as store:
        whole = atlas_of(as_json(scene(store, with_facts=False)))
        cells = select(store, "SELECT ?park { ?park a ino:Park }").to_numpy().ravel().tolist()
        shown = json.loads(as_json(scene(store, answer=cells)))
    part = whole.asked(cells)
    assert sorted(part["nodes"]["id"]) == sorted(shown["nodes"]["id"]) == sorted(cells)
    ends = zip(part["nodes"]["id"], part["nodes"]["x"], part["nodes"]["y"], strict=True)
    assert len({(x, y) for _, x, y in ends}) == len(cells)
