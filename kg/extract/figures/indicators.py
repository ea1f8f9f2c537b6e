"""What a figure measures, and of what: the words before it, behind it, or in the clause before."""

import re

from kg import lexicon
from kg.extract.figures.candidates import in_brackets
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
from kg.extract.figures.extents import ASIDE
from kg.extract.figures.groups import group_of
from kg.extract.figures.indicator_words import (
    bare_head,
    is_part_of_name,
    joins,
    measure_ahead,
    measure_of,
    noun_of,
    openers,
    strip_verbs,
    strong,
    told_of,
    yields,
)
from kg.extract.figures.placed import LONGEST, Slot, Topic
from kg.extract.figures.rows_of_things import GIVEN, ranked, spread, spread_again
from kg.extract.names.names import Mention, is_generic
from kg.extract.text.segment import part_start
from kg.indicators import dimension
from kg.lexicon import clause_pattern
from kg.model import Disclosure

_SUBJECTS = ("Park", "Enterprise", "Project", "Platform", "ResearchInstitute", "Programme", "Recognition")
_AND = re.compile(r"[、和与及,]?")
_CLAUSE = 60
"""Characters of the clause before in which a noun is looked for."""


def of_what(slot: Slot, topic: Topic) -> tuple[str, str] | None:
    """Of what and which indicator a figure is; None where the words around it name neither."""
    if topic.spread and _AND.fullmatch(slot.raw):
        return topic.spread.pop(0), topic.indicator
    topic.spread = []
    if topic.indicator and _REACHED.fullmatch(slot.raw):
        return topic.about or slot.context.header.subject, topic.indicator
    if slot.raw in ("的", ")的") and slot.figure.kind == "share" and topic.indicator.endswith("目标"):
        topic.indicator += "完成率"
        return topic.about or slot.context.header.subject, topic.indicator
    if _OF_ALL.match(slot.raw):
        topic.about = topic.noun = topic.entity = ""
    if label := _label(slot):
        topic.noun = topic.indicator = label
    top = slot.context.header
    head = bare_head(slot.raw.removeprefix(top.district))
    head = "" if slot.tail and not slot.money and head == top.short_district else head  # 甲市3家企业入选
    head = "" if _WHERE_ONLY.fullmatch(head) or (slot.tail and row_before(slot)) else head
    head = "" if _is_name(slot, head) or _OF_WHOLE.sub("", head) in lexicon.words("wholes") else head  # 乙开发区10个项目
    head = "" if head in lexicon.words("pro_forms") and slot.tail and not slot.money else head  # 园区71家企业
    found = (
        spread_again(slot, topic)
        or _capacity(slot, head, topic)
        or _rate_behind(slot, head, topic)
        or _share_of_each(slot, head, topic)
        or counted_with_sum(slot)
        or _measure_behind(slot, head, topic)
        or ranked(slot, topic)
        or spread(slot, topic)
        or winners(slot)
        or holders(slot)
        or _change(slot, topic)
    )
    if found is None and (says_nothing(slot) or counts_names(slot)):
        return None
    if found is None and is_counted(slot, head, topic):
        found = counted(slot, "" if head == topic.noun else head, topic)
    if found is None:
        found = shared_noun(slot, head, topic)
    if found is None and len(head) >= 2 and not strong().fullmatch(head):
        found = _aimed(slot, head, topic) or _share(slot, head, topic) or _head(slot, head, topic)
    if found is None:
        found = _carried(slot, head, topic)
    if found is None:
        return None
    topic.indicator = _trimmed(found[1])
    return found[0], topic.indicator


_WHERE_ONLY = re.compile("[东西南北中]部|新区|城区|辖区|区内|园内|境内")
"""`东部16个项目`: words for where tell nothing of what is counted."""
_OF_WHOLE = re.compile("^[对在向]")
_LEAD = re.compile("^(?:包括|其中|这些|此次|本次|正在|各类|由|的|共|可|拟|还|已|并)+(?=..)")
_TRAIL = re.compile("(?<=..)(?:(?<![集心其])中|[在也均已是的了]|目前)+$")


def _trimmed(indicator: str) -> str:
    """An indicator without the small words around it."""
    return _TRAIL.sub("", _LEAD.sub("", indicator))


def _is_name(slot: Slot, head: str) -> bool:
    """Whether the words before a count are no more than the name of a thing."""
    at = slot.read.text.find(head, slot.left) if head and slot.tail and not slot.money else -1
    return any(m.start <= at and m.end >= at + len(head) for m in slot.read.between(slot.left, slot.figure.start, *_SUBJECTS, "Place"))


