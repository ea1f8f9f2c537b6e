"""What passages state of a thing beside its ties: its own properties, its figures, the events that it is part of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg import vocab
from kg.analyse.projection import WHOLE, projections, reading_order
from kg.show.wording import amount, figure_text, growth_text, period_text
from kg.view.trends import Trend, trends
from kg.view.words import Both, both, words_of

if TYPE_CHECKING:
    from kg.store import Store

STATED = "SELECT ?s ?p ?o ?passage { ?passage prov:wasDerivedFrom ?document GRAPH ?passage { ?s ?p ?o } }"
"""Of what passages state; of documents and passages themselves, which other graphs describe, there are more statements than of all else."""
_OF_ONE = """
SELECT DISTINCT ?s ?p ?o ?passage {
  { SELECT DISTINCT ?s {
    { BIND (%(node)s AS ?s) }
    UNION { ?s ?link %(node)s ; a ?kind VALUES ?kind { %(kinds)s } }
    UNION { %(node)s ?link ?s . ?s a ?kind VALUES ?kind { %(kinds)s } }
    UNION { ?event ?link %(node)s ; ?side ?s . ?s a ?kind VALUES ?kind { %(kinds)s } }
  } }
  GRAPH ?passage { ?s ?p ?o }
}
"""
_NAMED = "SELECT DISTINCT ?node ?label { VALUES ?node { %(nodes)s } ?node a ?kind ; rdfs:label ?label . VALUES ?kind { %(kinds)s } }"
_DETAILS = ("Event", "Observation", "UnnamedGroup", "ProjectPart")
"""Classes of what is told of a thing rather than drawn beside it."""
_SILENT = frozenset({"type", "label", "indicator", "disclosure", "confidence"})
"""Properties that another one says in words."""
_DEEPEST = 2
"""How deep an event is told of: what is part of it, not what is part of that (a crowd in which each is part of all would fill the page)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is stated of a node.

    Attributes:
        name: the property, or the class of the event or figure, that states it (`altLabel`, `Milestone`).
        label: what kind of fact it is, in Chinese and English.
        text: what it says, in Chinese and English.
        passages: IRIs of the passages that state it, in reading order.
        others: other nodes that it names.
        trend: the values of an indicator over time, where the fact is one.
    """

    name: str
    label: Both
    text: Both
    passages: tuple[str, ...]
    others: tuple[str, ...] = ()
    trend: Trend | None = None


def facts(store: "Store", names: Mapping[str, str], stated: Iterable[Sequence[str]]) -> dict[str, list[Fact]]:
    """What is stated of nodes beside their ties.

    Args:
        store: the graph.
        names: label of each node by its compact IRI.
        stated: the answer to `STATED`.

    Returns:
        Facts by node: its own properties first, then in reading order. Nodes without facts are left out.
    """
    found, over_time = _sorted(_Told(names, stated)), trends(store)
    return {node: [*found.get(node, []), *_drawn(over_time.get(node, []))] for node in names if node in found or node in over_time}


def facts_of(store: "Store", node: str) -> list[Fact]:
    """What is stated of one node.

    Args:
        store: the graph.
        node: its compact IRI, one that stands in the graph.
    """
    [rows] = store.texts(_OF_ONE % {"node": f"<{vocab.expand(node)}>", "kinds": " ".join(f"ino:{k}" for k in _DETAILS)})
    mentioned = sorted({iri for s, _, o, _ in rows for iri in (s, o) if iri.startswith(vocab.PREFIXES["id"])})
    kinds = " ".join(f"ino:{kind}" for kind in _things())
    [named] = store.texts(_NAMED % {"nodes": " ".join(f"<{iri}>" for iri in mentioned), "kinds": kinds})
    return _sorted(_Told({vocab.compact(iri): label for iri, label in named}, rows)).get(node, []) + _drawn(
        trends(store, vocab.expand(node)).get(node, [])
    )


def _drawn(found: Iterable[Trend]) -> list[Fact]:
    """Trends as facts, which the page draws."""
    return [
        Fact("trend", (one.label, one.label), ("", ""), tuple(dict.fromkeys(p for value in one.values for p in value.passages)), (), one)
        for one in found
    ]


def _sorted(told: "_Told") -> dict[str, list[Fact]]:
    found: dict[str, list[tuple[int, tuple[str, int, str], Fact]]] = defaultdict(list)
    for subject in told.subjects():
        for owner, own, fact in told.of(subject):
            found[owner].append((0 if own else 1, reading_order(min(fact.passages, key=reading_order)), fact))
    return {owner: _united(fact for *_, fact in sorted(said, key=lambda one: one[:2])) for owner, said in found.items()}


def _united(told: Iterable[Fact]) -> list[Fact]:
    """Facts that say the same become one with all their passages."""
    kept: dict[tuple[Both, Both], Fact] = {}
    for fact in told:
        known = kept.get((fact.label, fact.text))
        passages = fact.passages if known is None else (*known.passages, *(p for p in fact.passages if p not in known.passages))
        kept[fact.label, fact.text] = Fact(fact.name, fact.label, fact.text, passages, fact.others)
    return list(kept.values())


class _Told:
    """Statements by subject and property, with the passages of each."""

    def __init__(self, names: Mapping[str, str], rows: Iterable[Sequence[str]]) -> None:
        self._names = names
        self._by_iri = {vocab.expand(node): node for node in names}
        self._stated: dict[str, dict[str, dict[str, set[str]]]] = {}
        ours, labels = vocab.PREFIXES["ino"], {vocab.PREFIXES["skos"] + "altLabel": "altLabel"}
        labels |= {vocab.PREFIXES["rdf"] + "type": "type", vocab.PREFIXES["rdfs"] + "label": "label"}
        for s, p, o, passage in rows:
            name = p.removeprefix(ours) if p.startswith(ours) else labels.get(p)
            if (
                name and "#" in passage and "&context=" not in passage
            ):  # a passage, not a graph that describes documents or holds what was derived
                self._stated.setdefault(s, {}).setdefault(name, {}).setdefault(o, set()).add(passage)

    def subjects(self) -> list[str]:
        """All subjects, in a fixed order."""
        return sorted(self._stated)

    def of(self, subject: str) -> Iterable[tuple[str, bool, Fact]]:
        """Facts that a subject's statements make: whose they are, and whether they are its own properties."""
        if (name := self._node(subject)) is not None:
            yield from self._own(subject, name)
            return
        kind, stated = self._kind(subject), self._stated[subject]
        if kind is None or kind in _things():
            return
        sides = self._sides(subject)
        everywhere = tuple(sorted(set().union(*(p for values in stated.values() for p in values.values())), key=reading_order))
        for node in sides:
            text = both(partial(self._described, subject, seen_from=node))
            yield node, False, Fact(kind, label(kind), text, everywhere, tuple(side for side in sides if side != node))

    def _own(self, subject: str, node: str) -> Iterable[tuple[str, bool, Fact]]:
        for name, values in self._stated[subject].items():
            for value, passages in values.items():
                if name in _SILENT or self._node(value) is not None or (name == "planned" and value != "true"):
                    continue
                known = value in self._stated
                text = both(partial(self._described, value, seen_from=node) if known else partial(self._value, value))
                named = tuple(sorted(set(self._sides(value)) - {node})) if known else ()
                yield node, not known, Fact(name, label(name), text, tuple(sorted(passages, key=reading_order)), named)

    def _sides(self, subject: str) -> list[str]:
        """The nodes that a figure or an event names, in a fixed order."""
        return sorted({node for values in self._stated[subject].values() for o in values if (node := self._node(o)) is not None})

    def _node(self, iri: str) -> str | None:
        return self._by_iri.get(iri)

    def _kind(self, subject: str) -> str | None:
        kinds = [one.removeprefix(vocab.PREFIXES["ino"]) for one in self._stated[subject].get("type", ())]
        return next((kind for kind in sorted(kinds) if vocab.is_defined(kind)), None)

    def _described(self, subject: str, lang: str, seen_from: str, within: tuple[str, ...] = ()) -> str:
        """A figure, event, group or part in words, without the node that it is told of and the ones that it is itself part of."""
        first = {name: min(values) for name, values in self._stated[subject].items()}
        if self._kind(subject) in _things():  # one that this network leaves out
            return first.get("label", "")
        if "indicatorText" in first:
            return self._figure(first, lang, seen_from)
        if "memberCount" in first:
            kind = first.get("memberClass", "").removeprefix(vocab.PREFIXES["ino"])
            return f"{first['memberCount']} {vocab.label(kind, lang)}" if vocab.is_defined(kind) else first["memberCount"]
        said, words = [], words_of(lang)
        for name in sorted(first.keys() - _SILENT, key=_place):
            shown = [self._side(name, value, lang, seen_from, (*within, subject)) for value in sorted(self._stated[subject][name])]
            shown = [one for one in shown if one]
            if name == "planned":
                said.extend([words["planned"]] if first[name] == "true" else [])
            elif name == "amount":
                said.append(f"{vocab.label_or_name(name, lang)}{words['colon']}{amount(first[name], _code(first.get('unit', '')))}")
            elif name != "unit" and shown:
                said.append(f"{vocab.label_or_name(name, lang)}{words['colon']}{words['comma'].join(shown)}")
        return words["semicolon"].join(said) or first.get("label", "")

    def _side(self, name: str, value: str, lang: str, seen_from: str, within: tuple[str, ...]) -> str:
        if value not in self._stated or self._node(value) is not None:
            return "" if self._node(value) == seen_from else self._value(value, lang)
        if value in within or len(within) >= _DEEPEST:
            return ""
        return (self._stated[value].get("label") and min(self._stated[value]["label"])) or self._described(value, lang, seen_from, within)

    def _figure(self, first: Mapping[str, str], lang: str, seen_from: str) -> str:
        words = words_of(lang)
        disclosure, printed, unit = vocab.compact(first.get("disclosure", "")), first.get("valuePrinted"), _code(first.get("unit", ""))
        about = first.get("aboutText", "")
        start, end = first.get("periodStart"), first.get("periodEnd")
        parts = [
            figure_text(disclosure, printed, (first.get("lower"), first.get("upper")), unit, words),
            words["growth"].format(value=growth_text(first["growth"])) if "growth" in first else "",
            words["rank"].format(scope=first.get("rankScope", ""), value=first["rank"]) if "rank" in first else "",
            words["planned"] if first.get("planned") == "true" else "",
            period_text(start, end, lang) if start and end else "",
        ]
        whose = f"{about} · " if about and about != self._names.get(seen_from) else ""
        return f"{whose}{first['indicatorText']} {words['semicolon'].join(part for part in parts if part)}"

    def _value(self, value: str, lang: str) -> str:
        if (node := self._node(value)) is not None:
            return self._names[node]
        if value.startswith(vocab.PREFIXES["inc"]):
            return vocab.concept_text(vocab.compact(value), lang)
        kind = value.removeprefix(vocab.PREFIXES["ino"])
        return vocab.label(kind, lang) if kind != value and vocab.is_defined(kind) else vocab.compact(value)


def _things() -> tuple[str, ...]:
    """Classes of named things, which are drawn rather than told."""
    return projections()[WHOLE].nodes


def label(name: str) -> Both:
    """What a class or property of any vocabulary is called."""
    return both(lambda lang: words_of(lang)["alias"] if name == "altLabel" else vocab.label_or_name(name, lang))


def _code(unit: str) -> str:
    """The code of a unit's IRI: `CNY`, `家`."""
    return vocab.compact(unit).partition(":")[2]


def _place(name: str) -> tuple[int, str]:
    """Where a property stands in what is told of an event: what happened, who takes part, when, how much, then all others."""
    first = ("status", "statusText", "part", "concerns", "participant", "recipient", "planned", "due", "year", "amount")
    return (first.index(name) if name in first else len(first), name)
