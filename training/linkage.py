"""Estimates the weights with which `kg.resolve.linkage` compares names, from labelled pairs: `python -m training.linkage`.

`m` of a level is how often pairs that are one thing agree so, `u` how often pairs that are not do; counts of the training half of
`tests/corpus/identity/pairs.csv`, with names of different stems that meet in a block as further pairs that are not one thing. What no
pair can tell, as names alone have no credit code and nothing beside them, is given below. Same pairs, same weights.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

from kg.resolve.features import Named, Row, rows
from kg.resolve.linkage import comparisons, predicted, uncrowded

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "tests" / "corpus" / "identity" / "pairs.csv"
WEIGHTS = ROOT / "data" / "weights" / "linkage.json"
GIVEN = {
    "code": ([0.5, 0.499999, 1e-6], [1e-6, 0.499999, 0.5]),
    "near": ([0.5, 0.15, 0.15, 0.2], [0.5, 0.02, 0.08, 0.4]),
}
"""m and u of each level of what labelled names cannot tell: a code is one thing's, and things that are one stand beside the same."""
SAME, ASKED, PRIOR = 0.9, 0.1, 0.2
APART, ALIKE = ("place", "head", "marks", "branch", "level", "legal"), ("name", "beyond")
"""Pairs whose last level of one of these says that they differ tell nothing of how alike the names of different things are."""
SHRINK = 12.0
"""Pairs of each kind as which what is believed of a level counts: by itself, that it says nothing; else what BELIEVED says."""
BELIEVED = {
    "name": {
        "schools of other names, which are always written in full": (0.001, 0.05),
        "two short names, each of which says something else": (0.002, 0.05),
        "the stem alone, two characters": (0.14, 0.05),
        "same stem, other common words": (0.01, 0.02),
        "one stem begins with the other, same trade": (0.01, 0.02),
        "one begins with the other": (0.005, 0.05),
        "no stem, one begins with the other": (0.02, 0.02),
    },
    "beyond": {
        "the shorter is a stem alone, two characters": (0.12, 0.02),
        "five characters beyond or more": (0.006, 0.1),
    },
    "place": {
        "other place": (0.002, 0.3),
        "a place in one only, of an office, a site, a policy or an award": (0.03, 0.15),
        "a place in a short name only, or in one of two": (0.003, 0.2),
    },
    "head": {"other kind of thing": (0.001, 0.3)},
    "marks": {"other number, phase or direction": (0.001, 0.3), "a year or number in one only, of a policy": (0.02, 0.1)},
    "level": {"other level": (0.002, 0.1), "a level in one only": (0.05, 0.08)},
    "branch": {"one is a rural bank": (0.001, 0.3), "one looks like a branch of the other": (0.002, 0.1)},
    "legal": {
        "a group and a member": (0.002, 0.1),
        "a stem and its legal form alone, other words in the other": (0.001, 0.3),
    },
    "bracket": {"other place in brackets": (0.001, 0.05), "a place in brackets in one only": (0.02, 0.03)},
}
"""What anybody would say of a level before any pair is seen: how often it holds of pairs that are one, and of pairs that are not."""


def labelled(split: str) -> list[dict[str, str]]:
    """Pairs of a half."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [one for one in csv.DictReader(file) if one["split"] == split]


def names_of(pairs: list[dict[str, str]]) -> list[Named]:
    """Each name of some pairs once, with its class."""
    found = {(one[side], one["class"]): None for one in pairs for side in ("one", "other")}
    return [Named(f"{kind}:{name}", name, kind) for name, kind in found]


def counts(found: list[Row], pairs: list[dict[str, str]]) -> dict[str, tuple[list[float], list[float]]]:
    """How many pairs of each kind agree so at each level of each comparison."""
    uniform = {name: [1 / len(levels)] * len(levels) for name, levels in comparisons().items()}
    told = predicted(found, known={"prior": PRIOR, "m": uniform, "u": uniform}, with_levels=True)
    truth = {frozenset((one["one"], one["other"])): one["truth"] for one in pairs}
    stems: dict[str, set[str]] = defaultdict(set)
    for one in pairs:
        stems[one["one"]].add(one["stem"])
        stems[one["other"]].add(one["stem"])
    made = {name: ([0.0] * len(levels), [0.0] * len(levels)) for name, levels in comparisons().items()}
    for row in told.to_pylist() if told else ():
        one, other = (str(found[row[side]]["name"]) for side in ("id_l", "id_r"))
        known = truth.get(frozenset((one, other)), "different" if not stems[one] & stems[other] else "")
        level = {name: len(levels) - 1 - row[f"gamma_{name}"] for name, levels in comparisons().items()}
        told_apart = any(level[name] == len(comparisons()[name]) - 1 for name in APART)
        for name in level if known else ():
            if not (told_apart and name in ALIKE):
                made[name][known == "different"][level[name]] += 1
    return made


def shrunk(name: str, sides: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    """m and u of the levels of a comparison: shares of the pairs seen and of those believed."""
    total = [sum(side) for side in sides]
    made: tuple[list[float], list[float]] = ([], [])
    for at, level in enumerate(comparisons()[name]):
        neither = (sum(side[at] / all_ for side, all_ in zip(sides, total, strict=True)) + 0.01) / 2
        believed = BELIEVED.get(name, {}).get(level.en, (neither, neither))
        for kind in (0, 1):
            made[kind].append((sides[kind][at] + SHRINK * believed[kind]) / (total[kind] + SHRINK))
    return tuple([round(one / sum(side), 6) for one in side] for side in made)  # type: ignore[return-value]  # two, as there were


def learn() -> dict[str, object]:
    """The weights, rounded so that their text is the same everywhere."""
    pairs = labelled("train")
    found = counts(uncrowded(list(rows(names_of(pairs)))), pairs)
    shares = {name: shrunk(name, sides) for name, sides in found.items()} | GIVEN
    return {
        "prior": PRIOR, "same": SAME, "ask": ASKED,
        "m": {name: sides[0] for name, sides in shares.items()}, "u": {name: sides[1] for name, sides in shares.items()},
    }  # fmt: skip


if __name__ == "__main__":
    WEIGHTS.write_text(json.dumps(learn(), indent=1) + "\n", encoding="utf-8")
