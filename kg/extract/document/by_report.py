"""What follows from whose report it is: what a park's or a place's own report tells of as its own lies in it, and is what it works on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg import lexicon
from kg.extract.document.context import Context
from kg.extract.document.gazetteer import leading_places, lies_in, place_at, same_place, short_of
from kg.extract.document.home import Home, behind_firm, elsewhere, is_described
from kg.extract.names.boundaries import Mention, is_generic
from kg.extract.names.mentions import Read
from kg.extract.text.particles import ALONG, ALSO, AND, OF, WITH
from kg.extract.text.segment import clause_start, part_start
from kg.lexicon import pattern
from kg.model import Cooperation, Entity, Event, Honour, Relation, Span

_HOLDS = frozenset({"undertakes", "invests"})
_BEFORE = 14
"""Characters before a name among which a word stands that tells whence it is."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the rules for edges by report share: the report, its home, its things by name, what is stated, who is a partner."""

    context: Context
    home: Home
    things: Mapping[str, Entity]
    stated: tuple[Relation, ...]
    partners: frozenset[str]
    winners: frozenset[str]

    def thing(self, mention: Mention) -> Entity | None:
        """The entity that a mention names."""
        return self.things.get(self.context.name(mention))


def by_report(
    context: Context, home: Home, things: Mapping[str, Entity], stated: Iterable[Relation], events: Iterable[Event]
) -> list[Relation]:
    """Edges that no sentence states and that follow from whose report it is."""
    if not home.own:
        return []
    told = tuple(events)
    partners = frozenset(name for event in told if isinstance(event, Cooperation) for name in event.participants)
    winners = frozenset(name for event in told if isinstance(event, Honour) for name in event.participants)
    own = Own(context, home, things, tuple(stated), partners, winners)
    placed = _placed(own)
    return placed + _holders(own, placed) + (_fields(own) if home.titled else []) + _within_place(own, placed)


def from_report(edges: Iterable[Relation], context: Context, home: Home, things: Mapping[str, Entity]) -> list[Relation]:
    """Edges, those marked whose one end is the report's office, park or place and stands nowhere in the sentence: `修订《甲办法》`."""
    own = {name for name in (context.header.issuer, context.header.titled, home.park, home.place) if name in things}
    return [replace(edge, basis="report", given=home.given) if _is_implied(edge, own, context, things) else edge for edge in edges]


def _is_implied(edge: Relation, own: set[str], context: Context, things: Mapping[str, Entity]) -> bool:
    ends = [things[end] for end in (edge.subject, edge.object) if end in own and end in things]
    sentence = context.reads[context.index(edge.span)].sentence.span if ends and context.reads else None
    if sentence is None or edge.basis != "stated" or context.text[edge.span.start : edge.span.end].startswith(lexicon.words("pro_forms")):
        return False  # 园区获评…: the sentence names it by a word for it
    return any(all(span not in sentence for span in end.spans) for end in ends)


def _placed(own: Own) -> list[Relation]:
    """Sites, platforms and institutes of the report, and those enterprises that it calls its own, lie in its home."""
    somewhere = _somewhere(own, own.stated)
    found: dict[str, Relation] = {}
    for read, topic, given in _topics(own):
        for mention in read.mentions:
            thing = own.thing(mention)
            if thing is None or thing.name in found or thing.name in somewhere or not _may_lie(own, thing, topic):
                continue
            if _is_own(own, read, mention, thing, topic):
                span = read.sentence.span_of(mention.start, mention.end)
                found[thing.name] = Relation(thing.name, "locatedIn", topic, span, "report", given)
    return list(found.values())


def _somewhere(own: Own, edges: Iterable[Relation]) -> set[str]:
    """Things that some edges put in a place or a park; to be a university's puts an institute nowhere."""
    return {
        edge.subject
        for edge in edges
        if edge.predicate == "locatedIn"
        or (edge.predicate == "partOf" and edge.object in own.things and own.things[edge.object].type in _AROUND)
    }


_AROUND = ("Park", "Place", "Project")


