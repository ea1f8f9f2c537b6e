"""Actions on policies, grants of awards, recognitions and money, and promises."""

import re
from collections.abc import Sequence
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.funding import funding
from kg.extract.clauses.intent import intended, intent_words
from kg.extract.clauses.joint import cooperations
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.context import Context
from kg.extract.text.segment import Clause, clause_start
from kg.extract.words.money import gives
from kg.extract.words.periods import due_date
from kg.extract.words.quantities import Quantity, quantities
from kg.extract.words.stages import stage_words
from kg.model import Event

_ORGANISATIONS = ("Enterprise", "ResearchInstitute", "Platform", "GovernmentBody", "Park")


def events(context: Context, report: Sequence[Parsed]) -> list[Event]:
    """Events of a report in reading order, milestones left to their own module."""
    found: list[Event] = []
    for read in context.reads:
        if read.sentence.heading:
            continue
        found += _policy_actions(context, read)
        gave = gives().search(read.text) is not None
        kinds = {mention.type for mention in read.mentions}
        for clause in read.clauses if kinds or gave else ():
            found += _awards(context, read, clause) if "Award" in kinds else []
            found += _recognitions(context, read, clause) if "Recognition" in kinds else []
            found += funding(context, read, clause) if gave else []
            found += _commitments(context, read, clause)
    return found + cooperations(context, report)


@cache
def _policy_verbs() -> dict[str, lexicon.Row]:
    return {r["verb"]: r for r in lexicon.table("policy_actions")}


def _policy_actions(context: Context, read: Read) -> list[Event]:
    found = []
    verbs = _policy_verbs()
    outside = _outside(read) if read.sentence.planned else ""
    for title in read.titles:
        mention = read.at(title.start, "Policy")
        row = verbs.get(title.verb)
        status = title.phrase or (title.verb if row and row["anchor"] == "no" else "")
        if mention and status:
            start = clause_start(read.text, title.start)
            span = read.sentence.span_of(start, title.end + (len(title.phrase) if title.phrase else 0))
            planned = intended(read, title.start)
            due = due_date(outside, context.header.plan) if read.sentence.planned else None
            found.append(
                Event(
                    "PolicyAction", span, context.name(mention), participants=context.acting(read, start, title.start),
                    status=status, planned=planned, due=due,
                )
            )  # fmt: skip
    return found


def _outside(read: Read) -> str:
    """A sentence without the titles in it, whose years are no dates of what is done to them."""
    pieces, at = [], 0
    for title in read.titles:
        pieces.append(read.text[at : title.start])
        at = title.end
    return "".join([*pieces, read.text[at:]])


def _awards(context: Context, read: Read, clause: Clause) -> list[Event]:
    found = []
    awards = read.between(clause.start, clause.end, "Award")
    paired = _paired_winners(read, clause, awards)
    for award in awards:
        before = read.text[clause.start : award.start]
        if not re.search(r"获|评为|颁|奖|授予", before):
            continue
        year = re.search(r"(20\d{2})年?度?$", before)
        told = re.findall(r"(20\d{2})年?度", read.text[: clause.start])
        usual = context.header.period.end.year if context.header.period else None
        stated = int(year[1]) if year else int(told[-1]) if told else usual
        count, text = _holders_count(before, read.text[award.end : clause.end])
        winners = tuple(context.name(m) for m in paired.get(award.start) or read.between(clause.start, award.start, *_ORGANISATIONS))
        found.append(
            Event(
                "AwardGrant", read.sentence.span_of(clause.start, clause.end), context.name(award),
                participants=winners, year=stated, recipients=int(count.value) if count and count.value else None,
                recipient_type=_counted_type(text, count), planned=intended(read, award.start),
            )
        )  # fmt: skip
    return found


def _paired_winners(read: Read, clause: Clause, awards: list[Mention]) -> dict[int, list[Mention]]:
    """`甲、乙分别获丙奖、丁奖`: start of each award → its winner."""
    winners = read.between(clause.start, awards[0].start, *_ORGANISATIONS) if len(awards) > 1 else []
    if not winners or len(winners) != len(awards) or not re.search("分别|分获", read.text[winners[-1].end : awards[0].start]):
        return {}
    return {award.start: [winner] for award, winner in zip(awards, winners, strict=True)}


def _counted_type(text: str, count: Quantity | None) -> str | None:
    """Class of what a figure counts: `1家企业`, `20个项目`, `6人`."""
    if count is None:
        return None
    if count.base in ("人", "名", "位"):
        return "Person"
    words = lexicon.mapping("counted", "type")
    after = text[count.end : count.end + 8]
    named = [kind for word, kind in words.items() if word in after[:6]]
    return named[0] if named else ("Enterprise" if count.base == "家" else None)


