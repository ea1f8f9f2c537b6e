"""`/api/explore/asked`: what the explorer shows of an answer, within the limits of any query."""

import httpx
import pytest


def names(reply: httpx.Response) -> set[str]:
    assert reply.status_code == 200, reply.text
    return set(reply.json()["nodes"]["name"])


def test_a_named_question_and_its_sparql_show_the_same_things(client: httpx.Client):
    sparql = next(one["sparql"] for one in client.get("/api/questions").json() if one["name"] == "cooperations")
    named = names(client.get("/api/explore/asked", params={"name": "cooperations"}))
    assert {"海思", "上汽集团"} <= named
    assert names(client.get("/api/explore/asked", params={"query": sparql})) == named


def test_parameters_stand_beside_the_name(client: httpx.Client):
    assert {"海思", "上汽集团"} <= names(client.get("/api/explore/asked", params={"name": "cooperation-of", "thing": "海思"}))


def test_triples_show_their_ends(client: httpx.Client):
    query = "CONSTRUCT { ?a ino:cooperatesWith ?b } { ?a ino:cooperatesWith ?b }"
    assert {"海思", "上汽集团"} <= names(client.get("/api/explore/asked", params={"query": query}))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Give one of"),
        ({"name": "cooperations", "query": "ASK {}"}, "Give one of"),
        ({"name": "no such"}, "There is no question 'no such'"),
        ({"name": "cooperation-of", "thing": "没有"}, "Nothing in the graph is called '没有'"),
        ({"name": "cooperation-of", "other": "海思"}, "has no parameter 'other'"),
        ({"query": "SELECT ?a {"}, "SPARQL: line 1"),
        ({"query": "ASK {}"}, "tells of no thing"),
        ({"query": "SELECT (1 AS ?one) {}"}, "tells of no thing"),
        ({"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}, "SPARQL: line 1"),
    ],
)
def test_what_has_no_picture_gets_one_line(client: httpx.Client, asked: dict[str, str], said: str):
    reply = client.get("/api/explore/asked", params=asked)
    assert reply.status_code == 400
    assert said in reply.text
    assert reply.text.count("\n") == 1
