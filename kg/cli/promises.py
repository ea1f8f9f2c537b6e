"""The command that tells what came of promises."""

import datetime as dt
from typing import Annotated

import typer

from kg.cli.options import (
    DEFAULT_WORKSPACE,
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
from kg.errors import UsageError


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
    import pandas as pd

    from kg.reason.promises import State, last_day
    from kg.reason.promises import promises as kept_promises
    from kg.show.kept import COLUMNS, counted, kept_rows

    table_format = format_of(table_format, as_json)
    if unknown := next((one for one in state or () if one not in list(State)), None):
        raise UsageError(f"--state is {', '.join(State)}, not '{unknown}'.")
    day, lang = _day(as_of) if as_of is not None else None, language(lang)
    with open_workspace(workspace, store).reading() as held:
        until = day or last_day(held) or dt.date.max
        kept = [one for one in kept_promises(held, until) if not state or one.state in state]
    print_cited(pd.DataFrame(list(kept_rows(kept, lang)), columns=list(COLUMNS)), table_format, output)
    if kept:
        tell(f"as of {until}: {', '.join(f'{label} {count}' for label, count in counted(kept, lang).items())}")


def _day(given: str) -> dt.date:
    """The day of `--as-of`: itself, or the last of a period."""
    from kg.reason.periods import period_of

    return period_of(given).end
