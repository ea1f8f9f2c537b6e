"""The words around a figure: the verbs that join them with it, the noun that it counts, the indicator that it is of."""

import re
from collections.abc import Mapping
from functools import cache

from kg import lexicon
from kg.extract.names.boundaries import is_generic
from kg.extract.text.particles import ALSO, AND, ETC, IS, NUMERALS, OF, PASSIVE, WANTED, WITH
from kg.lexicon import any_of, any_word, letters, letters_of, pattern, pattern_text

_LONGEST = 20
"""Characters of the longest indicator of the lexicon."""
_UP_TO_TITLE = re.compile(f".*《[^》]*》[、{ETC}]*")
_TAIL = 64
"""Characters in which a noun is looked for, of which 16 are kept."""
_ATTRIBUTE = 3
"""Characters of what stands before a verb inside the name of what is counted: `工业经济` in `工业经济新增长点项目`."""
_PASSIVE = re.compile(f"(?<=..){PASSIVE}")


def indicator_of(indicator: str) -> str:
    """The indicator of the lexicon with which a phrase ends, or ""."""
    match = _indicators().search(indicator, max(0, len(indicator) - _LONGEST))
    return match[0] if match else ""


@cache
def _indicators() -> re.Pattern[str]:
    return re.compile(rf"{any_word('indicators')}$")


def told_of(indicator: str) -> str:
    """Of which things an indicator is measured: `region`, `project`, `firm`, or "" where of any (`data/lexicon/indicators.csv`)."""
    return _kinds_of_indicators().get(indicator_of(_derived().sub("", indicator)), "")


@cache
def _derived() -> re.Pattern[str]:
    growth, change, target, met, share = map(derived, ("growth", "change", "target", "met", "share"))
    return re.compile(rf"(?:{growth}|{change}|{target}(?:{met})?|{share})$")


@cache
def _kinds_of_indicators() -> Mapping[str, str]:
    return lexicon.mapping("indicators", "of")


@cache
def indicator_ahead() -> re.Pattern[str]:
    """An indicator of the lexicon at the head of a stretch."""
    return re.compile(rf"(?!{pattern_text('no_measure')}){any_word('indicators')}")


@cache
def joins() -> re.Pattern[str]:
    """What joins words with the figure behind them: `达`, `累计完成`, `分别为`."""
    verbs = (*lexicon.words("verbs", "measure"), *lexicon.words("verbs", "intent"))
    return re.compile(rf"(?:{any_of(letters_of([*verbs, *lexicon.words('figure_words', 'joins')]))})+$")


@cache
def openers() -> re.Pattern[str]:
    """Words that open a clause and are no part of an indicator."""
    words = rf"(?:{'|'.join(lexicon.words('openers'))})(?!{any_word('figure_words', 'ratio')})"
    item = rf"[{NUMERALS}]{{1,3}}[{IS}{WANTED}]|\d{{1,2}}[.、](?!\d)"
    return re.compile(rf"^(?:{words}|{pattern_text('newly')}|[,、;]|{item})+")


@cache
def strong() -> re.Pattern[str]:
    """Verbs before which a name ends; `开工率`, `联合体` are none."""
    words = [w for w in lexicon.words("boundaries", strength="strong", kind="") if len(w) > 1]
    words += lexicon.words("figure_words", "wins")
    return re.compile(rf"(?:{any_of(words)})(?![{letters('figure_words', 'ratio', 'body')}])")


def bare_head(raw: str) -> str:
    """The words before a figure without what opens the clause and what joins them with the figure."""
    head = _UP_TO_TITLE.sub(lambda m: _strong_prefix(m[0]), raw) if "《" in raw else raw
    head = pattern("part_only").sub("", head.removeprefix(lexicon.word("figure_words", "no_currency")))  # 一期26万平方米厂房
    head = pattern("batch").sub("", head)
    head = _taken_up().sub("", openers().sub("", head))
    head = openers().sub("", head)
    return (head if head.endswith(lexicon.words("figure_words", "whole_verb")) else joins().sub("", head)).strip(f'“”"、{OF}')


@cache
def _taken_up() -> re.Pattern[str]:
    """`基地累计引进企业`: a thing taken up by its kind is no part of the indicator."""
    return re.compile(
        rf"^(?:{'|'.join(lexicon.words('pro_forms'))}){any_word('figure_words', 'within')}?(?={any_word('figure_words', 'so_far')})"
    )


