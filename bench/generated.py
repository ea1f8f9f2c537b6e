"""A graph like ours of any size: things whose degrees follow a power law, figures, and a passage for each seven statements."""

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TextIO

BASE = "https://w3id.org/innovation-kg/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ANCHOR = "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf>"
DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>"
KINDS = ("Enterprise", "Enterprise", "Enterprise", "Project", "Park", "Policy")
A_PASSAGE = 7


def ino(name: str) -> str:
    return f"<{BASE}ontology#{name}>"


def thing(number: int) -> str:
    return f"<{BASE}id/企业{number}>"


def write(path: Path, triples: int, seed: int = 2023, sentences: bool = False) -> None:
    """N-Quads of about so many statements, the same for the same seed; none in the default graph.

    Args:
        path: where to write.
        triples: how many statements passages make.
        seed: of the random choices.
        sentences: whether each passage's words are written beside them.
    """
    with path.open("w", encoding="utf-8") as out:
        lines: list[str] = []
        for number, line in enumerate(statements(triples, seed)):
            first = number - number % A_PASSAGE
            graph = f"<{BASE}doc/report-{first // 700}#char={first % 700},{first % 700 + A_PASSAGE}>"
            lines.append(f"{line} {graph} .\n")
            if sentences and number == first:
                lines.append(f'{graph} {ANCHOR} "第{number}句" <{BASE}graph/doc/report-{first // 700}> .\n')
            if len(lines) > 50_000:
                out.writelines(lines)
                lines.clear()
        out.writelines(lines)


