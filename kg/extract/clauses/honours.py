"""Awards and titles: to whom they are given, how many take them, of which year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.frames import Frame, frames, player
from kg.extract.clauses.groups import Group, ending_by
from kg.extract.clauses.intent import intended
from kg.extract.clauses.markers import leading
from kg.extract.clauses.skeleton import ASIDE, NAME, outside
from kg.extract.clauses.winners import WORKS, called_winners, counted_awards, counts, graded_works, listed, makers
from kg.extract.document.context import Context
from kg.extract.document.home import is_described
from kg.extract.names.boundaries import Mention
from kg.extract.text.particles import OF, SAID
from kg.extract.text.segment import part_start
from kg.extract.words.quantities import Quantity, whole
from kg.lexicon import any_word, pattern_text, word_pattern
from kg.model import AwardGrant, Event, Honour, Recognition

_HONOURS = ("Award", "Recognition")
_TITLES = (*_HONOURS, "Platform", "Programme")
_BEHIND = 40
"""Characters behind the stretch in which a title stands among which its count is looked for."""


@dataclass(frozen=True, slots=True)
class Given:
    """Titles that one clause gives, and who takes them."""

    clause: Clause
    titles: tuple[Mention, ...]
    holders: tuple[Mention, ...]


def honours(context: Context, parsed: Parsed) -> list[Honour]:
    """Grants of awards and recognitions that a sentence states, each title once."""
    found: dict[int, Honour] = {}
    if not any(m.type in _TITLES for m in parsed.read.mentions):
        return []
    for given in (*_given(parsed), *_further(parsed)) if any(_gives(clause) for clause in parsed.clauses) else ():
        for title in given.titles:
            if title.start not in found and not _applied_for(given.clause) and not _is_described(title.name):
                told = _event(context, parsed, given, title)
                found.update({title.start: told} if told else {})
    for award, takers, count in _in_lists(parsed):
        if award.start not in found:
            found[award.start] = _grant(context, parsed, award, takers, count)
    return [found[at] for at in sorted(found)]


def _is_described(title: str) -> bool:
    """`成为全省产值最高的企业`: what somebody is said to be is no title."""
    return OF in title or is_described(title)


def _in_lists(parsed: Parsed) -> Iterator[tuple[Mention, Sequence[Mention], Quantity | None]]:
    """Awards before a colon with those who took them, and awards of a row with how many of each were given."""
    for award, takers in (*listed(parsed), *graded_works(parsed)):
        if takers:
            yield award, (*takers, *makers(parsed, takers)), None
    for award, takers in called_winners(parsed):
        yield award, takers, None
    for award, count in counted_awards(parsed):
        yield award, (), count


def _grant(context: Context, parsed: Parsed, award: Mention, takers: Sequence[Mention], count: Quantity | None) -> AwardGrant:
    starts = [taker.start for taker in takers]
    called = word_pattern("clause_words", "winner").match(parsed.text, award.end)
    end = called.end() if called else award.end
    recipients, recipient_type = takers_counted(parsed.text[award.end : award.end + _BEHIND], count)
    return AwardGrant(
        parsed.read.sentence.span_of(min([award.start, *starts]), max([end, *(taker.end for taker in takers)])),
        context.name(award),
        participants=tuple(dict.fromkeys(context.name(taker) for taker in takers)),
        year=_year(context, parsed.text, award, award.start),
        recipients=recipients,
        recipient_type=recipient_type,
        planned=intended(parsed.read, end),
    )


def once(found: list[Event]) -> list[Event]:
    """One event for a title that several sentences tell of, where just one of them says who took it or how many."""
    first: dict[tuple[str, str, int | None], Honour] = {}
    rest: list[Event] = []
    for event in found:
        if not isinstance(event, Honour):
            rest.append(event)
            continue
        same = first.get(key := (event.type, event.object, event.year))
        if same and event.participants and not event.recipients and set(event.participants) < set(same.participants):
            first[key] = replace(same, evidence=(*same.evidence, event.span))  # 甲、乙、丙获…奖,其中甲首次获奖
            continue
        if same is None or not (same.participants == () or event.participants == ()) or (same.recipients and event.recipients):
            first.setdefault(key, event)
            rest += [event] if same else []
            continue
        first[key] = replace(
            same,
            participants=same.participants or event.participants,
            recipients=same.recipients or event.recipients,
            recipient_type=same.recipient_type or event.recipient_type,
            evidence=(*same.evidence, event.span),
        )
    return [*first.values(), *rest]


@cache
def title_frames(word: str) -> tuple[Frame, ...]:
    """The frames of a word that give titles."""
    return tuple(frame for frame in frames(word) if frame.says == "title")


def _given(parsed: Parsed) -> Iterator[Given]:
    for clause in parsed.clauses:
        frames_ = title_frames(clause.word)
        told = [given for frame in frames_ if (given := _by_frame(parsed, clause, frame))] if frames_ else []
        best = next((given for given in told if given.holders), told[0] if told else None)
        if best:
            yield best


def _by_frame(parsed: Parsed, clause: Clause, frame: Frame) -> Given | None:
    """Titles and holders as one frame tells them."""
    if frame.other == ("said",):
        titles = _before(parsed, clause, frame)
    elif frame.other == ("behind",):
        titles = _behind(parsed, clause, frame)
    else:
        row = player(clause, frame.other, frame.other_is)
        titles = row.members if row else ()
    if not titles:
        return None
    if frame.one == ("between",):
        between = [m for m in outside(parsed.text, parsed.read.mentions) if clause.stop <= m.start and m.end <= titles[0].start]
        takers = tuple(m for m in between if m.type in frame.one_is and not _is_persons(parsed, m))
        return Given(clause, titles, takers or _taken_up(parsed, clause))
    row = _right_before(parsed, clause, frame) or player(clause, frame.one, frame.one_is)
    holders = tuple(m for m in row.members if m not in titles) if row else ()
    return Given(clause, titles, holders)


def _taken_up(parsed: Parsed, clause: Clause) -> tuple[Mention, ...]:
    """`到甲公司,授予该公司“乙基地”牌匾`: what a word right behind the verb takes up, the last of its class before."""
    said = next((word for word in lexicon.words("pro_forms") if parsed.text.startswith(SAID + word.removeprefix(SAID), clause.stop)), "")
    kind = lexicon.mapping("pro_forms", "type").get(said)
    return tuple([m for m in parsed.read.mentions if m.end <= clause.at and m.type == kind][-1:]) if kind else ()


def _right_before(parsed: Parsed, clause: Clause, frame: Frame) -> Group | None:
    """`甲与乙共同完成的丙项目,获…奖`: the work with which the stretch right before a clause without a subject ends."""
    if not clause.bare or clause.start < 1 or "taker" not in frame.one:
        return None
    if word_pattern("clause_words", "every").search(parsed.text, clause.start, clause.at):
        return _all_before(parsed, clause)
    last = ending_by(parsed.groups, clause.start)
    works = last is not None and {m.type for m in last.members} <= WORKS
    return last if last and works and _work_closed().fullmatch(parsed.text, last.end, clause.start) else None


def _all_before(parsed: Parsed, clause: Clause) -> Group | None:
    """`由甲完成的“乙”项目、由丙完成的“丁”项目,均获…奖`: the works named before a clause, none of them told of yet."""
    begins = part_start(parsed.read.text, clause.start)
    begins = max([begins, *(c.stop for c in parsed.clauses if c.stop <= clause.start and not c.relative and _gives(c))])
    works = tuple(m for m in outside(parsed.text, parsed.read.mentions) if begins <= m.start and m.end <= clause.start and m.type in WORKS)
    return Group(works[0].start, works[-1].end, works) if works else None


@cache
def _work_closed() -> re.Pattern[str]:
    return re.compile(rf"{ASIDE}*(?:{pattern_text('work_closed')})?{ASIDE}*[,;]")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"(?:{OF})?{any_word('clause_words', 'member')}")


def _is_persons(parsed: Parsed, name: Mention) -> bool:
    """`中国工程院院士`, `甲大学教授`: whose member somebody is takes nothing."""
    return _person().match(parsed.text, name.end) is not None


def _before(parsed: Parsed, clause: Clause, frame: Frame) -> tuple[Mention, ...]:
    """The last title named before a clause."""
    named = [m for m in outside(parsed.text, parsed.read.mentions) if m.end <= clause.at and m.type in frame.other_is]
    return tuple(named[-1:]) if clause.parts.get("subject") and "object" not in clause.parts else ()


def _behind(parsed: Parsed, clause: Clause, frame: Frame) -> tuple[Mention, ...]:
    """The first title behind a verb, up to where the next such verb or part of the sentence begins."""
    ends = [other.at for other in parsed.clauses if other.at > clause.at and other.word == clause.word]
    end = min([*ends, len(parsed.text)])
    named = [m for m in outside(parsed.text, parsed.read.mentions) if clause.stop <= m.start and m.end <= end and m.type in frame.other_is]
    same = [m for m in named if part_start(parsed.text, m.start) <= clause.at]
    row = next((g.members for g in parsed.groups if same and same[0] in g.members and g.span is None), ())
    return tuple(m for m in same if m is same[0] or m in row)  # 授予甲公司“乙”和“丙”牌匾


@cache
def _applies() -> re.Pattern[str]:
    return re.compile(rf"{any_word('clause_words', 'applies')}(?!{OF})")


def _applied_for(clause: Clause) -> bool:
    told = clause.read.text[clause.start : clause.end]
    rule = told.endswith(OF) and told.startswith(lexicon.words("clause_words", "rules"))  # 对认定为…的,给予…
    return rule or _applies().search(clause.read.text, clause.start, clause.at) is not None


@cache
def _counted() -> re.Pattern[str]:
    """`获国家奖的2家单位、`, `5家…企业、11家`: what stands between two titles that one verb gives."""
    return re.compile(
        rf"(?:[^{NAME},;。]{{0,8}}{pattern_text('count')})?[^{NAME},;。、]{{0,6}}、(?:{pattern_text('count')})?[^{NAME},;。、]{{0,4}}"
    )


def _further(parsed: Parsed) -> Iterator[Given]:
    """Titles behind one that a clause gives: each with a count of its own, or `认定甲为…,乙为…`."""
    named = outside(parsed.text, parsed.read.mentions)
    for before, title in pairwise(named):
        verb = next((c for c in reversed(parsed.clauses) if c.stop <= title.start and _gives(c)), None)
        if verb is None or title.type not in _HONOURS:
            continue
        same = before.type == title.type and verb.start <= title.start < verb.end
        if same and _counted().fullmatch(parsed.text, before.end, title.start):
            yield Given(verb, (title,), ())
        marker = leading(parsed.text, max(before.end, verb.stop), title.start)
        row = next((g for g in parsed.groups if before in g.members and g.span is None), None)
        if "as" in verb.parts and marker and row and row.end == marker.start() and word_pattern("clause_words", "as").match(marker[0]):
            yield Given(verb, (title,), row.members)


def _gives(clause: Clause) -> bool:
    return bool(title_frames(clause.word))


def _year(context: Context, text: str, title: Mention, start: int) -> int | None:
    """Of which year an award is: the one before its name or told before its clause, else that of the report."""
    before = re.search(pattern_text("year_before"), text[: title.start])
    told = [*re.finditer(pattern_text("year"), text[:start])]
    usual = context.header.period.end.year if context.header.period else None
    if title.type != "Award":
        return usual
    return int(before["year"]) if before else int(told[-1]["year"]) if told else usual


def _event(context: Context, parsed: Parsed, given: Given, title: Mention) -> Honour | None:
    clause, text = given.clause, parsed.text
    before = text[min(clause.start, title.start) : title.start]
    start, end = min(clause.start, title.start), max(clause.end, title.end)
    honour = title.type in _HONOURS
    holders = _each(parsed, given, title) or (*given.holders, *(_makers(parsed, given.holders) if honour else ()))
    holders = holders or _of_unnamed(parsed, clause)
    names = tuple(dict.fromkeys(context.name(m) for m in holders)) or _speaker(context, clause)
    count, around = holders_count(before, text[title.end : clause.end if title.type == "Award" else clause.end + _BEHIND])
    if title.type != "Award" and _counts_others(text, title, holders):
        names = ()  # 园区新增…企业12家
    if not names and (not honour or _only_added(before, clause.word) or (count is None and clause.relative)):
        return None  # a count of a kind, told as a figure
    recipients, recipient_type = takers_counted(around, count)
    kind = AwardGrant if title.type == "Award" else Recognition
    return kind(
        parsed.read.sentence.span_of(start, end),
        context.name(title),
        participants=names,
        year=_year(context, text, title, start),
        recipients=recipients,
        recipient_type=recipient_type,
        planned=clause.planned if "of" in clause.parts else intended(parsed.read, title.start),
    )


def _counts_others(text: str, title: Mention, holders: Sequence[Mention]) -> bool:
    """Whether a count right behind a title tells of those who have it in a place or a park, which takes no title itself."""
    behind = text[title.end : title.end + _BEHIND]
    counted = [q for q in counts("" if behind[:1] in _MARKS else behind) if q.start == 0]
    return bool(counted) and all(holder.type in _AREAS for holder in holders)


_AREAS = ("Park", "Place", "GovernmentBody")


def _each(parsed: Parsed, given: Given, title: Mention) -> tuple[Mention, ...]:
    """`甲、乙分别获丙奖、丁奖`: the winner of one of several, where there are as many of either and it is said or the names tell it."""
    if not len(given.titles) == len(given.holders) > 1:
        return ()
    at = given.titles.index(title)
    holder = given.holders[at]
    alike = [_alike(one, other) for one, other in zip(given.holders, given.titles, strict=True)]
    apart = re.search(any_word("clause_words", "each"), parsed.text[given.clause.start : given.clause.stop])
    if not apart and not (all(alike) and not any(_alike(holder, other) for other in given.titles if other is not title)):
        return ()
    return (holder, *makers(parsed, (holder,)))


def _alike(holder: Mention, title: Mention) -> bool:
    """Whether a title is told by what its holder is called: `甲特色产业基地` and `国家级特色产业基地`."""
    return holder.name[-_ALIKE:] in title.name


_ALIKE = 4
"""Characters with which a holder's name ends that the title of such things has, too."""


