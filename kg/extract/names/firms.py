"""Enterprises by short names that no suffix shows: in rows, beside a partner, before what they did."""

import re
from functools import cache

from kg import lexicon
from kg.extract.names.names import Boundaries, Mention, is_generic, opens_phrase
from kg.extract.names.rows import items_before
from kg.extract.text.segment import Sentence
from kg.extract.words.money import gives

_COUNT = r"(?:(?<!\d)\d{1,6}|[一二三四五六七八九十两]+)"
_COUNTED = re.compile(rf"{_COUNT}[家户](?:[\u4e00-\u9fff“”]{{0,10}})\((?P<names>[^()]{{2,}})(?:\)|(?P<cut>$))")
_SUCH_AS = re.compile(rf"等(?:{_COUNT}[家户]|一批|多家)?(?![^,;。]{{0,5}}(?:产业|领域)企业)[\u4e00-\u9fff]{{0,6}}?(?:企业|公司)")
_COUNTED_AFTER = re.compile(rf"(?<=[\u4e00-\u9fffA-Za-z)])(?<!等){_COUNT}[家户](?:企业|公司)")
_COUNTED_BEHIND = re.compile(rf"等{_COUNT}家(?:企业|公司)")
_PROJECTS = re.compile(
    rf"等(?:{_COUNT}个|一批|多个)?(?:[十百千]亿[元级]?(?:以上)?|亿元以上|[重优产总签新龙制][大点质业部约建头造](?:业|化)?)*(?:级)?项目(?!化|资金|经理)"
)
_TAIL = re.compile(
    rf"(?:等?{_COUNT}[家户个](?:公司|企业|单位|机构)|等(?:企业|单位)?)?(?:的产品|的项目)?"
    r"(?:分别|还|均|也|已|双双|成功|共同|联合|再次|首次|正式|先后|顺利|参与|项目)*$"
)
_LONGEST, _BARE = 8, 4
"""Characters of a short name in a row, and of one that stands alone without a telling ending."""
_VERBAL = re.compile("^(?:正在|已经|继续|不断|积极|全力|全面|深入|先后|目前|首次|当年)|(?:开展|推进|推动|完成|实现)")
_PERSON = re.compile(
    "^[一二三四五六七八九十][是要]|^(?:我|他|本|该|双方|各方|大家|公司|企业|园区)|书记|[区市县局院校所]长|主任|董事长|总经理|院士|教授|记者"
)
_FUNCTION = re.compile("[的了在是以各全本我该已再又也均都其此等之从对为将被把让每某]")


_SUM = re.compile("(?:X+|\\d|[余多百千])[万亿]?元|总额")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·()]{2,10}")


def short_name(text: str) -> bool:
    """Whether a word may be an enterprise's short name: 2 to 10 characters, no kind of enterprise, no figure."""
    if not _NAME.fullmatch(text) or is_generic(text) or text.count("(") != text.count(")"):
        return False
    if _VERBAL.search(text) or _PERSON.search(text) or opens_phrase(text):
        return False
    return not text.endswith(lexicon.words("not_short_names")) and not re.match(r"\d", text) and not _SUM.search(text)


def _counted_firm(text: str) -> bool:
    """A name in a row that is counted as enterprises may end in what else is no short name: `发网供应链`."""
    return re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·]{4,8}", text) is not None and not (is_generic(text) or _PERSON.search(text))


_FIGURE = re.compile(r"\d[\d,.]*[家个项亿万元%件人户]|目标|同比")


@cache
def _closers() -> re.Pattern[str]:
    """`等8个园区`, `等高校`, `等重点客户31家`."""
    nouns = "|".join(lexicon.words("row_closers"))
    return re.compile(
        rf"等(?:{_COUNT}[家个所]|一批|多家|多个)?(?:重点|优质|知名|特色|专业|国内|国家级|省级|市级)*(?P<noun>{nouns})(?!建设|化|[一二两三四五六七八九十内])"
    )


