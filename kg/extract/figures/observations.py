"""Figures with what they measure, of what, when, and how they grew.

A figure's words stand before it (`区规上软件企业营收达XX亿元`), behind it (`8个项目获得…认定`) or are carried over from
the clause before (`…项目清单,共计6大类15小项`). Growth and rank belong to the figure before them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from operator import itemgetter

from kg import lexicon
from kg.extract.clauses.intent import intended
from kg.extract.document.context import Context
from kg.extract.figures.attribution import whose
from kg.extract.figures.distributive import grown_each, told_each
from kg.extract.figures.extents import as_printed, aside, extended, left_edge, right_edge, without_former
from kg.extract.figures.growth_and_rank import GAP, belongs, grower, is_mean, mean_period, ranks
from kg.extract.figures.in_text import FigureInText, Topic
from kg.extract.figures.indicator_words import derived, indicator_of, joins, openers
from kg.extract.figures.indicators import of_what
from kg.extract.figures.times import Times, expected, time_of, times
from kg.extract.figures.topic import named_alone, note, opens_with, take_up
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import DONE, FROM, IN_ROW, OF, OUT_OF
from kg.extract.text.segment import clause_start, part_start
from kg.extract.words.periods import year_period
from kg.extract.words.quantities import Quantity, quantities
from kg.indicators import dimension
from kg.lexicon import any_of, any_word, letters_of, pattern, pattern_text, word_pattern
from kg.model import Observation, Period

_NEXT = 4
_DATE_END = itemgetter(1)
_BREAK = re.compile("[;。]")


def observations(context: Context) -> list[Observation]:
    """All figures of a report, in reading order."""
    found: list[Observation] = []
    sites: dict[str, str] = {}
    heading, paragraph = "", ""
    told: Times | None = None
    for read in context.reads:
        if read.sentence.heading:
            heading = named_alone(context, read)
        else:
            told = times(context, read, told)
            goes_on = not (read.sentence.opens or context.header.issuer)
            topic = Topic(period=context.header.period, heading=heading, sites=sites, paragraph=paragraph if goes_on else "")
            found += _sentence(context, read, topic, told)
        paragraph = opens_with(context, read)
        note(context, read, sites)
    return found


def _sentence(context: Context, read: Read, topic: Topic, when: Times) -> list[Observation]:
    text = read.text
    dates = list(when.dates)
    figures = _figures(read, dates)
    take_up(context, topic, text)
    found: list[Observation] = []
    pending: Quantity | None = None
    told = 0
    for index, figure in enumerate(figures):
        if index < told:
            continue
        if count := told_each(read, figures, index, found):
            told = index + count
            continue
        if rates := grown_each(context, read, figures, index, topic):
            found += rates
            told = index + len(rates)
            continue
        if index and _BREAK.search(text, figures[index - 1].end, figure.start):
            topic.about = topic.noun = topic.indicator = ""
            topic.entity = topic.entity if topic.site else ""
            take_up(context, topic, text[part_start(text, figure.start) :])
        spot = _figure_in_text(context, read, figures, index, dates)
        topic.period = time_of(spot, when)
        whole = topic
        topic = replace(topic) if _in_brackets(text, figure.start) else topic  # what a bracket tells of is not spoken of behind it
        topic.period = _year_by_year(spot, topic) or topic.period
        if figure.kind not in ("amount", "share"):
            pending = _moved(spot, topic, found) or pending
        elif made := _observation(spot, topic):
            grown = pending is not None and pending.value is not None
            found.append(replace(made, growth=pending.value) if pending and grown else made)
            pending = None if grown else pending
        topic = whole
    return found


def _in_brackets(text: str, at: int) -> bool:
    return text.rfind("(", part_start(text, at), at) > text.rfind(")", 0, at)


@cache
def _each_year() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'each', 'in_turn')}{any_word('figure_words', 'amounts', 'is')}?$")


def _year_by_year(spot: FigureInText, topic: Topic) -> Period | None:
    """`2021-2023年成交额分别为A、B、C`: a year for each figure, one after the other."""
    if topic.period and _each_year().search(spot.raw):
        first, last = topic.period.start.year, topic.period.end.year
        topic.years = list(range(first, last + 1)) if last > first else []
    elif spot.raw.strip(IN_ROW) or not topic.years:
        topic.years = []
    return year_period(topic.years.pop(0)) if topic.years else None


def _moved(spot: FigureInText, topic: Topic, found: list[Observation]) -> Quantity | None:
    """Growth, percentage points or rank: of the figure found last, or a figure of its own; growth of the next is given back."""
    figure, last = spot.figure, found[-1] if found else None
    if figure.kind == "growth":
        if is_mean(spot.read, figure):
            found += _mean_growth(spot, topic)
        elif at := grower(spot.read, found, figure):
            found[at] = extended(spot.read, found[at], figure, growth=figure.value)
        elif _followed(spot):
            return figure
        else:
            found += _growth_only(spot, topic)
    elif figure.kind == "points" and not (last and belongs(spot.read, last, figure)):
        found += _points_only(spot, topic)
    elif figure.kind == "rank" and last and figure.value is not None and (count := ranks(spot.read, found, figure)):
        for index in range(count):
            if found[-1 - index].rank is not None:
                break
            found[-1 - index] = replace(found[-1 - index], rank=int(figure.value), rank_scope=figure.scope or None)
        found[-1] = extended(spot.read, found[-1], figure)
    return None


def _figures(read: Read, dates: list[tuple[int, int]]) -> list[Quantity]:
    """Figures of a sentence; none inside a date, a title or a name, and no threshold (`营收超10亿元企业28家` counts 28)."""
    taken = dates + [(t.start, t.end) for t in read.titles]
    taken += [(m.start, m.end) for m in read.mentions if m.type not in ("Industry", "Place") and not _ends_in_figure(m)]
    figures = [_with_sign(read.text, one) for one in _bounded_alike(read.text, quantities(read.text, taken))]
    followers = [*figures[1:], None]
    return [
        q for q, follower in zip(figures, followers, strict=False)
        if not _is_threshold(read.text, q, follower) and not _is_lead(read.text, q) and not pattern("among").match(read.text, q.end)
    ]  # fmt: skip


def _with_sign(text: str, figure: Quantity) -> Quantity:
    """`净增-5家`: a figure below nothing, where its words are of what may be."""
    below = figure.kind in ("amount", "share") and figure.value is not None and pattern("below_nothing")
    if not below or figure.value is None or not below.search(text, max(0, figure.start - 10), figure.start):
        return figure
    return replace(figure, start=figure.start - 1, value=-figure.value)


def _ends_in_figure(mention: Mention) -> bool:
    """`、用地50亩、` is no firm, whatever stands around it."""
    return mention.type == "Enterprise" and pattern("sized").search(mention.name) is not None


def _bounded_alike(text: str, figures: list[Quantity]) -> list[Quantity]:
    """`分别突破1.3万家、2.9万家`: what bounds the first of a row bounds the others."""
    found = figures[:1]
    for figure in figures[1:]:
        last = found[-1]
        joined = text[last.end : figure.start] in (*IN_ROW, ",") and last.base == figure.base and figure.lower is None
        each = joined and last.value is None and last.lower is not None
        each = each and text.rfind(lexicon.word("figure_words", "each"), max(0, last.start - 24), last.start) >= 0
        bounded = replace(figure, value=None, lower=figure.value, disclosure=last.disclosure) if each and figure.upper is None else figure
        found.append(bounded)
    return found


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.words('growth', 'lead'))})[^,;。]{{0,16}}$")


@cache
def _moved_to() -> re.Pattern[str]:
    """`前移6位`: a rank has moved."""
    return re.compile(rf"{any_word('figure_words', 'moves_rank')}{DONE}?$")


def _is_size(text: str, figure: Quantity) -> bool:
    """Whether a sum tells of which size things are: `500万元口径`, `投资超百亿元项目`, `5000万元以上项目`."""
    limited = text.startswith(lexicon.words("figure_words", "measured", "limit", "and_more"), figure.end)
    limited = limited or text.endswith(lexicon.words("figure_words", "limit"), 0, figure.end)
    return limited or (figure.lower is not None and pattern("round").search(text, figure.start, figure.end) is not None)


def _is_lead(text: str, figure: Quantity) -> bool:
    """`高于全市平均4.5个百分点` compares the figure before with another one; it is no figure of its own."""
    if figure.base == lexicon.word("figure_words", "yuan") and pattern("sized_kind").match(text, figure.end) and _is_size(text, figure):
        return True  # 5000万元以上项目投资增长36%, 500万元口径工业投资
    if figure.kind == "share" and pattern("calendar").search(text, max(0, figure.start - 8), figure.start):
        return True  # 超序时进度17%
    if pattern("called_by_size").match(text, figure.end) and pattern("round").fullmatch(text, figure.start, figure.end):
        return True  # 新增一家百亿元产值企业
    if figure.base == lexicon.word("figure_words", "ranked_unit") and _moved_to().search(text, max(0, figure.start - 4), figure.start):
        return True
    points = figure.kind == "points" or figure.base.endswith(lexicon.word("figure_words", "points"))
    if points and pattern("each_points").search(text, max(0, figure.start - 24), figure.start):
        return True  # 分别比上月上升5.4和2.4个百分点
    return points and _ahead().search(text, max(0, figure.start - 20), figure.start) is not None


@cache
def _threshold() -> re.Pattern[str]:
    """What stands between a threshold and the count of those above it."""
    counted = "|".join((*lexicon.words("counted"), *_kinds()))
    limit, behind = any_word("figure_words", "limit", "and_more"), pattern_text("count_next")
    return re.compile(rf"{limit}?{OF}?(?:[\u4e00-\u9fff]{{2,4}})?(?:{counted}){behind}")


@cache
def _before_growth() -> re.Pattern[str]:
    words = (*lexicon.words("growth", "against"), *lexicon.words("growth", "between"), lexicon.word("figure_words", "expected"))
    return re.compile(rf"(?:{any_of(letters_of(words))})+$")


def _kinds() -> Iterator[str]:
    """Ways to write what is recognised: `高企`, `高新技术企业`."""
    for row in lexicon.table("recognitions"):
        yield from (row["name"], *filter(None, row["aliases"].split("|")))


def _is_threshold(text: str, figure: Quantity, follower: Quantity | None) -> bool:
    if follower is None or figure.kind != "amount" or follower.kind != "amount" or figure.base == follower.base:
        return False
    limits = lexicon.words("figure_words", "limit")
    bounded = figure.lower is not None or text.endswith(limits, 0, figure.end) or text.startswith(limits, figure.end)
    rough = bool(bounded) and figure.base in (*lexicon.words("figure_words", "yuan", "dollar"), "")
    if rough and figure.end == follower.start and text.endswith(limits, 0, follower.start):
        return True  # 10亿元以上5户
    return rough and _threshold().fullmatch(text[figure.end : follower.start]) is not None


def _figure_in_text(context: Context, read: Read, figures: list[Quantity], index: int, dates: list[tuple[int, int]]) -> FigureInText:
    figure = figures[index]
    follower = figures[index + 1] if index + 1 < len(figures) else None
    left = max(left_edge(read.text, figure.start, figures[index - 1 : index]), _date_before(dates, figure.start))
    right = right_edge(read.text, figure.end, follower)
    raw = without_former(aside().sub("", read.text[left : figure.start]))
    if left and raw and not joins().sub("", raw) and (ranked := _ranked_before(read.text, left)) is not None:
        left, raw = ranked
    if raw in ("", OF):
        raw = _before_date(read.text, left, dates, figures[max(0, index - 2) : index]) or raw
    before = figures[index - 1].end if index else 0
    return FigureInText(context, read, figure, follower, left, raw, read.text[figure.end : right], before, intended(read, figure.start))


def _ranked_before(text: str, left: int) -> tuple[int, str] | None:
    """`甲区工业产值排名第一,达279亿元`: the words of a figure that stand before the rank in the clause before, and where they begin."""
    start = clause_start(text, left - 1) if text[left - 1] == "," else left
    found = pattern("ranked_first").fullmatch(text, start, left - 1) if start < left - 1 else None
    return (start, found["words"]) if found else None


def _date_before(dates: list[tuple[int, int]], at: int) -> int:
    """Where the last date before some place ends, 0 where there is none."""
    index = bisect_right(dates, at, key=_DATE_END)
    return dates[index - 1][1] if index else 0


def _before_date(text: str, left: int, dates: list[tuple[int, int]], before: list[Quantity]) -> str:
    """`总数由去年的92家增加到137家`: the words of a figure stand before the time that it is compared with."""
    index = bisect_left(dates, left, key=_DATE_END)
    date = dates[index][0] if index < len(dates) and dates[index][1] == left else None
    if date is None or not text.endswith((OUT_OF, FROM), 0, date):
        return ""
    edge = max(left_edge(text, date, before), _date_before(dates, date))
    return text[edge : date - 1]


def _observation(spot: FigureInText, topic: Topic) -> Observation | None:
    words = of_what(spot, topic)
    if words is None:
        return None
    indicator = words[1]
    told = whose(spot, topic, *words)
    figure, unit = spot.figure, spot.figure.unit
    if not figure.base and unit in lexicon.words("figure_words", "myriads"):
        money = dimension(indicator_of(indicator)) == "money" or any(word in spot.raw for word in lexicon.words("figure_words", "money"))
        unit += lexicon.word("figure_words", "yuan") if money else ""
    value, lower, upper = (as_printed(size, figure.kind) for size in (figure.value, figure.lower, figure.upper))
    counted = not spot.raw.strip() and figure.base and len(spot.tail) <= 30
    end = figure.end + (len(spot.tail) if counted else 0)
    return Observation(
        told.about, indicator, spot.read.sentence.span_of(spot.left, end), topic.period, value, unit,
        disclosure=figure.disclosure, lower=lower, upper=upper, planned=expected(spot, topic.period), of=told.of,
    )  # fmt: skip


def _growth_only(spot: FigureInText, topic: Topic) -> list[Observation]:
    """`营收同比增长12%` with no figure: the rate itself is the figure, in per cent."""
    opened = openers().sub("", spot.raw)
    head = (opened if indicator_of(opened) else _before_growth().sub("", opened)).strip("”“、")
    growth = spot.figure
    since = _against().match(head) if topic.indicator else None  # 余额80亿元,较年初增长5%: no growth year on year
    words = (topic.about or spot.context.header.subject, topic.indicator + head) if since else None
    words = words or (of_what(replace(spot, raw=head, tail=""), topic) if len(head) >= 2 else None)
    if words is None:
        return []
    value = as_printed(growth.value, growth.kind)
    told = whose(spot, topic, *words)
    return [
        Observation(
            told.about, words[1] + derived("growth"), spot.read.sentence.span_of(spot.left, growth.end), topic.period, value, "%",
            None if since else growth.value, disclosure=growth.disclosure, planned=expected(spot, topic.period), of=told.of,
        )
    ]  # fmt: skip


def _mean_growth(spot: FigureInText, topic: Topic) -> list[Observation]:
    """`产值年均增长8%`: a figure of its own, of the years that it is the mean of, and the growth of none of them."""
    told = _growth_only(spot, topic)
    if not told and topic.indicator and openers().sub("", spot.raw).strip("”“、,") in ("", *lexicon.words("figure_words", "yearly")):
        told = _growth_only(replace(spot, raw=topic.indicator), topic)
    base = spot.context.header.period or spot.context.header.told
    return [
        replace(one, indicator=_of_years(one.indicator), growth=None, period=mean_period(one.period, base, one.planned)) for one in told
    ]


def _of_years(indicator: str) -> str:
    """The indicator of a growth with the word that it is a mean: `产值年均增速`."""
    measure = indicator.removesuffix(derived("growth"))
    yearly = lexicon.word("figure_words", "yearly")
    return f"{measure.removesuffix(yearly)}{yearly}{derived('growth')}"


@cache
def _against() -> re.Pattern[str]:
    return word_pattern("figure_words", "than", "on_period")


def _points_only(spot: FigureInText, topic: Topic) -> list[Observation]:
    """`投入强度提高0.3个百分点` with no figure: by how much a rate has moved."""
    head = _before_growth().sub("", openers().sub("", spot.raw)).strip("”“、")
    words = of_what(replace(spot, raw=head, tail=""), topic) if len(head) >= 2 else None
    moved = as_printed(spot.figure.value, spot.figure.kind)
    if words is None or moved is None or _against().match(head):
        return []
    span = spot.read.sentence.span_of(spot.left, spot.figure.end)
    told, planned, unit = whose(spot, topic, *words), expected(spot), lexicon.word("figure_words", "moved_points")
    return [Observation(told.about, words[1] + derived("change"), span, topic.period, moved, unit, planned=planned, of=told.of)]


def _followed(spot: FigureInText) -> bool:
    """`同比增长12%,达30亿元`: growth may stand before its figure."""
    if spot.follower is None or spot.follower.kind != "amount":
        return False
    gap = spot.follower.start - spot.figure.end
    return gap <= _NEXT or (gap <= GAP and not _before_growth().sub("", openers().sub("", spot.raw)))
