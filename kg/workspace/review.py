"""What people say of names: what they are asked, their answers, and why two names are one thing or two."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from rdflib import Literal as Words

from kg import files, vocab
from kg.errors import KgError, QueryError, ReadError
from kg.reason import derive
from kg.resolve.decisions import Decision, history, read_decisions, standing, with_row
from kg.resolve.features import Named
from kg.resolve.identity import judge
from kg.resolve.linkage import Level, level_of
from kg.store import Store
from kg.workspace import identity
from kg.workspace.catalogue import StoredDocument, stored_documents
from kg.workspace.file_names import DECISIONS, SOURCES
from kg.workspace.ingest.batch import software_version
from kg.workspace.ingest.places import Places
from kg.workspace.ingest.prepare import Job, Options, RdfJob, prepare, prepare_rdf
from kg.workspace.known_names import to_ask
from kg.workspace.workspace import Workspace

SENTENCES = 3
"""Sentences that are shown of each name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a name stands: the IRI of the passage, its words, the document's name."""

    passage: str
    words: str
    document: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Two names on which a person is asked, or that `kg why` is asked about.

    `outcome` is what they are by themselves; `weights` are bits by comparison, in the order of what they say; `now` tells whether the
    graph has one thing of that name or two; `decisions` are the rows on both; `instead` is the name of what fits as well.
    """

    one: str
    other: str
    outcome: Literal["same", "different", "ask"]
    by: str
    score: float
    weights: Mapping[str, float] = field(default_factory=dict)
    instead: str = ""
    now: str = ""
    decisions: tuple[Decision, ...] = ()
    sentences: tuple[tuple[Sentence, ...], tuple[Sentence, ...]] = ((), ())

    @property
    def levels(self) -> Mapping[str, Level]:
        """What each comparison that was scored says."""
        return {name: level for name, weight in self.weights.items() if (level := level_of(name, weight))}


def asked(workspace: Workspace, limit: int = 20) -> list[Asked]:
    """What is to be asked, the most doubtful last, each with sentences of both names; decided pairs are left out."""
    said = identity.said_of(read_decisions(workspace.folder / DECISIONS).decisions)
    known = [one for one in to_ask(workspace.folder) if one.pair not in said.same | said.apart]
    with workspace.reading() as store:
        return [
            Asked(
                one.one.name, one.other.name, "ask", one.by, one.score, one.weights, vocab.compact(one.instead).removeprefix("id:"),
                sentences=(sentences(store, one.one.name), sentences(store, one.other.name)),
            )
            for one in known[:limit]
        ]  # fmt: skip


def why(workspace: Workspace, one: str, other: str) -> Asked:
    """Why two names are one thing, two, or to be asked about.

    Raises:
        QueryError: the graph has no thing of one of the names.
    """
    with workspace.reading() as store:
        first, second = _named(store, one), _named(store, other)
        is_one = first.thing == second.thing
        told = [first, second] if is_one else identity.with_neighbours(store, [first, second])
        [(outcome, link)] = judge([(told[0], told[1])])
        rows = tuple(row for row in history(workspace.folder / DECISIONS) if row.names == {one, other})
        merged = store.rows("SELECT ?old ?by ?score { GRAPH graph:identity { ?old ino:identifiedBy ?by ; ino:identityScore ?score } }")
        kept = {str(old): (str(by), float(str(score))) for old, by, score in merged}
        by, score = next(
            (kept[iri] for iri in (str(vocab.thing(one)), str(vocab.thing(other))) if is_one and iri in kept),
            (link.by, link.score) if link else ("", 0.0),
        )
        weights = link.weights if link else {}
        said = sentences(store, one), sentences(store, other)
        return Asked(one, other, outcome, by, score, weights, "", "one thing" if is_one else "two things", rows, said)


def _named(store: Store, name: str) -> Named:
    found = store.rows(
        "SELECT ?name ?thing ?class { ?thing rdfs:label|skos:altLabel ?name ; a ?class } ORDER BY ?thing ?class",
        {"name": Words(name, lang="zh")},
    )
    kinds = [(str(thing), str(kind).rsplit("#", 1)[-1]) for _, thing, kind in found]
    if not kinds:
        raise QueryError(f"Nothing in the graph is called '{name}'. `kg query --name things` lists what is there.")
    thing, kind = next((one for one in kinds if one[1] in vocab.things()), kinds[0])
    return Named(thing, name, kind)


def sentences(store: Store, name: str) -> tuple[Sentence, ...]:
    """Some sentences that print a name."""
    found = store.rows(
        "SELECT DISTINCT ?name ?g ?words ?doc { GRAPH ?g { ?thing rdfs:label|skos:altLabel ?name } "
        f"?g nif:anchorOf ?words ; prov:wasDerivedFrom/dct:identifier ?doc }} ORDER BY ?g LIMIT {SENTENCES}",
        {"name": Words(name, lang="zh")},
    )
    return tuple(Sentence(str(g), str(words), str(doc)) for _, g, words, doc in found)


def decide(workspace: Workspace, decision: Decision) -> list[str]:
    """Keep what a person says of two names, and make it so in the graph.

    Returns:
        The names of the documents that were read again.

    Raises:
        LexiconError: it contradicts another decision, or takes back what was not decided; nothing was changed.
        ReadError: a document that prints the name cannot be read again as it was.
    """
    file = workspace.folder / DECISIONS
    with workspace.writing() as store:
        before = standing(history(file))
        content = with_row(file, decision)
        again: list[str] = []
        jobs: list[tuple[StoredDocument, Path]] = []
        names = _taken_back(decision, before)
        if names:
            documents = {one.name: one for one in stored_documents(store)}
            again = identity.take_back(store, names)
            jobs = [(documents[name], _source(workspace.folder, documents[name])) for name in again]
        files.put(file, content)
        standing_now = read_decisions(file).decisions
        _read_again(workspace, store, jobs)
        held = replace(identity.known(store), again=bool(again))
        identity.link(store, workspace.folder, standing_now, (decision.name, decision.other), held=held)
        derive(store, software_version())
    workspace.log(decision.decision, f"{decision.name} / {decision.other}", decision.why, decision.by or "kg")
    return again


def _taken_back(decision: Decision, before: Iterable[Decision]) -> tuple[str, ...]:
    """The names that may be another's no more."""
    undone = any(one.names == decision.names and one.decision == "same" for one in before)
    return (decision.name, decision.other) if decision.decision == "apart" or (decision.decision == "undo" and undone) else ()


