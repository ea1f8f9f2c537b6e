"""What a report says of itself: title, issuing office, date, period, and the district it speaks for."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.document.gazetteer import leading_places, province_of, short_of, whole_name
from kg.extract.document.untitled import speaks_for, zone_named, zone_spoken_of
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ABOUT, ALL, AT, YEAR
from kg.extract.text.segment import fold, stated_title
from kg.extract.words.periods import plan_period, title_period, year_period
from kg.lexicon import any_word, pattern, pattern_text
from kg.model import Document, Period, ReportHome


@dataclass(frozen=True, slots=True)
class Header:
    """Title, issuer (canonical name), date and period of a report; `district` and `province` are place names.

    `subject` is what a report speaks of where a sentence names nothing: the district of an office, else the park or
    organisation in the title, which is `titled`. `zone` is the zone whose report or news it is, as its title or its office has it.
    `plan` is the time that its part of plans speaks of, `told` the last year
    of which the text tells.
    """

    title: str
    issuer: str = ""
    date: dt.date | None = None
    period: Period | None = None
    district: str = ""
    province: str = ""
    subject: str = ""
    titled: str = ""
    zone: str = ""
    plan: Period | None = None
    told: Period | None = None

    @property
    def stated(self) -> bool:
        """Whether the title or the issuer names what the report speaks of; else it is guessed from what the text names most."""
        words = (self.title, self.issuer)
        return self.subject.startswith(ALL) or any(
            name and name in text for name in (self.subject, self.short_district, self.zone) for text in words
        )

    def base(self, planned: bool) -> Period | None:
        """The time to which dates without a year belong: what the report is of, else the day of its publication."""
        of = self.plan if planned else self.period
        return of or (Period(self.date, self.date) if self.date else self.told)

    def whole(self, word: str) -> str:
        """What `全区`, `我市`, `全省` stand for: the report's own, or the place above it; the word itself where that is unknown."""
        if not word or not self.subject or self.subject.startswith(ALL):
            return self.subject or word
        city, province = lexicon.words("report_words", "city"), lexicon.words("report_words", "province")
        if word[-1] in province and not self.subject.endswith(province):
            return self.province if self.province.endswith(province) else word
        if (
            word[-1] in city
            and self.province.endswith(city)
            and self.district.endswith(lexicon.words("report_words", "district", "county"))
        ):
            return self.province
        return self.subject

    @property
    def short_district(self) -> str:
        """`南山` for `南山区`."""
        return short_of(self.district)


def _whole(reads: list[Read]) -> str:
    """`全市` where a text names no district and speaks of all of it."""
    said = Counter(level for r in reads for level in pattern("all_of").findall(r.text))
    if said:
        return f"{ALL}{said.most_common(1)[0][0]}"
    office = next((m for r in reads if (m := pattern("office_of").search(r.text))), None)
    return f"{ALL}{office['level']}" if office else ""


def told_by(reads: list[Read]) -> Period | None:
    """The last year of which a text tells, years to come aside: that of `1-8月` where neither title nor a date says it."""
    told = [read.text for read in reads if "20" in read.text]
    to_come = pattern("coming_before")
    years = [m for text in told for m in re.finditer(rf"20\d{{2}}(?={YEAR})", text) if not to_come.search(text, 0, m.start())]
    return year_period(max(int(year[0]) for year in years)) if years else None


_SPEAKERS = ("Park", "Enterprise", "ResearchInstitute")


def _opens(title: str, name: Mention) -> bool:
    """Whether a report of its own opens with a name: `启航科技园2023年工作报告`, but not `甲区与乙公司签署…`."""
    before, behind = pattern("title_before"), pattern("title_behind")
    return before.fullmatch(title[: name.start]) is not None and behind.match(title[name.end :]) is not None


