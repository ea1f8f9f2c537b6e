"""Commands that look at what many reports tell over time: timelines, changes, contradictions, what came of promises."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    DEFAULT_WORKSPACE,
    NO_OR_PARTLY,
    FormatOption,
    JsonOption,
    LangOption,
    OutputOption,
    StoreOption,
    WorkspaceOption,
    format_of,
    language,
    open_workspace,
    print_cited,
    tell,
)
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kg.reason.series import Series

_NAMED = 20


def timeline(  # noqa: PLR0913, PLR0917  # one parameter an option
    thing: Annotated[str, typer.Argument(help="Name or IRI of a thing.")],
    indicator: Annotated[str | None, typer.Option("--indicator", help="Only the series of an indicator, with growth reckoned.")] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
    output: OutputOption = None,
    lang: LangOption = "zh",
) -> None:
    """Tell what the graph knows of a thing in order of time. 按时间列出某事物的一切。"""
    from kg.query import thing_called
    from kg.reason.series import series
    from kg.reason.timeline import timeline as of_thing
    from kg.show import over_time

    table_format, lang = format_of(table_format, as_json), language(lang)
    with open_workspace(workspace, store).reading() as held:
        iri = str(thing_called(held, thing))
        if indicator is None:
            table = over_time.entries(of_thing(held, iri), lang)
        else:
            table = over_time.points(_of_indicator(series(held, iri), thing, indicator), lang)
    print_cited(table, table_format, output)


def _of_indicator(found: "list[Series]", thing: str, indicator: str) -> "list[Series]":
    """The series of an indicator, by its standard name or as it is printed.

    Raises:
        QueryError: the thing has none of it.
    """
    from kg.indicators import canonical_indicator

    wanted = {indicator, canonical_indicator(indicator)}
    chosen = [one for one in found if one.line.indicator in wanted or any(point.figure.words in wanted for point in one.points)]
    if not chosen:
        known = list(dict.fromkeys(one.line.indicator for one in found))
        told = (
            f"It has: {', '.join(known[:_NAMED])}{', …' if len(known) > _NAMED else ''}." if known else "It has no figures with a period."
        )
        raise QueryError(f"'{thing}' has no series of '{indicator}'. {told}")
    return chosen


def diff(  # noqa: PLR0913, PLR0917  # one parameter an option
    before: Annotated[str, typer.Argument(help="Period of the earlier reports: 2022H2, 2022, 2022Q3, 2022-01..2022-06.")],
    after: Annotated[str, typer.Argument(help="Period of the later reports.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
    output: OutputOption = None,
    lang: LangOption = "zh",
) -> None:
    """Tell what came, went and changed from the reports of one period to those of another. 比较两个时期的报告。"""
    from kg.reason.changes import changes
    from kg.reason.periods import period_of
    from kg.show import over_time

    table_format, lang = format_of(table_format, as_json), language(lang)
    first, second = period_of(before), period_of(after)
    with open_workspace(workspace, store).reading() as held:
        found = changes(held, first, second)
    left = f"; {len(found.undated)} documents of no known time are left out" if found.undated else ""
    tell(f"{', '.join(found.before)} against {', '.join(found.after)}{left}.")
    print_cited(over_time.changes(found.found, lang), table_format, output)


def check(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
    output: OutputOption = None,
    lang: LangOption = "zh",
) -> None:
    """List figures of reports that cannot all be true; exit status 1 if there are any. 核对各报告的数据是否矛盾。"""
    from kg.reason.contradictions import contradictions
    from kg.show import over_time

    table_format, lang = format_of(table_format, as_json), language(lang)
    with open_workspace(workspace, store).reading() as held:
        found = contradictions(held)
    print_cited(over_time.contradictions(found, lang), table_format, output)
    if found:
        raise typer.Exit(NO_OR_PARTLY)


def promises(  # noqa: PLR0913, PLR0917  # one parameter an option
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day by which reports count (2023-12-31, or the end of 2023, 2023H2); else the last told.")
    ] = None,
    state: Annotated[list[str] | None, typer.Option("--state", help="Only these states: fulfilled, late, partly, overdue …")] = None,
    table_format: FormatOption = "table",
    output: OutputOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Tell what came of each promise, with both sentences. 承诺兑现情况。"""
    from kg.reason.periods import period_of
    from kg.reason.promises import State, last_day
    from kg.reason.promises import promises as kept_promises
    from kg.show.promises import as_table, by_state

    table_format = format_of(table_format, as_json)
    if unknown := next((one for one in state or () if one not in list(State)), None):
        raise UsageError(f"--state is {', '.join(State)}, not '{unknown}'.")
    day, lang = period_of(as_of).end if as_of is not None else None, language(lang)
    with open_workspace(workspace, store).reading() as held:
        until = day or last_day(held) or dt.date.max
        kept = [one for one in kept_promises(held, until) if not state or one.state in state]
    print_cited(as_table(kept, lang), table_format, output)
    if kept:
        tell(f"as of {until}: {', '.join(f'{label} {count}' for label, count in by_state(kept, lang).items())}")
