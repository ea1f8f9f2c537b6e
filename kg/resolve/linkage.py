"""Names that may be one thing's, found and scored by Splink (Fellegi and Sunter 1969; Linacre et al. 2022) on DuckDB.

Names share a block where they share a key of `kg.resolve.features`; each pair of a block gets a weight for each comparison, log2 of
how much more often things that are one agree so than things that are not. The weights are data: `data/weights/linkage.json`.
Few pairs, such as those of one more report, are given the same scores without it: `kg.resolve.linkage_sqlite`.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf, log2, pow
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from kg import resources
from kg.extras import has
from kg.resolve.features import COLUMNS, CROWD, LISTS, NEW, Row
from kg.resolve.linkage_sqlite import are_few, compared

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = f"l.keys = r.keys AND (l.{NEW} = 'yes' OR r.{NEW} = 'yes')"
"""Which pairs are compared: of those that share a key, those of which at least one is looked at; what is known was compared before."""
INSTALL = "pip install 'innovation-kg[resolve]'"


@dataclass(frozen=True, slots=True)
class Scored:
    """Two names, by their places in what was linked, their score (0 to 1), and the weight of each comparison in bits."""

    one: int
    other: int
    score: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Level:
    """A way in which two names agree or not: a condition in SQL, what it says."""

    sql: str
    zh: str
    en: str


def can_score() -> bool:
    """Whether Splink, DuckDB and Arrow are installed."""
    return has("splink", "duckdb", "pyarrow")


def load() -> None:
    """Load what scores names, which takes a second, so that it is there when it is needed."""
    if can_score():
        import duckdb  # noqa: PLC0415  # an extra
        import splink  # noqa: PLC0415

        _ = duckdb, splink


def remark() -> str:
    """What is to be told where names cannot be scored, "" where they can."""
    return "" if can_score() else f"names are compared by rules and decisions alone; {INSTALL} brings the scores."


@cache
def comparisons() -> Mapping[str, tuple[Level, ...]]:
    """Comparison → its levels, of which the first that holds counts; the last is for all else."""
    found = json.loads((resources.data() / "weights" / "comparisons.json").read_text(encoding="utf-8"))
    return MappingProxyType({name: tuple(Level(**one) for one in levels) for name, levels in found.items()})


@cache
def weights() -> Mapping[str, Any]:
    """Estimated by `training/linkage.py`: `prior`, the scores from which on two names are `same` or asked, `m` and `u` of each level."""
    found: dict[str, Any] = json.loads((resources.data() / "weights" / "linkage.json").read_text(encoding="utf-8"))
    return MappingProxyType(found)


def level_of(name: str, weight: float) -> Level | None:
    """The level of a comparison that has a weight in bits."""
    pairs = zip(comparisons()[name], weights()["m"][name], weights()["u"][name], strict=True)
    return next((level for level, m, u in pairs if abs(log2(m / u) - weight) < 1e-6), None)


def settings(known: Mapping[str, Any] | None = None, with_levels: bool = False) -> Any:
    """The settings of Splink: its dialect is that of the engine, so that they run on DuckDB and on Spark.

    Args:
        known: weights other than those kept, while they are learnt.
        with_levels: whether the level of each comparison is told too.
    """
    from splink import SettingsCreator  # noqa: PLC0415  # an extra
    from splink.blocking_rule_library import CustomRule  # noqa: PLC0415
    from splink.comparison_level_library import CustomLevel, ElseLevel  # noqa: PLC0415
    from splink.comparison_library import CustomComparison  # noqa: PLC0415

    known = known or weights()

    def comparison(name: str, levels: Sequence[Level]) -> Any:
        made: list[Any] = []
        for level, m, u in zip(levels, known["m"][name], known["u"][name], strict=True):
            creator = CustomLevel(level.sql, label_for_charts=level.en, base_dialect_str="duckdb") if level.sql else ElseLevel()
            made.append(creator.configure(m_probability=m, u_probability=u))
        return CustomComparison(output_column_name=name, comparison_levels=made)

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=known["prior"],
        comparisons=[comparison(name, levels) for name, levels in comparisons().items()],
        blocking_rules_to_generate_predictions=[CustomRule(BLOCK, arrays_to_explode=["keys"])],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=with_levels,
    )


def uncrowded(found: Sequence[Row]) -> list[Row]:
    """The same rows without the keys that more than CROWD of them share; a key of the whole core stays."""
    count = Counter(key for one in found for key in one["keys"])
    return [{**one, "keys": [key for key in one["keys"] if count[key] <= CROWD or ":=" in key]} for one in found]


def score_rows(found: Sequence[Row], least: float = 0.0) -> list[Scored]:
    """Compare rows with each other, in the order of their places."""
    made = _score_few(found, least) if are_few(found) else _score_many(found, least)
    return sorted(made, key=lambda of: (of.one, of.other))


def _score_many(found: Sequence[Row], least: float) -> Iterator[Scored]:
    told = predicted(found, least)
    if told is None:
        return
    names = list(comparisons())
    columns = (told.column(name).to_pylist() for name in ("id_l", "id_r", "match_probability", *(f"mw_{name}" for name in names)))
    for one, other, p, *each in zip(*columns, strict=True):
        yield Scored(min(one, other), max(one, other), p, dict(zip(names, each, strict=True)))


def _score_few(found: Sequence[Row], least: float) -> Iterator[Scored]:
    """The same by what Splink computes: the weight of a pair is that of the prior and those of its levels together."""
    known, names = weights(), comparisons()
    bits = [[log2(m / u) for m, u in zip(known["m"][name], known["u"][name], strict=True)] for name in names]
    prior = log2(known["prior"] / (1 - known["prior"]))
    enough = log2(least / (1 - least)) if least else -inf
    for one, other, *levels in compared(found, {name: [level.sql for level in told] for name, told in names.items()}):
        each = [of[level] for of, level in zip(bits, levels, strict=True)]
        weight = sum(each, prior)
        if weight >= enough:
            yield Scored(one, other, _probability(weight), dict(zip(names, each, strict=True)))


def _probability(weight: float) -> float:
    return 1.0 / (1.0 + pow(2.0, -weight)) if weight >= 0 else pow(2.0, weight) / (1.0 + pow(2.0, weight))


def predicted(
    found: Sequence[Row], least: float = 0.0, known: Mapping[str, Any] | None = None, with_levels: bool = False
) -> "pa.Table | None":
    """What Splink says of the pairs of rows that share a block: ids, score, weight of each comparison; its level too where wanted."""
    if len(found) < 2:
        return None
    import duckdb  # noqa: PLC0415  # an extra
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        linker = Linker(DuckDBAPI(connection).register(table(found)), settings(known, with_levels), log_level=logging.ERROR)
        scored: Any = linker.inference.predict(threshold_match_probability=least or None)
        return cast("pa.Table", scored.as_pyarrow_table())


def table(found: Sequence[Row]) -> "pa.Table":
    """Rows as a table of Arrow with their places as `id`."""
    import pyarrow as pa  # noqa: PLC0415  # an extra

    texts = {name: pa.array([one[name] for one in found], pa.string()) for name in (*COLUMNS, NEW)}
    lists = {name: pa.array([one[name] for one in found], pa.list_(pa.string())) for name in LISTS}
    return pa.table({"id": pa.array(range(len(found)), pa.int64()), **texts, **lists})
