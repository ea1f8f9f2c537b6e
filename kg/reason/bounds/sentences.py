"""What a sentence says of several figures at once: parts of a whole, the sum of what it lists, shares, ranks.

Only what a sentence says in so many words is read, and only where each figure can be found in it; the rest is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import lexicon
from kg.lexicon import any_word, pattern, pattern_text, word_pattern
from kg.model import Disclosure
from kg.reason.bounds.quantities import Naming
from kg.reason.bounds.rounding import parts_of, plain, printed_in
from kg.reason.records import Figure, Told
from kg.units import is_whole, names_of

_ENDS = re.compile(r"[;；。]")


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole and figures that it holds. `indicator` is what all are of; `told` where it is told.

    `complete` says that they make up the whole, `alone` that the whole is nothing but their sum, and no figure of its subject.
    """

    whole: Figure
    parts: tuple[Figure, ...]
    told: Told
    complete: bool = False
    alone: bool = False


def sentences(figures: Iterable[Figure], naming: Naming) -> Iterator[tuple[Told, str, list[Figure]]]:
    """Each passage that counts: where, its words, its figures that can be reckoned with."""
    groups: defaultdict[Told, list[Figure]] = defaultdict(list)
    for figure in figures:
        if naming.counts(figure):
            for told in naming.told(figure):
                groups[told].append(figure)
    for told, group in groups.items():
        yield told, plain(told.sentence), group


def listings(figures: Iterable[Figure], naming: Naming) -> list[Listing]:
    """Parts of a whole (其中) and sums of what is listed (合计), sentence by sentence."""
    found: list[Listing] = []
    for told, sentence, group in sentences(figures, naming):
        for part in _ENDS.split(sentence):
            if len(group) > 1:
                found += _of_which(told, part, group, naming)
                found += _altogether(told, part, group, naming)
    return found


def _of_which(told: Told, text: str, group: list[Figure], naming: Naming) -> Iterator[Listing]:
    marks = list(re.finditer(any_word("bounding", "of_which"), text))
    if len(marks) != 1:
        return
    placed = _placed(text, group)
    before = [figure for at, figure in placed if at < marks[0].start()]
    behind = [figure for at, figure in placed if at >= marks[0].end()]
    if not before:
        return
    whole = before[-1]
    parts = [part for n, part in enumerate(behind) if _is_part(part, whole, naming, first=n == 0)]
    alike = [part for part in parts if part.subject != whole.subject and _same_measure(part, whole, naming)]
    together = len(alike) > 1 and all(part.subject for part in alike) and naming.apart(part.subject for part in alike)
    for part in parts:
        if not (together and part in alike):
            yield Listing(whole, (part,), told)
    if together:
        yield Listing(whole, tuple(alike), told)
    named = [part for part in parts if _same_measure(part, whole, naming)]
    if _makes_up(text[: marks[0].start()], named):
        yield Listing(whole, tuple(named), told, complete=True)


def _makes_up(text: str, parts: list[Figure]) -> bool:
    """Whether a text says in so many words that these parts, by their names and in this order, make up a whole."""
    match = pattern("made_up_of").search(text)
    named = re.split(any_word("bounding", "joins"), match["parts"]) if match else []
    return len(named) == len(parts) > 1 and all(name and name in part.about for name, part in zip(named, parts, strict=True))


def _is_part(part: Figure, whole: Figure, naming: Naming, first: bool) -> bool:
    if (part.unit, part.period) != (whole.unit, whole.period):
        return False
    if _same_measure(part, whole, naming):
        return (part.subject, part.about) != (whole.subject, whole.about)
    return first and is_whole(part.unit)  # 高新技术企业320家，其中规上企业120家


def _same_measure(part: Figure, whole: Figure, naming: Naming) -> bool:
    return part.indicator == whole.indicator or naming.is_itself(part)


