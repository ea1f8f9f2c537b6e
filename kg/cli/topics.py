"""What four reports of one office tell together, a few lines a topic: names, times, contradictions, promises, withheld figures."""

from collections import Counter, defaultdict
from collections.abc import Callable

from kg.model import Disclosure
from kg.reason import records
from kg.reason.records import Figure
from kg.show.wording import period_text
from kg.store import Store

_SHOWN = 6
"""Lines of a topic."""

Topic = Callable[[Store, str], list[str]]


def identity(store: Store, _: str) -> list[str]:
    """Things that the documents call by several names, those with most names first."""
    [rows] = store.texts("SELECT DISTINCT ?thing ?name { ?thing rdfs:label|skos:altLabel ?name FILTER (STRSTARTS(STR(?thing), STR(id:))) }")
    names: defaultdict[str, list[str]] = defaultdict(list)
    for thing, name in sorted(rows):
        names[thing].append(name)
    several = sorted((thing for thing in names if len(names[thing]) > 1), key=lambda thing: (-len(names[thing]), thing))
    return [" = ".join(names[thing]) for thing in several[:_SHOWN]]


def time(store: Store, lang: str) -> list[str]:
    """The figures of one indicator of one thing in order of time: of the indicator that most documents tell."""
    groups: defaultdict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in records.figures(store):
        if figure.subject and figure.period and not figure.planned:
            groups[figure.subject, figure.about, figure.indicator].append(figure)
    if not groups:
        return []
    (_, about, indicator), found = max(groups.items(), key=lambda group: (_documents(group[1]), len(group[1]), group[0]))
    points = sorted((one.period.start, one.period.end, _value(one)) for one in found if one.period)
    return [f"{about} {indicator}  {period_text(start, end, lang)}  {value}" for start, end, value in points[:_SHOWN]]


def _documents(found: list[Figure]) -> int:
    return len({told.document for figure in found for told in figure.told})


def _value(figure: Figure) -> str:
    value = figure.printed or (figure.disclosure.value if figure.disclosure is Disclosure.WITHHELD else f"{figure.lower}–{figure.upper}")
    return value if figure.growth is None else f"{value} ({figure.growth * 100:+.1f} %)"


def check(_: Store, __: str) -> list[str]:
    """What two reports tell differently."""
    return []


def promises(store: Store, _: str) -> list[str]:
    """What was promised, the nearest day first."""
    due = sorted((step.due, step.name, step.part, step.words) for step in records.steps(store) if step.planned and step.due)
    return [f"{day}  {' '.join(filter(None, (name, part)))}  {words}" for day, name, part, words in due[:_SHOWN]]


def bounds(store: Store, _: str) -> list[str]:
    """What is withheld, and how often."""
    withheld = Counter(one.indicator for one in records.figures(store) if one.disclosure is Disclosure.WITHHELD)
    return [f"{indicator}  {number} withheld" for indicator, number in withheld.most_common(_SHOWN)]


TOPICS: tuple[tuple[str, Topic], ...] = (
    ("identity", identity),
    ("time", time),
    ("check", check),
    ("promises", promises),
    ("bounds", bounds),
)
