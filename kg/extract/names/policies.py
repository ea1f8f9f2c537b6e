"""Titles of policies: in 《》, or bare behind a verb such as 研究制定, several run together, brackets lost."""

import re
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.names.boundaries import is_generic
from kg.extract.text.particles import ETC, IN_ROW, OF
from kg.extract.text.segment import clause_start
from kg.extract.text.stretches import Stretches
from kg.lexicon import any_word, pattern, pattern_text


@dataclass(frozen=True, slots=True)
class Title:
    """A policy's title in a sentence; `verb` and `phrase` are what stands before and behind it, or ""."""

    start: int
    end: int
    name: str
    verb: str = ""
    phrase: str = ""


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    anchors = {row["verb"]: row["anchor"] for row in lexicon.table("policy_actions")}
    words = sorted(anchors, key=len, reverse=True)
    return re.compile("|".join(words)), anchors


@cache
def _endings() -> re.Pattern[str]:
    suffixes = "|".join(lexicon.words("policy_titles"))
    after = "|".join(lexicon.words("policy_after"))
    years, behind = pattern_text("policy_years"), pattern_text("policy_behind")
    follows = rf"$|[,;。、!?”\"》《()]|{behind}|{years}|(?P<phrase>{after})"
    # years in brackets close a title whatever stands behind them
    return re.compile(rf"(?:{suffixes})(?:(?P<years>{years})[”\"》]?|[”\"》]?(?={follows}))")


@cache
def _after() -> re.Pattern[str]:
    phrases = "|".join(lexicon.words("policy_after"))
    agreed = pattern_text("policy_agreed")
    years, tail, adverbs = (pattern_text(name) for name in ("policy_years", "policy_tail", "policy_adverbs"))
    return re.compile(rf"^[”\"》]?(?:{years})?{tail}(?:{adverbs}|{agreed})*(?P<phrase>{phrases})")


def titles(text: str) -> list[Title]:
    """Titles in a folded sentence, in order, without overlap."""
    pattern, anchors = _verbs()
    found = _bracketed(text)
    busy = Stretches(len(text), ((t.start, t.end) for t in found))
    at = 0
    while verb := pattern.search(text, at):
        at = verb.end()
        if not busy.free(*verb.span()):
            continue
        for title in _bare(text, verb.end(), verb[0], anchors[verb[0]]):
            if busy.take(title.start, title.end):
                found.append(title)
                at = max(at, title.end)
    return sorted(found, key=lambda t: t.start)


@cache
def _wins() -> re.Pattern[str]:
    verbs, prize = any_word("actor_verbs", "award"), any_word("awards", "sign")
    return re.compile(rf"[^;。]{{0,240}}?(?:{verbs})[^;。]{{0,24}}(?:{prize})")


def wins(text: str, at: int) -> bool:
    """Whether what stands before a place takes an award in this part of the sentence."""
    return _wins().match(text, at) is not None


def is_work(text: str, title: Title) -> bool:
    """Whether a title is that of research which wins an award, and of no policy: `甲公司的《…关键技术》等3个项目获得一等奖`."""
    kinds = lexicon.words("policy_titles")
    return text[title.start] == "《" and not title.name.endswith(kinds) and wins(text, title.end)


def _bracketed(text: str) -> list[Title]:
    """Titles in 《》, and the short names that policies go by: `“科创十条”`."""
    found: list[Title] = []
    for match in pattern("policy_in_marks").finditer(text):
        name = match["title"] + (match["years"] or "") if match["title"] else match["short"] or match["plan"]
        verb = _verb_before(text, match.start(), found)
        if match["plan"] and not (verb and text.endswith(verb, 0, match.start())):
            continue
        after = _after().match(text[match.end() :])
        found.append(
            Title(
                match.start(),
                match.end(),
                name,
                verb,
                after["phrase"] if after else "",
            )
        )
    return found


@cache
def _listed() -> re.Pattern[str]:
    """What may stand between the clause that acts on policies and the first of them: `…政策发布,分别是《甲》《乙》`."""
    return re.compile(any_word("clause_words", "opens") + ":?")


def _verb_before(text: str, start: int, before: list[Title]) -> str:
    """The verb that governs a bracketed title: its own, or that of the title before it in a row (`《甲》《乙》`, `《甲》及3份(《乙》)`)."""
    if before and pattern("policies_between").fullmatch(text, before[-1].end, start):
        return before[-1].verb
    verb, anchors = _verbs()
    begins = clause_start(text, start)
    begins = clause_start(text, begins - 1) if begins and _listed().fullmatch(text, begins, start) else begins
    clause = max([begins, *(title.end for title in before)])
    verbs = [m[0] for m in verb.finditer(text, clause, start) if anchors[m[0]] != "process"]
    return verbs[-1] if verbs else ""


def _bare(text: str, start: int, verb: str, anchor: str) -> list[Title]:
    """Titles without 《》 between a verb and the end of its clause; several may be run together."""
    limit = re.compile(r"[,;。!?\n]").search(text, start)
    end = limit.start() if limit else len(text)
    found: list[Title] = []
    for ending in _endings().finditer(text, start, end):
        begin = _opening(text, found[-1].end if found else start, ending.start())
        name = text[begin : ending.end()].strip('、”"》')
        after = _after().match(text[ending.end() : ending.end() + 12])
        phrase = after["phrase"] if after else ""
        if _is_title(name) and (anchor != "process" or phrase):
            found.append(Title(begin, begin + len(name), name, "" if anchor != "no" else verb, phrase))
        if anchor == "yes" and found:
            break
    return found


def _opening(text: str, start: int, end: int) -> int:
    """Behind 了, 最新, 《 and separators, and at the verb's side of what a bracketed title would have begun."""
    words = text[start:end].lstrip(IN_ROW + ETC)
    lead = pattern("policy_opening").match(words)
    return end - len(words) + (lead.end() if lead else 0)


def _is_title(name: str) -> bool:
    """A title names more than its kind: `南山区科技项目管理办法`, not `专项政策` or `工作方案`."""
    stem = re.sub(rf"(?:{'|'.join(lexicon.words('policy_titles'))})(?:{pattern_text('policy_years')})?$", "", name)
    none = (*lexicon.words("name_words", "no_title"), *(f"{kind}{OF}" for kind in lexicon.words("policy_titles")))
    if len(stem) < 3 or name.startswith(none) or is_generic(stem) or pattern("policy_asked").search(name):
        return False
    return not re.search(r"[,;。》]", name)
