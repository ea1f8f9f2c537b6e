"""The words around a figure: the verbs that join them with it, the noun that it counts, the indicator that it is of."""

import re
from collections.abc import Mapping
from functools import cache

from kg import lexicon
from kg.extract.names.names import is_generic
from kg.lexicon import clause_pattern

_LONGEST = 20
"""Characters of the longest indicator of the lexicon."""
_UP_TO_TITLE = re.compile(r".*《[^》]*》(?:、|等)*")
_TAIL = 64
"""Characters in which a noun is looked for, of which 16 are kept."""
_PART_ONLY = re.compile("^(?:目前|其中|首|第)?(?:[一二三四五六]期|[东西南北][区片])$")
"""`一期26万平方米厂房`: a part alone measures nothing; what is measured stands behind the figure."""
_WHOLE_VERBS = ("签约", "履约", "预约")
"""Verbs that end in a character which may join words with a figure (`约30家`)."""
_ATTRIBUTE = 3
"""Characters of what stands before a verb inside the name of what is counted: `工业经济` in `工业经济新增长点项目`."""
_BATCH = re.compile("第[一二三四五六七八九十\\d]+批次?$")
_PASSIVE = re.compile("(?<=..)被")
_NOUN = re.compile("(?:主要|重点|重大)?(?P<words>[\u4e00-\u9fff]+)")


def measure_of(indicator: str) -> str:
    """The indicator of the lexicon with which a phrase ends, or ""."""
    match = _measures().search(indicator, max(0, len(indicator) - _LONGEST))
    return match[0] if match else ""


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('measures'))})$")


def told_of(indicator: str) -> str:
    """Of which things an indicator is measured: `region`, `project`, `firm`, or "" where of any (`data/lexicon/measures.csv`)."""
    return _kinds_of_measures().get(measure_of(_DERIVED.sub("", indicator)), "")


_DERIVED = re.compile("(?:增速|变化量|目标完成率|目标|占比)$")


@cache
def _kinds_of_measures() -> Mapping[str, str]:
    return lexicon.mapping("measures", "of")


@cache
def measure_ahead() -> re.Pattern[str]:
    """An indicator of the lexicon at the head of a stretch."""
    return re.compile(rf"(?!规模以上|企业[家化])(?:{lexicon.any_of(lexicon.words('measures'))})")


@cache
def joins() -> re.Pattern[str]:
    """What joins words with the figure behind them: `达`, `累计完成`, `分别为`."""
    verbs = (*lexicon.words("verbs", role="measure"), *lexicon.words("verbs", role="intent"))
    others = ("了", "分别", "依次", "已", "均", "就", "总", "可", "等", "由", "从", "自", "仍", "还", "在")
    return re.compile(rf"(?:{lexicon.any_of(lexicon.letters_of([*verbs, *others]))})+$")


@cache
def openers() -> re.Pattern[str]:
    """Words that open a clause and are no part of an indicator."""
    words = "|".join(lexicon.words("openers"))
    return re.compile(
        rf"^(?:(?:{words})(?!率)|新(?![增建型材能疆华区港设发兴质]|产品|技术|业态|动能|一[代轮]|媒体|经济|零售|基建|三板|四板)|[,、;]|[一二三四五六七八九十]{{1,3}}[是要]|\d{{1,2}}[.、](?!\d))+"
    )


@cache
def strong() -> re.Pattern[str]:
    """Verbs before which a name ends; `开工率`, `联合体` are none."""
    words = [w for w in lexicon.words("boundaries", strength="strong", kind="") if len(w) > 1]
    return re.compile(rf"(?:{lexicon.any_of([*words, '获', '参与'])})(?![率体])")


def bare_head(raw: str) -> str:
    """The words before a figure without what opens the clause and what joins them with the figure."""
    head = _UP_TO_TITLE.sub(lambda m: _strong_prefix(m[0]), raw) if "《" in raw else raw
    head = _BATCH.sub("", _PART_ONLY.sub("", head.removeprefix("人民币")))
    head = _taken_up().sub("", openers().sub("", head))
    head = openers().sub("", head)
    return (head if head.endswith(_WHOLE_VERBS) else joins().sub("", head)).strip('“”"、的')


