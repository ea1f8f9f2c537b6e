"""`/api/explore/between` and `around`: only what the filters in the page's address leave is walked."""

import httpx
import pytest

ENDS = {"from": "id:海思", "to": "id:上汽集团"}


def told(client: httpx.Client, way: str, **asked: str) -> list[str]:
    reply = client.get(f"/api/explore/{way}", params=asked)
    assert reply.status_code == 200, reply.text
    return reply.json()["nodes"]["name"]


@pytest.mark.parametrize(
    ("filters", "path"),
    [
        ({}, ["海思", "上汽集团"]),
        ({"without": "cooperatesWith"}, ["海思", "合作:海思-上汽集团", "上汽集团"]),
        ({"until": "1999-12-31"}, ["海思", "上汽集团"]),  # the two alone: nothing is left between them
    ],
)
def test_a_path_leads_round_what_is_hidden(client: httpx.Client, filters: dict[str, str], path: list[str]):
    assert told(client, "between", **ENDS, **filters) == path


@pytest.mark.parametrize(
    ("filters", "near"),
    [
        ({"relation": "locatedIn"}, {"海思", "青浦区"}),
        ({"kind": "Enterprise"}, {"海思", "上汽集团"}),
        ({"hide": "Cooperation,Technology"}, {"海思", "上汽集团", "青浦区"}),
        ({"nor": "stated"}, {"海思"}),
        ({"place": "没有的区"}, {"海思"}),
        ({"document": "没有的报告|2023-01-01"}, {"海思"}),
        ({"since": "2100-01-01"}, {"海思"}),
    ],
)
def test_around_a_thing_is_what_the_filters_leave(client: httpx.Client, filters: dict[str, str], near: set[str]):
    assert set(told(client, "around", node="id:海思", **filters)) == near
    assert len(told(client, "around", node="id:海思")) > len(near)  # and the next who asks gets the whole again


@pytest.mark.parametrize("name", ["hide", "without", "nor", "kind", "relation", "place", "document", "since", "until"])
def test_a_filter_that_is_too_long_is_refused(client: httpx.Client, name: str):
    for way, asked in (("between", ENDS), ("around", {"node": "id:海思"})):
        assert client.get(f"/api/explore/{way}", params=asked | {name: "x" * 20_001}).status_code == 422
