"""Characters a second on one core, beside jieba's part-of-speech tagger on the same text."""

import logging
import time
from collections.abc import Callable

from kg import resources
from kg.extract import extract
from kg.model import Document
from kg.read import read

BAR = 50_000


def main() -> None:
    text = read(resources.data() / "qingpu-2023h1" / "report.txt").text
    long = Document("bench", "bench.txt", "text/plain", (text + "\n") * 40, "0" * 64)
    ours = rate(len(long.text), lambda: extract(long))
    print(f"extract   {ours:>10,.0f} characters a second (bar {BAR:,}): {'met' if ours >= BAR else 'MISSED'}")
    try:
        import jieba.posseg
    except ImportError:
        print("          jieba is not installed: no ratio")
        return
    jieba.setLogLevel(logging.ERROR)
    theirs = rate(len(text) * 4, lambda: list(jieba.posseg.cut(text * 4)))
    print(f"          {theirs:>10,.0f} jieba's tagger alone; ratio {ours / theirs:.1f}")


def rate(size: int, work: Callable[[], object], times: int = 3) -> float:
    """Best of several runs, after one that warms up."""
    work()
    best = min(_seconds(work) for _ in range(times))
    return size / best


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
