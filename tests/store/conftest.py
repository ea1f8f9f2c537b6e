"""The stores that must behave alike: in memory, on disk, and behind two real engines."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.store import EmbeddedStore, Store
from kg.store.remote import RemoteStore
from tests.conftest import require_tool
from tests.servers import oxigraph_server, virtuoso_server


@pytest.fixture(scope="session")
def oxigraph_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_tool("virtuoso-t")
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine_url(request: pytest.FixtureRequest) -> str:
    """URL of a real engine whose graphs are ours to empty."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=["memory", "disk", "oxigraph", "virtuoso"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store without documents."""
    kinds: dict[str, Callable[[], Store]] = {
        "memory": EmbeddedStore,
        "disk": lambda: EmbeddedStore.writing(tmp_path / "workspace" / "store"),
        "oxigraph": lambda: RemoteStore(request.getfixturevalue("oxigraph_url")),
        "virtuoso": lambda: RemoteStore(request.getfixturevalue("virtuoso_url")),
    }
    with closing(kinds[request.param]()) as store:
        empty(store)
        yield store
        empty(store)


def empty(store: Store) -> None:
    """Take out every graph of ours; an engine's own stay."""
    graphs = [row[0] for row in store.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?g), STR(doc:))) }")]
    store.replace([g for g in graphs if g is not None], [])
