"""Whose report a document is, with what tells it: title, office, signature, address, name of the file or folder, what it names most."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg import lexicon
from kg.errors import UsageError
from kg.extract.document.divisions import above, called, full_name, meant, near, settled
from kg.extract.document.gazetteer import leading_places, place_at, short_of, whole_name, whole_names
from kg.extract.text.segment import fold, stated_title
from kg.lexicon import pattern, pattern_text
from kg.model import Document, HomeBasis, ReportHome, Span

if TYPE_CHECKING:
    from kg.extract.document.context import Context
    from kg.extract.document.home import Home


@dataclass(frozen=True, slots=True)
class _Told:
    """A place by its name, what tells it, and where in the text."""

    place: str
    basis: HomeBasis
    words: str = ""


def said(home: ReportHome) -> str:
    """A home in words that `home_said` takes again."""
    place = full_name(home.code) if home.code else home.place
    return place.removesuffix(home.place) + home.park if home.park.startswith(short_of(home.place)) else place + home.park


def home_told(document: Document, context: "Context", home: "Home") -> ReportHome:
    """Whose report a document is.

    Args:
        document: as read; what a person said of it stands.
        context: its text as read.
        home: its home by the names of its things.
    """
    text = fold(document.text)
    if document.home.basis == "given":
        return replace(document.home, spans=_spans(text, document.home.park or document.home.place))
    park = home.park
    beside = document.home if document.home.basis == "beside" else None
    told = next((one for one in _told(document, context, text) if not pattern("masked_place").match(one.place)), None)
    if beside and (told is None or (told.basis == "text" and document.rows)):
        return beside
    place = _around_park(park, context.header.title, text) if park and not (told and called(told.place)) else told.place if told else ""
    if not place and not park:
        return ReportHome()
    basis: HomeBasis = told.basis if told else "title" if park in context.header.title else "text"
    words = told.words if told and told.words else park or place
    lines = (context.header.title, context.header.issuer, document.source, document.folder, text)
    return _of(place, park, lines, basis, _spans(text, words))


def _of(place: str, park: str, lines: tuple[str, ...], basis: HomeBasis, spans: tuple[Span, ...]) -> ReportHome:
    """The home at a place by its name, which is told apart from others so called by some lines."""
    codes = settled(place, map(fold, lines[:-1]), lines[-1])
    if len(codes) == 1:
        return ReportHome(place, park, codes[0], above(codes[0]), basis, spans)
    within = () if codes else _printed_around(place, lines)
    return ReportHome(place, park, "", within, basis, spans, tuple(map(full_name, codes)))


def _told(document: Document, context: "Context", text: str) -> Iterator[_Told]:
    """The places that a document may be of, by what tells them, the surest first."""
    top, stated = context.header, fold(stated_title(document))
    district, short = top.district, short_of(top.district)
    if district and short in stated and not _is_anothers(context, stated, short):
        yield _Told(district, "title", district if district in stated else short)
    if district and short in top.issuer:
        yield _Told(district, "issuer" if top.issuer in stated or top.issuer in fold(document.issuer) else "signature", top.issuer)
    for found in pattern("address").finditer(text):
        if places := _whole(leading_places(found["where"])):
            yield _Told(places[-1], "address", found["where"])
    names: dict[HomeBasis, str] = {"file": document.source.rsplit(".", 1)[0], "folder": document.folder}
    for basis, name in names.items():
        if place := _named_in(fold(name)):
            yield _Told(place, basis)
    if office := _of_offices(context):
        yield _Told(office, "text", office)
    if district and not (short in stated and _is_anothers(context, stated, short)):
        yield _Told(district, "text", short)


def _is_anothers(context: "Context", title: str, short: str) -> bool:
    """Whether a place stands in a title only as part of the name of a firm or an institute: `吉林大学与…`."""
    others = (m.name for read in context.reads[:2] for m in read.mentions if m.type in ("Enterprise", "ResearchInstitute"))
    for name in others:
        title = title.replace(name, "")
    return short not in title


def _whole(places: list[str]) -> list[str]:
    return [name for name in map(whole_name, places) if called(name)]


def _named_in(name: str) -> str:
    """The place that the name of a file or a folder holds by its whole name, the last of those that stand one behind the other."""
    for at in range(len(name)):
        places = [one for one in leading_places(name, at) if called(one)]
        if places:
            return places[-1]
    return ""


def _of_offices(context: "Context") -> str:
    """The place whose offices a text names most, where it speaks of its own place by level only: `区科委` beside `徐汇区商务委`."""
    if context.header.district and context.header.stated and not context.header.issuer.startswith(_levels()):
        known = _levels() if _is_anothers(context, fold(context.header.title), short_of(context.header.district)) else ()
    else:
        known = () if context.header.district else _levels()
    level = Counter(found[0] for read in context.reads for found in pattern("own_level").finditer(read.text) if known)
    if context.header.issuer.startswith(known or "-"):
        level[context.header.issuer[0]] += len(context.reads)
    if not level:
        return ""
    wanted = level.most_common(1)[0][0][-1]
    offices = (m.name for read in context.reads for m in read.mentions if m.type == "GovernmentBody")
    named = Counter(places[-1] for name in offices if (places := _whole(leading_places(name))) and places[-1].endswith(wanted))
    often = named.most_common(2)
    return often[0][0] if often and (len(often) == 1 or often[0][1] > often[1][1]) else ""


def _levels() -> tuple[str, ...]:
    return lexicon.words("report_words", "province", "city", "district", "county", "banner")


def _around_park(park: str, title: str, text: str) -> str:
    """The place in the name of a park or right before it: `苏州` of `苏州工业园区`, `盘锦` before `辽东湾新区`."""
    if inside := _whole(leading_places(park)):
        return inside[-1]
    for told in (fold(title), text):
        for found in re.finditer(re.escape(park), told):
            before = (told[found.start() - size : found.start()] for size in range(min(8, found.start()), 1, -1))
            if places := _whole([one for one in before if place_at(one) == one]):
                return places[-1]
    return ""


def _printed_around(place: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """What a place that the gazetteer lacks lies in, as a title or an office's name prints it: `甲省乙市` before `丙区`."""
    pattern = re.compile(pattern_text("printed_around") + re.escape(place)) if place else None
    for line in lines[:2] if pattern else ():
        if found := pattern.match(fold(line)):  # type: ignore[union-attr]  # None where there is no line
            return tuple(filter(None, (found["city"], found["province"])))
    return ()


