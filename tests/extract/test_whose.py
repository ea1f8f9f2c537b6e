"""Whom a figure is told of, and when: a thing that extraction returns, or a group that belongs to one."""

import datetime as dt

import pytest

from kg.model import Period
from tests.conftest import facts_of


def told(text: str, title: str = "云岭县2022年工作总结"):
    """Of whom each figure is told, which thing that is or belongs to, and the figure."""
    return [(seen.about, seen.of, seen.value) for seen in facts_of(text, title).observations]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("全县完成技改投资12亿元。", "云岭县"),
        ("其中,禾沐智造基地项目,占地80亩,总投资6亿元。", "禾沐智造基地项目"),
        ("松原市:9个项目开工,开工率75%。", "松原市"),
        ("松原市对全省工业增长的贡献率达到14.7%。", "松原市"),
        ("新引进澄光芯片项目、北岸储能项目等优质项目82个。", "云岭县"),
        ("与澄江市共建园区,完成工业投资30亿元。", "云岭县"),
        ("澄光公司“甲醇装置项目”、北岸公司“储能电站项目”等10个项目集中投产。", "云岭县"),
    ],
)
def test_a_figure_is_told_of_what_its_clause_speaks_of_else_of_the_report_s_own(text: str, of: str):
    assert {one[1] for one in told(text)} == {of}


def test_a_group_without_a_name_belongs_to_the_place_of_the_report():
    assert told("全县规上工业企业实现利润总额8.5亿元。") == [("规上工业企业", "云岭县", pytest.approx(8.5))]


def test_a_verb_phrase_is_no_group():
    assert {one[0] for one in told("凝练包装招商项目41个、估算总投资500亿元。")} == {"云岭县"}


def test_what_a_figure_is_told_of_is_returned_as_a_thing():
    facts = facts_of("全县完成工业投资30亿元。", "云岭县2022年工作总结")
    assert {seen.of for seen in facts.observations} <= {thing.name for thing in facts.entities}


@pytest.mark.parametrize(
    ("head", "text", "period"),
    [
        ("云岭县1-11月工业经济运行情况\n来源:云岭日报 2017-01-13", "全县工业税收3亿元。", (2016, 1, 2016, 11)),
        ("云岭县前10月重点项目进展\n发布时间:2022-11-15 10:46", "全县工业税收3亿元。", (2022, 1, 2022, 10)),
        ("云岭县重点项目进展\n13.01.2017 22:36", "去年四季度工业税收3亿元。", (2016, 10, 2016, 12)),
        ("云岭县重点项目进展\n2023-05-05", "一季度,全县工业税收3亿元。", (2023, 1, 2023, 3)),
        ("云岭县重点项目进展\n2023-01-05", "四季度,全县工业税收3亿元。", (2022, 10, 2022, 12)),
        ("云岭县重点项目进展", "二〇二一年,全县工业税收3亿元。", (2021, 1, 2021, 12)),
        ("云岭县重点项目进展", "到“十三五”末,全县工业税收3亿元。", (2020, 1, 2020, 12)),
    ],
)
def test_a_year_that_is_not_printed_comes_from_the_line_with_the_date(head: str, text: str, period: tuple[int, ...]):
    title, *lines = head.split("\n")
    [seen] = facts_of("\n".join([*lines, text]), title).observations
    assert seen.period is not None
    assert (seen.period.start.year, seen.period.start.month, seen.period.end.year, seen.period.end.month) == period


def test_what_happened_since_the_year_began_ends_with_the_report():
    [seen] = facts_of("今年以来,全县引进企业30家。", "云岭县2022年上半年工作总结").observations
    assert seen.period == Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("其中,北岸光缆生产基地项目,总投资3.2亿元,占地270亩,建成后年产值2.6亿元。", "北岸光缆生产基地项目"),
        ("签约北岸光缆生产基地项目,总投资7亿元。", "北岸光缆生产基地项目"),
        ("北岸光缆生产基地项目在东片区开工。项目投产后,年上缴税收1.2亿元。", "北岸光缆生产基地项目"),
        ("1号厂房入驻企业是澄光玻璃公司,主要生产中空玻璃,总投资2000万元。", "澄光玻璃公司"),
        ("推动澄光玻璃公司形成五类产品,累计申请专利40件。", "澄光玻璃公司"),
        ("建设北岸光缆生产基地项目。该项目投资8亿元。", "北岸光缆生产基地项目"),
        ("获批省级众创空间的有青禾众创空间和飞羽众创空间,全年新增研发中心7家。", "云岭县"),
        ("省外到位资金60亿元,高于全省平均水平。", "云岭县"),
    ],
)
def test_a_thing_speaks_on_in_the_clauses_behind_it(text: str, of: str):
    assert {one[1] for one in told(text)} == {of}


