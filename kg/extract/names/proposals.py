"""Names that rules propose: gazetteer, suffixes, titles, rows, awards, quoted names. Which of them stand, a score decides."""

import re
from dataclasses import dataclass, replace
from functools import cache

from kg import lexicon
from kg.extract.names.awards import awards_in, boards, titles_in_quotes, winning_works
from kg.extract.names.boundaries import (
    Boundaries,
    Known,
    Mention,
    boundaries,
    counted_kind,
    home_words,
    is_generic,
    known_words,
    site_words,
    suffixed,
)
from kg.extract.names.mentions import FieldList, clean_name, cover
from kg.extract.names.policies import Title, is_work, titles
from kg.extract.names.project_rows import counted_projects
from kg.extract.names.rows import items_before
from kg.extract.text.particles import ALSO, AND, AS, COMPLEMENTS, ETC, OF
from kg.extract.text.segment import Sentence
from kg.lexicon import any_word, pattern, pattern_text


@dataclass(frozen=True, slots=True)
class Proposals:
    """What rules propose as names of a sentence; `sure` are those that stand without a score: titles, the site whose report it is."""

    cuts: Boundaries
    known: list[Known]
    sure: list[Mention]
    titles: tuple[Title, ...]
    lists: list[FieldList]
    mentions: list[Mention]


def proposals(sentence: Sentence, gazetteer: bool, home: str = "", site: str = "") -> Proposals:
    """Names that rules propose; arguments as of `readings`."""
    text = sentence.text
    known = known_words(text, gazetteer)
    known += site_words(text, site, known)
    known += home_words(text, home, known)
    cuts = boundaries(text, known)
    known = [k for k in known if k.type]
    policy = () if sentence.heading else tuple(titles(text))
    lists = _field_lists(text, cuts)
    sure = [
        Mention(t.start, t.end, t.name, "Project" if is_work(text, t) else "Policy", "policy")
        for t in policy
        if text[t.start] in "《“" or "、" not in t.name
    ]
    within = cover(sure)
    sure += [Mention(k.start, k.end, site, "Park", "known") for k in known if k.name == site and k.start not in within]
    awards = awards_in(text, cuts)
    sure += [one for one in awards if one.rule in ("grade", "given") and one.start not in within]
    sure += [
        one for one in (*boards(text, cuts), *winning_works(text), *titles_in_quotes(text), *_announced(text)) if one.start not in within
    ]
    sure += [one for one in counted_projects(text) if one.start not in within and one.end - 1 not in within]
    found = [*sure]
    found += [Mention(k.start, k.end, k.name, k.type, "known") for k in known if not (_in_slogan(text, k) or _in_passing(text, k))]
    found += [Mention(k.start, k.end, k.name, k.type, "suffix") for k in suffixed(text, cuts, gazetteer)]
    found += awards + _objects(text) + _honours(text, cuts) + _products(text) + _quoted_projects(text)
    found += _named_titles(text)
    found += [item for row in lists for item in row.items]
    found += _in_brackets(sentence) + _closed_rows(text, cuts, known)
    return Proposals(cuts, known, _clean(sure), policy, lists, _clean(found))


_ITEM = re.compile(f"[^、,;{AND}{ALSO}]+")
_SHORT_FIRM = 10
"""Characters of a firm's short name in a row."""


def _in_brackets(sentence: Sentence) -> list[Mention]:
    """Firms in brackets behind their count: `新增4家(甲、乙、丙、丁)`, and what of such a row stands behind a cut."""
    shift, found = len(sentence.lead), []
    text = sentence.lead + sentence.text
    for match in pattern("firms_in_brackets").finditer(text) if "(" in text else ():
        if (match["cut"] is None or sentence.goes_on) and not pattern("no_firms").search(match["names"]):
            items = [(match.start("names") + m.start() - shift, m[0].removesuffix(ETC)) for m in _ITEM.finditer(match["names"])]
            named = [(start, name) for start, name in items if 2 <= len(name) <= _SHORT_FIRM and not is_generic(name)]
            found += [
                Mention(start, start + len(name), name, "Enterprise", "row") for start, name in named if len(items) > 1 and start >= 0
            ]
    return found


def _closed_rows(text: str, cuts: Boundaries, known: list[Known]) -> list[Mention]:
    """Firms in a row that their kind closes: `甲、乙等一批重点企业`."""
    found = []
    others = {(k.start, k.end) for k in known if k.type != "Enterprise"}
    none = pattern("no_firm")
    for match in pattern("firms_closed").finditer(text) if ETC in text else ():
        items = items_before(text, match.start(), cuts)
        named = [(start, end) for start, end in items if 2 <= end - start <= _SHORT_FIRM and (start, end) not in others]
        named = [(start, end) for start, end in named if not is_generic(text[start:end]) and not none.search(text, start, end)]
        found += [Mention(start, end, text[start:end], "Enterprise", "row") for start, end in named if len(items) > 1]
    return found


