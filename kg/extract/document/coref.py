"""One name for one thing within a document: offices written short, abbreviations, phases of a name."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import chain, islice

from kg import lexicon
from kg.extract.document.gazetteer import in_order, short_of
from kg.extract.document.header import Header
from kg.extract.document.name_index import Beginnings, Crowd
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read, clean_name
from kg.extract.text.particles import AND, NUMERALS, ORDINAL, WITH
from kg.lexicon import any_word, pattern, word_pattern
from kg.model import Entity, Span

_NAMED_SHORT = frozenset({"Park", "Project", "Platform", "ResearchInstitute", "Award"})
_WRITTEN_SHORT = frozenset({"Park", "Project", "GovernmentBody"})


_PLACE = 3
"""Characters of the place that a legal name may begin with: `宁波`, `浙江省`."""


def canonical_names(mentions: Iterable[Mention], header: Header, written: Collection[str], given: Mapping[str, str]) -> dict[str, str]:
    """Name as read → name that stands for the thing.

    Args:
        mentions: what a report names.
        header: whose report it is.
        written: places as the report writes them; one that it only writes short stays short.
        given: short names that the report gives itself, with the names that they stand for.
    """
    types: dict[str, str] = {}
    for mention in mentions:
        types.setdefault(mention.name, mention.type)
    names = {name: _office(name, kind, header) for name, kind in types.items()}
    names.update(_same_in_full(types, names))
    names.update(_longer_sites(types))
    names.update(_graded(types))
    for short, legal in _legal_names(types).items():
        names[short] = names[legal]
    names.update(_dated(types))
    names.update(_universities(types))
    names.update(_own_zone(types, header))
    names.update(_own_place(types, header))
    names.update({short: names.get(full, full) for short, full in given.items() if short in types})
    names.update({name: short for name, kind in types.items() if kind == "Place" and (short := _written_short(name, written))})
    return {name: _own_name(names.get(chosen, chosen), types[name]) for name, chosen in names.items()}


def _graded(types: Mapping[str, str]) -> dict[str, str]:
    """A grade told alone → the one award of the document that has it: `一等奖` where only `市科技进步奖一等奖` is named."""
    found = {}
    for grade in (one for one in lexicon.words("grades") if types.get(one) == "Award"):
        whole = [name for name, kind in types.items() if kind == "Award" and name != grade and name.endswith(grade)]
        found.update({grade: whole[0]} if len(whole) == 1 else {})
    return found


def _own_place(types: Mapping[str, str], header: Header) -> dict[str, str]:
    """`青浦` in a report of 青浦区 that writes the whole name too."""
    short = header.short_district
    return {short: header.district} if types.get(short) == types.get(header.district) == "Place" else {}


def as_named(name: str, names: Mapping[str, str]) -> str:
    """The name that a report's own park or place has in its text: `长春汽开区` of a title may be 长春汽车经济技术开发区 there."""
    if not name or name in names:
        return names.get(name, name)
    key = key_of(name, "Park")
    return next((whole for one, whole in names.items() if key_of(one, "Park") == key), name)


def _written_short(place: str, written: Collection[str]) -> str:
    """The short name of a place that a report writes nowhere whole, else ""."""
    short = short_of(place)
    return short if short in written and place not in written else ""


def _own_name(name: str, kind: str) -> str:
    """A park's name without the province before it."""
    return _city_first(name) if kind == "Park" else name


def _office(name: str, kind: str, header: Header) -> str:
    """`区科委` is the district's, `市经济信息化委` the municipality's."""
    if kind != "GovernmentBody":
        return name
    if name[0] in lexicon.words("report_words", "district", "county") and header.district.endswith(name[0]):
        return header.district[:-1] + name
    city, province = lexicon.words("report_words", "city"), lexicon.words("report_words", "province")
    if name[0] in city and header.province.endswith(city) and not header.district.endswith(city):
        return header.province[:-1] + name
    if name[0] in province and header.province.endswith(province):
        return header.province[:-1] + name
    return name


