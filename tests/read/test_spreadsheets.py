"""Lists as offices keep them: real workbooks, written by another program and read back."""

import os
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from kg.errors import ReadError
from kg.extract import extract
from kg.read import read


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A project list with a title, a unit note, a header of two rows, merged cells, a total and a note; a hidden sheet."""
    path = tmp_path / "projects.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("重点项目")
        sheet.write(0, 0, "附件1")
        sheet.merge_range(1, 0, 1, 6, "云湖区2024年重点项目推进表")
        sheet.merge_range(2, 0, 2, 6, "单位：万元")
        for column, header in enumerate(["序号", "项目名称", "建设单位", "所在园区"]):
            sheet.merge_range(3, column, 4, column, header)
        sheet.merge_range(3, 4, 3, 5, "投资情况")
        sheet.write_row(4, 4, ["总投资（亿元）", "2023年完成投资额（万元）"])
        sheet.merge_range(3, 6, 4, 6, "形象进度")
        sheet.write_row(5, 0, [1, "蓝海存储产业园", "蓝海半导体有限公司", "", 35, 52000, "主体结构封顶"])
        sheet.write_row(6, 0, [2, "星环检测基地", "云帆装备、远图集团", "", "XX", "1.2亿元", "桩基施工"])
        sheet.merge_range(5, 3, 6, 3, "云湖经开区")
        sheet.write_row(7, 0, ["合计", "", "", "", 47.5])
        sheet.merge_range(8, 0, 8, 6, "注：数据截至2024年3月底。")
        awards = book.add_worksheet("获奖")
        awards.write_row(0, 0, ["成果名称", "完成单位", "奖种", "等级", "年度"])
        awards.write_row(1, 0, ["低温电池关键技术", "蓝海半导体有限公司、云湖大学", "云湖省科技进步奖", "一等奖", 2023])
        hidden = book.add_worksheet("草稿")
        hidden.write_row(0, 0, ["企业名称", "简称"])
        hidden.write_row(1, 0, ["不应读入有限公司", "不应"])
        hidden.hide()
    return path


def test_the_title_above_the_header_is_the_document_s(workbook: Path):
    assert read(workbook).title == "云湖区2024年重点项目推进表"


def test_rows_are_numbered_as_the_program_shows_them(workbook: Path):
    assert [row.fragment for row in read(workbook).rows] == ["sheet=1&row=6", "sheet=1&row=7", "sheet=2&row=2"]


def test_a_cell_merged_over_rows_holds_for_each_of_them(workbook: Path):
    found = extract(read(workbook))
    assert {(r.subject, r.object) for r in found.relations if r.predicate == "locatedIn"} == {
        ("蓝海存储产业园", "云湖经开区"),
        ("星环检测基地", "云湖经开区"),
    }


def test_a_header_of_two_rows_gives_figures_their_unit_and_their_year(workbook: Path):
    found = extract(read(workbook))
    told = {(o.about, o.indicator, o.value, o.unit, o.disclosure.value) for o in found.observations}
    assert ("蓝海存储产业园", "总投资", Decimal(35), "亿元", "disclosed") in told
    assert ("星环检测基地", "总投资", None, "亿元", "withheld") in told


def test_totals_notes_and_hidden_sheets_state_nothing(workbook: Path):
    names = {e.name for e in extract(read(workbook)).entities}
    assert not {n for n in names if "合计" in n or "注" in n or "不应" in n}


def test_a_row_with_two_builders_names_both(workbook: Path):
    found = extract(read(workbook))
    assert {(r.subject, r.object) for r in found.relations if r.predicate == "invests"} == {
        ("蓝海半导体有限公司", "蓝海存储产业园"),
        ("云帆装备", "星环检测基地"),
        ("远图集团", "星环检测基地"),
    }


def test_an_award_s_grade_of_another_column_belongs_to_its_name(workbook: Path):
    [grant] = [e for e in extract(read(workbook)).events if e.type == "AwardGrant"]
    assert (grant.object, grant.participants, grant.year) == ("云湖省科技进步奖一等奖", ("蓝海半导体有限公司", "云湖大学"), 2023)


def test_english_headers_are_known_too(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("Enterprise Name,Short name,Park,Revenue (万元)\n云舟科技有限公司,云舟,滨江软件园,1200\n", encoding="utf-8")
    found = extract(read(path))
    assert [(e.name, e.type) for e in found.entities] == [("云舟科技有限公司", "Enterprise"), ("滨江软件园", "Park")]
    assert [(o.indicator, o.value, o.unit) for o in found.observations] == [("营业收入", Decimal(1200), "万元")]


def test_a_table_of_statistics_gives_values_growth_and_ranks_of_its_district(tmp_path: Path):
    path = tmp_path / "statistics.csv"
    path.write_text(
        "2023年1-6月青云区主要经济指标,,,,\n指标名称,计量单位,累计,同比±%,全市排名\n规模以上工业总产值,亿元,356.7,12.4,2\n"
        "固定资产投资,亿元,XX,-3.2,\n",
        encoding="utf-8",
    )
    output, invested = extract(read(path)).observations
    assert (output.about, output.indicator, output.value, output.unit) == ("青云区", "规模以上工业总产值", Decimal("356.7"), "亿元")
    assert (output.growth, output.rank, str(output.period.end)) == (Decimal("0.124"), 2, "2023-06-30")
    assert (invested.value, invested.disclosure, invested.growth) == (None, "withheld", Decimal("-0.032"))


def test_a_workbook_without_rows_is_refused(tmp_path: Path):
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "企业名称")
    with pytest.raises(ReadError, match="has a header and no rows"):
        read(path)


def test_a_workbook_over_which_its_reader_panics_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd):
    import python_calamine

    class PanicException(BaseException):  # as the library calls it
        pass

    class Panics:
        @staticmethod
        def from_filelike(_: object) -> None:
            os.write(2, b"thread panicked at src/xlsb/mod.rs")
            raise PanicException("no entry found for key")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Panics)
    path = tmp_path / "list.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    with pytest.raises(ReadError, match="is no readable workbook"):
        read(path)
    assert capfd.readouterr().err == ""
