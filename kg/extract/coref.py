"""One name for one thing within a document: offices written short, abbreviations, phases of a name."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.extract.header import Header
from kg.extract.mentions import Mention, Read, clean_name
from kg.model import Entity, Span

_SITES = frozenset({"Park", "Project", "Platform", "ResearchInstitute"})


def canonical_names(mentions: Iterable[Mention], header: Header) -> dict[str, str]:
    """Name as read → name that stands for the thing."""
    types: dict[str, str] = {}
    for mention in mentions:
        types.setdefault(mention.name, mention.type)
    names = {name: _office(name, kind, header) for name, kind in types.items()}
    sites = sorted((n for n, kind in types.items() if kind in _SITES), key=len, reverse=True)
    for short in reversed(sites):
        longer = [n for n in sites if len(n) > len(short) and types[n] == types[short] and abbreviates(short, n)]
        if len(longer) == 1 or (longer and all(abbreviates(n, longer[0]) for n in longer[1:])):
            names[short] = longer[0]
    firms = [name for name, kind in types.items() if kind == "Enterprise"]
    for short in firms:
        legal = [n for n in firms if n != short and len(short) >= 2 and n.startswith(short) and n.endswith(("公司", "集团"))]
        if len(legal) == 1:
            names[short] = names[legal[0]]
    for name, kind in types.items():
        if kind == "Policy" and (dated := _dated(name, types)):
            names[name] = dated
    return {name: names.get(chosen, chosen) for name, chosen in names.items()}


def _office(name: str, kind: str, header: Header) -> str:
    """`区科委` is the district's, `市经济信息化委` the municipality's."""
    if kind != "GovernmentBody":
        return name
    if name[0] in "区县" and header.district.endswith(name[0]):
        return header.district[:-1] + name
    if name[0] == "市" and header.province.endswith("市") and not header.district.endswith("市"):
        return header.province[:-1] + name
    if name[0] == "省" and header.province.endswith("省"):
        return header.province[:-1] + name
    return name


def abbreviates(short: str, long: str) -> bool:
    """Whether `滨江软件园` may stand for `滨江软件信息园`: its characters in order, same head, same end.

    A trailing part (`南山片区` for `东湖高新技术开发区南山片区`) counts where it is four characters or more.
    """
    if len(short) < 4:
        return False
    if long.endswith(short):
        return long[-len(short) - 1] not in "第与和"
    if short[:2] != long[:2] or short[-1] != long[-1] or len(long) > 2 * len(short):
        return False
    rest = iter(long)
    return all(char in rest for char in short) and not set("一二三四五六七八九十ABC东南西北") & (set(long) - set(short))


def _dated(name: str, types: dict[str, str]) -> str:
    """A title without its years, where the text has the same title with them."""
    dated = [n for n, kind in types.items() if kind == "Policy" and n.startswith(name + "(2")]
    return dated[0] if len(dated) == 1 else ""


def entities(reads: list[Read], extra: list[tuple[Read, Mention]], names: dict[str, str]) -> tuple[Entity, ...]:
    """Entities of a document in order of appearance, each with all its spans and ways of writing."""
    spans: dict[str, list[Span]] = defaultdict(list)
    types: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, dict[str, None]] = defaultdict(dict)
    found = [(read, mention) for read in reads for mention in read.mentions] + extra
    for read, mention in sorted(found, key=lambda f: (f[0].sentence.span.start, f[1].start)):
        name = names.get(mention.name, mention.name)
        spans[name].append(read.sentence.span_of(mention.start, mention.end))
        types[name][mention.type] += 1
        printed = clean_name(read.text[mention.start : mention.end])
        for alias in (mention.name, printed):
            written[name].setdefault(alias)
    return tuple(
        Entity(
            name,
            types[name].most_common(1)[0][0],
            tuple(dict.fromkeys(places)),
            tuple(alias for alias in written[name] if alias != name),
        )
        for name, places in spans.items()
    )
