"""How the genre tells figures: one sentence of our own for each turn, and what a statistician reads in it."""

import datetime as dt
from decimal import Decimal

import pytest

from kg.extract import extract
from kg.read import read
from tests.conftest import facts_of


def figures(text: str, title: str = "南山区科委2022年上半年工作总结"):
    return facts_of(text, title).observations


def told(text: str, *keys: str):
    return [tuple(str(value) if isinstance(value := getattr(seen, key), Decimal) else value for key in keys) for seen in figures(text)]


MASKED = {
    "XX": ("软件业营收达XX亿元。", "营收", "亿元"),
    "X": ("受理诉求X项。", "受理诉求", "项"),
    "two stars": ("新增规上企业**家。", "新增规上企业", "家"),
    "star and per cent": ("规上工业增加值增长*%。", "规上工业增加值增速", "%"),
    "stars with a point": ("完成产值**.*亿元。", "产值", "亿元"),
    "more than a mask": ("全年营收超XX亿元。", "营收", "亿元"),
}


@pytest.mark.parametrize(("text", "indicator", "unit"), MASKED.values(), ids=MASKED.keys())
def test_a_masked_figure_is_known_to_be_masked(text: str, indicator: str, unit: str):
    [seen] = figures(text)
    assert (seen.indicator, seen.unit, seen.value, seen.disclosure) == (indicator, unit, None, "withheld")


def test_a_masked_name_is_no_figure():
    assert figures("6月12日,与XX区签订结对协作协议,拜访某市科技局。") == ()


GROWTH = {
    "behind": ("工业产值320亿元,同比增长12.5%。", "0.125"),
    "before": ("同比增长12.5%,完成工业产值320亿元。", "0.125"),
    "in brackets": ("工业产值320亿元(同比增长12.5%)。", "0.125"),
    "a rise": ("工业产值320亿元,增幅12.5%。", "0.125"),
    "a fall": ("工业产值320亿元,同比下降12.5%。", "-0.125"),
    "less": ("工业产值320亿元,比上年减少12.5%。", "-0.125"),
    "doubled": ("工业产值320亿元,同比翻番。", "1"),
    "times": ("工业产值320亿元,增长1.2倍。", "1.20"),
    "sign lost": ("工业产值320亿元,较上年同期增加17。", "0.17"),
    "plus": ("工业产值320亿元,同比+12.5%。", "0.125"),
    "minus": ("工业产值320亿元,同比-12.5%。", "-0.125"),
    "with a cause taken out": ("工业产值320亿元,剔除价格因素后增长12.5%。", "0.125"),
}


@pytest.mark.parametrize(("text", "growth"), GROWTH.values(), ids=GROWTH.keys())
def test_growth_wherever_it_stands(text: str, growth: str):
    [seen] = figures(text)
    assert (seen.indicator, seen.value, seen.growth) == ("工业产值", 320, Decimal(growth))


def test_percentage_points_behind_a_share_are_no_figure_of_their_own():
    assert told("研发投入占比3.2%,提高0.3个百分点,高于全市平均1.1个百分点。", "indicator", "value", "growth") == [
        ("研发投入占比", "3.2", None)
    ]


def test_percentage_points_alone_are_a_change_in_points():
    assert told("研发投入强度提高0.3个百分点。", "indicator", "value", "unit") == [("研发投入强度变化量", "0.3", "个百分点")]


def test_growth_since_the_start_of_the_year_is_not_year_on_year():
    rest, since = figures("科技贷款余额186亿元,较年初增长28.4%。")
    assert (rest.growth, since.growth) == (None, None)
    assert (since.indicator, since.value, since.unit) == ("科技贷款余额较年初增速", Decimal("28.4"), "%")


RANKS = {
    "digit": ("营收58亿元,增长8%,全市第1。", 1, "全市"),
    "numeral": ("高新技术企业达210家,排名全省第二。", 2, "全省"),
    "stands": ("产值98亿元,居全省第3。", 3, "全省"),
}


@pytest.mark.parametrize(("text", "rank", "scope"), RANKS.values(), ids=RANKS.keys())
def test_a_rank_and_among_whom(text: str, rank: int, scope: str):
    [seen] = figures(text)
    assert (seen.rank, seen.rank_scope) == (rank, scope)


def test_one_rank_for_several_figures():
    assert told("营收30亿元、税收5亿元,增速分别为12%和8%,均为第一。", "indicator", "growth", "rank") == [
        ("营收", "0.12", 1),
        ("税收", "0.08", 1),
    ]