def test_a_thing_without_a_known_ending_stands_behind_its_figure():
    assert [one[0] for one in told("有计划投资1.5亿元的柳湾镇新村,占地面积104亩,总建筑面积9万平方米。")] == ["柳湾镇新村"] * 3


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("建材行业在水泥回暖带动下,实现主营业务收入30亿元、利税3亿元。", ["建材行业", "建材行业"]),
        ("其中,省级高新区新增研发机构22个。", ["省级高新区"]),
        ("船用缆绳产量同比增长21.6%。", ["船用缆绳"]),
        ("金属制品业、食品加工业、服装业增加值同比分别增长43.8%、18.5%、12.2%。", ["金属制品业", "食品加工业", "服装业"]),
    ],
)
def test_groups_that_a_clause_or_a_row_speaks_of(text: str, about: list[str]):
    assert [one[0] for one in told(text)] == about


def test_rates_of_two_measures_are_of_one_thing():
    found = facts_of("全县规模工业增加值、用电量同比分别增长7.3%和2.2%。", "云岭县2022年工作总结").observations
    assert [(seen.indicator[-5:], float(seen.value or 0), seen.of) for seen in found] == [
        ("增加值增速", pytest.approx(7.3), "云岭县"),
        ("用电量增速", pytest.approx(2.2), "云岭县"),
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("当天签约18个产业项目。", [("产业项目", 18)]),
        ("调研观摩了松原市的7个重点项目。", [("项目", 7)]),
        ("北岸中心、飞羽检测站等13个总投资62亿元的项目开工。", [("项目", 13), ("总投资", 62)]),
        ("引导龙头企业和高校院所联合共建11家创新联合体。", [("创新联合体", 11)]),
        ("澄江科学城10个重点项目集中开工。", [("项目", 10)]),
        ("会上共有56个合作项目集中签约。", [("合作项目", 56)]),
        ("完成下达任务数132.6亿元的90.8%。", [("目标", pytest.approx(132.6)), ("完成", pytest.approx(90.8))]),
    ],
)
def test_what_is_counted_stands_behind_the_count(text: str, counts: list[tuple[str, float]]):
    found = facts_of(f"到位资金120亿元,{text}" if "任务" in text else text, "云岭县2022年工作总结").observations
    found = found[1:] if "任务" in text else found
    assert [seen.value and float(seen.value) for seen in found] == [value for _, value in counts]
    assert all(word in seen.indicator for seen, (word, _) in zip(found, counts, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "增速连续9个月保持两位数增长。",
        "聚酯二元醇试产成功。",
        "以“万亿集群、千亿园区”为牵引。",
        "这是正在建设的三个产业园之一。",
        "位次较一季度前移6位。",
    ],
)
def test_other_words_with_numerals_are_no_figures(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("上半年,全县财政收入3亿元。其中,税收收入2亿元;工业税收1亿元。", [(1, 6)] * 3),
        ("1-10月,全县工业税收3亿元,增速比1-9月加快0.5个百分点;出口额2亿元。", [(1, 10)] * 2),
        ("其中9月份工业税收3亿元,比8月份增加。", [(9, 9)]),
        ("上半年,全县财政收入3亿元。目前拥有研发机构9家。", [(1, 6), (1, 12)]),
        ("上半年,全县财政收入3亿元。\n拥有研发机构9家。", [(1, 6), (1, 12)]),
    ],
)
def test_a_time_holds_on_in_its_paragraph_and_a_comparison_is_none(text: str, months: list[tuple[int, int]]):
    found = [seen for seen in facts_of(text, "云岭县2022年工作总结").observations if "变化量" not in seen.indicator]
    assert [(seen.period.start.month, seen.period.end.month) for seen in found if seen.period] == months


