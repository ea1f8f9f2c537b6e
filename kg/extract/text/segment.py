"""Text to sentences, each with the headings above it.

A copy of a report often loses its line breaks, so a heading (`一、…`, `(一)…`, `一是…。`) may stand on one line with
the text before it and behind it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise, zip_longest

from kg.extract.text.particles import ABOUT, YEAR
from kg.extract.text.repair import repaired, repairs
from kg.lexicon import any_word, pattern, word_pattern
from kg.model import Document, Span
from kg.read.html_metadata import is_chrome

# One character for one, so that offsets stay: full-width forms to ASCII, all kinds of dashes and quotes to one.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FROM, _TO = "\u3000〜～—–－―−‐〔〕［］「」『』〈〉﹪", " --------()()“”“”《》%"
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?[”』」\")]*")

MAX_SENTENCE = 2_000
"""Longest stretch treated as one sentence; a longer one (a table pasted as text) is cut at a mark before, or where it has none here."""
_MARKS = (";", ",", "、", ":", " ", "\t")
"""Where a stretch that is too long is cut, the best first."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` is folded (half-width punctuation), one character for each of the document's.

    `headings` are those above it, outermost first; `planned` is set under a heading that speaks of intentions; `year` is
    the last that the report tells of, None where its title names none. `goes_on` is set where it was cut for its length;
    `lead` holds what stands before a bracket that is open where such a cut lets it begin. `opens` is set where it begins a line.
    """

    span: Span
    text: str
    headings: tuple[str, ...] = ()
    heading: bool = False
    planned: bool = False
    year: int | None = None
    lead: str = ""
    goes_on: bool = False
    opens: bool = False

    def span_of(self, start: int, end: int) -> Span:
        """Span in the document of `text[start:end]`."""
        return Span(self.span.start + start, self.span.start + end)


@cache
def _folding() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """What is folded, and what becomes of it: most characters of a text stay as they are, and a pattern passes them faster than a table."""
    plain = {mark: mark.translate(_WIDE) for mark in map(chr, _WIDE)} | dict(zip(_FROM, _TO, strict=True))
    return re.compile(f"[{re.escape(''.join(plain))}]"), lambda mark: plain[mark[0]]


def fold(text: str) -> str:
    """Text with full-width forms, dashes and quotes made one kind each, character for character."""
    pattern, folded = _folding()
    return pattern.sub(folded, text)


def paired_quotes(text: str) -> str:
    """Straight quotes to opening and closing ones, in lines that have them in pairs."""
    if '"' not in text:
        return text
    return "\n".join(_paired(line) if line.count('"') % 2 == 0 else line for line in text.split("\n"))


def _paired(line: str) -> str:
    pieces = line.split('"')
    return "".join(piece + mark for piece, mark in zip_longest(pieces, "“”" * (len(pieces) // 2), fillvalue=""))


def sentences(document: Document, told: Sequence[Span] = ()) -> list[Sentence]:
    """Sentences of a document in reading order, headings among them, without the rows that are `told` already."""
    folded = fold(document.text)
    folded = _without(paired_quotes(repaired(folded, repairs(folded))), told)
    intends = word_pattern("planned_headings")
    opens = re.compile(rf"(?:{intends.pattern})[\u4e00-\u9fff]{{0,4}}[:,]")
    found: list[Sentence] = []
    path: dict[int, str] = {}
    title = stated_title(document)
    year = told_year(title)
    only_plans = tells_plans(title)
    for span in _pieces(folded, title):
        text = folded[span.start : span.end]
        level = _level(text)
        later = pattern("later").match(text)
        if opening := opens.match(text):  # 下一步打算: opens a part of plans in the midst of a paragraph
            path = {1: opening[0]}
        elif later and not level and year and int(later["year"]) > year:  # 2023年,我们将… in a report of 2022
            path = {1: later[0]}
        elif level:
            path = {depth: words for depth, words in path.items() if depth < level}
            path[level] = text.strip().rstrip("。")
        above = tuple(path[depth] for depth in sorted(path))
        found.append(
            Sentence(
                span,
                text,
                above,
                heading=_is_heading(text, level, not found and re.sub(r"\s", "", text) == re.sub(r"\s", "", title)),
                planned=only_plans or any(intends.search(words) or _years_of(words, year) for words in above),
                year=year,
                lead=_lead(found[-1]) if found else "",
                goes_on=_goes_on(folded, span),
                opens=not found or "\n" in folded[found[-1].span.end : span.start],
            )
        )
    return found


def _goes_on(text: str, span: Span) -> bool:
    """Whether a stretch ends where it was cut for its length."""
    return (
        span.end - span.start >= MAX_SENTENCE // 2 and span.end < len(text) and text[span.end] != "\n" and text[span.end - 1] not in _STOPS
    )


_STOPS = "。!?"
_LEAD = 24
"""Characters before an open bracket that tell what stands in it."""


def _lead(before: Sentence) -> str:
    """What stands before the bracket that is still open behind a sentence cut for its length, with the bracket; else ""."""
    words = before.lead + before.text if before.goes_on else ""
    opening = words.rfind("(")
    return words[max(0, opening - _LEAD) : opening + 1] if opening > words.rfind(")") else ""


@cache
def _only_plans() -> re.Pattern[str]:
    before, plans = (any_word("report_words", role) for role in ("planned", "plans"))
    return re.compile(rf"(?:{before})?(?:{plans})(?:\([^()]*\))?$")


def tells_plans(title: str) -> bool:
    """Whether a title is that of plans alone: `2023年工作要点`, but not `2022年工作总结和2023年工作打算`."""
    return _only_plans().search(title) is not None and not word_pattern("report_words", "reports").search(title)


def told_year(title: str) -> int | None:
    """The last year of the time that a title says it reports on: 2021 for `2021年工作总结和2022年工作打算`."""
    reported = word_pattern("report_words", "reports").search(title)
    years = re.findall(rf"20\d{{2}}(?={YEAR}|-20)", title[: reported.end()] if reported else title)
    return int(years[-1]) if years else None


def _years_of(heading: str, year: int | None) -> bool:
    """Whether a heading speaks of a year after that of the report: `二、2022年重点工作`."""
    return year is not None and any(int(one) > year for one in re.findall(rf"20\d{{2}}(?={YEAR})", heading))


def bare_title(title: str) -> str:
    """A title without the date stamp that a file's name adds: `…工作要点(20230823)`."""
    return pattern("stamp_behind").sub("", fold(title)).strip()


