"""Names that rules propose: gazetteer, suffixes, titles, rows, awards, quoted names. Which of them stand, a score decides."""

import re
from dataclasses import dataclass, replace
from functools import cache

from kg import lexicon
from kg.extract.names.awards import awards_in, boards, titles_in_quotes, winning_works
from kg.extract.names.mentions import FieldList, clean_name, cover
from kg.extract.names.names import Boundaries, Known, Mention, boundaries, home_words, is_generic, known_words, site_words, suffixed
from kg.extract.names.policies import Title, is_work, titles
from kg.extract.names.project_rows import counted_projects
from kg.extract.names.rows import items_before
from kg.extract.text.segment import Sentence
from kg.lexicon import clause_pattern


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


_COUNT = r"(?:(?<!\d)\d{1,6}|[一二三四五六七八九十两]+)"
_COUNTED = re.compile(rf"{_COUNT}[家户](?:[\u4e00-\u9fff“”]{{0,10}})\((?P<names>[^()]{{2,}})(?:\)|(?P<cut>$))")
_FIGURE = re.compile(r"\d[\d,.]*[家个项亿万元%件人户]|目标|同比")
_ITEM = re.compile(r"[^、,;和及]+")
_SHORT_FIRM = 10
"""Characters of a firm's short name in a row."""


def _in_brackets(sentence: Sentence) -> list[Mention]:
    """Firms in brackets behind their count: `新增4家(甲、乙、丙、丁)`, and what of such a row stands behind a cut."""
    shift, found = len(sentence.lead), []
    text = sentence.lead + sentence.text
    for match in _COUNTED.finditer(text) if "(" in text else ():
        if (match["cut"] is None or sentence.goes_on) and not _FIGURE.search(match["names"]):
            items = [(match.start("names") + m.start() - shift, m[0].removesuffix("等")) for m in _ITEM.finditer(match["names"])]
            named = [(start, name) for start, name in items if 2 <= len(name) <= _SHORT_FIRM and not is_generic(name)]
            found += [
                Mention(start, start + len(name), name, "Enterprise", "row") for start, name in named if len(items) > 1 and start >= 0
            ]
    return found


_SHUT = re.compile(
    rf"等(?:{_COUNT}[家户]|多家|一大?批|众多|一系列)?(?:(?!的)[\u4e00-\u9fff“”]){{0,6}}?(?:企业|公司)(?!家|类|型|群|技术中心|研发中心|孵化器)"
)


def _closed_rows(text: str, cuts: Boundaries, known: list[Known]) -> list[Mention]:
    """Firms in a row that their kind closes: `甲、乙等一批重点企业`."""
    found = []
    others = {(k.start, k.end) for k in known if k.type != "Enterprise"}
    for match in _SHUT.finditer(text) if "等" in text else ():
        items = items_before(text, match.start(), cuts)
        named = [(start, end) for start, end in items if 2 <= end - start <= _SHORT_FIRM and (start, end) not in others]
        named = [(start, end) for start, end in named if not is_generic(text[start:end]) and not _NO_FIRM.search(text, start, end)]
        found += [Mention(start, end, text[start:end], "Enterprise", "row") for start, end in named if len(items) > 1]
    return found


_NO_FIRM = re.compile(r"[^\w·&-]|\d{3}|[省市区县镇]$|产业$|行业$|领域$|项目$|平台$|园$|区$|[的了等]")


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
_AS_INDUSTRY = re.compile("(?:及相关)?(?:产业|行业|领域|赛道|集群|企业|板块|方向)")


def _in_passing(text: str, word: Known) -> bool:
    """`新能源客车`, `工业机器人380台`: a short word is an industry where the text calls it one."""
    return word.type == "Industry" and word.end - word.start <= _SHORT and not _AS_INDUSTRY.match(text, word.end)


@cache
def _object() -> re.Pattern[str]:
    verbs = "|".join((*lexicon.words("objects", role="apply"), *lexicon.words("objects", role="given")))
    return re.compile(
        rf"(?P<verb>{verbs})(?P<quantity>(?:\d+|[一二三四五六七八九十两]+)[家个项名人件])?"
        r"(?P<object>“[^“”,;。]{2,20}”?[^,;。、“”()获]{0,16}|[^,;。、“”()获]{4,40}(?:\([市区县、]{1,5}\))?)(?P<close>”)?"
    )


