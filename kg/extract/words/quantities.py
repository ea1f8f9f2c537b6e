"""Figures in text: numbers, Chinese numerals, masks, rough amounts, their units, growth, rank and share.

A masked figure (`XX亿元`, `**家`, `*%`) is known to be masked and never becomes a number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Literal

from kg import lexicon
from kg.extract.text.particles import (
    DATE_PARTS,
    DIGITS,
    GROUPS,
    NUMERALS,
    ORDINAL,
    PLAIN_NUMERALS,
    POINT,
    SCALES,
    SEVERAL,
    SOME,
    SPOKEN_NUMERALS,
    TENS,
    TWO,
    UNTIL,
)
from kg.extract.text.stretches import Stretches
from kg.lexicon import any_word, pattern_text
from kg.model import Disclosure

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
_CODE = re.compile(f"[A-Za-z0-9{ORDINAL}.^]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def numeral(text: str) -> Decimal | None:
    """Value of a number in digits or in Chinese numerals (`三千五百万`, `两`, `1,234.5`); None for anything else."""
    plain = text.replace(",", "")
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    eights, fours, section, digit = 0, 0, 0, 0  # groups of 亿 and 万, the group being read, its open digit
    for char in plain.translate(PLAIN_NUMERALS):
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char == GROUPS[1]:
            eights, fours, section, digit = (eights + fours + section + digit) * SCALES[char], 0, 0, 0
        elif char == GROUPS[0]:
            fours, section, digit = fours + (section + digit) * SCALES[char], 0, 0
        elif char in SCALES:
            section, digit = section + (digit or 1) * SCALES[char], 0
        else:
            return None
    return Decimal(eights + fours + section + digit) if plain else None


def whole(value: Decimal | None) -> int | None:
    """How many things a figure counts: one or more, else None."""
    return int(value) if value is not None and value >= 1 else None


def _words(role: str) -> tuple[str, ...]:
    return lexicon.words("quantity_words", role)


_any = partial(lexicon.any_word, "quantity_words")
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,18})(?:\.\d{1,12})?"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    before, behind = _bounds_before(), "|".join(lexicon.words("bounds", side="after"))
    rate = rf"(?P<minus>{pattern_text('minus')})?(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?|{pattern_text('masked')})"
    up, down, against = ("|".join(lexicon.words("growth", role)) for role in ("up", "down", "against"))
    firsts = "".join(sorted({word[0] for role in ("up", "down", "against") for word in lexicon.words("growth", role)}))
    digit = f"[{DIGITS[1:]}\\d]"
    return {
        "amount": _amount_pattern(before, behind),
        "growth": re.compile(
            rf"(?=[{firsts}])(?:(?P<against>{against}).{{0,4}}?)?(?P<trend>{up}|{down}){pattern_text('growth_link')}"
            rf"(?:{rate}\s*(?P<pct>{pattern_text('growth_unit')})?|(?P<tenths>[{DIGITS[1:]}]|\d){pattern_text('tenths')})"
        ),
        "signed": re.compile(rf"(?:{against})(?P<sign>[+\-])(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?)\s*%"),
        "double": re.compile(f"(?P<against>{against})?{pattern_text('doubled')}"),
        "rank": _rank_pattern(),
        "percent": re.compile(rf"(?P<before>{before})?{rate}\s*%(?P<after>{behind})?"),
        "tenths": re.compile(
            rf"(?P<before>{before})?(?P<tenths>{digit}(?:{POINT}{digit})?){pattern_text('tenths')}(?!{pattern_text('no_tenths')})(?P<after>{behind})?"
        ),
        "start": re.compile(rf"{'|'.join(lexicon.words('bounds', side='before'))}|[\dXx×*{SOME}{NUMERALS}{TENS}{GROUPS}{TWO}{SEVERAL}]"),
    }


def _bounds_before() -> str:
    """What bounds a figure before it, but as a part of another word (`签约`)."""
    others = lexicon.mapping("bounds", "not_behind")
    return "|".join(f"(?<![{others[word]}]){word}" if word in others else word for word in lexicon.words("bounds", side="before"))


def _amount_pattern(before: str, behind: str) -> re.Pattern[str]:
    unit = any_word("units")
    return re.compile(
        rf"(?P<before>{before}|{pattern_text('rough_before')})?"
        rf"(?:(?P<mask>(?<![A-Za-z]){pattern_text('masked')})|(?P<low>{_NUMBER})(?:{pattern_text('low_unit')}|{unit})?\s*[-~{UNTIL}]\s*(?P<num2>{_NUMBER})"
        rf"|(?P<num>{_NUMBER})|(?P<han>[{SPOKEN_NUMERALS}]+))?"
        rf"(?P<more1>{pattern_text('more_before')})?(?P<mult>{GROUPS}|[{TENS}]?[{GROUPS}]|[{TENS}])?(?P<more2>{pattern_text('more_behind')})?"
        rf"{pattern_text('size')}?(?P<unit>{unit})?(?P<after>{behind}|{pattern_text('more_of_unit')})?"
    )


def _rank_pattern() -> re.Pattern[str]:
    scope = "|".join(lexicon.words("scopes"))
    return re.compile(
        rf"(?P<scope>{scope})?(?P<each>{_any('each')})?(?:{_any('ranked')})?(?P<scope2>{scope})?(?:{_any('rank_named')})?"
        rf"(?:{ORDINAL}(?P<rank>\d{{1,3}}|[{NUMERALS}]{{1,3}}){pattern_text('rank_behind')}|(?P<top>{_any('top')}))"
    )


def quantities(text: str, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Figures of a folded sentence in order; stretches in `taken` (periods, titles, names) hold none."""
    patterns, signs = _patterns(), _signs()
    found: list[Quantity] = []
    busy = Stretches(len(text), taken)
    for name, make in _RATES:
        for match in patterns[name].finditer(text) if any(map(text.__contains__, signs[name])) else ():
            if busy.free(*match.span()) and (made := make(match)):
                found.append(made)
                busy.mark(*match.span())
    at = 0
    while start := patterns["start"].search(text, at):
        amount = patterns["amount"].match(text, start.start())
        made = _amount(amount, text) if amount and busy.free(*amount.span()) else None
        if amount and made:
            found.append(made)
            at = amount.end()
        else:
            at = _past_word(text, start.start())
    return sorted(found, key=lambda q: q.start)