def _makers(parsed: Parsed, holders: tuple[Mention, ...]) -> list[Mention]:
    """Who carried out what takes an award: `甲、乙完成的丙获奖`."""
    made = [c for c in parsed.clauses if c.relative and set(c.parts.get("object", _NOBODY).members) & set(holders)]
    doers = [m for c in made for part in ("subject", "with") for m in c.parts.get(part, _NOBODY).members]
    return [m for m in (*doers, *makers(parsed, holders)) if m.type in _MAKERS]


def _of_unnamed(parsed: Parsed, clause: Clause) -> tuple[Mention, ...]:
    """`甲完成的项目获奖`: who carried out what takes an award and has no name."""
    made = [c for c in parsed.clauses if c.relative and clause.start <= c.at < clause.at]
    last = made[-1] if made and "subject" not in clause.parts and not clause.bare else None
    if last is None or NAME in parsed.text[last.stop : clause.at]:
        return ()
    doers = (*last.parts.get("subject", _NOBODY).members, *last.parts.get("with", _NOBODY).members)
    return tuple(m for m in doers if m.type in _MAKERS)


_NOBODY = Group(0, 0, ())
_MAKERS = ("Enterprise", "ResearchInstitute", "Platform", "GovernmentBody", "Park")


def _speaker(context: Context, clause: Clause) -> tuple[str, ...]:
    """`园区被授予…称号`, `我市被…表彰为…`: the park, organisation or place whose report it is."""
    if _speaks().match(clause.text) and context.header.titled:
        return (context.header.titled,)
    own = next((word for word in lexicon.words("wholes") if clause.text.startswith(word)), "") if clause.passive else ""
    known = context.header.whole(own) if own else ""
    return (known,) if known and known not in lexicon.words("wholes") else ()


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('clause_words', 'filler')}|,)*{any_word('pro_forms')}")


