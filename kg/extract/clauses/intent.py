"""Whether a text intends what it says, or tells it as done."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.names.mentions import Read
from kg.extract.text.prefix import Prefixes
from kg.extract.text.segment import part_start


@cache
def intent_words() -> re.Pattern[str]:
    """Words of intention; 计划 is a verb before another verb or a time, and a noun in 人才计划, 研发计划项目."""
    words = [word for word in lexicon.words("verbs", role="intent") if word != "计划"]
    verbs = "|".join("(?<![现即])将" if word == "将" else word for word in words)
    firsts = "".join(sorted({word[0] for word in words}))  # most characters begin none: they are passed at once
    return re.compile(
        rf"(?=[{firsts}计到])(?:(?<![模虚])(?:{verbs})(?!书|表|单|军|定|授奖|上市[企公]|(?<=争取)(?:项目|专项|补助|奖补)*(?:经费|资金|项目|补助)(?:共|约|近)?(?:\d|$)|项目[\d共]|会上|到位|到[\u4e00-\u9fff]|[上省市国中各][\u4e00-\u9fff“”]{{0,10}}(?:资金|经费|项目|支持))|"
        r"(?<![发动才育项展持划])计划(?!新?(?:开工|竣工|投产|开建)项目[^\d共]|(?:完成)?投资额?的)(?=[在于到将新总今明全年引开建完实投增争分]|\d|上半年|下半年)|(?<!截)到(?P<year>20\d{2})年)"
    )


@cache
def _done() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d年)(?:{'|'.join(lexicon.words('verbs', role='done'))})(?!后)")


_AGENDA = re.compile(
    r"(?:将|拟|计划|要|力争|打算)(?:[^:;。]{0,30}:(?=(?P<first>\s*(?:[1一]|\(一\))))|[^,:;。]{0,8}(?:通过|经过|用)[^,:;。]{1,4}年[^,:;。]{0,8},)"
)
"""`将重点推进四项工作:1.…;2.…`, `将通过三年建设,…`: all that follows is intended."""


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

    agenda = min((match.end("first") if match["first"] else match.end() for match in _AGENDA.finditer(text)), default=len(text) + 1)
    return Said(Prefixes(intent_words(), text, meant), Prefixes(_done(), text), agenda)


def intended(read: Read, at: int) -> bool:
    """Whether the text only intends what stands at `at`: by its part of the report, or by a word before it."""
    if read.sentence.planned:
        return True
    said = _said(read.text, read.sentence.year)
    if said.agenda <= at:
        return True
    intent = said.intents.last_end(part_start(read.text, at), at)
    # an intention holds on along the sentence until something is told as done: 力争甲3家,乙5家
    return intent >= 0 and not said.done.any(intent, at)
