"""What building projects have reached or are meant to reach, part by part."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.names.mentions import Read, clean_name
from kg.extract.names.names import Mention, is_generic
from kg.extract.report.context import Context
from kg.extract.text.segment import Clause
from kg.extract.words.periods import due_date
from kg.extract.words.stages import stage_words
from kg.model import Event

_SITES = ("Project", "Park", "Platform", "ResearchInstitute")


@dataclass(slots=True)
class Site:
    """The project spoken of along a sentence, and whether its stages are only intended."""

    project: str = ""
    part: str | None = None
    planned: bool = False
    due: dt.date | None = None


@cache
def _trailing() -> re.Pattern[str]:
    """What may stand between a site's name and its stage."""
    return re.compile(
        rf"(?:{lexicon.any_of(lexicon.letters_of(lexicon.words('adverbs')))}|[一二三四]季度末?前?|(?:20\d{{2}}年)?\d{{1,2}}月(?:\d{{1,2}}日|底|份|初|中旬|下旬|上旬)?前?)+$"
    )


@cache
def _reached() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("adverbs", role="reached")))


@cache
def _stage() -> re.Pattern[str]:
    """A stage with what stands around it: `办理竣工验收手续`, `正负零全部完成`, `主体结构完成`."""
    cores = lexicon.any_of(lexicon.words("stages"))
    return re.compile(
        rf"完成[一二三四五六]期(?:工程|建设)+|(?:办理|完成|取得|通过)?"
        rf"(?:(?:主体|土建|钢结构|桩基|基坑|幕墙)(?:工程|结构|施工)?(?:已|全部|全面|基本|均已)?)?(?:{cores})(?:手续)?"
        "(?:(?:全部|全面|基本|均已|已)?(?:完成|办理中|进行中|施工中|施工))?"
    )


@cache
def _part() -> re.Pattern[str]:
    one = "|".join(r["pattern"] for r in lexicon.table("parts"))
    return re.compile(rf"(?:{one})+")


@cache
def _intent() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("verbs", role="intent")))


@cache
def _undone() -> re.Pattern[str]:
    """`尚未开工`: what has not come about is no milestone."""
    return re.compile(rf"(?:{'|'.join(lexicon.words('adverbs', role='undone'))})[^,;。]{{0,3}}$")


def milestones(context: Context) -> tuple[list[Event], list[tuple[Read, Mention]]]:
    """Milestones of a report, and the projects among their subjects that no other rule has named."""
    found: list[Event] = []
    new: list[tuple[Read, Mention]] = []
    site = Site()
    for read in context.reads:
        if read.sentence.heading:
            continue
        taken_up = read.text.startswith(lexicon.words("pro_forms"))
        site = Site(site.project if taken_up else "", planned=read.sentence.planned)
        if not stage_words().search(read.text):
            sites = [m for m in read.mentions if m.type in _SITES]
            site.project = context.name(sites[-1]) if sites else site.project
            continue
        for clause in _stretches(read):
            stage = _last_stage(clause)
            if stage is None:
                _remember(context, read, clause, site)
                continue
            named = _projects(context, read, clause, clause.start + stage.start())
            unnamed = [one for one in named if one not in read.between(one.start, one.end)]
            if stage[0] == "签约" and len(unnamed) == len(named):
                continue  # 项目现场签约: a signing of what nothing names
            new += [(read, one) for one in unnamed]
            found += _stages(context, read, clause, stage, named, site)
    return found, new


@cache
def _next_piece() -> re.Pattern[str]:
    return re.compile(rf"{_part().pattern}|(?:20\d{{2}}年)?\d{{1,2}}月|20\d{{2}}年|年底|年内")


def _stretches(read: Read) -> list[Clause]:
    """Clauses, cut at 、 too where each piece has a stage of its own: `1号楼封顶、2号楼内部装修`, `3月开工、年底竣工`."""
    found = []
    for clause in read.clauses:
        if "、" not in clause.text:
            found.append(clause)
            continue
        named = {m.start - clause.start for m in read.between(clause.start, clause.end, *_SITES)}
        ends = (m.end() for m in re.finditer("、", clause.text))
        cuts = [0, *(end for end in ends if end in named or _next_piece().match(clause.text, end)), len(clause.text)]
        pieces = [Clause(clause.start + a, clause.start + b, clause.text[a:b].rstrip("、")) for a, b in pairwise(cuts)]
        whole = len(pieces) == 1 or any(_stage().search(piece.text) is None for piece in pieces)
        found += [clause] if whole else pieces
    return found


_OTHER_SENSE = re.compile("直通车$|(?:市场|新三板|股转系统|交易所|科创板|创业板|港交所)(?:成功|正式|首发)?(?:挂牌|上市)$")
"""`就业直通车` is no road, and a listing of shares no unveiling."""
_LISTING = 16
"""Characters of the longest phrase of another sense."""
_ONLY_A_TIME = re.compile(
    "[后率时间]|名单|众创|孵化|企业|机构|单位|以[来后]|之[后前]|[前期](?=[,;的]|$)|[\u4e00-\u9fff]{0,4}\\d[\\d.]*余?[个家项万亿辆台户套栋幢座米]|[一二三四五六七八九十两\\d]+个?[月天]"
)
"""What makes a time, a rate or a feast of a stage: `达产后`, `开工率`, `开工11个`."""


