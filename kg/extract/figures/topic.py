"""What a text speaks of from one sentence to the next: what a heading names, what was named last, what a word takes up."""

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.figures.in_text import Topic
from kg.extract.figures.subjects import is_kind, is_speaker, opening_pro_form, opens_clause, taken_up
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ETC
from kg.lexicon import pattern

_TOPICS = ("Project", "Park", "Platform", "Enterprise")
_FIRM, _BUILT = "Enterprise", "Project"


def note(context: Context, read: Read, sites: dict[str, str]) -> None:
    """What a word such as `该项目` takes up in the sentences behind, by class, what was named last behind the others.

    A thing that the sentence itself takes up goes on to be spoken of, whatever else is named; `甲公司项目` names a project by its firm.
    """
    named = [m for m in read.mentions if m.type in _TOPICS and not is_kind(read.text, m)]
    named = [m for m in named if not _is_listed(read.text, m)] or named
    kind = lexicon.mapping("pro_forms", "type").get(opening_pro_form(read.text), "") if named else ""
    kept = sites.get(kind, "")
    if any(m.type != _FIRM for m in named):
        for one in _TOPICS:
            if one != _FIRM:
                sites.pop(one, None)
    for mention in named:
        owns = mention.type == _FIRM and pattern("project_of_firm").match(read.text, mention.end) is not None
        for one in (mention.type, _BUILT) if owns else (mention.type,):
            sites.pop(one, None)
            sites[one] = context.name(mention)
    if kept:
        sites.pop(kind, None)
        sites[kind] = kept


def _is_listed(text: str, mention: Mention) -> bool:
    """`打造甲、乙生产基地等产业结构`: one of a row is no thing to go on speaking of."""
    return text.startswith("、", max(0, mention.start - 1)) or text.startswith(("、", ETC), mention.end)


def opens_with(context: Context, read: Read) -> str:
    """The park of which a sentence speaks from its beginning on, or ""."""
    first = next((m for m in read.mentions if m.type == "Park"), None)
    return context.name(first) if first and opens_clause(read.text, first) and not is_speaker(read.text, first.end) else ""


def named_alone(context: Context, read: Read) -> str:
    """The thing whose name makes a heading: `(二)甲智造园`."""
    names = [m for m in read.mentions if m.end == len(read.text) and opens_clause(read.text, m)]
    return context.name(names[0]) if names else ""


def take_up(context: Context, topic: Topic, text: str) -> None:
    """What is spoken of where a sentence or a part of it begins with a word such as `该项目`."""
    if word := opening_pro_form(text):
        topic.entity, topic.site = taken_up(context.header, topic, word), True
        topic.spoken = topic.entity
