"""Lines of an RTF file where LibreOffice does not read it (Rich Text Format 1.9.1)."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, document
from kg.read.spacing import unspaced

_TOKEN = re.compile(rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z']))|([{}])|([^\\{}\r\n]+)|[\r\n]+")
_UNSEEN = frozenset({"deleted", "v", "strike", "striked"})
"""What takes words out of the text: a tracked deletion, hidden words, struck-through ones (once or twice)."""
_PASSED = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
        "pict", "objdata", "fldinst", "annotation", "atnid", "atnauthor", "atnref", "atndate", "sp", "shprslt", "nonshppict", "xe", "tc",
        "rxe", "bkmkstart", "bkmkend", "datafield", "nonesttables", "revtbl", "listtable", "listoverridetable", "ftnsep", "ftnsepc",
        "aftnsep", "listpicture", "filetbl", "pgdsctbl", "private", "pnseclvl", "ud", "datastore", "themedata", "xmlnstbl", "fontemb",
        "falt", "panose",
    )
)  # fmt: skip
"""Groups that hold no text of the document."""
_OPENED = frozenset({"shptxt", "pn", "shpinst", "listtext", "pntext"})
"""Groups that hold text though they may be marked to be passed over (`\\*`)."""
_SIGNS = {
    "par": "\n", "sect": "\n", "page": "\n", "line": "\n", "row": "\n", "nestrow": "\n", "cell": "\t", "nestcell": "\t", "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_MAX_DEPTH = 2_000


def rtf_lines(raw: Raw) -> Document:
    """Lines of an RTF file; the cells of a table's row stand in one line, footnotes where they are referred to.

    Raises:
        ReadError: no text, or nested beyond the limit.
    """
    reader = _Reader(raw)
    text = reader.text()
    lines = (unspaced(line.strip()) for line in text.split("\n"))
    name = raw.path.name
    remarks = [f"{name}: read without LibreOffice: tables as lines."]
    if left := reader.left:
        remarks.append(f"{name}: {left} deleted, hidden or struck-through stretches were left out.")
    return replace(document(raw, "application/rtf", "\n".join(filter(None, lines))), remarks=tuple(remarks))


@dataclass(frozen=True, slots=True)
class _State:
    """What a group changes and gives back when it ends."""

    passed: bool = False
    unseen: frozenset[str] = frozenset()
    fallback: int = 1
    font: int = -1
    fonts: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads a file once, from its beginning."""

    raw: Raw
    left: int = 0
    page: str = "cp1252"
    states: list[_State] = field(default_factory=lambda: [_State()])
    charsets: dict[int, int] = field(default_factory=Counter)
    pieces: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    passing: int = 0
    fresh: bool = False
    starred: bool = False
    in_table: bool = False
    unseen_before: bool = False

    def text(self) -> str:
        """All text, lines apart by line feeds.

        Raises:
            ReadError: too many groups within each other.
        """
        at, data = 0, self.raw.data
        while found := _TOKEN.match(data, at):
            at = found.end()
            word, number, code, sign, brace, words = found.groups()
            if brace:
                self._brace(brace == b"{")
            elif word:
                at += self._word(word.decode("ascii"), None if number is None else int(number))
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif sign:
                self._sign(sign)
            elif words:
                self._bytes(words)
        self._flush()
        return "".join(self.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")

    @property
    def state(self) -> _State:
        """State of the innermost group."""
        return self.states[-1]

    def _set(self, **changes: object) -> None:
        self._flush()
        self.states[-1] = replace(self.states[-1], **changes)  # type: ignore[arg-type]

    def _brace(self, opens: bool) -> None:
        self._flush()
        self.fresh, self.starred, self.passing = opens, False, 0
        if not opens:
            self.states[-1:] = [] if len(self.states) > 1 else [self.state]
            return
        if len(self.states) > _MAX_DEPTH:
            raise ReadError(f"{self.raw.path} nests more than {_MAX_DEPTH:,} groups and is no RTF that a program wrote. Save it again.")
        self.states.append(self.state)

    def _word(self, word: str, number: int | None) -> int:
        """Do what a control word says; how many bytes after it are data."""
        starred, fresh = self.starred, self.fresh
        self.starred = self.fresh = False
        if word == "bin":
            return max(number or 0, 0)
        if fresh and (word in _PASSED or (starred and word not in _OPENED)):
            self._set(passed=True, fonts=word == "fonttbl")
        elif word == "shptxt":
            self._set(passed=False)
        elif word in _UNSEEN:
            self._set(unseen=self.state.unseen - {word} if number == 0 else self.state.unseen | {word})
        elif word == "plain":
            self._set(unseen=frozenset())
        elif word == "u" and number is not None:
            self._flush()
            self._say(chr(number & 0xFFFF))
            self.passing = self.state.fallback
        elif word in _SIGNS:
            self._flush()
            self._say(" " if word == "par" and self.in_table else _SIGNS[word])
        else:
            self._set_up(word, number)
        return 0

    def _set_up(self, word: str, number: int | None) -> None:
        """Encodings, and whether a paragraph stands in a table."""
        if word == "uc":
            self._set(fallback=min(max(number or 0, 0), 10))
        elif word in ("f", "af") and number is not None:
            self._set(font=number)
        elif word == "fcharset" and self.state.fonts and number is not None:
            self.charsets[self.state.font] = number
        elif word == "ansicpg" and number is not None:
            self.page = _codec(f"cp{number}") or self.page
        elif word in ("mac", "pc", "pca"):
            self.page = {"mac": "mac_roman", "pc": "cp437"}.get(word, "cp850")
        elif word in ("intbl", "pard"):
            self.in_table = word == "intbl"

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in b"{}\\":
            self._bytes(sign)
        elif sign in b"~_\r\n":
            self._flush()
            self._say({b"~": " ", b"_": "-"}.get(sign, "\n"))

    def _bytes(self, words: bytes) -> None:
        """Words in the encoding of the font; the fallback of a character of Unicode is passed over."""
        fallback = min(self.passing, len(words))
        self.passing -= fallback
        if not self.state.passed:
            self.pending += words[fallback:]

    def _flush(self) -> None:
        if self.pending:
            words, self.pending = bytes(self.pending), bytearray()
            self._say(self._decoded(words))

    def _decoded(self, words: bytes) -> str:
        own = _CHARSETS.get(self.charsets.get(self.state.font, 0), self.page)
        for codec in dict.fromkeys((own, self.page)):
            try:
                return words.decode("gb18030" if codec in ("cp936", "gbk") else codec)
            except UnicodeDecodeError:
                continue
        return words.decode(own, "replace")

    def _say(self, words: str) -> None:
        if self.state.passed:
            return
        if not self.state.unseen:
            self.pieces.append(words)
        elif words.strip():
            self.left += not self.unseen_before
        self.unseen_before = bool(self.state.unseen) and (self.unseen_before or bool(words.strip()))


def _codec(name: str) -> str:
    """A codec that Python knows, or ""."""
    try:
        return codecs.lookup("gb18030" if name == "cp936" else name).name
    except LookupError:
        return ""