def _in_brackets(sentence: Sentence) -> list[list[tuple[int, int]]]:
    """Rows in brackets behind their count: `新增4家(甲、乙、丙、丁)`, and what of one stands behind a cut."""
    shift = len(sentence.lead)
    rows = []
    for match in _COUNTED.finditer(sentence.lead + sentence.text):
        if (match["cut"] is None or sentence.goes_on) and not _FIGURE.search(match["names"]):
            start = match.start("names") - shift
            rows.append([(start + m.start(), start + m.end()) for m in re.finditer(r"[^、,;和及]+", match["names"])])
    return rows


def listed_firms(sentence: Sentence, cuts: Boundaries) -> list[Mention]:
    """`新增4家(甲、乙、丙、丁)`, `甲、乙、丙等一批重点企业`; `甲、乙等3个项目` names projects."""
    text = sentence.text
    rows = _in_brackets(sentence)
    rows += [items_before(text, match.start(), cuts) for match in _SUCH_AS.finditer(text)]
    counted = [items_before(text, match.start(), cuts) for match in _COUNTED_BEHIND.finditer(text)]
    bare = [items_before(text, match.start(), cuts) for match in _COUNTED_AFTER.finditer(text)]
    rows += [row for row in bare if all(_firm(text, s, e, True, False) for s, e in row)]
    found = [Mention(s, e, text[s:e], "Enterprise", "list") for row in counted if len(row) > 1 for s, e in row if _counted_firm(text[s:e])]
    found += [Mention(s, e, text[s:e], "Enterprise", "list") for row in rows if len(row) > 1 for s, e in row if short_name(text[s:e])]
    found += _companions(text, cuts)
    for match in _PROJECTS.finditer(text):
        row = items_before(text, match.start(), cuts)
        found += [Mention(s, e, text[s:e], "Project", "list") for s, e in row if len(row) > 1 and short_name(text[s:e])]
    kinds = lexicon.mapping("row_closers", "type")
    for match in _closers().finditer(text) if "等" in text else ():
        row = items_before(text, match.start(), cuts)
        kind = kinds[match["noun"]]
        found += [Mention(s, e, text[s:e], kind, "list") for s, e in row if len(row) > 1 and _in_row(text[s:e])]
    return found


_PAIR = re.compile("[\u4e00-\u9fffA-Za-z0-9]{3,8}")


def _companions(text: str, cuts: Boundaries) -> list[Mention]:
    """A name with a strong ending beside a known enterprise: `协助强生医疗、施维雅制药申报`."""
    endings = lexicon.words("enterprise_endings", strength="strong")
    found = []
    for start in cuts.whole:
        behind = _PAIR.match(text, text.find("、", start, start + 9) + 1) if "、" in text[start : start + 9] else None
        end = next((behind.start() + len(e) for e in _prefixes(behind[0]) if e.endswith(endings)), 0) if behind else 0
        if behind and end and short_name(text[behind.start() : end]):
            found.append(Mention(behind.start(), end, text[behind.start() : end], "Enterprise", "list"))
    return found


def _prefixes(word: str) -> list[str]:
    """Beginnings of a word, the longest first, three characters at least."""
    return [word[:size] for size in range(len(word), 2, -1)]


def _in_row(name: str) -> bool:
    """A name of up to a dozen characters that is no kind and tells nobody's title."""
    return 3 <= len(name) <= 12 and not (is_generic(name) or _PERSON.search(name) or _FUNCTION.search(name) or opens_phrase(name))


@cache
def _acts() -> re.Pattern[str]:
    verbs = (*lexicon.words("actor_verbs", role="award"), *lexicon.words("actor_verbs", role="act"))
    return re.compile(
        rf"(?:{lexicon.any_of(verbs)})|投资(?=建设|兴建|\d)|完成(?=[A-F]\+?轮|天使轮|Pre|股改|首轮)|成为(?=[全我][国省市区县]|国内|首[家批个])|通过(?=国家|省级|[\u4e00-\u9fff]{{2,16}}(?:复核|认定))|在[\u4e00-\u9fff]{{2,12}}?(?:挂牌|上市)|为(?=国家级?|全国|省级|[\u4e00-\u9fff]{{2,3}}省)"
    )


@cache
def _together() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("actor_verbs", role="with")))


_AND_WITH = re.compile("与|同(?!比|期|时|意|步)|和|携手")


