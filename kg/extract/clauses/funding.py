"""Money given: for what, to whom, for how many projects."""

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.clauses.intent import intended
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.context import Context
from kg.extract.text.segment import Clause
from kg.extract.words.money import CURRENCIES, gives
from kg.extract.words.quantities import Quantity, quantities
from kg.model import Event

_TAKERS = ("Enterprise", "Project", "Programme", "Award", "Recognition", "Platform")
_CLAUSE_BEFORE = 60
"""Characters before a clause that gives money in which its taker is looked for, where the clause names none."""
_ALLOWED = re.compile("(?:最高|上限|不超过)(?:可?达)?$")
_RATE = re.compile("每[项家人个名件]|由[^,]{0,8}元(?:提高|提升|增加|调整)[到至]")
_AND = re.compile("[、和与及]")


@cache
def _lends() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("funding", role="lends")))


def funding(context: Context, read: Read, clause: Clause) -> list[Event]:
    """`给予星火计划等3类45项科技项目扶持资金860万元`: money, for what, for how many projects."""
    verb = None if _lends().search(clause.text) else gives().search(clause.text)
    figures = [q for q in quantities(clause.text, []) if q.kind == "amount" and q.start >= verb.end()] if verb else []
    money = [q for q in figures if q.base in CURRENCIES]
    if verb is None or not money or _ALLOWED.search(clause.text[: money[0].start]) or _RATE.search(clause.text):
        return []  # a rate for each, or what a policy allows, is not yet given
    takers = _each_taker(read, clause, money)
    things = [context.name(taker) for taker in takers] if takers else [_thing(context, read, clause, verb.end(), figures)]
    projects = next((q.value for q in figures if q.base in ("项", "个") and q.value is not None), None)
    return [
        Event(
            "FundingGrant", read.sentence.span_of(clause.start, clause.end), thing, amount=sum_.value, unit=sum_.unit,
            participants=context.acting(read, clause.start, clause.start + verb.start()),
            projects=int(projects) if isinstance(projects, Decimal) else None, planned=intended(read, clause.start + verb.start()),
        )
        for thing, sum_ in zip(things, money, strict=False)
        if thing
    ]  # fmt: skip


def _each_taker(read: Read, clause: Clause, money: list[Quantity]) -> list[Mention]:
    """`甲、乙分别获奖励300万元、150万元`: a taker for each sum, where there are as many as there are sums."""
    named = read.between(clause.start, clause.start + money[0].start, *_TAKERS)
    joined = all(_AND.fullmatch(clause.text[a.end : b.start]) for a, b in pairwise(money))
    behind = clause.text[named[-1].end - clause.start : money[0].start] if named else ""
    return named if len(named) == len(money) > 1 and joined and "分别" in behind else []


def _thing(context: Context, read: Read, clause: Clause, behind: int, figures: list[Quantity]) -> str:
    """What the money is for: what is named behind the verb (which ends at `behind`) or before it, else what its own words say."""
    money = next(q for q in figures if q.base in CURRENCIES)
    end = clause.start + money.start
    named = read.between(clause.start + behind, end) or read.between(clause.start, end)
    words = re.sub("^(?:各类|各级|相关)+|^20\\d{2}年度?|等$", "", clause.text[behind : figures[0].start])
    thing = context.name(named[0]) if named else _purpose(read.text[: clause.start + figures[0].start]) or words.strip("“”、对")
    thing = "" if _ONLY_MONEY.fullmatch(thing) else _WITHOUT_MONEY.sub("", thing)
    before = read.between(max(0, clause.start - _CLAUSE_BEFORE), clause.start, *_TAKERS)
    return thing or _counted_purpose(clause.text, figures, money) or (context.name(before[-1]) if before else "")


def _counted_purpose(text: str, figures: list[Quantity], money: Quantity) -> str:
    """`安排4类36项示范项目补助资金725.5万元`: what is counted before the sum."""
    counts = [q for q in figures if q.start < money.start]
    words = text[counts[-1].end : money.start] if counts else ""
    named = re.fullmatch("(?P<noun>[\u4e00-\u9fff]{2,12}?)的?(?:扶持|补助|奖补|奖励|资助|专项|补贴)*(?:资金|经费|资金共|共)?", words)
    return named["noun"] if named else ""


_WITHOUT_MONEY = re.compile("(?<=...)(?<!后)(?:奖励|扶持|补助|奖补|资助|补贴)+(?:资金|经费)$")
_ONLY_MONEY = re.compile("(?:各类|财政|发放|兑付|兑现|资金|补贴|奖励|补助|经费|总额|金额|总计|合计|累计|共|约)*")


def _purpose(before: str) -> str:
    """What money is for, where its own words only call it money: `重点研发项目32项,安排经费1280万元`."""
    if not re.search(r"(?:安排|拨付|下达|给予|予以)(?:各级|[省市区县]级)?(?:科技|财政|专项|补助|奖补)*(?:经费|资金|补助|奖励)?$", before):
        return ""
    named = re.findall(r"[\u4e00-\u9fff]{2,16}?(?:项目|计划|专项|工程)(?=\d|,|、)", before)
    return re.sub("^(?:拟?对|其中|用于)", "", named[-1]) if named else ""
