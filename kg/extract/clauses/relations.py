"""Plain edges between named things."""

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from operator import attrgetter

from kg import lexicon
from kg.extract.clauses.cooperations import joint_work
from kg.extract.clauses.intent import intended
from kg.extract.names.mentions import Read
from kg.extract.names.names import Mention
from kg.extract.report.context import Context, once
from kg.extract.text.segment import Clause, clause_start, part_start
from kg.model import Event, Relation, Span

_SITES = ("Park", "Project", "Platform", "ResearchInstitute")
_END = attrgetter("end")


def relations(context: Context, found: list[Event]) -> list[Relation]:
    """Relations of a report, each once, at the first sentence that states it."""
    edges: list[Relation] = []
    subject = ""
    for read in context.reads:
        if read.sentence.heading:
            continue
        subject = _field_owner(context, read) or subject
        edges += _focus(context, read, subject) + _endorsements(context, read, subject)
        edges += _issuers(context, read) + _nested_parks(context, read)
        for clause in read.clauses if len(read.mentions) > 1 else ():
            edges += _verbs(context, read, clause) + _passive(context, read, clause)
        edges += _cooperations(context, read)
    edges += _awards(found)
    return once(edges)


def _field_owner(context: Context, read: Read) -> str:
    parks = [m for m in read.mentions if m.type == "Park"]
    return context.name(parks[-1]) if parks else ""


def _focus(context: Context, read: Read, subject: str) -> list[Relation]:
    edges = []
    owners = [m for m in read.mentions if m.type in ("Park", "Place")] if read.lists else []
    for row in read.lists:
        before = owners[: bisect_right(owners, row.start, key=_END)]
        owner = context.name(before[-1]) if before else subject
        if row.predicate and owner and not _TOUCHES.search(read.text, max(0, row.start - 4), row.start):
            span = read.sentence.span_of(row.start, row.end)
            edges += [Relation(owner, row.predicate, context.name(item), span) for item in row.items]
    return edges


_TOUCHES = re.compile("(?:涉及|涵盖|覆盖|包括|包含|分布在)$")
"""`16个项目涉及新材料、数字经济等产业` tells what the projects are of, not what the place is for."""


@cache
def _praise() -> re.Pattern[str]:
    return re.compile(
        rf"(?:得到|获得|获|受到)(?:了)?(?P<by>[\u4e00-\u9fff、]{{2,30}}?)的?(?:充分|高度|一致)*(?:{'|'.join(lexicon.words('endorsements'))})"
    )


def _endorsements(context: Context, read: Read, subject: str) -> list[Relation]:
    edges = []
    for match in _praise().finditer(read.text):
        by = read.between(match.start("by"), match.end("by"), "GovernmentBody", "ResearchInstitute")
        before = read.between(0, match.start(), *_SITES, "Policy", "Enterprise")
        thing = context.name(before[-1]) if before else subject
        span = read.sentence.span_of(match.start(), match.end())
        edges += [Relation(thing, "endorsedBy", context.name(m), span) for m in by if thing]
    return edges


def _issuers(context: Context, read: Read) -> list[Relation]:
    """The office issues what it revised, issued or published; a draft is not issued yet."""
    issuing, statuses = lexicon.words("policy_actions", issues="yes"), lexicon.words("policy_after", status="issued")
    edges = []
    for title in read.titles:
        mention = read.at(title.start, "Policy")
        if mention is None or intended(read, title.start) or not (title.verb in issuing or title.phrase in statuses):
            continue
        start = clause_start(read.text, title.start)
        offices = read.between(start, title.start, "GovernmentBody")
        issuer = context.name(offices[-1]) if offices else context.header.issuer
        if issuer:
            span = read.sentence.span_of(start, title.end)
            edges.append(Relation(issuer, "issues", context.name(mention), span))
    return edges


_WITHIN = re.compile("(?:内|中|里)?的|内|下辖(?:的)?|下设(?:的)?")


def _nested_parks(context: Context, read: Read) -> list[Relation]:
    """`甲高新区的乙产业园`, `甲开发区内乙孵化器`: a park within another."""
    parks = [m for m in read.mentions if m.type in ("Park", "Platform")]
    nested: list[tuple[Mention, Mention]] = []
    for outer, inner in pairwise(parks):
        gap = read.text[outer.end : inner.start]
        if outer.type == "Park" and _WITHIN.fullmatch(gap):
            nested.append((outer, inner))
        elif nested and nested[-1][1] is outer and gap in ("、", "和", "及"):
            nested.append((nested[-1][0], inner))
    return [
        Relation(
            context.name(inner), _nested_how(read.text[: outer.start]), context.name(outer), read.sentence.span_of(outer.start, inner.end)
        )
        for outer, inner in nested
    ]


def _nested_how(before: str) -> str:
    """`位于甲开发区的乙科创园` tells where it lies, `甲高新区的乙产业园` what it is part of."""
    return "locatedIn" if before.endswith(("位于", "坐落于", "地处", "坐落在", "在")) else "partOf"


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(lexicon.any_of(lexicon.words("relation_verbs")))


