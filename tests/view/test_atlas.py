"""What the service answers when a scene is asked: the table that `web/test/asked.test.ts` holds the page to as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.view import Atlas

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "asked_of_scenes.json").read_text(encoding="utf-8"))


def atlas(name: str) -> Atlas:
    """A scene of the table, in columns: its things by name, its ties by the names of their ends."""
    table = TABLE["scenes"][name]
    things, ties = table["things"], table["ties"]
    names, none, nowhere = [thing[0] for thing in things], [0] * len(things), [0] * len(ties)
    documents = [dict(zip(("title", "day", "place"), one, strict=True)) for one in table.get("documents", ())]
    said = [*range(len(documents)), -1]  # a sentence of each document, and one of none, which is the last
    nodes = {"id": names, "name": names, "also": [thing[1:] for thing in things], "kind": table.get("kind", none)}
    ends = {side: [names.index(tie[i]) for tie in ties] for i, side in enumerate(("start", "end"))}
    kinds, relations = (
        [{"name": one} for one in table.get(part, [only])] for part, only in (("kinds", "Park"), ("relations", "locatedIn"))
    )
    return Atlas({
        "size": "degree", "kinds": kinds, "relations": relations, "centralities": [{"name": "degree", "values": none}],
        "documents": documents, "nodes": {**nodes, "sentences": sentences(table.get("named"), things, said)},
        "sentences": {"text": ["" for _ in said], "document": said, "start": [0] * len(said), "length": [0] * len(said), "other": {}},
        "edges": {**ends, "relation": table.get("relation", nowhere), "context": table.get("context", nowhere),
                  "sentences": sentences(table.get("told"), ties, said)},
    })  # fmt: skip


def sentences(documents: list[list[int]] | None, rows: list[Any], said: list[int]) -> list[list[int]]:
    """Numbers of sentences of each row, from those of the documents that name or state it."""
    return [[said.index(one) for one in of_one] for of_one in documents or [[] for _ in rows]]


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
    part = atlas(row["in"]).between(row["from"], row["to"], row.get("filters"))
    assert part["nodes"]["name"] == (row["comes"] or [row["from"], row["to"]])


@rows("around")
def test_around_a_thing_lie_these(row: dict[str, Any]):
    part = atlas(row["in"]).around(row["of"], row["hops"], row.get("filters"))
    assert sorted(part["nodes"]["name"]) == sorted(row["comes"])
    assert part["nodes"]["name"][0] == row["of"]
