"""Figures in text: numbers, Chinese numerals, masks, rough amounts, their units, growth, rank and share.

A masked figure (`XX亿元`, `**家`, `*%`) is known to be masked and never becomes a number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from kg import lexicon
from kg.extract.text.stretches import Stretches
from kg.model import Disclosure

_DIGITS = "零一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

Kind = Literal["amount", "growth", "rank", "share", "points"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and its place in a sentence.

    `value`, `lower`, `upper` are in `unit` (`亿元`, `万家`); growth and share are fractions; `base` is the unit
    without its multiplier, as `data/lexicon/units.csv` names it; `each` marks a rank of several things (`均为第一`).
    """

    kind: Kind
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    base: str = ""
    disclosure: Disclosure = Disclosure.DISCLOSED
    lower: Decimal | None = None
    upper: Decimal | None = None
    scope: str = ""
    each: bool = False


_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_CODE = re.compile("[A-Za-z0-9第.]")


def numeral(text: str) -> Decimal | None:
    """Value of a number in digits or in Chinese numerals (`三千五百万`, `两`, `1,234.5`); None for anything else."""
    plain = text.replace(",", "")
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    eights, fours, section, digit = 0, 0, 0, 0  # groups of 亿 and 万, the group being read, its open digit
    for char in plain.replace("两", "二").replace("〇", "零"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char == "亿":
            eights, fours, section, digit = (eights + fours + section + digit) * _SCALES[char], 0, 0, 0
        elif char == "万":
            fours, section, digit = fours + (section + digit) * _SCALES[char], 0, 0
        elif char in _SCALES:
            section, digit = section + (digit or 1) * _SCALES[char], 0
        else:
            return None
    return Decimal(eights + fours + section + digit) if plain else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = lexicon.any_of(lexicon.words("units"))
    number = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,18})(?:\.\d{1,12})?"
    han = r"[一二三四五六七八九十百千两零〇]+"
    multiplier = "万亿|[十百千]?[万亿]|[十百千]"
    mask = r"(?:[Xx×]{1,4}(?:\.[Xx×]{1,4})?|\*{1,6}(?:\.\*{1,6})?|某)"
    bounds = "|".join({"约": "(?<![签条契合履])约", "上": "(?<!以)上"}.get(word, word) for word in lexicon.words("bounds", side="before"))
    behind = "|".join(lexicon.words("bounds", side="after"))
    rough = rf"(?P<before>{bounds}|数(?!\d)|达到?)?"
    amount = (
        rf"{rough}(?:(?P<mask>(?<![A-Za-z]){mask})|(?P<low>{number})(?:[万亿]元?|{unit})?\s*[-~至到]\s*(?P<num2>{number})"
        rf"|(?P<num>{number})|(?P<han>{han}))?"
        rf"(?P<more1>余|多|几)?(?P<mult>{multiplier})?(?P<more2>余|多|级)?[大小]?"
        rf"(?P<unit>{unit})?(?P<after>{behind}|多(?!个|家|项)|余)?"
    )
    rate = rf"(?P<minus>(?<![\d年月日至A-Za-z])-)?(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?|{mask})"
    trend = "|".join((*lexicon.words("growth", role="up"), *lexicon.words("growth", role="down")))
    against = "|".join(lexicon.words("growth", role="against"))
    firsts = "".join(sorted({word[0] for role in ("up", "down", "against") for word in lexicon.words("growth", role=role)}))
    scope = "|".join(lexicon.words("scopes"))
    rank = r"(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})"
    return {
        "amount": re.compile(amount),
        "growth": re.compile(
            rf"(?=[{firsts}])(?:(?P<against>{against}).{{0,4}}?)?(?P<trend>{trend})(?:幅度)?(?:达到?|为|了|约|超过?|近)?"
            rf"(?:{rate}\s*(?P<pct>%|个百分点|倍)?|(?P<tenths>[一二三四五六七八九]|\d)成)"
        ),
        "signed": re.compile(rf"(?:{against})(?P<sign>[+\-])(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?)\s*%"),
        "double": re.compile(rf"(?P<against>{against})?(?:实现|增长)?翻(?:了)?一?番"),
        "rank": re.compile(
            rf"(?P<scope>{scope})?"
            rf"(?P<each>均|都|双双)?(?:排名|排在|位列|位居|居|列|排|为)?(?P<scope2>{scope})?(?:排名)?(?:第{rank}(?:位|名)?(?![批期届条章、年产轮版])|(?P<top>首位|榜首))"
        ),
        "percent": re.compile(rf"(?P<before>{bounds})?{rate}\s*%(?P<after>{behind})?"),
        "tenths": re.compile(
            rf"(?P<before>{bounds})?(?P<tenths>[一二三四五六七八九\d](?:点[一二三四五六七八九\d])?)"
            rf"成(?![为立员果效长本品交都熟型就分])(?P<after>{behind})?"
        ),
        "start": re.compile(rf"{'|'.join(lexicon.words('bounds', side='before'))}|[\dXx×*某一二三四五六七八九十百千万亿两数]"),
    }