def acting_firms(text: str, cuts: Boundaries, kept: list[Mention]) -> list[Mention]:
    """`甲、乙2家企业入选…`, `甲荣获…奖`, `甲、乙分别与丙达成…`: who does it, right before the verb."""
    ends = [_row_end(text, match.start()) for match in _acts().finditer(text)]
    ends += [_row_end(text, m.start()) for m in _AND_WITH.finditer(text) if _together().search(text, m.end(), m.end() + 40)]
    found: dict[tuple[int, int], Mention] = {}
    organised = cover([m for m in kept if m.type != "Place"]) if ends else {}
    for end in ends:
        row = items_before(text, end, cuts)
        award = _given_behind(text, end)
        begins = [(s, _behind_kind(text, s, e), e) for s, e in row]
        whole = [(s, b, e) for s, b, e in begins if not _named(organised, b, e)]
        if all(_firm(text, b, e, len(row) > 1 or b > s, award) for s, b, e in whole):
            found.update({(b, e): Mention(b, e, text[b:e], _kind_of(text[b:e]), "partner") for _, b, e in whole})
    return list(found.values())


_CALLED = re.compile("(?:企业|公司|单位|厂商)(?=[^企公单]{4,8}$)")


def _behind_kind(text: str, start: int, end: int) -> int:
    """Where a name begins behind what it is called: `配套企业宏芯半导体`."""
    called = _CALLED.search(text, start, end)
    return called.end() if called else start


def _kind_of(name: str) -> str:
    """Class of a name that acts or is given a title, by its last word; an enterprise where that tells nothing."""
    kinds = lexicon.mapping("holder_endings", "type")
    return next((kinds[ending] for ending in lexicon.words("holder_endings") if name.endswith(ending)), "Enterprise")


def _row_end(text: str, verb: int) -> int:
    """Where the names before a verb end: `2家企业`, `分别`, `共同` may stand between."""
    tail = _TAIL.search(text, max(0, verb - 24), verb)
    return tail.start() if tail else verb


_LEADS = re.compile(r"(?:牵头|主导|主持|承担|参与)(?:完成|承担|研发|研制|实施|申报|制定)?的?(?:“|《|[\u4e00-\u9fff]{0,12}项目)")
"""What a named enterprise does with a project: `永兴牵头的“…”项目`."""


def _given_behind(text: str, end: int) -> bool:
    """Whether an award or a title is given to what stands before: `甲获…奖`, `甲被认定为…`."""
    return (
        _LEADS.match(text, end) is not None
        or re.match(
            r"(?:荣|喜|斩)?获(?:评|批)?[^,;。]{0,24}奖|被(?:认定|评|列|授予|确定)|入选|获评|领投|跟投|(?:成功)?登陆|成功上市|完成.{1,6}轮|成为|通过.{2,20}(?:复核|认定)",
            text[end:],
        )
        is not None
    )


def _firm(text: str, start: int, end: int, in_row: bool, award: bool) -> bool:
    """A short name by its ending; where the name stands alone a strong one, or an award given right behind it."""
    name = text[start:end]
    if not short_name(name) or _FUNCTION.search(name) or len(name) < 3:
        return False
    strong = name.endswith(lexicon.words("enterprise_endings", strength="strong"))
    if strong and len(name) >= 4:
        return True
    if in_row:
        return len(name) <= _LONGEST
    telling = name.endswith(lexicon.words("enterprise_endings")) or not any(w in name for w in lexicon.words("generic") if len(w) > 1)
    return award and telling and (len(name) <= _BARE or _branded(name))


def _branded(name: str) -> bool:
    """`宏芯半导体`: a brand of two or three characters before what the firm makes."""
    ending = next((e for e in lexicon.words("enterprise_endings") if name.endswith(e)), "")
    brand = name.removesuffix(ending)
    return bool(ending) and len(brand) in (2, 3) and not is_generic(brand) and not opens_phrase(brand)


@cache
def _joint_phrase() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("cooperation", role="joint")))


