"""Whose a figure or an event is, and of when: the place or park of its report, its subject by name, its time."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg import lexicon, vocab
from kg.extract.text.segment import fold
from kg.reason.records import Report, names_of, reports
from kg.reason.series import names
from kg.show.over_time import when_text
from kg.show.wording import period_text

if TYPE_CHECKING:
    from kg.store import Store

READ = "*"
"""Stands behind what no sentence says, but its report or the text around it."""
_QUOTES = str.maketrans("", "", "\"'“”‘’「」《》")


class Whose:
    """What the documents of a store say of whose they are and of when, and the names of things."""

    def __init__(self, store: "Store", lang: str) -> None:
        self.store, self.lang = store, lang

    @cached_property
    def reports(self) -> dict[str, Report]:
        """The documents by name."""
        return reports(self.store)

    @cached_property
    def names(self) -> dict[str, str]:
        """A name of each thing, by IRI."""
        return names_of(self.store)

    @cached_property
    def all_names(self) -> dict[str, frozenset[str]]:
        """All names of each thing, by IRI."""
        return names(self.store)

    @cached_property
    def several(self) -> bool:
        """Whether the documents are of more than one place or park."""
        return len({report.home_name for report in self.reports.values() if report.home_name}) > 1

    def district(self, document: str | None) -> str:
        """The place or park whose report a document is, its title where nothing says."""
        report = self.reports.get(document or "")
        return (report.home_name or report.title) if report else ""

    def day(self, document: str) -> dt.date | None:
        """The day up to which a document tells, or that of its issue."""
        report = self.reports.get(document)
        return (report.period.end if report.period else report.issued) if report else None

    def time(self, document: str | None) -> str:
        """The time of a document in words, "" where it names none."""
        report = self.reports.get(document or "")
        if report is None:
            return ""
        return when_text(report.period, self.lang) or str(report.issued or "")

    def subject(self, row: Any) -> str:
        """What a figure is of: the name of its subject, and the group of it that the text tells; "" where nothing says."""
        thing, about = vocab.expand(str(row.thing or "")), str(row.of or "")
        name = self.names.get(thing, "")
        if not name or about in lexicon.words("wholes"):
            return name or about
        own = self.all_names.get(thing, frozenset())
        if about in own:
            return name
        lead = next((one for one in sorted(own, key=len, reverse=True) if about.startswith(one)), "")
        group = about.removeprefix(lead)
        return f"{name} {group}" if group and group not in name else name

    def is_named(self, row: Any) -> bool:
        """Whether a figure's sentence names its subject itself, or says that all of the place is meant."""
        said = fold(str(row.sentence or "")).translate(_QUOTES)
        known = {*self.all_names.get(vocab.expand(str(row.thing or "")), ()), *lexicon.words("wholes")}
        return any(fold(name).translate(_QUOTES) in said for name in known)

    def figure_time(self, row: Any) -> str:
        """The period of a figure; else the time of its report, marked as read from there; "" where neither says."""
        if row.start is not None:
            return period_text(row.start, row.end, self.lang)
        time = self.time(row.document)
        return f"{time}{READ}" if time else ""
