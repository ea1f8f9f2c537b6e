"""Lists as offices keep them: what a column, a note or a title tells of each row."""

from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model import Facts
from kg.read import read


def facts(tmp_path: Path, text: str, name: str = "list.csv") -> Facts:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return extract(read(path))


@pytest.mark.parametrize("header", ["同比增长", "同比增长(%)", "增幅", "增速", "同比±%", "增长率(%)", "比上年增长"])
@pytest.mark.parametrize(("cell", "growth"), [("9.1%", "0.091"), ("9.1", "0.091"), ("-3.5", "-0.035"), ("-3.5%", "-0.035"), ("0", "0")])
def test_a_growth_column_is_the_growth_of_the_figure_to_its_left(tmp_path: Path, header: str, cell: str, growth: str):
    [seen] = facts(tmp_path, f"企业名称,营业收入(万元),{header}\n云舟科技有限公司,5600,{cell}\n").observations
    assert (seen.indicator, seen.value, seen.unit, seen.growth) == ("营业收入", Decimal(5600), "万元", Decimal(growth))


def test_each_growth_column_belongs_to_its_own_figure(tmp_path: Path):
    text = "企业名称,营业收入(万元),同比增长,税收(万元),同比增长\n云舟科技有限公司,5600,12%,300,-4%\n"
    grid = [("营业收入", "0.12"), ("税收", "-0.04")]
    found = facts(tmp_path, text.replace("同比增长,税收", "同比,税收")).observations
    assert [(seen.indicator, str(seen.growth)) for seen in found] == grid


def test_a_growth_without_a_figure_is_no_figure(tmp_path: Path):
    assert facts(tmp_path, "企业名称,同比增长\n云舟科技有限公司,12%\n").observations == ()


def test_all_figures_of_a_project_are_read(tmp_path: Path):
    text = "项目名称,总投资(亿元),年度计划投资(亿元),已完成投资(亿元),完成比例,开工时间\n云舟芯片项目,30,8,3.8,47.5%,2023年3月\n"
    found = facts(tmp_path, text)
    assert [(seen.indicator, seen.value, seen.unit) for seen in found.observations] == [
        ("总投资", 30, "亿元"),
        ("年度计划投资", 8, "亿元"),
        ("累计完成投资", Decimal("3.8"), "亿元"),
        ("投资完成率", Decimal("47.5"), "%"),
    ]
    [begun] = found.events
    assert (begun.type, begun.status, begun.year, begun.planned) == ("Milestone", "开工", 2023, False)


@pytest.mark.parametrize(
    ("cell", "value"), [("5,600.50", "5600.50"), ("(120)", "-120"), ("¥5600", "5600"), ("-120", "-120"), (" 56 ", "56")]
)
def test_a_number_kept_as_text_is_a_number(tmp_path: Path, cell: str, value: str):
    [seen] = facts(tmp_path, f'企业名称,营业收入(万元)\n云舟科技有限公司,"{cell}"\n').observations
    assert seen.value == Decimal(value)


def test_a_list_of_a_recognition_states_that_each_row_received_it(tmp_path: Path):
    text = "序号,企业名称,批次\n1,云舟科技有限公司,第一批\n2,星河精工有限公司,第二批\n"
    found = facts(tmp_path, text, "高新技术企业名单(2024年6月).csv")
    assert [(e.type, e.object, e.participants, e.status, e.year, e.planned) for e in found.events] == [
        ("Recognition", "高新技术企业", ("云舟科技有限公司",), "第一批", 2024, False),
        ("Recognition", "高新技术企业", ("星河精工有限公司",), "第二批", 2024, False),
    ]
    assert {(r.subject, r.predicate, r.object) for r in found.relations} == {
        ("云舟科技有限公司", "receivesAward", "高新技术企业"),
        ("星河精工有限公司", "receivesAward", "高新技术企业"),
    }
    assert ("高新技术企业", "Recognition") in {(e.name, e.type) for e in found.entities}


