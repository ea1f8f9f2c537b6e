import datetime as dt
from decimal import Decimal

import pytest

from kg.model import Period
from tests.conftest import facts_of

HALF = Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30))


def observations(text: str):
    return facts_of(text).observations


def test_masked_revenue_keeps_its_growth_and_rank_but_no_value():
    [seen] = observations("全区软件企业营收达XX亿元,同比增长31.2%(增速全市排名第2)。")
    assert (seen.value, seen.disclosure, seen.growth, seen.rank) == (None, "withheld", Decimal("0.312"), 2)
    assert (seen.indicator, seen.unit) == ("营收", "亿元")


def test_a_count_before_its_noun_is_about_what_the_clause_reaches():
    [seen] = observations("推荐3人申报青年英才人才计划。")
    assert (seen.value, seen.unit, seen.indicator, seen.about) == (3, "人", "推荐申报人数", "青年英才人才计划")


def test_a_figure_behind_its_words():
    [seen] = observations("临江产业园累计引进企业达286家。")
    assert (seen.about, seen.indicator, seen.value, seen.unit) == ("临江产业园", "引进企业", 286, "家")


def test_two_measures_of_one_thing_are_two_figures():
    first, second = observations("登记技术合同120项,成交额18.5亿元。")
    assert (first.indicator, first.value, first.unit) == ("技术合同", 120, "项")
    assert (second.indicator, second.value, second.unit) == ("成交额", Decimal("18.5"), "亿元")


def test_the_thing_spoken_of_is_carried_to_the_next_clause():
    first, second = observations("临江产业园实现税收XX亿元,同比增长8%,利润总额3.5亿元。")
    assert first.about == second.about == "临江产业园"
    assert (first.growth, second.growth) == (Decimal("0.08"), None)


def test_a_figure_without_words_takes_the_noun_before_it():
    first, second = observations("双方形成合作项目清单,共计6大类15小项。")
    assert [(s.value, s.unit, "项目清单" in s.indicator) for s in (first, second)] == [(6, "类", True), (15, "项", True)]


def test_money_without_its_unit_is_yuan():
    [seen] = observations("项目将为全区工业新增数十亿产值。")
    assert (seen.unit, seen.lower, seen.upper, seen.planned) == ("亿元", 10, 100, True)


WON = {
    "新争取重大科技平台3个，引进企业20家，新引育人才团队5个。": [],
    "新争取科创项目12个、资金3000万元。": [],
    "成功争取重大平台3个。": [],
    "全区共争取科研项目9个，到账资金2亿元。": [],
    "新谋划储备重大项目23个。": [],
    "签约项目48个，计划总投资186亿元，其中总投资超10亿元项目5个。": [186],
    "新开工项目20个，预计总投资99亿元，其中制造业项目12个。": [99],
    "签约落户项目12个，拟投资总额50亿元，其中亿元以上项目8个。": [50],
    "力争新争取省级项目10个。": [10],
    "争取重大平台3个。": [3],
    "计划引进企业30家，其中高新技术企业5家。": [30, 5],
    "全年计划开工项目20个，计划总投资90亿元，其中超10亿元项目5个。": [20, 90, 5],
}


@pytest.mark.parametrize("text", WON)
def test_what_was_won_or_counted_is_not_intended(text: str):
    assert [seen.value for seen in observations(text) if seen.planned] == WON[text]


YEARS = {
    "2018年以来，全区规上工业总产值年均增长8%。": ("规上工业总产值年均增速", 8, (2018, 2022)),
    "“十三五”期间，研发投入年均增长12.5%。": ("研发投入年均增速", Decimal("12.5"), (2016, 2020)),
    "2020-2021年累计投入科技资金47.2亿元，年均增长12%。": ("投入科技资金年均增速", 12, (2020, 2021)),
    "到2026年，数字经济核心产业增加值年均增长10%。": ("增加值年均增速", 10, (2022, 2026)),
    "规上工业总产值达500亿元，年均增长9%。": ("规上工业总产值年均增速", 9, None),
}


@pytest.mark.parametrize("text", YEARS)
def test_a_mean_growth_is_of_its_years_and_the_growth_of_none(text: str):
    *before, seen = observations(text)
    years = (seen.period.start.year, seen.period.end.year) if seen.period else None
    assert (seen.indicator, seen.value, seen.unit, years) == (*YEARS[text][:2], "%", YEARS[text][2])
    assert [one.growth for one in (*before, seen)] == [None] * (len(before) + 1)