def _spans(text: str, words: str) -> tuple[Span, ...]:
    at = text.find(words) if words else -1
    return (Span(at, at + len(words)),) if at >= 0 else ()


def home_said(given: str) -> ReportHome:
    """The home that a person means by a place or a park, with or without what it lies in: `青浦区`, `上海市青浦区`, `宜昌高新区`.

    Raises:
        UsageError: no place is called so, or several are.
    """
    given = fold(given.strip())
    codes = meant(given)
    if len(codes) == 1:
        return _of_code(codes[0])
    if codes:
        names = list(map(full_name, codes))
        raise UsageError(f"'{given}' is the name of {len(names)} places: {', '.join(names)}. Give one of these, such as {names[0]}.")
    if given.endswith(park_words()):
        return _park_said(given)
    like = f" Is it {', '.join(names)}?" if (names := near(given)) else " Give a province, city, district or county, or a park."
    raise UsageError(f"No place is called '{given}'.{like}")


def _park_said(given: str) -> ReportHome:
    """A park, whose name may begin with the place in which it lies."""
    places = leading_places(given)
    rest = given[sum(map(len, places)) :]
    if not places and rest in park_words():
        raise UsageError(f"'{given}' is what many parks are called. Name its place before it.")
    if not places:
        return ReportHome(park=given, basis="given")
    around = meant("".join(map(whole_name, places)))
    if len(around) != 1:
        raise UsageError(f"Which place '{''.join(places)}' of '{given}' is does not show. Give it with the province or city before it.")
    last = short_of(places[-1]) if rest in park_words() or not called(places[-1]) else ""
    return replace(_of_code(around[0]), park=f"{last}{rest}")


def _of_code(code: str) -> ReportHome:
    return ReportHome(whole_names()[code], "", code, above(code), "given")


@cache
def park_words() -> tuple[str, ...]:
    """Words that end the names of parks and zones, which alone name none; the longest first."""
    words = {*lexicon.words("zones"), *lexicon.words("suffixes", type="Park"), *lexicon.words("contextual", "park")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def asked(document: Document) -> tuple[str, ...]:
    """The line that asks which of several places of one name a document is of; none where nothing is to ask."""
    home = document.home
    if not home.between:
        return ()
    told = f"'{home.place}' is the name of {len(home.between)} places ({', '.join(home.between)}) and nothing says which"
    return (f"{document.source}: {told}; it stands for itself alone until kg ingest --place, as {home.between[0]}, settles it.",)
