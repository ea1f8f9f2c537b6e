"""Figures with what they measure, of what, when, and how they grew.

A figure's words stand before it (`区规上软件企业营收达XX亿元`), behind it (`8个项目获得…认定`) or are carried over from
the clause before (`…项目清单,共计8大类20小项`). Growth and rank belong to the figure before them.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from kg import lexicon
from kg.extract.context import Context
from kg.extract.mentions import Mention, Read
from kg.extract.names import is_generic
from kg.extract.periods import half, periods, year_period
from kg.extract.quantities import Quantity, quantities
from kg.measures import dimension
from kg.model import Disclosure, Observation, Period, Span

_CLAUSE_MARK = re.compile(r"[,;:。!?()](?!\d{3}\b)|、(?=[^、]{0,12}?(?:\d|[Xx]{1,2}|\*))")
_SUBJECT_TYPES = (
    "Park",
    "Enterprise",
    "Project",
    "Platform",
    "Industry",
    "ResearchInstitute",
    "Place",
    "Programme",
)


@dataclass(slots=True)
class Topic:
    """What is carried along a sentence: of what is spoken, what was counted last, the period."""

    about: str = ""
    entity: str = ""
    noun: str = ""
    period: Period | None = None


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, lexicon.words('measures')))})$")


@cache
def _measure_ahead() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, lexicon.words('measures')))})")


@cache
def _joins() -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon.words("verbs", role="measure"), key=len, reverse=True))
    return re.compile(rf"(?:{verbs}|了|分别|已|均|就|总|等)+$")


@cache
def _openers() -> re.Pattern[str]:
    words = "|".join(lexicon.words("openers"))
    return re.compile(rf"^(?:{words}|新(?![增建型材能])|[,、;])+")


@cache
def _intent() -> re.Pattern[str]:
    verbs = "|".join(lexicon.words("verbs", role="intent"))
    return re.compile(rf"(?<!人才)(?<!行动)(?<!专项)(?<!培育)(?<!规划)(?:{verbs})(?!书|表|单|军|会上)")


@cache
def _strong() -> re.Pattern[str]:
    words = [w for w in lexicon.words("boundaries", strength="strong") if len(w) > 1]
    return re.compile("|".join([*words, "获", "参与"]))


def observations(context: Context) -> list[Observation]:
    """All figures of a report, in reading order."""
    found: list[Observation] = []
    previous = Topic()
    for read in context.reads:
        if not read.sentence.heading:
            made, previous = _sentence(context, read, previous)
            found += made
    return found


def _sentence(context: Context, read: Read, before: Topic) -> tuple[list[Observation], Topic]:
    text = read.text
    spans = periods(text, context.header.period)
    taken = [(s, e) for s, e, _ in spans] + [(t.start, t.end) for t in read.titles]
    taken += [(m.start, m.end) for m in read.mentions if m.type not in ("Industry", "Place")]
    figures = quantities(text, taken)
    topic = Topic(period=context.header.period)
    found: list[Observation] = []
    pending: Quantity | None = None
    for index, figure in enumerate(figures):
        topic.period = _period_at(text, spans, figure.start) or _usual_period(context, read, figure)
        if index and re.search("[;。]", text[figures[index - 1].end : figure.start]):
            topic.about, topic.noun = "", ""
        if figure.kind in ("amount", "share"):
            follower = figures[index + 1] if index + 1 < len(figures) else None
            made = _figure(context, read, figure, figures[:index], follower, topic)
            if made is None:
                continue
            if pending is not None and pending.value is not None:
                made, pending = replace(made, growth=pending.value), None
            found.append(made)
        elif figure.kind == "growth":
            if found and found[-1].growth is None and _belongs(read, found[-1], figure, figures):
                found[-1] = _extended(read, found[-1], figure, growth=figure.value)
            elif found or _followed(figures, index):
                pending = figure
            else:
                found += _growth_only(context, read, figure, topic)
        elif figure.kind == "rank" and found and figure.value is not None:
            found[-1] = _extended(read, found[-1], figure, rank=int(figure.value), rank_scope=figure.scope or None)
    return found, topic


def _usual_period(context: Context, read: Read, figure: Quantity) -> Period | None:
    """The report's period; for what is intended `年内` the whole year, and under 下半年工作要点 the second half."""
    period = context.header.period
    if period and _planned(read, figure.start):
        clause = re.split(r"[,;。]", read.text[: figure.start])[-1]
        if re.search("年内|全年|年底|年末", clause):
            return year_period(period.end.year)
        if read.sentence.planned and (period.start.month, period.end.month) == (1, 6):
            return half(period.end.year, "下半年")
    return period


def _period_at(text: str, spans: list[tuple[int, int, Period]], at: int) -> Period | None:
    """The period stated last before a figure; a bare year (`获2022年度…奖`) holds for its own clause only."""
    for _, end, period in reversed([s for s in spans if s[1] <= at]):
        bare_year = period.start.month == 1 and period.end.month == 12
        if not (bare_year and re.search("[;。]", text[end:at])):
            return period
    return None


