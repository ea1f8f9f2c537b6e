"""Worlds of which all values are known: parks of a district over years, told as reports tell them, some of it masked."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kg.model import Disclosure, Period
from kg.reason.bounds.linear import Quantity, SeriesKey
from kg.reason.bounds.quantities import Naming
from kg.reason.records import Figure, Report, Told

DISTRICT = "临川区"
PARKS = ("东江园", "南岭港", "西屏谷")
MONEY = ("税收", "规模以上工业总产值")
COUNTED = "高新技术企业"
HUNDRED_MILLION = 10**8
Key = tuple[str, str, int, int]
"""Subject, indicator, year, last month."""


def period_of(year: int, month: int) -> Period:
    """From January to the end of a month."""
    first_behind = dt.date(year + month // 12, month % 12 + 1, 1)
    return Period(dt.date(year, 1, 1), first_behind - dt.timedelta(days=1))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """As an office prints it: half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass
class World:
    """True values in base units, and the figures that are told of them."""

    truth: dict[Key, Fraction]
    figures: list[Figure] = field(default_factory=list)

    def quantity(self, key: Key) -> Quantity:
        """The unknown of a true value."""
        subject, indicator, year, month = key
        period = period_of(year, month)
        return Quantity(SeriesKey(subject, "", indicator, "家" if indicator == COUNTED else "CNY"), period.start, period.end)

    def values(self) -> dict[Quantity, Fraction]:
        """True values by their unknowns."""
        return {self.quantity(key): value for key, value in self.truth.items()}

    def naming(self) -> Naming:
        """How its things are called, each by its name."""
        names = {one: frozenset({one}) for one in (DISTRICT, *PARKS)}
        return Naming({one.document: Report(one.document, "", DISTRICT) for f in self.figures for one in f.told}, names, {})

    def tell(self, sentence: str, document: str, *figures: Figure) -> None:
        """Figures of one sentence."""
        told = (Told(f"passage:{len(self.figures)}", sentence, document),)
        for one in figures:
            fields = {name: getattr(one, name) for name in Figure.__dataclass_fields__}
            self.figures.append(Figure(**{**fields, "iri": f"figure:{len(self.figures)}", "told": told}))

    def figure(self, key: Key, decimals: int, masked: bool, growth: int | None = None) -> tuple[str, Figure]:
        """A figure of a true value and how it is printed; `growth` counts the decimals of its printed growth."""
        subject, indicator, year, month = key
        unit, size = ("家", 1) if indicator == COUNTED else ("亿元", HUNDRED_MILLION)
        shown = rounded(self.truth[key] / size, 0 if indicator == COUNTED else decimals)
        before = self.truth.get((subject, indicator, year - 1, month))
        rate = rounded((self.truth[key] / before - 1) * 100, growth) if growth is not None and before else None
        text = f"{'XX' if masked else shown}{unit}"
        figure = Figure(
            "", subject, subject, subject, indicator, Disclosure.WITHHELD if masked else Disclosure.DISCLOSED, False,
            period_of(year, month), None if masked else shown * size, unit="家" if size == 1 else "CNY",
            printed="" if masked else f"{shown.normalize():f}{unit}", growth=None if rate is None else rate.normalize() / 100,
        )  # fmt: skip
        if rate is not None:
            text += f"，同比{'增长' if rate >= 0 else '下降'}{abs(rate)}%"
        return text, figure


def true_values(rng: random.Random) -> dict[Key, Fraction]:
    """Several years of a district and its parks: what is summed grows within a year, and the district holds no less than its parks."""
    truth: dict[Key, Fraction] = {}
    years, months = range(2020, 2020 + rng.randint(2, 3)), (6, 12)
    for indicator in MONEY:
        for park in (*PARKS, DISTRICT):
            level = Fraction(rng.randint(1, 10 ** rng.randint(3, 12)), 7)
            for year in years:
                level *= Fraction(rng.randint(600, 1700), 1000)
                total = Fraction(0)
                for month in months:
                    total += level * Fraction(rng.randint(0, 1000), 999)
                    truth[park, indicator, year, month] = max(total, Fraction(1))
        for year in years:
            for month in months:
                truth[DISTRICT, indicator, year, month] += sum(truth[park, indicator, year, month] for park in PARKS)
    for year in years:
        for park in PARKS:
            truth[park, COUNTED, year, 12] = Fraction(rng.randint(1, 900))
        truth[DISTRICT, COUNTED, year, 12] = sum(truth[park, COUNTED, year, 12] for park in PARKS) + rng.randint(0, 50)
    return truth


def world(rng: random.Random) -> World:
    """A world and its reports: single figures with growth, parts of a total, sums of a list, shares and ranks."""
    made = World(true_values(rng))
    hiding = rng.choice((0.1, 0.3, 0.6))
    for (subject, indicator, year, month), _ in sorted(made.truth.items()):
        if rng.random() < 0.7:
            growth = rng.choice((None, 0, 1, 2))
            text, figure = made.figure((subject, indicator, year, month), rng.randint(0, 3), rng.random() < hiding, growth)
            made.tell(f"{subject}{indicator}{text}。", f"{year}-{month}", figure)
    for year in sorted({key[2] for key in made.truth}):
        for indicator in (*MONEY, COUNTED):
            tell_together(made, rng, indicator, year, hiding)
    return made


def tell_together(made: World, rng: random.Random, indicator: str, year: int, hiding: float) -> None:
    """What a yearly report says of a district and its parks at once."""
    told = [made.figure((park, indicator, year, 12), rng.randint(0, 2), rng.random() < hiding) for park in PARKS]
    text, figure = made.figure((DISTRICT, indicator, year, 12), rng.randint(0, 2), rng.random() < hiding / 2)
    listed = "，".join(f"{park}{one}" for park, (one, _) in zip(PARKS, told, strict=True))
    kind = rng.choice(("parts", "share", "rank", "nothing"))
    if kind == "parts":
        made.tell(f"全区{indicator}{text}，其中{listed}。", f"{year}-12", figure, *(one for _, one in told))
    elif kind == "rank":
        order = sorted(PARKS, key=lambda park: -made.truth[park, indicator, year, 12])
        for park, (one, of) in zip(PARKS, told, strict=True):
            fields = {name: getattr(of, name) for name in Figure.__dataclass_fields__}
            place = Figure(**{**fields, "rank": order.index(park) + 1, "rank_scope": "全区"})
            made.tell(f"{park}{indicator}{one}，居全区第{place.rank}。", f"{year}-12", place)
    elif kind == "share":
        park, (one, of) = PARKS[0], told[0]
        exact = made.truth[park, indicator, year, 12] / made.truth[DISTRICT, indicator, year, 12]
        percent = rounded(exact * 100, 1)
        share = Figure(
            "", park, park, park, f"{park}占全区", Disclosure.DISCLOSED, False, period_of(year, 12), percent / 100, unit="1",
            printed=f"{percent.normalize():f}%",
        )  # fmt: skip
        made.tell(f"全区{indicator}{text}。", f"{year}-12", figure)
        made.tell(f"{park}{indicator}{one}，占全区的{percent}%。", f"{year}-12", of, share)
