"""Names among many, found without comparing each with each: by how they begin, and by the characters that they hold."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Beginnings:
    """Names by stretches of them: which have a stretch that begins with some words."""

    def __init__(self, stretches: Iterable[tuple[str, str]]) -> None:
        self._sorted = sorted(stretches)

    def of(self, words: str) -> Iterator[str]:
        """Names with a stretch that begins with `words`, one once for each such stretch."""
        for at in range(bisect_left(self._sorted, (words,)), len(self._sorted)):
            stretch, name = self._sorted[at]
            if not stretch.startswith(words):
                return
            yield name


class Crowd:
    """Names of one kind, and for each character which of them hold it, a bit a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names, key=lambda name: (-len(name), name))
        holders: dict[str, bytearray] = {}
        for number, name in enumerate(self._names):
            for char in name:
                bits = holders.setdefault(char, bytearray(len(self._names) // 8 + 1))
                bits[number // 8] |= 1 << number % 8
        self._holders = {char: int.from_bytes(bits, "little") for char, bits in holders.items()}

    def longer(self, short: str) -> Iterator[str]:
        """Names longer than `short` that hold all of its characters, the longest first."""
        count = bisect_left(self._names, -len(short), key=lambda name: -len(name))
        found = (1 << count) - 1
        for char in set(short):
            found &= self._holders.get(char, 0)
        while found:
            lowest = found & -found
            yield self._names[lowest.bit_length() - 1]
            found ^= lowest
