"""Measurements, each as a ratio to a peer in the same run; `make bench` prints them."""

import time
from collections.abc import Callable


def seconds(what: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start
