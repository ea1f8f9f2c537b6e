"""Things named in a row, with what closes the row or counts it: `甲、乙等5家企业`, `5家企业(甲、乙)`, `企业里有甲、乙`."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.clauses.skeleton import ASIDE, NAME, brackets, outside
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import AMONG, ETC, OF
from kg.lexicon import any_of, any_word, pattern_text, word_pattern
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one place in a clause; `start` to `end` holds what closes or counts them, too.

    `noun` is what they are called together, `count` how many they are said to be. `span` is set where they are named in
    another stretch than where they act (`签约3个项目,包括甲、乙`).
    """

    start: int
    end: int
    members: tuple[Mention, ...]
    noun: str = ""
    count: int | None = None
    span: Span | None = None

    def of(self, classes: frozenset[str]) -> tuple[Mention, ...]:
        """Members of some classes."""
        return tuple([m for m in self.members if m.type in classes])


@cache
def _nouns() -> str:
    return any_word("row_nouns")


@cache
def _joined(persons: bool) -> re.Pattern[str]:
    """What stands between two things of a row: a mark, a phase or what closes a part of the row; a person (`甲公司王力、乙院吴兰`)."""
    person = rf"(?!{any_word('clause_words', 'link')}){OF}?[\u4e00-\u9fff]{{2,3}}(?=、)|" if persons else ""
    closed = rf"{ETC}?{pattern_text('count')}[^{NAME},;。、:]{{0,10}}(?={pattern_text('parts_joined')})"
    return re.compile(
        rf"{ASIDE}*(?:{person}{pattern_text('row_tail')})?(?:{closed})?{ASIDE}*{any_word('clause_words', 'joins')}{_sized()}{ASIDE}*"
    )


@cache
def _sized() -> str:
    """What a thing of a row costs or covers, before its name: `总投资5亿元的`."""
    return rf"(?:(?:{pattern_text('money')}|{pattern_text('area')}){OF})?"


@cache
def linked() -> re.Pattern[str]:
    """What stands between who does something and the thing that he does it with: nothing, or `申报的`."""
    return re.compile(rf"{ASIDE}*(?:{any_word('clause_words', 'filler', 'link')}{{0,4}}(?:{pattern_text('money')})?{OF})?{ASIDE}*")


@cache
def _closing() -> re.Pattern[str]:
    """What closes a row: `等`, `等一批重点企业`, `2家公司`."""
    count = f"(?P<count>{pattern_text('count')})"
    noun = rf"[^{NAME},;。、:]{{0,10}}?(?P<noun>{_nouns()})(?!{_nouns()})"
    return re.compile(
        rf"{ASIDE}*{any_word('clause_words', 'project')}?(?={ETC}|{pattern_text('count')})(?P<and>{ETC})?(?:{count})?(?:{noun})?"
    )


@cache
def _closing_unnamed() -> re.Pattern[str]:
    """The same behind further parties without a name that is known: `甲公司、丁厂、戊厂等5家企业`."""
    unnamed = rf"(?:、{NAME}*[^{NAME}{ASIDE},;。、:{OF}]{{2,12}}?){{1,3}}"
    goes_on = rf"{any_word('clause_words', 'each', 'eager')}?{any_word('clause_words', 'with')}{ASIDE}*{NAME}"
    return re.compile(rf"{unnamed}(?:{_closing().pattern}|(?={goes_on}))")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"[^{NAME}{ASIDE},;。、:{OF}{ETC}]{{2,10}}(?:、|{ETC}|{pattern_text('count')})")


@cache
def _counted() -> re.Pattern[str]:
    """`17个项目`, `企业3家`: things counted and not named."""
    count = f"(?P<count>{pattern_text('count')})"
    before = rf"(?P<before>{_nouns()})(?P<behind>{pattern_text('count')})"
    last, alone = f"{_nouns()})(?!{_nouns()}", f"(?P<alone>{pattern_text('count')})$"
    return re.compile(rf"{count}[^{NAME}{ASIDE},;。、:]{{0,16}}?(?P<noun>{last})|{before}|{alone}|(?P<bare>{last})")


