"""What a cell shows: a stored number under its number format (ECMA-376 Part 1, 18.8.30 and 18.8.31).

Dates are given to the day that is shown, as ISO 8601 writes it unless the format spells it in Chinese (`2024年6月`), so that
no order of day and month is left to guess. Colours, widths and fills are passed over; a minus that only a colour shows is kept.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from kg import lexicon

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-";@',
    42: '"¥"#,##0;"¥"-#,##0;"-";@', 43: '#,##0.00;-#,##0.00;"-";@', 44: '"¥"#,##0.00;"¥"-#,##0.00;"-";@', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats without a code in the file, in the Chinese edition where editions differ (18.8.30, `zh-cn`)."""
LAST_DAY = 2_958_465
"""Serial of 31 December 9999."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.?|\*.?'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|g+|b+|aaaa?)|(?P<digit>[0#?])"
    r"|(?P<mark>[.,%@/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(?P<sign>[<>=]{1,2})(?P<bound>-?\d+(?:\.\d+)?)")
_HAN = re.compile("[\u4e00-\u9fff]")
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_WEEKDAYS = "一二三四五六日"

Token = tuple[str, str]
"""Kind (`text`, `date`, `elapsed`, `half`, `digit`, `mark`, `exponent`, `general`) and characters."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts that `;` parts: its tokens, and the condition that chooses it; what it shows: days or times, `General`, digits."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    timed: bool
    plain: bool
    counted: bool


def _section(tokens: list[Token], condition: tuple[str, Decimal] | None) -> Section:
    kinds = {kind for kind, _ in tokens}
    return Section(tuple(tokens), condition, bool(kinds & {"date", "elapsed", "half"}), "general" in kinds, "digit" in kinds)


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format code."""
    parts: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, words = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
        if kind == "other" and words == ";":
            parts.append([])
            conditions.append(None)
        elif kind == "bracket" and (limit := _CONDITION.fullmatch(words)):
            conditions[-1] = limit["sign"], Decimal(limit["bound"])
        else:
            parts[-1] += _tokens(kind, words)
    return tuple(_section(part, condition) for part, condition in zip(parts, conditions, strict=True))


def _tokens(kind: str, words: str) -> list[Token]:
    if kind == "bracket":
        if re.fullmatch("h+|m+|s+", words, re.IGNORECASE):
            return [("elapsed", words.lower())]
        return [("text", words[1:].split("-", maxsplit=1)[0])] if words.startswith("$") else []
    if kind in ("quoted", "escaped", "other"):
        return [("text", words)] if words else []
    return [(kind, words.lower() if kind == "date" else words)] if kind else []


def shown(value: float, code: str, date1904: bool = False) -> str:
    """What a number shows.

    Args:
        value: as stored; a day is 1, counted from 1900 (with its 29 February) or from 1904.
        code: the format code (`#,##0.00`, `yyyy"年"m"月"`).
        date1904: whether days are counted from 1904.

    Returns:
        The text, "" where the format hides the number.
    """
    if code in ("", "General"):
        return general(value)
    parts = sections(code)
    section, signed = _chosen(parts, value)
    if section is None:
        return ""
    if section.timed:
        return _time(value, section, date1904)
    if section.plain or (not section.tokens and len(parts) == 1):
        plain = general(value if signed else abs(value))
        return "".join(plain if kind == "general" else words for kind, words in section.tokens or (("general", ""),))
    if not section.counted:
        words = "".join(general(value) if words == "@" else words for _, words in section.tokens)
        return words.strip()
    size = Decimal(repr(float(value)))
    text = _number(abs(size), section)
    unmarked = size < 0 and not signed and not any(mark in text for mark in "-(（负△▲")
    return f"-{text}" if re.search("[1-9]", text) and size < 0 and (signed or unmarked) else text


def shown_text(value: str, code: str) -> str:
    """What a text shows: itself, within the words of the format's fourth section; "" where the format hides it."""
    if code in ("", "General", "@"):
        return value
    parts = sections(code)
    section = parts[3] if len(parts) > 3 else next((part for part in parts if ("mark", "@") in part.tokens and not part.counted), None)
    return value if section is None else "".join(value if words == "@" else words for _, words in section.tokens)


def _chosen(parts: tuple[Section, ...], value: float) -> tuple[Section | None, bool]:
    """The section for a number, and whether its minus is to be written before it."""
    numeric = parts[:3]
    if any(part.condition for part in numeric):
        return _by_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


def _by_condition(parts: tuple[Section, ...], value: float) -> tuple[Section | None, bool]:
    compare: dict[str, Callable[[Decimal, Decimal], bool]] = {
        "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
        "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
    }  # fmt: skip
    size = Decimal(repr(float(value)))
    for place, part in enumerate(parts):
        sign, bound = part.condition or (("<", Decimal(0)) if place == 1 and len(parts) > 2 else ("", Decimal(0)))
        if not sign or (sign in compare and compare[sign](size, bound)):
            return part, not (sign.startswith("<") and bound <= 0)
    return None, True