def _altogether(told: Told, text: str, group: list[Figure], naming: Naming) -> Iterator[Listing]:
    """`甲园、乙园分别为10亿元、20亿元，合计30亿元`: all amounts before it, in its unit, are its parts."""
    mark = re.search(rf"(?<=[,，、]){any_word('bounding', 'altogether')}(?=[^,，、]{{0,6}}$|[^,，、]{{0,6}}[\d*Xx×])", text)
    if mark is None:
        return
    placed = _placed(text, group)
    total = next((figure for at, figure in placed if at >= mark.end()), None)
    opening = max((one.end() for one in re.finditer(any_word("bounding", "of_which"), text[: mark.start()])), default=0)
    parts = [figure for at, figure in placed if opening <= at < mark.start() and total and figure.unit == total.unit]
    if total is None or len(parts) < 2 or len({(part.period, part.indicator) for part in parts if not naming.is_itself(part)}) > 1:
        return
    amounts = re.findall(_amount(parts), text[opening : mark.start()])
    subjects = [part.subject for part in parts]
    if len(amounts) == len(parts) and all(subjects) and naming.apart(subjects) and parts[0].period == total.period:
        yield Listing(total, tuple(parts), told, complete=True, alone=True)


def _amount(parts: Iterable[Figure]) -> str:
    """An amount in any unit of some figures, masked or not."""
    units = {unit for part in parts for unit in _units(part)}
    return rf"(?:\d|{_masked()})\s*(?:{'|'.join(map(re.escape, sorted(units, key=len, reverse=True)))})" if units else r"(?!)"


def _units(figure: Figure) -> list[str]:
    """Units as printed that may stand behind a figure."""
    return [f"{scale}{unit}" for unit in names_of(figure.unit) for scale in ("", *lexicon.words("bounding", "scale"))]


def _masked() -> str:
    return pattern_text("masked")


def _placed(text: str, group: Iterable[Figure]) -> list[tuple[int, Figure]]:
    """Where figures stand in a text, in order; those that are not found, or found more than once, are left out."""
    found = []
    for figure in group:
        places = _masked_at(text, figure) if figure.disclosure is Disclosure.WITHHELD else _printed_at(text, figure)
        if len(places) == 1:
            found.append((places.pop(), figure))
    return sorted(found, key=lambda one: one[0])


def _printed_at(text: str, figure: Figure) -> set[int]:
    printed = parts_of(figure.printed)
    return {one.start for one in printed_in(text, *printed)} if printed else set()


def _masked_at(text: str, figure: Figure) -> set[int]:
    """Where a mask stands right behind the words for a figure; the only mask of a text without such words."""
    words = dict.fromkeys(word for word in (figure.name, figure.about, figure.indicator) if word)
    behind = [{match.start(1) for match in re.finditer(rf"{re.escape(word)}[^\d,，、]{{0,6}}?({_masked()})", text)} for word in words]
    given = [places for places in behind if places]
    if given:
        return set.intersection(*given)
    masks = {match.start() for match in re.finditer(_masked(), text)}
    return masks if len(masks) == 1 and not any(word in text for word in words) else set()


@dataclass(frozen=True, slots=True)
class Share:
    """A figure that says which part of a whole something is: their indicators, "" where it is that of what was told before.

    `place` is the scope word before the whole (全区), "" where it is of the same subject.
    """

    figure: Figure
    part: str
    place: str
    whole: str


def shares(figures: Iterable[Figure], naming: Naming) -> Iterator[Share]:
    """Figures whose indicator tells a share: 工业投资占固定资产投资的比重, 甲园占全区."""
    part_of, ends = pattern("part_of"), lexicon.words("bounding", "share_end")
    places = re.compile(rf"^{any_word('wholes')}")
    for figure in figures:
        match = part_of.fullmatch(figure.indicator) if figure.unit == "1" and naming.counts(figure) else None
        if match is None or figure.value is None or not 0 <= figure.value <= 1:
            continue
        own, whole = match["own"], match["whole"]
        for name in sorted(naming.names.get(figure.subject, frozenset()) | {figure.name, figure.about}, key=len, reverse=True):
            own = own.removeprefix(name) if name else own
        for end in ends:
            whole = whole.removesuffix(end)
        place = places.match(whole)
        yield Share(figure, own, place[0] if place else "", whole[place.end() :] if place else whole)


def ranked(figures: Iterable[Figure], naming: Naming) -> Iterator[tuple[tuple[str, str], Figure, Told]]:
    """Figures with a rank in size: among whom (the scope, whose report says so), the figure, where; ranks of a growth are left out."""
    rates = word_pattern("bounding", "rate")
    for figure in figures:
        if figure.rank is None or not figure.rank_scope or not naming.counts(figure):
            continue
        told = naming.told(figure)[0]
        if not rates.search(told.sentence):
            report = naming.documents.get(told.document)
            yield (figure.rank_scope, (report and report.home) or told.document), figure, told
