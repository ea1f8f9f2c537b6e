"""A figure amid its words, and what is carried along a sentence from one figure to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.extract.document.context import Context
from kg.extract.names.mentions import Read
from kg.extract.words.money import currencies
from kg.extract.words.quantities import Quantity
from kg.model import Period

LONGEST = 30
"""Characters that an indicator keeps at most."""


@dataclass(slots=True)
class Topic:
    """What is carried along a sentence: the thing spoken of, what was counted last, the period.

    `entity` is the thing that the figure before was told of (`site`: a place or what is built at one), `spoken` the one that
    the sentence takes up as it begins (`该项目…`), `heading` the one that makes the heading; `sites` holds
    what sentences before named last, by class; `spread` holds the things that the figures to come are of, one each
    (`甲、乙产业产值分别为3亿元、2亿元`), `row` all of these, `years` those that they are of (`2021-2023年分别为…`);
    `paragraph` is the park with which the sentence before in the same paragraph of news began;
    `group` is the group of which a figure was told last, and the thing that it belongs to.
    """

    about: str = ""
    entity: str = ""
    noun: str = ""
    indicator: str = ""
    site: bool = False
    spoken: str = ""
    heading: str = ""
    paragraph: str = ""
    sites: Mapping[str, str] = field(default_factory=dict)
    period: Period | None = None
    spread: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    row: tuple[str, ...] = ()
    group: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class FigureInText:
    """A figure amid its words: `raw` is what stands before it from `left` on, `tail` what stands behind it.

    `before` is where the figure before it ends, 0 where there is none; `intended` is set where the text
    speaks of intentions.
    """

    context: Context
    read: Read
    figure: Quantity
    follower: Quantity | None
    left: int
    raw: str
    tail: str
    before: int = 0
    intended: bool = False

    @property
    def money(self) -> bool:
        """Whether the figure is a sum of money (a bare `数十亿` may be one)."""
        return self.figure.base in currencies() or not self.figure.base