def header(document: Document, reads: list[Read]) -> Header:
    """Read the header off the title, the file's name and the body."""
    stamped = document.title
    title = stated_title(document) or document.source.rsplit(".", 1)[0]
    issuer = _issuer(title, reads) or _publisher(document.issuer)
    given = document.home if document.home.basis == "given" else ReportHome()
    zone = given.park or next(filter(None, (zone_of(text) for text in (issuer, fold(title)))), "")
    zone = zone or ("" if issuer else zone_spoken_of(reads))
    district, written = _district((given.place, issuer, zone, fold(title), home_district(document)), reads, _short_names(reads))
    if issuer and district and not issuer.startswith(district) and issuer[0] == district[-1]:
        issuer = district[:-1] + issuer
    date = _date(document, stamped or title) or _site_date(reads)
    period = title_period(title, date)
    titled = next((m.name for r in reads[:1] for m in r.mentions if m.type in _SPEAKERS and _opens(r.text, m)), "")
    spoken = zone if zone and issuer.startswith(zone) else written if issuer else titled or zone or written
    subject = spoken or _whole(reads) or zone_named(reads) or _zone_of_office().sub("", issuer)
    plan, told = plan_period(title, period), told_by(reads)
    return Header(title, issuer, date, period, district, province_of(district), subject, titled, zone, plan, told)


@cache
def _zone_of_office() -> re.Pattern[str]:
    """The office of a zone, behind the zone's name."""
    return re.compile(rf"(?<={any_word('report_words', 'district')}){any_word('report_words', 'zone_office')}$")


@cache
def _opening(*names: str) -> re.Pattern[str]:
    """Patterns one behind the other, before them what opens a title and is part of no name: `转发区科委等部门…`."""
    lead = rf"{any_word('report_words', 'title')}*+"
    return re.compile(lead + "".join(pattern_text(name) for name in names))


def home_district(document: Document) -> str:
    """The district, county or town with which a report's title begins, or ""; no zone or park."""
    match = _opening("home").match(fold(stated_title(document)))
    place = match["place"] if match else ""
    if not match and (seat := pattern("congress").search(document.text[:400])):
        place = seat["place"].removeprefix(AT)
    return "" if place.endswith(_zones()) else place


def _zones() -> tuple[str, ...]:
    """How the name of a zone ends that is no district."""
    return lexicon.words("zones", also="no place")


@cache
def _site() -> re.Pattern[str]:
    endings = "|".join(lexicon.words("site_endings", alone=""))
    return re.compile(rf"(?:{ABOUT})?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{{3,14}}?(?:{endings})){pattern_text('site_titled')}")


def home_site(document: Document) -> str:
    """The site that a report of its own speaks of, where no suffix of the lexicon shows a park: `某某智造港2022年运营总结`."""
    match = _site().match(fold(stated_title(document)))
    return match["name"] if match else ""


_TAIL = 600
"""Characters at the end of a text among which the line of its date stands."""


def _date(document: Document, title: str) -> dt.date | None:
    """The date in the file's name or the title, else the one that its page states, else the last one on a line of its own."""
    for text in (document.source, title):
        if stamp := pattern("day").search(fold(text)):
            return _day(stamp)
    if document.date:
        return document.date
    tail = [pattern("day").fullmatch(line.strip()) for line in fold(document.text[-_TAIL:]).splitlines()[-8:]]
    found = [match for match in tail if match]
    return _day(found[-1]) if found else None


_HEAD_LINES, _SITE_LINE = 6, 80
"""Among how many lines at a text's beginning a site tells when it was published, and how long such a line is."""
_BACKWARDS = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(20\d{2})(?!\d)")


def _site_date(reads: list[Read]) -> dt.date | None:
    """The day in a line of the site above the text: `2013-03-12 来源:…`, `13.01.2017 22:36`."""
    for read in reads[:_HEAD_LINES]:
        if len(read.text) <= _SITE_LINE and not read.text.endswith("。"):
            if stamp := pattern("day").search(read.text):
                return _day(stamp)
            if stamp := _BACKWARDS.search(read.text):
                return dt.date(int(stamp[3]), int(stamp[2]), int(stamp[1]))
    return None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _signed(reads: list[Read]) -> str:
    """The office whose name alone makes one of the last lines, or the line above that of a date."""
    above = [read for read, below in pairwise(reads) if pattern("day").fullmatch(below.text.strip())]
    for read in (*reversed(reads[-_LAST_LINES:]), *above):
        for m in read.mentions:
            if m.type == "GovernmentBody" and m.start == 0 and m.end == len(read.text):
                return m.name
    return ""


_LAST_LINES = 4


@cache
def _other_office() -> re.Pattern[str]:
    """An office that no suffix of the lexicon shows, before what its report is about."""
    masked, office, behind = (pattern_text(name) for name in ("masked_place", "office_first", "office_titled"))
    return re.compile(rf"(?P<office>(?:{masked})?{office}){behind}")


