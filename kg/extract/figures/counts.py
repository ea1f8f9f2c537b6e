"""Figures that count: what stands behind them, who holds what is named, and counts that say nothing."""

import re
from functools import cache

from kg import lexicon
from kg.extract.figures.in_text import LONGEST, FigureInText, Topic
from kg.extract.figures.indicator_words import amid, derived, indicator_of, joins, noun_of, strong
from kg.extract.text.particles import DONE, ETC, IN_ROW, OF
from kg.extract.text.segment import clause_start
from kg.lexicon import any_word, letters, pattern

_NEAR = 4
"""Characters between a count and the award that those counted hold."""


def winners(spot: FigureInText) -> tuple[str, str] | None:
    """`获得…奖的2家单位`: the award stands before the count of its winners."""
    awards = spot.read.between(spot.left, spot.figure.start, "Award")
    noun = noun_of(spot.tail)
    if not awards or not noun or spot.read.text[awards[-1].end : spot.figure.start] not in (OF, ""):
        return None
    return spot.context.name(awards[-1]), f"{derived('won')}{noun}"


_HOLDERS = ("Enterprise", "ResearchInstitute", "Project", "Park", "Platform")


def holders(spot: FigureInText) -> tuple[str, str] | None:
    """`甲、乙2家企业入选…`, `3项成果…奖一等奖`: counted are those who hold an award or a title named behind them."""
    read, at = spot.read, spot.figure.start
    if spot.money or not spot.tail:
        return None
    held = read.between(spot.figure.end, spot.figure.end + 40, "Award", "Recognition", "Programme")
    named = [m for m in read.between(spot.left, at, *_HOLDERS) if m.end == at]
    near = held and held[0].start - spot.figure.end <= _NEAR and held[0].type == "Award"
    if not held or not (named or near):
        return None
    verb = strong().search(spot.tail)
    done, what = verb[0] if verb else derived("won"), noun_of(spot.tail) or derived("number")
    return spot.context.name(held[0]), f"{done}{what}"[:LONGEST]


def says_nothing(spot: FigureInText) -> bool:
    """`抓好六个方面`, `推进四项工作`: the order of a speech, no figure."""
    if pattern("per_time").match(spot.tail):
        return True  # 20万吨/年装置
    if spot.figure.base not in lexicon.words("figure_words", "order"):
        return False
    return _stressed().sub("", spot.tail).startswith(lexicon.words("not_counted"))


@cache
def _stressed() -> re.Pattern[str]:
    return re.compile(rf"^{any_word('figure_words', 'stressed', 'key')}")


def counts_names(spot: FigureInText) -> bool:
    """`甲、乙两家企业`, `甲、乙两个产业产值30亿元`: how many names a row has is no figure."""
    summed = (
        spot.follower is not None and spot.figure.end + len(spot.tail) == spot.follower.start and indicator_of(joins().sub("", spot.tail))
    )
    if summed and row_before(spot):
        return True
    named = [m for m in spot.read.between(spot.left, spot.figure.start, "Enterprise") if m.end == spot.figure.start]
    row = spot.read.text[spot.left : spot.figure.start].count("、") + 1
    return bool(named) and spot.figure.base in lexicon.words("counted_units", type="Enterprise") and spot.figure.value == row > 1


def row_before(spot: FigureInText) -> bool:
    """Whether a count closes a row of as many things: `甲、乙、丙3个`."""
    if spot.figure.value is None or not 1 < spot.figure.value <= _LONGEST_ROW or not _AND.search(spot.raw):
        return False
    row = _ROW.search(spot.read.text, spot.left, spot.figure.start)
    if row is not None and spot.figure.value == len(_AND.split(row[0])):
        return True
    listed = spot.read.text[clause_start(spot.read.text, spot.figure.start) : spot.figure.start]
    return spot.figure.value == listed.count("、") + 1 and spot.tail.startswith(lexicon.words("counted"))


_LONGEST_ROW = 20
_AND = re.compile(f"[{IN_ROW}]")
_ROW = re.compile(f"[^,;。:、]{{2,30}}(?:、[^,;。:{IN_ROW}]{{2,16}})*[{IN_ROW}][^,;。:{IN_ROW}]{{2,16}}$")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?![{letters('figure_words', 'no_noun')}])[\u4e00-\u9fffA-Za-z“”]")


def is_counted(spot: FigureInText, head: str, topic: Topic) -> bool:
    """Whether what is counted stands behind the figure: `推荐2人申报…`, `8个项目获得…`, `3家企业20人申报…`."""
    if spot.money or not _word().match(spot.tail):
        return False
    ends_in_verb = _last_verb(head) != "" and head.endswith((_last_verb(head), *lexicon.words("stages")))
    ends_in_verb = ends_in_verb or head in lexicon.words("stages")  # 已开工17个项目
    serves = head in lexicon.words("verbs", "serve") or spot.raw.endswith(lexicon.words("figure_words", "serves"))
    serves = serves or _from(spot)  # 来自119个国家和地区
    owns = head.endswith(lexicon.words("figure_words", "owner")) and spot.tail.startswith(
        lexicon.words("counted")
    )  # 试点企业5个项目获得…奖
    of_more = owns or (spot.raw.endswith((OF, DONE)) and noun_of(spot.tail) != "")  # 调研了甲区的7个项目
    of_more = of_more or (spot.tail.startswith(amid()) and OF in spot.tail and noun_of(spot.tail) != "")  # 筛选30个有示范性的项目
    of_more = of_more or _is_done_to(spot, head)
    return head in ("", topic.noun) or serves or ends_in_verb or of_more or spot.raw.rstrip().endswith(ETC)


