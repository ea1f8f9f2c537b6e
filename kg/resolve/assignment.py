"""Which of the things that fit a name it is: a firm has one short name, and a short name one firm."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from kg.extract.document.gazetteer import in_order
from kg.resolve.features import Named, initials
from kg.resolve.linkage import weights
from kg.resolve.links import Groups, Link, Pair, bits, pair_of
from kg.resolve.organisation import Parts, parts

MARGIN = 1.5
"""Bits by which a name must fit one thing better than another that is not the same, to be taken for it without asking."""
FORM = 4.0
"""Bits by which its legal form alone must fit better: a group is not the group's member."""
WORD, LONG = 2, 4
"""Characters of a word, and of a short name of two words."""


def assigned(links: Sequence[Link], groups: Groups) -> tuple[list[Link], list[Link]]:
    """Links that join, best first, and those that are to be asked.

    A name that fits two things which are not one is asked about, unless it fits one of them better by MARGIN bits, or the other
    has a short name that says something else: 兴业股份 is not 兴业证券股份有限公司, which is 兴业证券. A short name all of whose words
    are in one firm's name alone, and which alone is within it, is the firm's, though its score be low.
    """
    board = _Board(links, groups)
    chosen: dict[Pair, Link] = {}
    looked_at: Iterable[Pair] = list(board.open)
    while new := [pair for pair in looked_at if pair in board.open and not board.rival(pair)]:
        chosen |= {pair: board.open.pop(pair) for pair in new}
        looked_at = sorted({pair for each in new for pair in board.close(each)})
    chosen |= {pair: board.best[pair] for pair in board.alone({name for pair in chosen for name in pair})}
    asked = [replace(link, instead=board.rival(pair)) for pair, link in board.best.items() if pair not in chosen]
    return sorted(chosen.values(), key=lambda of: (-of.score, -bits(of), of.pair)), asked


class _Board:
    """The best link of each two groups of names: `open` may still join, `ruled_out` not, by the group that it leads to."""

    def __init__(self, links: Iterable[Link], groups: Groups) -> None:
        self.groups, self.least = groups, float(weights()["same"])
        self.best: dict[Pair, Link] = {}
        for link in links:
            pair = pair_of(*map(groups.of, link.pair))
            self.best[pair] = max(self.best.get(pair, link), link, key=lambda of: of.score)
        self.beside: dict[str, dict[str, Link]] = defaultdict(dict)
        for (one, other), link in self.best.items():
            self.beside[one][other] = self.beside[other][one] = link
        self.open = {pair: link for pair, link in self.best.items() if link.score >= self.least}
        self.ruled_out: dict[Pair, str] = {}
        self.narrowed: set[str] = set()
        for short, firm in [sides for pair in self.open if (sides := self._sides(pair))]:
            if _has_other_name(groups.short_names(firm), groups.short_names(short)):
                self._rule_out(short, firm, firm)

    def rival(self, pair: Pair) -> str:
        """Another group that one of the two fits as well, and that is not the same as the other; "" where none is or none is needed."""
        if self.best[pair].score < self.least:
            return ""
        if pair in self.ruled_out:
            return self.ruled_out[pair]
        both = (pair, pair[::-1])
        return next((third for one, other in both for third in self.beside[one] if self._disputes(third, one, other)), self._left(pair))

    def close(self, pair: Pair) -> Iterator[Pair]:
        """Rule out the other short names that fit a firm, now that it has one, where they fit another firm too.

        Yields:
            The pairs that may be free by that.
        """
        sides = self._sides(pair)
        if not sides:
            return
        short, firm = sides
        for third in self.beside[firm]:
            of = pair_of(third, firm)
            if third == short or of not in self.open or not self._sides(of) or self._agree(short, third) or len(self._firms(third)) < 2:
                continue
            self._rule_out(third, firm, short)
            yield from (pair_of(one, other) for one in (third, firm, *self.beside[third]) for other in self.beside[one])

    def alone(self, joined: Set[str]) -> list[Pair]:
        """Pairs of a short name and a firm of a low score, neither of them joined, that are within each other and in no third."""
        within: dict[str, list[Pair]] = defaultdict(list)
        for pair, link in self.best.items():
            if self._sides(pair) and (link.score >= self.least or (pair not in self.ruled_out and _is_within(link))):
                for side in pair:
                    within[side].append(pair)
        only = (pair for pair, link in self.best.items() if link.score < self.least and within[pair[0]] == within[pair[1]] == [pair])
        free = (pair for pair in only if joined.isdisjoint(pair) and not any(self.groups.has_both(side) for side in pair))
        return [pair for pair in free if _leads(self.best[pair]) and not _speaks_against(self.best[pair])]

    def _disputes(self, third: str, one: str, other: str) -> bool:
        """Whether a third group fits one of a pair as well as the other does."""
        link, beside = self.beside[one][other], self.beside[one][third]
        if third == other or beside.score < self.least or pair_of(one, third) in self.ruled_out or self._agree(other, third):
            return False
        return not _fits_better(link, beside) and not self._elsewhere(third, one, other)

    def _elsewhere(self, third: str, firm: str, short: str) -> bool:
        """Whether a firm is the only one that fits a short name, while the third name fits another firm as well."""
        if self._sides(pair_of(firm, short)) != (short, firm) or self._sides(pair_of(firm, third)) != (third, firm):
            return False
        link, least = self.beside[firm][short], _fit(self.beside[firm][third])
        if any(other != firm and not _fits_better(link, self.beside[short][other]) for other in self._firms(short)):
            return False
        least -= MARGIN if least < _fit(link) + MARGIN else 0.0
        return any(other != firm and _fit(self.beside[third][other]) >= least for other in self._firms(third))

    def _left(self, pair: Pair) -> str:
        """A firm of a lower score that fits a short name as well, where those of a higher score were ruled out but for one."""
        short, firm = self._sides(pair) or ("", "")
        if short not in self.narrowed:
            return ""
        least = _fit(self.best[pair]) - MARGIN
        others = (third for third in self.beside[short] if third != firm and self.groups.is_firm(third))
        left = (third for third in others if pair_of(short, third) not in self.ruled_out)
        return next((third for third in left if _fit(self.beside[short][third]) > least), "")

    def _rule_out(self, short: str, firm: str, by: str) -> None:
        pair = pair_of(short, firm)
        self.ruled_out[pair] = by
        self.narrowed.add(short)
        self.open.pop(pair, None)

    def _sides(self, pair: Pair) -> Pair | None:
        """A short name and a firm, where a pair is that."""
        one, other = pair
        if self.groups.is_firm(one) == self.groups.is_firm(other):
            return None
        short, firm = (other, one) if self.groups.is_firm(one) else (one, other)
        return (short, firm) if self.groups.short_names(short) else None

    def _firms(self, short: str) -> list[str]:
        """Firms that a short name may still be."""
        alive = (other for other in self.beside[short] if self._agree(short, other) and pair_of(short, other) not in self.ruled_out)
        return [other for other in alive if self.groups.is_firm(other)]

    def _agree(self, one: str, other: str) -> bool:
        between = self.beside[one].get(other)
        return between is not None and between.score >= self.least