def _may_lie(own: Own, thing: Entity, topic: str) -> bool:
    """Whether a thing is of a kind that lies somewhere, and its name does not put it elsewhere, or around the home."""
    if thing.type not in (*lexicon.classes("built"), "Enterprise", "ResearchInstitute") or thing.name in (topic, own.home.place):
        return False
    home = own.things[topic]
    if any(name in one for one in (home.name, *home.aliases) for name in (thing.name, *thing.aliases)):
        return False  # 张江高新区 of 张江高新区青浦园
    place = short_of(own.home.place)
    if thing.name.startswith(lexicon.words("nationwide")) and not (place and place in thing.name):  # 中国(驻马店)…产业园 is Zhumadian's
        return False
    if thing.type == "Project" and (thing.name.endswith(lexicon.words("research_endings")) or _is_output(thing.name)):
        return False
    if is_described(thing.name) or (own.things[topic].type == "Place" and elsewhere(thing.name, topic, topic)):
        return False  # 丙县项目 in a paragraph on 乙县
    site = (
        behind_firm(thing.name) if own.home.titled and thing.type in lexicon.classes("built") else thing.name
    )  # a firm of another city builds here
    return not elsewhere(site, topic, own.home.place)


def _is_output(name: str) -> bool:
    """Whether a name tells what is made, and of no site that makes it: `年产5万吨铜箔`, but not `年产5万吨铜箔项目`."""
    sites = (*lexicon.words("row_nouns"), *lexicon.words("site_endings"), *lexicon.words("own_words", kind="works"))
    return name.startswith(lexicon.words("own_words", kind="output")) and not name.endswith(sites)


def _is_own(own: Own, read: Read, mention: Mention, thing: Entity, topic: str) -> bool:
    """Whether the sentence tells of a thing as the home's own."""
    clause = read.text[clause_start(read.text, mention.start) : mention.start]
    before = read.text[max(0, mention.start - _BEFORE) : mention.start]
    near = (*lexicon.words("own_words", kind="elsewhere"), *lexicon.words("own_words", kind="given"))
    if any(word in before for word in near) or _is_what_becomes(clause):
        return False
    outer = next((m for m in read.mentions if m.end == mention.start and m.type == "Place"), None)
    around = topic if own.things[topic].type == "Place" else own.home.place
    if (outer and elsewhere(outer.name, topic, around)) or is_generic(
        thing.name.removeprefix(place_at(thing.name) or short_of(own.home.place))
    ):
        return False  # 祁东县产业项目
    research = mention.rule in _GIVEN_RULES or read.text.startswith("《", mention.start)  # research by its title lies nowhere
    if thing.name in own.partners or research or _is_phase(read, mention):
        return False
    if thing.name in own.winners or (thing.type == "Enterprise" and _is_honoured(read, mention)):
        return thing.type == "Enterprise" and not _is_province(own.home.place)  # what wins as a project is research
    if thing.type in lexicon.classes("built") and own.home.titled:
        return True
    kinds = ("own", "comes") if own.home.titled else ("own",)
    return any(word in clause for kind in kinds for word in lexicon.words("own_words", kind=kind))


def _is_what_becomes(before: str) -> bool:
    """Whether what stands before a name makes it what another thing is or is to become.

    `将全省打造成甲高地、乙基地`: none of these is there; `建成后将成为全省最大的丙产业园`: none beside the one that is built.
    """
    kinds = ("goal", "becomes") if before.endswith(OF) else ("goal",)
    return any(word in before for kind in kinds for word in lexicon.words("own_words", kind=kind))


_GIVEN_RULES = ("work", "title")
"""Rules that find research which wins, and titles: these lie nowhere."""


def _is_phase(read: Read, mention: Mention) -> bool:
    """Whether a thing is what one phase of another builds: `项目分两期建设,一期建设甲生产线`."""
    begins = max(part_start(read.text, mention.start), mention.start - _PHASE)
    return pattern("phases").search(read.text, begins, mention.start) is not None


_PHASE = 100
"""Characters before a thing among which a phase is told that builds it."""


