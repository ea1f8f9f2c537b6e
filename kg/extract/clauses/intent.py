"""Whether a text intends what it says, or tells it as done."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.names.mentions import Read
from kg.extract.text.particles import TO, YEAR
from kg.extract.text.prefix import Prefixes
from kg.extract.text.segment import clause_start, part_start
from kg.lexicon import pattern, pattern_text


@cache
def intent_words() -> re.Pattern[str]:
    """Words of intention; 计划 is a verb before another verb or a time, and a noun in 人才计划, 研发计划项目."""
    words, nouns = lexicon.words("verbs", "intent"), lexicon.words("verbs", "plan")
    own = lexicon.mapping("clause_patterns", "pattern")
    verbs = "|".join(own.get(f"intent {word}", word) for word in words if word not in nouns)
    firsts = "".join(sorted({word[0] for word in words}))  # most characters begin none: they are passed at once
    told = rf"{pattern_text('intends_not_behind')}(?:{verbs}){pattern_text('intends_not_before')}"
    return re.compile(rf"(?=[{firsts}{TO}])(?:{told}|{pattern_text('plan')}|{pattern_text('by_year')})")


@cache
def _done() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d{YEAR})(?:{'|'.join(lexicon.words('verbs', 'done'))}){pattern_text('done_not_before')}")


@dataclass(frozen=True, slots=True)
class Said:
    """Where a sentence speaks of intentions, and of what is done; behind `agenda` all is intended."""

    intents: Prefixes
    done: Prefixes
    agenda: int


@lru_cache(maxsize=512)
def _said(text: str, year: int | None) -> Said:
    def meant(word: re.Match[str]) -> bool:
        return not word["year"] or (year is not None and int(word["year"]) > year)

    agenda = min(
        (match.end("first") if match["first"] else match.end() for match in pattern("agenda").finditer(text)), default=len(text) + 1
    )
    return Said(Prefixes(intent_words(), text, meant), Prefixes(_done(), text), agenda)


def intended(read: Read, at: int) -> bool:
    """Whether the text only intends what stands at `at`: by its part of the report, or by a word before it."""
    if read.sentence.planned:
        return True
    said = _said(read.text, read.sentence.year)
    if said.agenda <= at:
        return True
    intent = said.intents.last_end(part_start(read.text, at), at)
    if intent >= 0 and _counts_sized(read.text, intent, at):
        intent = said.intents.last_end(part_start(read.text, at), clause_start(read.text, intent))
    # an intention holds on along the sentence until something is told as done: 力争甲3家,乙5家
    return intent >= 0 and not said.done.any(intent, at)


def _counts_sized(text: str, intent: int, at: int) -> bool:
    """Whether how many things there are is told behind what they are meant to cost: `计划总投资90亿元,其中超10亿元项目5个`."""
    return pattern("of_sized").fullmatch(text, intent, at) is not None and re.match(pattern_text("count"), text[at:]) is not None


def to_come(context: Context, text: str, due: dt.date | None) -> bool:
    """Whether a text tells of a day behind that up to which its report speaks: `年底前竣工` in a report on the first half."""
    known = context.header.date or (context.header.period.end if context.header.period else None)
    return due is not None and known is not None and due > known and pattern("by_then").search(text) is not None