def general(value: float) -> str:
    """A number without a format: at most eleven characters, a whole number with all of its digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    size = Decimal(repr(float(value)))
    if not 1e-9 <= abs(value) < 1e11:
        return f"{size:.5E}".replace("E-0", "E-").replace("E+0", "E+")
    whole = len(str(int(abs(value))))
    places = max(0, 10 - whole)
    text = f"{size.quantize(Decimal(1).scaleb(-places), context=_EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(size: Decimal, section: Section) -> str:
    tokens = list(section.tokens)
    exponent = any(kind == "exponent" for kind, _ in tokens)
    if ("mark", "/") in tokens and not exponent:
        return _fraction(size, tokens)
    size = size.scaleb(2 * sum(words == "%" for kind, words in tokens if kind == "mark"), context=_EXACT)
    if exponent:
        return _scientific(size, tokens)
    tokens, thousands, grouped = _commas(tokens)
    size = size.scaleb(-3 * thousands, context=_EXACT)
    point = next((i for i, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    before, behind = tokens[:point], tokens[point + 1 :]
    places = sum(kind == "digit" for kind, _ in behind)
    whole, _, part = f"{size.quantize(Decimal(1).scaleb(-places), context=_EXACT):f}".partition(".")
    decimals = _decimals(part, behind)
    dot = "." if point < len(tokens) and decimals[:1].isdigit() else ""
    return f"{_whole(whole.lstrip('0'), before, grouped)}{dot}{decimals}".strip()


def _commas(tokens: list[Token]) -> tuple[list[Token], int, bool]:
    """Tokens without commas, how often the number is divided by a thousand, and whether its thousands are parted."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    last = places[-1] if places else 0
    point = next((i for i, token in enumerate(tokens) if token == ("mark", ".")), None)
    last_whole = max((i for i in places if point is None or i < point), default=0)
    commas = [i for i, token in enumerate(tokens) if token == ("mark", ",")]
    grouped = any(places and places[0] < i < last_whole for i in commas)
    thousands = sum(i > last or (point is not None and last_whole < i < point) for i in commas)
    return [token for token in tokens if token != ("mark", ",")], thousands, grouped


def _whole(digits: str, tokens: list[Token], grouped: bool) -> str:
    """Digits of the whole part, from the right, in the places for them, with what stands between them."""
    left = next((i for i, (kind, _) in enumerate(tokens) if kind == "digit"), None)
    if left is None:
        return "".join(words for _, words in tokens) + digits
    made: list[str] = []
    rest, count = digits, 0
    for place in range(len(tokens) - 1, -1, -1):
        kind, words = tokens[place]
        if kind != "digit":
            made.append(words)
            continue
        taken = rest if place == left else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        for digit in reversed(taken or {"0": "0", "?": " "}.get(words, "")):
            if grouped and count and count % 3 == 0 and digit.isdigit():
                made.append(",")
            made.append(digit)
            count += 1
    return "".join(reversed(made))


def _decimals(digits: str, tokens: list[Token]) -> str:
    """Digits behind the point in the places for them; trailing zeros fall where the format does not ask for them."""
    made, places = [], iter(digits)
    asked = [words for kind, words in tokens if kind == "digit"]
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and asked[kept - 1] != "0":
        kept -= 1
    for number, (kind, words) in enumerate(tokens):
        if kind == "digit":
            digit = next(places, "")
            made.append(digit if sum(k == "digit" for k, _ in tokens[: number + 1]) <= kept else "")
        else:
            made.append(words)
    return "".join(made)


def _scientific(size: Decimal, tokens: list[Token]) -> str:
    """`1.23E+05`; several places before the point make the exponent a multiple of their count."""
    at = next(i for i, (kind, _) in enumerate(tokens) if kind == "exponent")
    mantissa = [token for token in tokens[:at] if token != ("mark", ",")]
    point = next((i for i, token in enumerate(mantissa) if token == ("mark", ".")), at)
    step = max(1, sum(kind == "digit" for kind, _ in mantissa[:point]))
    places = sum(kind == "digit" for kind, _ in mantissa[point:])
    power = 0 if size == 0 else size.adjusted() // step * step
    scaled = size.scaleb(-power, context=_EXACT).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    if scaled >= Decimal(10) ** step:
        power, scaled = power + step, scaled.scaleb(-step)
    digits = sum(kind == "digit" for kind, _ in tokens[at:])
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    return f"{scaled:.{places}f}E{sign}{abs(power):0{digits}d}"


