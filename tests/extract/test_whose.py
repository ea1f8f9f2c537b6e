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
