"""Which stretches of a text are taken, asked and told in time that does not grow with how many there are."""

from collections.abc import Iterable


class Stretches:
    """Stretches of a text of some length that something has taken."""

    def __init__(self, length: int, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._busy = bytearray(length)
        for start, end in taken:
            self.mark(start, end)

    def mark(self, start: int, end: int) -> None:
        """Take a stretch, whatever of it is taken already."""
        self._busy[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch is taken."""
        return self._busy.find(1, start, end) < 0

    def take(self, start: int, end: int) -> bool:
        """Take a stretch if it is free; whether it was."""
        if not self.free(start, end):
            return False
        self.mark(start, end)
        return True
