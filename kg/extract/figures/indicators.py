"""What a figure measures, and of what: the words before it, behind it, or in the clause before."""

import re
from functools import cache

from kg import lexicon
from kg.extract.figures.counts import (
    counted,
    counted_with_sum,
    counts_names,
    holders,
    is_counted,
    row_before,
    says_nothing,
    shared_noun,
    winners,
)
from kg.extract.figures.extents import aside
from kg.extract.figures.in_text import LONGEST, FigureInText, Topic
from kg.extract.figures.indicator_words import (
    bare_head,
    derived,
    indicator_ahead,
    indicator_of,
    is_part_of_name,
    joins,
    noun_of,
    openers,
    strip_verbs,
    strong,
    told_of,
    yields,
)
from kg.extract.figures.rows_of_things import ranked, spread, spread_again
from kg.extract.figures.subjects import in_brackets
from kg.extract.figures.unnamed_groups import group_of
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.text.particles import ALSO, AND, AS_WELL, AT, DAY, DONE, IN_ROW, IS, MONTH, OF, ONTO, TOWARD, UNTIL, WITH, YEAR
from kg.extract.text.segment import part_start
from kg.indicators import dimension
from kg.lexicon import any_word, letters, pattern
from kg.model import Disclosure

_SUBJECTS = ("Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Programme", "Recognition")
_AND = re.compile(f"[{IN_ROW},]?")
_CLAUSE = 60
"""Characters of the clause before in which a noun is looked for."""


def of_what(spot: FigureInText, topic: Topic) -> tuple[str, str] | None:
    """Of what and which indicator a figure is; None where the words around it name neither."""
    if topic.spread and _AND.fullmatch(spot.raw):
        return topic.spread.pop(0), topic.indicator
    topic.spread = []
    if topic.indicator and _reached().fullmatch(spot.raw):
        return topic.about or spot.context.header.subject, topic.indicator
    if spot.raw in _PARTED and spot.figure.kind == "share" and topic.indicator.endswith(derived("target")):
        topic.indicator += derived("met")
        return topic.about or spot.context.header.subject, topic.indicator
    if pattern("of_all").match(spot.raw):  # 全区…: the whole, whatever was named before
        topic.about = topic.noun = topic.entity = ""
    if label := _label(spot):
        topic.noun = topic.indicator = label
    top = spot.context.header
    head = bare_head(spot.raw.removeprefix(top.district))
    head = "" if spot.tail and not spot.money and head == top.short_district else head  # 甲市3家企业入选
    head = "" if pattern("where_only").fullmatch(head) or (spot.tail and row_before(spot)) else head  # 东部16个项目
    head = "" if _is_name(spot, head) or _OF_WHOLE.sub("", head) in lexicon.words("wholes") else head  # 乙开发区10个项目
    head = "" if head in lexicon.words("pro_forms") and spot.tail and not spot.money else head  # 园区71家企业
    found = (
        spread_again(spot, topic)
        or _capacity(spot, head, topic)
        or _rate_behind(spot, head, topic)
        or _share_of_each(spot, head)
        or counted_with_sum(spot)
        or _indicator_behind(spot, head, topic)
        or ranked(spot, topic)
        or spread(spot, topic)
        or winners(spot)
        or holders(spot)
        or _change(spot, topic)
    )
    if found is None and (says_nothing(spot) or counts_names(spot)):
        return None
    if found is None and is_counted(spot, head, topic):
        found = counted(spot, "" if head == topic.noun else head, topic)
    if found is None:
        found = shared_noun(spot, head, topic)
    if found is None and len(head) >= 2 and not strong().fullmatch(head):
        found = _aimed(spot, head, topic) or _share(spot, head, topic) or _head(spot, head, topic)
    if found is None:
        found = _carried(spot, head, topic)
    if found is None:
        return None
    topic.indicator = _trimmed(found[1])
    return found[0], topic.indicator


_PARTED = (OF, f"){OF}")
"""Between a sum that was aimed at and the share of it that was reached."""
_OF_WHOLE = re.compile(f"^[{TOWARD}{AT}{ONTO}]")


def _trimmed(indicator: str) -> str:
    """An indicator without the small words around it."""
    return pattern("indicator_trail").sub("", pattern("indicator_lead").sub("", indicator))


