"""Readers of other packages: a module and a line of entry points."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.read
from kg.read import is_tabular, read, readable

READERS = """
from kg.read.clean import document
from kg.read.table import Sheet, table

def read_pipes(raw):
    return table(raw, "text/x-pipes", [Sheet([line.split("|") for line in raw.data.decode().splitlines()])])

def read_caj(raw):
    return document(raw, "application/caj", "新增企业12家。")
"""
ENTRIES = """
[kg.table_readers]
.pipes = pipes_reader:read_pipes

[kg.readers]
.memo = kg.read.text:read_text
.caj = pipes_reader:read_caj
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a reader of tables and one of texts."""
    told = tmp_path / "site" / "pipes_reader-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: pipes-reader\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text(ENTRIES, encoding="utf-8")
    (told.parent / "pipes_reader.py").write_text(READERS, encoding="utf-8")
    monkeypatch.syspath_prepend(told.parent)
    kg.read._readers.cache_clear()
    yield
    kg.read._readers.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_reader_of_tables_of_another_package_is_a_module_and_a_line(tmp_path: Path):
    file = tmp_path / "list.pipes"
    file.write_text("企业名称|成立年份\n云舟科技有限公司|2019\n", encoding="utf-8")
    assert readable(file)
    assert is_tabular(file)
    made = read(file)
    assert made.text == "企业名称: 云舟科技有限公司; 成立年份: 2019\n"
    assert [row.number for row in made.rows] == [2]


@pytest.mark.usefixtures("installed")
def test_a_reader_of_texts_of_another_package_holds_no_tables(tmp_path: Path):
    file = tmp_path / "a.memo"
    file.write_text("上半年新增企业12家。", encoding="utf-8")
    assert not is_tabular(file)
    assert read(file).text == "上半年新增企业12家。"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["a.caj", "a.docx"])
def test_a_reader_of_another_package_takes_what_was_refused_by_whatever_name_it_comes(tmp_path: Path, name: str):
    file = tmp_path / name
    file.write_bytes(b"CAJ\0" + bytes(400))
    made = read(file)
    assert made.text == "新增企业12家。"
    assert made.remarks == (() if name == "a.caj" else ("a.docx: is a .caj file by its content, and was read as that.",))


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("a.csv", True),
        ("a.TSV", True),
        ("a.xlsx", True),
        ("a.et", True),
        ("a.fods", True),
        ("a.docx", False),
        ("a.pdf", False),
        ("a", False),
    ],
)
def test_tables_are_told_by_the_ending(name: str, tables: bool):
    assert is_tabular(Path(name)) is tables
