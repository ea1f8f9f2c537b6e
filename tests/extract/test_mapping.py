"""Tables whose headers the lexicon does not know, through a mapping file of a few lines."""

from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import MappingError
from kg.extract.tables.columns import column_of, read_mapping
from kg.workspace.ingest.prepare import Options, facts_of

TABLE = "会员单位,落户,发起的联盟,22营收,颁证机关\n云舟科技有限公司,滨江软件园,云湖算力联盟,1200,\n"
MAPPING = """# a list of the chamber of commerce
会员单位: name Enterprise
落户: locatedIn Park
发起的联盟: participatesIn Platform
22营收: figure 营业收入 万元
颁证机关: ^supports GovernmentBody
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_few_lines_say_what_columns_mean(tmp_path: Path):
    mapping = read_mapping(write(tmp_path / "mapping.yaml", MAPPING))
    found = facts_of(write(tmp_path / "list.csv", TABLE), Options(mapping=mapping))
    assert {(e.name, e.type) for e in found.entities} == {
        ("云舟科技有限公司", "Enterprise"),
        ("滨江软件园", "Park"),
        ("云湖算力联盟", "Platform"),
    }
    assert {(r.predicate, r.object) for r in found.relations} == {("locatedIn", "滨江软件园"), ("participatesIn", "云湖算力联盟")}
    assert [(o.indicator, o.value, o.unit) for o in found.observations] == [("营业收入", Decimal(1200), "万元")]


WRONG = {
    "unknown property": ("单位: name Enterprise\n落户: locatdIn Park\n", "line 2, column 5: 'locatdIn Park' of '落户'"),
    "unknown class": ("单位: name Firm\n", "line 1, column 5: 'name Firm'"),
    "property without a class": ("单位: name Enterprise\n落户: locatedIn\n", "line 2, column 5"),
    "side of an event": ("单位: name Enterprise\n落户: concerns Park\n", "line 2, column 5"),
    "unknown unit": ("单位: name Enterprise\n营收: figure 营业收入 斗\n", "line 2, column 5"),
    "unknown stage": ("项目: name Project\n日期: intended 上天\n", "line 2, column 5"),
    "no yaml": ("单位: [name\n", "line 2, column 1: no YAML"),
    "a list": ("- 单位\n", "line 1, column 1: not a list of"),
    "nested": ("单位: name Enterprise\n落户:\n  a: b\n", "line 3, column 3: not a word"),
    "twice": ("单位: name Enterprise\n单位: alias\n", "line 2, column 1: '单位' stands twice"),
    "no name": ("落户: locatedIn Park\n", "no column names what a row is"),
    "empty": ("", "line 1, column 1"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_mapping_is_refused_with_line_and_column(tmp_path: Path, text: str, said: str):
    with pytest.raises(MappingError) as error:
        read_mapping(write(tmp_path / "mapping.yaml", text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(MappingError, match="does not exist"):
        read_mapping(tmp_path / "nothing.yaml")


@pytest.mark.parametrize(
    ("header", "role", "indicator", "unit", "year"),
    [
        ("企业名称", "name", "", "", None),
        ("企业名称（全称）", "name", "", "", None),
        ("Enterprise Name", "name", "", "", None),
        ("2022年营业收入（万元）", "figure", "营业收入", "万元", 2022),
        ("2022年/税收(亿元)", "figure", "税收", "亿元", 2022),
        ("投资情况/总投资（亿元）", "figure", "总投资", "亿元", None),
        ("Revenue (万元)", "figure", "营业收入", "万元", None),
    ],
)
def test_a_header_is_known_with_its_unit_and_its_year(header: str, role: str, indicator: str, unit: str, year: int | None):
    column = column_of(header)
    assert (column.role, column.predicate, column.unit, column.year) == (role, indicator, unit, year)


@pytest.mark.parametrize("header", ["序号", "备注", "联系人", "电话"])
def test_other_headers_mean_nothing(header: str):
    assert column_of(header) is None