@pytest.mark.parametrize(
    ("text", "planned"),
    [("力争引进企业50家。", True), ("预计实现营收3亿元。", True), ("引进企业50家。", False), ("有3人申报青年英才人才计划。", False)],
)
def test_what_is_only_intended_is_marked(text: str, planned: bool):
    assert [seen.planned for seen in observations(text)] == [planned]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("登记合同20项。", HALF),
        ("1-5月,登记合同20项。", Period(dt.date(2022, 1, 1), dt.date(2022, 5, 31))),
        ("1至5月,登记合同20项。", Period(dt.date(2022, 1, 1), dt.date(2022, 5, 31))),
        ("1-5月(上半年),登记合同20项。", HALF),
        ("截至9月底,登记合同20项。", Period(dt.date(2022, 1, 1), dt.date(2022, 9, 30))),
        ("2021年,登记合同20项。", Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))),
        ("去年登记合同20项。", Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))),
        ("三季度,登记合同20项。", Period(dt.date(2022, 7, 1), dt.date(2022, 9, 30))),
        ("“十四五”期间,登记合同20项。", Period(dt.date(2021, 1, 1), dt.date(2025, 12, 31))),
    ],
)
def test_a_figure_has_the_period_of_its_sentence_or_of_the_title(text: str, period: Period):
    [seen] = observations(text)
    assert seen.period == period


def test_a_promise_under_plans_for_the_second_half_is_of_the_second_half():
    [seen] = facts_of("二、下半年工作要点\n引进企业50家。").observations
    assert seen.planned
    assert seen.period == Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31))


def test_the_span_of_a_figure_holds_its_number():
    text = "开展企业走访30余次,推荐4家园区获“飞云”创新示范基地。"
    facts = facts_of(text)
    assert all(any(c.isdigit() for c in facts.document.quote(seen.span)) for seen in facts.observations)


def words(text: str, title: str | None = None):
    found = facts_of(text, title) if title else facts_of(text)
    return [(seen.about, seen.indicator, seen.value) for seen in found.observations]


def test_figures_told_one_by_one_go_to_the_things_of_the_row():
    assert words("智能家电、绿色食品、海洋装备三大主导产业产值分别为90亿元、60.5亿元和40亿元。") == [
        ("智能家电", "产值", 90),
        ("绿色食品", "产值", Decimal("60.5")),
        ("海洋装备", "产值", 40),
    ]


def test_a_threshold_is_no_figure_of_its_own():
    assert words("全区营收超5亿元企业18家。") == [("南山区", "营收超5亿元企业", 18)]


def test_completion_of_a_target_names_what_was_aimed_at():
    first, second = observations("合同成交额18亿元,完成全年目标的107%。")
    assert (second.indicator, second.value, second.unit, second.planned) == ("合同成交额目标完成率", 107, "%", False)
    assert first.value == 18


def test_a_figure_may_stand_before_the_thing_it_is_of():
    assert words("总投资50亿元的星桥光电项目签约落地。") == [("星桥光电项目", "总投资", 50)]


def test_a_project_named_before_is_taken_up_by_its_kind():
    assert words("共同建设蓝海产业基地。项目总投资120亿元。")[0] == ("蓝海产业基地", "总投资", 120)


def test_a_verb_of_its_own_goes_before_the_noun_carried_over():
    assert [(i, v) for _, i, v in words("组织申报省重点研发计划项目28项,获批9项。")] == [
        ("组织申报省重点研发计划项目", 28),
        ("获批省重点研发计划项目", 9),
    ]


def test_shares_may_be_told_in_tenths():
    [seen] = observations("软件业营收占比达六成。")
    assert (seen.value, seen.unit) == (60, "%")


def test_growth_alone_is_a_figure_in_per_cent():
    [seen] = observations("规模以上工业增加值增长7.2%。")
    assert (seen.indicator, seen.value, seen.unit, seen.growth) == ("规模以上工业增加值增速", Decimal("7.2"), "%", Decimal("0.072"))


def test_points_against_the_year_before_do_not_move_the_period():
    first, second = observations("研发经费投入占比3.1%,较上年提高0.2个百分点,登记技术合同20项。")
    assert first.period == second.period == HALF
    assert second.value == 20


def test_an_intention_holds_on_along_its_sentence():
    assert [seen.planned for seen in observations("力争引进企业35家,新增上市企业3家。")] == [True, True]
    assert [seen.planned for seen in observations("海思形成模拟芯片等产品,共20项。")] == [False]


def test_a_rank_with_words_of_its_own_is_not_the_last_figures():
    assert [seen.rank for seen in observations("获一等奖2项,获奖总数居全省第4位。")] == [None]


def test_a_plan_for_next_year_is_of_next_year():
    [seen] = facts_of("二、2023年工作计划\n引进企业50家。", title="南山区科委2022年工作总结").observations
    assert seen.period == Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def test_a_park_s_report_speaks_of_the_park():
    assert words("引进企业12家。", title="滨江科技城2022年工作总结") == [("滨江科技城", "引进企业", 12)]


def test_growth_may_be_told_in_tenths():
    [seen] = observations("引进人才600人,同比增长三成。")
    assert (seen.value, seen.growth) == (600, Decimal("0.3"))


