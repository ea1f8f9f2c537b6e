"""When an extracted fact says what a fact written by hand says."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from kg.extract.text.particles import SPOKEN_NUMERALS
from kg.units import base_value

Item = Mapping[str, Any]

ALIKE, CONTAINED, HALF = 0.85, 0.7, 0.5
"""Least likeness of two spellings of one name (Ratcliff and Obershelp), and least share of a name that holds the other: where both are
names of things, and where one says whom a figure is about."""

_QUOTES = re.compile(r"[\s《》〈〉“”‘’「」『』\"'·]")


def plain(name: object) -> str:
    """A name without quotes, spaces and differences of width and case (NFKC)."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", str(name or ""))).upper()


def alike(one: object, other: object) -> bool:
    """Whether two spellings are near enough to be one name."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if short in long and len(short) >= CONTAINED * len(long):
        return True
    return SequenceMatcher(None, a, b).ratio() >= ALIKE


def spellings(entity: Item) -> list[str]:
    """The name of a thing and its aliases."""
    return [entity["name"], *entity.get("aliases", [])]


class Aliases:
    """Names of one gold file: two names are the same thing where they are alike, or aliases of one entity."""

    def __init__(self, entities: Iterable[Item]) -> None:
        self._groups = [spellings(entity) for entity in entities]

    def same(self, one: object, other: object) -> bool:
        """Whether two names mean one thing."""
        return alike(one, other) or any(_any_alike([one], g) and _any_alike([other], g) for g in self._groups)


def _any_alike(some: Iterable[object], others: Iterable[object]) -> bool:
    known = list(others)
    return any(alike(a, b) for a in some for b in known)


def near(one: float | None, other: float | None) -> bool:
    """Whether two figures are equal but for rounding in binary fractions; an unknown figure equals none."""
    return one is not None and other is not None and abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def disclosure(item: Item) -> str:
    """`disclosed`, `withheld` or `approximate`; by the value where the item does not tell."""
    return item.get("disclosure") or ("withheld" if item.get("value") is None else "disclosed")


def in_base_unit(item: Item, key: str = "value") -> float | None:
    """A figure of an item in its base unit: 55.7 亿元 is 5.57e9."""
    figure = item.get(key)
    return None if figure is None else float(base_value(Decimal(str(figure)), item.get("unit") or "")[0])


def _entity(gold: Item, said: Item, _: Aliases) -> bool:
    return _any_alike(spellings(gold), spellings(said))


def _observation(gold: Item, said: Item, _: Aliases) -> bool:
    words = plain(f"{said.get('about') or ''}{said.get('indicator') or ''}")
    if disclosure(said) != disclosure(gold) and disclosure(gold) != "disclosed":
        return False
    if not any(plain(word) in words for word in gold["indicator"]):
        return False
    match disclosure(gold):
        case "disclosed":
            return near(in_base_unit(gold), in_base_unit(said))
        case "withheld":
            return gold.get("growth_pct") is None or near(gold["growth_pct"], said.get("growth_pct"))
    bound = "lower" if gold.get("lower") is not None else "upper"
    return near(in_base_unit(gold, bound), in_base_unit(said, bound))


def _relation(gold: Item, said: Item, names: Aliases) -> bool:
    if gold["predicate"] != said["predicate"]:
        return False
    ways = [(said["subject"], said["object"])] + ([(said["object"], said["subject"])] if gold.get("symmetric") else [])
    return any(names.same(gold["subject"], s) and names.same(gold["object"], o) for s, o in ways)


def _event(gold: Item, said: Item, names: Aliases) -> bool:
    if gold["type"] != said["type"]:
        return False
    if gold.get("participants"):
        return all(any(names.same(who, other) for other in said.get("participants") or []) for who in gold["participants"])
    return (
        names.same(gold.get("object"), said.get("object"))
        and _holds_one(said.get("part"), gold.get("part"))
        and _holds_one(said.get("status"), gold.get("status"))
    )


def _holds_one(said: object, words: Iterable[str] | None) -> bool:
    """Whether what was said holds one of the words; True where gold asks for none."""
    return not words or any(plain(word) in plain(said) for word in words)


MATCHES: Mapping[str, Callable[[Item, Item, Aliases], bool]] = {
    "entities": _entity,
    "observations": _observation,
    "relations": _relation,
    "events": _event,
}


def _exact(gold: Item, said: Item) -> bool:
    """Whether a name or alias is right to the letter, but for quotes, spaces and width: nothing swallowed, nothing cut off."""
    return not {plain(name) for name in spellings(gold)}.isdisjoint(plain(name) for name in spellings(said))


def _subject(gold: Item, said: Item) -> bool | None:
    """Whether a figure is told of what it is about; None where gold does not say what that is."""
    about = plain(said.get("about"))
    return any(_one_holds_other(plain(right), about) for right in gold["subject"]) if gold.get("subject") else None


def _one_holds_other(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and short in long and len(short) >= HALF * len(long)


ATTRIBUTES: Mapping[str, Mapping[str, Callable[[Item, Item], bool | None]]] = {
    "entities": {"type": lambda gold, said: said.get("type") in gold["type"], "exact": _exact},
    "observations": {
        "growth": lambda gold, said: gold.get("growth_pct") is None or near(gold["growth_pct"], said.get("growth_pct")),
        "period": lambda gold, said: not gold.get("period") or list(gold["period"]) == list(said.get("period") or []),
        "unit": lambda gold, said: not gold.get("unit") or plain(gold["unit"]) == plain(said.get("unit")),
        "rank": lambda gold, said: gold.get("rank") in (None, said.get("rank")),
        "planned": lambda gold, said: bool(gold.get("planned")) == bool(said.get("planned")),
        "subject": _subject,
    },
    "events": {
        "planned": lambda gold, said: bool(gold.get("planned")) == bool(said.get("planned")),
        "due": lambda gold, said: gold.get("due") in (None, said.get("due")),
        "year": lambda gold, said: gold.get("year") in (None, said.get("year")),
        "recipients": lambda gold, said: gold.get("recipients") in (None, said.get("recipients")),
    },
    "relations": {},
}


def linked(facts: Item) -> tuple[int, int]:
    """Things that a prediction names, places aside, and how many of them a relation, an event or a figure joins to something."""
    ends = [relation.get(end) for relation in facts.get("relations", []) for end in ("subject", "object")]
    ends += [observation.get("about") for observation in facts.get("observations", [])]
    for event in facts.get("events", []):
        for told in (event.get(key) for key in ("object", "participants", "projects")):
            ends += told if isinstance(told, list) else [told]  # "projects" may be names or their number
    joined = {plain(str(end)) for end in ends if end}
    things = [entity for entity in facts.get("entities", []) if entity.get("type") != "Place"]
    return len(things), sum(not joined.isdisjoint(plain(name) for name in spellings(thing)) for thing in things)


def likeness(gold: Item, said: Item) -> float:
    """How near two matching items are in words, from 0 to 1: tells the best of several."""
    keys = ("name", "about", "object", "unit")
    told, heard = ("".join(plain(item.get(key)) for key in keys) for item in (gold, said))
    return SequenceMatcher(None, told, heard).ratio()


def grounded(kind: str, item: Item, text: str) -> bool:
    """Whether the span of an item holds what the item says.

    An entity's spans hold one of its names or stand within one; a printed figure stands in its span, unless in
    Chinese numerals; of other items the span must not be empty.
    """
    spans = item.get("spans") or ([item["span"]] if item.get("span") else [])
    quotes = [plain(text[start:end]) for start, end in spans]
    if not quotes or not all(quotes):
        return False
    if kind == "entities":
        names = [plain(name) for name in spellings(item)]
        return all(any(name in quote or quote in name for name in names) for quote in quotes)
    if kind == "observations" and disclosure(item) == "disclosed" and item.get("value") is not None:
        digits = quotes[0].replace(",", "")
        return f"{float(item['value']):.15g}" in digits or not set(SPOKEN_NUMERALS).isdisjoint(digits)
    return True
