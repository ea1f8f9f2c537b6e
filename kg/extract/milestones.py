"""What building projects have reached or are meant to reach, part by part."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.context import Clause, Context, clauses
from kg.extract.mentions import Read, clean_name
from kg.extract.names import Mention, is_generic
from kg.extract.periods import due_date
from kg.model import Event

_SITES = ("Project", "Park", "Platform", "ResearchInstitute")


@dataclass(slots=True)
class Site:
    """The project spoken of along a sentence, and whether its stages are only intended."""

    project: str = ""
    planned: bool = False
    due: dt.date | None = None


@cache
def _trailing() -> re.Pattern[str]:
    """What may stand between a site's name and its stage."""
    return re.compile(rf"(?:{'|'.join(lexicon.words('adverbs'))}|\d{{1,2}}月(?:底|份)?前?)+$")


@cache
def _reached() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("adverbs", role="reached")))


@cache
def _stage() -> re.Pattern[str]:
    """A stage with what stands around it: `办理竣工验收手续`, `正负零全部完成`, `主体结构完成`."""
    cores = "|".join(map(re.escape, lexicon.words("stages")))
    return re.compile(rf"(?:办理|完成|取得|通过)?(?:{cores})(?:手续)?(?:(?:全部|全面|基本|均已|已)?(?:完成|办理中|进行中|施工中|施工))?")


@cache
def _part() -> re.Pattern[str]:
    one = "|".join(r["pattern"] for r in lexicon.table("parts"))
    return re.compile(rf"(?:{one})+")


@cache
def _intent() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("verbs", role="intent")))


def milestones(context: Context) -> tuple[list[Event], list[tuple[Read, Mention]]]:
    """Milestones of a report, and the projects among their subjects that no other rule has named."""
    found: list[Event] = []
    new: list[tuple[Read, Mention]] = []
    for read in context.reads:
        if read.sentence.heading:
            continue
        site = Site(planned=read.sentence.planned)
        for clause in clauses(read.text):
            stage = _last_stage(clause)
            if stage is None:
                _remember(context, read, clause, site)
                continue
            subject = clause.text[: stage.start()]
            named = _project(context, read, clause, clause.start + stage.start())
            if named and named not in read.mentions:
                new.append((read, named))
            found += _stages(context, read, clause, stage, subject, named, site)
    return found, new


def _last_stage(clause: Clause) -> re.Match[str] | None:
    stages = [m for m in _stage().finditer(clause.text) if not any(t in clause.text for t in ("开工率", "竣工率"))]
    return stages[-1] if stages else None


def _remember(context: Context, read: Read, clause: Clause, site: Site) -> None:
    named = read.between(clause.start, clause.end, *_SITES)
    if named:
        site.project = context.name(named[-1])


def _project(context: Context, read: Read, clause: Clause, end: int) -> Mention | None:
    """The site named before the stage: a mention, or the words between the last cut and the stage or the part."""
    named = read.between(clause.start, end, *_SITES)
    if named:
        return named[-1]
    words = _trailing().sub("", read.text[clause.start : end])
    intent = _intent().search(words)
    words = words[: intent.start()] if intent else words
    part = _part().search(words)
    stop = clause.start + (part.start() if part else len(words))
    start = max(clause.start, read.cuts.before(stop - 1))
    name = clean_name(read.text[start:stop])
    endings = lexicon.mapping("site_endings", "type")
    site = next((kind for ending, kind in endings.items() if name.endswith(ending) and len(name) >= 3), "")
    if (len(name) < 4 and not site) or is_generic(name) or re.search(r"\d[家个项]|工程$|建设$", name):
        return None
    return Mention(start, stop, name, site or "Project", "suffix")


def _stages(  # noqa: PLR0913, PLR0917  # a stage hangs on all that stands before it
    context: Context,
    read: Read,
    clause: Clause,
    stage: re.Match[str],
    subject: str,
    named: Mention | None,
    site: Site,
) -> list[Event]:
    reached = _reached().search(subject) is not None
    if named:
        site.project = context.name(named)
        site.planned, site.due = read.sentence.planned, None
    intended = _intent().search(subject)
    stated = due_date(subject, context.header.base(read.sentence.planned))
    if intended or (read.sentence.planned and not reached):
        site.planned = True
        site.due = stated or _end_of_part(context, read)
    elif site.planned and stated:
        site.due = stated
    if reached and not intended:
        site.planned, site.due = False, None
    if not site.project:
        return []
    after = subject
    if named:
        after = subject[max(0, named.end - clause.start) :] if named.end > clause.start else subject
    parts: list[str | None] = [m[0] for m in _part().finditer(after)] or [None]
    span = read.sentence.span_of(clause.start, clause.end)
    return [Event("Milestone", span, site.project, part=part, status=stage[0], planned=site.planned, due=site.due) for part in parts]


def _end_of_part(context: Context, read: Read) -> dt.date | None:
    """A promise in a part of plans without a date of its own is due when the time of the plans ends."""
    return context.header.plan.end if context.header.plan and read.sentence.planned else None
