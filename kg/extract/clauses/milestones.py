"""What building projects have reached or are meant to reach, part by part."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.clauses.batches import means_row
from kg.extract.clauses.clause import Clause, Parsed
from kg.extract.clauses.groups import Group, ends_in_kind
from kg.extract.clauses.intent import intended, to_come
from kg.extract.clauses.labels import headed, labelled
from kg.extract.clauses.markers import leading, role_of
from kg.extract.clauses.site_parts import part_words, with_beside
from kg.extract.clauses.site_words import adverbs, intention, named_by, of_firm, stage_with, trailing, undone
from kg.extract.clauses.skeleton import NAME
from kg.extract.document.context import Context
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.names.mentions import Read, clean_name
from kg.extract.text.segment import Clause as Stretch
from kg.extract.words.periods import due_date
from kg.extract.words.stages import stage_words
from kg.lexicon import any_word, pattern_text, word_pattern
from kg.model import Milestone, Span

_WORKS = frozenset({"Project", "Platform"})
_NOT_SUBJECTS = ("at", "with", "from", "taking", "getting", "to", "by", "under")
"""Parts that name where, with or by whom, and no site that has reached something."""
_NEAR = 6
"""Characters before the site that opens a stretch."""
_FAR = 30
"""Characters between a site and its stage at most."""


@dataclass(slots=True)
class Site:
    """The project spoken of along a sentence, and whether its stages are only intended.

    `firm` is set where a firm stands for what it builds, until another is named; `row` are all that the last stage was told of.
    """

    project: str = ""
    part: str | None = None
    planned: bool = False
    due: dt.date | None = None
    firm: bool = False
    row: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage in a stretch between marks, and the sites that a row names for it.

    `end` is where the last site ends in the stretch (its start, where none stands in it); `open` is set where no other thing
    stands before the stage, so that the site spoken of before may be meant; `span` is where a row names the sites elsewhere.
    """

    stage: re.Match[str]
    sites: tuple[Mention, ...]
    end: int
    open: bool = True
    span: Span | None = None
    new: bool = False


def milestones(context: Context, report: Sequence[Parsed]) -> tuple[list[Milestone], list[tuple[Read, Mention]]]:
    """Milestones of a report, and the projects among their subjects that no other rule has named."""
    found: list[Milestone] = []
    new: list[tuple[Read, Mention]] = []
    site, above, under, end = Site(), "", "", 0
    for parsed in report:
        read = parsed.read
        above = headed(context, read) if read.sentence.heading else above
        under = (labelled(context, read) or above) if context.starts_line(read, end) else under
        end = read.sentence.span.end
        if read.sentence.heading:
            continue
        site = Site(under or (site.project if _takes_up(read.text, site.project) else ""), planned=read.sentence.planned)
        if not stage_words().search(read.text):
            sites = [m for m in read.mentions if m.type in lexicon.classes("site")]
            site.project = context.name(sites[-1]) if sites else site.project
            continue
        for stretch in _stretches(read):
            reached = _reached(parsed, stretch)
            if reached is None:
                _remember(context, parsed, stretch, site)
                new += [(read, one) for one in _unreached(parsed, stretch)]
                continue
            new += [(read, one) for one in reached.sites if reached.new]
            found += _events(context, read, stretch, reached, site)
    return found, new


def _takes_up(text: str, site: str = "") -> bool:
    """Whether a sentence takes up a thing of the one before: `目前,该项目…` takes up no zone."""
    opening = re.match(rf"(?:{any_word('clause_words', 'filler')}[,]?)?", text)
    start = opening.end() if opening else 0
    said = next((word for word in lexicon.words("pro_forms") if text.startswith(word, start)), "")
    zone = lexicon.mapping("pro_forms", "type").get(said) == "Project" and re.search(rf"{any_word('clause_words', 'zone')}$", site)
    return bool(said) and not zone


@cache
def _next_piece() -> re.Pattern[str]:
    return re.compile(rf"{part_words().pattern}|{pattern_text('next_piece')}")


