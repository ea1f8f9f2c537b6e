"""Words that mean something only in their report: 市科技局, 区委, 我区, 全市, 园区, 管委会, and places of which there are two.

Each is the office, place or park of the place whose report it is, level by level; where the report does not say which, a thing of
that document alone: never one thing for two places.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from kg import lexicon
from kg.extract.document.belonging import park_words
from kg.extract.document.divisions import above, called, key_of, meant, right_before
from kg.extract.document.gazetteer import leading_places, short_of, whole_name
from kg.lexicon import any_of, pattern
from kg.model import Document, ReportHome

_OF_A_LEVEL = frozenset({"Award", "Recognition", "Programme", "Platform", "Policy", "ResearchInstitute", "Park", "Project"})
"""Classes beside offices of which names may begin with the level of a place that they leave out."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name means: the name of which its IRI is made, and its label."""

    key: str
    label: str


@dataclass(frozen=True)
class Own:
    """What words mean in one document.

    Attributes:
        document: as extraction gives it back, with its home.
        parks: names of the parks in it.
    """

    document: Document
    parks: tuple[str, ...] = ()

    @property
    def home(self) -> ReportHome:
        """Whose report it is."""
        return self.document.home

    @cached_property
    def _known(self) -> dict[tuple[str, str], Meant]:
        return {}

    def meant(self, name: str, type_: str) -> Meant:
        """What a name of a class means in this document."""
        if (name, type_) not in self._known:
            self._known[name, type_] = self._meant(name, type_)
        return self._known[name, type_]

    def _meant(self, name: str, type_: str) -> Meant:
        if pattern("masked_place").match(name):
            return self._alone(name)
        match type_:
            case "Place":
                return self._place(name)
            case "Park" if name in park_words():
                return self._park(name)
            case "GovernmentBody":
                return self._office(name) or self._of_namesake(name)
        return self._named(name, type_)

    def _named(self, name: str, type_: str) -> Meant:
        """What a name that is no place's, no office's and no bare word means."""
        if type_ in _OF_A_LEVEL and (found := _level_first().match(name)) and name[found.end() :].startswith(_words("head")):
            return self._of_level(name, found)
        if type_ == "Award" and _bare_award().fullmatch(name):
            return self._of_home(name)
        return self._of_namesake(name)

    def place(self, word: str) -> Meant | None:
        """The place or park that a word such as `全区`, `我市`, `园区` stands for; None where it is no such word, or says not which."""
        if word in _words("park"):
            return self.meant(self.home.park, "Park") if self.home.park and self.home.park not in park_words() else None
        found = _level_first().fullmatch(word)
        around = self._around(found["level"]) if found and found["own"] else ""
        return None if not around else self.meant(around, "Park" if around == self.home.park else "Place")

    def _place(self, name: str) -> Meant:
        whole = whole_name(name)
        if name in _bare_zones():
            return self._park(name)
        codes = called(whole) or meant(whole)
        if len(codes) < 2:
            return Meant(key_of(codes[0]), _bare_name(codes[0], name)) if codes else Meant(whole, name)
        code = self._which(whole, codes)
        return Meant(key_of(code), name) if code else self._alone(name)

    def _which(self, name: str, codes: tuple[str, ...]) -> str:
        """The place of a name that a document means: what stands right before it tells, else whose report it is; "" where nothing does."""
        home = self.home
        if told := right_before(self.document.text, name):
            return told
        if name == home.place:
            return home.code
        own = {home.place, *home.within}
        near = [code for code in codes if own & set(above(code))]
        return near[0] if len(near) == 1 else ""

    def _of_namesake(self, name: str) -> Meant:
        """A name that begins with a place of which there are two is told apart as the place is, whatever stands before the place."""
        whole, name = name, self._without_around(name)
        place = next((name[:size] for size in (4, 3, 2) if len(called(name[:size])) > 1), "")
        if not place:
            return Meant(whole, whole)
        before = whole.removesuffix(name)
        code = next((one for one in meant(f"{before}{place}")), "") if before else self._which(place, called(place))
        return Meant(f"{name}-{above(code)[0]}", whole) if code else self._alone(name)

    def _without_around(self, name: str) -> str:
        """`朝阳区科技局` of `长春市朝阳区科技局`: a name without the places in which the place lies that is one of two."""
        places = leading_places(name)
        before = "".join(places[:-1])
        return name.removeprefix(before) if before and len(called(places[-1])) > 1 and len(meant(before + places[-1])) == 1 else name

    def _office(self, name: str) -> Meant | None:
        """The office of a level (`市科技局`), of a park (`园区管委会`), or of the home (`科技局`); None where it names its place."""
        if (found := _level_first().match(name)) and not name.startswith(_words("not_level")) and len(name) > found.end():
            return self._of_level(name, found)
        if name in _words("park_office"):
            return self._of_park("", name)
        if park := next((word for word in park_words() if name.startswith(word) and len(name) > len(word)), ""):
            return self._of_park(park, name.removeprefix(park))
        return self._of_home(name) if name in lexicon.words("suffixes", type="GovernmentBody") else None

    def _of_level(self, name: str, found: re.Match[str]) -> Meant:
        """A name that begins with the level of a place, with that place in its stead: `市科技局` of 上海市's district is `上海市科技局`."""
        around = self._around(found["level"])
        if not around:
            return self._alone(name)
        return self._of_namesake(f"{found['before'] or ''}{around}{name[found.end() :]}")

    def _around(self, level: str) -> str:
        """The place of a level, the home or what it lies in; the park where it is the one that is called so; "" where none is known."""
        home = self.home
        if home.park.endswith(level) and home.place == home.park:
            return home.park
        places = (one for one in (home.place, *home.within) if one.endswith(level))
        if level in lexicon.words("report_words", "district"):
            places = (one for one in places if not one.endswith(lexicon.words("report_words", "region")))
        if found := next(places, ""):
            return found
        return home.park if home.park.endswith(level) and home.park not in park_words() else ""

    def _park(self, word: str) -> Meant:
        """The park that a bare `园区`, `高新区` stands for: the home, the only one in the document that ends so, or the place's own."""
        park = self.home.park
        if park and park not in park_words() and (park.endswith(word) or word in _words("park")):
            return Meant(park, park)
        longer = [name for name in self.parks if name.endswith(word) and name not in park_words()]
        if len(longer) == 1:
            return Meant(longer[0], longer[0])
        if longer or word not in _bare_zones() or not self._has_own_zone():
            return self._alone(word)
        return self._of_namesake(f"{short_of(self.home.place)}{word}")

    def _has_own_zone(self) -> bool:
        """Whether a place is such that its zone is called by its name: a prefecture or what lies in one."""
        return bool(self.home.place and self.home.within) and not self.home.between

    def _of_park(self, word: str, office: str) -> Meant:
        """An office of a park that a bare word, or none, stands for."""
        park = self._park(word or _words("park")[0])
        if park.key.endswith(self._alone("").key):
            return self._alone(f"{word}{office}")
        return Meant(f"{park.key}{office}", f"{park.label}{office}")

    def _of_home(self, name: str) -> Meant:
        """What is the home's own and names no place: told apart by it, with its name as it is."""
        own = self._own_key
        return Meant(f"{name}-{own}", name) if own else self._alone(name)

    @cached_property
    def _own_key(self) -> str:
        home = self.home
        if not home.place:
            return home.park if home.park not in park_words() else ""
        return "" if home.between else key_of(home.code) if home.code else home.place

    def _alone(self, name: str) -> Meant:
        """A thing of this document alone."""
        return Meant(f"{name}-{self.document.name}", name)


def _bare_name(code: str, written: str) -> str:
    """A place as written, without what it lies in."""
    return next((written[at:] for at in range(len(written)) if code in called(written[at:])), written)


@cache
def _words(role: str) -> tuple[str, ...]:
    return lexicon.words("contextual", role)


@cache
def _bare_zones() -> tuple[str, ...]:
    return lexicon.words("zones")


@cache
def _level_first() -> re.Pattern[str]:
    before, own, level = (any_of(_words(role)) for role in ("before", "own", "level"))
    return re.compile(rf"(?P<before>{before})?(?P<own>{own})?(?P<level>{level})")


@cache
def _bare_award() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(_words('award'))})(?:{any_of(lexicon.mapping('grades', 'concept'))})?")
