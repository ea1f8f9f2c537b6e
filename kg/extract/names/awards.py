"""Awards that a sentence names, their grades told together or without their name, and the works in quotes that take them."""

import re
from functools import cache

from kg import lexicon
from kg.extract.names.names import Boundaries, Mention, is_generic
from kg.extract.names.policies import wins
from kg.lexicon import clause_pattern

_GRADED = 8
"""Characters before 奖 among which a word stands that is part of the award's name."""
_NEAR, _RIGHT = 48, 6
"""Characters before an award among which the word stands that gives it, and that stands right before it."""
_SHORTEST = 5
"""Characters of the shortest name of an award."""


def awards_in(text: str, cuts: Boundaries) -> list[Mention]:
    """`2022年度上海市科技进步奖二等奖`: from the cut before it, the year left out; rule `grade` where a grade is told for its award."""
    if "奖" not in text:
        return []
    found = []
    ranks = [match.span() for match in _ranks().finditer(text)]
    persons = {row.end() for row in clause_pattern("honoured_persons").finditer(text)} if "授予" in text else set()
    for match in _award().finditer(text):
        if any(start <= match.start() < end for start, end in ranks):
            continue
        start = _start(text, match, cuts)
        name = text[start : match.end()]
        if len(name) >= _SHORTEST and not is_generic(name) and "获奖" not in name:
            before = start - len(_year_before(text, start))
            given = before in persons or _RIGHT_GIVEN.search(text, max(0, before - _NEAR), before)
            found.append(Mention(start, match.end(), name, "Award", "given" if given else "award"))
        elif _grade().fullmatch(match[0]) and _is_next_grade(text, match.start(), found):
            scheme = _scheme_of(text, match.start(), found)
            if scheme or _RIGHT_GIVEN.search(text, max(0, match.start() - _RIGHT), match.start()) or _heads(text, match):
                found.append(Mention(match.start(), match.end(), scheme + match[0], "Award", "grade"))
    for start, end in ranks:
        found += _told_together(text, start, end, cuts, found)
    return sorted(found, key=lambda one: one.start)


@cache
def _award() -> re.Pattern[str]:
    grade = "|".join(lexicon.words("awards", role="grade"))
    kind = "|".join(lexicon.words("awards", role="class"))
    return re.compile(rf"(?:(?<![授获颁评得受大])奖(?:\((?:{kind})\))?(?:{grade})?|(?:{grade}))(?![励项金补学]|{_BOARD})")


_BOARD = "(?:励?(?:评审|评选|评定|评奖|评价|奖励|推荐|遴选|组织)?(?:工作)?(?:委员会|评委会|领导小组))"
_BY = re.compile("[经由]")


def boards(text: str, cuts: Boundaries) -> list[Mention]:
    """`经甲市科学技术奖评审委员会评定`: who decides on an award."""
    found = []
    for match in re.finditer(f"奖{_BOARD}", text) if "奖" in text else ():
        start = _start(text, match, cuts)
        start += _BY.match(text, start) is not None
        if match.start() - start >= _SHORTEST - 2:
            found.append(Mention(start, match.end(), text[start : match.end()], "GovernmentBody", "title"))
    return found


@cache
def _grade() -> re.Pattern[str]:
    """The grade with which an award's name ends."""
    return re.compile(rf"(?:{'|'.join(lexicon.words('awards', role='grade'))})$")


@cache
def _ranks() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("awards", role="ranks")))


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.words('awards', role='scheme'))})$")


_YEAR = re.compile(r"(?:20\d{2}年?度?|第[一二三四五六七八九十\d]+届)")
_AWARDED = re.compile(r"(?:出|成果|项目|等|进行|开展)?(?:[\u4e00-\u9fff]{2,3}(?=[省市][\u4e00-\u9fff]{0,4}?功勋))?")


@cache
def holder() -> re.Pattern[str]:
    """`甲大学王某教授`, `乙团队为`, `丙公司是`: who takes an award, right before its name."""
    places = [row["name"] for row in lexicon.table("places", "gazetteer") if row["level"] in ("province", "prefecture")]
    level = "|".join((lexicon.any_of(places), *lexicon.words("awards", role="level")))
    return re.compile(rf".*(?:{'|'.join(lexicon.words('awards', role='holder'))})(?={level})")


def _start(text: str, award: re.Match[str], cuts: Boundaries) -> int:
    """Where the name of an award begins."""
    within = _scheme().search(text, max(0, award.start() - _GRADED), award.start())
    start = cuts.before(within.start() if within else award.start())
    for lead in (holder(), _YEAR, _AWARDED):
        told = lead.match(text, start, award.end())
        start = told.end() if told else start
    return start


_YEAR_BEFORE = re.compile(rf"(?:{_YEAR.pattern})$")


def _year_before(text: str, start: int) -> str:
    told = _YEAR_BEFORE.search(text, max(0, start - _RIGHT), start)
    return told[0] if told else ""


def _is_next_grade(text: str, start: int, found: list[Mention]) -> bool:
    """Whether a grade stands alone: behind a noun, or in a row right behind another award (`银奖、优秀奖`), not in `一、二等奖`."""
    return text[start - 1 : start] != "、" or (bool(found) and found[-1].end == start - 1)


_GIVEN = re.compile("(?:授予|荣?获得?)[^,;。其]{0,40}$")
_RIGHT_GIVEN = re.compile("(?:授予|获得?|荣获|喜获|斩获|摘得|捧得|夺得)[了过]?$")