def test_what_stands_in_brackets_is_not_spoken_of_behind_them():
    found = facts_of("新批民营企业(含增资项目3个)46家,注册资金24亿元。", "云岭县2022年工作总结").observations
    assert [(seen.value, seen.of) for seen in found if seen.value != 3] == [(46, "云岭县"), (24, "云岭县")]


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("年度计划投资373亿元,1-3月完成投资148亿元。", [True, False]),
        ("计划新开工项目51个,已开工项目17个。", [True, False]),
        ("即将召开的大会上,签约项目40个。", [False]),
        ("经行业专家拟定方案,共受理材料255项。", [False]),
    ],
)
def test_what_months_gone_by_tell_of_is_done(text: str, planned: list[bool]):
    assert [seen.planned for seen in facts_of(text, "云岭县2022年工作总结").observations] == planned


def test_what_bounds_the_first_of_a_row_bounds_the_others():
    found = facts_of("高新技术企业、科技型企业分别突破1.3万家、2.9万家。", "云岭县2022年工作总结").observations
    assert [(seen.value, float(seen.lower or 0)) for seen in found] == [(None, 1.3), (None, 2.9)]


def test_counts_of_a_text_without_a_place_of_its_own_are_told_of_what_they_count():
    found = facts_of("签约项目中,一产项目8个,二产项目30个。", "集中签约仪式举行").observations
    assert [(seen.about, seen.of) for seen in found] == [("一产项目", ""), ("二产项目", "")]


def test_a_title_s_group_stands_in_for_a_place():
    [seen] = facts_of("1-8月,累计完成投资325亿元。", "2024年1-8月重点建设项目进展情况").observations
    assert seen.about == "重点建设项目"


@pytest.mark.parametrize("text", ["累计完成投资超序时进度14.7%。", "百吨级智能装备组件正在安装。"])
def test_paces_and_sizes_of_a_kind_are_no_figures(text: str):
    assert told(text) == []


def test_the_year_of_months_is_the_last_that_the_text_tells_of():
    text = "使2018年招商工作取得实效。\n1到10月,完成到位资金120亿元。\n预计2020年底全部建成。"
    [seen] = facts_of(text, "云岭县招商工作").observations
    assert seen.period == Period(dt.date(2018, 1, 1), dt.date(2018, 10, 31))


@pytest.mark.parametrize(
    "text",
    [
        "引进规模项目196个,完成年度目标任务的85.2%,同比增长56.8%。",
        "实现营业收入196亿元(占规上工业的26.7%),同比增长56.8%。",
        "新增小巨人企业196家(澄光、北岸、飞羽等),同比增长56.8%。",
    ],
)
def test_growth_behind_a_bracket_or_an_aim_is_of_the_figure_before_it(text: str):
    grown = [(seen.value, float(seen.growth)) for seen in facts_of(text, "云岭县2022年工作总结").observations if seen.growth]
    assert grown == [(196, pytest.approx(0.568))]


def test_our_city_in_a_title_is_no_name():
    assert {seen.about for seen in facts_of("新开工项目19个。", "上半年我市新开工项目较多").observations} == {"全市"}


@pytest.mark.parametrize(
    ("text", "indicator"),
    [("我县200个工业经济新增长点项目发展良好。", "工业经济新增长点项目"), ("仍有19个新建项目尚未列统。", "新建项目")],
)
def test_a_verb_inside_the_name_of_what_is_counted_does_not_end_it(text: str, indicator: str):
    assert [one.indicator for one in facts_of(text, "云岭县2022年工作总结").observations] == [indicator]


@pytest.mark.parametrize("text", ["全县高新技术企业由去年的35家增加到52家。", "全县高新技术企业从2021年的35家增至2022年的52家。"])
def test_from_and_to_are_two_figures_told_apart_in_time(text: str):
    found = facts_of(text, "云岭县2022年工作总结").observations
    assert [(seen.value, seen.period and seen.period.end.year) for seen in found] == [(35, 2021), (52, 2022)]