@pytest.mark.parametrize(
    ("title", "name", "planned"),
    [
        ("2023年度云湖区瞪羚企业名单", "瞪羚企业", False),
        ("第五批专精特新“小巨人”企业公示名单", "专精特新小巨人企业", False),
        ("2022年拟认定高新技术企业公示名单", "高新技术企业", True),
        ("云湖区科技型中小企业入库清单", "科技型中小企业", False),
    ],
)
def test_titles_of_many_kinds_name_what_their_rows_received(tmp_path: Path, title: str, name: str, planned: bool):
    [event] = facts(tmp_path, "企业名称,所在区\n云舟科技有限公司,云湖区\n", f"{title}.csv").events
    assert (event.type, event.object, event.planned) == ("Recognition", name, planned)


def test_a_list_of_an_award_grants_it_with_the_grade_of_the_row(tmp_path: Path):
    text = "项目名称,完成单位,等级\n高速光芯片关键技术,云舟科技有限公司,一等奖\n"
    found = facts(tmp_path, text, "2023年度云湖市科学技术进步奖获奖名单.csv")
    granted = [e for e in found.events if e.type == "AwardGrant"]
    assert [(e.object, e.participants, e.year) for e in granted] == [
        ("云湖市科学技术进步奖一等奖", ("高速光芯片关键技术", "云舟科技有限公司"), 2023)
    ]


@pytest.mark.parametrize("title", ["重点企业名单", "高新技术企业发展情况", "企业联系人一览表", "list"])
def test_a_list_that_names_no_recognition_grants_none(tmp_path: Path, title: str):
    assert facts(tmp_path, "企业名称,所在区\n云舟科技有限公司,云湖区\n", f"{title}.csv").events == ()


def test_a_list_that_says_it_in_a_column_says_it_once(tmp_path: Path):
    found = facts(tmp_path, "企业名称,认定类型,认定年度\n云舟科技有限公司,瞪羚企业,2021\n", "瞪羚企业名单.csv")
    assert [(e.object, e.year) for e in found.events] == [("瞪羚企业", 2021)]


def test_each_of_20000_rows_is_read_once(tmp_path: Path):
    rows = "".join(f"云舟{number}号科技有限公司,云舟{number},{number}\n" for number in range(20_000))
    found = facts(tmp_path, "企业名称,简称,营业收入(万元)\n" + rows)
    assert (len(found.entities), len(found.observations)) == (20_000, 20_000)


def test_a_growth_is_not_given_to_another_figure_where_its_own_is_blank(tmp_path: Path):
    text = "企业名称,营业收入(万元),税收(万元),同比增长\n云舟科技有限公司,5600,300,12%\n星河精工有限公司,800,,7%\n"
    found = facts(tmp_path, text).observations
    assert [(seen.about, seen.indicator, seen.growth) for seen in found] == [
        ("云舟科技有限公司", "营业收入", None),
        ("云舟科技有限公司", "税收", Decimal("0.12")),
        ("星河精工有限公司", "营业收入", None),
    ]


def test_a_growth_column_may_name_its_figure(tmp_path: Path):
    text = "企业名称,产值(亿元),营业收入(亿元),产值同比增长\n云舟科技有限公司,3,5,12%\n"
    assert [(seen.indicator, seen.growth) for seen in facts(tmp_path, text).observations] == [("产值", Decimal("0.12")), ("营业收入", None)]


def test_a_unit_note_is_the_unit_of_money_and_not_of_counts(tmp_path: Path):
    text = "云湖区园区情况,,\n单位：万元,,\n园区名称,企业数（家）,营业收入\n云湖软件园,120,56000\n"
    assert [(seen.indicator, seen.value, seen.unit) for seen in facts(tmp_path, text).observations] == [
        ("企业数", 120, "家"),
        ("营业收入", 56000, "万元"),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2023年省级企业技术中心名单", "省级企业技术中心"),
        ("云湖区2022年度创新型示范企业认定名单", "创新型示范企业"),
        ("第三批市级众创空间备案名单（2021年）", "市级众创空间"),
    ],
)
def test_a_title_with_a_level_or_an_honour_names_a_recognition(tmp_path: Path, title: str, name: str):
    [event] = facts(tmp_path, "企业名称,所在区\n云舟科技有限公司,云湖区\n", f"{title}.csv").events
    assert (event.type, event.object) == ("Recognition", name)


