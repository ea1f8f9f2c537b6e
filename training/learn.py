"""Learns the weights by which names are chosen, from the labelled sentences beside this file: same input, same weights.

A conditional random field over stretches (Sarawagi & Cohen, Semi-Markov Conditional Random Fields, NIPS 2004): the score of a reading is
the sum of the scores of the names in it, and the likelihood of the labelled readings is raised by AdaGrad with an L2 penalty.

    python -m training.learn            # writes data/weights/names.npz
    python -m training.learn --folds 5  # only says how good the weights are on sentences that they were not learned from
"""

import argparse
import os
import random
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from kg import resources
from kg.extract.names.candidates import Candidate, Grid
from kg.extract.names.features import Group, before, behind, spelled, within
from kg.extract.names.proposals import proposals
from kg.extract.names.reading import prepared
from kg.extract.names.scoring import STEPS, Model, best, likeliest, scored
from kg.extract.names.sentence_view import Seen
from kg.extract.text.segment import Sentence
from kg.model import Span
from training.labels import CLASSES, HERE, Labelled, sentences, varied

EPOCHS, RATE, PENALTY, RARE, TOLD_AGAIN, DICE = 8, 0.1, 3e-3, 6, 2, (11, 23, 37, 41)
"""RARE: candidates that have a feature at least; TOLD_AGAIN: how often each sentence is told in other words; DICE: a model is learned with
each, and the mean of the models is kept."""
LEAN = {
    **{("one", kind): -0.15 for kind in CLASSES},
    ("one", "Industry"): 0.85,
    ("one", "Project"): 0.15,
    ("one", "Park"): 0.05,
    ("rule=suffix:Park", "Park"): 48 / STEPS,
    ("rule=known:Industry", "Industry"): 0.25,
    ("rule=list:Industry", "Industry"): 0.7,
    ("rule=list:Technology", "Technology"): 1.2,
    ("rule=known:Enterprise", "Enterprise"): 1.0,
    ("rule=known:Recognition", "Recognition"): 1.5,
    ("rule=object:Recognition", "Recognition"): 2.5,
    ("rule=row:Enterprise", "Enterprise"): 5.0,
    ("rule=quoted:Project", "Project"): 2.0,
    ("rule=quoted:Programme", "Programme"): 1.0,
    ("rule=object:Programme", "Programme"): 2.5,
    ("rule=award:Award", "Award"): 2.0,
}
"""What is added to weights: labels leave out most industries that are mere attributes; what rules say surely."""


def case(one: Labelled) -> tuple[Seen, Grid]:
    """A sentence as the reader sees it: prepared for its features, and its candidates."""
    sentence = Sentence(Span(0, len(one.text)), one.text)
    return prepared(sentence, proposals(sentence, gazetteer=True))


class Case:
    """A sentence in numbers: rows of features of each candidate's ends and inside, what is right."""

    def __init__(self, one: Labelled, number: dict[str, int]) -> None:
        prepared, grid = case(one)
        found = grid.candidates()
        self.one, self.found = one, found

        def numbers(groups: list[Group]) -> list[int]:
            return [number.setdefault(feature, len(number)) for group in groups for feature in spelled(group)]

        starts = {c.start: numbers(before(prepared, c.start)) for c in found}
        ends = {c.end: numbers(behind(prepared, c.end)) for c in found}
        self.take([np.array([*starts[c.start], *ends[c.end], *numbers(within(prepared, c))]) for c in found])
        self.allowed = self._allowed()

    def take(self, rows: list[np.ndarray]) -> None:
        """Have these features, a row a candidate."""
        self.rows = rows
        self.flat = np.concatenate(rows) if rows else np.zeros(0, int)
        self.at = np.concatenate(([0], np.cumsum([len(r) for r in rows])[:-1])) if rows else np.zeros(0, int)

    def _allowed(self) -> np.ndarray:
        """Which candidate may be which class in a reading that agrees with the labels."""
        may = np.zeros((len(self.found), len(CLASSES)), bool)
        by_place = {(label.start, label.end): label for label in self.one.labels}
        self.must = np.zeros(len(self.one.text), bool)
        here = {(c.start, c.end) for c in self.found}
        for label in self.one.labels:
            if label.sure and (label.start, label.end) in here:
                self.must[label.start : label.end] = True
        for row, c in enumerate(self.found):
            label = by_place.get((c.start, c.end))
            if label:
                may[row, [CLASSES.index(t) for t in label.types]] = True
        return may


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + float(np.log(np.sum(np.exp(np.array(values) - top)))) if top > -np.inf else -np.inf