def test_among_how_many_is_no_figure():
    assert told("营收58亿元,在全省14个市州中排名第3位。", "indicator", "rank") == [("营收", 3)]


def test_shares_in_per_cent_and_in_tenths():
    assert told("软件业营收62亿元,占全区的31.4%。", "value", "unit") == [("62", "亿元"), ("31.4", "%")]
    assert told("软件业营收62亿元,占比达六成。", "value", "unit") == [("62", "亿元"), ("60", "%")]


def test_an_aim_and_how_far_it_is_met():
    assert told("技术合同成交额32亿元,完成全年目标的64%。", "indicator", "value") == [
        ("技术合同成交额", "32"),
        ("技术合同成交额目标完成率", "64"),
    ]
    assert told("工业投资62.5亿元,完成年度目标任务70亿元的89.3%。", "indicator", "value") == [
        ("工业投资", "62.5"),
        ("工业投资目标", "70"),
        ("工业投资目标完成率", "89.3"),
    ]


def test_a_list_behind_a_count_names_the_counted():
    found = facts_of("新增上市企业4家(云舟、蓝石科技、星尘智能、远图)。")
    assert [(o.value, o.unit) for o in found.observations] == [(4, "家")]
    assert {e.name for e in found.entities if e.type == "Enterprise"} == {"云舟", "蓝石科技", "星尘智能", "远图"}


def test_a_breakdown_keeps_its_parts_apart():
    assert told("孵化载体共90家,其中国家级55家、市级35家。", "indicator", "value") == [("孵化载体", "90"), ("国家级", "55"), ("市级", "35")]


def test_a_noun_may_be_counted_beside_a_sum():
    assert told("其中国家级2个项目、资金1500万元。", "indicator", "value", "unit") == [("国家级", "2", "个"), ("资金", "1500", "万元")]


ROUGH = {
    "and more": ("开展培训10余场。", None, "10", None, "场"),
    "and some": ("到位资金20多亿元。", None, "20", None, "亿元"),
    "nearly": ("走访企业近百家。", "100", None, "100", "家"),
    "some tens": ("带动投资数十亿。", None, "10", "100", "亿元"),
    "a hundred million and up": ("产业规模迈入百亿级。", None, "100", None, "亿"),
    "as many as": ("参训人员上千人。", None, "1000", None, "人"),
    "range": ("每年培育企业3-5家。", None, "3", "5", "家"),
    "at least": ("覆盖率达80%以上。", None, "80", None, "%"),
}


@pytest.mark.parametrize(("text", "value", "lower", "upper", "unit"), ROUGH.values(), ids=ROUGH.keys())
def test_a_rough_amount_has_the_bounds_that_it_states(text: str, value: str | None, lower: str | None, upper: str | None, unit: str):
    [seen] = figures(text)
    assert seen.disclosure == "approximate"
    assert (seen.value, seen.lower, seen.upper) == tuple(None if v is None else Decimal(v) for v in (value, lower, upper))
    assert seen.unit == unit


NUMERALS = {
    "thousands": ("投入资金三千五百万元。", "3500", "万元"),
    "two": ("引进龙头企业两家。", "2", "家"),
    "full width": ("引进龙头企业３５家。", "35", "家"),
    "separators": ("总产值1,260,000万元。", "1260000", "万元"),
    "of a batch": ("申报第十四批科技项目两项。", "2", "项"),
}


@pytest.mark.parametrize(("text", "value", "unit"), NUMERALS.values(), ids=NUMERALS.keys())
def test_numerals_of_all_kinds(text: str, value: str, unit: str):
    [seen] = figures(text)
    assert (seen.value, seen.unit) == (Decimal(value), unit)


UNITS = {
    "家": "引进企业3家。",
    "个": "新建平台3个。",
    "项": "认定技术3项。",
    "件": "授权专利3件。",
    "人": "引进博士3人。",
    "名": "引进博士3名。",
    "位": "聘请专家3位。",
    "场": "开展培训3场。",
    "次": "召开会议3次。",
    "只": "安装终端3只。",
    "平方米": "展厅面积3平方米。",
    "万㎡": "厂房面积3万㎡。",
    "亩": "用地面积3亩。",
    "亿元": "税收3亿元。",
    "万元": "税收3万元。",
    "万美元": "合同外资3万美元。",
    "亿美元": "合同外资3亿美元。",
    "倍": "人均产值是全省平均水平的3倍。",
}


