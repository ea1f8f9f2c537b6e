"""Decisions of people on names, kept as data: `decisions.csv` in the workspace.

Columns: `name`, `decision` (`same` or `apart`), `as` (the name or the class meant), `by`, `when`, `why`.
"""

from dataclasses import dataclass
from pathlib import Path

from kg import lexicon
from kg.errors import LexiconError
from kg.extract.report.places import whole_name

COLUMNS = ("name", "decision", "as", "by", "when", "why")


@dataclass(frozen=True, slots=True)
class Decision:
    """`name` is the thing called `other` (`same`), or things of class `other` so named are told apart (`apart`)."""

    name: str
    decision: str
    other: str


@dataclass(frozen=True, slots=True)
class Resolver:
    """Gives each name of a document the name that its IRI is made of."""

    decisions: tuple[Decision, ...] = ()

    def resolve(self, name: str, type_: str = "") -> str:
        """The name for the IRI of `name`, of a place by its whole name: `青浦` is `青浦区`."""
        return self.decided(whole_name(name) if type_ == "Place" else name, type_)

    def decided(self, name: str, type_: str = "") -> str:
        """The name that people gave to what is called `name`; a name of its own class gets the class as suffix where they said so."""
        for decision in self.decisions:
            if decision.name == name and decision.decision == "same":
                return decision.other
            if decision.name == name and decision.decision == "apart" and decision.other == type_:
                return f"{name}-{type_}"
        return name


def read_decisions(path: Path) -> Resolver:
    """Read `decisions.csv`; an absent file decides nothing.

    Raises:
        LexiconError: a column is missing or a decision is neither `same` nor `apart`.
    """
    if not path.exists():
        return Resolver()
    found = []
    for row in lexicon.rows(path):
        if not set(COLUMNS[:3]) <= row.keys():
            raise LexiconError(f"{path}: the columns must be {','.join(COLUMNS)}. Add the header line.")
        if row["decision"] not in ("same", "apart"):
            raise LexiconError(f"{path}: '{row['decision']}' for '{row['name']}' is neither 'same' nor 'apart'.")
        found.append(Decision(row["name"], row["decision"], row["as"]))
    return Resolver(tuple(found))
