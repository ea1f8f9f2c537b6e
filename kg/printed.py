"""Text of others where it is shown: on a terminal, which obeys control characters, in a spreadsheet, which evaluates formulas, in XML."""

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters but tab and line feed, what turns the direction of text, ends of line that are not seen, halves of characters."""
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(
    r"[\s\x01-\x20\x7f-\xa0\xad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]*[=+@|\-\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\t\r]"
)
"""What programs take for a formula or skip before one: `=`, `+`, `-`, `@`, `|` in all widths behind what cannot be seen."""


def printable(text: str) -> str:
    """Text in which characters that a terminal would obey stand as `\\u001b`; JSON stays JSON of the same content."""
    return _CONTROL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def defused(cell: str) -> str:
    """A cell of text with an apostrophe before what a spreadsheet would take for a formula (OWASP, CSV Injection), without zero bytes."""
    plain = cell.replace("\0", "")
    return f"'{plain}" if _FORMULA.match(plain) else plain


def xml_text(text: str) -> str:
    """Text without the characters that XML 1.0, and so no Office file, can hold."""
    return _NOT_XML.sub("", text)