@pytest.mark.parametrize("title", ["关于取消高新技术企业资格的企业名单", "市级民营企业名单", "区级重点企业名单", "拟撤销瞪羚企业公示名单"])
def test_a_list_of_what_is_lost_or_common_grants_nothing(tmp_path: Path, title: str):
    found = facts(tmp_path, "企业名称,所在区\n云舟科技有限公司,云湖区\n", f"{title}.csv")
    assert [event for event in found.events if event.type == "Recognition"] == []
    assert [one for one in found.relations if one.predicate == "receivesAward"] == []


def test_the_grade_of_an_award_may_be_the_heading_of_a_group(tmp_path: Path):
    text = (
        "2022年度云湖市科技进步奖获奖名单,,\n序号,项目名称,完成单位\n一等奖,,\n1,光阀技术研究,云舟科技有限公司\n"
        "二、二等奖（1项）,,\n2,电阀技术研究,星河精工有限公司\n"
    )
    assert [(e.object, e.participants[0]) for e in facts(tmp_path, text).events] == [
        ("云湖市科技进步奖一等奖", "光阀技术研究"),
        ("云湖市科技进步奖二等奖", "电阀技术研究"),
    ]


def test_a_unit_note_holds_for_a_table_of_statistics_too(tmp_path: Path):
    text = "云湖区主要经济指标,,\n单位：亿元,,\n指标名称,本期,同比增长\n规上工业总产值,356.7,5.2%\n高新技术企业数,120,3%\n"
    assert [(seen.indicator, seen.unit) for seen in facts(tmp_path, text).observations] == [
        ("规上工业总产值", "亿元"),
        ("高新技术企业数", None),
    ]


@pytest.mark.parametrize("title", ["高新技术企业资格异议企业名单", "高新技术企业抽查名单", "迁出高新技术企业名单", "高新技术企业更名名单"])
def test_a_list_of_what_befell_the_recognised_grants_nothing(tmp_path: Path, title: str):
    assert facts(tmp_path, "企业名称,所在区\n云舟科技有限公司,云湖区\n", f"2024年{title}.csv").events == ()


@pytest.mark.parametrize("total", ["合计", "全区合计", "区属小计", "剔除重复后合计", "其中合计"])
def test_a_row_that_sums_up_others_is_no_enterprise(tmp_path: Path, total: str):
    found = facts(tmp_path, f"企业名称,营业收入(万元)\n云舟科技有限公司,5600\n{total},5600\n")
    assert [e.name for e in found.entities] == ["云舟科技有限公司"]


def test_two_names_on_lines_of_one_cell_are_two(tmp_path: Path):
    found = facts(tmp_path, '项目名称,完成单位\n云湖网联项目,"云舟科技有限公司\n星河大学"\n')
    assert {(r.subject, r.object) for r in found.relations} == {("云舟科技有限公司", "云湖网联项目"), ("星河大学", "云湖网联项目")}


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("2023年1-6月营业收入(万元)", "2023-01-01", "2023-06-30"),
        ("2023年上半年营业收入（万元）", "2023-01-01", "2023-06-30"),
        ("2023年一季度营业收入(万元)", "2023-01-01", "2023-03-31"),
        ("2023年12月营业收入(万元)", "2023-12-01", "2023-12-31"),
        ("2023年营业收入(万元)", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_header_with_a_part_of_a_year_gives_its_figures_that_time(tmp_path: Path, header: str, first: str, last: str):
    [seen] = facts(tmp_path, f"企业名称,{header}\n云舟科技有限公司,5600\n").observations
    assert seen.period is not None
    assert (seen.indicator, seen.value, str(seen.period.start), str(seen.period.end)) == ("营业收入", 5600, first, last)