@cache
def _taken_up() -> re.Pattern[str]:
    """`基地累计引进企业`: a thing taken up by its kind is no part of the indicator."""
    return re.compile(rf"^(?:{'|'.join(lexicon.words('pro_forms'))})[内中]?(?=累计|共|已|现有|实现|完成)")


def _strong_prefix(text: str) -> str:
    """`出台` of `出台《…》等`, so that what is counted keeps its verb."""
    found = strong().match(openers().sub("", text))
    return found[0] if found else ""


def noun_of(tail: str) -> str:
    """The noun that opens a stretch: `科技项目` of `科技项目扶持资金860万元`, `企业` of `企业参与的项目`."""
    match = _NOUN.match(tail[:_TAIL])
    if match is None:
        return ""
    words = match["words"]
    if (named := _verbal_noun().match(words)) is not None:
        return named[0]  # 储备项目提前开工
    if joint := clause_pattern("joint_thing").match(words):
        return joint[0]  # 3个校企共建平台
    if tail.startswith(AMID) and (kind := _KIND_BEHIND.search(tail[:_TAIL])):
        return kind["noun"]  # 30个在甲领域有代表性的重大项目
    verb = _PASSIVE.search(words) or strong().search(words)
    noun = joins().sub("", words[: verb.start()] if verb else words)
    named = _counted_noun().match(words) if verb and len(noun) >= _ATTRIBUTE and not noun.endswith(lexicon.words("counted")) else None
    noun = named[0] if named else noun  # 工业经济新增长点项目
    measured = _measures().search(noun)
    if measured and measured.start() >= 2 and measured[0] != "企业":
        noun = noun[: measured.start()]
    if closed := _noun_closed().match(noun):
        noun = closed[0]  # 项目在列, 企业均来自
    return _adverbs_behind().sub("", noun).removeprefix("的").rstrip("的和及与")[:16]


AMID = ("有", "在", "具有", "具备", "来自", "从事", "拥有")
"""What opens an attribute that stands between a count and what is counted."""
_KIND_BEHIND = re.compile("的(?P<noun>(?:重大|重点|优秀)?(?:项目|企业|园区|平台|机构|团队|单位|成果|产品))")


@cache
def _noun_closed() -> re.Pattern[str]:
    """A counted noun before words that go on about it."""
    return re.compile(rf".{{0,12}}?(?:{lexicon.any_of(lexicon.words('counted'))})(?=[在均都也将]|来自|正式|平稳|逆势|进展)")


@cache
def _adverbs_behind() -> re.Pattern[str]:
    """`项目集中签约`: how something is done is no part of what is counted."""
    return re.compile(rf"(?<=..)(?:{lexicon.any_of((*lexicon.words('adverbs'), '集中', '成功', '涉及'))})+$")


@cache
def _counted_noun() -> re.Pattern[str]:
    """The first project or enterprise in a stretch, with what stands before it."""
    nouns = [noun for kind in ("Project", "Enterprise") for noun in lexicon.words("counted", type=kind)]
    return re.compile(rf"(?:(?!的)[\u4e00-\u9fff]){{2,12}}?(?:{lexicon.any_of(nouns)})")


@cache
def _verbal_noun() -> re.Pattern[str]:
    """A noun with a verb before it: `储备项目`, `在建项目`."""
    return re.compile(rf"(?:计划|集中)?(?:{strong().pattern}){{1,2}}(?:{lexicon.any_of(lexicon.words('counted'))})")


def is_part_of_name(rest: str, measure: str) -> bool:
    """`工业税收`, `惠企资金`: a short word before a wide indicator belongs to its name."""
    short = strip_verbs(rest)
    wide = measure in ("资金", "投资", "面积", "专利", "总数", "总量", "数量")
    return bool(short) and ((len(short) <= 3 and is_generic(short)) or (len(short) <= 6 and wide))


@cache
def _verbs_ahead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{strong().pattern}|新认定|认定|登记|培育)+")


def strip_verbs(words: str) -> str:
    """Words without the verbs that open them."""
    return _verbs_ahead().sub("", words)


@cache
def yields() -> re.Pattern[str]:
    """What stands between a thing and its indicator: `甲园区实现` before `税收`."""
    return re.compile(rf"(?P<firms>企业)?(?:{lexicon.any_of(lexicon.letters_of(lexicon.words('verbs', role='yield')))})+$")
