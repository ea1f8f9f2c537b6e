"""Two reports of one office and time, a draft and its final: the later one counts, the other is kept and not counted."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from kg import vocab
from kg.extract.text.segment import fold
from kg.lexicon import any_word, pattern, pattern_text, word_pattern
from kg.reason.records import Report, documents_of, reports
from kg.store import Store
from kg.store.drafts import replaced, restored, withdrawal


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of documents by their names: the IRI of the one that counts in the place of each that does not, files, reports."""

    replaced: Mapping[str, str]
    sources: Mapping[str, str]
    reports: Mapping[str, Report]


def known(store: Store, names: Sequence[str] | None = None, before: Known | None = None) -> Known:
    """What a store holds of its documents.

    Args:
        store: the graph.
        names: of documents that came; all are read where it is None.
        before: what was known before they came.
    """
    replaced_by, files = _replaced(store, names)
    found = Known(replaced_by, files, reports(store, names))
    if before is None:
        return found
    return Known({**before.replaced, **found.replaced}, {**before.sources, **found.sources}, {**before.reports, **found.reports})


def settle(store: Store, held: Known | None = None) -> list[str]:
    """Have of each draft and its final only the later one count; in a line each, what is new of it.

    What a draft alone states leaves the default graph (and with it what was derived); its graphs stay, and count again when the final
    is taken out. Of two that are alike in all but their words for a draft, the one without them is the later; else the one that calls
    itself revised or the last; else the one that was published later. Two that nothing tells apart so both count.

    Args:
        store: open for writing.
        held: what it holds of its documents, where that is known already.
    """
    held = held or known(store)
    before, sources = held.replaced, held.sources
    wanted = dict(_pairs(held.reports, sources))
    if not wanted and not before:
        return []
    new = {name: final for name, final in wanted.items() if before.get(name) != str(vocab.document(final))}
    again = [name for name in before if name in new or name not in wanted]
    for name in again:
        store.carry_out(partial(restored, name))
    for name, final in new.items():
        store.carry_out(partial(replaced, name, final))
    store.carry_out(withdrawal)
    if new or again:
        store.replace([vocab.graph("inferred")], [])
    told = [
        f"{sources[final]} counts in place of {sources[name]}: both are of one office and time, and it is the later one."
        for name, final in new.items()
    ]
    return told + [f"{sources[name]} counts again: what counted in its place is gone." for name in again if name not in new]


def _replaced(store: Store, names: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """Name of each document that does not count with the IRI of the one that does in its place, which may be gone; files of all."""
    some = documents_of(names)
    replaced_by, files = store.texts(
        f"SELECT ?name ?final {{ {some} ?doc a ino:Document ; dct:identifier ?name ; dct:isReplacedBy ?final }} ORDER BY ?name",
        f"SELECT ?name ?source {{ {some} ?doc a ino:Document ; dct:identifier ?name ; dct:source ?source }} ORDER BY ?name",
    )
    return {row[0]: row[1] for row in replaced_by}, {row[0]: row[1] for row in files}


def _pairs(known: Mapping[str, Report], sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name of each draft with that of the report that counts in its place."""
    beside: defaultdict[tuple[object, ...], list[Report]] = defaultdict(list)
    for report in known.values():
        if report.home and report.period:
            beside[report.home, report.issuer, report.period].append(report)
    alike: defaultdict[tuple[object, ...], list[Report]] = defaultdict(list)
    for whose, group in beside.items():
        for report in group if len(group) > 1 else ():
            alike[*whose, _plain(report.title)].append(report)
    for group in alike.values():
        last = max(group, key=lambda report: (_counts(report, sources), report.name))
        for report in sorted(group, key=lambda report: report.name):
            if _counts(report, sources) < _counts(last, sources):
                yield report.name, last.name


def _counts(report: Report, sources: Mapping[str, str]) -> tuple[bool, bool, str]:
    """By what of two reports the later one is told: whether it is no draft, whether it calls itself the last, the day it was published."""
    told = fold(f"{report.title} {sources.get(report.name, '')}")
    return _draft().search(told) is None, _final().search(told) is not None, report.issued.isoformat() if report.issued else ""


def _plain(title: str) -> str:
    """A title without its words for a draft or a final, its day, its brackets."""
    bare = pattern("day").sub("", _draft().sub("", _final().sub("", fold(title))))
    return re.sub(r"[^\w]+|_", "", bare)


@cache
def _draft() -> re.Pattern[str]:
    return word_pattern("report_words", "draft")


@cache
def _final() -> re.Pattern[str]:
    return re.compile(f"{any_word('report_words', 'final')}|{pattern_text('revised')}")
