"""Patterns searched in a text as if it ended early, again and again at later places, without reading its beginning again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

_REACH = 24
"""Characters that a match and what it looks at behind itself take at most."""

Test = Callable[[re.Match[str]], bool]


class Prefixes:
    """Where a pattern matches in the beginnings of a text.

    A match that stands well before the end of a beginning is the same in the whole text; only what is near the end is
    searched again. The pattern's matches take fewer than `_REACH` characters with what they look at.
    """

    def __init__(self, pattern: re.Pattern[str], text: str, test: Test | None = None) -> None:
        self._pattern, self._text, self._test = pattern, text, test
        matches = list(pattern.finditer(text))
        self._all_ends = [m.end() for m in matches]
        tested = [m for m in matches if test is None or test(m)]
        self._ends = [m.end() for m in tested]
        self._starts = [m.start() for m in tested]

    def last_end(self, start: int, end: int) -> int:
        """Where the last match that begins at or behind `start` ends, in the text up to `end`; -1 where there is none."""
        sure = bisect_right(self._ends, end - _REACH)
        found = self._ends[sure - 1] if sure and self._starts[sure - 1] >= start else -1
        passed = bisect_right(self._all_ends, end - _REACH)
        at = max(start, end - 2 * _REACH, self._all_ends[passed - 1] if passed else 0)
        for match in self._pattern.finditer(self._text, at, end):
            if self._test is None or self._test(match):
                found = match.end()
        return found

    def any(self, start: int, end: int) -> bool:
        """Whether there is a match that begins at or behind `start`, in the text up to `end`."""
        sure = bisect_left(self._starts, start)
        if sure < len(self._ends) and self._ends[sure] <= end - _REACH:
            return True
        return self._pattern.search(self._text, max(start, end - 2 * _REACH), end) is not None