def _stretches(read: Read) -> list[Stretch]:
    """Stretches, cut at 、 too where each piece has a stage of its own: `1号楼封顶、2号楼内部装修`, `3月开工、年底竣工`."""
    found = []
    for clause in read.clauses:
        if "、" not in clause.text:
            found.append(clause)
            continue
        named = {m.start - clause.start for m in read.between(clause.start, clause.end, *lexicon.classes("site"))}
        ends = (m.end() for m in re.finditer("、", clause.text))
        cuts = [0, *(end for end in ends if end in named or _next_piece().match(clause.text, end)), len(clause.text)]
        pieces = [Stretch(clause.start + a, clause.start + b, clause.text[a:b].rstrip("、")) for a, b in pairwise(cuts)]
        whole = len(pieces) == 1 or any(stage_with().search(piece.text) is None for piece in pieces)
        found += [clause] if whole else pieces
    return found


_LISTING = 16
"""Characters of the longest phrase of another sense: `就业直通车` is no road, a listing of shares no unveiling."""


def _last_stage(parsed: Parsed, stretch: Stretch) -> re.Match[str] | None:
    """The last stage that a stretch tells as reached or meant, in no other sense, outside of names."""
    if not stage_words().search(stretch.text):
        return None
    stages: list[re.Match[str]] = []
    for match in reversed(list(stage_with().finditer(stretch.text))):
        gap = stretch.text[match.end() : stages[-1].start()] if stages else None
        joined = gap is not None and re.fullmatch(rf"{any_word('clause_words', 'joins')}?", gap)  # 开工、投产的项目; 建成达产后
        if _counts(parsed, stretch, match) and not joined:
            return match
        stages.append(match)
    return None


def _counts(parsed: Parsed, stretch: Stretch, stage: re.Match[str]) -> bool:
    text, end = stretch.text, stage.end()
    if parsed.text[stretch.start + stage.start()] == NAME and parsed.read.text[stretch.start + stage.start() - 1] == "(":
        return False  # 光伏(并网)发电项目
    only_last = any(stage[0].endswith(word) for word in lexicon.words("stages", only="end")) and end < len(text)
    seat = _closed_by(parsed, stretch.start + stage.start()) is not None or _seat_behind(parsed, stretch, stretch.start + end)
    if not seat and (only_last or _only_a_time(text, end)):
        return False
    if named_by("other_sense").search(text, max(0, end - _LISTING), end) or _inside(text, stage):
        return False
    return not any(told.start() < stage.start() <= told.end() for told in undone().finditer(text)) and (seat or not ends_in_kind(text, end))


def _seat_behind(parsed: Parsed, stretch: Stretch, at: int) -> bool:
    """Whether sites that a row names elsewhere are counted or called right behind a stage."""
    seats = (g for g in parsed.groups if g.span and at <= g.start <= at + _NEXT and g.end <= stretch.end)
    return any(_sites(seat) for seat in seats)


def _inside(text: str, stage: re.Match[str]) -> bool:
    """Whether a stage is read out of another word: `线上线下`."""
    around = re.finditer(any_word("clause_words", "whole"), text[max(0, stage.start() - _NEXT) : stage.end() + _NEXT])
    shift = max(0, stage.start() - _NEXT)
    return any(word.start() + shift < stage.end() and stage.start() < word.end() + shift for word in around)


_NEXT = 12
"""Characters between a stage and the word for what has reached it: `集中开工的重大重点项目`."""


def _only_a_time(text: str, end: int) -> bool:
    """What makes a time, a rate or a feast of a stage: `达产后`, `开工率`, `开工11个`."""
    return named_by("only_a_time").match(text, end) is not None


def _reached(parsed: Parsed, stretch: Stretch) -> Reached | None:
    """The stage of a stretch and what has reached it."""
    stage = _last_stage(parsed, stretch)
    if stage is None:
        return None
    at, stop = stretch.start + stage.start(), stretch.start + stage.end()
    clause = next((c for c in reversed(parsed.clauses) if at <= c.at < stop), None)
    if clause and "with" in clause.parts and named_by("signing").search(stage[0]):
        return None  # 甲园与乙院签约: joint work
    row = _behind(clause) if clause else None
    if row:
        return Reached(stage, _sites(row), stretch.start, span=row.span)
    row, free = _closed_by(parsed, at), True
    if row is None:
        row, free = _before(parsed, stretch.start, at, stage[0])
    if row:
        return Reached(stage, _sites(row), row.end)
    unnamed = _unnamed(parsed.read, stretch, at) if free else None
    if unnamed:
        return Reached(stage, (unnamed,), unnamed.end, new=True) if stage[0] not in lexicon.words("stages", only="end") else None
    opening = named_by("agenda_opening").sub("", parsed.text[stretch.start : at])
    opens = _takes_up(opening) or part_words().match(opening) is not None
    return Reached(stage, (), stretch.start, open=free and (opens or not ends_in_kind(parsed.text, stretch.start, at)))