def stated_title(document: Document) -> str:
    """The title that a document gives itself: its own, or its first line; "" where neither is one."""
    starts_with_table = bool(document.rows) and document.rows[0].span.start == 0
    return bare_title(document.title) or ("" if starts_with_table else first_line(document.text))


_LONG = 100
"""Characters of a line that no title has."""
_SITE_LINES = 12
"""Lines at a text's beginning that may be a site's."""
_OFFICE = 24
"""Characters of an office's name that stands on a line of its own above the rest of a title."""


def first_line(text: str) -> str:
    """The first line of a text of several (or the first two, where an office's name stands alone), if no sentence: a title.

    Lines of a site before it, which a copy of a page brings along, are none.
    """
    told = (fold(line[:_LONG]).strip() for line in text.strip().split("\n", _SITE_LINES)[:_SITE_LINES])
    lines = list(islice((line for line in told if line and not is_chrome(line)), 2))
    if len(lines) < 2:
        return ""
    if len(lines[0]) <= _OFFICE and pattern("office_line").search(lines[0]) and re.match(rf"(?:{ABOUT})?20\d{{2}}", lines[1]):
        lines[0] += lines[1] if len(lines[1]) <= 60 else ""
    elif pattern("subtitle").fullmatch(lines[1]):
        lines[0] += lines[1]
    return lines[0] if len(lines[0]) <= 60 and not re.search("[。;]", lines[0]) else ""


def _without(text: str, told: Sequence[Span]) -> str:
    """A text of the same length in which line feeds, which no sentence holds, stand for some of its stretches."""
    pieces, at = [], 0
    for row in told:
        pieces += [text[at : row.start], "\n" * (row.end - row.start)]
        at = row.end
    return "".join([*pieces, text[at:]]) if pieces else text


def _pieces(text: str, title: str) -> Iterator[Span]:
    """Stretches that hold one sentence or heading each, white space at their ends left out."""
    lead = len(text) - len(text.lstrip())
    stated = re.match(r"\s*".join(map(re.escape, re.sub(r"\s", "", title))), text[lead:]) if title else None
    start = lead + stated.end() if stated else 0
    if start:
        yield Span(lead, start)
    for match in _SENTENCE.finditer(text, start):
        cuts = [match.start()]
        body = match[0]
        for split in (pattern("run_together"), pattern("inline_section")):
            cuts += [match.start() + m.start() for m in split.finditer(body)]
        for begin, end in pairwise(_bounded(text, sorted({*cuts, match.end()}))):
            piece = text[begin:end]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                yield Span(begin + lead, begin + lead + len(piece.strip()))


def _bounded(text: str, cuts: list[int]) -> list[int]:
    """Cuts with further ones wherever two are more than `MAX_SENTENCE` apart: behind a mark in the second half of that, if one is there."""
    found = cuts[:1]
    for cut in cuts[1:]:
        while cut - found[-1] > MAX_SENTENCE:
            half, end = found[-1] + MAX_SENTENCE // 2, found[-1] + MAX_SENTENCE
            found.append(next((at + 1 for mark in _MARKS if (at := text.rfind(mark, half, end)) >= 0), end))
        found.append(cut)
    return found


def _level(text: str) -> int:
    """1 for `一、`, 2 for `(一)`, 3 for `一是` and `1.`, 0 for no numbered heading."""
    match = pattern("heading").match(text)
    return 0 if match is None else (1 if match["one"] else 2 if match["two"] else 3)


def _is_heading(text: str, level: int, is_title: bool) -> bool:
    """A title, a numbered line without a full stop, or a short `一是…。` that states no figure."""
    if is_title:
        return True
    if level in (1, 2):
        return not text.rstrip().endswith(("。", ";")) and len(text) <= 60
    return level == 3 and len(text) <= 45 and not re.search(r"[\dX*《]", text) and "," not in text


def part_start(text: str, at: int) -> int:
    """Where the part of a sentence between ; and 。 begins that holds what stands at `at`."""
    semicolon = text.rfind(";", 0, at)
    stop = text.rfind("。", 0, at)
    return (semicolon if semicolon > stop else stop) + 1


def clause_start(text: str, at: int) -> int:
    """Where the clause begins that holds what stands at `at`."""
    return max(part_start(text, at), text.rfind(",", 0, at) + 1)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between marks."""

    start: int
    end: int
    text: str


_STOP = r"[,;。!?](?:(?<!\d.)|(?!\d{3}))"
_CLAUSE = re.compile(f"{_STOP}(?:{_STOP})*")


def clauses(text: str) -> list[Clause]:
    """Clauses of a folded sentence (a comma inside a number does not split)."""
    found, at = [], 0
    for match in _CLAUSE.finditer(text):
        if match.start() > at:
            found.append(Clause(at, match.start(), text[at : match.start()]))
        at = match.end()
    if at < len(text):
        found.append(Clause(at, len(text), text[at:]))
    return found
