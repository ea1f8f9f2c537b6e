"""`--place` and `--period`: the part of the graph that a command looks at, the same two options for all that read one."""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.model import Scope

if TYPE_CHECKING:
    from kg.store import Scoped

PlaceOption = Annotated[str | None, typer.Option("--place", help="Only reports of this place and those in it, or of this park.")]
PeriodOption = Annotated[str | None, typer.Option("--period", help="Only reports of this time: 2023H1, 2023, 2023Q1, 2022H2..2023H1.")]
CHOSEN: ContextVar[Scope | None] = ContextVar("scope", default=None)
"""The part that the command which runs looks at; None where it looks at all of it."""


def scoped(command: Callable[..., None]) -> Callable[..., None]:
    """A command with `--place` and `--period` beside its own options; what it opens is the part that they name."""

    @wraps(command)
    def within(place: str | None = None, period: str | None = None, **given: Any) -> None:
        before = CHOSEN.set(scope_of(place, period))
        try:
            command(**given)
        finally:
            CHOSEN.reset(before)

    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in (("place", PlaceOption), ("period", PeriodOption))
    ]
    own = inspect.signature(command)
    taken = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own.parameters.values()]
    within.__signature__ = own.replace(parameters=[*taken, *options])  # type: ignore[attr-defined]  # what typer reads
    within.__annotations__ = {**command.__annotations__, "place": PlaceOption, "period": PeriodOption}
    return within


def scope_of(place: str | None, period: str | None) -> Scope | None:
    """The part that two options name.

    Raises:
        UsageError: the period is none.
    """
    if place is None and period is None:
        return None
    from kg.reason.periods import period_of

    return Scope((place or "").strip(), None if period is None else period_of(period))


def told(found: "Scoped") -> str:
    """What of a graph is looked at and what is left out, in a line."""
    period = found.scope.period
    said = [f"place {found.scope.place}"] if found.scope.place else []
    said += [f"period {period.start}..{period.end}"] if period else []
    undated = f"; {found.undated} that tell no time are in" if found.undated else ""
    return f"{found.kept} of {found.known} documents are looked at ({', '.join(said)}); {found.known - found.kept} are left out{undated}."