def _source(folder: Path, document: StoredDocument) -> Path:
    return folder / SOURCES / f"{document.sha256}{Path(document.source).suffix.lower()}"


def _read_again(workspace: Workspace, store: Store, jobs: Sequence[tuple[StoredDocument, Path]]) -> None:
    """Put documents in anew from the files that were kept of them."""
    resolver, places = read_decisions(workspace.folder / DECISIONS), Places().with_beside(stored_documents(store))
    for document, kept in jobs:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / Path(document.source).name
            file.write_bytes(kept.read_bytes())
            options, home = _options(document), places.of(Path(document.location), document)
            rdf = document.source.lower().endswith((".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld", ".n3", ".trix", ".owl", ".xml"))
            done = (
                prepare_rdf(RdfJob(file, document.name, document.software))
                if rdf
                else prepare(Job(file, document.name, document.software, options, resolver, document.location, home))
            )
        if isinstance(done, KgError):
            raise done
        store.apply([*store.graphs_of(document.name), vocab.graph("inferred")], done.insertion)


def _options(document: StoredDocument) -> Options:
    """How a document was read.

    Raises:
        ReadError: with a mapping, which is not kept.
    """
    words = document.software
    if "with mapping" in words:
        raise ReadError(f"{document.source} was read with a mapping. Run kg ingest {document.location} --mapping FILE again.")
    return Options("without gazetteer" not in words, None, tuple(name for name in ("ner", "llm") if f"with {name}" in words))
