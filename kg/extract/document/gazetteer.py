"""Places as the gazetteer knows them: what a text begins with, and what lies in what (GB/T 2260)."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from kg import lexicon
from kg.lexicon import pattern

_SHORTEST, _LONGEST = 2, 12


@cache
def codes() -> dict[str, tuple[str, ...]]:
    """Name, whole or short, → codes of the places so called; a short name of a county has three characters at least."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in lexicon.table("places", "gazetteer"):
        found[row["name"]][row["code"]] = None
        short = short_of(row["name"])
        if len(short) >= (_SHORTEST if row["level"] in ("province", "prefecture") else _SHORTEST + 1):
            found[short][row["code"]] = None
    return {name: tuple(same) for name, same in found.items()}


@cache
def whole_names() -> dict[str, str]:
    """Code → whole name."""
    return {row["code"]: row["name"] for row in lexicon.table("places", "gazetteer")}


def in_order(short: str, long: str) -> bool:
    """Whether all characters of a short name stand in a long one in their order."""
    rest = iter(long)
    return all(char in rest for char in short)


def short_of(name: str) -> str:
    """`南山` for `南山区`, `内蒙古` for `内蒙古自治区`; the name itself where nothing is left."""
    short = pattern("place_level").sub("", name)
    return short if len(short) >= _SHORTEST else name


def whole_name(written: str) -> str:
    """The whole name of a place that is written short, where there is just one such; else the name as written."""
    names = {whole_names()[code] for code in codes().get(written, ())}
    return names.pop() if len(names) == 1 else written


def place_at(text: str, at: int = 0) -> str:
    """The longest name of a place that stands at an offset, as written; "" where none does."""
    longest = min(_LONGEST, len(text) - at)
    return next((text[at : at + size] for size in range(longest, 1, -1) if text[at : at + size] in codes()), "")


def leading_places(text: str, at: int = 0, known: Collection[str] = ()) -> list[str]:
    """Places that stand one right behind the other: `江西`, `南昌县` of `江西南昌县第二季度…`; `known` are further names of places."""
    found: list[str] = []
    while place := place_at(text, at) or next((name for name in known if text.startswith(name, at)), ""):
        found.append(place)
        at += len(place)
    return found


def _prefix(code: str) -> str:
    """The digits of a code that all within the place share."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def lies_in(name: str, whole: str) -> bool:
    """Whether a place may lie within another: `南昌县` in `江西省`; False where either is unknown, or both are one."""
    pairs = ((one, other) for one in codes().get(name, ()) for other in codes().get(whole, ()))
    return any(one != other and one.startswith(_prefix(other)) for one, other in pairs)


def same_place(name: str, other: str) -> bool:
    """Whether two names, whole or short, may be one place's."""
    return name == other or not set(codes().get(name, ())).isdisjoint(codes().get(other, ()))


@cache
def _counties() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon.table("places", "gazetteer") if row["level"] == "county")


def is_county(name: str) -> bool:
    """Whether a name is the whole name of a county, a district or a city within a prefecture."""
    return name in _counties()


def province_of(place: str) -> str:
    """Province or municipality of a place by its whole name, or "" where it is unknown or several are so called."""
    known = [code for code in codes().get(place, ()) if whole_names()[code] == place]
    provinces = {whole_names().get(code[:2] + "0000", "") for code in known}
    return provinces.pop() if len(provinces) == 1 else ""