def marginals(length: int, found: list[Candidate], total: np.ndarray, must: np.ndarray | None) -> tuple[np.ndarray, float]:
    """How likely each candidate is in a reading, and the log of the sum of all readings; `must`: places that no reading leaves out."""
    by_end, by_start = defaultdict(list), defaultdict(list)
    for i, c in enumerate(found):
        if total[i] > -np.inf:
            by_end[c.end].append(i)
            by_start[c.start].append(i)
    ahead = np.full(length + 1, -np.inf)
    ahead[0] = 0.0
    for at in range(1, length + 1):
        paths = [] if must is not None and must[at - 1] else [ahead[at - 1]]
        paths += [ahead[found[i].start] + total[i] for i in by_end.get(at, ())]
        ahead[at] = paths[0] if len(paths) == 1 else _log_sum(paths) if paths else -np.inf
    back = np.full(length + 1, -np.inf)
    back[length] = 0.0
    for at in range(length - 1, -1, -1):
        paths = [] if must is not None and must[at] else [back[at + 1]]
        paths += [back[found[i].end] + total[i] for i in by_start.get(at, ())]
        back[at] = paths[0] if len(paths) == 1 else _log_sum(paths) if paths else -np.inf
    z = ahead[length]
    logs = np.array([ahead[c.start] + total[i] + back[c.end] - z for i, c in enumerate(found)])
    return np.exp(np.minimum(logs, 0.0)), z