@pytest.mark.parametrize(("unit", "text"), UNITS.items())
def test_units_of_the_genre(unit: str, text: str):
    assert told(text, "value", "unit") == [("3", unit)]


PERIODS = {
    "months": ("1-5月,税收5亿元。", "2022-01-01", "2022-05-31"),
    "months in words": ("1至5月税收5亿元。", "2022-01-01", "2022-05-31"),
    "half": ("上半年税收5亿元。", "2022-01-01", "2022-06-30"),
    "up to": ("截至4月底,税收5亿元。", "2022-01-01", "2022-04-30"),
    "last year": ("去年税收5亿元。", "2021-01-01", "2021-12-31"),
    "five years": ("十四五期间,税收5亿元。", "2021-01-01", "2025-12-31"),
    "a year": ("2020年度税收5亿元。", "2020-01-01", "2020-12-31"),
    "a lost dash": ("19月,税收5亿元。", "2022-01-01", "2022-09-30"),
    "from the title": ("税收5亿元。", "2022-01-01", "2022-06-30"),
}


@pytest.mark.parametrize(("text", "start", "end"), PERIODS.values(), ids=PERIODS.keys())
def test_a_period_as_it_is_told(text: str, start: str, end: str):
    [seen] = figures(text)
    assert (seen.period.start, seen.period.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_a_period_holds_on_along_the_sentence():
    assert [str(o.period.end) for o in figures("1-5月,甲园区税收5亿元,乙园区税收6亿元。")] == ["2022-05-31", "2022-05-31"]


def test_a_subject_left_out_is_the_one_before():
    assert told("临江产业园运行平稳。园区税收5亿元。", "about") == [("临江产业园",)]


def test_numbered_headings_on_one_line_with_the_text_are_no_figures():
    text = "一、主要工作(一)招商引资。全年引进企业35家。一是强化服务。走访企业20家。"
    assert told(text, "indicator", "value") == [("引进企业", "35"), ("走访企业", "20")]


def test_a_part_that_speaks_of_a_later_year_is_a_part_of_plans():
    text = "全年引进企业35家。\n2023年,全区将引进企业50家。\n税收5亿元。"
    first, second, third = figures(text, "南山区科委2022年工作总结")
    assert [o.planned for o in (first, second, third)] == [False, True, True]
    assert [o.period.end.year for o in (first, second)] == [2022, 2023]


def test_a_year_that_is_past_is_no_aim():
    assert [o.planned for o in figures("到2021年末,高新技术企业达210家。", "南山区科技创新“十三五”规划评估(2021年)")] == [False]


def test_money_that_was_won_is_no_intention():
    assert told("争取上级科技资金860万元。", "planned") == [(False,)]


@pytest.mark.parametrize("text", ["税收 5 亿元,同比增长 12.5 %。", "税收5亿元，同比增长12.5％。", "税收５亿元,同比增长１２．５%。"])
def test_figures_set_with_spaces_or_in_full_width(tmp_path, text: str):
    from kg.extract import extract
    from kg.read import read

    path = tmp_path / "report.txt"
    path.write_text(f"南山区科委2022年工作总结\n{text}", encoding="utf-8")
    [seen] = extract(read(path)).observations
    assert (seen.indicator, seen.value, seen.growth) == ("税收", 5, Decimal("0.125"))


def test_a_district_masked_by_a_copy_stands_for_itself():
    found = facts_of("全县引进企业35家。", "XX县科技局2022年工作总结")
    assert (found.document.issuer, found.observations[0].about) == ("XX县科技局", "XX县")


def test_a_line_of_hundreds_of_thousands_of_characters_without_a_stop_does_not_hang():
    long = "云湖园区企业" * 40_000
    assert facts_of(long) is not None


def test_a_figure_for_each_year_of_a_span():
    assert [
        (o.period.start.isoformat(), o.period.end.isoformat(), str(o.value))
        for o in figures("2021-2023年,成交额分别为12亿元、15亿元、20.5亿元。")
    ] == [
        ("2021-01-01", "2021-12-31", "12"),
        ("2022-01-01", "2022-12-31", "15"),
        ("2023-01-01", "2023-12-31", "20.5"),
    ]


def test_a_figure_takes_its_name_from_the_label_before_the_colon():
    [seen] = figures("技术合同成交额:1-5月完成31.42亿元。")
    assert (seen.indicator, str(seen.value), seen.period.end) == ("技术合同成交额", "31.42", dt.date(2022, 5, 31))


EACH = {
    "rates": (
        "电子、医药、食品行业增加值分别增长16.5%、8.2%和3.4%。",
        [("电子", "增加值增速", "16.5"), ("医药", "增加值增速", "8.2"), ("食品行业", "增加值增速", "3.4")],
    ),
    "sums": ("晨光新材、天赐材料分别实现营收12亿元、30亿元。", [("晨光新材", "营收", "12"), ("天赐材料", "营收", "30")]),
    "awards": (
        "对恒达精密、远景材料分别给予奖励300万元和150万元。",
        [("恒达精密", "奖励", "300"), ("远景材料", "奖励", "150")],
    ),
}


@pytest.mark.parametrize(("text", "read"), EACH.values(), ids=EACH.keys())
def test_a_row_of_figures_is_shared_out_over_a_row_of_things(text: str, read: list[tuple[str, str, str]]):
    assert told(text, "about", "indicator", "value") == read


def test_an_indicator_of_the_district_is_not_of_what_was_counted_before():
    assert told("高新技术企业突破600家,技术合同成交额达到60亿元。", "about", "indicator")[1] == ("南山区", "技术合同成交额")


def test_a_day_to_come_holds_for_its_own_clause():
    [seen] = figures("芯片项目预计2024年一季度通线;总投资55亿元的氢能装备项目签约落户。")
    assert seen.period.end == dt.date(2022, 6, 30)


def test_how_a_rank_has_moved_is_no_figure():
    assert figures("在全国169家国家高新区综合评价中排名第52位,较上年提升6个位次。") == ()


SHARES = {
    "of what was told": ("R&D经费支出48.2亿元,占GDP比重2.41%。", ("南山区", "R&D经费支出占GDP比重")),
    "alone": ("完成工业投资7.8亿元,占比83%。", ("南山区", "工业投资占比")),
    "of an industry": ("高新技术产业增加值占规上工业增加值比重68.5%。", ("高新技术产业", "增加值占规上工业增加值比重")),
}


@pytest.mark.parametrize(("text", "read"), SHARES.values(), ids=SHARES.keys())
def test_a_share_and_of_what(text: str, read: tuple[str, str]):
    assert told(text, "about", "indicator")[-1] == read


def test_a_threshold_without_a_numeral_is_no_figure():
    assert told("2022年新签约亿元以上项目64个。", "indicator", "value") == [("签约亿元以上项目", "64")]


def test_a_time_in_brackets_below_the_title_is_the_time_of_the_report(tmp_path):
    page = tmp_path / "park.txt"
    page.write_text("金湾生物医药产业园运营情况报告\n(2024年一季度)\n\n园区实现税收6.31亿元。\n", encoding="utf-8")
    [seen] = extract(read(page)).observations
    assert (seen.period.start, seen.period.end) == (dt.date(2024, 1, 1), dt.date(2024, 3, 31))


def test_the_whole_year_behind_a_quarter():
    found = figures("一季度引进人才3名,全年引育团队12个。")
    assert [o.period.end for o in found] == [dt.date(2022, 3, 31), dt.date(2022, 12, 31)]


def test_numbers_of_a_list_glued_to_its_text():
    assert told("2.新增规上企业90家。", "indicator", "value") == [("新增规上企业", "90")]


def test_what_a_firm_adds_to_the_growth_of_all_is_no_figure_of_its_own():
    assert [o.indicator for o in figures("丽珠集团产值同比增长15.2%,拉动园区增长3.1个百分点。")] == ["产值增速"]


def test_the_whole_district_is_spoken_of_again():
    found = figures("云舟科技被认定为“小巨人”企业,营收3亿元,全区“小巨人”企业增至17家。")
    assert [o.about for o in found] == ["云舟科技", "南山区"]


def test_a_rate_that_holds_and_a_row_of_two_names():
    assert told("园区出租率稳定在93%以上。云舟科技、蓝石软件两家企业增资扩产。", "indicator") == [("出租率",)]


def test_investment_in_industry_is_of_the_park_and_not_of_all_investment():
    assert told("园区完成固投9.4亿元,其中工业投资7.8亿元。", "about", "indicator") == [("南山区", "固投"), ("南山区", "工业投资")]
