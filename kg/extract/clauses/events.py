"""Events of a report: what is done to policies, awards and titles, money given, promises, joint work."""

from collections.abc import Sequence

from kg.extract.clauses.clause import Parsed
from kg.extract.clauses.funding import funding
from kg.extract.clauses.honours import honours, once
from kg.extract.clauses.joint_work import Joint, cooperations
from kg.extract.clauses.policies import policy_actions
from kg.extract.clauses.promises import promises
from kg.extract.document.context import Context
from kg.extract.words.money import gets, gives
from kg.model import Event


def events(context: Context, report: Sequence[Parsed], joints: Sequence[Joint]) -> list[Event]:
    """Events of a report in reading order, milestones left to their own module."""
    found: list[Event] = []
    topic = None
    for parsed in report:
        read = parsed.read
        if read.sentence.heading:
            continue
        found += [*policy_actions(context, parsed, topic), *honours(context, parsed)]
        topic = parsed.topic or topic
        gave = gives().search(read.text) is not None or gets().search(read.text) is not None
        for stretch in read.clauses if read.mentions or gave else ():
            found += funding(context, parsed, stretch) if gave else []
            found += promises(context, parsed, stretch)
    return once(found) + cooperations(context, joints)
