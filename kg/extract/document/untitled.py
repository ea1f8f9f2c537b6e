"""Whose news a text is that has no title which says so: by how it begins, by its newspaper, by what it names most often."""

import re
from collections import Counter
from functools import cache

from kg import lexicon
from kg.extract.document.gazetteer import is_county, leading_places, lies_in, province_of, short_of, whole_name
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import DAY, MONTH, WE, YEAR
from kg.lexicon import any_of, any_word, pattern, pattern_text


def speaks_for(reads: list[Read]) -> str:
    """The district, city or province that a text without one in its title speaks for, or ""."""
    often = _named_often(reads)
    told = _newspaper(reads) or _begun_with(reads)
    return often if not told or (is_county(often) and lies_in(often, told)) else told


_HEAD_LINES, _SITE_LINE = 6, 120
"""Among how many lines at a text's beginning its newspaper is told, and how long such a line is."""


@cache
def _of_paper() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{{2,6}}?){any_word('newspapers')}")


def _newspaper(reads: list[Read]) -> str:
    """The place of a local newspaper in the lines of a site, where the text speaks of such a place as its own: 我省 in `来源:南川日报`."""
    level = _level(reads)[0]
    told = [read.text for read in reads[:_HEAD_LINES] if len(read.text) <= _SITE_LINE and not read.text.endswith("。")] if level else []
    places = (whole_name(found["place"]) for text in told for found in _of_paper().finditer(text))
    return next((place for place in places if place.endswith(level) and leading_places(place) == [place]), "")


def _level(reads: list[Read]) -> tuple[str, int]:
    """The level of the place of which a text speaks as its own (`我县`), and how often.

    Only a province is meant by `全省` too, which a district may say of what it lies in.
    """
    told = [found.groups("") for r in reads for found in pattern("own_place").finditer(r.text)]
    ours = [level for ours, level in told if ours] or [level for _, level in told]
    own = Counter(ours)
    return own.most_common(1)[0] if own else ("", 0)


@cache
def _before_lead() -> re.Pattern[str]:
    """What may stand before the words with which news begins: the newspaper's line, the day."""
    words = any_word("lead_ins")
    return re.compile(rf"(?:{pattern_text('dateline')}|{words}|[,\s])*")


def _lead(reads: list[Read]) -> tuple[Read | None, int]:
    """The first sentence, and where what it tells begins behind the day and the newspaper's line."""
    lead = next((read for read in reads if not read.sentence.heading and read.text.endswith("。")), None)
    begins = _before_lead().match(lead.text) if lead else None
    return (lead, begins.end()) if lead and begins else (None, 0)


def _begun_with(reads: list[Read]) -> str:
    """The place with which the first sentence begins (`昨日,甲区举行…`), one of the level of which the text speaks as its own."""
    lead, at = _lead(reads)
    if lead is None:
        return ""
    known = {m.name for m in lead.mentions if m.type == "Place" and m.start == at}
    places = leading_places(lead.text, at, known)
    zones, districts = lexicon.words("zones"), lexicon.words("zones", also="place")
    if lead.text.startswith(zones, at + sum(map(len, places))) and not lead.text.startswith(districts, at):
        return ""
    if any(m.start == at and m.type in _OF_OTHERS for m in lead.mentions):
        return ""
    written = whole_name(places[-1]) if places else ""
    level = _level(reads)[0]
    return written if written and (not level or written.endswith(level)) else ""


_OF_OTHERS = ("Enterprise", "ResearchInstitute", "Park")
"""Classes of names whose place tells nothing of the text's own."""
_PRESUMED = 2
"""How often a text speaks of `高新区` without saying which, where it is that zone's own."""


@cache
def _bare_zone() -> re.Pattern[str]:
    zones = any_of(word for word in lexicon.words("zones") if word.endswith(lexicon.words("report_words", "district")))
    return re.compile(rf"(?<![\u4e00-\u9fff、])(?P<zone>{zones})(?!{pattern_text('zone_as_level')})")


@cache
def _zone_at() -> re.Pattern[str]:
    return re.compile(rf"{any_word('zones')}(?!{pattern_text('zone_goes_on')})")


