"""Whose report it is, as things of the document: the zone or site, the place, and where the text says so."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.document.coref import key_of
from kg.extract.document.gazetteer import lies_in, place_at, same_place, short_of
from kg.extract.document.header import Header
from kg.extract.text.particles import THIS, WE
from kg.extract.text.segment import fold
from kg.lexicon import any_word, pattern
from kg.model import Entity, Span


@dataclass(frozen=True, slots=True)
class Home:
    """The park and the place whose own report or news it is, by their names in the document, "" where there is none.

    `office` tells that an office of the place speaks, of its work: what it names may lie anywhere. `titled` is set where a title
    or the way it speaks says that the text is the park's or the place's own, and not only what it names most often;
    `titled_place` where the title names the place. `given` are the places in the text that say whose it is.
    """

    park: str = ""
    place: str = ""
    office: bool = False
    titled: bool = True
    titled_place: bool = True
    given: tuple[Span, ...] = ()

    @property
    def own(self) -> str:
        """Where what it tells of as its own lies: the park, else the place."""
        return self.park or self.place


_OFTEN = 3
"""How often a text without a title names the zone that it speaks of, at least."""


def home_of(context: Context, things: Mapping[str, Entity]) -> Home:
    """The home of a report.

    Args:
        context: the report as read.
        things: its things by each of their names.
    """
    top = context.header
    park = _park(context, things)
    place = _place(top.district, things.values())
    office = bool(top.issuer) and not park
    titled_place = bool(top.district) and short_of(top.district) in top.title + park
    given = [_given(name, things) for name in (park, place if not park else "", top.issuer)]
    titled = bool(park) or titled_place or _speaks(context, top.district)
    return Home(park, place, office, titled and not office, titled_place, tuple(dict.fromkeys(span for span in given if span)))


_FIRST = 3
"""Sentences at the beginning of a text that may say of whom it speaks."""


def _speaks(context: Context, district: str) -> bool:
    """Whether a text without a title speaks as a place's own (`我市`), or begins one of its first sentences with the place."""
    own, levels = district[-1:], lexicon.words("report_words", "province", "city", "district", "county", "banner")
    if own in levels and any(f"{word}{own}" in context.text for word in (WE, THIS)):
        return True
    body = [read for read in context.reads if not read.sentence.heading][:_FIRST]
    return any(m.type == "Place" and same_place(m.name, district) and _begins(read.text, m.start) for read in body for m in read.mentions)


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == ":"


def _park(context: Context, things: Mapping[str, Entity]) -> str:
    """The zone or site in the title or in the office's name; without a title the zone that the text names by far most often."""
    top = context.header
    for name in filter(None, (top.titled, top.zone)):
        wanted = key_of(name, "Park")
        for entity in things.values():
            if entity.type in ("Park", "Place") and wanted in {key_of(one, "Park") for one in (entity.name, *entity.aliases)}:
                return _fuller(entity.name, things)
    return "" if top.issuer or _titled(context) else _named_most(things.values())


def _fuller(name: str, things: Mapping[str, Entity]) -> str:
    """The zone that a bare `高新区` means, where the text names just one that ends so."""
    if name not in lexicon.words("zones"):
        return name
    longer = {e.name for e in things.values() if e.type == "Park" and e.name != name and e.name.endswith(name)}
    return longer.pop() if len(longer) == 1 else name


def _titled(context: Context) -> bool:
    first = context.reads[0] if context.reads else None
    return first is not None and first.sentence.heading


def _named_most(things: Iterable[Entity]) -> str:
    zones = Counter({e.name: len(e.spans) for e in things if e.type == "Park" and e.name.endswith(lexicon.words("zones"))})
    often = zones.most_common(2)
    alone = len(often) == 1 or (len(often) == 2 and often[0][1] >= 2 * often[1][1])
    return often[0][0] if often and often[0][1] >= _OFTEN and alone else ""


def _place(district: str, things: Iterable[Entity]) -> str:
    """The place of the header as a thing of the document; "" where the document names it nowhere."""
    named = [e.name for e in things if e.type == "Place" and district in (e.name, *e.aliases)]
    return named[0] if named else next((e.name for e in things if district and e.type == "Place" and same_place(e.name, district)), "")


def _given(name: str, things: Mapping[str, Entity]) -> Span | None:
    """Where a report says whose it is: in its title, else where the name stands first."""
    entity = things.get(name)
    return min(entity.spans, default=None) if entity else None


def own_place(things: tuple[Entity, ...], top: Header, text: str) -> tuple[Entity, ...]:
    """The place whose report it is where no sentence names it as one: it stands in the title or in the office's name."""
    if not top.district or any(e.type == "Place" and same_place(e.name, top.district) for e in things):
        return ()
    folded = fold(text)
    written = next((name for name in (top.district, short_of(top.district)) if name in folded), "")
    if not written or any(written in (e.name, *e.aliases) for e in things):
        return ()
    at = next((m.start() for m in re.finditer(written, folded) if not _is_anothers(m, folded, things, top.district)), -1)
    return (Entity(written, "Place", (Span(at, at + len(written)),)),) if at >= 0 else ()


def _is_anothers(place: re.Match[str], text: str, things: tuple[Entity, ...], district: str) -> bool:
    """Whether a place stands within the name of a firm or an institute (`扬州大学`), or is the province that is called so."""
    level = lexicon.words("report_words", "province")
    province = text.startswith(level, place.end()) and not district.endswith(level)
    if province or text.startswith(lexicon.words("not_places"), place.end()):
        return True
    return any(span.start <= place.start() < span.end for e in things if e.type in _NAMED_SO for span in e.spans)


_NAMED_SO = ("Enterprise", "ResearchInstitute")


def behind_firm(name: str) -> str:
    """What of a site's name stands behind the firm with which it begins: `二厂` of `岚光公司二厂`; all of it, where none does."""
    firm = pattern("firm_within").match(name)
    return name[firm.end() :] if firm else name


@cache
def _described() -> re.Pattern[str]:
    inside, first = (any_word("own_words", kind=kind) for kind in ("described", "described-first"))
    return re.compile(rf"{inside}|^(?:{first})")


def is_described(name: str) -> bool:
    """Whether a stretch describes a thing and is no name of it: `甲市唯一的国家级开发区`, `全市新开工项目`."""
    return _described().search(name) is not None


def elsewhere(name: str, home: str, place: str) -> bool:
    """Whether a name begins with a place that is neither the home, nor in it, nor around it."""
    told = place_at(name)
    if not told or name.startswith(short_of(place)) or name.startswith(home):
        return False
    return not (same_place(told, place) or lies_in(told, place) or lies_in(place, told))
