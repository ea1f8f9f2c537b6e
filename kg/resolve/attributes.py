"""What names and printed words say by themselves, by the lists of standards; what a figure is to the event that it is told beside."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg import lexicon
from kg.extract.tables.credit_code import is_credit_code
from kg.model import Cooperation, Entity, Event, Milestone, Observation, PolicyAction

Attribute = tuple[str, str, bool]
"""A property of the ontology, its value, whether that is a concept (else a literal)."""


def attributes(entity: Entity) -> Iterator[Attribute]:
    """What a name itself says of its thing: the kind of a policy, the grade and scheme of an award, a code of a standard.

    GB 32100-2015 (credit code, verified by its check digit), GB/T 4754-2017 (industry), GB/T 2260 (place).
    """
    if entity.credit_code:
        yield "creditCode" if is_credit_code(entity.credit_code) else "unverifiedCreditCode", entity.credit_code, False
    if entity.type == "Policy":
        plain = entity.name.split("(2")[0]
        ending = next((one for one in _longest_first("policy_titles", "kind") if plain.endswith(one)), None)
        if ending:
            yield "policyKind", lexicon.mapping("policy_titles", "kind")[ending], True
    if entity.type == "Award":
        grades = lexicon.mapping("grades", "concept")
        printed = next((grade for grade in grades if entity.name.endswith(grade)), "")
        yield "grade", grades.get(printed, "no-grade"), True
        yield "scheme", entity.name.removesuffix(printed) or entity.name, False
    if entity.type in _CODES:
        said, table, folder = _CODES[entity.type]
        if code := lexicon.mapping(table, "code", folder).get(entity.name):
            yield said, code, False


_CODES = {"Industry": ("industryCode", "industries", "lexicon"), "Place": ("divisionCode", "places", "gazetteer")}


def granting_place(award: Entity) -> str:
    """`上海市科技进步奖二等奖` is given by 上海市: the place of the gazetteer with which an award's name begins, or ""."""
    if award.type != "Award":
        return ""
    return next((name for name in lexicon.mapping("places", "code", "gazetteer") if len(name) > 2 and award.name.startswith(name)), "")


def status_concept(event: Event) -> str | None:
    """The concept of a printed status: what was done with a policy, or the latest stage of building that the words of a milestone name."""
    match event:
        case PolicyAction():
            return _policy_statuses().get(event.status)
        case Milestone():
            stage = next((one for one in _longest_first("stages", "stage") if one in event.status), None)
            return lexicon.mapping("stages", "stage")[stage] if stage else None
    return None


def figures_beside(event: Event, figures: Iterable[Observation]) -> Iterator[tuple[str, Observation]]:
    """Those figures of a sentence that belong to an event which it states, each with the property that joins them.

    Only cooperations have any: `expectedEffect` for what is planned, `projectList` for a number of projects, else `figure`.
    """
    if isinstance(event, Cooperation):
        for seen in figures:
            projects = lexicon.word("clause_words", "project") in seen.indicator
            yield "expectedEffect" if seen.planned else "projectList" if projects else "figure", seen


@cache
def _policy_statuses() -> Mapping[str, str]:
    return {**lexicon.mapping("policy_actions", "status"), **lexicon.mapping("policy_after", "status")}


@cache
def _longest_first(table: str, column: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon.mapping(table, column), key=len, reverse=True))
