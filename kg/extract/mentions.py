"""All mentions of named things in a sentence: gazetteer, suffixes, titles, lists, awards, quoted names."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg import lexicon
from kg.extract.names import Boundaries, Known, boundaries, is_generic, known_words, opens_phrase, suffixed
from kg.extract.policies import Title, titles
from kg.extract.segment import Sentence

_ITEM = re.compile(r"[、和与及]|以及")
_MENTION_RANK = ("policy", "award", "object", "quoted", "suffix", "known", "list", "partner")


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing at its place in a sentence; `name` is canonical where a lexicon has it, else as printed."""

    start: int
    end: int
    name: str
    type: str
    rule: str

    def within(self, other: "Mention") -> bool:
        """Whether it lies inside another, longer mention."""
        return other.start <= self.start and self.end <= other.end and (self.end - self.start) < (other.end - other.start)


@dataclass(frozen=True, slots=True)
class FieldList:
    """Fields named in a row (`甲、乙和丙等细分领域`); `predicate` joins the thing spoken of with each, or is ""."""

    start: int
    end: int
    items: tuple[Mention, ...]
    predicate: str


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with what is named in it."""

    sentence: Sentence
    cuts: Boundaries
    titles: tuple[Title, ...]
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    lists: tuple[FieldList, ...]

    @property
    def text(self) -> str:
        """Folded text of the sentence."""
        return self.sentence.text

    def between(self, start: int, end: int, *types: str) -> list[Mention]:
        """Mentions that lie in a stretch, of the given types (of any, where none is given)."""
        return [m for m in self.mentions if start <= m.start and m.end <= end and (not types or m.type in types)]


def read_sentence(sentence: Sentence, gazetteer: bool) -> Read:
    """Find what a sentence names.

    Args:
        sentence: folded text with its place.
        gazetteer: whether names known nationwide may be used beside the grammar.
    """
    text = sentence.text
    known = known_words(text, gazetteer)
    cuts = boundaries(text, known)
    policy = () if sentence.heading else tuple(titles(text))
    lists = _field_lists(text, cuts)
    found = [Mention(t.start, t.end, t.name, "Policy", "policy") for t in policy]
    found += [Mention(k.start, k.end, k.name, k.type, "known") for k in known if not _in_slogan(text, k)]
    found += [Mention(k.start, k.end, k.name, k.type, "suffix") for k in suffixed(text, cuts, gazetteer)]
    found += _awards(text, cuts) + _objects(text) + _quoted_projects(text)
    found += [item for row in lists for item in row.items]
    found += _enterprise_lists(text, cuts)
    found = [replace(m, name=clean_name(m.name)) for m in found]
    kept, nested = _resolve(found)
    kept += [p for p in _partners(text, cuts, kept) if all(p.end <= m.start or m.end <= p.start for m in kept)]
    return Read(sentence, cuts, policy, tuple(sorted(kept, key=lambda m: m.start)), tuple(nested), tuple(lists))


def _in_slogan(text: str, word: Known) -> bool:
    """`“区域协同、数实融合、信创驱动”`: a word that is part of an item of a quoted row is not the thing itself."""
    opening = text.rfind("“", 0, word.start)
    if opening < 0 or "”" in text[opening : word.start] or "”" not in text[word.end :]:
        return False
    closing = text.index("”", word.end)
    return "、" in text[opening:closing] and not (text[word.start - 1] in "“、" and text[word.end] in "”、")


def clean_name(name: str) -> str:
    """A name without quotes, brackets that a copy left open, and spaces at its ends."""
    name = re.sub(r"[“”\"‘’《》\s]", "", name).strip(",、;:·")
    if name.count("(") != name.count(")"):
        name = re.sub(r"\([^()]*$|^[^()]*\)", "", name) or name.strip("()")
    return name


def _resolve(found: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The longest of those that overlap (on a tie the surer rule); those inside a kept one beside."""
    ranked = sorted(found, key=lambda m: (m.start - m.end, _MENTION_RANK.index(m.rule)))
    kept: list[Mention] = []
    nested: list[Mention] = []
    for mention in ranked:
        clash = [k for k in kept if mention.start < k.end and k.start < mention.end]
        if not clash:
            kept.append(mention)
        elif any(mention.within(k) for k in clash):
            nested.append(mention)
    return kept, nested


@cache
def _award() -> re.Pattern[str]:
    grade = "|".join(r["pattern"] for r in lexicon.table("awards"))
    return re.compile(rf"(?:奖(?:{grade})?|(?:{grade}))(?![励项金补学])")