def _clean(mentions: list[Mention]) -> list[Mention]:
    return [m if m.name == (name := clean_name(m.name)) else replace(m, name=name) for m in mentions]


_SLOGAN = 40
"""Characters of a slogan in quotes; a longer stretch is somebody's words."""


def _in_slogan(text: str, word: Known) -> bool:
    """`“区域协同、数实融合、信创驱动”`: a word that is part of an item of a quoted row is not the thing itself."""
    opening = text.rfind("“", 0, word.start)
    if opening < 0 or "”" in text[opening : word.start] or "”" not in text[word.end :]:
        return False
    closing = text.index("”", word.end)
    if closing - opening > _SLOGAN:
        return False
    return "、" in text[opening:closing] and not (text[word.start - 1] in "“、" and text[word.end] in "”、")


_SHORT = 3
"""Characters up to which the name of an industry may be a mere attribute."""


def _in_passing(text: str, word: Known) -> bool:
    """`新能源客车`, `工业机器人380台`: a short word is an industry where the text calls it one."""
    return word.type == "Industry" and word.end - word.start <= _SHORT and not pattern("as_industry").match(text, word.end)


@cache
def _object() -> re.Pattern[str]:
    verbs = "|".join((*lexicon.words("objects", "apply"), *lexicon.words("objects", "given")))
    count, given = (pattern_text(name) for name in ("object_count", "object"))
    return re.compile(rf"(?P<verb>{verbs})(?P<quantity>{count})?(?P<object>{given})(?P<close>”)?")


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(rf"{any_word('name_words', 'title_end')}$")


def _objects(text: str) -> list[Mention]:
    """What somebody applied for, took part in, or was recognised as."""
    found = []
    for match in _object().finditer(text):
        whole = pattern("objects_counted").sub("", match["object"])
        lead = pattern("title_holder").match(whole)  # 授予…有限公司…称号
        lead = lead or pattern("title_lead").match(whole)  # 获批建设省级…中心, 成为全区首家…企业
        whole = whole[lead.end() :] if lead else whole
        name = _title_end().sub("", whole).rstrip(OF)
        kind = _object_type(match["verb"], name, whole != name)
        if kind == "Recognition" and OF in name and not any(map(str.isdecimal, name)):
            continue  # 成为全国领先的光学基地
        if kind and len(clean_name(name)) >= 4 and not name.startswith(COMPLEMENTS):
            start = match.start("object") + (lead.end() if lead else 0)
            found.append(Mention(start, start + len(name), name, kind, "object"))
    return found


def _object_type(verb: str, name: str, titled: bool) -> str:
    """Class of an object by its last word and its verb; "" where it is none of ours (`获得快速发展`)."""
    role = "apply" if verb in lexicon.words("objects", "apply") else "given"
    for row in lexicon.table("object_endings"):
        if row["role"] in ("any", role) and name.endswith(row["ending"]):
            named = row["type"] != "none" and not (role == "apply" and is_generic(name))
            return row["type"] if named else ""
    return "Recognition" if titled and role == "given" else ""


@cache
def _honour() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("honours")))


@cache
def _honoured_kind() -> re.Pattern[str]:
    endings = "|".join(lexicon.words("object_endings", "given", type="Recognition"))
    return re.compile(rf"[^,;:。、()\d]{{0,8}}?(?:{endings})(?={pattern_text('honour_behind')})")


def _honours(text: str, cuts: Boundaries) -> list[Mention]:
    """A title with a level and a word of honour: `新增国家…优势企业7家`, `创建国家…示范区`, `…为省…示范企业`."""
    found = []
    gives = lexicon.words("name_words", "gives_title")
    for honour in _honour().finditer(text):
        start = max(cuts.before(honour.start()), text.rfind(AS, 0, honour.start()) + 1)
        level, kind = pattern("title_level").match(text, start), _honoured_kind().match(text, honour.end())
        if level and kind and level.end() <= honour.start() and text.endswith(gives, max(0, start - 3), start):
            found.append(Mention(start, kind.end(), text[start : kind.end()], "Recognition", "object"))
    return found