def _fraction(size: Decimal, tokens: list[Token]) -> str:
    """`2 1/4` of `# ?/?`, `9/4` of `?/?`, `2 2/8` of `# ?/8`."""
    at = tokens.index(("mark", "/"))
    fixed = re.match(r"\d+", "".join(words for _, words in tokens[at + 1 :]).strip())
    places = sum(kind == "digit" for kind, _ in tokens[at + 1 :])
    bottom = int(fixed[0]) if fixed and int(fixed[0]) else 0
    exact, most = Fraction(size), max(1, 10 ** min(places, 4) - 1)
    near = Fraction(round(exact * bottom), bottom) if bottom else exact.limit_denominator(most)
    mixed = sum(kind == "digit" and (i == 0 or tokens[i - 1][0] != "digit") for i, (kind, _) in enumerate(tokens[:at])) > 1
    whole = int(near) if mixed else 0
    top = (near - whole) * (bottom or near.denominator)
    under = bottom or near.denominator
    return (f"{whole} " if whole and top else str(whole) if mixed and not top else "") + (f"{int(top)}/{under}" if top or not mixed else "")


def moment(value: float, date1904: bool = False) -> dt.datetime | None:
    """The day and time of a serial, None where it is none."""
    serial = value + 1462 if date1904 else value
    if not 0 <= serial < LAST_DAY + 1:
        return None
    days = int(serial)
    base = dt.datetime(1899, 12, 31) if days < 60 and not date1904 else dt.datetime(1899, 12, 30)  # 1900 was no leap year
    try:
        return base + dt.timedelta(days=days, milliseconds=round((serial - days) * 86_400_000))
    except OverflowError:
        return None


def _time(value: float, section: Section, date1904: bool) -> str:
    when = moment(abs(value) if any(kind == "elapsed" for kind, _ in section.tokens) else value, date1904)
    if when is None:
        return general(value)
    parts = list(_units(section))
    if ("half", "上午/下午") in parts:
        parts = [("h12" if unit == "h" else unit, words) for unit, words in parts]
    units = {unit for unit, _ in parts if unit}
    seconds = round(value * 86_400)
    timed = "elapsed" in units or not units & set("ymd")
    if timed or any(not unit and _HAN.search(words) for unit, words in parts):
        return "".join(_field(unit, words, when, seconds) for unit, words in parts).strip()
    return _iso(when, units)


def _iso(when: dt.datetime, units: set[str]) -> str:
    """A date to the day, month or year that is shown, with the time where it is."""
    day = when.strftime("%Y-%m-%d") if "d" in units else when.strftime("%Y-%m" if "m" in units else "%Y")
    day = day.rjust(10 if "d" in units else 7 if "m" in units else 4, "0")
    return day + when.strftime(" %H:%M:%S" if "s" in units else " %H:%M") if units & {"h", "h12"} else day


def _units(section: Section) -> Iterator[Token]:
    """Tokens as units (`y`, `m`, `d`, `h`, `M` for minutes, `s`, `w` for the day of the week, `half`, `elapsed`) and their words."""
    dates = [i for i, (kind, _) in enumerate(section.tokens) if kind in ("date", "elapsed")]
    for place, (kind, words) in enumerate(section.tokens):
        if kind not in ("date", "elapsed", "half"):
            yield "", "" if words == "@" else words
            continue
        unit = kind if kind != "date" else {"e": "y", "b": "y", "a": "w", "g": "era"}.get(words[0], words[0])
        if unit == "m":
            nth = dates.index(place)
            before = section.tokens[dates[nth - 1]][1][0] if nth else ""
            after = section.tokens[dates[nth + 1]][1][0] if nth + 1 < len(dates) else ""
            unit = "M" if len(words) < 3 and (before == "h" or after == "s") else "m"
        yield ("w" if unit == "d" and len(words) > 2 else unit), words


def _field(unit: str, words: str, when: dt.datetime, seconds: int) -> str:  # noqa: PLR0911  # a line for each unit
    """One unit of a date or time; a year has four digits whatever the format asks, so that it stays one."""
    wide = 2 if len(words) > 1 else 1
    match unit:
        case "y":
            return f"{when.year:04d}"
        case "m":
            return f"{when.month:0{wide}d}"
        case "d":
            return f"{when.day:0{wide}d}"
        case "w":
            return ("星期" if len(words) > 3 else "") + _WEEKDAYS[when.weekday()]
        case "h":
            return f"{when.hour:0{wide}d}"
        case "h12":
            return f"{(when.hour - 1) % 12 + 1:0{wide}d}"
        case "M":
            return f"{when.minute:0{wide}d}"
        case "s":
            return f"{when.second:0{2 if words.startswith('ss') else 1}d}"
        case "half":
            return ("上午", "下午")[when.hour >= 12] if words == "上午/下午" else ""
        case "elapsed":
            return str(abs(seconds) // {"h": 3600, "m": 60, "s": 1}[words[0]])
        case "era":
            return ""
    return words


def truth(holds: bool) -> str:
    """A truth as a cell shows it: `是` or `否`."""
    return lexicon.word("table_lines", "true" if holds else "false")