@cache
def _joint() -> re.Pattern[str]:
    phrases = _joint_phrase().pattern
    return re.compile(
        rf"(?P<a>[\u4e00-\u9fffA-Za-z0-9()]{{2,12}}?)(?P<and>[和与]|(?<!共)同|联合|携手)(?P<b>[\u4e00-\u9fffA-Za-z0-9()]{{2,12}}?"
        rf"(?:、[\u4e00-\u9fffA-Za-z0-9()]{{2,12}}?){{0,4}})"
        rf"(?:的|在)?(?:对接|就|围绕|正式|共同|成功)?[\u4e00-\u9fff]{{0,6}}?(?:{phrases})"
    )


def partners(text: str, cuts: Boundaries, kept: list[Mention]) -> list[Mention]:
    """Short names on both sides of `A与B对接技术合作`, unless they are named already."""
    if not _joint_phrase().search(text):
        return []
    named = cover(kept)
    found: list[Mention] = []
    for match in _joint().finditer(text):
        start = cuts.before(match.start("and") - 1)
        row = _items(text, *match.span("b"))
        row[-1] = (row[-1][0], min(cuts.after(row[-1][0]), match.end("b") + 10))
        sides = [(start, _row_end(text, match.start("and"))), *row]
        if all(short_name(text[s:e]) or _named(named, s, e) for s, e in sides):
            found += [Mention(s, e, text[s:e], "Enterprise", "partner") for s, e in sides if not _named(named, s, e)]
    rows = [_items(text, *match.span("b")) for match in _with_whom().finditer(text)]
    return found + _telling(text, rows, named | cover(found))


def takers(text: str, _cuts: Boundaries, kept: list[Mention]) -> list[Mention]:
    """Short names with a telling ending of those to whom money is given."""
    if not gives().search(text):
        return []
    rows = [_items(text, *match.span(key)) for match in _to_whom().finditer(text) for key in "abc" if match[key]]
    return _telling(text, rows, cover(kept)) if rows else []


def _telling(text: str, rows: list[list[tuple[int, int]]], cover: dict[int, Mention]) -> list[Mention]:
    """Those of a row that nothing names yet and whose last word tells an enterprise."""
    endings = lexicon.words("enterprise_endings")
    new = [(s, e) for row in rows for s, e in row if not _named(cover, s, e)]
    return [Mention(s, e, text[s:e], "Enterprise", "partner") for s, e in new if short_name(text[s:e]) and text[s:e].endswith(endings)]


@cache
def _with_whom() -> re.Pattern[str]:
    """`并与甲、乙共建`: those behind 与 where who acts is left out."""
    name = "[\u4e00-\u9fffA-Za-z0-9()]{3,12}?"
    return re.compile(
        rf"(?:^|[,;。并还已也将先后成功分别院所校学室司团])(?:与|同|联合|携手)(?P<b>{name}(?:、{name}){{0,5}})(?:等[^,;。]{{0,6}})?(?:{_together().pattern}|签)"
    )


@cache
def _to_whom() -> re.Pattern[str]:
    """`对甲、乙分别给予奖励`, `给予甲一次性奖励`: those to whom money is given."""
    name = "[\u4e00-\u9fffA-Za-z0-9()]{3,12}?"
    row = rf"{name}(?:、{name}){{0,5}}"
    verbs, money = gives().pattern, lexicon.any_of(lexicon.words("funding", role="money"))
    return re.compile(
        rf"(?:对|向)(?P<a>{row})(?:和(?P<b>{name}))?(?:等[^,;。]{{0,6}})?(?:分别|各)?(?:{verbs})"
        rf"|(?:{verbs})(?P<c>{row})(?:分别|各|一次性)*(?:{money})"
    )


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between 、 of a row."""
    return [(start + m.start(), start + m.end()) for m in re.finditer("[^、]+", text[start:end])]


def cover(kept: list[Mention]) -> dict[int, Mention]:
    """Offset → the mention that covers it."""
    return {at: mention for mention in kept for at in range(mention.start, mention.end)}


def _named(cover: dict[int, Mention], start: int, end: int) -> bool:
    """Whether a stretch is named already: by a mention that holds it, or one at its start (`…园区还` is the park)."""
    mention = cover.get(start)
    return mention is not None and (end <= mention.end or mention.start == start)