@cache
def _opening() -> re.Pattern[str]:
    lead = rf"(?:[^{NAME}{ASIDE},;。、]{{0,6}}?|{ASIDE}*{_sized()})"
    return re.compile(rf"(?:{any_word('clause_words', 'opens')}|{pattern_text('among_projects')}){lead}{ASIDE}*(?={NAME})")


def number(words_: str | None) -> int | None:
    """How many a count says that there are, where it says so in figures."""
    digits = re.match(r"[\d,]+", words_ or "")
    return int(digits[0].replace(",", "")) if digits and digits[0].strip(",") else None


def groups(read: Read, text: str) -> list[Group]:
    """Rows of a sentence in order; what is counted and named elsewhere is a row at either place."""
    found = _rows(text, outside(text, read.mentions))
    found += _in_brackets(read, text)
    found += _opened(read, text, found) + _enclosed(read, text)
    return sorted(found, key=lambda group: (group.end, group.start))


def _rows(text: str, mentions: list[Mention]) -> list[Group]:
    found: list[Group] = []
    row: list[Mention] = []
    owners: list[Mention] = []
    for index, mention in enumerate(mentions):
        gap = text[mentions[index - 1].end : mention.start] if index else ""
        last = mentions[index - 1] if index else None
        if last and row and last is row[-1] and len(row) == len(owners) + 1 and linked().fullmatch(gap) and _owns(last, mention):
            owners.append(row.pop())
            row.append(mention)
        elif row and last is row[-1] and _same_row(last, mention, gap) and not _apart(text, mentions, index):
            row.append(mention)
        elif row and last is row[-1] and mention.type == "Place" and of_place().fullmatch(gap) and called().match(text, mention.end):
            found += _closed(text, row, owners, called().match(text, mention.end))  # 甲、乙等顺德名企
            row, owners = [], []
        else:
            found += _closed(text, row, owners)
            row, owners = [mention], []
    return found + _closed(text, row, owners)


def _same_row(last: Mention, mention: Mention, gap: str) -> bool:
    titles = not gap.strip(ASIDE) and last.type == mention.type and (not gap or len(gap) > 1)  # 《甲》《乙》, “甲”“乙”
    return (titles and last.type in _TITLED) or _joined(last.type in lexicon.classes("party")).fullmatch(gap) is not None


_TITLED = frozenset({"Policy", "Recognition", "Award", "Project"})


def _apart(text: str, mentions: list[Mention], index: int) -> bool:
    """Whether two names beside each other are of two pairs: 乙 and 丙 of `甲与乙、丙与丁`."""
    if not 1 < index < len(mentions) - 1 or text[mentions[index - 1].end : mentions[index].start] != "、":
        return False
    gaps = [(mentions[at].end, mentions[at + 1].start) for at in (index - 2, index)]
    return all(word_pattern("clause_words", "with").fullmatch(text, *gap) for gap in gaps)


def _owns(owner: Mention, thing: Mention) -> bool:
    return owner.type in lexicon.classes("party") and thing.type != owner.type and thing.type not in ("Place", "Industry")


@cache
def of_place() -> re.Pattern[str]:
    """What stands between a row and the place that it is of: `等`, `等3家`."""
    return re.compile(rf"{ASIDE}*{ETC}(?:{pattern_text('count')})?")


@cache
def called() -> re.Pattern[str]:
    """What things are called behind their place: `名企`, `重点企业`."""
    return re.compile(rf"(?P<count>)[^{NAME},;。、:]{{0,6}}?(?P<noun>{_nouns()})(?!{_nouns()})")


def _closed(text: str, row: list[Mention], owners: list[Mention], noun: re.Match[str] | None = None) -> list[Group]:
    """A row with what closes it, and each of those that its things belong to."""
    if not row:
        return []
    if (
        len(row) > 1
        and row[-1].type == "Place"
        and row[0].type in lexicon.classes("party") - {"Place"}
        and _goes_on().match(text, row[-1].end)
    ):
        row = row[:-1]  # 甲公司、乙市丁厂等5家企业: a name that is not known
    closing = noun or _closing().match(text, row[-1].end)
    if closing is None and row[-1].type in lexicon.classes("party"):
        closing = _closing_unnamed().match(text, row[-1].end)
    end = closing.end() if closing else row[-1].end
    called, count = (closing["noun"] or "", number(closing["count"])) if closing else ("", None)
    return [Group(one.start, one.end, (one,)) for one in owners] + [Group(row[0].start, end, tuple(row), called, count)]


