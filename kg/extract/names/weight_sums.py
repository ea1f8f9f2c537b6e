"""Sums of the weights of features that go together, remembered: texts have few different words, so that most are known already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from kg.extract.names import features
from kg.extract.names.features import Group, spelled
from kg.extract.names.sentence_view import NONE, Seen, Told

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]
Key = TypeVar("Key")
_REMEMBERED = 100_000
"""Keys of one table of which the sums are remembered."""
_KINDS = 256
"""Kinds of words at most: there are some 60 tags."""
_PREVIOUS, _FIRST, _LAST, _FOLLOWING = range(4)
_OF_WORD = (features.previous_word, features.first_word, features.last_word, features.following_word)


class Remembered(Generic[Key]):
    """A table of sums, a row a key, a column a class; `summed` reckons the row of a new key."""

    def __init__(self, columns: int, summed: Callable[[Key], Scores]) -> None:
        self.table: Scores = np.zeros((1024, columns), np.float32)
        self._rows: dict[Key, int] = {}
        self._summed = summed

    def rows(self, keys: Sequence[Key]) -> list[int]:
        """The row of each key."""
        known = self._rows
        try:
            return [known[key] for key in keys]
        except KeyError:
            return [known[key] if key in known else self._add(key) for key in keys]

    def sums(self, keys: Sequence[Key]) -> Scores:
        """The sum of each key, a row each."""
        rows = self.rows(keys)  # the table may grow for them
        found: Scores = self.table[rows]
        return found

    def _add(self, key: Key) -> int:
        row = self._rows[key] = len(self._rows)
        if row == len(self.table):
            self.table = np.concatenate((self.table, np.zeros_like(self.table)))
        self.table[row] = self._summed(key)
        return row

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._rows)

    def forget(self) -> None:
        """Forget all keys."""
        self._rows.clear()


class Numbered:
    """A table of sums of which the keys are numbers below `size`, a row a number."""

    def __init__(self, size: int, columns: int, summed: Callable[[int], Scores]) -> None:
        self._table: Scores = np.zeros((size, columns), np.float32)
        self._known = np.zeros(size, bool)
        self._summed = summed

    def sums(self, keys: Numbers) -> Scores:
        """The sum of each key, a row each."""
        new = ~self._known[keys]
        if new.any():
            for key in {*keys[new].tolist()}:
                self._table[key] = self._summed(key)
                self._known[key] = True
        found: Scores = self._table[keys]
        return found

    def forget(self) -> None:
        """Forget all keys."""
        self._known[:] = False


class Words(NamedTuple):
    """The words of some sentences one behind the other, what stands before and behind each sentence among them.

    `rows` are those of the table of words, `kinds` numbers of their kinds, `at` tells where the first word of each sentence is.
    """

    rows: Numbers
    kinds: Numbers
    at: list[int]


class Sums:
    """What the ends and the inside of candidates add to their scores."""

    def __init__(self, rows: Mapping[str, int], weights: Scores) -> None:
        self._of, self._weights = rows, weights
        self._columns = columns = weights.shape[1]
        self._inside: Remembered[Group] = Remembered(columns, lambda group: self._sum(spelled(group)))
        self._tails: Remembered[str] = Remembered(columns, lambda text: self._sum(features.tail(text)))
        self._words: Remembered[Told] = Remembered(4 * columns, self._word)
        self._kind_of: list[int] = []  # of each row of the table of words
        self._kinds: dict[tuple[str, bool], int] = {}
        self._told: list[tuple[str, bool]] = []  # the tag of each kind, and whether names may begin behind it
        self._meeting = Numbered(_KINDS * _KINDS, columns, self._meet)
        self._parting = Numbered(_KINDS * _KINDS * 2, columns, self._part)
        self._running = Numbered(_KINDS * 8, columns, self._run)
        self._lock = Lock()  # what is remembered is shared by the threads of a program

    def ends(self, texts: Sequence[Seen], starts: Sequence[list[int]], stops: Sequence[list[int]]) -> tuple[Scores, Scores]:
        """The sums of left ends and of right ends of some sentences, each given by the places in their sentence; a row an end."""
        if not texts:
            return self._none(), self._none()
        with self._lock:
            self._make_room()
            words = self._rows_of(texts)
            return self._lefts(words, texts, starts), self._rights(words, texts, stops)

    def insides(self, lists: Sequence[list[Group]]) -> Scores:
        """The sum of each list of groups, a row each."""
        if not lists:
            return self._none()
        begins = np.cumsum([0, *map(len, lists[:-1])])
        with self._lock:
            if len(self._inside) > _REMEMBERED:
                self._inside.forget()
            rows = self._inside.rows([*chain.from_iterable(lists)])
            summed: Scores = np.add.reduceat(self._inside.table[rows], begins)
        return summed

    def _none(self) -> Scores:
        return np.zeros((0, self._columns), np.float32)

    def _make_room(self) -> None:
        if len(self._tails) > _REMEMBERED:
            self._tails.forget()
        if len(self._words) > _REMEMBERED // 2 or len(self._kinds) > _KINDS // 2:
            self._words.forget()
            for table in (self._meeting, self._parting, self._running):
                table.forget()
            self._kind_of, self._kinds, self._told = [], {}, []

    def _rows_of(self, texts: Sequence[Seen]) -> Words:
        at, told = [], []
        for seen in texts:
            told.append(NONE)
            at.append(len(told))
            told += seen.told
        rows = self._words.rows(told)
        kind_of = self._kind_of
        return Words(np.array(rows, np.intp), np.array([kind_of[row] for row in rows], np.intp), at)

    def _parts(self, parts: list[tuple[int, Told, Told]], one: Words, first: Numbers, second: Numbers) -> tuple[Numbers, ...]:
        """Rows and kinds of the words at two places, parts of words in their stead where an end is inside one."""
        rows, others, kinds, more = one.rows[first], one.rows[second], one.kinds[first], one.kinds[second]
        if parts:
            which = [number for number, _, _ in parts]
            left, right = self._words.rows([part for _, part, _ in parts]), self._words.rows([part for _, _, part in parts])
            rows[which], others[which] = left, right
            kinds[which], more[which] = [self._kind_of[row] for row in left], [self._kind_of[row] for row in right]
        return rows, others, kinds, more

    def _lefts(self, words: Words, texts: Sequence[Seen], starts: Sequence[list[int]]) -> Scores:
        first: list[int] = []
        previous: list[int] = []
        runs: list[int] = []
        cut: list[bool] = []
        parts: list[tuple[int, Told, Told]] = []
        for seen, places, base in zip(texts, starts, words.at, strict=True):
            number = seen.number
            here = [number[at] for at in places]
            parts += [(len(first) + row, *seen.part(at)) for row, at in enumerate(places) if at and number[at - 1] == number[at]]
            first += [base + index for index in here]
            previous += [base + seen.before[index] for index in here]
            runs += [seen.runs[index] for index in here]
            cut += [at in seen.cuts for at in places]
        last, begun, kind, others = self._parts(parts, words, np.array(previous, np.intp), np.array(first, np.intp))
        said = self._of_words(last, _PREVIOUS) + self._of_words(begun, _FIRST)
        said += self._meeting.sums(kind * _KINDS + others)
        said += self._running.sums(others * 8 + np.array(runs, np.intp) * 2 + np.array(cut, np.intp))
        return said

    def _rights(self, words: Words, texts: Sequence[Seen], stops: Sequence[list[int]]) -> Scores:
        ended: list[int] = []
        tails: list[str] = []
        stages: list[bool] = []
        parts: list[tuple[int, Told, Told]] = []
        for seen, places, base in zip(texts, stops, words.at, strict=True):
            number, text = seen.number, seen.text
            parts += [
                (len(ended) + row, *seen.part(at)) for row, at in enumerate(places) if at < len(text) and number[at - 1] == number[at]
            ]
            ended += [base + number[at - 1] for at in places]
            tails += [text[max(0, at - 3) : at] for at in places]
            stages += [at in seen.stages for at in places]
        at = np.array(ended, np.intp)
        last, following, kind, others = self._parts(parts, words, at, at + 1)
        said = self._of_words(last, _LAST) + self._of_words(following, _FOLLOWING) + self._tails.sums(tails)
        said += self._parting.sums((kind * _KINDS + others) * 2 + np.array(stages, np.intp))
        return said

    def _of_words(self, rows: Numbers, where: int) -> Scores:
        found: Scores = self._words.table[rows, where * self._columns : (where + 1) * self._columns]
        return found

    def _sum(self, names: Iterable[str]) -> Scores:
        summed: Scores = np.zeros(self._columns, np.float32)
        for name in names:
            if (row := self._of.get(name)) is not None:
                summed += self._weights[row]  # few have weights: one by one they are added sooner than gathered
        return summed

    def _word(self, told: Told) -> Scores:
        """The sums of a word at each side of an end; its kind is noted."""
        kind = (told[1], features.cuts(told))
        if kind not in self._kinds:
            self._kinds[kind] = len(self._told)
            self._told.append(kind)
        self._kind_of.append(self._kinds[kind])
        return np.concatenate([self._sum(spell(*told)) for spell in _OF_WORD])

    def _meet(self, key: int) -> Scores:
        last, first = divmod(key, _KINDS)
        return self._sum(features.meeting(*self._told[last], self._told[first][0]))

    def _part(self, key: int) -> Scores:
        kinds, stage = divmod(key, 2)
        last, following = divmod(kinds, _KINDS)
        return self._sum(features.parting(self._told[last][0], self._told[following][0], bool(stage)))

    def _run(self, key: int) -> Scores:
        first, rest = divmod(key, 8)
        return self._sum(features.running(rest // 2, self._told[first][0], bool(rest % 2)))