_OF_ALL = re.compile("[,、]?(?:全[区市县省]|[我本][区市县省])")
"""`全区…` speaks of the whole district, whatever was named before."""
_LABEL = re.compile("(?:^|[;。.、是])(?P<label>[\u4e00-\u9fffA-Za-z&“”]{2,14}):[^:;。]*$")
_LABELLED = 16
"""Characters of a label with what stands before it."""
_NO_LABEL = re.compile("如下|包括|其中|表示|指出|强调|介绍|要求|方面|存在|目标$|特点|情况")


def _label(slot: Slot) -> str:
    """`技术合同成交额:1-5月完成31亿元`: what stands before the colon names what the first figure behind it is of."""
    words = slot.read.text[slot.left : slot.figure.start]
    colon = slot.read.text.rfind(":", 0, slot.figure.start)
    if colon < part_start(slot.read.text, slot.figure.start) or (words.strip("完成已达实现为共") and not _AIM_ALONE.fullmatch(words)):
        return ""
    label = _LABEL.search(slot.read.text, max(0, colon - _LABELLED), slot.figure.start)
    figures = label and re.search(r"\d[^月年日至到-]", slot.read.text[label.end("label") : slot.left])
    return label["label"] if label and not figures and not _NO_LABEL.search(label["label"]) else ""


_REACHED = re.compile("(?:增加?|提高|提升|扩大|上升|下降|减少|降低|增长|扩容|扩建|跃升|攀升|拓展|压缩|缩短|扩展)[到至]了?")
"""`由21万㎡增至56万㎡`: the second figure is of what the first is."""


