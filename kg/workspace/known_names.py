"""What is known of the names of a graph, kept beside it from run to run: features and blocking keys, and what is to be asked.

It is made anew from the graph wherever it does not fit it, so it is in no backup.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import KgError, StoreError
from kg.resolve.features import CROWD, Named, blocking_keys
from kg.resolve.identity import Link
from kg.resolve.linkage import can_score

FILE, VERSION = "names.json", 1


@dataclass(slots=False)
class KnownNames:
    """The names of the last run with their blocking keys, and the links that a person is to be asked about."""

    file: Path
    keys: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    ask: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> "Iterator[KnownNames]":
        """What is known in a workspace; written when the block is left."""
        known = cls.read(folder)
        yield known
        known._write()

    @classmethod
    def read(cls, folder: Path) -> "KnownNames":
        """What is known in a workspace, nothing where the file is absent or of another version."""
        file = folder / FILE
        try:
            held = json.loads(file.read_bytes())
            if held["version"] == [VERSION, can_score()]:
                return cls(file, {(thing, name, kind): keys for thing, name, kind, keys in held["names"]}, held["ask"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(file)

    def fresh(self, names: Sequence[Named]) -> frozenset[str]:
        """IRIs of things of which a name, or its class, is new."""
        return frozenset(one.thing for one in names if _id(one) not in self.keys)

    def concerned(self, names: Sequence[Named], touched: Set[str]) -> list[Named]:
        """The names of things that are new or decided on, and those that share a block with one of them."""
        now = {_id(one): self.keys.get(_id(one)) or blocking_keys(one) for one in names}
        self.keys = now
        own = {key for (thing, _, _), keys in now.items() if thing in touched for key in keys}
        count = Counter(key for keys in now.values() for key in keys if key in own)
        wanted = {key for key in own if count[key] <= CROWD or ":=" in key}
        beside = {thing for (thing, _, _), keys in now.items() if not wanted.isdisjoint(keys)} | touched
        return [one for one in names if one.thing in beside]

    def keep(self, names: Sequence[Named], ask: Iterable[Link], touched: Set[str]) -> None:
        """Note the names that there are now, and what is to be asked of those that were new."""
        things = {one.thing for one in names}
        self.keys = {_id(one): self.keys.get(_id(one)) or blocking_keys(one) for one in names}
        held = [
            one for one in self.ask if {one["one"][0], one["other"][0]} <= things and touched.isdisjoint((one["one"][0], one["other"][0]))
        ]
        self.ask = [*held, *map(_told, ask)]

    @cached_property
    def links(self) -> list[Link]:
        """What is to be asked, the surest first."""
        made = [Link(Named(*one["one"]), Named(*one["other"]), one["by"], one["score"], one["weights"], one["instead"]) for one in self.ask]
        return sorted(made, key=lambda of: (-of.score, of.pair))

    def _write(self) -> None:
        held: Mapping[str, Any] = {
            "version": [VERSION, can_score()],
            "names": [[*key, keys] for key, keys in self.keys.items()],
            "ask": self.ask,
        }
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            files.put(self.file, json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except (OSError, KgError) as error:
            raise StoreError(f"{self.file} cannot be written ({error}). The graph is stored; make room, and run again.") from error


def _id(name: Named) -> tuple[str, str, str]:
    return name.thing, name.name, name.kind


def _told(link: Link) -> dict[str, Any]:
    one, other = ((side.thing, side.name, side.kind) for side in (link.one, link.other))
    return {"one": one, "other": other, "by": link.by, "score": link.score, "weights": dict(link.weights), "instead": link.instead}