def _is_done_to(spot: FigureInText, head: str) -> bool:
    """`重点跟进21个低效更新项目`, `全面推动甲路周边15家企业搬迁`: a clause that begins with how something is done tells no indicator."""
    how = _how().match(head)
    return how is not None and indicator_of(head) == "" and _things().match(spot.tail) is not None


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,10}}?{any_word('counted')}")


@cache
def _how() -> re.Pattern[str]:
    return re.compile(rf"{any_word('hows')}(?=[\u4e00-\u9fff]{{2}})(?!{any_word('figure_words', 'bare')})")


def _from(spot: FigureInText) -> bool:
    """`来自90个国家和地区的客商`: what is counted stands behind the figure, up to what it belongs to."""
    return spot.raw.strip(",、") in amid()


def _last_verb(head: str) -> str:
    """The last verb of a head, or ""."""
    found = [m[0] for m in strong().finditer(head)]
    return found[-1] if found else ""


_STOP = re.compile("[,;。]")
_PAIR = 24
"""Characters in which the noun of a pair of attributes is looked for."""
_HEAD = 6
"""Characters of the words before a count that are kept; of longer ones the last verb is."""
_TARGETS = ("Award", "Recognition", "Programme", "Policy", "Platform", "Project", "Park", "ResearchInstitute", "Enterprise")
"""Classes of what those counted do something to: a count is not told of an office that counts."""


def counted(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str]:
    """`推荐2人申报青年英才计划`: who or what is counted, by what they do; about what they do it to."""
    figure, tail = spot.figure, spot.tail
    noun = pattern("of_them").sub("", noun_of(tail))  # 17个项目中
    if spot.read.text.startswith("、", figure.end + len(tail)) and not noun.endswith(lexicon.words("counted")):
        second = noun_of(spot.read.text[figure.end + len(tail) + 1 :][:_PAIR])
        noun = second if second.endswith(lexicon.words("counted")) else noun  # 166个国际、国内合作项目
    next_of_row = spot.follower is not None and "、" in spot.read.text[figure.end : spot.follower.start]
    reach = spot.follower.start if spot.follower and next_of_row else figure.end + len(tail) + 24
    end = _STOP.search(spot.read.text, figure.end, reach)
    after = spot.read.between(figure.end, end.start() if end else reach)
    target = next((m for m in after if m.type in _TARGETS), None)
    done = tail[: target.start - figure.end] if target else tail
    verbs = [m[0] for m in strong().finditer(done, tail.find(noun) + len(noun))]
    verbs = [verb for verb in verbs if verb not in (*lexicon.words("verbs", "yield"), *lexicon.words("adverbs"))]
    if _from(spot):
        head, noun = "", noun.partition(OF)[0]
    head = "" if head in lexicon.words("asides") else head
    verb = (head if len(head) <= _HEAD else _last_verb(head)) + (verbs[-1] if verbs else "")
    verb = derived("won") if verb == lexicon.word("figure_words", "wins") else verb
    what = noun or _unnamed(figure.base, tail, verbs)
    if (
        verbs
        and verbs[-1] == lexicon.word("figure_words", "granted")
        and any(word in tail for word in lexicon.words("figure_words", "titled"))
    ):
        verb = head + derived("recognised")
    topic.noun = what
    if target:
        topic.about = spot.context.name(target)
    elif noun and verb and spot.raw.startswith(",") and strong().match(head):
        topic.about = topic.entity  # 6家获批甲站,组建5家乙中心
    about = topic.about or spot.context.header.subject or what
    return about, (verb + what)[:LONGEST]


def _unnamed(unit: str, tail: str, verbs: list[str]) -> str:
    """What is counted where no noun tells it: people by their unit, the words behind the figure, or a mere number."""
    if unit in lexicon.words("counted_units", type="Person"):
        return derived("people")
    return derived("number") if verbs else tail.lstrip(OF)[:12]


def counted_with_sum(spot: FigureInText) -> tuple[str, str] | None:
    """`等13个总投资62亿元的项目`: what is counted stands behind the sum of all of it."""
    follower = spot.follower
    if spot.money or follower is None or not spot.read.text.startswith(OF, follower.end):
        return None
    noun = noun_of(spot.read.text[follower.end + 1 : follower.end + 40]) if pattern("sum_amid").fullmatch(spot.tail) else ""
    return ("", noun) if noun else None


def shared_noun(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """`3类45项科技项目`: two counts share the noun behind the second."""
    if spot.tail or spot.follower is None or spot.follower.start != spot.figure.end:
        return None
    noun = noun_of(spot.read.text[spot.follower.end : spot.follower.end + 100])
    if not noun or not (spot.raw.endswith(ETC) or not head or strong().fullmatch(head)):
        return None
    topic.noun = noun
    return topic.about or noun, f"{noun}{derived('sorts')}" if spot.figure.base == lexicon.word("figure_words", "sort_unit") else noun