def _has_other_name(mine: Iterable[Named], others: Iterable[Named]) -> bool:
    """Whether a firm has short names, and each says something else than each of the others."""
    told = [(parts(one.name, one.kind), parts(other.name, other.kind)) for one in mine for other in others]
    return bool(told) and all(_says_else(one, other) for one, other in told)


def _says_else(one: Parts, other: Parts) -> bool:
    """Whether two short names are of two firms: their words differ, or one has a stem and its legal form alone."""
    if one.core == other.core:
        return bool(one.legal and other.legal and one.legal != other.legal)
    return bool(one.legal or other.legal) or not (in_order(one.core, other.core) or in_order(other.core, one.core))


def _is_within(link: Link) -> bool:
    """Whether the registered one of two names begins as the short one does and all of it follows, perhaps after another word."""
    short, long = _by_length(link)
    after = long.core.find(short.core[WORD:], 2 * WORD) if long.core.startswith(short.core[:WORD]) else -1
    return _leads(link) or (len(short.core) >= LONG and after > 0)


def _leads(link: Link) -> bool:
    """Whether a short name is the beginning of a registered one, its initials, or all characters of it in their order."""
    short, long = _by_length(link)
    if short.core in initials(long):
        return True
    if len(short.core) >= LONG and (long.core.startswith(short.core) or (short.stem != "" and link.weights["name"] > 0)):
        return True
    return len(short.whole) >= LONG - 1 and long.whole.startswith(short.whole)


def _by_length(link: Link) -> tuple[Parts, Parts]:
    one, other = parts(link.one.name, link.one.kind), parts(link.other.name, link.other.kind)
    return (other, one) if one.registered else (one, other)


def _speaks_against(link: Link) -> bool:
    """Whether anything but what the names share tells that they are of two firms."""
    return any(weight < -MARGIN for name, weight in link.weights.items() if name not in ("name", "beyond"))


def _fits_better(link: Link, other: Link) -> bool:
    """Whether a name fits in one way better than in another: by what it says, if that is more than a word, or by its legal form."""
    says_enough = _said(link) > WORD and _fit(link) >= _fit(other) + MARGIN
    return says_enough or link.weights["legal"] >= other.weights["legal"] + FORM


def _fit(link: Link) -> float:
    """How well two names fit in bits: what they share and what speaks against; that one leaves a place or a form out says neither."""
    told = sum(min(weight, 0.0) for name, weight in link.weights.items() if name != "name")
    return told + link.weights["name"] + _said(link)


def _said(link: Link) -> int:
    """Characters that the shorter of two names says of its firm or thing."""
    return min(len(parts(name.name, name.kind).core) for name in (link.one, link.other))