def quantities(text: str, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Figures of a folded sentence in order; stretches in `taken` (periods, titles, names) hold none."""
    pattern = _patterns()
    found: list[Quantity] = []
    busy = Stretches(len(text), taken)
    for name, sign, make in _RATES:
        for match in pattern[name].finditer(text) if sign in text else ():
            if busy.free(*match.span()) and (made := make(match)):
                found.append(made)
                busy.mark(*match.span())
    at = 0
    while start := pattern["start"].search(text, at):
        amount = pattern["amount"].match(text, start.start())
        made = _amount(amount, text) if amount and busy.free(*amount.span()) else None
        if amount and made:
            found.append(made)
            at = amount.end()
        else:
            at = _past_word(text, start.start())
    return sorted(found, key=lambda q: q.start)


_WORD = re.compile(r"[A-Za-z0-9.\-]+|[一二三四五六七八九十百千]+")


def _past_word(text: str, at: int) -> int:
    """Behind a code such as `B2-09` or `2.5D` as a whole, else behind one character."""
    match = _WORD.match(text, at)
    return match.end() if match else at + 1


def _rate(match: re.Match[str]) -> Decimal | None:
    rate = match["rate"]
    sign = -1 if match["minus"] else 1
    return sign * Decimal(rate) / 100 if rate[0].isdigit() else None


def _growth(match: re.Match[str]) -> Quantity | None:
    """Growth against the year before; without `同比` or a percent sign it is an addition, not a rate."""
    falls = match["trend"] in lexicon.words("growth", role="down")
    if match["tenths"]:
        tenths = (numeral(match["tenths"]) or Decimal(0)) / 10
        return Quantity("growth", *match.span(), value=-tenths if falls else tenths)
    if match["pct"] is None and match["against"] is None:
        return None
    if match["pct"] == "个百分点":
        return Quantity("points", *match.span(), value=_rate(match))
    if match["pct"] is None and re.match(r"\d*[\u4e00-\u9fff]", match.string[match.end() :]):
        return None
    rate = _rate(match)
    if rate is not None and match["pct"] == "倍":
        rate *= 100
    masked = Disclosure.DISCLOSED if rate is not None else Disclosure.WITHHELD
    return Quantity("growth", *match.span(), value=-rate if rate is not None and falls else rate, disclosure=masked)


def _signed(match: re.Match[str]) -> Quantity:
    """`同比+15.5%`."""
    rate = Decimal(match["rate"]) / 100
    return Quantity("growth", *match.span(), value=-rate if match["sign"] == "-" else rate)


def _double(match: re.Match[str]) -> Quantity:
    return Quantity("growth", *match.span(), value=Decimal(1))


def _rank(match: re.Match[str]) -> Quantity | None:
    scope, each = match["scope"] or match["scope2"] or "", match["each"] is not None
    if not (scope or each) and not re.search("排|居|列|名|位", match[0]):
        return None
    if match["top"] and not scope:
        return None
    place = Decimal(1) if match["top"] else numeral(match["rank"])
    return Quantity("rank", *match.span(), value=place, scope=scope, each=each)


def _share(match: re.Match[str]) -> Quantity | None:
    return _rough_share(match, _rate(match))


def _rough_share(match: re.Match[str], rate: Decimal | None) -> Quantity:
    """A share, with what the words beside it make of it: `八成以上` is at least 80 %."""
    if rate is None:
        return Quantity("share", *match.span(), unit="%", disclosure=Disclosure.WITHHELD)
    disclosure, size = _sized(rate, _bound_of({"more1": None, "more2": None, "han": None, **match.groupdict()}))
    return Quantity("share", *match.span(), size.value, "%", "", disclosure, size.lower, size.upper)


def _tenths(match: re.Match[str]) -> Quantity | None:
    """`六成` is 60 %, `七点五成` 75 %."""
    whole, _, part = match["tenths"].partition("点")
    value = numeral(whole)
    if value is None:
        return None
    return _rough_share(match, (value + (numeral(part) or Decimal(0)) / 10) / 10)


_RATES: tuple[tuple[str, str, Callable[[re.Match[str]], Quantity | None]], ...] = (
    ("signed", "%", _signed),
    ("growth", "", _growth),
    ("double", "番", _double),
    ("rank", "第", _rank),
    ("rank", "首", _rank),
    ("percent", "%", _share),
    ("tenths", "成", _tenths),
)
"""Patterns in the order in which they take their text, a sign without which there is none, what makes a figure of them."""


def _amount(match: re.Match[str], text: str) -> Quantity | None:
    """A figure with a unit, or with 万 or 亿 alone; None for dates, codes, ordinals and idioms such as `一批`."""
    start, end = match.span()
    part = match.groupdict()
    if _no_figure(part, text, start, end):
        return None
    scale, tail = _multiplier(part["mult"] or "")
    disclosure, bounds = Disclosure.WITHHELD, Bounds()
    if not part["mask"]:
        disclosure, bounds = _size(part, scale)
    return Quantity(
        "amount",
        start,
        end,
        bounds.value,
        tail + (part["unit"] or ""),
        part["unit"] or "",
        disclosure,
        bounds.lower,
        bounds.upper,
    )


def _no_figure(part: dict[str, str | None], text: str, start: int, end: int) -> bool:
    number, unit, mult, han = part["num"] or part["num2"], part["unit"], part["mult"], part["han"]
    if _is_of_a_name(part, text, start, end):
        return True
    if not unit:
        kind = part["more2"] == "级" and "\u4e00" <= text[end : end + 1] <= "\u9fff"  # 百亿级大厦
        named = not number and (kind or _KIND_OF.match(text, end))  # 千亿园区
        bare = (
            not named and mult in ("万", "亿", "万亿") and (number or part["mask"] or (han and (part["before"] == "数" or han in "十百千")))
        )
        return not bare
    if _is_said(number, han, unit, text, start) or text[end : end + 1] in ("年", "月", "日"):
        return True
    if number or part["mask"]:
        return False
    if han is None:
        return not (mult and part["before"] and (part["before"] == "数" or part["before"] in lexicon.words("bounds")))
    # 一批, 一系列, 二期 name or vaguely count; 两家, 十个, 百家 count
    return unit == "期" or _is_word(han, mult, unit, text, end) or (han == "一" and not mult and unit not in ("家", "人", "件"))


def _is_said(number: str | None, han: str | None, unit: str, text: str, start: int) -> bool:
    """Whether what stands before a number and its unit shows that they count nothing."""
    before: tuple[str, ...] = {"名": ("前",), "天": ("日",)}.get(unit, ())  # 前三名为甲、乙、丙; 7、8、9日三天
    if han == "一" and unit == "家":
        before = _IS_ONE
    elif number == "1" and unit == "元":
        before = _EACH  # 平均1元投入带动…
    return bool(before) and text.endswith(before, 0, start)


_IS_ONE = ("是", "为", "作为", "成为", "每", "同", "唯", "另", "这", "该")
"""`是一家…的企业` counts nothing."""
_EACH = ("每", "平均")
_OTHER_WORDS: dict[str, str | tuple[str, ...]] = {
    "元": "", "度": "", "位": "数", "支": ("柱", "撑", "持", "援"), "次": "产业", "部": ("门", "分", "委", "署", "曲"),
    "张": ("金名片", "名片", "清单", "网"),
}  # fmt: skip
"""What makes other words of a Chinese numeral and a unit: `二元醇`, `两位数`, `六大支柱`, `五部门`."""


def _is_word(han: str, mult: str | None, unit: str, text: str, end: int) -> bool:
    """Whether a numeral and a unit are part of another word: money is not told as `二元`."""
    if unit not in _OTHER_WORDS or (mult and unit != "支"):
        return False
    return text.startswith(_OTHER_WORDS[unit], end) and (unit != "元" or all(char not in "十百千" for char in han))


_KIND_OF = re.compile("[\u4e00-\u9fff]{0,4}(?:企业|项目|园区|平台|产业|集群|产业园|龙头)")


def _is_of_a_name(part: dict[str, str | None], text: str, start: int, end: int) -> bool:
    """Codes and ordinals (`B2`, `第3`), kinds (`百亿级项目`), titles in quotes (`新政“十条”`)."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if part["unit"] in ("次", "届") and text.endswith("连续", 0, start):
        return True
    if part["unit"] and behind == "级":
        return True  # 百吨级装备
    kind = part["more2"] == "级" and (part["unit"] or _KIND_OF.match(text, end))
    code = _CODE.match(before) is not None and not text.endswith(_LATIN, 0, start)
    return bool(kind) or code or (before, behind) == ("“", "”") or _in_slogan(text, start, end)


_LATIN = ("GDP", "R&D", "FDI")
"""Indicators in Latin letters, right before their figure."""
_SLOGAN = 6
"""Characters of a word in quotes that a figure may be part of: `“双千亿”目标`, `“30条”`."""


def _in_slogan(text: str, start: int, end: int) -> bool:
    opening = text.rfind("“", max(0, start - _SLOGAN), start)
    return opening >= 0 and "”" not in text[opening:start] and "”" in text[end : opening + _SLOGAN + 2]


def _multiplier(mult: str) -> tuple[Decimal, str]:
    """`千万` is 1,000 in 万, `百` is 100 in the unit itself."""
    tail = next((t for t in ("万亿", "亿", "万") if mult.endswith(t)), "")
    head = mult.removesuffix(tail)
    return Decimal(_SCALES[head]) if head else Decimal(1), tail


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure says of its size: the value, or what bounds it."""

    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


def _size(part: dict[str, str | None], scale: Decimal) -> tuple[Disclosure, Bounds]:
    """Value of a figure, or what bounds it (`data/lexicon/bounds.csv`).

    `数十` is 10 to 100, `上千`, `百亿` and `20多` have a lower bound, `不足` and `以下` an upper one. `约` and `左右`
    give a value that is known to be round; `近` gives one that is not reached.
    """
    printed = part["num"] or part["num2"] or part["han"]
    size = ((numeral(printed) if printed else Decimal(1)) or Decimal(0)) * scale
    if part["low"]:
        return Disclosure.APPROXIMATE, Bounds(lower=numeral(part["low"]), upper=size)
    if part["before"] == "数":
        return Disclosure.APPROXIMATE, Bounds(lower=size, upper=size * 10)
    return _sized(size, _bound_of(part))


def _sized(size: Decimal, bound: str) -> tuple[Disclosure, Bounds]:
    match bound:
        case "nearly":
            return Disclosure.APPROXIMATE, Bounds(value=size, upper=size)
        case "about":
            return Disclosure.APPROXIMATE, Bounds(value=size)
        case "upper":
            return Disclosure.APPROXIMATE, Bounds(upper=size)
        case "lower":
            return Disclosure.APPROXIMATE, Bounds(lower=size)
    return Disclosure.DISCLOSED, Bounds(value=size)


def _bound_of(part: dict[str, str | None]) -> str:
    """What the words beside a figure make of it: lower, upper, nearly, about, or ""."""
    bounds = lexicon.mapping("bounds", "bound")
    if said := bounds.get(part["before"] or "") or bounds.get(part["after"] or ""):
        return said
    return "lower" if part["more1"] or part["more2"] or part["after"] or (part["han"] or "") in ("百", "千") else ""