def _closed_by(parsed: Parsed, at: int) -> Group | None:
    """The row of sites that words with a stage among them close: `甲、乙等一批率先开工的项目`."""
    rows = (g for g in parsed.groups if g.noun and g.span is None and g.members[-1].end <= at < g.end)
    return next((row for row in rows if _sites(row)), None)


def _behind(clause: Clause) -> Group | None:
    """The sites that a stage tells of behind it: `签约项目包括甲、乙`, `开工建设甲、乙`."""
    head, thing, subject = clause.parts.get("head"), clause.parts.get("object"), clause.parts.get("subject")
    for row in (head, thing):
        if row and _sites(row) and (row is head or row.span):
            return row
    near = thing is not None and thing.start - clause.stop <= _NEAR and clause.word in lexicon.words("clause_words", "carries")
    if thing and near and thing.of(lexicon.classes("site")) and not _is_counted(clause, thing) and not (subject and subject.of(_WORKS)):
        return thing
    return None


def _sites(row: Group) -> tuple[Mention, ...]:
    """What of a row may have come so far; a firm, too, where projects go by the names of their firms (`甲、乙公司等项目`)."""
    return row.of(
        lexicon.classes("site") | {"Enterprise"}
        if row.noun in lexicon.words("row_nouns", **{"class": lexicon.mapping("class_groups", "classes")["site"]})
        else lexicon.classes("site")
    )


def _called_so(text: str, end: int) -> int:
    """Where what a site is called besides its name ends: `甲园B座改造工程`, `甲园二期项目`."""
    part = part_words().match(text, end)
    called = named_by("part_called" if part else "called_so").match(text, part.end() if part else end)
    return called.end() if called else end


def _is_counted(clause: Clause, row: Group) -> bool:
    """`建成公共服务平台1个`: a kind and how many of it."""
    return re.match(pattern_text("count"), clause.read.text[row.members[-1].end :]) is not None


def _before(parsed: Parsed, start: int, at: int, stage: str) -> tuple[Group | None, bool]:
    """The nearest row of sites before a stage, unless a word leads it in or something else stands between; and whether none does."""
    free = True
    for group in reversed(parsed.groups):
        if group.end > at or group.start < start:
            continue
        marker = None if group.span else leading(parsed.text, start, group.start)
        if marker and role_of(marker) in _NOT_SUBJECTS:
            continue
        firms = group.of(frozenset({"Enterprise"})) == group.members and re.fullmatch(any_word("clause_words", "firm_stage"), stage)
        if firms and not parsed.read.sentence.heading and of_firm().fullmatch(parsed.text, group.end, at):
            return replace(group, noun=lexicon.word("clause_words", "project")), True
        behind = _called_so(parsed.text, group.end)
        if ends_in_kind(parsed.text, behind, at) or word_pattern("clause_words", "blocks").search(parsed.text, behind, at):
            return None, False
        if _sites(group) and at - group.end <= _FAR:
            return with_beside(parsed, group, start, _sites), True
        free = free and group.of(frozenset({"Industry", "Technology", "Place"})) == group.members
        break
    return None, free


def _remember(context: Context, parsed: Parsed, stretch: Stretch, site: Site) -> None:
    read = parsed.read
    titles = [(t.start, t.end) for t in read.titles]
    named = [m for m in read.between(stretch.start, stretch.end, *lexicon.classes("site")) if not any(s <= m.start < e for s, e in titles)]
    named = [m for m in named if not _is_led(parsed, stretch.start, m)]
    if site.firm and read.between(stretch.start, stretch.end, "Enterprise", "Technology"):
        site.project, site.firm = "", False
    if named:
        opens = named_by("lies").search(stretch.text) or _opens_alone(parsed, stretch, named[0])  # 甲港位于乙经开区
        last = named[0] if opens else named[-1]
        behind = part_words().match(read.text, last.end)
        site.project, site.part = context.name(last), behind[0] if behind else None
        site.firm = False
        site.planned, site.due = read.sentence.planned, None
    elif parts := part_words().findall(stretch.text):  # 其中一期投资5亿元,预计年底投产
        site.part = parts[0] if len(parts) == 1 else None


def _opens_alone(parsed: Parsed, stretch: Stretch, site: Mention) -> bool:
    """Whether a site that is no park opens a stretch, and in no row."""
    row = next((g for g in parsed.groups if site in g.members and g.span is None), None)
    return site.type != "Park" and site.start - stretch.start <= _NEAR and row is not None and len(row.members) == 1