def zone_spoken_of(reads: list[Read]) -> str:
    """The zone with which the first sentence begins (`今年,甲县开发区围绕…`), else the one of which a text speaks as a `高新区`
    that needs no other name, by its full name; "" where it names several so called."""
    lead, at = _lead(reads)
    places = sum(map(len, leading_places(lead.text, at))) if lead else 0
    if lead and places and (begun := _zone_at().match(lead.text, at + places)):
        return lead.text[at : begun.end()]
    bare = Counter(found["zone"] for read in reads for found in _bare_zone().finditer(read.text))
    word, count = bare.most_common(1)[0] if bare else ("", 0)
    if count < _PRESUMED or count < sum(_level(reads)[1:]):
        return ""
    fuller = {m.name for read in reads for m in read.mentions if m.type in ("Park", "Place") and m.name.endswith(word) and m.name != word}
    longest = max(fuller, key=len, default="")
    return longest if all(longest.endswith(one) for one in fuller) else ""


def _named_often(reads: list[Read]) -> str:
    """The district that a text names most often, of the level of which it speaks as its own (`我县`), or its province (`全省`).

    A place within the name of an institute, an enterprise or a site counts only where the text has a place of its own.
    """
    level, said = _level(reads)
    of_province = level in lexicon.words("report_words", "province")
    said += of_province and any(f"{WE}{level}" in r.text for r in reads)
    told = [(r, m) for r in reads for m in (*r.mentions, *_nested_places(r, said > 0))]
    places = [m.name for r, m in told if m.type == "Place" and not _in_row(r.text, m)]
    levels = lexicon.words("report_words", "district", "county", "city")
    whole = {short_of(name): name for name in places if name.endswith(levels)}  # 东海, where the text names 东海县, too
    named = Counter(whole.get(short_of(name), name) for name in places)
    districts = [(name, count) for name, count in named.most_common() if name.endswith(levels)]
    if of_province and said >= _OFTEN:
        return next((province for name, _ in districts[:1] if (province := province_of(name))), "")
    often = [(name, count) for name, count in districts if not level or of_province or name.endswith(level)]
    return often[0][0] if often and often[0][1] >= _OFTEN else ""


def zone_named(reads: list[Read]) -> str:
    """The zone with which a text without a place of its own begins, or the one that it names most often, by its fuller name."""
    zones = lexicon.words("zones")
    parks = [(r, m, _LEADING_TIME.sub("", m.name)) for r in reads for m in r.mentions if m.type == "Park" and m.name.endswith(zones)]
    first = next((r for r in reads if not r.sentence.heading), None)
    opening = [name for r, m, name in parks if r is first and r.text[m.start - 1 : m.start] in ("", ",")]
    named = Counter(name for _, _, name in parks)
    alike = {name: sum(count for one, count in named.items() if one.endswith(name) or name.endswith(one)) for name in named}
    often = [name for name, count in alike.items() if count >= _OFTEN and 2 * count > len(parks)]
    return max(opening[:1] or often, key=len, default="")


_LEADING_TIME = re.compile(rf"^[\d{YEAR}{MONTH}{DAY}~-]+")


def _in_row(text: str, place: Mention) -> bool:
    """Whether a place is one of several, or where something was done: `赴甲、乙等地`, `在丙举办`."""
    before = pattern("mark_before").match(text, max(0, place.start - 1), place.start)
    return before is not None or pattern("row_behind").match(text, place.end) is not None


def _nested_places(read: Read, all_of_them: bool) -> list[Mention]:
    """Places within other names; only those within names of offices, policies, awards, projects and zones where not all are asked for."""
    nested = [m for m in read.nested if m.type == "Place"]
    if all_of_them or not nested:
        return nested
    zones = lexicon.words("zones")
    held = [m for m in read.mentions if m.type in _OF_A_PLACE or (m.type == "Park" and m.name.endswith(zones))]
    return [m for m in nested if any(m.within(one) for one in held)]


_OF_A_PLACE = ("GovernmentBody", "Policy", "Award", "Project")
"""Classes of names of which the place is likely the one that the text is about."""
_OFTEN = 2
"""How often a text without a place in its title names the district that it speaks for, at least."""