def statements(triples: int, seed: int) -> Iterator[str]:
    """Statements without their graph: names and kinds of things, edges between them, figures of some."""
    chance = random.Random(seed)  # noqa: S311  # a fixed sequence, no secret
    things = max(50, triples // 12)
    made = 0
    for number in range(things):
        kind = KINDS[number % len(KINDS)]
        yield f"{thing(number)} {RDF_TYPE} {ino(kind)}"
        yield f'{thing(number)} {LABEL} "企业{number}"@zh'
        made += 2
        if number % 6 != 4:
            yield f"{thing(number)} {ino('locatedIn')} {thing(min(things - 1, int(chance.paretovariate(1.1)) * 6 - 2))}"
            made += 1
    for number in count():
        if made >= triples:
            return
        node = f"<{BASE}id/figure-{number}>"
        yield f"{thing(power(chance, things))} {ino('cooperatesWith')} {thing(power(chance, things))}"
        yield f"{thing(power(chance, things))} {ino('develops')} {thing(chance.randrange(things))}"
        yield f"{node} {RDF_TYPE} {ino('Observation')}"
        yield f"{node} {ino('about')} {thing(power(chance, things))}"
        yield f'{node} {ino("value")} "{chance.randrange(1, 10**9) / 100}"^^{DECIMAL}'
        yield f"{node} {ino('indicator')} <{BASE}indicator/指标{number % 40}>"
        made += 6


def power(chance: random.Random, things: int) -> int:
    """The number of a thing, few of them often."""
    return min(things - 1, int(chance.paretovariate(0.8)))


ECOSYSTEM = {
    ("Enterprise", "Enterprise"): "cooperatesWith",
    ("Enterprise", "Technology"): "develops",
    ("Enterprise", "Park"): "locatedIn",
    ("Park", "Industry"): "focusesOn",
    ("Project", "Enterprise"): "operatedBy",
    ("Policy", "Park"): "appliesTo",
    ("Enterprise", "Programme"): "participatesIn",
}
SHARES = {"Enterprise": 0.6, "Technology": 0.12, "Park": 0.04, "Industry": 0.02, "Project": 0.12, "Policy": 0.06, "Programme": 0.04}


def write_ecosystem(path: Path, nodes: int, edges: int, seed: int = 2023) -> None:
    """N-Quads of an ecosystem as reports state it: things of seven classes, a passage an edge, twelve documents over three years.

    A figure stands for each fourth thing, a stage for each project, a step for each policy.
    """
    chance = random.Random(seed)  # noqa: S311  # a fixed sequence, no secret
    things = {kind: [f"<{BASE}id/{kind}{i}>" for i in range(max(2, int(share * nodes)))] for kind, share in SHARES.items()}
    with path.open("w", encoding="utf-8") as out:
        for number in range(12):
            home, document = f"<{BASE}graph/doc/r{number}>", f"<{BASE}doc/r{number}>"
            day = f'"{2021 + number // 4}-{3 * (number % 4) + 3:02}-28"^^<http://www.w3.org/2001/XMLSchema#date>'
            out.write(f'{document} {RDF_TYPE} {ino("Document")} {home} .\n{document} {LABEL} "报告{number}"@zh {home} .\n')
            out.write(f'{document} <http://purl.org/dc/terms/identifier> "r{number}" {home} .\n')
            out.write(
                f'{document} <http://purl.org/dc/terms/source> "r{number}.txt" {home} .\n{document} {ino("periodEnd")} {day} {home} .\n'
            )
        kinds = [(kind, name) for kind, names in things.items() for name in names]
        for number, (kind, name) in enumerate(kinds):
            label = f'{name} {LABEL} "{kind}{number}"@zh'
            _passage(out, number, [f"{name} {RDF_TYPE} {ino(kind)}", label])
        _figures(out, chance, kinds)
        pairs = list(ECOSYSTEM.items())
        seen: set[tuple[str, str]] = set()
        for number in count():
            if len(seen) == edges:
                return
            (start, end), relation = pairs[number % len(pairs)] if number % 2 else pairs[0]
            a, b = (
                names[power(chance, len(names))] if chance.random() < 0.5 else chance.choice(names)
                for names in (things[start], things[end])
            )
            if a != b and (a, b) not in seen and (b, a) not in seen:
                seen.add((a, b))
                _passage(out, len(kinds) + len(seen), [f"{a} {ino(relation)} {b}"])


def _figures(out: TextIO, chance: random.Random, kinds: list[tuple[str, str]]) -> None:
    """Figures of things, stages of projects, steps of policies; every sixth figure is withheld."""
    words, truth = "<http://www.w3.org/2001/XMLSchema#boolean>", '"false"^^'
    for number, (kind, name) in enumerate(kinds):
        node, place = f"<{BASE}id/event-{number}>", 200_000 + number
        if kind in ("Project", "Policy"):
            event, status = ("Milestone", "started") if kind == "Project" else ("PolicyAction", "issued")
            said = [
                f"{node} {RDF_TYPE} {ino(event)}",
                f"{node} {ino('concerns')} {name}",
                f"{node} {ino('status')} <{BASE}concept/{status}>",
            ]
            _passage(out, place, [*said, f"{node} {ino('planned')} {truth}{words}"])
        elif number % 4 == 0:
            withheld = number % 24 == 0
            said = [
                f"{node} {RDF_TYPE} {ino('Observation')}",
                f'{node} {ino("indicatorText")} "营收"',
                f'{node} {ino("aboutText")} "{kind}{number}"',
                f"{node} {ino('disclosure')} <{BASE}concept/{'withheld' if withheld else 'disclosed'}>",
                f"{node} {ino('planned')} {truth}{words}", f'{node} {ino("growth")} "{chance.randrange(-300, 900) / 1000}"^^{DECIMAL}',
            ]  # fmt: skip
            amount = chance.randrange(1, 10_000)
            said += [] if withheld else [f'{node} {ino("valuePrinted")} "{amount}万元"', f'{node} {ino("value")} "{amount}0000"^^{DECIMAL}']
            _passage(out, place, said)


def _passage(out: TextIO, number: int, statements: list[str]) -> None:
    document = number * 12 // 90_000 % 12
    graph, home = f"<{BASE}doc/r{document}#char={20 * number},{20 * number + 19}>", f"<{BASE}graph/doc/r{document}>"
    out.writelines(f"{statement} {graph} .\n" for statement in statements)
    out.write(f'{graph} {ANCHOR} "第{number}句说到一件事。" {home} .\n{graph} {RDF_TYPE} {ino("Passage")} {home} .\n')
    out.write(f"{graph} {DERIVED} <{BASE}doc/r{document}> {home} .\n")