def _belongs(read: Read, made: Observation, growth: Quantity, figures: list[Quantity]) -> bool:
    """Growth belongs to the figure before it unless its own clause goes on to a figure of its own."""
    gap = read.text[made.span.end - read.sentence.span.start : growth.start]
    return len(gap) <= 12 and not re.search(r"[;。]", gap)


def _followed(figures: list[Quantity], index: int) -> bool:
    return index + 1 < len(figures) and figures[index + 1].kind == "amount" and figures[index + 1].start - figures[index].end <= 4


def _extended(read: Read, made: Observation, figure: Quantity, **changes: object) -> Observation:
    end = read.sentence.span.start + figure.end
    return replace(made, span=Span(made.span.start, max(made.span.end, end)), **changes)  # type: ignore[arg-type]


def _growth_only(context: Context, read: Read, growth: Quantity, topic: Topic) -> list[Observation]:
    """`营收同比增长12%` with no figure: the rate itself is the figure, in per cent."""
    left = _left_edge(read.text, growth.start, [])
    head = _openers().sub("", read.text[left : growth.start])
    head = re.sub(r"(?:同比|较上年|增速|预计|分别)+$", "", head).strip("”“、")
    if len(head) < 2:
        return []
    about, indicator = _split(context, read, head, left, growth.start, topic)
    value = None if growth.value is None else growth.value * 100
    return [
        Observation(
            about, f"{indicator}增速", read.sentence.span_of(left, growth.end), topic.period, value, "%", growth.value,
            disclosure=growth.disclosure, planned=_planned(read, growth.start),
        )
    ]  # fmt: skip


def _left_edge(text: str, start: int, before: list[Quantity]) -> int:
    """Where the words of a figure begin: behind the last mark or the figure before it."""
    edge = max((m.end() for m in _CLAUSE_MARK.finditer(text, 0, start)), default=0)
    return max([edge, *(q.end for q in before if q.end <= start)])


def _right_edge(text: str, end: int, follower: Quantity | None) -> int:
    mark = re.compile(r"[,;:。!?()、]").search(text, end)
    edge = mark.start() if mark else len(text)
    return min(edge, follower.start) if follower else edge


def _planned(read: Read, start: int) -> bool:
    """Whether the text only intends a figure: by its part of the report, or by a word before it in its clause."""
    if read.sentence.planned:
        return True
    clause = re.split(r"[,;。]", read.text[:start])[-1]
    return _intent().search(clause) is not None


def _figure(  # what stands around a figure decides its meaning
    context: Context,
    read: Read,
    figure: Quantity,
    before: list[Quantity],
    follower: Quantity | None,
    topic: Topic,
) -> Observation | None:
    text = read.text
    left = _left_edge(text, figure.start, before)
    right = _right_edge(text, figure.end, follower)
    head, tail = text[left : figure.start], text[figure.end : right]
    words = _words(context, read, figure, (left, head), tail, follower, topic)
    if words is None:
        return None
    about, indicator = words
    topic.about = about or topic.about
    unit = figure.unit
    if not figure.base and unit in ("万", "亿", "万亿"):
        unit += "元" if dimension(_measure_of(indicator)) == "money" else ""
    value = figure.value * 100 if figure.kind == "share" and figure.value is not None else figure.value
    end = right if not head and tail and figure.base and right <= figure.end + 30 else figure.end
    return Observation(
        about or topic.about, indicator, read.sentence.span_of(left, end), topic.period, value, unit,
        disclosure=figure.disclosure, lower=figure.lower, upper=figure.upper, planned=_planned(read, figure.start),
    )  # fmt: skip


def _measure_of(indicator: str) -> str:
    match = _measures().search(indicator)
    return match[0] if match else ""


def _words(  # noqa: PLR0913, PLR0917
    context: Context,
    read: Read,
    figure: Quantity,
    head_at: tuple[int, str],
    tail: str,
    follower: Quantity | None,
    topic: Topic,
) -> tuple[str, str] | None:
    """Of what and which indicator a figure is; None where the words around it name neither."""
    left, raw = head_at
    head = _joins().sub("", _openers().sub("", raw)).strip('“”"、的')
    counted = re.match(r"[\u4e00-\u9fffA-Za-z“”]{1,30}", tail)
    money = figure.base in ("元", "美元", "欧元", "港元") or not figure.base
    if figure.kind == "amount" and counted and (ahead := _measure_ahead().match(tail)) and (money or ahead[0] != "企业"):
        about = re.sub(r".*[为给]|[新多]?增加?$|[新多]增|带来|贡献", "", head)
        return _about(context, read, about, left, figure.start, topic), ahead[0]
    bare = head in ("", "新增", "对接", "推荐", "予以", "组织", "支持", "走访", "服务") or _ends_in_verb(head)
    if counted and not money and (bare or raw.rstrip().endswith("等")):
        return _counted(context, read, figure, head, tail, topic)
    if not tail and follower is not None and follower.start == figure.end and (bare or raw.endswith("等")):
        noun = _noun(read.text[follower.end :])
        if noun:
            topic.noun = noun
            return topic.about or noun, f"{noun}类别" if figure.base == "类" else noun
    if len(head) >= 2 and not (bare and _is_filler(head)):
        about, indicator = _split(context, read, head, left, figure.start, topic)
        topic.noun = indicator if not _measure_of(indicator) else topic.noun or about
        return about, indicator
    return _carried(read, left, topic, figure)


