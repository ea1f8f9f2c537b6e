"""Figures told of the things of a row, sizes that are no figures, and what stands behind or around a figure."""

from decimal import Decimal

import pytest

from tests.conftest import facts_of


def told(text: str, title: str = "云岭县2022年工作总结"):
    """Of whom each figure is told, what it measures, and the figure."""
    return [(seen.about, seen.indicator, seen.value) for seen in facts_of(text, title).observations]


def test_two_places_have_a_count_each_and_a_sum_each():
    assert told("从地区分布看,松原、白城拟开工项目数分别为12个和7个,总投资为30亿元和45亿元。") == [
        ("松原", "开工项目数", Decimal(12)),
        ("白城", "开工项目数", Decimal(7)),
        ("松原", "总投资", Decimal(30)),
        ("白城", "总投资", Decimal(45)),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全县500万元口径工业投资(含园区配套)完成21亿元。", [Decimal(21)]),
        ("2022年全县5000万元以上项目投资增长36%。", [Decimal(36)]),
        ("云岭县在省城举行投资超百亿元项目集中签约仪式,总投资额达290亿元。", [Decimal(290)]),
        ("澄江七八一度智能化项目开工。", []),
    ],
)
def test_a_sum_that_says_of_which_size_things_are_and_a_name_are_no_figures(text: str, values: list[Decimal]):
    assert [one[2] for one in told(text)] == values


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("大会昨日在澄江拉开帷幕,来自90个国家和地区的客商参会。", "国家和地区"),
        ("全面推动澄江路周边15家低效用地企业搬迁。", "企业搬迁"),
        ("重点跟进21个低效存量更新项目。", "更新项目"),
        ("全县成立了3个校企共建平台。", "校企共建平台"),
        ("全县20户规模以上工业企业实现产值6亿元。", "规模以上工业企业"),
        ("高新技术产业新产品产值率42%。", "新产品产值率"),
    ],
)
def test_what_is_counted_is_told_and_no_piece_of_the_clause(text: str, indicator: str):
    assert indicator in told(text)[0][1]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("总投资2亿元,规划建筑面积7万平方米的澄光产业园项目已动工。", "澄光产业园项目"),
        ("总投资12亿元的设计赋能示范区签约落地。", "设计赋能示范区"),
        ("特别是代表高水平的一等奖项目由2021年的6项增加到2022年的9项。", "一等奖项目"),
    ],
)
def test_a_figure_is_told_of_what_its_attributes_stand_before(text: str, about: str):
    assert told(text)[0][0] == about


def test_each_of_a_row_of_projects_has_its_own_sum():
    text = "总投资3亿元的北岸配件项目、总投资4亿元的澄光集团整车研发、制造及销售项目集中开工。"
    assert [(one[0], one[2]) for one in told(text)] == [("北岸配件项目", 3), ("澄光集团整车研发、制造及销售项目", 4)]


def test_a_first_place_is_of_both_figures_that_are_named_again():
    seen = facts_of("一般公共预算收入12亿元,税收占比90%,收入总量及税收占比均列全市首位。", "云岭县2022年工作总结").observations
    assert [one.rank for one in seen] == [1, 1]


def test_money_won_is_no_intention():
    seen = facts_of("全年争取项目经费70万元,累计争取项目8项。", "云岭县2022年工作总结").observations
    assert [(one.value, one.planned) for one in seen] == [(70, False), (8, False)]


def test_the_year_before_a_colon_is_of_all_figures_behind_it():
    seen = facts_of("近日,云岭县公布2021年经济数据:完成生产总值26亿元;实现利润3亿元;完成固定资产投资8亿元。", "").observations
    assert {one.period and one.period.start.year for one in seen} == {2021}


def test_news_goes_on_with_the_park_of_the_sentence_before():
    text = "去年,澄光创新区新增上市企业6家。领军人才立项9个。"
    assert {one[0] for one in told(text, "云岭工业园区产业集群效应显现")} == {"澄光创新区"}


def test_our_city_is_whose_news_it_is_though_the_province_is_spoken_of():
    text = "全省签约仪式昨日举行,全省客商参会。我市共有7个项目签约。白城对接项目5个,投资总额9亿元。白城发展迅速。"
    assert {one[0] for one in told(text, "")} == {"白城"}
