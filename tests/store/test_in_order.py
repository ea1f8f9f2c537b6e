"""A store into which much was loaded is put in order once, so that the commands to come need not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import vocab
from kg.store import EmbeddedStore, embedded, insertion


class Watched:
    """A store of Oxigraph's of which it is noted that it was put in order."""

    def __init__(self, oxigraph: object) -> None:
        self.oxigraph, self.times = oxigraph, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.oxigraph, name)

    def __len__(self) -> int:
        return len(self.oxigraph)  # type: ignore[arg-type]

    def optimize(self) -> None:
        self.times += 1
        self.oxigraph.optimize()  # type: ignore[attr-defined]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Load firms into the store of a workspace in one run; how often it was put in order."""
    monkeypatch.setattr(embedded, "LARGE", 100)
    monkeypatch.setattr(embedded, "MUCH", 500)

    def run(*sizes: int, of: str) -> int:
        store = EmbeddedStore.writing(tmp_path / "store")
        watched = store.oxigraph = Watched(store.oxigraph)
        for part, size in enumerate(sizes):
            firms = [vocab.thing(f"企业{of}-{part}-{number}") for number in range(size)]
            store.apply([], insertion((firm, vocab.ino("locatedIn"), vocab.thing("园区"), vocab.passage("report", 0, 9)) for firm in firms))
        store.put_in_order()
        store.close()
        return watched.times

    return run


def test_much_in_an_empty_store_is_put_in_order_once_and_all_of_it_is_there(load: Callable[..., int], tmp_path: Path):
    assert load(300, 300, of="one") == 1
    store = EmbeddedStore.reading(tmp_path / "store")
    assert len(store.rows("SELECT ?firm { ?firm ino:locatedIn id:园区 }")) == 600
    store.close()


def test_what_is_little_or_a_small_part_of_the_store_is_not(load: Callable[..., int]):
    assert load(200, of="little") == 0
    assert load(2000, of="much") == 1
    assert load(501, of="more") == 0