_WORD = re.compile(rf"[A-Za-z0-9.\-]+|[{DIGITS[1:]}{TENS}]+")


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
    falls = match["trend"] in lexicon.words("growth", "down")
    if match["tenths"]:
        tenths = (numeral(match["tenths"]) or Decimal(0)) / 10
        return Quantity("growth", *match.span(), value=-tenths if falls else tenths)
    if match["pct"] is None and match["against"] is None:
        return None
    if match["points"]:
        return Quantity("points", *match.span(), value=_rate(match))
    if match["pct"] is None and re.match(r"\d*[\u4e00-\u9fff]", match.string[match.end() :]):
        return None
    rate = _rate(match)
    if rate is not None and match["times"]:
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
    if not (scope or each) and not any(sign in match[0] for sign in _words("rank_sign")):
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
    whole, _, part = match["tenths"].partition(POINT)
    value = numeral(whole)
    if value is None:
        return None
    return _rough_share(match, (value + (numeral(part) or Decimal(0)) / 10) / 10)


_RATES: tuple[tuple[str, Callable[[re.Match[str]], Quantity | None]], ...] = (
    ("signed", _signed),
    ("growth", _growth),
    ("double", _double),
    ("rank", _rank),
    ("percent", _share),
    ("tenths", _tenths),
)
"""Patterns in the order in which they take their text, what makes a figure of them."""


@cache
def _signs() -> dict[str, tuple[str, ...]]:
    """Signs without any of which there is no match of a pattern: most sentences are passed by these alone."""
    by_words = {"double": _words("doubled"), "rank": _words("rank"), "tenths": _words("tenths")}
    return {"signed": ("%",), "growth": ("",), "percent": ("%",)} | by_words


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
    """Whether a number is of a name, or of no unit, or counts nothing or but vaguely."""
    number, unit, mult, han = part["num"] or part["num2"], part["unit"], part["mult"], part["han"]
    if _is_of_a_name(part, text, start, end):
        return True
    if not unit:
        kind = part["graded"] and _HAN.match(text, end)  # 百亿级大厦
        named = not number and (kind or _kind_of().match(text, end))  # 千亿园区
        bare = not named and mult in _LARGE and (number or part["mask"] or (han and (part["several"] or han in TENS)))
        return not bare
    if text.endswith(_before_none(unit, number or han or ""), 0, start) or text[end : end + 1] in DATE_PARTS:
        return True
    if number or part["mask"]:
        return False
    if han is None:
        return not (mult and part["before"] and (part["several"] or part["before"] in lexicon.words("bounds")))
    # 六大支柱, 五部门 are words; 一批, 一系列 vaguely count; 两家, 十个, 百家 count
    vague = han == NUMERALS[0] and not mult and unit not in _words("one")
    return vague or text.startswith(_behind_none(unit, han, mult), end)


@cache
def _no_counts(unit: str, side: str) -> tuple[tuple[str, str], ...]:
    """What shows beside a number and this unit that they count nothing, and of which numbers."""
    return tuple((row["word"], row["number"]) for row in lexicon.table("no_counts") if (row["unit"], row["side"]) == (unit, side))


def _before_none(unit: str, number: str) -> tuple[str, ...]:
    return tuple(word for word, of in _no_counts(unit, "before") if of in ("", number))


def _behind_none(unit: str, han: str, mult: str | None) -> tuple[str, ...]:
    small = not mult
    said = {"all": True, "numerals": small, "digits": small and all(char not in TENS for char in han)}
    return tuple(word for word, of in _no_counts(unit, "behind") if said[of])


_LARGE = (*GROUPS, GROUPS)


@cache
def _kind_of() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,4}}(?:{_any('kind')})")


def _is_of_a_name(part: dict[str, str | None], text: str, start: int, end: int) -> bool:
    """Codes and ordinals (`B2`, `第3`), kinds (`百亿级项目`), titles in quotes (`新政“十条”`)."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if part["unit"] and behind in _words("grade"):
        return True  # 百吨级装备
    kind = part["graded"] and (part["unit"] or _kind_of().match(text, end))
    code = _CODE.match(before) is not None and not text.endswith(_words("indicator"), 0, start)
    return bool(kind) or code or (before, behind) == ("“", "”") or _in_slogan(text, start, end)


_SLOGAN = 6
"""Characters of a word in quotes that a figure may be part of: `“双千亿”目标`, `“30条”`."""


def _in_slogan(text: str, start: int, end: int) -> bool:
    opening = text.rfind("“", max(0, start - _SLOGAN), start)
    return opening >= 0 and "”" not in text[opening:start] and "”" in text[end : opening + _SLOGAN + 2]


def _multiplier(mult: str) -> tuple[Decimal, str]:
    """`千万` is 1,000 in 万, `百` is 100 in the unit itself."""
    tail = next((t for t in reversed(_LARGE) if mult.endswith(t)), "")
    head = mult.removesuffix(tail)
    return Decimal(SCALES[head]) if head else Decimal(1), tail


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
    if part["several"]:
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
    return "lower" if part["more1"] or part["more2"] or part["after"] or part["han"] in tuple(TENS[1:]) else ""