_COLON = re.compile(r"(?:\([^()]{1,12}\)|[共\d项个名]{2,8}|获得者|获奖者)*:")


def _heads(text: str, grade: re.Match[str]) -> bool:
    """`一等奖(3项):甲、乙`, `“丙”(一等奖)`: a grade that heads a list, or stands in brackets behind a work."""
    if text[grade.start() - 1 : grade.start()] == "(" and text[grade.end() : grade.end() + 1] == ")":
        return text[grade.start() - 2] in "”》)"
    return text[grade.start() - 1 : grade.start()] in ("", ";", "。", ",", ")", "、") and _COLON.match(text, grade.end()) is not None


def _scheme_of(text: str, start: int, found: list[Mention]) -> str:
    """Of which award a grade is that is given: the one named before it, if that has a grade too or nobody else has taken it."""
    if not found or not _GIVEN.search(text, max(0, start - _NEAR), start):
        return ""
    last = found[-1]
    graded = _grade().search(last.name) is not None
    return _grade().sub("", last.name) if graded or not re.search("[;。]", text[last.end : start]) else ""


def _told_together(text: str, start: int, end: int, cuts: Boundaries, found: list[Mention]) -> list[Mention]:
    """`省科技进步奖一、二等奖`: an award for each of the grades."""
    named = next((one for one in found if one.end == start), None)
    begins = named.start if named else cuts.before(start)
    scheme = text[begins:start]
    if len(scheme) < _SHORTEST - 1 or is_generic(scheme):
        return []
    if named:
        found.remove(named)
    kinds = [(match.start(), match.end()) for match in re.finditer("[^、]+", text[start:end])]
    last = text[start + kinds[-1][0] : end]
    ending = last[1:] if not text[start : start + kinds[0][1]].endswith("奖") else ""
    told = []
    for index, (left, right) in enumerate(kinds):
        at = begins if index == 0 else start + left
        grade = text[start + left : start + right]
        told.append(Mention(at, start + right, scheme + (grade if index == len(kinds) - 1 else grade + ending), "Award", "grade"))
    return told


_WORK = re.compile(r"[“‘](?P<name>[^“”‘’《》;。]{6,60})[”’](?:等(?:\d+|[一二两三四五六七八九十]+)[项个])?")
_BARE_WORK = re.compile(
    r"授予(?P<name>[^“”‘’《》、,;:。]{6,60}?)等(?:\d+|[一二两三四五六七八九十]+)项(?:科技|科研|研究|技术|优秀)?(?:成果|项目|课题|工程|技术)?"
)
_GRANTED = re.compile(r"授予[^;。“”,]{0,20}“$")
_GRADE_BEHIND = re.compile(r"[”’](?:\([^()]{2,40}\))?\([^()]{0,20}等奖\)")
_GRANT_BEHIND = re.compile(r"[^;。“”]{0,40}奖")


def winning_works(text: str) -> list[Mention]:
    """`“…关键技术及应用”项目获…奖`, `授予“…”等9项成果…奖`: works that take an award, however long their names are, in quotes or counted."""
    found = []
    for match in _WORK.finditer(text) if "奖" in text else ():
        granted = _GRANTED.search(text, max(0, match.start() - _NEAR), match.start("name")) and _GRANT_BEHIND.match(text, match.end())
        graded = _GRADE_BEHIND.match(text, match.end("name"))
        if (granted or graded or wins(text, match.end())) and not match["name"].endswith(_takers()):
            found.append(_work(match))
    bare = _BARE_WORK.finditer(text) if "授予" in text else ()
    return found + [_work(one) for one in bare if _GRANT_BEHIND.match(text, one.end()) and not one["name"].endswith(_takers())]


def _work(match: re.Match[str]) -> Mention:
    return Mention(match.start("name"), match.end("name"), match["name"], "Project", "work")


def _takers() -> tuple[str, ...]:
    return lexicon.words("awards", role="taker")


_QUOTED_TITLE = re.compile(r"“(?P<name>[^“”《》,;。]{4,30})”")


@cache
def _titled_row() -> re.Pattern[str]:
    """`获批“甲”“乙”等称号`, `荣获“丙”荣誉`: what is called a title behind its quotes."""
    verbs = lexicon.any_of((*lexicon.words("objects", role="given"), *lexicon.words("actor_verbs", role="award"), "授予", "为"))
    called = "|".join(lexicon.words("awards", role="title"))
    item = r"“[^“”《》,;。]{4,30}”"
    return re.compile(
        rf"(?:授予[^“”;。]{{2,60}}|(?:{verbs})了?[^“”,;。、]{{0,12}})(?P<row>{item}(?:[、和及]?{item})*)(?:等?(?:\d+|[一二两三四五六七八九十]+)?[项个]?)?[^“”,;。、]{{0,6}}?(?:{called})"
    )


def titles_in_quotes(text: str) -> list[Mention]:
    """Titles and awards that a text gives in quotes and calls so behind them, or as which it says that somebody is named."""
    found = []
    for match in _titled_row().finditer(text) if "”" in text else ():
        for item in _QUOTED_TITLE.finditer(text, *match.span("row")):
            found.append(_title(item))
    named = clause_pattern("named_title").finditer(text) if "”" in text and "为" in text else ()
    starts = {one.start for one in found}
    return found + [_title(item) for item in named if item.start("name") not in starts]


def _title(item: re.Match[str]) -> Mention:
    kind = "Award" if item["name"].endswith("奖") else "Recognition"
    return Mention(item.start("name"), item.end("name"), item["name"], kind, "title")
