"""Archives of reports: every file in one is a document of its own, and nothing in one can hurt."""

import io
import stat
import struct
import zipfile
from functools import partial
from pathlib import Path

import pytest

import kg as product
from kg.errors import KgError, ReadError
from kg.extract import extract
from kg.read import packed, read, read_bytes
from kg.workspace.ingest.batch import expand
from tests.read.test_bad_files import kg

NORTH = "北原区科技局2023年工作总结\n新认定高新技术企业126家,同比增长18.5%。\n"
SOUTH = "南汀区工信局2022年工作总结\n新增专精特新企业31家。\n"


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return made.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two reports, one of them in a folder, another archive with one, and what programs leave behind."""
    path = tmp_path / "reports.zip"
    inner = zipped({"2021/总结.txt": NORTH.replace("126", "88")})
    path.write_bytes(
        zipped(
            {
                "北原.txt": NORTH,
                "南汀/总结.txt": SOUTH,
                "往年.zip": inner,
                "__MACOSX/._北原.txt": "junk",
                ".DS_Store": "junk",
                "南汀/~$总结.docx": "junk",
                "南汀/Thumbs.db": "junk",
            }
        )
    )
    return path


def test_each_file_of_an_archive_is_a_document_of_its_own(archive: Path):
    names = [path.relative_to(archive.parent).as_posix() for path in expand([archive])]
    assert names == ["reports.zip/北原.txt", "reports.zip/南汀/总结.txt", "reports.zip/往年.zip/2021/总结.txt"]


def test_an_archive_in_a_folder_is_opened_too(archive: Path):
    assert len(list(expand([archive.parent]))) == 3


def test_the_documents_of_an_archive_are_kept_found_again_and_replaced(archive: Path, tmp_path: Path):
    graph = product.open(tmp_path / "graph")
    assert [one.status for one in graph.ingest([archive])] == ["added"] * 3
    assert [one.status for one in graph.ingest([archive])] == ["unchanged"] * 3
    kept = {path.read_bytes() for path in (tmp_path / "graph" / "sources").iterdir()}
    assert {NORTH.encode(), SOUTH.encode()} <= kept
    places = graph.query("SELECT ?place { ?doc prov:atLocation ?place }")["place"]
    assert str(archive / "南汀" / "总结.txt") in set(places)
    archive.write_bytes(zipped({"北原.txt": NORTH.replace("126", "130"), "南汀/总结.txt": SOUTH}))
    assert [one.status for one in graph.ingest([archive])] == ["replaced", "unchanged"]


def test_a_file_of_an_archive_is_named_by_its_path(archive: Path):
    document = read(archive / "往年.zip" / "2021" / "总结.txt")
    assert document.source == "总结.txt"
    assert [seen.value for seen in extract(document).observations] == [88]


def test_an_archive_of_one_document_stands_for_it_and_one_of_several_asks(archive: Path, tmp_path: Path):
    single = tmp_path / "one.zip"
    single.write_bytes(zipped({"北原.txt": NORTH, "readme.rar": b"Rar!"}))
    assert read(single).text == NORTH
    with pytest.raises(ReadError, match=r"holds 3 documents\. Name one, such as .*北原"):
        read(archive)


def test_what_no_reader_takes_is_said_and_the_rest_goes_on(tmp_path: Path):
    path = tmp_path / "mixed.zip"
    path.write_bytes(zipped({"old.rar": b"Rar!", "北原.txt": NORTH, "empty.txt": "", "broken.zip": b"PK\x03\x04"}))
    run = kg("ingest", path, "-w", tmp_path / "graph", cwd=tmp_path)
    assert run.returncode == 1
    assert {line.split()[1].rpartition("/")[2]: line.split()[0] for line in run.stdout.splitlines()} == {
        "old.rar": "failed",
        "北原.txt": "added",
        "empty.txt": "failed",
        "broken.zip": "failed",
    }
    assert len(run.stderr.splitlines()) == 4
    assert "old.rar ends in '.rar'. Unpack it" in run.stderr


def test_names_that_a_chinese_windows_wrote_are_read_as_it_meant_them(tmp_path: Path):
    data = zipped({"AAAAAAAA.txt": NORTH})
    path = tmp_path / "gbk.zip"
    path.write_bytes(data.replace(b"AAAAAAAA.txt", "工作总结".encode("gb18030") + b".txt"))
    assert [one.name for one in packed.members(path)] == ["工作总结.txt"]
    assert read(path).source == "工作总结.txt"


def test_no_name_leads_out_of_an_archive(tmp_path: Path):
    path = tmp_path / "names.zip"
    path.write_bytes(zipped({"../../etc/a.txt": NORTH, "/b.txt": NORTH, "C:\\报告\\c.txt": NORTH, "..": "x", "d\x1b[2J.txt": NORTH}))
    inside = [one.relative_to(path).as_posix() for one in packed.members(path)]
    assert inside == ["etc/a.txt", "b.txt", "报告/c.txt", "d_[2J.txt"]
    assert all(read_bytes(path / name) == NORTH.encode() for name in inside)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_both_read(tmp_path: Path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("总结.txt", NORTH)
        archive.writestr("总结.txt", SOUTH)
    path = tmp_path / "twice.zip"
    path.write_bytes(made.getvalue())
    assert [read_bytes(one).decode() for one in packed.members(path)] == [NORTH, SOUTH]


def test_a_word_file_is_no_archive_of_reports(tmp_path: Path):
    path = tmp_path / "renamed.zip"
    path.write_bytes(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}))
    with pytest.raises(ReadError, match=r"is no archive of reports but one document. Rename it to .docx"):
        read(path)


def a_link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def encrypted() -> bytes:
    data = bytearray(zipped({"secret.txt": NORTH}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + flags
        data[at] |= 1
    return bytes(data)


def lying() -> bytes:
    """An entry that says it holds four bytes and holds a million."""
    data = bytearray(zipped({"small.txt": b"0" * 1_000_000}))
    for mark, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + size
        data[at : at + 4] = struct.pack("<I", 4)
    return bytes(data)


def nested(depth: int) -> bytes:
    held = zipped({"总结.txt": NORTH})
    for _ in range(depth - 1):
        held = zipped({"inner.zip": held})
    return held


BAD = {
    "empty": (b"", "is no readable archive"),
    "no archive": (b"PK\x03\x04 nothing more", "is no readable archive"),
    "cut off": (zipped({"a.txt": NORTH * 50})[:-40], "is no readable archive"),
    "nothing in it": (zipped({}), "holds no file"),
    "a link": (a_link(), "is a link"),
    "encrypted": (encrypted(), "is encrypted"),
    "a size that lies": (lying(), "is broken"),
    "a bomb": (zipped({"bomb.txt": b"0" * 60_000_000}), "unpacks to more than 200 times its size"),
    "too many files": (zipped(dict.fromkeys(map("{}.txt".format, range(2001)), "x")), "holds more than 2,000 files"),
    "too deep": (nested(5), "no file that can be read"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_archive_is_refused_in_one_line(tmp_path: Path, data: bytes, said: str):
    path = tmp_path / "bad.zip"
    path.write_bytes(data)
    with pytest.raises(KgError, match=said) as refused:
        read(path)
    assert "\n" not in str(refused.value)
    run = kg("ingest", path, "-w", tmp_path / "graph", cwd=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_archives_as_deep_as_allowed_are_read(tmp_path: Path):
    path = tmp_path / "deep.zip"
    path.write_bytes(nested(3))
    assert read(path / "inner.zip" / "inner.zip" / "总结.txt").text == NORTH
    assert len(list(expand([path]))) == 1


def test_what_all_files_unpack_to_is_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "MAX_UNPACKED", 1000)
    monkeypatch.setattr(packed, "_Room", partial(packed._Room, 10, 1000))
    path = tmp_path / "large.zip"
    path.write_bytes(zipped({"a.txt": b"a" * 400, "inner.zip": zipped({"b.txt": b"b" * 700}, zipfile.ZIP_STORED)}))
    with pytest.raises(ReadError, match="unpacks to more than 1,000 bytes"):
        packed.members(path)


def test_no_path_in_an_archive_gives_a_line(archive: Path):
    for path in (archive / "nothing.txt", archive / "北原.txt" / "x.txt", archive / "往年.zip" / "none.txt"):
        with pytest.raises(ReadError, match="holds no"):
            read(path)