def _issuer(title: str, reads: list[Read]) -> str:
    """The office before the title's year, by the longest form of its name that the text uses."""
    offices = Counter(m.name for r in reads for m in r.mentions if m.type == "GovernmentBody")
    suffixes = "|".join(lexicon.words("suffixes", type="GovernmentBody"))
    masked = pattern_text("masked_place")
    head = re.match(rf"{_opening().pattern}(?P<office>(?:{masked})?[\u4e00-\u9fff]{{0,12}}?(?:{suffixes}))", fold(title))
    head = head or _other_office().match(fold(title))
    if title.rstrip().endswith((":", ":")):
        head = None  # 各区人民政府: to whom it is written
    if head is None:
        return _signed(reads)
    longer = [name for name in offices if name.endswith(head["office"])]
    return max(longer, key=lambda name: (len(name) <= 14, len(name), offices[name]), default=head["office"])


def _publisher(source: str) -> str:
    """The source that a page states, where it is an office and no newspaper."""
    suffixes = "|".join(lexicon.words("suffixes", type="GovernmentBody"))
    return source if re.fullmatch(rf"[\u4e00-\u9fff]{{2,20}}?(?:{suffixes})", fold(source)) else ""


@cache
def _place_first() -> re.Pattern[str]:
    province, masked, place = (pattern_text(name) for name in ("province_first", "masked_place", "place_first"))
    return re.compile(rf"{_opening().pattern}(?:{province})?(?P<place>{masked}|{place})")


_PARTS = re.compile(r"[^\s:,!?|“”《》()-]+")


@cache
def _zone() -> re.Pattern[str]:
    endings = "|".join(word for word in lexicon.words("zones") if word not in lexicon.words("zones", also="place"))
    before, behind = (pattern_text(name) for name in ("zone_ahead", "no_zone"))
    return re.compile(rf"{before}(?:{endings})(?!{behind})")


def _parts(title: str) -> Iterator[tuple[str, int]]:
    """Parts of a title between its marks, each with where what stands behind its time begins."""
    for part in _PARTS.findall(title):
        time = _opening("time_first").match(part)
        yield part, time.end() if time else 0


def zone_of(text: str) -> str:
    """The zone with which a title, a part of it or the name of an office begins, without provinces and cities before its own."""
    for part, at in _parts(text):
        place = next(iter(leading_places(part, at)), "")
        if (found := _zone().match(part, at) or _zone().match(part, at + len(place))) and not part.startswith(
            lexicon.words("nationwide"), at
        ):
            whole = part[at : found.end()]
            places = leading_places(whole)
            before = sum(map(len, places[:-1])) if len(places) > 1 else 0
            name = whole[before:]
            return (
                name.removeprefix(places[0])
                if places and places[0].endswith(lexicon.words("report_words", "province")) and len(places) == 1
                else name
            )
    return ""


def _titled_place(title: str, known: Mapping[str, str]) -> str:
    """The place that opens a title or a part of it, as written: `镇江` of `镇江重点项目…`, `南昌县` of `总投资30亿元 江西南昌县…`."""
    for part, at in _parts(title):
        places = leading_places(part, at, known)
        if places and not part.startswith(lexicon.words("not_places"), at + sum(map(len, places))):
            return places[-1]
    return ""


def _short_names(reads: list[Read]) -> dict[str, str]:
    """Short name → whole name of the places that a text names: where it names 东海县, 东海 is a place in its title."""
    named = {m.name for r in reads for m in (*r.mentions, *r.nested) if m.type == "Place"}
    return {short: name for name in sorted(named) if (short := short_of(name)) != name}


def _district(told: Sequence[str], reads: list[Read], known: Mapping[str, str]) -> tuple[str, str]:
    """The place in the first of some texts that names one, else the district named most often; and how it is written there."""
    for text in told:
        match = _place_first().match(text)
        if match and not match["place"].endswith(_zones()) and not pattern("no_place").search(match["place"]):
            return match["place"], match["place"]
        if written := _titled_place(text, known):
            return known.get(written) or whole_name(written), known.get(written, written)
    guessed = speaks_for(reads)
    return guessed, guessed if any(guessed in read.text for read in reads) else short_of(guessed)
