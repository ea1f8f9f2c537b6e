"""What a text goes on speaking of: whose news it is without a title, the project that a sentence takes up, the group of a clause."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.conftest import facts_of


def told(text: str, title: str = ""):
    """Of whom each figure is told, which thing that is or belongs to, and the figure."""
    return [(seen.about, seen.of, seen.value) for seen in facts_of(text, title).observations]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("近日,松原市举行重点项目推进会。新签约项目26个。长岭县、前郭县、扶余市参加会议。", "松原市"),
        ("来源:吉林日报\n我省获得国家奖励20项。与会专家来自浙江省、江苏省、浙江省。", "吉林省"),
        ("云岭高新区创新动能增强。2022年,高新区实现工业产值90亿元。去年以来,高新区新增企业40家。", "云岭高新区"),
    ],
)
def test_a_text_without_a_title_tells_figures_of_whom_it_begins_with_or_presumes(text: str, of: str):
    assert {one[1] for one in told(text)} == {of}


@pytest.mark.parametrize(
    "text",
    [
        "据了解,该项目由岚光公司投资建设,其中固定资产投资6亿元。",
        "项目分两期建设,其中一期固定资产投资2亿元,二期固定资产投资3亿元。",
        "一期项目投产后,预计实现年销售收入4亿元。",
        "达产后,预计实现年销售收入9亿元,年纳税3000万元。",
    ],
)
def test_what_a_project_consists_of_and_will_bring_is_told_of_it(text: str):
    found = told(f"禾沐智造基地项目在澄江新材料产业园开工。{text}", "云岭县重点项目进展")
    assert found
    assert {one[1] for one in found} == {"禾沐智造基地项目"}


def test_a_thing_that_a_sentence_takes_up_is_spoken_of_on_whatever_else_it_names():
    text = "禾沐智造基地项目开工。该项目是围绕澄光储能产业园项目的配套项目。该项目占地80亩。"
    assert told(text, "云岭县重点项目进展") == [("禾沐智造基地项目", "禾沐智造基地项目", 80)]


def test_a_clause_that_sets_its_scene_at_a_thing_speaks_of_it():
    text = "在禾沐智造基地项目建设现场,120名工人正在作业。"
    assert told(text, "云岭县重点项目进展")[0][1] == "禾沐智造基地项目"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("石油化工行业同比增长9.2%。", "石油化工行业"),
        ("交通基础设施项目1-4月完成投资30亿元。", "交通基础设施项目"),
        ("其中技术发明奖15项。", "技术发明奖"),
    ],
)
def test_a_group_before_its_time_or_growth_and_a_prize_have_figures_of_their_own(text: str, about: str):
    assert told(text, "云岭县2022年工作总结")[0][:2] == (about, "云岭县")


def test_a_title_that_a_place_gains_is_not_told_of_an_institute_founded_there():
    text = "云岭产业技术研究院挂牌成立,新增省级众创空间6家。"
    assert told(text, "云岭县2022年工作总结")[0][1] == "云岭县"


def test_growth_behind_a_share_is_that_of_the_sum_before_it():
    [total, share] = facts_of("全县实现工业总产值19亿元,占全市工业总产值的4.3%,同比增长12.6%。", "云岭县2022年工作总结").observations
    assert (total.growth, share.growth) == (Decimal("0.126"), None)


def test_a_time_behind_that_of_the_report_is_intended_and_a_share_of_a_plan_is_not():
    [aim] = facts_of("提出了到2030年产业规模达到300亿元的目标。", "云岭县2022年工作总结").observations
    [met] = facts_of("市重点项目完成投资为年度计划投资的24.9%。", "云岭县2022年一季度经济运行情况").observations
    assert (aim.planned, met.planned) == (True, False)
    assert met.period is not None
    assert met.period.end == dt.date(2022, 3, 31)


def test_the_words_of_a_figure_may_stand_before_its_rank():
    [seen, *_] = facts_of("松原市工业产值排名第一,达279亿元。", "吉林省2022年工业经济运行情况").observations
    assert (seen.of, seen.value) == ("松原市", 279)
    assert "产值" in seen.indicator


def test_a_row_of_shares_has_what_each_is_of_behind_it():
    found = facts_of("全市集聚全省86%的重点实验室、64%的众创空间。", "松原市2022年工作总结").observations
    assert "众创空间占比" in {seen.indicator for seen in found}