def test_all_that_a_row_tells_of_a_project_is_of_it():
    found = facts_of("北岸储能项目总投资30亿元、用地50亩、达产后年产值8亿元。", "云岭县2022年工作总结").observations
    assert [(seen.of, seen.value, seen.planned) for seen in found] == [
        ("北岸储能项目", 30, False),
        ("北岸储能项目", 50, False),
        ("北岸储能项目", 8, True),
    ]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("第三届储能大会在青岛市举行,吸引参展商300家,签约金额12亿元。", "第三届储能大会"),
        ("云岭大学获批国家项目15项,到账经费2.3亿元。", "云岭大学"),
        ("当天,区内集中签约9个项目,总投资30亿元。", "云岭县"),
        ("我县5家企业上榜国家级专精特新“小巨人”企业。", "云岭县"),
    ],
)
def test_neither_a_venue_nor_a_title_won_is_what_a_figure_is_told_of(text: str, of: str):
    assert {one[1] for one in told(text)} == {of}


@pytest.mark.parametrize(
    ("text", "title", "of"),
    [
        ("力争全年完成工业投资30亿元,让云岭更有底气。", "今年云岭高新区力争完成工业投资30亿元", {"云岭高新区"}),
        ("澄光机电有限公司项目经理王明介绍,目前工程建设完成60%。", "云岭县2022年工作总结", {"云岭县"}),
        ("其中由澄光公司投资建设的禾沐智造基地项目,计划投资5亿元,可吸纳300人就业。", "云岭县2022年工作总结", {"禾沐智造基地项目"}),
        ("禾沐商务区等重点区域建成厂房30万平方米;全县科技型企业达210家。", "云岭县2022年工作总结", {"禾沐商务区", "云岭县"}),
    ],
)
def test_a_figure_is_of_the_zone_of_the_title_or_of_what_its_clause_speaks_of_but_of_no_speaker(text: str, title: str, of: set[str]):
    assert {one[1] for one in told(text, title)} == of


def test_a_row_in_the_clause_before_has_a_figure_each():
    found = facts_of("产值前三名为烟台、青岛、东营,产值分别为30亿元、20亿元、10亿元。", "山东省2022年工业情况").observations
    assert [(seen.about, seen.of, seen.indicator, seen.value) for seen in found] == [
        ("烟台", "烟台", "产值", 30),
        ("青岛", "青岛", "产值", 20),
        ("东营", "东营", "产值", 10),
    ]


def test_a_bare_park_is_the_one_whose_report_it_is_whatever_was_named_last():
    text = "南园规划面积8平方公里。园区入驻企业120户。"
    assert [one[1] for one in told(text, "澄江高新区简介")] == ["南园", "澄江高新区"]


YEAR, QUARTER = (2022, 1, 2022, 12), (2022, 1, 2022, 3)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("1-3月,进出口额2亿元;2022年,新增企业20家;服务业营收8亿元。", [QUARTER, YEAR, YEAR]),
        ("据县发改局介绍,截至2022年3月底,18个项目已开工。完成投资9亿元。", [QUARTER, QUARTER]),
        ("截至2022年3月底,完成投资9亿元。\n其中,基础设施项目完成投资2亿元。", [QUARTER, QUARTER]),
        ("一、2022年工作完成情况\n(一)运行平稳\n全县工业产值30亿元。", [YEAR]),
        ("2022年,全县科技工作取得新成效。\n科技投入2亿元。", [YEAR]),
    ],
)
def test_a_time_holds_for_what_is_told_behind_it(text: str, period: list[tuple[int, ...]]):
    found = [seen.period for seen in facts_of(text, "云岭县重点工作进展").observations]
    assert [one and (one.start.year, one.start.month, one.end.year, one.end.month) for one in found] == period


def test_when_a_thing_began_is_not_the_time_of_what_it_reached_since():
    [seen] = facts_of("园区自2012年建成以来,累计完成投资60亿元。", "云岭县2022年工作总结").observations
    assert seen.period == Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_what_years_to_come_shall_bring_is_intended_along_the_sentence():
    found = facts_of("该院将通过三年建设,累计引进企业80家、高层次人才30人。", "云岭县2022年工作总结").observations
    assert [seen.planned for seen in found] == [True, True]
