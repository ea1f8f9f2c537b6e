"""What the service answers when a scene is asked: the table that `web/test/asked.test.ts` holds the page to as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.view import Atlas

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "asked_of_scenes.json").read_text(encoding="utf-8"))


def atlas(name: str) -> Atlas:
    """A scene of the table, in columns: its things by name, its ties by the names of their ends."""
    things, ties = (TABLE["scenes"][name][part] for part in ("things", "ties"))
    names, none = [thing[0] for thing in things], [0] * len(things)
    nodes = {"id": names, "name": names, "also": [thing[1:] for thing in things], "kind": none, "sentences": [[] for _ in things]}
    ends = {side: [names.index(tie[i]) for tie in ties] for i, side in enumerate(("start", "end"))}
    return Atlas({
        "size": "degree", "kinds": [{"name": "Park"}], "centralities": [{"name": "degree", "values": none}],
        "sentences": {"text": [], "document": [], "start": [], "length": [], "other": {}},
        "nodes": nodes, "edges": {**ends, "sentences": [[] for _ in ties]},
    })  # fmt: skip


def rows(part: str) -> Any:
    """The examples of a part of the table, each with what it says."""
    return pytest.mark.parametrize("row", [pytest.param(row, id=row["says"]) for row in TABLE[part]])


@rows("found")
def test_names_are_found_in_this_order(row: dict[str, Any]):
    found = atlas(row["in"]).find(row["asked"])
    assert [one["name"] for one in found] == row["comes"]
    assert {one["kind"] for one in found} <= {"Park"}


@rows("paths")
def test_a_shortest_path_leads_over_these_things(row: dict[str, Any]):
    part = atlas(row["in"]).between(row["from"], row["to"])
    assert (part and part["nodes"]["name"]) == row["comes"]


@rows("around")
def test_around_a_thing_lie_these(row: dict[str, Any]):
    part = atlas(row["in"]).around(row["of"], row["hops"])
    assert sorted(part["nodes"]["name"]) == sorted(row["comes"])
    assert part["nodes"]["name"][0] == row["of"]