def _awards(text: str, cuts: Boundaries) -> list[Mention]:
    """`2022年度上海市科技进步奖二等奖`: from the cut before it, the year left out."""
    found = []
    for match in _award().finditer(text):
        start = cuts.before(match.start())
        year = re.match(r"(?:20\d{2}年?度?|第[一二三四五六七八九十\d]+届)", text[start:])
        start += year.end() if year else 0
        name = text[start : match.end()]
        if len(name) >= 5 and not is_generic(name) and "获奖" not in name:
            found.append(Mention(start, match.end(), name, "Award", "award"))
    return found


@cache
def _object() -> re.Pattern[str]:
    verbs = "|".join((*lexicon.words("objects", role="apply"), *lexicon.words("objects", role="given")))
    return re.compile(
        rf"(?P<verb>{verbs})(?P<quantity>(?:\d+|[一二三四五六七八九十两]+)[家个项名人件])?"
        r"(?P<object>“[^“”,;。]{2,20}”?[^,;。、“”()获]{0,16}|[^,;。、“”()获]{4,26})(?P<close>”)?"
    )


_TITLE_END = re.compile(r"(?:认定|称号|授牌|荣誉|资质|荣誉称号)$")


def _objects(text: str) -> list[Mention]:
    """What somebody applied for, took part in, or was recognised as."""
    found = []
    for match in _object().finditer(text):
        whole = match["object"]
        name = _TITLE_END.sub("", whole).rstrip("的")
        kind = _object_type(match["verb"], name, whole != name)
        if kind and len(clean_name(name)) >= 4 and not name.startswith(("了", "得", "的", "到")):
            start = match.start("object")
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


def _quoted_projects(text: str) -> list[Mention]:
    """`“…”项目`: a project named in quotes."""
    found = []
    for match in re.finditer(r"“(?P<name>[^“”]{3,24})”(?P<kind>项目|工程|平台|计划)", text):
        kind = {"平台": "Platform", "计划": "Programme"}.get(match["kind"], "Project")
        name = match["name"] if kind == "Project" else match[0]
        found.append(Mention(match.start(), match.end(), name, kind, "quoted"))
    return found


@cache
def _list_head() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, lexicon.words("list_heads")))
    return re.compile(
        rf"[”\"]?等(?:园区|区域|我区)?(?:[一二三四五六七八九十\d]+[大个类])?(?:[\u4e00-\u9fff]{{0,4}}?)(?P<head>{heads})(?!链|技术|园|基地|研究|化|工人|联盟|发展)"
    )


def _field_lists(text: str, cuts: Boundaries) -> list[FieldList]:
    predicates = {r["phrase"]: r["predicate"] for r in lexicon.table("list_heads")}
    found = []
    for match in _list_head().finditer(text):
        items = _items_before(text, match.start(), cuts)
        fields = [Mention(s, e, _field_name(text[s:e]), _field_type(text[s:e]), "list") for s, e in items]
        fields = [f for f in fields if _is_field(text[f.start : f.end])]
        if len(fields) >= 2:
            found.append(FieldList(fields[0].start, match.end(), tuple(fields), predicates[match["head"]]))
    return found


def _is_field(name: str) -> bool:
    if name.endswith(lexicon.words("suffixes")):
        return False
    return name in _industry_names() or (2 <= len(name) <= 14 and not is_generic(name) and "企业" not in name)


def _items_before(text: str, end: int, cuts: Boundaries) -> list[tuple[int, int]]:
    """Items of a row that ends at `end`: split at 、 and 和, back to the clause's start or the verb before them."""
    clause = max(text.rfind(mark, 0, end) for mark in ",;。:“(》") + 1
    pieces, at = [], clause
    for separator in _ITEM.finditer(text, clause, end):
        pieces.append((at, separator.start()))
        at = separator.end()
    pieces.append((at, end))
    pieces = pieces[_joined_before(text, pieces) :]
    first = max(
        (i for i, (s, e) in enumerate(pieces) if cuts.before(max(s, e - 1)) > s and i < len(pieces) - 1),
        default=0,
    )
    pieces = pieces[first:]
    pieces[0] = (max(pieces[0][0], cuts.before(max(pieces[0][0], pieces[0][1] - 1))), pieces[0][1])
    return [(s, e) for s, e in pieces if e > s]


