"""Places of the gazetteer told apart: those of one name, what each lies in, and which of them is meant (GB/T 2260)."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from kg.extract.document.gazetteer import leading_places, short_of, whole_names

_NEAR = 3
"""How many names are offered in place of one that is unknown."""


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """Whole name → codes of the places so called; a municipality, which has two, counts once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    names = whole_names()
    for code, name in names.items():
        if names.get(_province(code)) != name or code == _province(code):
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """Short name, of two characters too, → whole names of the places so called."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in _called():
        found[short_of(name)].append(name)
    return {short: tuple(names) for short, names in found.items()}


def _province(code: str) -> str:
    return f"{code[:2]}0000"


def called(name: str) -> tuple[str, ...]:
    """Codes of the places of a whole name."""
    return _called().get(name, ())


def above(code: str) -> tuple[str, ...]:
    """Whole names of what a place lies in, the nearest first: 长春市, 吉林省 of its 朝阳区."""
    names = whole_names()
    around = (names.get(whole, "") for whole in (f"{code[:4]}00", _province(code)) if whole != code)
    return tuple(name for name in dict.fromkeys(around) if name and name != names.get(code))


def full_name(code: str) -> str:
    """A place with all that it lies in: `吉林省长春市朝阳区`."""
    return "".join([*reversed(above(code)), whole_names()[code]])


def key_of(code: str) -> str:
    """The name of which a place's IRI is made: its own, where others are so called with that of what it lies in behind."""
    name = whole_names()[code]
    return name if len(called(name)) == 1 else f"{name}-{above(code)[0]}"


def settled(name: str, lines: Iterable[str], text: str) -> tuple[str, ...]:
    """Codes of the places of a name that are left when lines and a text have told of what one lies in; the first that tells decides.

    Each tells of a place by what stands right before its name (`北京朝阳区`), or by just one of the places around those so called;
    a line, such as a title or a file's name, by its short name too.
    """
    codes = called(name)
    told = [(line, (_right_before, _around_short)) for line in lines] + [(text, (_right_before, _around))]
    for words, tells in told if len(codes) > 1 else ():
        for tell in tells:
            left = [code for code in codes if tell(words, name, code)]
            if len(left) == 1:
                return tuple(left)
    return codes


def right_before(text: str, name: str) -> str:
    """The code of the one place of a name that a text tells by what stands right before it; "" where it tells of none, or of several."""
    told = [code for code in called(name) if _right_before(text, name, code)]
    return told[0] if len(told) == 1 else ""


def _right_before(text: str, name: str, code: str) -> bool:
    return any(f"{one}{name}" in text for whole in above(code) for one in (whole, short_of(whole)))


def _around(text: str, _: str, code: str) -> bool:
    return any(whole in text for whole in above(code))


def _around_short(text: str, _: str, code: str) -> bool:
    return any(short_of(whole) in text for whole in above(code))


def meant(given: str) -> tuple[str, ...]:
    """Codes of the places that somebody may mean by a name, with or without what it lies in: `青浦`, `上海青浦区`, `上海市青浦区`."""
    for at in range(len(given)):
        rest = given[at:]
        names = (rest,) if called(rest) else _short().get(rest, ())
        if names and _tile(given[:at]):
            before = leading_places(given[:at])
            return tuple(code for name in names for code in called(name) if all(_lies(code, one) for one in before))
    return ()


def _tile(before: str) -> bool:
    """Whether a text is nothing but names of places."""
    return sum(map(len, leading_places(before))) == len(before)


def _lies(code: str, whole: str) -> bool:
    return any(whole in (name, short_of(name)) for name in above(code))


def near(given: str) -> list[str]:
    """Whole names of places that look like one that is unknown."""
    return get_close_matches(given, _called(), _NEAR, 0.5)
