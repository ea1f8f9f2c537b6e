"""What a report says of itself: title, issuing office, date, period, and the district it speaks for."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.places import leading_places, province_of, short_of, whole_name
from kg.extract.report.untitled import speaks_for, zone_named, zone_spoken_of
from kg.extract.text.segment import fold, stated_title
from kg.extract.words.periods import half, title_period, year_period
from kg.model import Document, Period

_STAMP = re.compile(r"(?<!\d)(20\d{2})[-./年]?(0[1-9]|1[0-2]|[1-9](?=月))[-./月]?(0[1-9]|[12]\d|3[01]|[1-9](?=日))日?(?!\d)")


_MASKED = r"(?:[Xx×*]{1,4}|某)(?:新区|[区县市])"
"""The name of a place that a copy masked: `XX区`."""


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
        return self.subject.startswith("全") or any(
            name and name in text for name in (self.subject, self.short_district, self.zone) for text in words
        )

    def base(self, planned: bool) -> Period | None:
        """The time to which dates without a year belong: what the report is of, else the day of its publication."""
        of = self.plan if planned else self.period
        return of or (Period(self.date, self.date) if self.date else self.told)

    def whole(self, word: str) -> str:
        """What `全区`, `我市`, `全省` stand for: the report's own, or the place above it; the word itself where that is unknown."""
        if not word or not self.subject or self.subject.startswith("全"):
            return self.subject or word
        if word[-1] == "省" and not self.subject.endswith("省"):
            return self.province if self.province.endswith("省") else word
        if word[-1] == "市" and self.province.endswith("市") and self.district.endswith(("区", "县")):
            return self.province
        return self.subject

    @property
    def short_district(self) -> str:
        """`南山` for `南山区`."""
        return short_of(self.district)


def _plan(period: Period | None) -> Period | None:
    """The time that a part of plans speaks of: the second half after a first, the next year after a year."""
    if period is None:
        return None
    if (period.start.month, period.end.month) == (1, 6):
        return half(period.end.year, "下半年")
    whole = (period.start.month, period.end.month) == (1, 12)
    return year_period(period.end.year + whole)


_OFFICE_OF = re.compile("(?<![\u4e00-\u9fff])(?P<level>[市区县省])(?=委|政府|科|经|商|投|发改|工信)")


def _whole(reads: list[Read]) -> str:
    """`全市` where a text names no district and speaks of all of it."""
    said = Counter(level for r in reads for level in re.findall("(?<![于居占列在较])[全我]([市区县省])(?![首第最唯排平])", r.text))
    if said:
        return f"全{said.most_common(1)[0][0]}"
    office = next((m for r in reads if (m := _OFFICE_OF.search(r.text))), None)
    return f"全{office['level']}" if office else ""


_TO_COME = re.compile("(?:(?<!截)(?<!截止)[到至]|[在于将拟前-]|预计|力争|计划|目标)$")


def told_by(reads: list[Read]) -> Period | None:
    """The last year of which a text tells, years to come aside: that of `1-8月` where neither title nor a date says it."""
    told = [read.text for read in reads if "20" in read.text]
    years = [m for text in told for m in re.finditer(r"20\d{2}(?=年)", text) if not _TO_COME.search(text, 0, m.start())]
    return year_period(max(int(year[0]) for year in years)) if years else None


_SPEAKERS = ("Park", "Enterprise", "ResearchInstitute")


def _opens(title: str, name: Mention) -> bool:
    """Whether a report of its own opens with a name: `启航科技园2023年工作报告`, but not `甲区与乙公司签署…`."""
    follows = r"20\d{2}|关于|工作|年度|\d{1,2}[-月]|[上下]半年|前三季度|[一二三四]季度|运营|建设|创新|[::]|$"
    return re.fullmatch(r"(?:关于|20\d{2}年度?|《)*", title[: name.start]) is not None and re.match(follows, title[name.end :]) is not None


def header(document: Document, reads: list[Read]) -> Header:
    """Read the header off the title, the file's name and the body."""
    stamped = document.title
    title = stated_title(document) or document.source.rsplit(".", 1)[0]
    issuer = _issuer(title, reads) or _publisher(document.issuer)
    zone = next(filter(None, (zone_of(text) for text in (issuer, fold(title)))), "")
    zone = zone or ("" if issuer else zone_spoken_of(reads))
    district, written = _district((issuer, zone, fold(title), home_district(document)), reads, _short_names(reads))
    if issuer and district and not issuer.startswith(district) and issuer[0] == district[-1]:
        issuer = district[:-1] + issuer
    date = _date(document, stamped or title) or _site_date(reads)
    period = title_period(title, date)
    titled = next((m.name for r in reads[:1] for m in r.mentions if m.type in _SPEAKERS and _opens(r.text, m)), "")
    spoken = zone if zone and issuer.startswith(zone) else written if issuer else titled or zone or written
    subject = spoken or _whole(reads) or zone_named(reads) or re.sub("(?<=区)(?:管理委员会|管委会)$", "", issuer)
    return Header(title, issuer, date, period, district, province_of(district), subject, titled, zone, _plan(period), told_by(reads))


_LEAD = "(?:关于|中共|转发|批转|印发|公布|发布|下达|下发|通报|表彰)*+"
"""What opens a title and is part of no name: `转发区科委等部门…`."""
_HOME = re.compile(
    rf"{_LEAD}(?:20\d{{2}}年(?:度|上半年|下半年|[\d一至到-]{{1,5}}月(?:份)?|前三季度|[一二三四]季度)?)?(?:[\u4e00-\u9fff]{{2,3}}[省市](?=[\u4e00-\u9fff]{{2,3}}[区县]))?(?P<place>(?!上半|下半|季度)(?:(?![全我各本度])[\u4e00-\u9fff]){{2,3}}(?:新区|街道|[区县市]))(?![域内级属场民长])"
)