@cache
def _sides(verb: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What a verb says: predicate, classes of its subjects and of its objects."""
    told = [r for r in lexicon.table("relation_verbs") if r["verb"] == verb]
    return [(r["predicate"], tuple(r["subjects"].split("|")), tuple(r["objects"].split("|"))) for r in told]


def _verbs(context: Context, read: Read, clause: Clause) -> list[Relation]:
    """Thing, verb, thing within a clause (`data/lexicon/relation_verbs.csv`); a row of objects makes an edge each."""
    edges = []
    listed = [(row.start, row.end, row.items) for row in read.lists]
    for match in _verb().finditer(clause.text):
        at, after = clause.start + match.start(), clause.start + match.end()
        for predicate, subjects, objects in _sides(match[0]):
            right = _objects_after(read, after, clause.end, objects, listed)
            left = right and (_subjects_before(read, clause.start, at, subjects) or _subject_of_sentence(read, clause, at, subjects))
            if left:
                span = read.sentence.span_of(left[0].start, max(m.end for m in right))
                edges += [_edge(context, subject, predicate, m, span) for subject in left for m in right]
    return edges


def _subject_of_sentence(read: Read, clause: Clause, verb: int, types: tuple[str, ...]) -> list[Mention]:
    """The thing that opened the sentence, where a later clause begins with its verb: `甲基地投资2亿元,落户乙园区`."""
    if clause.start == 0 or not _BEFORE_VERB.fullmatch(read.text[clause.start : verb]):
        return []
    return read.between(part_start(read.text, clause.start), clause.start, *types)[:1]


_BEFORE_VERB = re.compile(r"(?:已|也|还|共同|联合|成功|正式|将|计划|拟|自主|[,\s])*")


def _subjects_before(read: Read, start: int, verb: int, types: tuple[str, ...]) -> list[Mention]:
    """Who does it: the thing right before a verb, with those joined with it (`甲联合乙、丙共同承担`)."""
    run: list[Mention] = []
    for mention in reversed(read.between(start, verb, *types)):
        gap = read.text[mention.end : run[0].start if run else verb]
        if re.fullmatch(r"[、和与及同]|联合|携手|会同", gap) if run else _BEFORE_VERB.fullmatch(gap):
            run.insert(0, mention)
        else:
            break
    return run


def _objects_after(
    read: Read,
    start: int,
    end: int,
    types: tuple[str, ...],
    listed: list[tuple[int, int, tuple[Mention, ...]]],
) -> list[Mention]:
    """The thing right behind a verb (a count or a few adjectives may stand between), with the rest of its row."""
    for row_start, _, items in listed:
        if 0 <= row_start - start <= 2:
            return [item for item in items if item.type in types]
    near = [m for m in read.between(start, end, *types) if m.start - start <= 10]
    found = near[:1]
    for mention in near[1:]:
        if read.text[found[-1].end : mention.start] in ("、", "和", "与", "及"):
            found.append(mention)
    return found


def _edge(context: Context, subject: Mention, predicate: str, thing: Mention, span: Span) -> Relation:
    if predicate.endswith("~"):  # the verb's object is the edge's subject: 甲运营乙 is 乙 operatedBy 甲
        return Relation(context.name(thing), predicate[:-1], context.name(subject), span)
    return Relation(context.name(subject), predicate, context.name(thing), span)


def _cooperations(context: Context, read: Read) -> list[Relation]:
    return [Relation(a, "cooperatesWith", b, joint.event.span) for joint in joint_work(context, read) for a, b in joint.pairs]


@cache
def _passives() -> re.Pattern[str]:
    verbs = lexicon.any_of(lexicon.words("passive_verbs"))
    return re.compile(rf"由(?P<who>[^,;。]{{2,40}}?)(?:共同|联合|负责|具体)*(?P<verb>{verbs})")


def _passive(context: Context, read: Read, clause: Clause) -> list[Relation]:
    """`…产业园由甲投资建设`, `…平台由甲、乙联合运营` (`data/lexicon/passive_verbs.csv`)."""
    edges = []
    predicates = lexicon.mapping("passive_verbs", "predicate")
    for match in _passives().finditer(clause.text):
        at = clause.start + match.start()
        predicate = predicates[match["verb"]]
        spoken = not match.start() and predicate == "operatedBy"  # …园坐落于…,由甲公司负责运营
        sites = [context.name(m) for m in read.between(0 if spoken else clause.start, at, *_SITES, "Programme")]
        if spoken and not sites and read.text.startswith(lexicon.words("pro_forms")) and context.header.titled:
            sites = [context.header.titled]
        whole = read.sentence.span_of(0 if spoken else clause.start, clause.start + match.end())
        last = clause.text.rfind("的", match.start(), match.end("who")) + 1  # 由甲与乙合资的丙运营
        firms = read.between(
            clause.start + last if last else at, clause.start + match.end("who"), "Enterprise", "ResearchInstitute", "GovernmentBody"
        )
        for firm in firms if sites else ():
            ends = (context.name(firm), sites[-1])
            ends = ends[::-1] if predicate == "operatedBy" else ends
            edges.append(Relation(ends[0], predicate, ends[1], whole))
    return edges


def _awards(found: list[Event]) -> list[Relation]:
    return [
        Relation(winner, "receivesAward", event.object, event.span)
        for event in found
        if event.type in ("AwardGrant", "Recognition") and event.object and not event.planned
        for winner in event.participants
    ]
