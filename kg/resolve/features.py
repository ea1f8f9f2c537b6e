"""Names as rows of plain columns, which Splink compares in SQL on DuckDB or Spark: strings, and lists of strings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.document.gazetteer import province_of, short_of
from kg.extract.tables.credit_code import is_credit_code
from kg.resolve.organisation import GROUPS, Parts, clean, is_contextual, key, known_names, parts, weak_words

CROWD = 300
"""Names that may share a blocking key: one that more share says too little."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a thing: the thing's IRI, its class, and what else is known of it.

    `code` is a credit code (GB 32100), "" where unknown; `near` are IRIs of what it stands beside in the graph.
    """

    thing: str
    name: str
    kind: str
    code: str = ""
    near: tuple[str, ...] = ()


Row = dict[str, str | list[str]]
COLUMNS = (
    "thing", "name", "side", "kind", "core", "whole", "plain", "stem", "trade", "legal", "head", "marks", "level", "branch",
    "place", "town", "province", "bracket", "latin", "code", "core_like", "whole_like", "abridged", "full",
)  # fmt: skip
LISTS, NEW = ("keys", "near"), "new"
"""Columns of lists, and that which says whether a name is looked at (`yes`) or only stands by, to be compared with such."""


def row(named: Named) -> Row:
    """The columns of a name."""
    of = parts(named.name, named.kind)
    side = GROUPS.get(named.kind, named.kind)
    code = named.code if is_credit_code(named.code) else ""
    told = (
        named.thing, named.name, side, named.kind, of.core, of.whole, of.plain, of.stem, of.trade, _legal(of), of.head, of.marks,
        of.level, of.branch, of.place, short_of(of.place) if of.place else "", _province(of.place), of.bracket_place, of.latin, code,
        *(("", "") if of.registered else (_in_order(of.core), _in_order(of.whole))), _abridged(of), "yes" if of.registered else "",
    )  # fmt: skip
    lists = {"keys": list(_keys(named, side, of, code)), "near": sorted(named.near)}
    return {**dict(zip(COLUMNS, told, strict=True)), **lists, NEW: "yes"}


def rows(names: Iterable[Named]) -> Iterator[Row]:
    """The columns of names that mean something outside of their report."""
    return (row(one) for one in names if one.kind in GROUPS and not is_contextual(one.name, one.kind))


def blocking_keys(named: Named) -> list[str]:
    """The keys of a name that can be linked, those of one row of the gazetteer and of a credit code with them; else none."""
    if named.kind not in GROUPS or is_contextual(named.name, named.kind):
        return []
    code = named.code if is_credit_code(named.code) else ""
    return list(_keys(named, GROUPS[named.kind], parts(named.name, named.kind), code))


def exact_key(named: Named) -> str:
    """What names of one thing share that are written alike but for legal form and official short forms; "" where nothing is sure."""
    plain = key(named.name, named.kind) if named.kind in GROUPS else ""
    return f"{GROUPS[named.kind]}|{plain}|{_legal_side(parts(named.name, named.kind).legal)}" if plain else ""


def _legal(of: Parts) -> str:
    """The legal form; a registered one has `company` behind it, since 甲公司 may be any of them."""
    return f"{of.legal} company" if of.registered else of.legal


def _legal_side(legal: str) -> str:
    """A group is told from its member: X集团 is not X股份有限公司."""
    return "group" if "group" in legal else ""


def _in_order(text: str) -> str:
    """A pattern of LIKE: the same beginning, all characters in their order."""
    return f"{'%'.join(text)}%"


def _province(place: str) -> str:
    found = province_of(place)
    return "" if found == place else found


def _keys(named: Named, side: str, of: Parts, code: str) -> Iterator[str]:
    """Blocking keys: names that share none are not compared."""
    found = dict.fromkeys((of.stem if len(of.stem) > 1 else "", of.core[:2], of.whole[:2], of.latin, code, *initials(of)))
    if side == "firm" and not of.place and len(of.core) > 3:
        found[of.core[2:4]] = None  # behind a place that no gazetteer knows
    found[f"={of.core}"] = found[f"={of.whole}"] = None
    if known := known_names().get(clean(named.name), ""):
        found[f"={known}"] = None
    return (f"{side}:{one}" for one in found if len(one) > 1)


def initials(of: Parts) -> Iterator[str]:
    """First characters of two words that follow each other at the beginning: 浦东 发展 银行 gives 浦发, 宝山 钢铁 宝钢."""
    for words in (of.tokens, of.tokens[1:] if of.place else ()):
        if len(words) > 1:
            yield words[0][0] + words[1][0] if words[0] else ""
    telling = [word for word in of.tokens if word not in weak_words()]
    if len(telling) > 1 and telling[0]:
        yield telling[0][0] + telling[1][0]
    yield _abridged(of)[:2]


def _abridged(of: Parts) -> str:
    """A name whose province is written as one character: 粤高速公路发展."""
    char = _characters().get(of.place, "")
    return char + "".join(of.tokens[1:]) if char and len(of.tokens) > 1 else ""


@cache
def _characters() -> dict[str, str]:
    """Whole name of a province → the one character that stands for it: 广东省 → 粤."""
    return {row["province"]: row["character"] for row in lexicon.table("province_characters", "gazetteer")}
