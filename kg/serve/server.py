"""The running service: its application, and uvicorn under it."""

from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.middleware.cors import CORSMiddleware

from kg.errors import StoreError, UsageError
from kg.serve.connection import Connection, Connections
from kg.serve.front import Front
from kg.serve.graph_store import GraphStore
from kg.serve.intake import Intake
from kg.serve.log import log_as_json
from kg.serve.lookup import Lookups
from kg.serve.lookup_process import LookupProcess
from kg.serve.memory import keep_little
from kg.serve.metrics import Metrics
from kg.serve.pool import Pool
from kg.serve.protocol import SparqlEndpoint
from kg.serve.web import web_application
from kg.workspace.file_names import STORE

if TYPE_CHECKING:
    from kg.serve.settings import Settings


def application(settings: "Settings", metrics: Metrics, process: LookupProcess) -> Any:
    """The ASGI application of a service.

    Args:
        settings: those of the service.
        metrics: what counts its requests.
        process: the process that answers lookups beside this one.
    """
    pool, intake = Pool(settings), Intake(settings)
    web = web_application(pool, settings, metrics)
    rooms: dict[str, Any] = {
        "sparql": SparqlEndpoint(pool, settings, intake, Lookups(settings, process)),
        "graph-store": GraphStore(pool, settings, intake),
        "web": web,
    }
    front: Any = Front(rooms, pool, settings, metrics)
    if settings.cors:
        front = CORSMiddleware(
            front,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Accept"],
        )
    return front


def run(settings: "Settings") -> None:
    """Serve until the process is told to stop.

    Raises:
        UsageError: the settings leave a door open, or the address cannot be taken.
        StoreError: there is no graph.
    """
    settings.require_safe()
    if not (settings.workspace / STORE).is_dir() and settings.token is None:
        raise StoreError(f"{settings.workspace} holds no graph. Run `kg ingest FILE --workspace {settings.workspace}` first.")
    log_as_json()
    keep_little()
    metrics = Metrics()
    process = LookupProcess(settings, metrics)
    config = uvicorn.Config(
        application(settings, metrics, process),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whoever asks from this machine could name another address for the log
        lifespan="on",
        http=partial(Connection, connections=Connections(settings.patience, process)),  # type: ignore[arg-type]  # it makes one, as a class does
        ws="none",
        timeout_graceful_shutdown=3,
    )
    try:
        listening = config.bind_socket()
    except SystemExit as error:  # uvicorn has logged why
        raise UsageError(f"{settings.host}:{settings.port} cannot be listened on. Choose another --port.") from error
    uvicorn.Server(config).run(sockets=[listening])
