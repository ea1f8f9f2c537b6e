"""Promises told in words alone (`举办甲大赛`): whether a later sentence tells of the same thing that it was done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.extract.text.segment import fold
from kg.reason.promises.telling import stretches
from kg.reason.records import Told
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that speaks of a thing: the names that the thing has, what is told there as done with it, whether anything is planned."""

    told: Told
    names: tuple[str, ...]
    done: tuple[str, ...]
    planned: bool


def mentions(store: Store) -> Mapping[str, list[Mention]]:
    """IRI of each thing that something is promised of → the sentences that speak of it."""
    promised = "{ SELECT DISTINCT ?thing { ?p ino:planned true ; ino:concerns ?thing } }"
    rows, events, named = store.texts(
        f"SELECT DISTINCT ?thing ?g ?words ?doc {{ {promised} GRAPH ?g {{ ?thing a ?class }} "
        "?g nif:anchorOf ?words ; prov:wasDerivedFrom/dct:identifier ?doc FILTER NOT EXISTS { ?g a ino:ContextReading } }",
        "SELECT DISTINCT ?thing ?g ?planned ?words { GRAPH ?g { ?event ino:planned ?planned ; ino:concerns ?thing "
        "OPTIONAL { ?event ino:statusText ?words } } }",
        f"SELECT DISTINCT ?thing ?name {{ {promised} ?thing rdfs:label|skos:altLabel ?name }}",
    )
    names: defaultdict[str, list[str]] = defaultdict(list)
    for thing, name in named:
        names[thing].append(name)
    told: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for thing, passage, planned, words in events:
        told[thing, passage].add((planned, words))
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for thing, passage, words, document in sorted(rows):
        called = tuple(sorted(names[thing], key=lambda name: (-len(name), name)))
        here = told[thing, passage]
        done = tuple(sorted(said for intended, said in here if intended == "false"))
        found[thing].append(Mention(Told(passage, words, document), called, done, any(intended == "true" for intended, _ in here)))
    return found


@cache
def _deeds() -> Mapping[str, str]:
    return lexicon.mapping("deeds", "deed")


def deeds_of(words: str, names: Iterable[str] = ()) -> frozenset[str]:
    """The deeds that words name, outside of some names."""
    text, found = _without(words, names), set()
    for word, deed in sorted(_deeds().items(), key=lambda one: -len(one[0])):
        if word in text:
            found.add(deed)
            text = text.replace(word, ",")
    return frozenset(found)


def tells_done(mention: Mention, promised: str) -> str:
    """The stretch of a sentence that says that a promise of the thing that it speaks of was kept, "" where none surely does."""
    wanted = deeds_of(promised, mention.names)
    if mention.planned or not wanted:
        return ""
    if wanted <= deeds_of(",".join(mention.done)):
        return ",".join(mention.done)
    return next((one for one in _of_thing(mention) if wanted <= deeds_of(one, mention.names) and _is_done(one, mention.names)), "")


def tells_undone(mention: Mention, promised: str) -> bool:
    """Whether a sentence says that a promise was not kept: `甲大赛尚未举办`."""
    wanted = deeds_of(promised, mention.names)
    undone = lexicon.words("adverbs", "undone")
    return any(wanted & deeds_of(one, mention.names) and any(word in one for word in undone) for one in _of_thing(mention))


def likeness(mention: Mention, promised: str) -> int:
    """How many pairs of characters a sentence has in common with a promise, outside of the names of the thing."""
    told, words = (_without(text, mention.names) for text in (mention.told.sentence, promised))
    return len({told[at : at + 2] for at in range(len(told) - 1)} & {words[at : at + 2] for at in range(len(words) - 1)})


def _without(text: str, names: Iterable[str]) -> str:
    folded = fold(text)
    for name in names:
        folded = folded.replace(fold(name), ",")
    return folded


def _of_thing(mention: Mention) -> list[str]:
    """The stretches that name the thing."""
    names = [fold(name) for name in mention.names]
    return [one for one in stretches(fold(mention.told.sentence)) if any(name in one for name in names)]


def _is_done(stretch: str, names: Iterable[str]) -> bool:
    """Whether a stretch says that what it tells has come about, and nothing in it that it is still to come or has failed."""
    said = _without(stretch, names)
    done, ahead, under_way, behind = (lexicon.words("promise_words", role) for role in ("done", "ahead", "under_way", "behind"))
    against = (*ahead, *under_way, *lexicon.words("adverbs", "undone"))
    after = said.rpartition(",")[2]
    own = after == "" or after.startswith((*behind, *done, *_deeds(), *lexicon.words("adverbs", "filler")))
    return own and any(one in said for one in done) and not any(one in said for one in against)
