"""Regular expressions as they were compiled before: for a process that reads a report, half a second less until the first sentence.

Python keeps modules compiled beside their source and has nothing like it for patterns, of which the grammar has six hundred. What its
compiler made of each is kept in the same folder, trusted as much: who can write there can change the program itself. A pattern is looked up
by its whole text and flags; the file is of one version of Python, and of the words and the grammar as they are now. The engine checks such
code before it takes it. Where anything is otherwise than expected, patterns are compiled as ever.
"""

import json
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from kg import files, resources

Code = tuple[int, list[int], int, dict[str, int], list[str | None]]
"""What the engine takes beside a pattern's text: all flags, the code, the number of groups, their numbers by name and names by number."""
_WORD, _SUM = "I", 32
_MOST = 64 * 1024 * 1024


class Patterns:
    """Patterns that are kept, and such as were compiled since, which `keep` adds."""

    def __init__(self, file: Path, source: str) -> None:
        """Read what is kept.

        Args:
            file: where.
            source: what the patterns are made of and by; a file of another is not used.
        """
        self._file, self._source = file, source
        self._known: dict[tuple[str, int], Code] = {}
        with suppress(Exception):  # it is made anew
            self._known = dict(_read(file, source))
        self.kept, self._noting = bool(self._known), True

    @classmethod
    def here(cls) -> "Patterns | None":
        """Those of this package, where Python keeps its modules compiled; None where it keeps none."""
        with suppress(NotImplementedError, OSError):
            beside = Path(cache_from_source(str(Path(__file__).resolve())))
            return cls(beside.with_suffix(".patterns"), _source())
        return None

    def use(self) -> None:
        """From now on have this process take each pattern from here, and note those that are not here yet."""
        compiler = import_module("re._compiler")
        compiler.compile = self._compiler(compiler, import_module("_sre"), compiler.compile)  # type: ignore[attr-defined]  # no other way

    def end(self) -> None:
        """Note no more: what texts of others bring is neither kept nor remembered."""
        self._noting = False

    def keep(self) -> None:
        """Write what is known; where that may not be, the next process compiles again."""
        head = [[*key, flags, len(code), *rest] for key, (flags, code, *rest) in self._known.items()]
        codes = array(_WORD, (word for _, code, *_ in self._known.values() for word in code))
        with suppress(Exception):
            self._file.parent.mkdir(exist_ok=True)
            data = json.dumps([self._source, head]).encode("ascii") + b"\n" + codes.tobytes()
            files.put(self._file, sha256(data).digest() + data)

    def _compiler(self, compiler: Any, engine: Any, plain: Callable[..., Any]) -> Callable[..., Any]:
        """What compiles a pattern: the steps of `re._compiler.compile`, of which the long ones are done once."""

        def compiled(text: Any, flags: int = 0) -> Any:
            if not isinstance(text, str) or not (self._noting or (text, flags) in self._known):
                return plain(text, flags)
            try:
                if (text, flags) not in self._known:
                    self._known[text, int(flags)] = _code(compiler, text, flags)
                every, code, groups, names, of_group = self._known[text, int(flags)]
                return engine.compile(text, every, code, groups, names, tuple(of_group))
            except Exception:
                return plain(text, flags)  # which says what is wrong with it

        return compiled


def _code(compiler: Any, text: str, flags: int) -> Code:
    parsed = compiler._parser.parse(text, flags)
    state = parsed.state
    of_group: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        of_group[number] = name
    return int(flags | state.flags), compiler._code(parsed, flags), state.groups - 1, state.groupdict, of_group


def _read(file: Path, source: str) -> Iterator[tuple[tuple[str, int], Code]]:
    data = files.contents(file, _MOST)
    whole = sha256(data[_SUM:]).digest() == data[:_SUM]
    told, _, rest = data[_SUM:].partition(b"\n")
    of, head = json.loads(told)
    codes = array(_WORD, rest)
    at = 0
    for text, flags, every, length, groups, names, of_group in head if whole and of == source else ():
        yield (text, flags), (every, codes[at : at + length].tolist(), groups, names, of_group)
        at += length


def _source() -> str:
    """What tells whether patterns are made otherwise now: Python's version, and size and time of what they are made of."""
    folders = (resources.data() / "lexicon", resources.data() / "gazetteer", Path(__file__).resolve().parents[1])
    found = sorted(path for folder in folders for path in folder.rglob("*.[cp][sy]*") if path.suffix in (".csv", ".py"))
    told = [(path.name, one.st_size, one.st_mtime_ns) for path in found for one in [path.stat()]]
    return sha256(repr((sys.version, told)).encode()).hexdigest()
