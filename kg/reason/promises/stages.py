"""Stages of building and of policies: which reaches which, and what of a promised one was reached later."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import SKOS

from kg import lexicon, vocab
from kg.extract.clauses.site_words import undone
from kg.extract.text.segment import fold
from kg.extract.words.stages import stage_words
from kg.reason.promises.deeds import Mention
from kg.reason.promises.telling import Reports, Telling, stretch_of, stretches
from kg.reason.records import Step

_ORDERS = ("stages-of-building", "stages-of-policy")
_GOES_ON = frozenset({"under-construction", "carried-out"})
"""Stages that say no more than that something goes on: one does not fulfil the same."""


@dataclass(frozen=True, slots=True)
class Since:
    """A stage, reached or planned, told after a promise."""

    step: Step
    telling: Telling


@cache
def _order_of(stage: str) -> str:
    """The collection of stages that follow each other in which a stage stands, "" for none."""
    graph = vocab.ontology()
    return next((name for name in _ORDERS if (vocab.concept(name), SKOS.member, vocab.term(f"inc:{stage}")) in graph), "")


def reaches(reached: Step, wanted: Step, sentence: str) -> bool:
    """Whether a stage reached is the wanted one, or one that comes after it."""
    if not wanted.stage or not _comparable(reached, wanted):
        return False
    if reached.stage != wanted.stage:
        return reached.order > wanted.order
    return reached.stage not in _GOES_ON and not _under_way(reached, wanted, sentence)


def unreached(mention: Mention, wanted: Step) -> str:
    """The stretch that says of the thing of a promise that a stage up to the promised one has not come about, "" where none does."""
    names = [fold(name) for name in mention.names]
    here, still = False, lexicon.words("promise_words", "still")
    for one in stretches(fold(mention.told.sentence)):
        here = any(name in one for name in names) or (here and one.startswith((*still, *lexicon.words("adverbs", "undone"))))
        if here and (not wanted.part or wanted.part in one) and any(_up_to(one, told.end(), wanted) for told in undone().finditer(one)):
            return one
    return ""


def _up_to(text: str, at: int, wanted: Step) -> bool:
    """Whether the stage told at a place is the wanted one, or one before it."""
    word = stage_words().match(text, at)
    stage = lexicon.mapping("stages", "stage").get(word[0], "") if word else ""
    order = vocab.ontology().value(vocab.concept(stage), SKOS.notation) if stage else None
    return stage == wanted.stage or (order is not None and _order_of(stage) == _order_of(wanted.stage) != "" and str(order) < wanted.order)


def _comparable(one: Step, other: Step) -> bool:
    order = _order_of(one.stage)
    return one.stage == other.stage or (order != "" and order == _order_of(other.stage))


def _under_way(reached: Step, wanted: Step, sentence: str) -> bool:
    """Whether the wanted stage is only being worked on: `办理竣工验收手续` is no `竣工验收`."""
    said = lexicon.words("promise_words", "under_way")
    text, words = stretch_of(sentence, reached.words), fold(reached.words)
    before = text[: text.find(words)] if words in text else text
    return before.endswith(said) or (reached.words != wanted.words and any(one in words for one in said))


def called(step: Step) -> str:
    """What a thing is called with its part: `甲大厦二期`, whether `二期` is read as a part or as the end of a name."""
    return step.name + step.part


def covers(reached: Step, wanted: Step) -> bool:
    """Whether what is told of one is told of the other: of the same part, or of the whole in words that say so."""
    if called(reached) == called(wanted) or (reached.part == wanted.part and reached.thing == wanted.thing):
        return True
    return reached.part == "" and any(one in reached.words for one in lexicon.words("promise_words", "whole"))


def kept_by(wanted: Step, later: Iterable[Since]) -> Since | None:
    """The first stage told later that fulfils a promised one."""
    return next((one for one in later if _is_done(one, wanted)), None)


def _is_done(since: Since, wanted: Step) -> bool:
    step = since.step
    sentence = since.telling.told.sentence
    return not step.planned and covers(step, wanted) and reaches(step, wanted, sentence)


def _is_ahead(step: Step, sentence: str) -> bool:
    """Whether a stage that is told as done is but pushed on by the words right before it: `推动出台《甲办法》`."""
    text, words = stretch_of(sentence, step.words), fold(step.words)
    return words in text and text[: text.find(words)].endswith(lexicon.words("promise_words", "ahead"))


def progress(wanted: Step, known: Iterable[Step], later: Sequence[Since]) -> Since | None:
    """The furthest told later of a promise that is not fulfilled: a stage further than those known when it was made, or a part of it."""
    before = max((one.order for one in known if covers(one, wanted) and _comparable(one, wanted)), default="")
    further = [one for one in later if _is_further(one, wanted, before)]
    return max(further, key=lambda one: (one.step.order, one.telling.day or dt.date.min)) if further else None


def _is_further(since: Since, wanted: Step, before: str) -> bool:
    step = since.step
    if step.planned or _order_of(step.stage) == "" or not _comparable(step, wanted):
        return False
    if covers(step, wanted):
        return step.order > before
    return wanted.part == "" and reaches(step, wanted, since.telling.told.sentence)


def since(steps: Iterable[Step], reports: Reports, made: dt.date | None) -> Iterator[Since]:
    """What is told of some steps after a day, the earliest first; what is told as done in words that only push it on is left out."""
    told = (Since(step, telling) for step in steps for telling in reports.after(step.told, made))
    found = [one for one in told if one.step.planned or not _is_ahead(one.step, one.telling.told.sentence)]
    return iter(sorted(found, key=lambda one: (one.telling.day or dt.date.max, one.step.iri, one.telling.told.passage)))
