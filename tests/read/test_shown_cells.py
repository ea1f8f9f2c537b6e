"""What a cell shows, what is hidden, and how tables lie on a sheet: workbooks written by other programs and read back."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from kg.read import read
from kg.read.number_format import BUILT_IN, shown


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (0.475, "0.0%", "47.5%"),
        (0.475, "0%", "48%"),
        (12345.678, "#,##0.00", "12,345.68"),
        (0.005, "0.00", "0.01"),
        (-1234.5, "#,##0.0;(#,##0.0)", "(1,234.5)"),
        (-0.032, "0.0%", "-3.2%"),
        (5600000, "0,", "5600"),
        (5600000, "#,##0.0,,", "5.6"),
        (45444, 'yyyy"年"m"月"', "2024年6月"),
        (45444, "m/d/yy", "2024-06-01"),
        (45444.75, "yyyy/m/d h:mm", "2024-06-01 18:00"),
        (1.5, "[h]:mm", "36:00"),
        (45444, "[$-804]yyyy年m月d日;@", "2024年6月1日"),
        (35, '0"家"', "35家"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (5, ";;;", ""),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (123456, "0.00E+00", "1.23E+05"),
        (2.25, "# ?/?", "2 1/4"),
        (120, '[>=100]0"（高）";0', "120（高）"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, code: str, words: str):
    assert shown(value, code) == words


@pytest.mark.parametrize(
    ("number", "words"), [(27, "2024年6月"), (31, "2024年6月1日"), (57, "2024年6月"), (58, "6月1日"), (14, "2024-06-01")]
)
def test_the_built_in_chinese_formats_are_dates(number: int, words: str):
    assert shown(45444, BUILT_IN[number]) == words


def test_days_count_from_1904_where_the_workbook_says_so():
    assert shown(43982, "yyyy-mm-dd", date1904=True) == "2024-06-01"


@pytest.fixture
def book(tmp_path: Path) -> tuple[openpyxl.Workbook, Path]:
    return openpyxl.Workbook(), tmp_path / "清单.xlsx"


def lines(book: openpyxl.Workbook, path: Path) -> tuple[list[str], tuple[str, ...]]:
    book.save(path)
    found = read(path)
    return found.text.splitlines(), found.remarks


def test_cells_read_as_the_program_shows_them(book):
    sheet = book[0].active
    sheet.append(["项目名称", "完成比例", "总投资（万元）", "开工时间"])
    sheet.append(["星港实验室", 0.475, 12345.678, 45444])
    for column, code in (("B", "0.0%"), ("C", "#,##0.00"), ("D", 'yyyy"年"m"月"')):
        sheet[f"{column}2"].number_format = code
    assert lines(*book)[0] == ["项目名称: 星港实验室; 完成比例: 47.5%; 总投资（万元）: 12,345.68; 开工时间: 2024年6月"]


def test_hidden_rows_columns_and_sheets_are_left_out_and_said(book):
    sheet = book[0].active
    sheet.title = "名单"
    for row in (["企业名称", "密级", "税收（万元）"], ["启明公司", "内部", 5], ["藏书公司", "内部", 6]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    draft = book[0].create_sheet("草稿")
    draft.append(["企业名称", "税收"])
    draft.sheet_state = "hidden"
    told, remarks = lines(*book)
    assert told == ["企业名称: 启明公司; 税收（万元）: 5"]
    assert remarks == (
        "清单.xlsx: 1 hidden or filtered row of sheet '名单' was left out.",
        "清单.xlsx: 1 hidden column (B) of sheet '名单' was left out.",
        "清单.xlsx: hidden sheet '草稿' left out.",
    )


def test_errors_formulas_without_a_result_and_struck_words_are_left_out_and_said(book):
    sheet = book[0].active
    sheet.title = "名单"
    sheet.append(["企业名称", "税收（万元）", "产值（万元）", "备注"])
    sheet.append(["启明公司", "#N/A", "=1+1", "撤销"])
    sheet["B2"].data_type = "e"
    sheet["D2"].font = Font(strike=True)
    told, remarks = lines(*book)
    assert told == ["企业名称: 启明公司"]
    assert [remark.partition(": ")[2] for remark in remarks] == [
        "1 cell of sheet '名单' shows an error and was left out (B2 #N/A).",
        "1 formula of sheet '名单' has no result in the file (C2). Open it in Excel or WPS, let it calculate, and save it.",
        "struck-through words in 1 cell of sheet '名单' (D2) were left out.",
    ]


def test_tables_side_by_side_are_told_apart_and_keep_their_rows(book):
    sheet = book[0].active
    for row in (["序号", "企业名称", "序号", "企业名称"], [1, "东海公司", 3, "西海公司"], [2, "南海公司", 4, "北海公司"]):
        sheet.append(row)
    book[0].save(book[1])
    found = read(book[1])
    assert [(row.fragment, found.quote(row.cells["企业名称"])) for row in found.rows] == [
        ("sheet=1&cell=2,1-2,2", "东海公司"),
        ("sheet=1&cell=3,1-3,2", "南海公司"),
        ("sheet=1&cell=2,3-2,4", "西海公司"),
        ("sheet=1&cell=3,3-3,4", "北海公司"),
    ]


def test_a_second_table_below_has_its_own_header_and_totals_stay_as_lines(book):
    sheet = book[0].active
    for row in (
        ["企业名称", "税收（万元）"],
        ["东海公司", 5],
        ["合 计", 5],
        [],
        ["二、项目"],
        ["项目名称", "总投资（万元）"],
        ["星港实验室", 300],
    ):
        sheet.append(row)
    assert lines(*book)[0] == [
        "企业名称: 东海公司; 税收（万元）: 5",
        "合 计\t5",
        "二、项目",
        "项目名称: 星港实验室; 总投资（万元）: 300",
    ]


def test_a_cell_under_no_header_is_not_lost(book):
    sheet = book[0].active
    for row in ([None, "企业名称", "税收（万元）"], ["甲类", "东海公司", 5], ["乙类", "南海公司", 6]):
        sheet.append(row)
    assert lines(*book)[0] == ["第1列: 甲类; 企业名称: 东海公司; 税收（万元）: 5", "第1列: 乙类; 企业名称: 南海公司; 税收（万元）: 6"]


def test_a_cell_at_the_far_end_of_a_sheet_costs_no_room(book):
    sheet = book[0].active
    sheet.append(["企业名称", "税收（万元）"])
    sheet.append(["东海公司", 5])
    sheet["XFD1048576"] = "末"
    assert lines(*book)[0] == ["企业名称: 东海公司; 税收（万元）: 5", "第16384列: 末"]


def test_a_list_parted_by_tabs_or_semicolons_is_read(tmp_path: Path):
    for name, mark in (("a.tsv", "\t"), ("b.csv", ";"), ("c.csv", "\t")):
        path = tmp_path / name
        path.write_bytes(mark.join(["企业名称", "税收"]).encode("gbk") + b"\r\n" + mark.join(["东海公司", "5万元"]).encode("gbk") + b"\r\n")
        assert read(path).text == "企业名称: 东海公司; 税收: 5万元\n"


def test_words_of_a_header_without_a_cell_under_them_are_not_lost(book):
    sheet = book[0].active
    for row in (["企业名称", "税收（万元）", "拟于年内上市", "备注"], ["东海公司", 5], [], ["二、项目"], ["项目名称", "总投资（万元）"]):
        sheet.append(row)
    assert lines(*book)[0] == ["拟于年内上市", "企业名称: 东海公司; 税收（万元）: 5", "二、项目", "项目名称\t总投资（万元）"]


def test_a_sheet_that_holds_a_sentence_alone_is_read_as_text(book):
    book[0].active["B2"] = "云湖区今年新增高新技术企业12家。"
    book[0].save(book[1])
    found = read(book[1])
    assert (found.text, found.rows) == ("云湖区今年新增高新技术企业12家。\n", ())


def test_a_cell_of_a_million_characters_is_read(tmp_path: Path):
    path = tmp_path / "长.csv"
    path.write_text(f"企业名称,税收（万元）,备注\n东海公司,5,{'长' * 1_000_000}\n", encoding="utf-8")
    found = read(path)
    assert len(found.quote(found.rows[0].cells["备注"])) == 1_000_000
