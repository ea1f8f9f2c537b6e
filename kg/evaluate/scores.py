"""Precision, recall and F1 of extracted facts, the accuracy of what matched, and the facts that did not match."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.confine.limits import Limits
from kg.evaluate.gold import Facts, gold_facts, predicted_facts
from kg.evaluate.matching import ATTRIBUTES, MATCHES, Aliases, Item, grounded, likeness, linked
from kg.workspace.ingest.prepare import Options


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fact that did not find its match: `missed` (in the gold only) or `wrong` (in the prediction only)."""

    what: str
    kind: str
    file: str
    item: Item


@dataclass(slots=True)
class Score:
    """Counts of one kind of fact over all files (micro average); facts marked optional count neither for nor against.

    `things` are those named, places aside, and `linked` those of them that something said joins to something; both of entities alone.
    """

    kind: str
    matched: int = 0
    missed: int = 0
    wrong: int = 0
    said: int = 0
    grounded: int = 0
    things: int = 0
    linked: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 0 where nothing was said."""
        return _share(self.matched, self.matched + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is true that was said; 0 where nothing is."""
        return _share(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall (van Rijsbergen 1979)."""
        return _share(2 * self.matched, 2 * self.matched + self.wrong + self.missed)

    @property
    def accuracy(self) -> Mapping[str, float]:
        """For each attribute that gold tells, its share of right values among the facts that matched and whose gold tells it."""
        return {name: _share(self.right[name], self.asked[name]) for name in ATTRIBUTES[self.kind] if self.asked[name]}

    @property
    def groundedness(self) -> float:
        """Share of what was said whose span holds it."""
        return _share(self.grounded, self.said)

    @property
    def linkage(self) -> float:
        """Share of the things named, places aside, that a relation, an event or a figure joins to something."""
        return _share(self.linked, self.things)


def evaluate(gold: Path, predicted: Path, options: Options | None = None, limits: Limits | None = None) -> dict[str, Score]:
    """Compare facts with facts written by hand.

    Args:
        gold: a JSON file, or a folder of them.
        predicted: JSON of `kg extract --json` or a report to extract; or a folder that holds one for each gold file.
        options: how a report is read.
        limits: of each report, which is read in a process of its own.

    Returns:
        A score for each kind: entities, observations, relations, events.

    Raises:
        UsageError: a file that is not there or not of the right form.
    """
    truth = gold_facts(gold)
    claims = predicted_facts(predicted, list(truth), options or Options(), limits or Limits())
    scores = {kind: Score(kind) for kind in MATCHES}
    for file, facts in truth.items():
        names = Aliases(facts.get("entities", []))
        for score in scores.values():
            _count(score, file, facts, claims.get(file, {}), names)
        things, tied = linked(claims.get(file, {}))
        scores["entities"].things += things
        scores["entities"].linked += tied
    return scores


def _count(score: Score, file: str, truth: Facts, claims: Facts, names: Aliases) -> None:
    """Add one file to a score. Required facts are paired first, each with the likest claim that matches it."""
    kind, left = score.kind, list(claims.get(score.kind, []))
    text = (claims.get("document") or {}).get("text", "")
    score.said += len(left)
    score.grounded += sum(grounded(kind, item, text) for item in left)
    for gold in sorted(truth.get(kind, []), key=lambda item: bool(item.get("optional"))):
        fits = [item for item in left if MATCHES[kind](gold, item, names)]
        best = max(fits, key=lambda item: likeness(gold, item), default=None)
        if best is not None:
            left.remove(best)
            answers = {name: test(gold, best) for name, test in ATTRIBUTES[kind].items()}
            score.asked.update(name for name, answer in answers.items() if answer is not None)
            score.right.update(name for name, answer in answers.items() if answer)
            score.matched += not gold.get("optional")
        elif not gold.get("optional"):
            score.missed += 1
            score.verdicts.append(Verdict("missed", kind, file, gold))
    score.wrong += len(left)
    score.verdicts += [Verdict("wrong", kind, file, item) for item in left]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def lines(scores: Mapping[str, Score], verdicts: bool = False) -> Iterator[str]:
    """Scores as lines for a terminal; before them, on demand, the facts that did not match."""
    for score in scores.values() if verdicts else ():
        for verdict in score.verdicts:
            said = {key: value for key, value in verdict.item.items() if key not in ("span", "spans") and value not in (None, [], "")}
            yield f"{verdict.what:<6} {verdict.kind} {verdict.file}: " + "; ".join(f"{k}: {v}" for k, v in said.items())
    yield f"{'':<12} {'precision':>9} {'recall':>7} {'F1':>6} {'gold':>5} {'said':>5} {'grounded':>9}  of what matched"
    for score in scores.values():
        shares = " ".join(f"{name} {share:.2f}" for name, share in score.accuracy.items())
        yield (
            f"{score.kind:<12} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f} {score.matched + score.missed:5} "
            f"{score.said:5} {score.groundedness:9.3f}  {shares}"
        ).rstrip()
    named = scores["entities"]
    yield f"{'linked':<12} {named.linkage:9.3f} of {named.things} things, places aside, stand in a relation, an event or a figure"


def as_rows(scores: Mapping[str, Score]) -> list[dict[str, object]]:
    """Scores as JSON has them, one object a kind; shares from 0 to 1."""
    return [
        {
            "kind": score.kind, "precision": score.precision, "recall": score.recall, "f1": score.f1,
            "gold": score.matched + score.missed, "said": score.said, "grounded": score.groundedness, "accuracy": dict(score.accuracy),
            **({"things": score.things, "linked": score.linkage} if score.kind == "entities" else {}),
        }
        for score in scores.values()
    ]  # fmt: skip