_SEAT = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,3}[区县市])第[一二三四五六七八九十]+届人民代表大会")


def home_district(document: Document) -> str:
    """The district, county or town with which a report's title begins, or ""; no zone or park."""
    match = _HOME.match(fold(stated_title(document)))
    place = match["place"] if match else ""
    if not match and (seat := _SEAT.search(document.text[:400])):
        place = re.sub("^在", "", seat["place"])
    return "" if place.endswith(_ZONES) else place


_ZONES = ("高新区", "开发区", "经开区", "园区", "示范区", "片区", "综保区", "汽开区", "保税区", "自贸区", "试验区", "集聚区")


@cache
def _site() -> re.Pattern[str]:
    endings = "|".join(word for word in lexicon.words("site_endings") if word not in ("中心", "厂"))
    return re.compile(rf"(?:关于)?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{{3,14}}?(?:{endings}))(?=20\d{{2}}|关于|年度|运营|[上下]半年)")


def home_site(document: Document) -> str:
    """The site that a report of its own speaks of, where no suffix of the lexicon shows a park: `某某智造港2022年运营总结`."""
    match = _site().match(fold(stated_title(document)))
    return match["name"] if match else ""


_TAIL = 600
"""Characters at the end of a text among which the line of its date stands."""


def _date(document: Document, title: str) -> dt.date | None:
    """The date in the file's name or the title, else the one that its page states, else the last one on a line of its own."""
    for text in (document.source, title):
        if stamp := _STAMP.search(fold(text)):
            return _day(stamp)
    if document.date:
        return document.date
    tail = [_STAMP.fullmatch(line.strip()) for line in fold(document.text[-_TAIL:]).splitlines()[-8:]]
    found = [match for match in tail if match]
    return _day(found[-1]) if found else None


_HEAD_LINES, _SITE_LINE = 6, 80
"""Among how many lines at a text's beginning a site tells when it was published, and how long such a line is."""
_BACKWARDS = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(20\d{2})(?!\d)")


def _site_date(reads: list[Read]) -> dt.date | None:
    """The day in a line of the site above the text: `2013-03-12 来源:…`, `13.01.2017 22:36`."""
    for read in reads[:_HEAD_LINES]:
        if len(read.text) <= _SITE_LINE and not read.text.endswith("。"):
            if stamp := _STAMP.search(read.text):
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
    above = [read for read, below in pairwise(reads) if _STAMP.fullmatch(below.text.strip())]
    for read in (*reversed(reads[-_LAST_LINES:]), *above):
        for m in read.mentions:
            if m.type == "GovernmentBody" and m.start == 0 and m.end == len(read.text):
                return m.name
    return ""


_LAST_LINES = 4
_OTHER_OFFICE = re.compile(
    rf"(?P<office>(?:{_MASKED})?[\u4e00-\u9fff]{{2,20}}?[局委厅办会])(?=20\d{{2}}|关于|[上下]半年|[一二三四前]\S?季度)"
)
"""An office that no suffix of the lexicon shows, before what its report is about."""


def _issuer(title: str, reads: list[Read]) -> str:
    """The office before the title's year, by the longest form of its name that the text uses."""
    offices = Counter(m.name for r in reads for m in r.mentions if m.type == "GovernmentBody")
    suffixes = "|".join(lexicon.words("suffixes", type="GovernmentBody"))
    head = re.match(rf"{_LEAD}(?P<office>(?:{_MASKED})?[\u4e00-\u9fff]{{0,12}}?(?:{suffixes}))", fold(title))
    head = head or _OTHER_OFFICE.match(fold(title))
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


_PLACE_FIRST = re.compile(rf"{_LEAD}(?:[\u4e00-\u9fff]{{2,3}}[省市])?(?P<place>{_MASKED}|[\u4e00-\u9fff]{{2,6}}?(?:新区|街道|[区县市]))")
_NO_PLACE = re.compile("[我本各全][省市区县]$")
"""`上半年我市…` names no place."""
_PARTS = re.compile(r"[^\s:,!?|“”《》()-]+")
_TIME_FIRST = re.compile(rf"{_LEAD}(?:20\d{{2}}年度?|前?[\d一二三四]+(?:季度|个?月份?)|[上下]半年|今年|去年)*")


@cache
def _zone() -> re.Pattern[str]:
    endings = "|".join(word for word in lexicon.words("zones") if word != "新区")
    return re.compile(rf"(?:[^与和及同在走进访赴大公集]){{0,10}}?(?:{endings})(?!域)")


def _parts(title: str) -> Iterator[tuple[str, int]]:
    """Parts of a title between its marks, each with where what stands behind its time begins."""
    for part in _PARTS.findall(title):
        time = _TIME_FIRST.match(part)
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
            return name.removeprefix(places[0]) if places and places[0].endswith("省") and len(places) == 1 else name
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
        match = _PLACE_FIRST.match(text)
        if match and not match["place"].endswith(_ZONES) and not _NO_PLACE.search(match["place"]):
            return match["place"], match["place"]
        if written := _titled_place(text, known):
            return known.get(written) or whole_name(written), known.get(written, written)
    guessed = speaks_for(reads)
    return guessed, guessed if any(guessed in read.text for read in reads) else short_of(guessed)
