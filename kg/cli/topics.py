"""What four reports of one office tell together, a table a topic, as the commands for them print it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.reason import records
from kg.reason.bounds import bound_figures
from kg.reason.contradictions import contradictions
from kg.reason.promises import promises as kept_promises
from kg.reason.series import series
from kg.show import over_time
from kg.show.bounds import as_table
from kg.show.kept import COLUMNS, kept_rows
from kg.show.tables import as_bytes, cited
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd

_AS_OF = dt.date(2024, 6, 30)
_STATES = ("late", "partly", "no-word-since")
"""Of the promises, those that a planner would ask about."""


def told(store: Store, lang: str, say: Callable[[str], object]) -> None:
    """Say each topic: the command that asks for it, its table, and the sentences that it rests on."""
    for command, table in _tables(store, lang):
        shown, notes = cited(table)
        say("\n".join((f"kg {command}", as_bytes(shown, "table").decode().rstrip(), *notes, "")))


def _tables(store: Store, lang: str) -> Iterator[tuple[str, "pd.DataFrame"]]:
    import pandas as pd

    name, subject, indicator = _most_told(store)
    points = [one for one in series(store, subject) if one.line.indicator == indicator]
    yield f"timeline {name} --indicator {indicator}", over_time.points(points, lang)
    yield "check", over_time.contradictions(contradictions(store), lang)
    kept = [one for one in kept_promises(store, _AS_OF) if one.state in _STATES]
    asked = " ".join(f"--state {state}" for state in _STATES)
    yield f"promises --as-of {_AS_OF} {asked}", pd.DataFrame(list(kept_rows(kept, lang)), columns=list(COLUMNS))
    yield "bounds", as_table(bound_figures(store), lang, in_words=False)


def _most_told(store: Store) -> tuple[str, str, str]:
    """The name and IRI of a thing, and the indicator of it, of which reports tell most figures."""
    found = (one for one in records.figures(store) if one.subject and one.period and not one.planned and one.about in ("", one.name))
    counted = Counter((one.name, one.subject, one.indicator) for one in found)
    return max(counted, key=lambda one: (counted[one], one))