def _is_filler(head: str) -> bool:
    return _strong().fullmatch(head) is not None


def _ends_in_verb(head: str) -> bool:
    found = [m.end() for m in _strong().finditer(head)]
    return bool(found) and found[-1] == len(head) and len(head) <= 6


def _noun(tail: str) -> str:
    """The noun that opens a stretch: `科技项目` of `科技项目扶持资金860万元`, `企业` of `企业参与的项目`."""
    match = re.match(r"[\u4e00-\u9fff]+", tail)
    if match is None:
        return ""
    verb = _strong().search(match[0])
    noun = match[0][: verb.start()] if verb else match[0]
    measured = _measures().search(noun)
    if measured and measured.start() >= 2:
        noun = noun[: measured.start()]
    return noun[:16]


def _counted(context: Context, read: Read, figure: Quantity, head: str, tail: str, topic: Topic) -> tuple[str, str]:
    """`推荐2人申报青年英才计划`: who or what is counted, by what they do; about what they do it to."""
    noun = _noun(tail)
    after = read.between(figure.end, figure.end + len(tail) + 24)
    target = next((m for m in after if m.type not in ("Industry", "Technology")), None)
    verbs = [m[0] for m in _strong().finditer(tail[: target.start - figure.end] if target else tail)]
    verb = (head if _ends_in_verb(head) or len(head) <= 4 else "") + (verbs[-1] if verbs else "")
    verb = {"获": "获奖", "获得": "获得"}.get(verb, verb)
    what = noun or ("人数" if figure.base in ("人", "名", "位") else tail[:12] if not verbs else "数量")
    if verbs and verbs[-1] == "获得" and re.search("认定|称号", tail):
        verb = head + "认定"
    topic.noun = what
    about = context.name(target) if target else topic.about or what
    return about, (verb + what)[:30]


def _split(context: Context, read: Read, head: str, left: int, end: int, topic: Topic) -> tuple[str, str]:
    """`区规上软件企业营收` is 营收 of 区规上软件企业; `引进企业` is one indicator."""
    head = _openers().sub("", head)
    measure = _measures().search(head)
    if measure is None or (measure[0] == "企业" and _strong().search(head[: measure.start()])):
        about = _topic_entity(context, read, left, end) or topic.about
        named = read.between(left, end, *_SUBJECT_TYPES)
        indicator = _openers().sub("", read.text[named[-1].end : end]) if named else ""
        indicator = _joins().sub("", indicator).strip('“”"、的') if len(indicator) >= 2 else head
        indicator = re.split(r"[“”]", indicator)[-1] or head
        return about or indicator, indicator[-30:]
    rest = head[: measure.start()]
    rest = re.sub(
        r"(?:企业)?(?:实现|完成|累计|达到|新增|合计|共|的)+$",
        lambda m: "企业" if m[0].startswith("企业") else "",
        rest,
    )
    return _about(context, read, rest, left, end, topic), measure[0]


def _about(context: Context, read: Read, rest: str, left: int, end: int, topic: Topic) -> str:
    """The thing that a figure is of: the words before the indicator, under the thing spoken of so far."""
    rest = "" if _strong().fullmatch(rest) or re.fullmatch("(?:认定|登记|引进|培育|新增|累计)+", rest) else rest
    rest = re.sub(r"^(?:全)?[区市县省](?:内|属)?(?=规|重点|企业)|^(?:我|本|全)[区市县省]|^累计|^新增", "", rest).strip("“”、,的")
    named = _topic_entity(context, read, left, end)
    if named:
        topic.entity = named
        return rest or named
    if not rest:
        return topic.about or topic.noun or context.header.district
    if topic.entity and re.match("规模以上|规上|区内|园区|企业|重点", rest):
        return topic.entity + rest
    return rest


def _topic_entity(context: Context, read: Read, left: int, end: int) -> str:
    inside: list[Mention] = read.between(left, end, *_SUBJECT_TYPES)
    places = [m for m in inside if m.type not in ("Place", "Industry")]
    return context.name(places[0]) if places else ""


def _carried(read: Read, left: int, topic: Topic, figure: Quantity) -> tuple[str, str] | None:
    """A figure without words of its own takes the noun of the clause before it."""
    if topic.noun:
        return topic.about or topic.noun, topic.noun
    clause = re.split(r"[,;。、]", read.text[:left].rstrip(",;、"))[-1]
    noun = _strong().split(clause)[-1].strip("的")
    if len(noun) < 2 or is_generic(noun) or figure.disclosure is Disclosure.WITHHELD:
        return None
    topic.noun = noun[-12:]
    return topic.about or topic.noun, topic.noun
