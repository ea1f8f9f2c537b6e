"""The `kg` command: parses, calls one function, prints. Results go to standard output, progress to standard error."""

import gc
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import typer

from kg.cli import ask, bounds, demo, extract, graph, network, over_time, review, service, write
from kg.cli.options import NO_OR_PARTLY, WRONG_USE, fail, say
from kg.cli.own_process import in_own_process
from kg.cli.scope import scoped
from kg.confine.crew import Spare
from kg.errors import KgError, UsageError
from kg.printed import printable


class Commands(typer.core.TyperGroup):
    """The group of commands: every error of ours becomes one line and an exit status."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Take the command line apart, and print what `--help` says."""
        with told_in_a_line():
            return super().make_context(*given, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        with told_in_a_line():
            return super().invoke(ctx)


@contextmanager
def told_in_a_line() -> Iterator[None]:
    """Errors of ours, and of the system, as one line and an exit status."""
    try:
        yield
    except KgError as error:
        fail(str(error), WRONG_USE if isinstance(error, UsageError) else NO_OR_PARTLY)
    except (BrokenPipeError, KeyboardInterrupt):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(130) from None
    except MemoryError:
        fail("It takes more memory than there is. Nothing else was changed.", NO_OR_PARTLY)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}. Nothing else was changed.", NO_OR_PARTLY)
    except Exception as error:
        if isinstance(message := getattr(error, "message", None), str):  # wrong use of the command line, which its library tells
            error.message = printable(message)  # type: ignore[attr-defined]  # where that class lies depends on the version
        raise


ASKING = frozenset(
    {
        "export",
        "query",
        "rank",
        "network",
        "clusters",
        "whatif",
        "recommend",
        "review",
        "why",
        "view",
        "report",
        "documents",
        "validate",
        "remove",
        "timeline",
        "diff",
        "check",
        "bounds",
        "promises",
    }
)
"""Commands that evaluate queries, many of them the user's: over a damaged store any may end its process."""
SCOPED = ASKING - {"remove"} | {"serve"}
"""Commands that read a graph: `--place` and `--period` choose the part of it."""


def application(own_process: bool = False) -> typer.Typer:
    """The command with all that it can do.

    Args:
        own_process: whether the process is there for this command alone, so that it may be divided and lose its network.
    """
    made = typer.Typer(
        cls=Commands,
        help="Work reports of an innovation ecosystem as a knowledge graph. 把工作报告变成知识图谱。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    commands: dict[str, Callable[..., None]] = {
        "extract": extract.extract,
        "evaluate": extract.evaluate,
        "ingest": graph.ingest,
        "import": graph.import_rdf,
        "documents": graph.documents,
        "remove": graph.remove,
        "backup": graph.backup,
        "restore": graph.restore,
        "check-store": graph.check_store,
        "export": write.export,
        "validate": graph.validate,
        "query": ask.query,
        "questions": ask.questions,
        "bounds": bounds.bounds,
        "promises": over_time.promises,
        "rank": network.rank,
        "network": network.network,
        "clusters": network.clusters,
        "whatif": network.whatif,
        "recommend": network.recommend,
        "timeline": over_time.timeline,
        "diff": over_time.diff,
        "check": over_time.check,
        "review": review.review,
        "why": review.why,
        "view": write.view,
        "report": write.report,
        "serve": service.serve,
        "demo": demo.demo,
        "version": version,
    }
    for name, command in commands.items():
        run = in_own_process(command) if own_process and name in ASKING else command
        made.command(name=name)(scoped(run) if name in SCOPED else run)
    return made


def main() -> None:
    """Entry point of the console command."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs a traceback for a literal such as "2023-13-45"^^xsd:date
    warnings.filterwarnings("ignore", category=UserWarning, module="rdflib")  # and warns of one such as "maybe"^^xsd:boolean
    ahead = Spare("kg.workspace.ingest.processes") if sys.argv[1:2] == ["ingest"] else nullcontext()
    try:
        with ahead:
            application(own_process=True)()
    finally:
        gc.freeze()  # a process that ends need not look for cycles among all that it has loaded


def version() -> None:
    """Print the version. 版本。"""
    from kg import __version__

    say(__version__)