def _is_honoured(read: Read, mention: Mention) -> bool:
    """Whether the part of the sentence behind an enterprise tells of an honour: `甲公司陈一、乙公司李二2人获得…奖`."""
    end = read.text.find(";", mention.end)
    end = end if end >= 0 else len(read.text)
    behind, kinds = read.text[mention.end : end], ("honour", "given")
    told = any(word in behind for kind in kinds for word in lexicon.words("own_words", kind=kind))
    return told and bool(read.between(mention.end, end, "Award", "Recognition"))


def _is_province(place: str) -> bool:
    return place.endswith(lexicon.words("report_words", "province", "region"))


def _legal() -> tuple[str, ...]:
    """How a legal name ends: a project's own company lies where the project does, a group that invests may not."""
    return lexicon.words("report_words", "company", "plant")


def _holders(own: Own, placed: list[Relation]) -> list[Relation]:
    """An enterprise whose project lies in the home is at work there."""
    lies = {edge.subject: edge for edge in placed}
    somewhere = _somewhere(own, (*own.stated, *placed))
    found = []
    for edge in own.stated:
        firm, site = (edge.object, edge.subject) if edge.predicate == "operatedBy" else (edge.subject, edge.object)
        if edge.predicate not in (*_HOLDS, "operatedBy") or site not in lies or firm in somewhere or firm in own.partners:
            continue
        holder = own.things.get(firm)
        if holder and holder.type == "Enterprise" and firm.endswith(_legal()) and _may_lie(own, holder, lies[site].object):
            found.append(Relation(firm, "locatedIn", lies[site].object, edge.span, "report", own.home.given))
            somewhere.add(firm)
    return found


def _topics(own: Own) -> Iterator[tuple[Read, str, tuple[Span, ...]]]:
    """Each sentence with the home of what it tells and what says so: the place or zone with which it, its paragraph or its heading opens,
    else the report's own."""
    topic, under, end = _NONE, _NONE, 0
    for read in own.context.reads:
        opened = _opening(own, read)
        if read.sentence.heading:
            under = opened
        if own.context.starts_line(read, end) or (opened[0] and pattern("ceremony").search(read.text)):
            topic = opened
        end = read.sentence.span.end
        if not read.sentence.heading:
            name, given = next((one for one in (opened, topic, under) if one[0]), (own.home.own, own.home.given))
            yield read, name, given


_NONE: tuple[str, tuple[Span, ...]] = ("", ())


def _opening(own: Own, read: Read) -> tuple[str, tuple[Span, ...]]:
    """The place or zone with which a sentence opens, where it lies in the report's own: `丹阳市22个…项目`, `(二)青山区`."""
    first = read.mentions[0] if read.mentions else None
    if first is None or first.type not in ("Place", "Park") or first.start > _OPENS or read.text[first.end : first.end + 1] in _JOINED:
        return _NONE
    thing = own.thing(first)
    if thing is None or thing.name in (own.home.park, own.home.place) or not _is_within(own, thing):
        return _NONE
    if any(m.start == first.end for m in read.mentions[1:2]) or _goes_on(read.text, first):
        return _NONE  # 乙县丙度假区: the place is told of one thing, not of what follows
    return thing.name, (read.sentence.span_of(first.start, first.end),)


def _goes_on(text: str, place: Mention) -> bool:
    """Whether a place written short may be the beginning of a name that goes on: `青石岭云台国际度假区`."""
    short = place.type == "Place" and short_of(place.name) == place.name
    return short and pattern("place_goes_on").match(text, place.end) is not None


def _is_within(own: Own, thing: Entity) -> bool:
    """Whether a place lies in the report's own, or a zone may."""
    if thing.type == "Place":
        return lies_in(thing.name, own.home.place)
    zone = not own.home.park and thing.name.endswith(lexicon.words("zones"))
    return zone and not elsewhere(thing.name, "", own.home.place)


_OPENS = 4
"""Characters of a mark before the place with which a paragraph opens."""
_JOINED = ("、", WITH, AND, ALSO, ALONG)


