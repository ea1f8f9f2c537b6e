"""A scene to be asked piece by piece: where to start, what lies around a thing, what leads from one to another."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from kg.analyse import Network, positions
from kg.view.asked import told_of
from kg.view.filters import Bools, open_ties

FIRST = 300
"""Things that the start shows, and that one answer adds at most."""
_NAMES = 12


class Atlas:
    """A scene in columns (`kg-scene/1`), with the ties of each thing at hand.

    Args:
        columns: what `kg.view.scene.as_json` writes, parsed.
    """

    def __init__(self, columns: dict[str, Any]) -> None:
        self._columns = columns
        self._nodes, self._edges = columns["nodes"], columns["edges"]
        self._number = {name: i for i, name in enumerate(self._nodes["id"])}
        named = zip(self._nodes["name"], self._nodes["also"], strict=True)
        self._plain = [[_plain(one) for one in (name, *also)] for name, also in named]
        ties: list[list[int]] = [[] for _ in self._nodes["id"]]
        for edge, (start, end) in enumerate(zip(self._edges["start"], self._edges["end"], strict=True)):
            ties[start].append(edge)
            ties[end].append(edge)
        self._ties = ties
        weight = next((one["values"] for one in columns["centralities"] if one["name"] == columns["size"]), [0] * len(ties))
        order = sorted(range(len(ties)), key=lambda node: (-(weight[node] or 0), -len(ties[node]), node))
        self._rank = {node: place for place, node in enumerate(order)}
        self._starts = list(accumulate(columns["sentences"]["start"]))
        self._walked = _Walked(columns, {})

    def __contains__(self, name: object) -> bool:
        return name in self._number

    def places(self) -> dict[str, tuple[float, float]]:
        """Where things with ties are drawn."""
        rows = zip(self._nodes["id"], self._nodes["x"], self._nodes["y"], self._ties, strict=True)
        return {name: (x, y) for name, x, y, ties in rows if ties}

    def start(self) -> dict[str, Any]:
        """The most important things, with all ties among them."""
        return self._part(sorted(self._rank, key=lambda node: self._rank[node])[:FIRST])

    def asked(self, cells: Iterable[object]) -> dict[str, Any]:
        """The things that an answer tells of with all ties among them, laid out by themselves.

        Raises:
            QueryError: it tells of none.
        """
        things = zip(self._nodes["id"], self._nodes["name"], self._nodes["also"], strict=True)
        told = told_of(cells, {thing: (name, *also) for thing, name, also in things})
        part = self._part(sorted((self._number[thing] for thing in told), key=lambda node: self._rank[node]))
        places = positions(_network(part))
        part["nodes"] |= {side: [round(places[thing][i]) for thing in part["nodes"]["id"]] for i, side in enumerate("xy")}
        return part

    def around(self, name: str, hops: int = 1, filters: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A thing with what is within so many steps: the nearest first, and of equally near ones the most important."""
        is_open = self._left(filters).ties
        found, border = [self._number[name]], [self._number[name]]
        seen = set(found)
        for _ in range(hops):
            near = {other for node in border for other in self._neighbours(node, is_open)} - seen
            border = sorted(near, key=lambda node: self._rank[node])[: max(0, FIRST + 1 - len(found))]
            found += border
            seen |= set(border)
        return self._part(found)

    def between(self, start: str, end: str, filters: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The things on a shortest path, in its order, with all ties among them; the two alone where nothing leads from one to the other.

        Of several shortest paths the one whose ties come first, as `web/src/graph/walk.js` has it.

        Args:
            start, end: two things of the scene.
            filters: as of `open_ties`; only ties that they leave are walked.
        """
        path, goal = [self._number[start]], self._number[end]
        left = self._left(filters)
        steps = left.network.distances(goal)
        if np.isinf(steps[path[0]]):
            return self._part([*path, goal])
        while path[-1] != goal:
            path.append(next(other for other in self._neighbours(path[-1], left.ties) if steps[other] < steps[path[-1]]))
        return self._part(path)

    def find(self, asked: str) -> list[dict[str, str]]:
        """Things one of whose names holds what is asked: the same first, then those that begin with it, then the shorter."""
        wanted, kinds = _plain(asked), [kind["name"] for kind in self._columns["kinds"]]
        hits = [
            (min(_likeness(name, wanted) for name in names if wanted in name), len(names[0]), node)
            for node, names in enumerate(self._plain)
            if wanted and any(wanted in name for name in names)
        ]
        return [{**self._named(node), "kind": kinds[self._nodes["kind"][node]]} for *_, node in sorted(hits)[:_NAMES]]

    def _left(self, filters: Mapping[str, str] | None) -> "_Walked":
        """What filters leave; that of the filters asked about last is kept: a reader walks on through the same ones."""
        if (filters or {}) != (left := self._walked).filters:
            self._walked = left = _Walked(self._columns, filters or {})
        return left

    def _named(self, node: int) -> dict[str, str]:
        return {"id": self._nodes["id"][node], "name": self._nodes["name"][node]}

    def _neighbours(self, node: int, is_open: Bools) -> list[int]:
        ends, ties = self._edges, (edge for edge in self._ties[node] if is_open[edge])
        return list(dict.fromkeys(ends["end"][edge] if ends["start"][edge] == node else ends["start"][edge] for edge in ties))

    def _part(self, nodes: Sequence[int]) -> dict[str, Any]:
        """The scene of some things and all ties among them."""
        place = {node: i for i, node in enumerate(nodes)}
        counted: defaultdict[int, int] = defaultdict(int)
        for node in nodes:
            for edge in self._ties[node]:
                counted[edge] += 1 + (self._edges["start"][edge] == self._edges["end"][edge])
        edges = sorted(edge for edge, ends in counted.items() if ends >= 2)
        told = [self._nodes["sentences"][node] for node in nodes] + [self._edges["sentences"][edge] for edge in edges]
        said = {old: new for new, old in enumerate(sorted({one for row in told for one in row}))}
        renumbered = [[said[one] for one in row] for row in told]
        return {
            **self._columns,
            "centralities": [{**one, "values": _taken(one["values"], nodes)} for one in self._columns["centralities"]],
            "sentences": self._sentences(list(said)),
            "nodes": {name: _taken(column, nodes) for name, column in self._nodes.items()} | {"sentences": renumbered[: len(nodes)]},
            "edges": {name: _taken(column, edges) for name, column in self._edges.items()}
            | {"start": [place[self._edges["start"][e]] for e in edges], "end": [place[self._edges["end"][e]] for e in edges]}
            | {"sentences": renumbered[len(nodes) :], "place": edges},
            "facts": None,
        }

    def _sentences(self, kept: list[int]) -> dict[str, Any]:
        sent = self._columns["sentences"]
        starts = _taken(self._starts, kept)
        other = {str(new): sent["other"][str(old)] for new, old in enumerate(kept) if str(old) in sent["other"]}
        steps = [b - a for a, b in pairwise([0, *starts])]
        return {name: _taken(sent[name], kept) for name in ("text", "document", "length")} | {"start": steps, "other": other}


def atlas_of(text: str | bytes) -> Atlas:
    """The atlas of a scene as JSON."""
    return Atlas(json.loads(text))


def _network(columns: dict[str, Any], ties: Bools | slice = slice(None)) -> Network:
    ends = np.array([columns["edges"]["start"], columns["edges"]["end"]], dtype=np.int64).T
    return Network.from_arrays(tuple(columns["nodes"]["id"]), ends[ties])


class _Walked:
    """The ties of a scene that filters leave, and the network of these, made when a path is asked for."""

    def __init__(self, columns: dict[str, Any], filters: Mapping[str, str]) -> None:
        self.filters, self.ties, self._columns = filters, open_ties(columns, filters), columns

    @cached_property
    def network(self) -> Network:
        return _network(self._columns, self.ties)


def _taken(column: Sequence[Any], rows: Iterable[int]) -> list[Any]:
    return [column[row] for row in rows]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()


def _likeness(name: str, wanted: str) -> int:
    """0 for the same, 1 for a name that begins with what is wanted, 2 for one that holds it."""
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2