def _only_added(before: str, verb: str) -> bool:
    """Whether a title is what is added (`新增…企业9家`), and nobody counted before its verb has taken it (`新增9家企业获评…`)."""
    if re.search(rf"{pattern_text('count')}[^,;。、{NAME}]{{1,6}}{verb}$", before):
        return False
    return re.search(rf"{any_word('clause_words', 'adds')}(?:[^,;。]*、)?[^,;。、{NAME}]{{0,6}}$", before) is not None


def holders_count(before: str, behind: str) -> tuple[Quantity | None, str]:
    """How many take it, right behind the name (`新认定…企业12家`, `获…奖的2家单位`) or before it; and the words around."""
    after = [q for q in counts("" if behind[:1] in _MARKS else behind) if q.start <= _NEXT]
    if after:
        return after[0], behind
    told = counts(before)
    last = [q for q in told if q.end >= len(before) - _NEXT]
    return (last[-1] if last else told[0] if told else None), before if told else ""


_MARKS = (",", ";", "。", "、")
_NEXT = 2
"""Characters between a title and how many take it."""


def takers_counted(text: str, count: Quantity | None) -> tuple[int | None, str | None]:
    """How many a figure counts, and of which class; None for both where it counts none."""
    many = whole(count.value) if count else None
    return (many, _counted_type(text, count)) if many and count else (None, None)


def _counted_type(text: str, count: Quantity) -> str | None:
    """Class of what a figure counts: `1家企业`, `20个项目`, `6人`."""
    units = lexicon.mapping("counted_units", "type")
    if units.get(count.base) == "Person":
        return "Person"
    named = [kind for word, kind in lexicon.mapping("counted", "type").items() if word in text[count.end : count.end + 6]]
    return named[0] if named else units.get(count.base)
