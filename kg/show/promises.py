"""Promises and what came of them, as a table and in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg import vocab
from kg.reason.promises import Kept, Promise
from kg.reason.records import Figure, Told
from kg.show.wording import amount, growth_text

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("state", "thing", "part", "promise", "due", "since", "documents", "sentences", "documents_since", "sentences_since")
"""State; what was promised of what, by when; what was told since; where and in which sentence it was promised, and told since."""


def as_table(kept: Iterable[Kept], lang: str) -> "pd.DataFrame":
    """A row a promise, None where there is nothing."""
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    rows = [
        (
            vocab.concept_text(f"inc:{one.state}", lang), promise.name, promise.part or None, promised_text(promise, lang), promise.due,
            since_text(one, lang) or None, promise.told.document, promise.told.sentence,
            one.told.document if one.told else "", one.told.sentence if one.told else "",
        )
        for one in kept
        for promise in [one.promise]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def promised_text(promise: Promise, lang: str) -> str:
    """The words of a promise, of a figure what it aims at: `营业收入 ≥500亿元`."""
    return f"{promise.words} {_size(promise.aim, promise.growth, lang)}" if promise.aim else promise.words


def since_text(kept: Kept, lang: str) -> str:
    """The words told since, of a figure its size."""
    return f"{kept.words} {_size(kept.figure, kept.promise.growth, lang)}" if kept.figure else kept.words


def _size(figure: Figure, growth: bool, lang: str) -> str:
    if growth:
        return growth_text(figure.growth if figure.growth is not None else figure.value)
    if figure.value is None and figure.lower is None and figure.upper is None:
        return vocab.concept_text(f"inc:{figure.disclosure}", lang)
    if figure.printed or figure.value is not None:
        return figure.printed or amount(figure.value, figure.unit)
    low, high = (amount(one, figure.unit) if one is not None else "" for one in (figure.lower, figure.upper))
    return f"{low}–{high}" if low and high else f"≥{low}" if low else f"≤{high}"


def sentences(kept: Kept) -> tuple[str, ...]:
    """The sentence of a promise, and that of what was told since."""
    told: tuple[Told | None, ...] = (kept.promise.told, kept.told)
    return tuple(dict.fromkeys(one.sentence for one in told if one))


def by_state(kept: Sequence[Kept], lang: str) -> Mapping[str, int]:
    """How many promises are in each state, by its label, in the order of states."""
    return Counter(vocab.concept_text(f"inc:{one.state}", lang) for one in kept)
