"""The sentences of a report taken apart, each with what the ones before it speak of."""

import re
from collections.abc import Sequence

from kg import lexicon
from kg.extract.clauses.clause import Parsed, Taker
from kg.extract.clauses.groups import Group, carried, groups
from kg.extract.clauses.markers import opened
from kg.extract.clauses.skeleton import skeleton
from kg.extract.names.mentions import Read


def parse(reads: Sequence[Read], predicates: re.Pattern[str]) -> list[Parsed]:
    """Sentences with rows and clauses; headings that name one thing and sentences that name nothing have none.

    What a heading says is taken up by no other sentence.
    """
    found: list[Parsed] = []
    taken: list[tuple[Read, str, list[Group]]] = []
    for read in reads:
        named = bool(read.mentions) and not read.sentence.heading
        text = skeleton(read) if named else read.text
        rows = groups(read, text) if named else []
        row = carried(read, text, taken[-1][1]) if named and taken else None
        if row:
            taken[-1][2].append(row)
            taken[-1][2].sort(key=lambda group: (group.end, group.start))
        taken.append((read, text, rows))
    topics: list[Group] = []
    for read, text, rows in taken:
        if not rows:
            found.append(_heading(read, predicates) if read.sentence.heading and len(read.mentions) > 1 else Parsed(read, text, rows, []))
            continue
        taker = Taker(read, text, rows, predicates)
        spoken = _taken_up(read.text, topics)
        clauses = list(taker.clauses(spoken))
        own = spoken or taker.topic()
        topics += [own] if own else []
        found.append(Parsed(read, text, rows, clauses, own))
    return found


def _heading(read: Read, predicates: re.Pattern[str]) -> Parsed:
    text = skeleton(read)
    rows = groups(read, text)
    return Parsed(read, text, rows, list(Taker(read, text, rows, predicates).clauses(None)))


_BACK = 4
"""Things spoken of before among which one is looked for that a word takes up."""


def _taken_up(text: str, topics: Sequence[Group]) -> Group | None:
    """What a sentence takes up that opens with `园区` or `据了解,该公司`: the last thing of that class spoken of, else the last thing."""
    opening = opened().match(text)
    at = opening.end() if opening else 0
    word = next((word for word in lexicon.words("pro_forms") if text.startswith(word, at)), "")
    if not word:
        return None
    kind = frozenset({lexicon.mapping("pro_forms", "type")[word]})
    return next((topic for topic in reversed(topics[-_BACK:]) if topic.of(kind)), topics[-1] if topics else None)