def _measure_behind(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """`新增数十亿营收`: the indicator follows the figure."""
    tail = slot.tail if measure_of(head) else slot.tail.removeprefix("的")
    ahead = measure_ahead().match(tail) if slot.figure.kind == "amount" else None
    if ahead is None and slot.money and _FUNDED.search(head):
        ahead = re.match(r"[\u4e00-\u9fff]{0,8}?(?:基金|资金|资金池|专项|贷款|债券|补贴|奖励)", tail)
    if ahead is None or (ahead[0] == "企业" and not slot.money):
        return None
    if slot.figure.base in _THINGS and dimension(ahead[0]) == "money":  # 21家产值上亿元企业
        return None
    about = re.sub(r".*[为给]|[新多]?增加?$|[新多]增|带来|贡献|带动", "", head)
    return _about(slot, about, topic), ahead[0]


_THINGS = ("家", "户", "个")
"""What counts things and no sum."""


def _capacity(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """`年产5万吨模具钢`, and those that follow in its row (`、隔膜3亿平方米`): what is made with the word that says so."""
    verb = _MAKES.search(head)
    if verb and (noun := noun_of(slot.tail)) and not slot.money:
        return _about(slot, head[: verb.start()], topic), f"{verb[0]}{noun}"
    made = _MAKES.match(topic.indicator)
    if made and slot.raw.startswith("、") and len(head) >= 2 and not slot.money and measure_of(head) == "":
        return topic.about or slot.context.header.subject, f"{made[0]}{head}"
    return None


_MAKES = re.compile("(?:年|月|日)(?:均)?(?:产|加工|处理)$|^(?:年|月|日)(?:产|加工|处理)(?=..)")


def _rate_behind(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """`年均保持20%以上的增速`: what a share is of follows it."""
    rate = _RATE.match(slot.tail) if slot.figure.kind == "share" else None
    if rate is None:
        return None
    measure = measure_of(_PACE.sub("", head)) or _SAME.sub("", topic.indicator)
    about = topic.about or slot.context.header.subject
    return about, f"{measure}年均增速" if slot.raw.endswith("年均") else f"{measure}增速"


def _share_of_each(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """`集聚全省86%的实验室、82%的孵化器`: in a row of shares what each is of stands behind it."""
    noun = slot.tail[1:] if slot.figure.kind == "share" and slot.tail.startswith("的") and not head else ""
    return (slot.context.header.subject, f"{noun}占比") if _NOUN <= len(noun) <= LONGEST and slot.raw in _AND_ALSO else None


_AND_ALSO = ("", "、", "和", "与", "及", "以及")
_RATE = re.compile("的?(?:平均)?(?:增速|增长率?|增幅|速度增长)")
_PACE = re.compile("(?:以|保持|实现|年均?|平均)+$")
_FUNDED = re.compile("(?:设立|组建|发起|成立|安排|投入|发放|拨付|发行|筹集|获得|争取|给予|予以)$")


_CHANGE = re.compile(r"(?:同?比|较)[^,;。]{0,12}?(?P<way>净增|增加|增长|新增|减少|多|少|提升|提高|下降)(?:了|近|约)?$")


def _change(slot: Slot, topic: Topic) -> tuple[str, str] | None:
    """`比上年增加41家`: how much what was counted before has grown."""
    way = _CHANGE.search(slot.raw)
    if way is None or not topic.indicator:
        return None
    about = topic.about or topic.noun or slot.context.header.subject
    indicator = topic.indicator
    topic.indicator = indicator.removesuffix("变化量")
    return about, f"{topic.indicator}变化量"


def _aimed(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """An aim beside what was reached, and how far it is met: `2.1%(目标2.0%)`, `完成目标70亿元的89.3%`."""
    if not topic.indicator or not _AIM.search(head):
        return None
    about = topic.about or slot.context.header.subject
    if _AIM_ALONE.fullmatch(slot.raw):
        return about, f"{topic.indicator}目标"
    if slot.figure.kind == "share":
        return about, f"{topic.indicator}目标完成率"
    parted = slot.follower and slot.read.text[slot.figure.end : slot.follower.start] in ("的", ")的")
    return (about, f"{topic.indicator}目标") if parted else None


def _share(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """A share and of what: `软件业营收占规上服务业的31%`, `工业投资7.8亿元,占比83%`."""
    if topic.indicator and head in _SHARE_ALONE:
        return topic.about or slot.context.header.subject, f"{topic.indicator}占比"[:LONGEST]
    part = _PART_OF.match(head) if slot.figure.kind == "share" else None
    if part is None:
        return None
    own = measure_of(part["own"]) or _own_words(slot, part["own"])
    about = _about(slot, part["own"].removesuffix(own), topic) if part["own"] else topic.about or slot.context.header.subject
    return about, f"{own or _SAME.sub('', topic.indicator)}占{part['whole']}"[:LONGEST]


def _own_words(slot: Slot, words: str) -> str:
    """`建筑规模增量占…`: words of a share that name neither a thing nor a group are what it is of."""
    if group_of(words) or slot.read.between(slot.left, slot.figure.start) or words in lexicon.words("pro_forms"):
        return ""
    return strip_verbs(words) if len(words) >= _NOUN else ""


_NOUN = 3


def _head(slot: Slot, head: str, topic: Topic) -> tuple[str, str]:
    """`区规上软件企业营收` is 营收 of 区规上软件企业; `引进企业` is one indicator."""
    measure = measure_of(head)
    rest = head.removesuffix(measure)
    if not measure or (measure == "企业" and (rest.endswith("在园") or not rest.endswith(("业", "园", "园区", "基地", "区内")))):
        return _plain(slot, head, topic)
    if is_part_of_name(rest, measure) and rest not in lexicon.words("pro_forms"):
        rest, measure = "", strip_verbs(head)
    rest = yields().sub(lambda m: m["firms"] or "", rest)
    about = _behind(slot) or _about(slot, rest, topic, told_of(measure) == "region")
    topic.noun = topic.noun or about
    return about, measure


_PART_OF = re.compile("(?P<own>[^占]*)(?<!所)占(?!比)(?P<whole>[^占]{2,})")
_SAME = re.compile(".*(?:占|变化量|完成率|目标|增速).*")
_SHARE_ALONE = ("占比", "占比重", "比重")
_AIM_ALONE = re.compile("(?:全年|年度|年初)?(?:目标值?|计划|任务|指标)")
_AIM = re.compile("(?:目标|任务|计划|指标)(?:任务|数|值)?$")


def _plain(slot: Slot, head: str, topic: Topic) -> tuple[str, str]:
    """A head that ends in no indicator of the lexicon is the indicator, without the thing named before it."""
    inside = slot.read.between(slot.left, slot.figure.start, *_SUBJECTS)
    named = [m for m in inside if not (_is_kind_of(m, slot) or in_brackets(slot.read.text, m, slot.figure.start))]
    about = slot.context.name(named[0]) if named else topic.about or slot.context.header.subject
    rest = openers().sub("", slot.read.text[named[-1].end : slot.figure.start]) if named else ""
    rest = joins().sub("", ASIDE.sub("", _OTHERS.sub("", rest))).strip('“”"、的')
    indicator = re.sub('[“”"]', "", rest if len(rest) >= 2 else _behind_place(slot, head))
    topic.noun = strip_verbs(indicator) or indicator
    if named:
        topic.about = about
    return about or indicator, indicator[-LONGEST:]


def _behind_place(slot: Slot, head: str) -> str:
    """`甲省此次共颁发科学技术奖` without the place with which it begins."""
    at = slot.read.text.find(head, slot.left)
    place = slot.read.at(at, "Place") if at >= 0 else None
    rest = openers().sub("", slot.read.text[place.end : at + len(head)]) if place and place.start == at else ""
    return joins().sub("", rest) if len(rest) >= _NOUN and not _LEVEL.match(rest) else head


_LEVEL = re.compile("[省市区县]?级|[省市区县]的?")
_OTHERS = re.compile("^等[\u4e00-\u9fff]{0,4}?(?:区域|地区|企业|项目|园区|平台|单位|领域)")
"""Behind a name that stands for others too: `甲商务区等重点区域布局…`."""


def _is_kind_of(named: Mention, slot: Slot) -> bool:
    """`国家级“小巨人”企业2家`, `省重点研发计划项目28项`: a title, or a programme right before a count, says of what kind."""
    noun = slot.read.text[named.end : slot.figure.start]
    return named.type == "Recognition" or (named.type == "Programme" and noun in lexicon.words("counted"))


def _behind(slot: Slot) -> str:
    """`总投资50亿元的…项目`: the thing may stand behind its figure."""
    near = (
        slot.read.between(slot.figure.end, slot.figure.end + 40, "Project", "Park", "Platform", "Programme")
        if slot.tail.startswith("的")
        else []
    )
    return slot.context.name(near[0]) if near and near[0].start - slot.figure.end <= 6 else ""


_WHERE = re.compile("^(?:全)?[区市县省](?:内|属)?(?=规|重点|企业)|^(?:我|本|全)[区市县省]|^(?:总|为|达产后)$")


def _about(slot: Slot, rest: str, topic: Topic, regional: bool = False) -> str:
    """The thing that a figure is of: the words before the indicator, under the thing spoken of so far.

    `regional`: the indicator is of a district as a whole, never of a noun counted before.
    """
    rest = strip_verbs(rest)
    if rest in lexicon.words("pro_forms"):
        return rest
    rest = GIVEN.sub("", _WHERE.sub("", rest)).strip("“”、,的")
    named = _topic_entity(slot)
    if named:
        topic.about = named if not rest or _ACTS.search(rest) or _does(named, rest) else rest
    elif rest and topic.entity and re.match("规模以上|规上|区内|园区|企业|重点", rest):
        topic.about = topic.entity + rest
    elif rest and (not is_generic(rest) or (rest.endswith("产业") and len(rest) >= _INDUSTRY)):
        topic.about = rest
    told = (topic.about, topic.noun) if not regional else (topic.about if topic.about == topic.entity else "",)
    return next(filter(None, told), slot.context.header.subject)


_ACTS = re.compile("[将在对与为于由]")
"""Words that tell of an action, not of a thing: `甲公司将在乙开发区投资12亿元` is a figure of 甲公司."""


_INDUSTRY = 4
"""Characters of an industry's name that says more than 产业: `高新技术产业`."""


def _does(named: str, rest: str) -> bool:
    """`甲公司完成B轮`: what a named thing does is no part of its name."""
    return rest.startswith(named) and strong().match(rest, len(named)) is not None


def _topic_entity(slot: Slot) -> str:
    inside: list[Mention] = slot.read.between(slot.left, slot.figure.start, *_SUBJECTS)
    inside = [m for m in inside if not in_brackets(slot.read.text, m, slot.figure.start)]
    return slot.context.name(inside[0]) if inside else ""


def _carried(slot: Slot, head: str, topic: Topic) -> tuple[str, str] | None:
    """A figure without words of its own takes the noun of the clause before it, and its own verb: `申报28项,获批9项`."""
    if slot.money and not head and topic.indicator and measure_of(topic.indicator):
        return topic.about or slot.context.header.subject, topic.indicator
    if topic.noun:
        return topic.about or topic.noun, f"{head}{topic.noun}" if strong().fullmatch(head) else topic.noun
    if slot.raw and strong().fullmatch(head) and slot.figure.base in ("家", "个", "项", "件", "人", "户", "名"):
        return topic.about or slot.context.header.subject, f"{head}数量"  # 新增35家
    clause = re.split(r"[,;。、]", slot.read.text[max(0, slot.left - _CLAUSE) : slot.left].rstrip(",;、"))[-1]
    noun = "" if clause_pattern("no_noun").search(clause) else strong().split(clause.rpartition("》")[2])[-1].strip("的")
    if len(noun) < 2 or is_generic(noun) or slot.figure.disclosure is Disclosure.WITHHELD:
        return None
    topic.noun = noun[-12:]
    return topic.about or topic.noun, topic.noun
