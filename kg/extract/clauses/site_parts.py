"""Parts of a site (`二期`, `A区`), and sites of each of which some work is told."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kg import lexicon
from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.groups import Group
from kg.extract.clauses.skeleton import NAME
from kg.extract.names.boundaries import Mention
from kg.extract.text.particles import OF
from kg.lexicon import any_word


@cache
def part_words() -> re.Pattern[str]:
    """Words for parts of a site, one right behind the other."""
    one = "|".join(r["pattern"] for r in lexicon.table("parts"))
    return re.compile(rf"(?:{one})+")


@cache
def _work_beside() -> re.Pattern[str]:
    """What stands between two sites of each of which some work is told: `甲园厂房改造和乙园一期建设已完工`."""
    return re.compile(
        rf"(?:{part_words().pattern})?[^,;。、{OF}{NAME}]{{0,6}}?{any_word('clause_words', 'works')}{any_word('clause_words', 'joins')}"
    )


def with_beside(parsed: Parsed, group: Group, start: int, sites: Callable[[Group], tuple[Mention, ...]]) -> Group:
    """A row with those `sites` of whose own work is told right before it, in the stretch that begins at `start`."""
    before = next((g for g in reversed(parsed.groups) if start <= g.start and g.end <= group.start and g.span is None), None)
    if group.span or before is None or not sites(before) or not _work_beside().fullmatch(parsed.text, before.end, group.start):
        return group
    return replace(group, start=before.start, members=(*before.members, *group.members))