_HOLDER = re.compile(r".*(?:公司|集团|大学|研究院|研究所|园区|基地)(?=[\u4e00-\u9fff]{4,})(?=.*(?:称号|认定|荣誉)$)")
_TITLE_LEAD = re.compile(
    "(?:去年|今年|当年|上年|本年)度?(?!第)|(?:准?建设|创建|筹建|备案为?)(?=国家|[省市区县全])|(?:(?:[全我]?[国省市区县]|国内)?(?:首[家批个]|第[一二三四五六七八九十\\d]+[家个]))+"
)
"""What stands before a title and is none of it: `获批建设省级…中心`, `成为全区首家…企业`."""
_TITLE_END = re.compile(r"(?:认定|称号|授牌|荣誉|资质|荣誉称号)$")


def _objects(text: str) -> list[Mention]:
    """What somebody applied for, took part in, or was recognised as."""
    found = []
    for match in _object().finditer(text):
        whole = re.sub(r"(?:\d+|[一二三四五六七八九十两]+)[家个项名人件户].*$", "", match["object"])
        holder = _HOLDER.match(whole)  # 授予…有限公司…称号
        lead = holder or _TITLE_LEAD.match(whole)
        whole = whole[lead.end() :] if lead else whole
        name = _TITLE_END.sub("", whole).rstrip("的")
        kind = _object_type(match["verb"], name, whole != name)
        if kind == "Recognition" and "的" in name and not any(map(str.isdecimal, name)):
            continue  # 成为全国领先的光学基地
        if kind and len(clean_name(name)) >= 4 and not name.startswith(("了", "得", "的", "到")):
            start = match.start("object") + (lead.end() if lead else 0)
            found.append(Mention(start, start + len(name), name, kind, "object"))
    return found


def _object_type(verb: str, name: str, titled: bool) -> str:
    """Class of an object by its last word and its verb; "" where it is none of ours (`获得快速发展`)."""
    role = "apply" if verb in lexicon.words("objects", role="apply") else "given"
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
    endings = "|".join(lexicon.words("object_endings", role="given", type="Recognition"))
    return re.compile(rf"[^,;:。、()\d]{{0,8}}?(?:{endings})(?=\d|[,;:。、称]|$|为抓手|为目标)")


_LEVEL = re.compile(
    r"(?:20\d\d年)?(?:第[一二三四五六七八九十]{1,3}批)?(?:国家级?|[省市区县]级?|全国|全省|全市|[\u4e00-\u9fff]{2,3}[省市区县])"
)
_GIVES = re.compile(r"(?:新增|新认定|新获批|新培育|新获评|创建|争创|创成|为|、)$")


def _honours(text: str, cuts: Boundaries) -> list[Mention]:
    """A title with a level and a word of honour: `新增国家…优势企业7家`, `创建国家…示范区`, `…为省…示范企业`."""
    found = []
    for honour in _honour().finditer(text):
        start = max(cuts.before(honour.start()), text.rfind("为", 0, honour.start()) + 1)
        level, kind = _LEVEL.match(text, start), _honoured_kind().match(text, honour.end())
        if level and kind and level.end() <= honour.start() and _GIVES.search(text, max(0, start - 3), start):
            found.append(Mention(start, kind.end(), text[start : kind.end()], "Recognition", "object"))
    return found


_NAMED = re.compile(
    r"(?:认定|评定|命名|确定|评选|批准|授予)[^,;。]{2,60}?为(?:20\d\d年度?)?(?:第[一二三四五六七八九十]{1,3}批)?"
    r"(?P<name>(?:国家级?|[省市区县]级?|全[国省市区县]|[\u4e00-\u9fff]{2,3}[省市区县])[^,;。、()“”为\d]{3,20})"
)


def _named_titles(text: str) -> list[Mention]:
    """`认定甲等68家…为2021年省级企业技术中心`: what somebody is named."""
    found = [(m.start("name"), _TITLE_END.sub("", m["name"])) for m in (_NAMED.finditer(text) if "为" in text else ())]
    return [Mention(start, start + len(name), name, "Recognition", "object") for start, name in found]


