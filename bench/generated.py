"""A graph like ours of any size: things whose degrees follow a power law, figures, and a passage for each seven statements."""

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

BASE = "https://w3id.org/innovation-kg/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>"
KINDS = ("Enterprise", "Enterprise", "Enterprise", "Project", "Park", "Policy")
A_PASSAGE = 7


def ino(name: str) -> str:
    return f"<{BASE}ontology#{name}>"


def thing(number: int) -> str:
    return f"<{BASE}id/企业{number}>"


def write(path: Path, triples: int, seed: int = 2023) -> None:
    """N-Quads of about so many statements, the same for the same seed; none in the default graph."""
    with path.open("w", encoding="utf-8") as out:
        lines: list[str] = []
        for number, line in enumerate(statements(triples, seed)):
            first = number - number % A_PASSAGE
            graph = f"<{BASE}doc/report-{first // 700}#char={first % 700},{first % 700 + A_PASSAGE}>"
            lines.append(f"{line} {graph} .\n")
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
        yield f"{node} {ino('observedThing')} {thing(power(chance, things))}"
        yield f'{node} {ino("value")} "{chance.randrange(1, 10**9) / 100}"^^{DECIMAL}'
        yield f"{node} {ino('indicator')} <{BASE}indicator/指标{number % 40}>"
        made += 6


def power(chance: random.Random, things: int) -> int:
    """The number of a thing, few of them often."""
    return min(things - 1, int(chance.paretovariate(0.8)))