def _is_led(parsed: Parsed, start: int, site: Mention) -> bool:
    """Whether the row of a site is led in as where or with whom."""
    row = next((g for g in parsed.groups if site in g.members and g.span is None), None)
    marker = leading(parsed.text, start, row.start) if row else None
    return marker is not None and role_of(marker) in _NOT_SUBJECTS


def _unnamed(read: Read, stretch: Stretch, end: int) -> Mention | None:
    """A site that no name shows: the words between the last cut and the stage or the part."""
    opening = intention().match(stretch.text)  # 力争甲大厦9月底前竣工
    begin = stretch.start + (opening.end() if opening else 0)
    time = named_by("time_led").match(read.text, begin, end)
    begin = time.end() if time else begin
    told = trailing().sub("", read.text[begin:end])
    intent = intention().search(told)
    told = told[: intent.start()] if intent else told
    part = part_words().search(told)
    stop = begin + (part.start() if part else len(told))
    start = max(begin, read.cuts.before(stop - 1))
    name = clean_name(read.text[start:stop])
    endings = lexicon.mapping("site_endings", "type")
    kind = next((kind for ending, kind in endings.items() if name.endswith(ending) and len(name) >= 3), "")
    if (len(name) < 4 and not kind) or is_generic(name) or named_by("no_site").search(name):
        return None
    if name.endswith(lexicon.words("stages", only="")):
        return None  # 推动目竣工
    if read.between(start, stop, "Enterprise", "Place", "GovernmentBody"):
        return None  # 甲公司建成省级技术中心
    return Mention(start, stop, name, kind or "Project", "suffix")


def _unreached(parsed: Parsed, stretch: Stretch) -> list[Mention]:
    """A site of which a stretch tells that it has not come so far, where no other rule names it: `甲大厦尚未竣工`."""
    told = undone().search(stretch.text)
    sites = parsed.read.between(stretch.start, stretch.end, *lexicon.classes("site")) if told else ()
    unnamed = _unnamed(parsed.read, stretch, stretch.start + told.start()) if told and not sites else None
    return [unnamed] if unnamed else []


def _events(context: Context, read: Read, stretch: Stretch, reached: Reached, site: Site) -> list[Milestone]:
    subject = stretch.text[: reached.stage.start()]
    named = reached.sites
    if named:
        site.project, site.part = context.name(named[-1]), None
        site.planned, site.due = read.sentence.planned, None
        site.firm, site.row = named[-1].type == "Enterprise", tuple(context.name(one) for one in named)
    _time(context, read, subject, reached.stage[0], site, stretch.start + reached.stage.start())
    after = subject[max(0, reached.end - stretch.start) :] if named else subject
    parts: list[str | None] = part_words().findall(after) or part_words().findall(reached.stage[0]) or [site.part]
    if not site.project and parts[0] and context.header.titled and part_words().match(named_by("agenda_opening").sub("", subject)):
        site.project = context.header.titled  # a park's own report speaks of its B座 without naming the park
    site.part = parts[-1]
    carried = [site.project] if site.project and reached.open else []
    projects = [context.name(one) for one in named] or (site.row if means_row(subject, len(site.row)) else carried)
    span = reached.span or read.sentence.span_of(stretch.start, stretch.end)
    return [
        Milestone(span, project, part=part, status=reached.stage[0], planned=site.planned, due=site.due)
        for project in projects
        for part in (parts if project == projects[-1] else [None])
    ]


def _time(context: Context, read: Read, subject: str, stage: str, site: Site, at: int) -> None:
    """Whether the stage that stands at a place is reached or intended, and by when."""
    reached = adverbs("reached").search(subject + stage) is not None
    own = intention().search(subject) is not None
    intent = own or intended(read, at)
    stated = due_date(subject, context.header.base(read.sentence.planned))
    if intent or ((read.sentence.planned or to_come(context, subject, stated)) and not reached):
        site.due = stated or (site.due if site.planned and not own else None) or _end_of_part(context, read)
        site.planned = True
    elif site.planned and stated:
        site.due = stated
    if reached and not intent:
        site.planned, site.due = False, None


def _end_of_part(context: Context, read: Read) -> dt.date | None:
    """A promise in a part of plans without a date of its own is due when the time of the plans ends."""
    return context.header.plan.end if context.header.plan and read.sentence.planned else None