def _is_name(spot: FigureInText, head: str) -> bool:
    """Whether the words before a count are no more than the name of a thing."""
    at = spot.read.text.find(head, spot.left) if head and spot.tail and not spot.money else -1
    return any(m.start <= at and m.end >= at + len(head) for m in spot.read.between(spot.left, spot.figure.start, *_SUBJECTS, "Place"))


_LABEL = re.compile(rf"(?:^|[;。.、{IS}])(?P<label>[\u4e00-\u9fffA-Za-z&“”]{{2,14}}):[^:;。]*$")
_LABELLED = 16
"""Characters of a label with what stands before it."""


def _label(spot: FigureInText) -> str:
    """`技术合同成交额:1-5月完成31亿元`: what stands before the colon names what the first figure behind it is of."""
    words = spot.read.text[spot.left : spot.figure.start]
    colon = spot.read.text.rfind(":", 0, spot.figure.start)
    says_more = words.strip(letters("figure_words", "reached")) and not pattern("aim_alone").fullmatch(words)
    if colon < part_start(spot.read.text, spot.figure.start) or says_more:
        return ""
    label = _LABEL.search(spot.read.text, max(0, colon - _LABELLED), spot.figure.start)
    figures = label and _FIGURE.search(spot.read.text[label.end("label") : spot.left])
    return label["label"] if label and not figures and not pattern("no_label").search(label["label"]) else ""


_FIGURE = re.compile(rf"\d[^{MONTH}{YEAR}{DAY}{UNTIL}-]")
"""A figure that is no part of a time."""


@cache
def _reached() -> re.Pattern[str]:
    """`由21万㎡增至56万㎡`: the second figure is of what the first is."""
    return re.compile(rf"{any_word('figure_words', 'moves')}[{UNTIL}]{DONE}?")


def _indicator_behind(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """`新增数十亿营收`: the indicator follows the figure."""
    tail = spot.tail if indicator_of(head) else spot.tail.removeprefix(OF)
    ahead = indicator_ahead().match(tail) if spot.figure.kind == "amount" else None
    if ahead is None and spot.money and _funded().search(head):
        ahead = _fund().match(tail)
    if ahead is None or (ahead[0] == lexicon.word("figure_words", "firms") and not spot.money):
        return None
    if spot.figure.base in lexicon.words("figure_words", "thing_unit") and dimension(ahead[0]) == "money":  # 21家产值上亿元企业
        return None
    return _about(spot, pattern("gives_more").sub("", head), topic), ahead[0]


@cache
def _fund() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{any_word('figure_words', 'fund')}")


@cache
def _funded() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'funds')}$")