def _announced(text: str) -> list[Mention]:
    """`公布第二批甲省示范企业名单`: what a list that somebody made known grants."""
    found = []
    for match in clause_pattern("announced").finditer(text) if "名单" in text else ():
        name = match["name"]
        honour = _honour().search(name) or _LEVEL.match(name)
        if honour and name.endswith(lexicon.words("object_endings", role="given", type="Recognition")):
            found.append(Mention(match.start("name"), match.end("name"), name, "Recognition", "object"))
    return found


_PRODUCT = re.compile(
    r"(?:研发|研制|开发|生产)的(?P<name>[^,;。、的“”()\d]{3,18}?)"
    r"(?=获批|获得|获|通过|入选|成功|填补|实现|正式|打破|已|率先|顺利|下线|投产|量产)"
)


def _products(text: str) -> list[Mention]:
    """`甲自主研发的…获批上市`: what somebody made."""
    found = [
        Mention(m.start("name"), m.end("name"), m["name"], "Technology", "object")
        for m in (_PRODUCT.finditer(text) if "的" in text else ())
    ]
    return [m for m in found if not is_generic(m.name) and not m.name.endswith(("项目", "成果", "平台", "课题"))]


_IN_QUOTES = re.compile(r"(?:国家|[省市区县])?“(?P<name>[^“”、,;。]{2,16})”")


def _quoted_projects(text: str) -> list[Mention]:
    """`“…”项目`: a project named in quotes."""
    found = []
    for match in _quoted().finditer(text) if "“" in text else ():
        if not match["level"] and _COUNTED_KIND.match(text, match.end()):
            continue
        kind = "Programme" if match["level"] else {"平台": "Platform", "计划": "Programme"}.get(match["kind"], "Project")
        end = match.start("count") if match["count"] else match.end()  # “…”等3项成果: the count is a figure
        bare = match["count"] or (kind == "Project" and not match["level"] and not match["more"])
        found.append(Mention(match.start(), end, match["name"] if bare else match[0], kind, "quoted"))
    types = lexicon.mapping("quoted_endings", "type")
    for match in _IN_QUOTES.finditer(text) if "“" in text else ():
        kind = next((types[ending] for ending in types if match["name"].endswith(ending)), "")
        if kind and not any(m.start <= match.start() < m.end for m in found):
            found.append(Mention(match.start(), match.end(), match[0], kind, "quoted"))
    found += [Mention(m.start(), m.end(), m[0], "Programme", "quoted") for m in _EDITION.finditer(text)]
    return found


_COUNTED_KIND = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)余?[个项]")
_EDITION = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}届|世界|全球|国际|亚洲)[^,;:。、()的]{0,24}?(?:大会|大赛|博览会|论坛|峰会|年会|展览会|交易会|洽谈会)(?!议)"
)


@cache
def _quoted() -> re.Pattern[str]:
    """`“…”项目`, `省“…”“…”项目`; “双创”类 and the like name kinds."""
    return re.compile(
        r"(?P<level>国家|[省市](?=“))?“(?P<name>[^“”]{2,24})”(?P<more>(?:、?“[^“”]{2,24}”){0,3})(?:[一二三四五六]期)?(?P<count>等\d+[项个])?(?P<kind>项目|工程|平台|计划|成果|课题)(?!申报|库)"
    )


@cache
def _list_head() -> re.Pattern[str]:
    heads = lexicon.any_of(lexicon.words("list_heads"))
    return re.compile(
        rf"(?:[”\"]?等|(?=[二两三四五六七八九十\d]大|[二两三四五六七八九十\d]个(?:主导|重点|特色|支柱|优势|新兴)))(?:园区|区域|我区)?(?:[一二三四五六七八九十\d]+[大个类])?(?:(?!企业)[\u4e00-\u9fff]){{0,4}}?(?P<head>{heads})(?!链|技术|园|基地|研究|化|工人|联盟|发展|(?:重[大点])?项目|基金|人才|资本|转移)"
    )


@cache
def _leads_in() -> re.Pattern[str]:
    return re.compile(rf".*(?:{lexicon.any_of(lexicon.words('name_leads', role='field'))})(?=.{{2,}})")


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
    return name in _industry_names() or (2 <= len(name) <= 14 and not is_generic(name) and "企业" not in name)


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
