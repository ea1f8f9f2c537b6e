"""Promises and what came of them, as rows of a table."""

from collections.abc import Iterator, Mapping, Sequence

from kg import vocab
from kg.reason.promises import Kept, Promise
from kg.reason.records import Figure, Told
from kg.show.wording import amount, growth_text

COLUMNS = ("state", "thing", "part", "promise", "due", "since", "documents", "sentences", "documents_since", "sentences_since")
"""State; what was promised of what, by when; what was told since; where and in which sentence it was promised, and told since."""

Cells = dict[str, object]


def kept_rows(kept: Sequence[Kept], lang: str) -> Iterator[Cells]:
    """Each promise as cells by column, None where there is nothing."""
    for one in kept:
        promise = one.promise
        yield {
            "state": vocab.concept_text(f"inc:{one.state}", lang),
            "thing": promise.name,
            "part": promise.part or None,
            "promise": promised_text(promise, lang),
            "due": promise.due,
            "since": since_text(one, lang) or None,
            "documents": promise.told.document,
            "sentences": promise.told.sentence,
            "documents_since": one.told.document if one.told else "",
            "sentences_since": one.told.sentence if one.told else "",
        }


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


def counted(kept: Sequence[Kept], lang: str) -> Mapping[str, int]:
    """How many promises are in each state, by its label, in the order of states."""
    found: dict[str, int] = {}
    for one in kept:
        label = vocab.concept_text(f"inc:{one.state}", lang)
        found[label] = found.get(label, 0) + 1
    return found
