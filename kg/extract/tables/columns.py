"""What the columns of a table mean: by their headers (`data/lexicon/headers.csv`), or by a mapping file of the user's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import files, lexicon, vocab
from kg.errors import MappingError, OntologyError
from kg.extract.text.segment import fold
from kg.lexicon import any_word, pattern

if TYPE_CHECKING:
    import yaml

_BRACKET = re.compile(r"\((?P<inside>[^()]*)\)$")
PLAIN_ROLES = (
    "alias",
    "credit-code",
    "year",
    "batch",
    "growth",
    "grade",
    "recipients",
    "part",
    "stage",
    "planned",
    "due",
    "policy-status",
    "amount",
)
"""Roles of a mapping file that stand alone; the others take a class, an indicator or a stage."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's cells are to the thing that a row is; `year`, `part` of it and `unit` are those of a figure, from its header.

    `type` is the class of the things in it, of a figure what it measures (`money`).
    """

    role: str
    predicate: str = ""
    type: str = ""
    unit: str = ""
    year: int | None = None
    part: str = ""


@lru_cache(maxsize=4096)
def column_of(header: str) -> Column | None:
    """What a header says, or None for one that the lexicon does not know; a group's name may stand before it: `2023年/税收`."""
    group, _, own = header.rpartition("/")
    found = _column_of(header.replace("/", "")) or (_column_of(own) if group else None)
    if group and found and found.role in ("value", "growth"):
        found = _of_group(found, group)
    year = pattern("header_year").match(f"{fold(group)}/")
    return replace(found, year=int(year["year"])) if found and year and found.role == "figure" else found


def _of_group(column: Column, group: str) -> Column:
    """A value or a growth under the name of an indicator: `营业收入/本期`, `营业收入/同比`."""
    of = _column_of(group.rpartition("/")[2])
    if of is None or of.role != "figure":
        return column
    unit = column.unit or ("" if column.role == "growth" else of.unit)
    return Column("figure" if column.role == "value" else "growth", of.predicate, of.type, unit, of.year)


def _column_of(header: str) -> Column | None:
    plain = fold(header).strip().lower()
    bracket = _BRACKET.search(plain)
    words = plain[: bracket.start()].strip() if bracket else plain
    year = pattern("header_year").match(words)
    undated = words[year.end() :] if year else words
    part = pattern("header_part").match(undated)  # 1-6月营业收入
    undated = undated[part.end() :] if part else undated
    known = next((_headers()[w] for w in (words, re.sub(r"\s", "", words), undated) if w in _headers()), None)
    unit = _unit(bracket["inside"]) if bracket else ""
    if known and known.role != "figure":
        return replace(known, unit=unit)
    indicator = known.predicate if known else _indicator(undated)
    measured = (known.type if known else "") or lexicon.mapping("indicators", "dimension").get(indicator, "")
    when = (int(year["year"]) if year else None, part["part"] if part else "")
    told = Column("figure", indicator, measured, unit, *when) if indicator else None
    return told or _growth(undated, unit)


def _growth(words: str, unit: str) -> Column | None:
    """A growth that names its figure: `产值同比增长`."""
    for ending in (word for word, column in _headers().items() if column.role == "growth" and words.endswith(word) and words != word):
        of = _column_of(words.removesuffix(ending))
        if of and of.role == "figure":
            return Column("growth", of.predicate, of.type, unit)
    return None


@cache
def _headers() -> Mapping[str, Column]:
    return {fold(r["header"]).lower(): Column(r["role"], r["predicate"], r["type"]) for r in lexicon.table("headers")}


def _unit(words: str) -> str:
    """`万元` of `单位:万元`."""
    said = words.rsplit(":", maxsplit=1)[-1].strip()
    base = pattern("magnitude").sub("", said)
    return said if base in lexicon.words("units") or said == "%" else ""


def _indicator(words: str) -> str:
    """A header that is an indicator of the lexicon: `年营业收入`, `研发投入`."""
    said = re.sub(f"^{any_word('report_words', 'ahead')}", "", words)
    known = lexicon.mapping("indicators", "canonical")
    return next((word for word in (words, said) if word in known and known[word] not in lexicon.words("report_words", "counts")), "")