def _fields(own: Own) -> list[Relation]:
    """Industries that the report's own park or place works on, where nothing else is said of them."""
    known = {edge.object for edge in own.stated}
    found: dict[str, Relation] = {}
    for read, topic, given in _topics(own):
        for mention in read.mentions:
            thing = own.thing(mention) if mention.type in ("Industry", "Technology") else None
            if thing is None or thing.type != "Industry" or thing.name in known or thing.name in found:
                continue
            if _is_worked_on(read, mention):
                span = read.sentence.span_of(mention.start, mention.end)
                found[thing.name] = Relation(_subject(own, read, mention) or topic, "focusesOn", thing.name, span, "report", given)
    return list(found.values())


def _subject(own: Own, read: Read, mention: Mention) -> str:
    """The park or place of the report with which the sentence, or a clause of it, begins before."""
    before = [
        m for m in read.mentions if m.end <= mention.start and m.type in ("Park", "Place") and m.start == clause_start(read.text, m.start)
    ]
    named = [thing.name for m in before if (thing := own.thing(m))]
    return next((name for name in reversed(named) if name in (own.home.park, own.home.place)), "") or _behind(own, read, mention)


def _behind(own: Own, read: Read, mention: Mention) -> str:
    """The one zone of which the stretch right behind speaks, written short: `聚焦甲、乙产业,科创新区…` where 云湖科创新区 is named."""
    clause = next((one for one in read.clauses if one.start > mention.start), None)
    parks = {e.name for e in own.things.values() if e.type == "Park"} if clause else set()
    tails = {(name, tail) for name in parks for at in range(len(name) - _TAIL + 1) if clause and clause.text.startswith(tail := name[at:])}
    return next(iter(tails))[0] if len({name for name, _ in tails}) == 1 else ""


_TAIL = 4
"""Characters of the shortest end of a zone's name by which it is called."""


def _is_worked_on(read: Read, mention: Mention) -> bool:
    """Whether a clause tells of an industry as one that is worked on, by nobody else: `聚焦…、…`, `涵盖…、…等领域`, `…产业链`."""
    row = next((row for row in read.lists if row.start <= mention.start and mention.end <= row.end), None)
    first = row.start if row else mention.start
    start = clause_start(read.text, first)
    if pattern("of_projects").match(read.text, start):
        return False
    if read.between(start, first, "Enterprise", "ResearchInstitute", "Project") or pattern("functions").search(read.text[start:first]):
        return False
    if any(word in read.text[start:first] for word in lexicon.words("own_words", kind="focus")):
        return True
    return bool(row.predicate) if row else read.text.startswith(lexicon.words("own_words", kind="field"), mention.end)


def _within_place(own: Own, placed: list[Relation]) -> list[Relation]:
    """The park whose report it is, and the districts that paragraphs are about, lie in the place whose report it is."""
    home = own.home
    parks = [home.park] if home.park and home.place and home.titled_place else []
    districts = [edge.object for edge in placed if home.place and own.things[edge.object].type == "Place" and edge.object != home.place]
    inside = dict.fromkeys([*parks, *districts])
    return _right_behind(own) + [
        Relation(name, "locatedIn", home.place, min(own.things[name].spans), "report", home.given) for name in inside
    ]


def _right_behind(own: Own) -> list[Relation]:
    """The report's zone lies in the city right behind which the title names it: `甲市乙新区2018年…`."""
    title, zone = own.context.header.title, own.home.own
    at = title.find(zone) if zone.endswith(lexicon.words("zones")) and (zone == own.home.place or not own.home.place) else -1
    city = next(iter(leading_places(title)), "") if at >= 0 else ""
    outer = next((e for e in own.things.values() if e.type == "Place" and city and same_place(e.name, city)), None)
    known = any(edge.subject == zone and edge.predicate == "locatedIn" for edge in own.stated)
    if outer is None or outer.name == zone or at not in (0, len(city)) or known:
        return []
    return [Relation(zone, "locatedIn", outer.name, min(own.things[zone].spans), "report", own.home.given)]
