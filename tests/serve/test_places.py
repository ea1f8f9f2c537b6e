"""The explorer of a running service while the graph grows: what was drawn stays where it was."""

from math import hypot
from pathlib import Path
from typing import Any

import httpx

import kg
from tests.servers import until

NEWS = "青浦区科委2022年简报\n推动云川与海思对接技术合作。\n"
NEW = "云川"
NEIGHBOURS = 110.0
"""Pixels between neighbours in the scene."""


def places(scene: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Where each thing that has a relation is drawn, by its name."""
    nodes, edges = scene["nodes"], scene["edges"]
    tied = {*edges["start"], *edges["end"]}
    return {name: (nodes["x"][i], nodes["y"][i]) for i, name in enumerate(nodes["name"]) if i in tied}


def test_what_was_drawn_stays_where_it_was_after_an_ingestion(writer: httpx.Client, writable: tuple[str, Path], tmp_path: Path):
    def seen() -> dict[str, tuple[float, float]]:
        return places(writer.get("/api/explore/start").raise_for_status().json())

    before = seen()
    assert len(before) > 40
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    kg.open(writable[1]).ingest([tmp_path / "news.txt"])
    until(lambda: NEW in seen(), "the service draws what was read")
    after = seen()
    moved = {name: hypot(after[name][0] - x, after[name][1] - y) for name, (x, y) in before.items()}
    assert max(moved.values()) <= 1  # places are whole pixels
    near = min(hypot(after[NEW][0] - x, after[NEW][1] - y) for x, y in before.values())
    assert 0 < near <= 3 * NEIGHBOURS
