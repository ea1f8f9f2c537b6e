"""Words around the stages of building sites: what stands before, behind and between, and what tells that none was reached."""

import re
from functools import cache

from kg import lexicon
from kg.extract.clauses.skeleton import ASIDE
from kg.extract.text.particles import ETC, NOT_YET, OF
from kg.extract.words.stages import stage_words
from kg.lexicon import any_of, any_word, letters_of, pattern_text


@cache
def trailing() -> re.Pattern[str]:
    """What may stand between a site's name and its stage."""
    return re.compile(rf"(?:{any_of(letters_of(lexicon.words('adverbs')))}|{pattern_text('stage_lead')})+$")


@cache
def adverbs(role: str) -> re.Pattern[str]:
    """Words of a role of `data/lexicon/adverbs.csv`."""
    return re.compile("|".join(lexicon.words("adverbs", role)))


@cache
def stage_with() -> re.Pattern[str]:
    """A stage with what stands around it: `办理竣工验收手续`, `正负零全部完成`, `主体结构完成`."""
    cores = any_word("stages")
    return re.compile(rf"{pattern_text('phase_done')}|{pattern_text('stage_before')}(?:{cores}){pattern_text('stage_behind')}")


@cache
def intention() -> re.Pattern[str]:
    """Verbs of intention before a stage."""
    return re.compile("|".join(lexicon.words("verbs", "intent")))


@cache
def named_by(name: str) -> re.Pattern[str]:
    """A pattern of `data/lexicon/clause_patterns.csv`, for texts in which things without names are marked."""
    return re.compile(pattern_text(name).replace("\\x02", ASIDE))


@cache
def of_firm() -> re.Pattern[str]:
    """What may stand between a firm and what it has reached: `当年投产`, `的新厂房正在封顶`."""
    told = trailing().pattern.removesuffix("$")
    return re.compile(rf"{ASIDE}*{ETC}?{OF}?{any_word('clause_words', 'plant')}?(?:{told})?(?:{pattern_text('time')})?(?:{told})?")


@cache
def undone() -> re.Pattern[str]:
    """What tells of a stage that it has not come about: `尚未竣工`, `至今未开工`, `没有如期封顶`; a future (`未来`) does not."""
    said = rf"(?:{adverbs('undone').pattern})[^,;。]{{0,3}}|{NOT_YET}"
    return re.compile(rf"(?:{said})(?={stage_words().pattern})")