def _in_brackets(read: Read, text: str) -> list[Group]:
    """`新增3家企业(甲、乙、丙)`: whom a count means, where it counts."""
    found = []
    for start, end in brackets(read.text) if "(" in read.text else ():
        members = tuple(read.between(start, end))
        counted = _meant(text, start, members, "") if members else None
        if counted and counted.end() == start:
            found.append(_seat(counted, members, read.sentence.span_of(counted.start(), end)))
    return found


def _opened(read: Read, text: str, rows: list[Group]) -> list[Group]:
    """`签约的项目里有甲、乙`, `开工3个项目,包括甲、乙`: whom a count or a word means, where it stands."""
    found = []
    for opening in _opening().finditer(text):
        row = starting(rows, opening.end())
        meant = _meant(text, opening.start(), row.members, row.noun) if row else None
        if row and meant:
            members = _with_pieces(read, text, row, _called(meant))
            end = max(row.end, members[-1].end)
            found.append(_seat(meant, members, read.sentence.span_of(meant.start(), end)))
    return found


_PIECE_END = re.compile(rf"{ASIDE}*(?:[、{ETC}]|[,;。]|$)")


def _with_pieces(read: Read, text: str, row: Group, noun: str) -> tuple[Mention, ...]:
    """The projects of an opened row to its end, where a piece of it is no name (`包括甲项目、某某改造、乙项目等`)."""
    classes = set(lexicon.mapping("row_nouns", "class").get(noun, "").split("|")) - {""}
    if "Project" not in classes or (not text.startswith("、", row.members[-1].end) and "、" not in text[row.end : row.end + _PIECE]):
        return row.members
    stop = _ROW_END.search(text, row.start)
    inside = read.between(row.start, stop.start() if stop else len(text))
    more = [m for m in inside if m.start >= row.end and m.type in classes and _PIECE_END.match(text, m.end)]
    own = row.members if len(row.members) == 1 else tuple(m for m in row.members if _PIECE_END.match(text, m.end))
    return (*own, *(m for m in more if text[m.start] == NAME)) if more else row.members


_PIECE = 40
"""Characters of a piece that is no name, between two that are, at most."""
_ROW_END = re.compile("[,;。:]")


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"{any_word('clause_words', 'opens')}(?P<row>[^;。]+?){pattern_text('included')}(?=(?P<seat>{_counted().pattern}))")


def _enclosed(read: Read, text: str) -> list[Group]:
    """`包括甲园的乙、丙市丁公司在内的18个项目`: whom a count means, whatever marks stand between them."""
    found = []
    for match in _within().finditer(text):
        seat = _counted().match(text, match.start("seat"))
        fits = lexicon.mapping("row_nouns", "class").get(_called(seat), "") if seat else ""
        classes = {*fits.split("|"), *(("Enterprise",) if "Project" in fits else ())} - {"Park"}
        members = tuple(m for m in read.between(*match.span("row")) if m.type in classes)
        if seat and members:
            found.append(_seat(seat, members, read.sentence.span_of(*match.span("row"))))
    return found


_WINDOW = 120
"""Characters before a row among which what it names is counted or called."""


def _meant(text: str, end: int, members: tuple[Mention, ...], noun: str) -> re.Match[str] | None:
    """The last thing counted or called that a row may name: of the noun that closes the row, else of its class."""
    kinds = lexicon.mapping("row_nouns", "class")
    found = None
    for match in _counted().finditer(text, max(0, end - _WINDOW), end):
        called = _called(match)
        fits = called == noun if noun else not (of := kinds.get(called)) or not {m.type for m in members}.isdisjoint(of.split("|"))
        found = match if fits else found
    return found


