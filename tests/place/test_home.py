"""Whose report a document is: what tells it, and what is asked and not guessed."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract import extract
from kg.extract.as_json import as_json
from kg.extract.document.belonging import asked, home_said, said
from kg.model import ReportHome
from kg.read import read

BODY = "上半年，区科委推进创新平台建设，新增高新技术企业12家，云舟科技有限公司建成研发中心。"


def home(folder: Path, text: str, name: str = "report.txt") -> ReportHome:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return extract(read(folder / name)).document.home


@pytest.mark.parametrize(
    ("name", "text", "place", "basis"),
    [
        ("report.txt", f"青浦区科委2023年上半年工作总结\n\n{BODY}", "青浦区", "title"),
        ("report.txt", f"区科委2023年上半年工作总结\n\n{BODY}\n\n青浦区科委\n2023年7月1日", "青浦区", "signature"),
        ("report.txt", f"2023年上半年工作总结\n\n{BODY}\n\n地址：上海市青浦区公园路100号。", "青浦区", "address"),
        ("青浦区2023年上半年.txt", f"2023年上半年工作总结\n\n{BODY}", "青浦区", "file"),
        ("report.txt", f"2023年上半年工作总结\n\n{BODY}青浦区税务局、青浦区统计局参加。我区将再接再厉。", "青浦区", "text"),
    ],
)
def test_a_place_is_told_by(tmp_path: Path, name: str, text: str, place: str, basis: str):
    found = home(tmp_path / "reports", text, name)
    assert (found.place, found.within, found.basis) == (place, ("上海市",), basis)


def test_a_folder_named_after_a_place_tells_it(tmp_path: Path):
    found = home(tmp_path / "上海市青浦区", f"2023年上半年工作总结\n\n{BODY}")
    assert (found.place, found.basis) == ("青浦区", "folder")


def test_what_tells_it_leads_to_its_words(tmp_path: Path):
    text = f"区科委2023年上半年工作总结\n\n{BODY}\n\n青浦区科委\n2023年7月1日"
    [span] = home(tmp_path, text).spans
    assert text[span.start : span.end] == "青浦区科委"


def test_a_report_that_names_no_place_has_none(tmp_path: Path):
    assert home(tmp_path / "r", f"2023年上半年工作总结\n\n{BODY}") == ReportHome()


@pytest.mark.parametrize("masked", ["XX区", "某区", "××区"])
def test_a_masked_place_is_none(tmp_path: Path, masked: str):
    assert home(tmp_path / "r", f"{masked}科委2023年上半年工作总结\n\n{BODY}").place == ""


@pytest.mark.parametrize(
    ("title", "within"),
    [("北京市朝阳区科委", ("北京市",)), ("长春市朝阳区科技局", ("长春市", "吉林省"))],
)
def test_a_place_of_which_there_are_two_is_told_apart_by_what_it_lies_in(tmp_path: Path, title: str, within: tuple[str, ...]):
    found = home(tmp_path, f"{title}2023年上半年工作总结\n\n{BODY}")
    assert (found.place, found.within, found.between) == ("朝阳区", within, ())


def test_a_place_of_which_there_are_two_is_asked_where_nothing_tells(tmp_path: Path):
    (tmp_path / "r.txt").write_text(f"朝阳区科委2023年上半年工作总结\n\n{BODY}", encoding="utf-8")
    document = extract(read(tmp_path / "r.txt")).document
    assert document.home.between == ("北京市朝阳区", "吉林省长春市朝阳区")
    [line] = asked(document)
    assert "朝阳区" in line
    assert "--place" in line


def test_a_report_on_a_trip_elsewhere_does_not_settle_it(tmp_path: Path):
    found = home(tmp_path, f"朝阳区科委2023年上半年工作总结\n\n{BODY}赴北京举办推介会。")
    assert len(found.between) == 2


def test_the_name_of_a_university_in_a_title_is_no_place(tmp_path: Path):
    text = "吉林大学与云舟科技有限公司签约\n\n吉林大学副校长一行到我市签约。辽源市政府、辽源市科技局参加。我市将做好服务。"
    assert home(tmp_path, text).place == "辽源市"


def test_the_place_of_a_park_is_found_in_its_name(tmp_path: Path):
    found = home(tmp_path, "湘潭高新区2022年工作总结\n\n湘潭高新区新增企业20家，全区税收3.2亿元。湘潭高新区建成产业园。")
    assert (found.park, found.place, found.within) == ("湘潭高新区", "湘潭市", ("湖南省",))


def test_extraction_prints_it(tmp_path: Path):
    (tmp_path / "r.txt").write_text(f"青浦区科委2023年上半年工作总结\n\n{BODY}", encoding="utf-8")
    told = as_json(extract(read(tmp_path / "r.txt")))["document"]["home"]
    assert told == {"place": "青浦区", "code": "310118", "within": ["上海市"], "basis": "title", "spans": [[0, 3]]}


@pytest.mark.parametrize("given", ["青浦区", "青浦", "上海市青浦区", "上海青浦区", " 青浦区 "])
def test_a_person_may_say_a_place_short_or_whole(given: str):
    assert home_said(given).code == "310118"


@pytest.mark.parametrize(
    "given", ["宜昌高新区", "苏州工业园区", "上海市青浦区张江高新区青浦园", "张江高新区青浦园", "朝阳区-北京"[:0] + "北京市朝阳区"]
)
def test_what_was_said_can_be_said_again(given: str):
    assert home_said(said(home_said(given))) == home_said(given)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("青铺区", "Is it 青羊区, 青秀区, 青浦区"),
        ("朝阳区", "北京市朝阳区, 吉林省长春市朝阳区"),
        ("高新区", "many parks"),
        ("", "No place is called ''"),
        ("x" * 500, "No place is called"),
        ("青浦区; DROP ALL", "No place is called"),
        ("\u0000", "No place is called"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_in_a_line(given: str, line: str):
    with pytest.raises(UsageError) as refused:
        home_said(given)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)
