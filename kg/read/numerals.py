"""Numbers in the forms that Word prints before paragraphs (`w:numFmt`; ISO/IEC 29500-1, 17.18.59)."""

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_COUNTED = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
    (4, "IV"), (1, "I"),
)  # fmt: skip


def printed(number: int, form: str) -> str:  # noqa: PLR0911  # one return a form
    """A number in the form that a list asks for; forms that Chinese offices do not use stay digits."""
    if form in _COUNTED:
        return _counted(number, _DIGITS, "十百千", short=True)
    if form == "chineseLegalSimplified":
        return _counted(number, _FORMAL, "拾佰仟", short=False)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return str(number).translate(str.maketrans("0123456789", _DIGITS))
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[number - 1] if 1 <= number <= len(signs) else str(number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        times, letter = divmod(number - 1, 26)
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + letter) * (times + 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 3999:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return str(number).zfill(2) if form == "decimalZero" else str(number)


def _counted(number: int, digits: str, units: str, short: bool) -> str:
    """`一百零三` for 103, up to 9999; `short` drops the one before the ten of 10 to 19."""
    if not 0 < number < 10000:
        return str(number) if number else digits[0]
    text, gap = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + (units[power - 1] if power else "")
        gap = not digit
    return text[1:] if short and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        text += sign * times
    return text
