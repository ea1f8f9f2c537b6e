"""Lines of an RTF file where LibreOffice is not there to read it (Rich Text Format 1.9.1)."""

import re
from dataclasses import replace

from kg.errors import ReadError
from kg.model import Document
from kg.read.archive import brief
from kg.read.clean import Raw, document
from kg.read.spacing import unspaced

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z']|[{}]|[^\\{}]+")
_UNSEEN = frozenset({"deleted", "v", "strike", "striked"})
"""What takes words out of the text: a tracked deletion, hidden words, struck-through ones (once or twice)."""
_MAX_DEPTH = 2_000


def rtf_lines(raw: Raw) -> Document:
    """Lines of an RTF file without the numbers of its lists; the cells of a table's row stand in one line.

    Raises:
        ReadError: a broken file, or one nested beyond the limit.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  # loads only where LibreOffice is not there

    seen, left = _seen(raw, raw.data.decode("latin-1"))
    try:
        words = str(rtf_to_text(seen, errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:  # striprtf lets errors of codecs and of its own through
        raise ReadError(f"{raw.path} is a broken RTF file ({brief(error)}). Save it again as .docx.") from error
    lines = (unspaced(re.sub(r"\|$", "", line.strip()).replace("|", "\t")) for line in words.splitlines())
    name = raw.path.name
    remarks = [f"{name}: read without LibreOffice: tables as lines, lists without numbers."]
    if left:
        remarks.append(f"{name}: {left} deleted, hidden or struck-through stretches were left out.")
    return replace(document(raw, "application/rtf", "\n".join(filter(None, lines))), remarks=tuple(remarks))


def _seen(raw: Raw, source: str) -> tuple[str, int]:
    """The file without the words that are not seen, and how many stretches of them there were."""
    kept: list[str] = []
    states: list[frozenset[str]] = [frozenset()]
    left, before = 0, False
    for token in _TOKEN.finditer(source):
        word, number = token[1], token[2]
        state = states[-1]
        if token[0] == "{":
            if len(states) > _MAX_DEPTH:
                raise ReadError(f"{raw.path} nests more than {_MAX_DEPTH:,} groups and is no RTF that a program wrote. Save it again.")
            states.append(state)
        elif token[0] == "}":
            states[-1:] = [] if len(states) > 1 else [state]
        elif word in _UNSEEN:
            states[-1] = state - {word} if number == "0" else state | {word}
        elif word == "plain":
            states[-1] = frozenset()
        elif state and (word in (None, "u", "tab", "line") and token[0].strip("\r\n")):
            left += not before
            before = True
            continue
        elif not state and word is None:
            before = False
        kept.append(token[0])
    return "".join(kept), left