def learn(cases: list[Case], features: int, epochs: int, dice: random.Random) -> np.ndarray:
    """Weights of all features."""
    weights = np.zeros((features, len(CLASSES)), np.float64)
    squares = np.full_like(weights, 1e-6)
    order = list(range(len(cases)))
    mean = np.zeros_like(weights)
    for epoch in range(epochs):
        dice.shuffle(order)
        loss = 0.0
        for number in order:
            one = cases[number]
            if not one.found:
                continue
            score = np.add.reduceat(weights[one.flat], one.at)
            top = score.max(axis=1)
            total = top + np.log(np.exp(score - top[:, None]).sum(axis=1))
            held = np.where(one.allowed, score, -np.inf)
            best_held = held.max(axis=1)
            with np.errstate(invalid="ignore", divide="ignore"):
                right = np.where(best_held > -np.inf, best_held + np.log(np.exp(held - best_held[:, None]).sum(axis=1)), -np.inf)
                of_class = np.where(one.allowed, np.exp(held - right[:, None]), 0.0)
            said, z = marginals(len(one.one.text), one.found, total, None)
            meant, z_right = marginals(len(one.one.text), one.found, right, one.must)
            if not np.isfinite(z_right):
                continue
            loss += z - z_right
            slope = said[:, None] * np.exp(score - total[:, None]) - np.nan_to_num(meant[:, None] * of_class)
            busy = np.abs(slope).max(axis=1) > 1e-4
            for row in np.nonzero(busy)[0]:
                rows = one.rows[row]
                step = slope[row][None, :] + PENALTY * weights[rows]
                squares[rows] += step**2
                weights[rows] -= RATE * step / np.sqrt(squares[rows])
        print(f"epoch {epoch + 1}: loss {loss / max(1, len(cases)):.4f}", flush=True)
        if epoch >= epochs // 2:
            mean += weights / (epochs - epochs // 2)
    return mean


def without_rare(cases: list[Case], number: dict[str, int]) -> list[str]:
    """Number features anew without the rare ones, so that nothing rests on what is dropped later; their names."""
    count = np.zeros(len(number), int)
    for one in cases:
        np.add.at(count, one.flat, 1)
    kept = count >= RARE
    anew = np.cumsum(kept) - 1
    for one in cases:
        one.take([anew[rows[kept[rows]]] for rows in one.rows])
    return [name for name, row in number.items() if kept[row]]


def learned(told: list[Labelled], epochs: int, seed: int) -> dict[str, np.ndarray]:
    """The weights of each feature, learned from labelled sentences, each told more than once in other words."""
    number: dict[str, int] = {}
    dice = random.Random(seed)  # noqa: S311  # the same weights each time
    again = [one for _ in range(TOLD_AGAIN) for one in varied(told, dice)]
    cases = [Case(one, number) for one in (*told, *again)]
    names = without_rare(cases, number)
    return dict(zip(names, learn(cases, len(names), epochs, dice), strict=True))


def mean_of(models: list[dict[str, np.ndarray]]) -> Model:
    """The mean of some models, with what is leaned to, in steps."""
    none = np.zeros(len(CLASSES))
    names = sorted({name for one in models for name in one})
    weights = np.array([sum((one.get(name, none) for one in models), none) / len(models) for name in names])
    rows = {name: row for row, name in enumerate(names)}
    for (feature, kind), more in LEAN.items():
        if feature in rows:
            weights[rows[feature], CLASSES.index(kind)] += more
    steps = np.round(weights * STEPS)
    telling = np.abs(steps).max(axis=1) > 0
    kept = [name for name, tells in zip(names, telling, strict=True) if tells]
    return Model(CLASSES, {name: row for row, name in enumerate(kept)}, (steps[telling] / STEPS).astype(np.float32))


def judged(model: Model, held: list[Labelled]) -> str:
    """Precision and recall of names (with an allowed class), and how many have their ends right, on labelled sentences."""
    right = said = sure = ends = reach = 0
    for one in held:
        prepared, grid = case(one)
        ((some, scores),) = scored(model, [(prepared, grid)])
        reading = best(one.text, some, *likeliest(scores))
        truth = {(label.start, label.end): label for label in one.labels}
        here = {(c.start, c.end) for c in grid.candidates()}
        sure += sum(label.sure for label in one.labels)
        reach += sum(label.sure and (label.start, label.end) in here for label in one.labels)
        for c, kind, _ in reading:
            label = truth.get((c.start, c.end))
            ok = label is not None and CLASSES[kind] in label.types
            ends += bool(label and label.sure)
            right += bool(ok and label.sure)
            said += bool(label is None or label.sure)
    precision, recall = right / max(1, said), right / max(1, sure)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    found = f"P={precision:.3f} R={recall:.3f} F1={f1:.3f}"
    return f"{found} ends R={ends / max(1, sure):.3f} reachable={reach / max(1, sure):.3f} of {sure} names"


def main() -> None:
    """Learn, or judge by folds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=HERE / "sentences")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=resources.data() / "weights" / "names.npz")
    chosen = parser.parse_args()
    told = list(sentences(chosen.folder))
    if chosen.folds:
        random.Random(3).shuffle(told)  # noqa: S311  # the same folds each time
        held, told = told[:: chosen.folds], [one for i, one in enumerate(told) if i % chosen.folds]
    with ProcessPoolExecutor(min(len(DICE), os.cpu_count() or 1)) as pool:
        made = mean_of(list(pool.map(learned, [told] * len(DICE), [chosen.epochs] * len(DICE), DICE)))
    print(f"{len(told)} sentences, {len(made.rows)} features")
    if chosen.folds:
        print(judged(made, held))
        return
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        chosen.out,
        classes=np.array(made.classes),
        features=np.frombuffer("\n".join(made.rows).encode(), np.uint8),  # as an array of texts it would take five times the room
        weights=np.round(made.weights * STEPS).astype(np.int16),
    )


if __name__ == "__main__":
    main()