def test_an_aim_for_a_later_year_is_planned_for_that_year():
    [seen] = observations("提出到2026年高新技术企业数量突破1000家。")
    assert (seen.planned, seen.indicator, seen.value, seen.lower) == (True, "高新技术企业数量", None, 1000)
    assert seen.period == Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_a_programme_called_a_plan_is_no_intention():
    assert [seen.planned for seen in observations("承担国家重点研发计划12项。")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "产值总量前三名为青岚市、海宁市、东岭市。",
        "被人力资源部等五部门授予称号。",
        "园区由南园和西园两部分组成。",
        "集孵化器、众创空间三张金名片于一身。",
        "启动百亿级海宁数字经济大厦建设。",
    ],
)
def test_words_of_rank_kind_and_part_are_no_figures(text: str):
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全县实现GDP85.5亿元。", [("GDP", 85.5, "亿元")]),
        ("在站博士后80名。", [("在站博士后", 80, "名")]),
        ("项目投产后,年产5万吨模具钢。", [("年产模具钢", 5, "万吨")]),
        ("形成电子信息、新材料两个百亿产业集群。", [("百亿产业集群", 2, "个")]),
        ("电子信息、生物医药、新材料3个主导产业营业收入60亿元。", [("营业收入", 60, "亿元")]),
        ("东部6个计划竣工项目进展顺利。", [("计划竣工项目", 6, "个")]),
        ("筛选30个有示范性的重大项目。", [("筛选重大项目", 30, "个")]),
        ("工业产值保持年均12%的增速。", [("产值年均增速", 12, "%")]),
        ("给予20万元的资金奖励。", [("资金", 20, "万元")]),
        ("建筑面积由原来的3万平方米扩容至9万平方米。", [("建筑面积", 3, "万平方米"), ("建筑面积", 9, "万平方米")]),
        ("全区26个项目集中签约。", [("签约项目", 26, "个")]),
        ("每年生产饮片3亿袋。", [("每年生产饮片", 3, "亿袋")]),
    ],
)
def test_an_indicator_is_worded_as_planners_do(text: str, told: list[tuple[str, float, str]]):
    found = [(seen.indicator, seen.value and float(seen.value), seen.unit) for seen in observations(text)]
    assert found == told


@pytest.mark.parametrize(
    "text",
    [
        "澄光机电有限公司是一家集研发、生产于一体的企业。",
        "20万吨/年聚合装置打通全流程。",
        "将于5、6、7日三天集中开工。",
        "实施“百千万支撑工程”。",
        "项目涉及中药、生物药、器械3个重点领域。",
    ],
)
def test_what_only_looks_like_a_count_is_no_figure(text: str):
    assert not observations(text)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("临江区科技局2022年下半年工作总结和2023年工作要点", 2023),
        ("临江区科技局2022年工作总结", 2023),
        ("临江区科技局2023年工作要点", 2023),
        ("临江区科技局2023年上半年工作总结和下半年工作要点", 2023),
    ],
)
def test_what_is_planned_is_of_the_time_that_the_title_plans_or_of_the_next(title: str, year: int):
    found = facts_of("二、下一步工作打算\n力争全年技术合同成交额突破120亿元。", title).observations
    assert [(seen.planned, seen.period and seen.period.end) for seen in found] == [(True, dt.date(year, 12, 31))]


def test_the_year_of_an_award_is_not_that_of_what_is_told_behind_it():
    text = "2021年度评奖中,2家企业参与的项目获省科技进步奖。全区给予45项科技项目扶持资金共860万元。"
    [funding] = [seen for seen in facts_of(text, "临江区科技局2022年上半年工作总结").observations if seen.unit == "万元"]
    assert funding.period == HALF


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("高新技术企业净增-5家。", -5),
        ("全区利润总额为-1.2亿元。", Decimal("-1.2")),
        ("人才净流入-120人。", -120),
        ("云湖产业园-5家企业入驻。", 5),
        ("引进企业5家。", 5),
    ],
)
def test_a_figure_below_nothing_keeps_its_sign(text: str, value: Decimal):
    assert [seen.value for seen in observations(text)] == [value]


@pytest.mark.parametrize("number", ["1000000000000000000000000000000家", "10^30家", "1.2e30亿元"])
def test_a_number_too_long_to_be_a_figure_is_said(number: str):
    facts = facts_of(f"引进企业{number}。新认定高新技术企业12家。")
    assert [seen.value for seen in facts.observations] == [12]
    [remark] = facts.remarks
    assert "more than 18 digits or with an exponent" in remark


@pytest.mark.parametrize("text", ["统一社会信用代码91310000MA1FL0XX09，引进企业12家。", "账号6222021234567890123，引进企业12家。"])
def test_a_code_is_no_number_too_long(text: str):
    assert facts_of(text).remarks == ()
