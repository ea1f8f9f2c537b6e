"""Answers as text and bytes: a table for people, CSV, JSON and Parquet for programs."""

import datetime as dt
import io
import json
import math
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.extras import need
from kg.printed import defused, printable
from kg.show.terminal import lines

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "csv", "json", "parquet")
_PARQUET = frozenset((str, bool, int, float, dt.date, dt.datetime))
_WORD = 2**63
_SHOWN = 1000
"""Characters of a cell that a table for people shows; CSV and JSON hold all."""
_LEAST_PLACES = 80
"""Width of a table for people at least, in a narrow terminal and in none."""


def known(table_format: str) -> str:
    """A format of `FORMATS`.

    Raises:
        UsageError: it is none.
    """
    if table_format not in FORMATS:
        raise UsageError(f"--format is {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not '{table_format}'.")
    return table_format


def as_bytes(table: "pd.DataFrame", table_format: str) -> bytes:
    """A table in a format of `FORMATS`.

    Text cells that a spreadsheet would take for a formula get an apostrophe before them in CSV; a table and JSON hold no control
    characters.

    Raises:
        UsageError: no such format.
        ExtraMissingError: the extra `[parquet]` is not installed.
    """
    match known(table_format):
        case "table":
            return _text(table).encode()
        case "csv":
            safe = table.map(_defused).rename(columns=_defused)
            return b"\xef\xbb\xbf" + safe.to_csv(index=False, lineterminator="\r\n").encode()
        case "json":
            return (printable(json.dumps(records(table), ensure_ascii=False, indent=1, allow_nan=False)) + "\n").encode()
    need("pyarrow", "parquet", "Parquet")
    buffer = io.BytesIO()
    _one_type_a_column(table).to_parquet(buffer, index=False)
    return buffer.getvalue()


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a table as JSON has them: a number without an end is null, a day or anything else is text."""
    return [dict(zip(table.columns, map(_json, row), strict=True)) for row in table.itertuples(index=False, name=None)]


def _json(cell: Any) -> Any:
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    if isinstance(cell, dt.date):  # pandas has days that are none
        return None if cell != cell else cell.isoformat()  # noqa: PLR0124
    return str(cell)


def _one_type_a_column(table: "pd.DataFrame") -> "pd.DataFrame":
    """Parquet holds one type a column, and whole numbers of 64 bits: a column of other things becomes text."""

    def uniform(column: "pd.Series[Any]") -> "pd.Series[Any]":
        kinds = {type(cell) for cell in column.dropna()}
        mixed = len(kinds) > 1 and not kinds <= {int, float}
        held = not mixed and kinds <= _PARQUET and all(-_WORD <= cell < _WORD for cell in column.dropna() if isinstance(cell, int))
        return column if held else column.map(lambda cell: None if cell is None else str(cell))

    return table.apply(uniform) if len(table) else table


def _defused(cell: Any) -> Any:
    return defused(cell) if isinstance(cell, str) else cell


def _text(table: "pd.DataFrame") -> str:
    """A table for a terminal, and how many rows it has."""
    from rich.console import Console  # noqa: PLC0415  # only where a table is printed

    names = [printable(str(name)) for name in table.columns]
    rows = [[_shown(cell) for cell in row] for row in table.itertuples(index=False)]
    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    return "\n".join((*lines(names, rows, max(_LEAST_PLACES, Console().width)), count)) + "\n"


def _shown(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):  # NaN is what pandas makes of an absent number
        return ""
    if isinstance(cell, float):
        return f"{cell:,.6g}" if abs(cell) < 1e6 else f"{cell:,.0f}"
    text = printable(str(cell))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"


def cited(table: "pd.DataFrame") -> tuple["pd.DataFrame", list[str]]:
    """A table for people: numbers in the place of documents and sentences, and what the numbers stand for, a line each."""
    numbers: dict[tuple[str, str], int] = {}
    shown = table.drop(columns=[name for name in table.columns if name.startswith("documents")])
    for name in [name for name in shown.columns if name.startswith("sentences")]:
        places = zip(table[name.replace("sentences", "documents")], table[name], strict=True)
        shown[name] = [" ".join(f"[{numbers.setdefault(one, len(numbers) + 1)}]" for one in _lines(*place)) for place in places]
    shown = shown.rename(columns=lambda name: str(name).replace("sentences", "told"))
    bare = [name for name in shown.columns if not any(shown[name])] if len(shown) else []
    return shown.drop(columns=bare), [f"[{number}] {document}: {sentence}" for (document, sentence), number in numbers.items()]


def _lines(documents: str, sentences: str) -> list[tuple[str, str]]:
    return list(zip(documents.split("\n"), sentences.split("\n"), strict=True)) if documents else []
