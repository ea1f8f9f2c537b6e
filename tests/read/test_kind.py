"""What a file is by its content: nothing that it holds keeps that from being told at once."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.clean import Raw
from kg.read.compound import is_protected, streams
from kg.read.kind import NAMES, proven
from tests.read.offices import archive
from tests.read.test_office import compound

ENDINGS = st.sampled_from([".doc", ".wps", ".docx", ".xls", ".txt", ".html", ".csv", ".pdf", ".ofd", ""])
HEADS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"\xff\xfe", b"<?xml", b"<!--", b"MIME-Version:"]
)


@settings(max_examples=300, deadline=None)
@given(HEADS, st.binary(max_size=1500), ENDINGS)
def test_any_bytes_are_of_a_kind_that_has_a_name_or_of_none(head: bytes, rest: bytes, ending: str):
    kind = proven(Raw(Path(f"a{ending}"), head + rest), ending)
    assert kind is None or kind in NAMES or kind in (".rar", ".7z", ".caj", ".zip", ".odg")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1535), st.integers(0, 255)), max_size=12))
def test_a_damaged_compound_file_still_gives_its_names_or_none(changes: list[tuple[int, int]]):
    data = bytearray(compound("WordDocument", "1Table"))
    for at, value in changes:
        data[at] = value
    assert isinstance(streams(bytes(data)), frozenset)
    is_protected(bytes(data))


def test_the_streams_at_the_top_of_a_compound_file_tell_its_kind():
    assert streams(compound("WordDocument", "1Table")) == {"WordDocument", "1Table"}
    kinds = {
        name: proven(Raw(Path("a.doc"), compound(name)), ".doc")
        for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document", "x")
    }
    assert kinds == {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt", "x": None}


def test_a_page_that_begins_with_many_comments_is_looked_at_once():
    assert proven(Raw(Path("a.doc"), b"<!-- a -->" * 500 + b"text"), ".doc") == ".txt"
    assert proven(Raw(Path("a.doc"), b"<!-- a -->" * 5 + b"<html>"), ".doc") == ".html"


def test_a_zip_of_any_files_is_no_document():
    assert proven(Raw(Path("a.docx"), archive({"a.txt": "a"})), ".docx") == ".zip"
    assert proven(Raw(Path("a.docx"), archive({"mimetype": "application/vnd.oasis.opendocument.text"})), ".docx") == ".odt"