def read_mapping(path: Path) -> Mapping[str, Column]:
    """Header → meaning, from a mapping file (YAML; `docs/tables.md` describes it).

    Raises:
        MappingError: the file is absent, is no YAML, or says something that the ontology does not know; with line and column.
    """
    import yaml  # noqa: PLC0415  # loads only where a mapping is given

    try:
        root = yaml.compose(files.text(path, MappingError), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "line 1, column 1"
        raise MappingError(f"{path}, {place}: no YAML ({error.problem}). Write one `header: meaning` a line.") from error
    except RecursionError as error:
        raise MappingError(f"{path} is nested too deeply. Write one `header: meaning` a line.") from error
    except yaml.YAMLError as error:
        raise MappingError(f"{path}, line 1, column 1: no YAML ({str(error).splitlines()[0]}). Save it as plain text.") from error
    columns = {key.value: _meaning(path, key, value) for key, value in _entries(path, root)}
    if all(column.role != "name" for column in columns.values()):
        raise MappingError(f"{path}, line 1, column 1: no column names what a row is. Add one such as `单位名称: name Enterprise`.")
    return columns


def _entries(path: Path, root: "yaml.Node | None") -> "list[tuple[yaml.ScalarNode, yaml.ScalarNode]]":
    """`header: meaning` pairs of the file, which is one mapping of plain words."""
    import yaml  # noqa: PLC0415

    if not isinstance(root, yaml.MappingNode):
        raise MappingError(f"{path}, line 1, column 1: not a list of `header: meaning`. Write one a line.")
    found: list[tuple[yaml.ScalarNode, yaml.ScalarNode]] = []
    for key, value in root.value:
        for node in (key, value):
            if not isinstance(node, yaml.ScalarNode) or not node.value:
                raise MappingError(f"{path}, {_place(node)}: not a word. Write `header: meaning` on one line.")
        if any(key.value == earlier.value for earlier, _ in found):
            raise MappingError(f"{path}, {_place(key)}: '{key.value}' stands twice. Keep one of the lines.")
        found.append((key, value))
    return found


def _place(node: "yaml.Node") -> str:
    return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"


def _meaning(path: Path, key: "yaml.ScalarNode", node: "yaml.ScalarNode") -> Column:
    def wrong(said: str) -> MappingError:
        return MappingError(f"{path}, {_place(node)}: '{node.value}' of '{key.value}': {said}")

    match node.value.split():
        case ["name", kind] if kind in vocab.things():
            return Column("name", type=kind)
        case ["name", *_]:
            raise wrong(f"name takes one class of {', '.join(vocab.things())}.")
        case ["figure", indicator]:
            return Column("figure", indicator)
        case ["figure", indicator, unit] if _unit(unit):
            return Column("figure", indicator, unit=unit)
        case ["figure", *_]:
            raise wrong("figure takes an indicator and, behind it, a unit such as 万元.")
        case [("reached" | "intended") as role, stage] if stage in lexicon.words("stages"):
            return Column(role, stage)
        case ["reached" | "intended", *_]:
            raise wrong("takes a stage such as 开工 or 竣工.")
        case [role] if role in PLAIN_ROLES:
            return Column(role)
        case [edge, kind] if _is_property(edge.removeprefix("^")) and kind in vocab.things():
            return Column("inverse" if edge.startswith("^") else "relation", edge.removeprefix("^"), kind)
        case [edge, *_] if _is_property(edge.removeprefix("^")):
            raise wrong(f"behind a property stands the class of its cells, one of {', '.join(vocab.things())}.")
    raise wrong(f"neither a property of the ontology (such as locatedIn) nor one of name, figure, {', '.join(PLAIN_ROLES)}.")


def _is_property(name: str) -> bool:
    try:
        return name[:1].islower() and vocab.joins_things(name)
    except OntologyError:
        return False
