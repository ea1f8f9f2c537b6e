"""Patterns that were kept compiled read as those that Python compiles, and where the file is of no use they are compiled as ever."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from kg.extract.words.patterns import Patterns
from kg.resolve import Resolver
from kg.workspace.ingest import processes
from kg.workspace.ingest.prepare import Job, Options

TEXTS = [
    (r"(?P<count>\d+(?:\.\d+)?)(?P<unit>亿元|万元|家)", 0),
    (r"(?<![^,。])(?:今年|上半年)以来[,、]?", 0),
    (r"[一-龥]{2,8}(?:开发区|产业园)", 0),
    (r"ai\s+芯片 # 词", re.IGNORECASE | re.VERBOSE),
    ("(a)(?P<b>b)?(?(b)c|d)", re.MULTILINE),
    ("云+", re.DOTALL),
]
SENTENCE = "今年以来,临江产业园引进企业286家,投资12.5亿元;AI芯片。云云 abc ad"


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch):
    """Python's compiler of patterns, which counts how often it works; as it was when the test is over."""
    inner, worked = import_module("re._compiler"), []
    plain = inner._code

    def counted(*given: object) -> object:
        worked.append(given)
        return plain(*given)

    monkeypatch.setattr(inner, "_code", counted)
    monkeypatch.setattr(inner, "compile", inner.compile)
    re.purge()
    yield worked
    re.purge()


def told(patterns: list[re.Pattern[str]]) -> list[tuple]:
    return [(one.pattern, one.flags, one.groups, dict(one.groupindex), [m.groupdict() for m in one.finditer(SENTENCE)]) for one in patterns]


def compiled() -> list[re.Pattern[str]]:
    re.purge()
    return [re.compile(text, flags) for text, flags in TEXTS]


def test_patterns_that_were_kept_are_the_same_and_are_not_compiled_again(tmp_path: Path, compiler: list) -> None:
    plain = compiled()
    assert [one.span() for one in plain[0].finditer(SENTENCE)] == [(14, 18), (21, 27)]
    first = Patterns(tmp_path / "kept", "1")
    first.use()
    assert compiled() == plain
    first.keep()
    import_module("re._compiler").compile = lambda *_: pytest.fail("compiled once more")
    again = Patterns(tmp_path / "kept", "1")
    again.use()
    compiler.clear()
    assert again.kept
    assert told(compiled()) == told(plain)
    assert compiler == []


@pytest.mark.parametrize("damage", [b"", b"[]", b"\xff\x00", b"\0" * 32 + b'["1", [["a", 0, 32, 1, 0, {}, [null]]]]\n\x01\x00\x00\x00'])
def test_a_damaged_file_of_patterns_is_not_used(tmp_path: Path, compiler: list, damage: bytes) -> None:
    plain = compiled()
    (tmp_path / "kept").write_bytes(damage)
    Patterns(tmp_path / "kept", "1").use()
    assert told(compiled()) == told(plain)
    assert re.compile("a").match("ab").end() == 1


def test_patterns_of_other_words_are_not_used(tmp_path: Path, compiler: list) -> None:
    first = Patterns(tmp_path / "kept", "words of yesterday")
    first.use()
    compiled()
    first.keep()
    assert not Patterns(tmp_path / "kept", "words of today").kept


def test_what_is_no_pattern_is_told_as_ever(tmp_path: Path, compiler: list) -> None:
    Patterns(tmp_path / "kept", "1").use()
    with pytest.raises(re.error, match=r"unterminated subpattern at position 1"):
        re.compile("a(")
    assert re.compile(b"a+").match(b"aa").end() == 2


def test_where_nothing_can_be_written_patterns_are_compiled(tmp_path: Path, compiler: list) -> None:
    (tmp_path / "file").write_text("")
    patterns = Patterns(tmp_path / "file" / "kept", "1")
    patterns.use()
    patterns.keep()
    assert re.compile("云+").match("云云").end() == 2


def test_what_is_kept_was_made_before_a_file_of_others_was_read(tmp_path: Path, compiler: list, monkeypatch: pytest.MonkeyPatch) -> None:
    report, kept = tmp_path / "report.txt", tmp_path / "kept"
    report.write_text("临河区科技局2023年工作总结\n累计引进企业41家。\n", encoding="utf-8")
    monkeypatch.setattr(Patterns, "here", lambda: Patterns(kept, "1"))
    processes.warm()
    before = kept.read_bytes()
    assert b'"facts"' in processes.work(Job(report, "report", "1", Options(), Resolver()))
    re.compile("一个新的词")
    processes.warm()
    assert kept.read_bytes() == before