def _joined_before(text: str, pieces: list[tuple[int, int]]) -> int:
    """How many pieces stand before the row: in `丁还与甲、乙等` 与 joins somebody else with a row of 、."""
    signs = [text[a[1] : b[0]] for a, b in pairwise(pieces)]
    commas = [i for i, sign in enumerate(signs) if sign == "、"]
    return max((i + 1 for i, sign in enumerate(signs) if sign != "、" and commas and i < commas[0]), default=0)


@cache
def _industry_names() -> dict[str, tuple[str, str]]:
    names = {}
    for row in lexicon.table("industries"):
        for word in [row["name"], *filter(None, row["aliases"].split("|"))]:
            names[word] = (row["name"], row["type"])
    return names


def _field_name(name: str) -> str:
    return _industry_names().get(name, (name, ""))[0]


def _field_type(name: str) -> str:
    if name in _industry_names():
        return _industry_names()[name][1]
    return "Technology" if name.endswith(tuple(lexicon.words("technology_suffixes"))) else "Industry"


_COUNTED = re.compile(r"(?:\d+|[一二三四五六七八九十两]+)家[\u4e00-\u9fff]{0,6}\((?P<names>[^()]{2,200})\)")
_SUCH_AS = re.compile(r"等(?:\d+家|[一二三四五六七八九十]+家|一批|多家)?(?:重点|龙头|知名|优质|骨干|头部|科技|代表性?)*企业")


def _enterprise_lists(text: str, cuts: Boundaries) -> list[Mention]:
    """`新增4家(甲、乙、丙、丁)` and `甲、乙、丙等一批重点企业`: short names without a suffix."""
    rows = [
        [(match.start("names") + m.start(), match.start("names") + m.end()) for m in re.finditer(r"[^、,;和及]+", match["names"])]
        for match in _COUNTED.finditer(text)
    ]
    rows += [_items_before(text, match.start(), cuts) for match in _SUCH_AS.finditer(text)]
    rows += [_items_before(text, match.start(), cuts) for match in _given().finditer(text) if "、" in text[: match.start()]]
    return [Mention(s, e, text[s:e], "Enterprise", "list") for row in rows if len(row) > 1 for s, e in row if short_name(text[s:e])]


_VERBAL = re.compile("^(?:正在|已经|继续|不断|积极|全力|全面|深入)|(?:开展|推进|推动|完成|实现)")


@cache
def _given() -> re.Pattern[str]:
    """Verbs of recognition of two characters or more: a row of names may stand before them (`甲、乙、丙入选…`)."""
    return re.compile("|".join(verb for verb in lexicon.words("objects", role="given") if len(verb) > 1))


def short_name(text: str) -> bool:
    """Whether a word may be an enterprise's short name: 2 to 10 characters, no kind of enterprise, no figure."""
    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·()]{2,10}", text) or is_generic(text):
        return False
    if _VERBAL.search(text) or opens_phrase(text):
        return False
    return not text.endswith(lexicon.words("not_short_names")) and not re.match(r"\d", text)


@cache
def _joint() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, lexicon.words("cooperation", role="joint")))
    return re.compile(
        rf"(?P<a>[\u4e00-\u9fffA-Za-z0-9()]{{2,12}}?)(?P<and>[和与同]|联合|携手)(?P<b>[\u4e00-\u9fffA-Za-z0-9()]{{2,12}}?)"
        rf"(?:的|在)?(?:对接|就|围绕|正式|共同|成功)?[\u4e00-\u9fff]{{0,6}}?(?:{phrases})"
    )


def _partners(text: str, cuts: Boundaries, kept: list[Mention]) -> list[Mention]:
    """Short names on both sides of `A与B对接技术合作`, unless they are named already."""
    found = []
    for match in _joint().finditer(text):
        start = cuts.before(match.start("and") - 1)
        end = min(cuts.after(match.start("b")), match.end("b") + 10)
        sides = [(start, match.start("and")), (match.start("b"), end)]
        if all(short_name(text[s:e]) or _named(kept, s, e) for s, e in sides):
            found += [Mention(s, e, text[s:e], "Enterprise", "partner") for s, e in sides if not _named(kept, s, e)]
    return found


def _named(kept: list[Mention], start: int, end: int) -> bool:
    """Whether a stretch is named already: by a mention that holds it, or one at its start (`…园区还` is the park)."""
    return any(m.start <= start and (end <= m.end or m.start == start) and m.end > start for m in kept)