def _strong_prefix(text: str) -> str:
    """`出台` of `出台《…》等`, so that what is counted keeps its verb."""
    found = strong().match(openers().sub("", text))
    return found[0] if found else ""


def noun_of(tail: str) -> str:
    """The noun that opens a stretch: `科技项目` of `科技项目扶持资金860万元`, `企业` of `企业参与的项目`."""
    match = _noun().match(tail[:_TAIL])
    if match is None:
        return ""
    words = match["words"]
    if (named := _verbal_noun().match(words)) is not None:
        return named[0]  # 储备项目提前开工
    if joint := pattern("joint_thing").match(words):
        return joint[0]  # 3个校企共建平台
    if tail.startswith(amid()) and (kind := pattern("kind_behind").search(tail[:_TAIL])):
        return kind["noun"]  # 30个在甲领域有代表性的重大项目
    verb = _PASSIVE.search(words) or strong().search(words)
    noun = joins().sub("", words[: verb.start()] if verb else words)
    named = _counted_noun().match(words) if verb and len(noun) >= _ATTRIBUTE and not noun.endswith(lexicon.words("counted")) else None
    noun = named[0] if named else noun  # 工业经济新增长点项目
    measured = _indicators().search(noun)
    if measured and measured.start() >= 2 and measured[0] != lexicon.word("figure_words", "firms"):
        noun = noun[: measured.start()]
    if closed := _noun_closed().match(noun):
        noun = closed[0]  # 项目在列, 企业均来自
    return _adverbs_behind().sub("", noun).removeprefix(OF).rstrip(OF + AND + ALSO + WITH)[:16]


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"{any_word('figure_words', 'stressed')}?(?P<words>[\u4e00-\u9fff]+)")


def amid() -> tuple[str, ...]:
    """What opens an attribute that stands between a count and what is counted."""
    return lexicon.words("figure_words", "amid")


@cache
def _noun_closed() -> re.Pattern[str]:
    """A counted noun before words that go on about it."""
    return re.compile(rf".{{0,12}}?{any_word('counted')}(?={any_word('figure_words', 'goes_on')})")


@cache
def _adverbs_behind() -> re.Pattern[str]:
    """`项目集中签约`: how something is done is no part of what is counted."""
    return re.compile(rf"(?<=..)(?:{any_of((*lexicon.words('adverbs'), *lexicon.words('figure_words', 'how_done')))})+$")


@cache
def _counted_noun() -> re.Pattern[str]:
    """The first project or enterprise in a stretch, with what stands before it."""
    nouns = [noun for kind in ("Project", "Enterprise") for noun in lexicon.words("counted", type=kind)]
    return re.compile(rf"(?:(?!{OF})[\u4e00-\u9fff]){{2,12}}?(?:{any_of(nouns)})")


@cache
def _verbal_noun() -> re.Pattern[str]:
    """A noun with a verb before it: `储备项目`, `在建项目`."""
    return re.compile(rf"{any_word('figure_words', 'ahead')}?(?:{strong().pattern}){{1,2}}{any_word('counted')}")


def is_part_of_name(rest: str, measure: str) -> bool:
    """`工业税收`, `惠企资金`: a short word before a wide indicator belongs to its name."""
    short = strip_verbs(rest)
    wide = measure in lexicon.words("figure_words", "wide")
    return bool(short) and ((len(short) <= 3 and is_generic(short)) or (len(short) <= 6 and wide))


@cache
def _verbs_ahead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{strong().pattern}|{any_word('figure_words', 'recognises')})+")


def strip_verbs(words: str) -> str:
    """Words without the verbs that open them."""
    return _verbs_ahead().sub("", words)


@cache
def yields() -> re.Pattern[str]:
    """What stands between a thing and its indicator: `甲园区实现` before `税收`."""
    verbs = any_of(letters_of(lexicon.words("verbs", "yield")))
    return re.compile(rf"(?P<firms>{lexicon.word('figure_words', 'firms')})?(?:{verbs})+$")


def derived(kind: str) -> str:
    """What is put behind (or before) an indicator's name for what is derived from it (`data/lexicon/derived.csv`)."""
    return lexicon.mapping("derived", "word")[kind]
