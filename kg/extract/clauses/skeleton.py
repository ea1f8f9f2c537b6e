"""A sentence without its names: what a word outside of them, and outside of brackets, may be found in."""

import re
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.lexicon import any_word, pattern_text, word_pattern

NAME, ASIDE = "\x01", "\x02"
"""What stands for each character of a name, and for each of a quotation mark or of what a bracket holds."""
_QUOTES = re.compile('[“”"‘’]')


def skeleton(read: Read) -> str:
    """Text of the same length in which no word of a name or of a bracket is found."""
    text = _QUOTES.sub(ASIDE, read.text)
    chars = list(text)
    for mention in read.mentions:
        chars[mention.start : mention.end] = NAME * (mention.end - mention.start)
    for outer, inner in pairwise(read.mentions):
        if outer.type == "Place" and inner.type in ("Place", "Park") and outer.end == inner.start:
            chars[outer.start : outer.end] = ASIDE * (outer.end - outer.start)  # 甲市乙区: what is said is said of the nearer
    for mention in read.mentions:
        shut = mention.type in lexicon.classes("work") and _SHUT.search(read.text, mention.end - 1, mention.end + 1)
        kind = _kinds().match(text, mention.end) if shut else None
        if kind:
            chars[kind.start() : kind.end()] = ASIDE * (kind.end() - kind.start())
    bare = "".join(chars)
    signers = [match.span() for match in _signers().finditer(bare)] if word_pattern("clause_words", "signs").search(bare) else []
    for start, end in [*brackets(bare), *signers]:
        chars[start:end] = ASIDE * (end - start)
    return "".join(chars)


def brackets(text: str) -> list[tuple[int, int]]:
    """Outermost brackets of a text, those that nothing closes left out."""
    if "(" not in text:
        return []
    found, opened = [], []
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if not opened:
                found.append((start, match.end()))
    return found


_BRACKET = re.compile("[()]")


_SHUT = re.compile("[”》’]")


@cache
def _kinds() -> re.Pattern[str]:
    """What a thing in quotes is called behind them: `“甲”项目`, `《乙》发明专利`."""
    return re.compile(rf"{ASIDE}*{any_word('clause_words', 'called')}(?=[,{ASIDE}]|{any_word('clause_words', 'filler', 'taken')})")


@cache
def _signers() -> re.Pattern[str]:
    """Who signs for an office or firms: `9家企业代表分别与副市长王某、甲区管委会主任李某签订…` tells of the firms and the office."""
    titled = pattern_text("signer") + pattern_text("signer_person")
    signs = rf"[^,;。]{{0,60}}?{any_word('clause_words', 'signs')}"
    return re.compile(rf"{any_word('clause_words', 'stands_for')}(?={pattern_text('standing_with')}{signs})|(?:{titled}、?)+(?={signs})")


def outside(text: str, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Mentions that no bracket holds, in order."""
    return [mention for mention in mentions if text[mention.start] == NAME]