def _in_other_sense(text: str, end: int) -> bool:
    return _OTHER_SENSE.search(text, max(0, end - _LISTING), end) is not None


def _last_stage(clause: Clause) -> re.Match[str] | None:
    if not stage_words().search(clause.text):
        return None
    stages = [m for m in _stage().finditer(clause.text) if m[0] != "签约" or m.end() == len(clause.text)]
    stages = [m for m in stages if not (_ONLY_A_TIME.match(clause.text, m.end()) or _in_other_sense(clause.text, m.end()))]
    return stages[-1] if stages and not _undone().search(clause.text, 0, stages[-1].start()) else None


def _remember(context: Context, read: Read, clause: Clause, site: Site) -> None:
    named = [m for m in read.between(clause.start, clause.end, *_SITES) if not any(t.start <= m.start < t.end for t in read.titles)]
    if named:
        last = named[0] if _LIES.search(clause.text) else named[-1]  # 甲港位于乙经开区
        behind = _part().match(read.text, last.end)
        site.project, site.part = context.name(last), behind[0] if behind else None
        site.planned, site.due = read.sentence.planned, None
    elif parts := _part().findall(clause.text):  # 其中一期投资5亿元,预计年底投产
        site.part = parts[0] if len(parts) == 1 else None


_LIES = re.compile("位于|坐落|地处")
_NO_SITE = re.compile(
    r"\d[家个项年月日]|(?<!扩建)(?<!改造)(?<!新建)(?<!迁建)(?<!提升)(?<!配套)工程$|(?:建设|市场|后)$|[今去]年|目前|截至|以来|^(?:因|进行|开展|启动|完成|开通|举行)"
)
"""What shows that words before a stage are no site's name."""


def _projects(context: Context, read: Read, clause: Clause, end: int) -> list[Mention]:
    """The sites named before the stage, joined by 、 or 和; else the words between the last cut and the stage or the part."""
    named = read.between(clause.start, end, *_SITES)
    row = named[-1:]
    for mention in reversed(named[:-1]):
        if not re.fullmatch(r"(?:\([^()]*\)|[一二三四五]期)?[、和与及]", read.text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    if row:
        return row
    words = _trailing().sub("", read.text[clause.start : end])
    intent = _intent().search(words)
    words = words[: intent.start()] if intent else words
    part = _part().search(words)
    stop = clause.start + (part.start() if part else len(words))
    start = max(clause.start, read.cuts.before(stop - 1))
    name = clean_name(read.text[start:stop])
    endings = lexicon.mapping("site_endings", "type")
    site = next((kind for ending, kind in endings.items() if name.endswith(ending) and len(name) >= 3), "")
    if (len(name) < 4 and not site) or is_generic(name) or _NO_SITE.search(name):
        return []
    if read.between(start, stop, "Enterprise"):
        return []  # 甲公司建成省级技术中心
    return [Mention(start, stop, name, site or "Project", "suffix")]


def _stages(  # a stage hangs on all that stands before it
    context: Context,
    read: Read,
    clause: Clause,
    stage: re.Match[str],
    named: list[Mention],
    site: Site,
) -> list[Event]:
    subject = clause.text[: stage.start()]
    _place(context, read, named, site)
    _time(context, read, subject, stage[0], site)
    after = subject
    if named and named[-1].end > clause.start:
        after = subject[max(0, named[-1].end - clause.start) :]
    parts: list[str | None] = _part().findall(after) or _part().findall(stage[0]) or [site.part]
    if not site.project and parts[0] and context.header.titled and _part().match(subject.lstrip("目前其中的")):
        site.project = context.header.titled  # a park's own report speaks of its B座 without naming the park
    site.part = parts[-1]
    projects = [context.name(one) for one in named] or ([site.project] if site.project else [])
    span = read.sentence.span_of(clause.start, clause.end)
    return [
        Event("Milestone", span, project, part=part, status=stage[0], planned=site.planned, due=site.due)
        for project in projects
        for part in (parts if project == projects[-1] else [None])
    ]


def _place(context: Context, read: Read, named: list[Mention], site: Site) -> None:
    if named:
        site.project, site.part = context.name(named[-1]), None
        site.planned, site.due = read.sentence.planned, None


def _time(context: Context, read: Read, subject: str, stage: str, site: Site) -> None:
    """Whether the stage is reached or intended, and by when."""
    reached = _reached().search(subject + stage) is not None
    intent = _intent().search(subject) is not None
    stated = due_date(subject, context.header.base(read.sentence.planned))
    if intent or (read.sentence.planned and not reached):
        site.planned = True
        site.due = stated or _end_of_part(context, read)
    elif site.planned and stated:
        site.due = stated
    if reached and not intent:
        site.planned, site.due = False, None


def _end_of_part(context: Context, read: Read) -> dt.date | None:
    """A promise in a part of plans without a date of its own is due when the time of the plans ends."""
    return context.header.plan.end if context.header.plan and read.sentence.planned else None
