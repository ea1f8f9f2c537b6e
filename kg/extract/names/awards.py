"""Awards that a sentence names, their grades told together or without their name, and the works in quotes that take them."""

import re
from functools import cache

from kg import lexicon
from kg.extract.names.boundaries import Boundaries, Mention, is_generic
from kg.extract.names.policies import wins
from kg.extract.text.particles import ALSO, AND, AS, ASPECTS, BY, DONE
from kg.lexicon import any_of, any_word, pattern, pattern_text

_GRADED = 8
"""Characters before 奖 among which a word stands that is part of the award's name."""
_NEAR, _RIGHT = 48, 6
"""Characters before an award among which the word stands that gives it, and that stands right before it."""
_SHORTEST = 5
"""Characters of the shortest name of an award."""


def awards_in(text: str, cuts: Boundaries) -> list[Mention]:
    """`2022年度上海市科技进步奖二等奖`: from the cut before it, the year left out; rule `grade` where a grade is told for its award."""
    if _sign() not in text:
        return []
    found = []
    ranks = [match.span() for match in _ranks().finditer(text)]
    persons = {row.end() for row in pattern("honoured_persons").finditer(text)}
    for match in _award().finditer(text):
        if any(start <= match.start() < end for start, end in ranks):
            continue
        start = _start(text, match, cuts)
        name = text[start : match.end()]
        if len(name) >= _SHORTEST and not is_generic(name) and not any(word in name for word in lexicon.words("awards", "won")):
            before = start - len(_year_before(text, start))
            given = before in persons or _gives().search(text, max(0, before - _NEAR), before)
            found.append(Mention(start, match.end(), name, "Award", "given" if given else "award"))
        elif _grade().fullmatch(match[0]) and _is_next_grade(text, match.start(), found):
            scheme = _scheme_of(text, match.start(), found)
            if scheme or _gives().search(text, max(0, match.start() - _RIGHT), match.start()) or _heads(text, match):
                found.append(Mention(match.start(), match.end(), scheme + match[0], "Award", "grade"))
    for start, end in ranks:
        found += _told_together(text, start, end, cuts, found)
    return sorted(found, key=lambda one: one.start)


@cache
def _sign() -> str:
    """The word without which a text tells of no award."""
    (sign,) = lexicon.words("awards", "sign")
    return sign


@cache
def _award() -> re.Pattern[str]:
    grade = "|".join(lexicon.words("awards", "grade"))
    kind = "|".join(lexicon.words("awards", "class"))
    prize, other, board = (pattern_text(name) for name in ("prize", "other_prize", "board"))
    return re.compile(rf"(?:{prize}(?:\((?:{kind})\))?(?:{grade})?|(?:{grade}))(?!{other}|{board})")


@cache
def _board() -> re.Pattern[str]:
    return re.compile(_sign() + pattern_text("board"))


def boards(text: str, cuts: Boundaries) -> list[Mention]:
    """`经甲市科学技术奖评审委员会评定`: who decides on an award."""
    found = []
    for match in _board().finditer(text) if _sign() in text else ():
        start = _start(text, match, cuts)
        start += text.startswith(BY, start)
        if match.start() - start >= _SHORTEST - 2:
            found.append(Mention(start, match.end(), text[start : match.end()], "GovernmentBody", "title"))
    return found


@cache
def _grade() -> re.Pattern[str]:
    """The grade with which an award's name ends."""
    return re.compile(rf"(?:{'|'.join(lexicon.words('awards', 'grade'))})$")


@cache
def _ranks() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("awards", "ranks")))


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.words('awards', 'scheme'))})$")


@cache
def holder() -> re.Pattern[str]:
    """`甲大学王某教授`, `乙团队为`, `丙公司是`: who takes an award, right before its name."""
    places = [row["name"] for row in lexicon.table("places", "gazetteer") if row["level"] in ("province", "prefecture")]
    level = "|".join((any_of(places), *lexicon.words("awards", "level")))
    return re.compile(rf".*(?:{'|'.join(lexicon.words('awards', 'holder'))})(?={level})")


def _start(text: str, award: re.Match[str], cuts: Boundaries) -> int:
    """Where the name of an award begins."""
    within = _scheme().search(text, max(0, award.start() - _GRADED), award.start())
    start = cuts.before(within.start() if within else award.start())
    for lead in (holder(), pattern("award_year"), pattern("award_lead")):
        told = lead.match(text, start, award.end())
        start = told.end() if told else start
    return start


@cache
def _ends_in_year() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern_text('award_year')})$")


