"""The command that serves a graph."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from kg import files
from kg.cli.options import DEFAULT_WORKSPACE, WorkspaceOption, open_workspace, say
from kg.cli.scope import CHOSEN
from kg.errors import ExtraMissingError, UsageError

if TYPE_CHECKING:
    from kg.serve import Settings


def serve(  # noqa: PLR0913, PLR0917  # one parameter an option
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; other than loopback needs a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
    token_file: Annotated[Path | None, typer.Option("--token-file", help="File with the token of writers; or set KG_TOKEN.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds after which a query is stopped.")] = 10.0,
    max_result: Annotated[int, typer.Option("--max-result", min=1, help="MB of an answer at most.")] = 64,
    max_request: Annotated[int, typer.Option("--max-request", min=1, help="MB of a query; changes with the token may be larger.")] = 1,
    max_memory: Annotated[int, typer.Option("--max-memory", min=128, help="MB that one query may use.")] = 2048,
    max_memory_total: Annotated[
        int | None, typer.Option("--max-memory-total", min=256, help="MB of all queries together; left out, 4096 or half of what there is.")
    ] = None,
    cors: Annotated[list[str] | None, typer.Option("--cors", help="Origin whose pages may ask; * for all.")] = None,
    allow_service: Annotated[list[str] | None, typer.Option("--allow-service", help="IRI of an endpoint that SERVICE may call.")] = None,
    allow_load: Annotated[bool, typer.Option("--allow-load", help="Let LOAD fetch documents.")] = False,
) -> None:
    """Serve the explorer, SPARQL, the Graph Store Protocol and a query page. 启动图谱浏览与查询服务。"""
    try:
        from kg.serve import Settings
        from kg.serve.memory import office_share
        from kg.serve.server import run
    except ModuleNotFoundError as error:
        raise ExtraMissingError(f"`kg serve` needs {error.name}. Run: pip install 'innovation-kg[serve]'") from error

    settings = Settings(
        workspace,
        host,
        port,
        _token(token_file),
        time_limit=timeout,
        result_limit=max_result * 1024 * 1024,
        request_limit=max_request * 1024 * 1024,
        memory_limit=max_memory * 1024 * 1024,
        memory_total=max_memory_total * 1024 * 1024 if max_memory_total else office_share(),
        cors=tuple(cors or ()),
        services=tuple(allow_service or ()),
        load=allow_load,
    )
    settings.require_safe()
    with _part_of(settings) as served:
        say(f"http://{host}:{port}/  (SPARQL at /sparql; stop with Ctrl+C)")
        run(served)


@contextmanager
def _part_of(settings: "Settings") -> "Iterator[Settings]":
    """The settings with the part of `--place` and `--period`, as it is now, in a workspace of its own in the place of all of the graph.

    Raises:
        UsageError: changes of it are asked for, which would go nowhere.
    """
    if CHOSEN.get() is None:
        yield settings
        return
    if settings.token is not None:
        raise UsageError("A part of the graph is served for reading alone. Leave out the token, or --place and --period.")
    from kg.workspace.scope import write_part

    with TemporaryDirectory(prefix="kg-") as folder:
        with open_workspace(settings.workspace).reading() as part:
            write_part(part, Path(folder))
        yield replace(settings, workspace=Path(folder))


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get("KG_TOKEN") or None
    token = files.text(file, UsageError).strip()
    if not token:
        raise UsageError(f"{file} is empty. Put the token into it.")
    return token