def _named_titles(text: str) -> list[Mention]:
    """`认定甲等68家…为2021年省级企业技术中心`: what somebody is named."""
    named = pattern("named_as").finditer(text) if AS in text else ()
    found = [(m.start("name"), _title_end().sub("", m["name"])) for m in named]
    return [Mention(start, start + len(name), name, "Recognition", "object") for start, name in found]


def _announced(text: str) -> list[Mention]:
    """`公布第二批甲省示范企业名单`: what a list that somebody made known grants."""
    found = []
    granted = any(roster in text for roster in lexicon.words("name_words", "roster"))
    for match in pattern("announced").finditer(text) if granted else ():
        name = match["name"]
        honour = _honour().search(name) or pattern("title_level").match(name)
        if honour and name.endswith(lexicon.words("object_endings", "given", type="Recognition")):
            found.append(Mention(match.start("name"), match.end("name"), name, "Recognition", "object"))
    return found


def _products(text: str) -> list[Mention]:
    """`甲自主研发的…获批上市`: what somebody made."""
    made = pattern("product").finditer(text) if OF in text else ()
    found = [Mention(m.start("name"), m.end("name"), m["name"], "Technology", "object") for m in made]
    none = lexicon.words("name_words", "no_product")
    return [m for m in found if not is_generic(m.name) and not m.name.endswith(none)]


def _quoted_projects(text: str) -> list[Mention]:
    """`“…”项目`, `省“…”“…”项目`: what is named in quotes; `“双创”类` and the like name kinds."""
    found = []
    for match in pattern("quoted_kind").finditer(text) if "“" in text else ():
        if not match["level"] and counted_kind(text, match.end()):
            continue
        kind = "Programme" if match["level"] or match["Programme"] else "Platform" if match["Platform"] else "Project"
        end = match.start("count") if match["count"] else match.end()  # “…”等3项成果: the count is a figure
        bare = match["count"] or (kind == "Project" and not match["level"] and not match["more"])
        found.append(Mention(match.start(), end, match["name"] if bare else match[0], kind, "quoted"))
    types = lexicon.mapping("quoted_endings", "type")
    for match in pattern("in_quotes").finditer(text) if "“" in text else ():
        kind = next((types[ending] for ending in types if match["name"].endswith(ending)), "")
        if kind and not any(m.start <= match.start() < m.end for m in found):
            found.append(Mention(match.start(), match.end(), match[0], kind, "quoted"))
    found += [Mention(m.start(), m.end(), m[0], "Programme", "quoted") for m in pattern("edition").finditer(text)]
    return found


@cache
def _list_head() -> re.Pattern[str]:
    heads = any_word("list_heads")
    return re.compile(f"{pattern_text('fields_before')}(?P<head>{heads}){pattern_text('fields_behind')}")


@cache
def _leads_in() -> re.Pattern[str]:
    return re.compile(rf".*{any_word('name_leads', 'field')}(?=.{{2,}})")


def _led_in(item: str) -> int:
    """Characters of the first field of a row that only lead it in: `甲区以集成电路、…`, `攻关新能源、…`."""
    lead = _leads_in().match(item)
    return lead.end() if lead else 0


def _field_lists(text: str, cuts: Boundaries) -> list[FieldList]:
    predicates = {r["phrase"]: r["predicate"] for r in lexicon.table("list_heads")}
    found = []
    for match in _list_head().finditer(text):
        items = items_before(text, match.start(), cuts)
        items[:1] = [(start + _led_in(text[start:end]), end) for start, end in items[:1]]
        fields = [Mention(s, e, known_field(text[s:e]), _field_type(text[s:e]), "list") for s, e in items]
        fields = [f for f in fields if _is_field(text[f.start : f.end])]
        if len(fields) >= 2:
            found.append(FieldList(fields[0].start, match.end(), tuple(fields), predicates[match["head"]]))
    return found


def _is_field(name: str) -> bool:
    if name.endswith(lexicon.words("suffixes")):
        return False
    none = lexicon.words("name_words", "no_field")
    return name in _industry_names() or (2 <= len(name) <= 14 and not is_generic(name) and not any(word in name for word in none))


@cache
def _industry_names() -> dict[str, tuple[str, str]]:
    names = {}
    for row in lexicon.table("industries"):
        for word in [row["name"], *filter(None, row["aliases"].split("|"))]:
            names[word] = (row["name"], row["type"])
    return names


def known_field(name: str) -> str:
    """The name of an industry that goes by this one, else the same."""
    return _industry_names().get(name, (name, ""))[0]


def _field_type(name: str) -> str:
    if name in _industry_names():
        return _industry_names()[name][1]
    return "Technology" if name.endswith(tuple(lexicon.words("technology_suffixes"))) else "Industry"