@cache
def _tells_apart() -> frozenset[str]:
    """What tells two names of one kind apart: numbers and points of the compass."""
    return frozenset((*NUMERALS, *"ABC0123456789", *lexicon.words("report_words", "compass")))


def abbreviates(short: str, long: str) -> bool:
    """Whether `滨江软件园` may stand for `滨江软件信息园`: its characters in order, same head, same end.

    A trailing part (`南山片区` for `东湖高新技术开发区南山片区`) counts where it is four characters or more.
    """
    if len(short) < 4:
        return False
    if long.endswith(short):
        return long[-len(short) - 1] not in _NO_PART_BEHIND
    award = lexicon.words("report_words", "award")
    if short.endswith(award) and long.endswith(award):
        return _award_key(short) == _award_key(long)
    if short[:2] != long[:2] or short[-1] != long[-1] or len(long) > 2 * len(short) or _is_in_full(short):
        return False
    return in_order(short, long) and _marks(short) == _marks(long)


def _is_in_full(name: str) -> bool:
    """Whether a name is always written in full: 湖南大学 is not 湖南师范大学."""
    return name.endswith(lexicon.words("report_words", "university", "college"))


def _award_key(name: str) -> str:
    """What two ways to write an award share: 科技 is 科学技术, and its kind or its grade may leave out 奖."""
    return pattern("award_variant").sub("", name)


_NO_PART_BEHIND = ORDINAL + WITH + AND


def _marks(name: str) -> str:
    apart = _tells_apart()
    return "".join(char for char in name if char in apart)


def _city_first(name: str) -> str:
    """A zone's name without the province before its city: `湖南省株洲高新区` is 株洲高新区."""
    return pattern("before_city").sub("", name)


def key_of(name: str, kind: str) -> str:
    """What two ways of writing one name share: `临江市高新技术产业开发区` and `临江高新区`, a site with and without 项目."""
    short = lexicon.mapping("abbreviations", "short")
    key = word_pattern("abbreviations").sub(lambda match: short[match[0]], name)
    if kind == "Park":
        key = pattern("level_of_zone").sub("", _city_first(key))
    if kind == "GovernmentBody":
        key = re.sub(r"\([^()]*\)$", "", key)
    project = lexicon.word("clause_words", "project")
    return key.removesuffix(project) if kind in ("Project", "Park") and len(key) > 6 else key  # 甲项目 is no site 甲


def _same_in_full(types: dict[str, str], offices: dict[str, str]) -> dict[str, str]:
    """Name → the fullest of those that are one name but for official short forms."""
    full: dict[tuple[str, bool], str] = {}
    keys = {name: (key_of(offices[name], kind), kind == "GovernmentBody") for name, kind in types.items() if kind in _WRITTEN_SHORT}
    for name, key in keys.items():
        full[key] = max(full.get(key, ""), offices[name], key=len)
    return {name: full[key] for name, key in keys.items()}


def _longer_sites(types: dict[str, str]) -> dict[str, str]:
    """Short name of a site → the longer one that it abbreviates, where there is just one (or one and its own short forms)."""
    ends: dict[str, Beginnings] = {}
    near: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for kind in _NAMED_SHORT:
        ends[kind] = Beginnings((name[::-1], name) for name, of in types.items() if of == kind)
    for name, kind in types.items():  # an abbreviation keeps the first two characters, the last, and what tells names apart
        if kind in _NAMED_SHORT:
            near[kind, name[:2] + name[-1], _marks(name)].append(name)
    crowds = {key: Crowd(names) for key, names in near.items() if len(names) > 1}
    found = {}
    for short, kind in types.items():
        if kind not in _NAMED_SHORT or len(short) < _SHORTEST or short in _nationwide():
            continue
        crowd = crowds.get((kind, short[:2] + short[-1], _marks(short)))
        near_ones = chain(ends[kind].of(short[::-1]), islice(crowd.longer(short), _CHECKED) if crowd else ())
        longer = {name for name in near_ones if len(name) > len(short) and abbreviates(short, name)}
        longest = max(longer, key=lambda n: (len(n), n), default="")
        if longest and all(n == longest or abbreviates(n, longest) for n in longer):
            found[short] = longest
    return found