def _seat(at: re.Match[str], members: tuple[Mention, ...], span: Span) -> Group:
    return Group(at.start(), at.end(), members, _called(at), number(at["count"] or at["behind"] or at["alone"]), span)


def _called(at: re.Match[str]) -> str:
    return at["noun"] or at["before"] or at["bare"] or ""


def ending_by(rows: list[Group], at: int) -> Group | None:
    """The last row that is named where it stands and ends at a place or before it."""
    for index in range(bisect_right(rows, at, key=lambda row: row.end) - 1, -1, -1):
        if rows[index].span is None:
            return rows[index]
    return None


def starting(rows: list[Group], at: int) -> Group | None:
    """The row whose first thing stands at a place."""
    return next((row for row in rows if row.members and row.members[0].start == at and row.start == at), None)


def carried(read: Read, text: str, before: str) -> Group | None:
    """`…45个项目开工。包括甲、乙等。`: what a sentence names first, at the count of the sentence `before`."""
    opening = _opening().match(text, len(opens) if text.startswith(opens := f"{AMONG},") else 0)
    row = starting(_rows(text, outside(text, read.mentions)), opening.end()) if opening else None
    row = None if row and all(m.type in ("Place", "Park") for m in row.members) and text.startswith(OF, row.end) else row
    members, noun = (row.members, row.noun) if row else (each_first(read, text), lexicon.word("clause_words", "project"))
    counted = _meant(before, len(before), members, noun) if members else None
    if counted is None or counted["bare"]:
        return None
    return _seat(counted, members, read.sentence.span_of(members[0].start, row.end if row else members[-1].end))


@cache
def _part_opening() -> re.Pattern[str]:
    place = rf"(?:{NAME}+(?:{pattern_text('of_place')}))"
    return re.compile(
        rf"(?:{AMONG},?)?{any_word('clause_words', 'opens')}?{ASIDE}*(?:{pattern_text('made_by')}|{place})?{ASIDE}*(?={NAME})"
    )


def each_first(read: Read, text: str) -> tuple[Mention, ...]:
    """`其中,包括甲县的乙项目,丙县的丁项目`, `其中,甲项目…;乙项目…`: the site with which each part begins."""
    if not text.startswith(AMONG):
        return ()
    marks = "[,;]" if re.match(rf"{AMONG},?{any_word('clause_words', 'opens')}", text) else ";"
    starts = [0, *(mark.end() for mark in re.finditer(marks, text) if mark.start() > len(AMONG))]
    firsts = {opening.end() for at in starts if (opening := _part_opening().match(text, at))}
    return tuple(m for m in read.mentions if m.start in firsts and m.type in ("Project", "Platform"))


def ends_in_kind(text: str, start: int, end: int | None = None) -> bool:
    """Whether something counted or called by its kind alone stands in a stretch, or (without `end`) right at its start.

    In `甲园区2个项目竣工` the park has not been completed, and `竣工项目` tells of no site.
    """
    if end is None:
        return _kind_behind().match(text, start) is not None
    return re.search(_acting_nouns(), text[start:end]) is not None


@cache
def _acting_nouns() -> str:
    """Those of the nouns that name what may be built or act: not `产业` in `产业规划编制`."""
    kinds = lexicon.mapping("row_nouns", "class")
    acting = {"Project", "Park", "Platform", "Enterprise"}
    return any_of(word for word in lexicon.words("row_nouns") if acting & set(kinds.get(word, "").split("|")))


@cache
def _kind_behind() -> re.Pattern[str]:
    return re.compile(rf"(?:{OF}[^{NAME},;。、:]{{0,8}}?)?(?:{_nouns()})")


def from_member(found: list[Group], mentions: list[Mention], at: int) -> tuple[Mention, ...]:
    """The things of a row from the first that stands at or behind a place."""
    index = bisect_left(mentions, at, key=lambda m: m.start)
    if index == len(mentions):
        return ()
    first = mentions[index]
    row = next((g for g in found if first in g.members and g.span is None), None)
    if row is None or row.members[0] is not first:
        return (first,)
    apart = any(row.start < g.start and g.end <= row.end and g is not row for g in found)  # 甲申报的A、乙申报的B
    return (first,) if apart else row.members
