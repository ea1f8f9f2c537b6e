"""What a printed number leaves open: half a step of its last digit, or what words beside it (超, 近) say.

A number printed without such a word is taken as rounded to its last printed digit; a whole number of things counted is exact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kg import lexicon
from kg.model import Disclosure
from kg.reason.records import Figure
from kg.units import base_value, is_whole

_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_UNSIGNED = re.compile(r"(?<![0-9.])[0-9]+(?:\.([0-9]+))?(?![0-9]|\.[0-9])")


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval; None where it has no end."""

    low: Fraction | None = None
    high: Fraction | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Printed:
    """A number in a sentence: where it stands, how many decimals it shows."""

    start: int
    end: int
    decimals: int


def sentences_of(figure: Figure) -> list[str]:
    """The sentences that tell a figure, each once, without the commas within numbers."""
    return list(dict.fromkeys(plain(one.sentence) for one in figure.told))


def plain(sentence: str) -> str:
    """A sentence without the commas within its numbers, so that 1,234 reads 1234."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", sentence)


def printed_in(sentence: str, number: Decimal, unit: str) -> Iterator[Printed]:
    """Where a number with its unit stands in a sentence, however many zeros end its decimals."""
    for match in _UNSIGNED.finditer(sentence):
        behind = match.end() + len(sentence[match.end() :]) - len(sentence[match.end() :].lstrip())
        if sentence.startswith(unit, behind) and Decimal(match[0]) == abs(number):
            yield Printed(match.start(), behind + len(unit), len(match[1] or ""))


def parts_of(printed: str) -> tuple[Decimal, str] | None:
    """Number and unit of a figure as printed: 12.3 and 亿元."""
    match = _NUMBER.match(printed)
    return (Decimal(match[0].replace(",", "")), printed[match.end() :].strip()) if match else None


def span_of(figure: Figure) -> Range:
    """What a figure says of its own value, in the base unit; nothing where it is withheld or only named roughly (约)."""
    if figure.disclosure is Disclosure.DISCLOSED and figure.value is not None:
        half, value = _half_step(figure, figure.value), Fraction(figure.value)
        return Range(value - half, value + half)
    low, high = figure.lower, figure.upper
    return Range(None if low is None else Fraction(low), None if high is None else Fraction(high))


def _half_step(figure: Figure, value: Decimal) -> Fraction:
    """Half of what the last printed digit of a figure counts, in its base unit; 0 for a whole number of things."""
    printed = parts_of(figure.printed)
    if printed is None:
        return _half_of_last_digit(value)
    number, unit = printed
    found = [[one.decimals for one in printed_in(sentence, number, unit)] for sentence in sentences_of(figure)]
    decimals = max((min(one) for one in found if one), default=max(0, -int(number.as_tuple().exponent)))  # 10亿元, of it 10.0亿元
    step, _ = base_value(Decimal(1).scaleb(-decimals), unit)
    if is_whole(figure.unit) and step == 1:
        return Fraction(0)
    return Fraction(step) / 2


def _half_of_last_digit(value: Decimal) -> Fraction:
    exponent = value.normalize().as_tuple().exponent
    return Fraction(Decimal(1).scaleb(int(exponent))) / 2


def growth_of(figure: Figure) -> Range:
    """Between which fractions a growth lies: 8.5 % is 0.0845 to 0.0855; `超8.5%` has no upper end, `约8.5%` none at all."""
    growth = figure.growth
    if growth is None:
        return Range()
    percent = [(sentence, one) for sentence in sentences_of(figure) for one in printed_in(sentence, growth * 100, "%")]
    if not percent:
        half = Fraction(Decimal(1).scaleb(int(growth.as_tuple().exponent))) / 2
        return Range(Fraction(growth) - half, Fraction(growth) + half)
    spans = [_told_growth(growth, sentence, one) for sentence, one in percent]
    lows, highs = [one.low for one in spans if one.low is not None], [one.high for one in spans if one.high is not None]
    return Range(min(lows) if len(lows) == len(spans) else None, max(highs) if len(highs) == len(spans) else None)


def _told_growth(growth: Decimal, sentence: str, printed: Printed) -> Range:
    """What one place in a sentence says of a growth: a fall of more than 5 % is a growth of less than -5 %."""
    half, size = Fraction(1, 200 * 10**printed.decimals), abs(Fraction(growth))
    side = _word_beside(sentence, printed)
    low = size - half if side in ("", "lower") else None
    high = size + half if side in ("", "upper", "nearly") else None
    return Range(low, high) if growth >= 0 else Range(None if high is None else -high, None if low is None else -low)


def _word_beside(sentence: str, printed: Printed) -> str:
    """What a word right before or behind a number makes of it: `lower`, `upper`, `nearly`, `about`, or ""."""
    before, after = sentence[: printed.start].rstrip(), sentence[printed.end :].lstrip()
    for row in sorted(lexicon.table("bounds"), key=lambda row: -len(row["word"])):
        word = row["word"]
        beside = before.endswith(word) if row["side"] == "before" else after.startswith(word)
        if beside and not (row["not_behind"] and before.removesuffix(word)[-1:] in row["not_behind"]):
            return row["bound"]
    return ""