@cache
def _nationwide() -> frozenset[str]:
    """Names known nationwide, which abbreviate no other: 中国科学院 is not 中国兵器科学研究院."""
    return frozenset(row["name"] for row in lexicon.table("bodies", "gazetteer"))


_SHORTEST, _CHECKED = 4, 200
"""Characters of the shortest abbreviation, and how many names of its characters it is compared with at most."""


def _universities(types: dict[str, str]) -> dict[str, str]:
    """`北科大` → `北京科技大学`: its characters in order, where just one university of the text has them."""
    (university,) = lexicon.words("report_words", "university")
    whole = [name for name, kind in types.items() if kind == "ResearchInstitute" and name.endswith(university)]
    found = {}
    for short, kind in types.items():
        if kind == "ResearchInstitute" and short.endswith(university[0]) and len(short) > 2:  # 浙大 may be any of several
            fits = [name for name in whole if name[0] == short[0] and in_order(short, name)]
            if len(fits) == 1:
                found[short] = fits[0]
    return found


def _own_zone(types: dict[str, str], header: Header) -> dict[str, str]:
    """`高新区`, `经开区` alone is the report's own, else the only one of its kind in the text."""
    zones = [name for name, kind in types.items() if kind == "Park" and name.endswith(lexicon.words("zones"))]
    whole = {name: key_of(name, "Park") for name in zones if name not in lexicon.words("zones")}
    own = [name for name, key in whole.items() if header.zone and key == key_of(header.zone, "Park")]
    found = {}
    for bare in (name for name in zones if name in lexicon.words("zones")):
        fits = own or [name for name, key in whole.items() if key.endswith(bare)]
        if own or len({whole[name] for name in fits}) == 1:
            found[bare] = max(fits, key=len)
    return found


def _legal_names(types: dict[str, str]) -> dict[str, str]:
    """Short name of an enterprise → its legal name, which begins with it or with a place before it."""
    firms = [name for name, kind in types.items() if kind == "Enterprise"]
    legal = [name for name in firms if name.endswith(lexicon.words("report_words", "company", "group"))]
    behind = Beginnings((name[begin:], name) for name in legal for begin in range(_PLACE + 1))
    found = {}
    for short in firms:
        longer = set(islice((name for name in behind.of(short) if name != short and not _is_another(short, name)), _PLACE + 2))
        if len(longer) == 1:
            found[short] = longer.pop()
    return found


@cache
def _known_firms() -> frozenset[str]:
    return frozenset(word for row in lexicon.table("enterprises", "gazetteer") for word in (row["name"], *row["aliases"].split("|")))


@cache
def _firm_words() -> re.Pattern[str]:
    """What a legal name has beside what tells it apart."""
    endings = any_word("enterprise_endings")
    return re.compile(rf"(?:{endings}|{any_word('report_words', 'firm')}|[()])+")


def _is_another(short: str, legal: str) -> bool:
    """Whether a legal name is of another firm than the one known nationwide with whose name it begins: 海信网能股份有限公司."""
    return short in _known_firms() and bool(_firm_words().sub("", legal[legal.index(short) + len(short) :]))


def _dated(types: dict[str, str]) -> dict[str, str]:
    """Title without its years → the same title with them, where the text has just one such."""
    dated: dict[str, list[str]] = defaultdict(list)
    for name, kind in types.items():
        if kind == "Policy" and "(2" in name:
            dated[name.split("(2")[0]].append(name)
    return {title: found[0] for title, found in dated.items() if title in types and len(found) == 1}


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