def _year_before(text: str, start: int) -> str:
    told = _ends_in_year().search(text, max(0, start - _RIGHT), start)
    return told[0] if told else ""


def _is_next_grade(text: str, start: int, found: list[Mention]) -> bool:
    """Whether a grade stands alone: behind a noun, or in a row right behind another award (`银奖、优秀奖`), not in `一、二等奖`."""
    return text[start - 1 : start] != "、" or (bool(found) and found[-1].end == start - 1)


@cache
def _gives() -> re.Pattern[str]:
    """What tells right before an award that it is given."""
    return re.compile(rf"{any_word('awards', 'gives')}[{ASPECTS}]?$")


def _heads(text: str, grade: re.Match[str]) -> bool:
    """`一等奖(3项):甲、乙`, `“丙”(一等奖)`: a grade that heads a list, or stands in brackets behind a work."""
    if text[grade.start() - 1 : grade.start()] == "(" and text[grade.end() : grade.end() + 1] == ")":
        return text[grade.start() - 2] in "”》)"
    heads = text[grade.start() - 1 : grade.start()] in ("", ";", "。", ",", ")", "、")
    return heads and pattern("list_of_grade").match(text, grade.end()) is not None


def _scheme_of(text: str, start: int, found: list[Mention]) -> str:
    """Of which award a grade is that is given: the one named before it, if that has a grade too or nobody else has taken it."""
    if not found or not pattern("given_before").search(text, max(0, start - _NEAR), start):
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
    ending = last[1:] if not text[start : start + kinds[0][1]].endswith(_sign()) else ""
    told = []
    for index, (left, right) in enumerate(kinds):
        at = begins if index == 0 else start + left
        grade = text[start + left : start + right]
        told.append(Mention(at, start + right, scheme + (grade if index == len(kinds) - 1 else grade + ending), "Award", "grade"))
    return told


def winning_works(text: str) -> list[Mention]:
    """`“…关键技术及应用”项目获…奖`, `授予“…”等9项成果…奖`: works that take an award, however long their names are, in quotes or counted."""
    found = []
    granting, graded_so, prize = (pattern(name) for name in ("granted_before", "grade_behind", "prize_goes_on"))
    for match in pattern("work_in_quotes").finditer(text) if _sign() in text else ():
        granted = granting.search(text, max(0, match.start() - _NEAR), match.start("name")) and prize.match(text, match.end())
        graded = graded_so.match(text, match.end("name"))
        if (granted or graded or wins(text, match.end())) and not match["name"].endswith(lexicon.words("awards", "taker")):
            found.append(_work(match))
    bare = pattern("work_granted").finditer(text)
    return found + [
        _work(one) for one in bare if prize.match(text, one.end()) and not one["name"].endswith(lexicon.words("awards", "taker"))
    ]


def _work(match: re.Match[str]) -> Mention:
    return Mention(match.start("name"), match.end("name"), match["name"], "Project", "work")


_QUOTED_TITLE = re.compile(r"“(?P<name>[^“”《》,;。]{4,30})”")


@cache
def _titled_row() -> re.Pattern[str]:
    """`获批“甲”“乙”等称号`, `荣获“丙”荣誉`: what is called a title behind its quotes."""
    verbs = any_of((*lexicon.words("objects", "given"), *lexicon.words("actor_verbs", "award"), AS))
    called, grants = "|".join(lexicon.words("awards", "title")), any_word("awards", "grants")
    count = pattern_text("row_count")
    item = r"“[^“”《》,;。]{4,30}”"
    return re.compile(
        rf"(?:(?:{grants})[^“”;。]{{2,60}}|(?:{verbs}){DONE}?[^“”,;。、]{{0,12}})(?P<row>{item}(?:[、{AND}{ALSO}]?{item})*)"
        rf"(?:{count})?[^“”,;。、]{{0,6}}?(?:{called})"
    )


def titles_in_quotes(text: str) -> list[Mention]:
    """Titles and awards that a text gives in quotes and calls so behind them, or as which it says that somebody is named."""
    found = []
    for match in _titled_row().finditer(text) if "”" in text else ():
        for item in _QUOTED_TITLE.finditer(text, *match.span("row")):
            found.append(_title(item))
    named = pattern("named_title").finditer(text) if "”" in text and AS in text else ()
    starts = {one.start for one in found}
    return found + [_title(item) for item in named if item.start("name") not in starts]


def _title(item: re.Match[str]) -> Mention:
    kind = "Award" if item["name"].endswith(_sign()) else "Recognition"
    return Mention(item.start("name"), item.end("name"), item["name"], kind, "title")