@cache
def _recognised() -> re.Pattern[str]:
    """A verb of recognition right before the name, a count between them at most."""
    verbs = "|".join((*lexicon.words("objects", role="given"), *lexicon.words("objects", role="count")))
    row = r"(?:[^,;。、]{2,24}\d+[家个项名人]、)*"  # 新增甲类企业16家、乙类企业3家
    return re.compile(
        rf"(?:{verbs})(?:准?建设|创建|筹建|备案为?)?{row}(?:[\d一二三四五六七八九十两]+[家个项名人])?(?:全[国省市区县]|国家级?|省级?|市级?|国内|首[家批个]|第[一二三四五六七八九十\d]{{1,3}}批|20\d{{2}}年度?|年度)*[“\"]?$"
    )


def _named_as(before: str) -> bool:
    """`认定甲等35家企业为…,乙、丙为…`: the verb stands before the holders."""
    named = re.search(r"为(?:20\d{2}年度?)?(?:第[一二三四五六七八九十]{1,3}批)?$", before)
    return named is not None and re.search("认定|命名|评定|确定|评选", before) is not None


def _recognitions(context: Context, read: Read, clause: Clause) -> list[Event]:
    found = []
    for given in read.between(clause.start, clause.end, "Recognition"):
        before = read.text[clause.start : given.start]
        if not _recognised().search(before) and not _named_as(read.text[: given.start]):
            continue
        if re.search("推荐|申报|组织", before):
            continue
        count, text = _holders_count(before, read.text[given.end : clause.end + 40])
        holders = tuple(context.name(m) for m in _holders(read, clause, given)) or _speaker(context, clause)
        if not holders and re.search("新增(?:[^,;。]*、)?[^,;。、]{0,6}$", before):
            continue  # a count of a kind, told as a figure
        found.append(
            Event(
                "Recognition", read.sentence.span_of(clause.start, clause.end), context.name(given), participants=holders,
                recipients=int(count.value) if count and count.value else None,
                recipient_type=_counted_type(text, count), planned=intended(read, given.start),
                year=context.header.period.end.year if context.header.period else None,
            )
        )  # fmt: skip
    return found


def _speaker(context: Context, clause: Clause) -> tuple[str, ...]:
    """`园区被授予…称号`: the park or organisation whose report it is."""
    spoken = clause.text.startswith(lexicon.words("pro_forms")) and context.header.titled
    return (context.header.titled,) if spoken else ()


def _holders_count(before: str, behind: str) -> tuple[Quantity | None, str]:
    """How many take it, right behind the name (`新认定…企业12家`, `获…奖的2家单位`) or before it; and the words around."""
    for text, near in (("" if behind[:1] in (",", ";", "。") else behind, False), (before, True)):
        counts = [q for q in quantities(text, []) if q.kind == "amount" and q.value is not None and (near or q.start <= 2)]
        if counts:
            return counts[0], text
    return None, ""


def _holders(read: Read, clause: Clause, given: Mention) -> list[Mention]:
    """Named holders: before the name, or in the brackets behind its count: `…企业3家(甲、乙、丙)`."""
    named = [
        m
        for m in read.between(clause.start, given.start, "Enterprise", "Park", "Platform", "ResearchInstitute")
        if read.text[m.end : m.end + 1] != "的"
    ]
    listed = re.match(r"[^(,;。]{0,8}\([^()]*\)", read.text[given.end :])
    return named + (read.between(given.end, given.end + listed.end(), "Enterprise", "Park") if listed else [])


@cache
def _intent() -> re.Pattern[str]:
    verbs = "|".join(lexicon.words("verbs", role="intent"))
    return re.compile(rf"^(?:(?:并|同时|继续|加快|积极|全力|进一步|上半年|下半年|今年|年内|明年)*)(?:{verbs})")


_MONEY_SUM = re.compile(r"[\dX*]+(?:\.\d+)?[亿万]?元")
_ACTOR = re.compile("(?:将|要|拟|计划)(?!来)")
"""Behind the name of who intends something: `启航科技园将聚焦…`."""


def _commitments(context: Context, read: Read, clause: Clause) -> list[Event]:
    """What the office intends with a named thing: `谋划与…研究院战略合作`, and all that stands under 下半年工作要点."""
    intends = _intent().search(clause.text) and intent_words().search(clause.text)
    if not (intends or read.sentence.planned) or _MONEY_SUM.search(clause.text):
        return []
    named = read.between(
        clause.start,
        clause.end,
        "Park",
        "Project",
        "Platform",
        "ResearchInstitute",
        "Enterprise",
        "Programme",
    )
    named = [m for m in named if not _ACTOR.match(read.text, m.end)]
    if not named or stage_words().search(clause.text):
        return []
    due = due_date(clause.text, context.header.base(read.sentence.planned))
    if due is None and read.sentence.planned and context.header.plan:
        due = context.header.plan.end
    span = read.sentence.span_of(clause.start, clause.end)
    status = clause.text.strip("“”")[:80]
    who = context.acting(read, clause.start, named[0].start)
    objects = [named[0]]
    for mention in named[1:]:
        if re.fullmatch("[、和与及]", read.text[objects[-1].end : mention.start]):
            objects.append(mention)
    return [Event("Commitment", span, context.name(m), participants=who, status=status, planned=True, due=due) for m in objects]