def _capacity(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """`年产5万吨模具钢`, and those that follow in its row (`、隔膜3亿平方米`): what is made with the word that says so."""
    verb = pattern("makes").search(head)
    if verb and (noun := noun_of(spot.tail)) and not spot.money:
        return _about(spot, head[: verb.start()], topic), f"{verb[0]}{noun}"
    made = pattern("makes").match(topic.indicator)
    if made and spot.raw.startswith("、") and len(head) >= 2 and not spot.money and indicator_of(head) == "":
        return topic.about or spot.context.header.subject, f"{made[0]}{head}"
    return None


def _rate_behind(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """`年均保持20%以上的增速`: what a share is of follows it."""
    rate = pattern("rate_behind").match(spot.tail) if spot.figure.kind == "share" else None
    if rate is None:
        return None
    indicator = indicator_of(pattern("pace").sub("", head)) or _same().sub("", topic.indicator)
    about = topic.about or spot.context.header.subject
    yearly = lexicon.word("figure_words", "yearly") if spot.raw.endswith(lexicon.word("figure_words", "yearly")) else ""
    return about, f"{indicator}{yearly}{derived('growth')}"


def _share_of_each(spot: FigureInText, head: str) -> tuple[str, str] | None:
    """`集聚全省86%的实验室、82%的孵化器`: in a row of shares what each is of stands behind it."""
    noun = spot.tail[1:] if spot.figure.kind == "share" and spot.tail.startswith(OF) and not head else ""
    return (spot.context.header.subject, noun + derived("share")) if _NOUN <= len(noun) <= LONGEST and spot.raw in _AND_ALSO else None


_AND_ALSO = ("", "、", AND, WITH, ALSO, AS_WELL)


def _change(spot: FigureInText, topic: Topic) -> tuple[str, str] | None:
    """`比上年增加41家`: how much what was counted before has grown."""
    if not topic.indicator or not pattern("change").search(spot.raw):
        return None
    about = topic.about or topic.noun or spot.context.header.subject
    topic.indicator = topic.indicator.removesuffix(derived("change"))
    return about, topic.indicator + derived("change")


def _aimed(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """An aim beside what was reached, and how far it is met: `2.1%(目标2.0%)`, `完成目标70亿元的89.3%`."""
    if not topic.indicator or not _aim().search(head):
        return None
    about = topic.about or spot.context.header.subject
    target = topic.indicator + derived("target")
    if pattern("aim_alone").fullmatch(spot.raw):
        return about, target
    if spot.figure.kind == "share":
        return about, target + derived("met")
    parted = spot.follower and spot.read.text[spot.figure.end : spot.follower.start] in _PARTED
    return (about, target) if parted else None


def _share(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """A share and of what: `软件业营收占规上服务业的31%`, `工业投资7.8亿元,占比83%`."""
    if topic.indicator and head in lexicon.words("figure_words", "share_alone"):
        return topic.about or spot.context.header.subject, (topic.indicator + derived("share"))[:LONGEST]
    part = pattern("part_of").match(head) if spot.figure.kind == "share" else None
    if part is None:
        return None
    own = indicator_of(part["own"]) or _own_words(spot, part["own"])
    about = _about(spot, part["own"].removesuffix(own), topic) if part["own"] else topic.about or spot.context.header.subject
    return about, f"{own or _same().sub('', topic.indicator)}{derived('part')}{part['whole']}"[:LONGEST]


def _own_words(spot: FigureInText, words: str) -> str:
    """`建筑规模增量占…`: words of a share that name neither a thing nor a group are what it is of."""
    if group_of(words) or spot.read.between(spot.left, spot.figure.start) or words in lexicon.words("pro_forms"):
        return ""
    return strip_verbs(words) if len(words) >= _NOUN else ""


_NOUN = 3


def _head(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str]:
    """`区规上软件企业营收` is 营收 of 区规上软件企业; `引进企业` is one indicator."""
    indicator = indicator_of(head)
    rest = head.removesuffix(indicator)
    counts = indicator == lexicon.word("figure_words", "firms") and (
        rest.endswith(lexicon.word("figure_words", "in_park")) or not rest.endswith(lexicon.words("figure_words", "holds_firms"))
    )
    if not indicator or counts:
        return _plain(spot, head, topic)
    if is_part_of_name(rest, indicator) and rest not in lexicon.words("pro_forms"):
        rest, indicator = "", strip_verbs(head)
    rest = yields().sub(lambda m: m["firms"] or "", rest)
    about = _behind(spot) or _about(spot, rest, topic, told_of(indicator) == "region")
    topic.noun = topic.noun or about
    return about, indicator


@cache
def _same() -> re.Pattern[str]:
    """An indicator that is derived from another one."""
    return re.compile(rf".*(?:{'|'.join(map(derived, ('part', 'change', 'met', 'target', 'growth')))}).*")


@cache
def _aim() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'aim', 'plan', 'index')}{any_word('figure_words', 'aim_part')}?$")


def _plain(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str]:
    """A head that ends in no indicator of the lexicon is the indicator, without the thing named before it."""
    inside = spot.read.between(spot.left, spot.figure.start, *_SUBJECTS)
    named = [m for m in inside if not (_is_kind_of(m, spot) or in_brackets(spot.read.text, m, spot.figure.start))]
    about = spot.context.name(named[0]) if named else topic.about or spot.context.header.subject
    rest = openers().sub("", spot.read.text[named[-1].end : spot.figure.start]) if named else ""
    rest = joins().sub("", aside().sub("", pattern("others_like_it").sub("", rest))).strip(f'“”"、{OF}')
    indicator = re.sub('[“”"]', "", rest if len(rest) >= 2 else _behind_place(spot, head))
    topic.noun = strip_verbs(indicator) or indicator
    if named:
        topic.about = about
    return about or indicator, indicator[-LONGEST:]


def _behind_place(spot: FigureInText, head: str) -> str:
    """`甲省此次共颁发科学技术奖` without the place with which it begins."""
    at = spot.read.text.find(head, spot.left)
    place = spot.read.at(at, "Place") if at >= 0 else None
    rest = openers().sub("", spot.read.text[place.end : at + len(head)]) if place and place.start == at else ""
    return joins().sub("", rest) if len(rest) >= _NOUN and not pattern("of_level").match(rest) else head


def _is_kind_of(named: Mention, spot: FigureInText) -> bool:
    """`国家级“小巨人”企业2家`, `省重点研发计划项目28项`: a title, or a programme right before a count, says of what kind."""
    noun = spot.read.text[named.end : spot.figure.start]
    return named.type == "Recognition" or (named.type == "Programme" and noun in lexicon.words("counted"))


def _behind(spot: FigureInText) -> str:
    """`总投资50亿元的…项目`: the thing may stand behind its figure."""
    near = (
        spot.read.between(spot.figure.end, spot.figure.end + 40, "Project", "Park", "Platform", "Programme")
        if spot.tail.startswith(OF)
        else []
    )
    return spot.context.name(near[0]) if near and near[0].start - spot.figure.end <= 6 else ""


def _about(spot: FigureInText, rest: str, topic: Topic, regional: bool = False) -> str:
    """The thing that a figure is of: the words before the indicator, under the thing spoken of so far.

    `regional`: the indicator is of a district as a whole, never of a noun counted before.
    """
    rest = strip_verbs(rest)
    if rest in lexicon.words("pro_forms"):
        return rest
    rest = pattern("given").sub("", pattern("where_lead").sub("", rest)).strip(f"“”、,{OF}")
    named = _topic_entity(spot)
    if named:
        topic.about = (
            named if not rest or any(word in rest for word in lexicon.words("figure_words", "acts")) or _does(named, rest) else rest
        )
    elif rest and topic.entity and rest.startswith(lexicon.words("figure_words", "regional")):
        topic.about = topic.entity + rest
    elif rest and (not is_generic(rest) or (rest.endswith(lexicon.word("figure_words", "industry")) and len(rest) >= _INDUSTRY)):
        topic.about = rest
    told = (topic.about, topic.noun) if not regional else (topic.about if topic.about == topic.entity else "",)
    return next(filter(None, told), spot.context.header.subject)


_INDUSTRY = 4
"""Characters of an industry's name that says more than 产业: `高新技术产业`."""


def _does(named: str, rest: str) -> bool:
    """`甲公司完成B轮`: what a named thing does is no part of its name."""
    return rest.startswith(named) and strong().match(rest, len(named)) is not None


def _topic_entity(spot: FigureInText) -> str:
    inside: list[Mention] = spot.read.between(spot.left, spot.figure.start, *_SUBJECTS)
    inside = [m for m in inside if not in_brackets(spot.read.text, m, spot.figure.start)]
    return spot.context.name(inside[0]) if inside else ""


def _carried(spot: FigureInText, head: str, topic: Topic) -> tuple[str, str] | None:
    """A figure without words of its own takes the noun of the clause before it, and its own verb: `申报28项,获批9项`."""
    if spot.money and not head and topic.indicator and indicator_of(topic.indicator):
        return topic.about or spot.context.header.subject, topic.indicator
    if topic.noun:
        return topic.about or topic.noun, f"{head}{topic.noun}" if strong().fullmatch(head) else topic.noun
    if spot.raw and strong().fullmatch(head) and spot.figure.base in lexicon.words("figure_words", "unit"):
        return topic.about or spot.context.header.subject, head + derived("number")  # 新增35家
    clause = re.split(r"[,;。、]", spot.read.text[max(0, spot.left - _CLAUSE) : spot.left].rstrip(",;、"))[-1]
    noun = "" if pattern("no_noun").search(clause) else strong().split(clause.rpartition("》")[2])[-1].strip(OF)
    if len(noun) < 2 or is_generic(noun) or spot.figure.disclosure is Disclosure.WITHHELD:
        return None
    topic.noun = noun[-12:]
    return topic.about or topic.noun, topic.noun
