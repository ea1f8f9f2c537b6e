"""Of which project a paragraph is: what its first words name, and nothing else."""

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.names.mentions import Read
from kg.lexicon import pattern

_FIRST = 8
"""Characters of a number or a word before the name with which a paragraph begins."""
_LABELLED = ("Project", "Platform", "Enterprise")


def labelled(context: Context, read: Read) -> str:
    """The project of which a paragraph is that begins with this sentence (`3.甲公司项目简介:…`, `在乙项目建设现场,…`), or ""."""
    first = next((one for one in read.mentions if one.type in _LABELLED), None)
    if first is None or first.start > _FIRST:
        return ""
    sites = lexicon.words("clause_words", "project")
    if pattern("label").match(read.text, first.end) and (first.type != "Enterprise" or read.text.startswith(sites, first.end)):
        return context.name(first)
    scene = first.type != "Enterprise" and pattern("scene").match(read.text, first.end)
    return context.name(first) if scene else ""


def headed(context: Context, read: Read) -> str:
    """The project that a heading names and nothing else (`二、乙项目`), or ""."""
    if not read.sentence.headings:
        return ""  # the report's title
    first = next((one for one in read.mentions if one.type in ("Project", "Platform")), None)
    alone = first is not None and first.start <= _FIRST and len(read.text.rstrip("。:")) - first.end <= _BEHIND
    return context.name(first) if first and alone else ""


_BEHIND = 4
"""Characters of a heading behind the project that it names, at most: `情况`."""
