"""Reports of a district over two years: what is a series, what changed, what cannot all be true."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.model import Disclosure, Period
from kg.query import thing_called
from kg.reason.changes import changes
from kg.reason.contradictions import Contradiction, contradictions
from kg.reason.intervals import Interval, TimeKind, growth_of, kind_of, size_of
from kg.reason.periods import period_of
from kg.reason.records import Figure, Told
from kg.reason.series import Series, a_year_before, series
from kg.reason.timeline import timeline
from kg.show import over_time
from kg.workspace.workspace import Workspace

Y2022 = """临湖区科委2022年工作总结

2022年，临湖区科委围绕创新驱动抓落实。
一、2022年工作情况
2022年，全区规模以上软件企业实现营收80.0亿元，同比增长10.0%。技术合同成交额40.0亿元，同比增长5.0%。
截至12月底，全区高新技术企业总数达300家。云杉软件园全年税收2.40亿元。
云杉软件园二期项目主体结构完成。
"""
H2023 = """临湖区科委2023年上半年工作总结

今年以来，临湖区科委抓创新、促转化。
一、上半年工作
上半年，全区规模以上软件企业实现营收XX亿元，同比增长12.5%。1至6月，技术合同成交额18.6亿元。6月当月技术合同成交额3.2亿元。
截至6月底，全区高新技术企业总数达320家。
云杉软件园二期项目结构封顶。
二、下半年工作
力争全年技术合同成交额达到45亿元。
"""
Y2023 = """临湖区科委2023年工作总结

2023年，临湖区科委圆满完成各项任务。
一、2023年工作情况
2023年，全区规模以上软件企业实现营收92.0亿元，同比增长15.0%。技术合同成交额48.0亿元，同比增长20.0%，其中上半年技术合同成交额18.60亿元。
截至12月底，全区高新技术企业总数达350家。云杉软件园全年税收26400万元，同比增长10.0%。
云杉软件园二期项目竣工。临湖松果芯片有限公司与云杉软件园签署合作协议。
"""
Build = Callable[..., Workspace]


@pytest.fixture
def told(tmp_path: Path) -> Build:
    """A graph of reports, by name; those of three times unless others are given."""

    def build(**texts: str) -> Workspace:
        for name, text in {"y2022": Y2022, "h2023": H2023, "y2023": Y2023, **texts}.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        made = Workspace(tmp_path / "w")
        assert {one.status for one in made.ingest(sorted(tmp_path.glob("*.txt")))} == {"added"}
        return made

    return build


def of(workspace: Workspace, indicator: str) -> list[Series]:
    with workspace.reading() as store:
        return [one for one in series(store) if one.line.indicator == indicator]


def found(workspace: Workspace) -> list[Contradiction]:
    with workspace.reading() as store:
        return contradictions(store)


def day(text: str) -> Period:
    return period_of(text)


def test_a_month_never_stands_in_the_line_of_what_is_counted_from_january(told: Build):
    whole, month = of(told(), "技术合同成交额")
    assert (whole.line.kind, month.line.kind, month.line.months) == (TimeKind.CUMULATIVE, TimeKind.SINGLE, 1)
    assert [(p.period, p.figure.printed, p.figure.planned) for p in whole.points] == [
        (day("2022"), "40.0亿元", False), (day("2023H1"), "18.6亿元", False), (day("2023H1"), "18.60亿元", False),
        (day("2023"), "48.0亿元", False), (day("2023"), "45亿元", True),
    ]  # fmt: skip
    assert [p.figure.printed for p in month.points] == ["3.2亿元"]


def test_what_there_is_on_a_day_is_a_line_of_its_own(told: Build):
    [total] = of(told(), "高新技术企业总数")
    assert total.line.kind == TimeKind.STOCK
    assert [(p.period.end, p.figure.value) for p in total.points] == [
        (dt.date(2022, 12, 31), 300), (dt.date(2023, 6, 30), 320), (dt.date(2023, 12, 31), 350),
    ]  # fmt: skip


def test_units_are_reconciled_and_growth_follows_from_the_year_before(told: Build):
    [tax] = of(told(), "税收")
    before, now = tax.points
    assert (before.figure.printed, now.figure.printed, now.figure.value) == ("2.40亿元", "26400万元", 264_000_000)
    assert tax.year_before(now) == [before]
    assert before.size is not None and now.size is not None
    grown = before.size.grown_to(now.size)
    assert grown is not None and grown.low is not None and grown.high is not None
    assert grown.low < Decimal("0.1") < grown.high  # 2.64/2.40, each within half of its last digit
    assert grown.high - grown.low < Decimal("0.005")


def test_a_withheld_point_stays_withheld(told: Build):
    [revenue] = of(told(), "营业收入")
    half = next(p for p in revenue.points if p.period == day("2023H1"))
    assert (half.withheld, half.size, half.figure.growth) == (True, None, Decimal("0.125"))


def test_reports_that_agree_within_rounding_have_nothing_to_find(told: Build):
    assert found(told()) == []  # 18.6 and 18.60, 92/80 = 15.0 %, 48/40 = 20.0 %, 2.64/2.40 = 10.0 %


def test_two_figures_of_one_time_are_found_with_both_sentences(told: Build):
    [one] = found(told(y2023=Y2023.replace("18.60亿元", "19.1亿元")))
    assert (one.kind, one.name, one.line.indicator, one.period) == ("figures-differ", "临湖区", "技术合同成交额", day("2023H1"))
    assert [side.figure.printed for side in one.sides] == ["18.6亿元", "19.1亿元"]
    assert [[place.document for place in side.told] for side in one.sides] == [["h2023"], ["y2023"]]
    assert all(side.figure.printed in place.sentence for side in one.sides for place in side.told)
    assert one.explanations == ("restated-later",)


def test_a_rate_that_its_two_figures_do_not_give_is_found(told: Build):
    [one] = found(told(y2023=Y2023.replace("48.0亿元", "52.0亿元")))
    assert (one.kind, one.period) == ("growth-misfits", day("2023"))
    assert [side.figure.printed for side in one.sides] == ["40.0亿元", "52.0亿元"]
    assert one.expected.low is not None and one.expected.high is not None
    assert Decimal("0.29") < one.expected.low < Decimal("0.30") < one.expected.high < Decimal("0.31")


def test_growth_at_constant_prices_is_not_held_against_prices_of_their_years(told: Build):
    old, new = "2022年，全区地区生产总值100.0亿元。", "2023年，全区地区生产总值109.0亿元，同比增长5.0%。"
    assert found(told(y2022=Y2022 + old, y2023=Y2023 + new)) == []


@pytest.mark.parametrize(
    ("rough", "contradicts"),
    [("超300家", False), ("近300家", False), ("超350家", True), ("近200家", True), ("300余家", False), ("约290家", False)],
)
def test_rough_figures_are_held_against_others_as_intervals(told: Build, rough: str, contradicts: bool):
    again = Y2022.replace("达300家", rough).replace("工作总结", "工作报告")
    assert [one.kind for one in found(told(other=again))] == ["figures-differ"] * contradicts


def test_a_part_beyond_its_total_is_found_in_its_sentence(told: Build):
    made = told(y2023=Y2023 + "全年新认定高新技术企业60家，其中软件企业75家。\n")
    [one] = found(made)
    assert (one.kind, [side.figure.printed for side in one.sides]) == ("part-exceeds-total", ["60家", "75家"])


LESS = "南湖区科技局2023年{}工作总结\n\n一、主要工作\n{}，全区{}。\n"


@pytest.mark.parametrize(
    ("half", "year", "found_one"),
    [
        ("技术合同成交额31.2亿元", "技术合同成交额28.6亿元", True),
        ("实现规上工业总产值512亿元", "实现规上工业总产值498.3亿元", True),
        ("技术合同成交额XX亿元", "技术合同成交额28.6亿元", False),
        ("技术合同成交额28.6亿元", "技术合同成交额28.6亿元", False),
        ("技术合同成交额约29亿元", "技术合同成交额28.6亿元", False),
        ("实现利润总额31.2亿元", "实现利润总额28.6亿元", False),
        ("高新技术企业总数达350家", "高新技术企业总数达320家", False),
    ],
)
def test_a_half_year_above_its_whole_year_is_found_with_both_sentences(told: Build, half: str, year: str, found_one: bool):
    built = told(h=LESS.format("上半年", "上半年", half), y=LESS.format("", "2023年", year))
    about = [one for one in found(built) if one.name == "南湖区"]
    assert [one.kind for one in about] == ["part-exceeds-total"] * found_one
    for one in about:
        assert [side.told[0].document for side in one.sides] == ["y", "h"]


def test_two_figures_of_one_sentence_tell_of_two_things(told: Build):
    assert found(told(y2023=Y2023 + "省级项目完成工业投资11.6亿元，市级项目完成工业投资15.4亿元。\n")) == []


def test_what_is_planned_is_not_held_against_what_was_reached(told: Build):
    assert found(told(h2023=H2023.replace("达到45亿元", "达到60亿元"))) == []


def test_a_time_carried_over_from_another_sentence_is_not_compared(told: Build):
    half = H2023.replace("二、下半年工作", "2022年度评奖中，1家企业获临湖市科技进步奖二等奖。技术合同成交额17.0亿元。\n二、下半年工作")
    assert [one.period for one in found(told(h2023=half)) if one.period == day("2022")] == []


def test_a_timeline_puts_figures_events_and_plans_by_their_own_time(told: Build):
    with told().reading() as store:
        entries = timeline(store, str(thing_called(store, "云杉软件园二期项目")))
    stages = [(one.words, one.when, one.by) for one in entries if one.kind == "Milestone"]
    assert stages == [
        ("主体结构完成", day("2022"), "report"), ("结构封顶", day("2023H1"), "report"), ("竣工", day("2023"), "report"),
    ]  # fmt: skip
    assert all(one.told and one.told[0].sentence for one in entries)


def test_tables_speak_one_language(told: Build):
    with told().reading() as store:
        entries = timeline(store, str(thing_called(store, "临湖区")))
        points = [one for one in series(store) if one.name == "临湖区"]
        moved = changes(store, day("2022"), day("2023H2")).found
    chinese, english = (
        [over_time.entries(entries, lang), over_time.points(points, lang), over_time.changes(moved, lang)] for lang in ("zh", "en")
    )
    assert {"数据"} <= set(chinese[0]["by"]) <= {"数据", "期限", "年份", "报告", ""}
    assert {"计划"} <= set(chinese[0]["planned"].dropna())
    assert {"隐去", "80.0亿元"} <= set(chinese[0]["figure"].dropna())
    assert {"隐去", "计划", "已披露"} <= set(chinese[1]["state"])
    assert set(chinese[2]["what"]) <= {"数据", "进度", "事物", "关系"}
    assert set(chinese[2]["change"]) <= {"新出现", "不再提及", "变化"}
    assert {"figure"} <= set(english[0]["by"])
    assert {"withheld", "planned", "disclosed"} <= set(english[1]["state"])
    assert {"changed", "came"} <= set(english[2]["change"])


def test_a_timeline_ends_with_what_has_no_time(told: Build):
    made = told(undated="云杉软件园总建筑面积12万平方米。\n")
    with made.reading() as store:
        entries = timeline(store, str(thing_called(store, "云杉软件园")))
    times = [one.when for one in entries]
    assert None in times
    assert times == sorted(times, key=lambda when: (when is None, *((when.end, when.start) if when else ())))


def test_changes_tell_stages_figures_and_things(told: Build):
    with told().reading() as store:
        found = changes(store, day("2022"), day("2023H2"))
    assert (found.before, found.after, found.undated) == (("y2022",), ("y2023",), ())
    told_so = {(one.what, one.kind, one.name, one.of) for one in found.found}
    assert ("stage", "changed", "云杉软件园二期项目", "") in told_so
    assert ("figure", "changed", "临湖区", "高新技术企业总数") in told_so
    assert ("thing", "came", "临湖松果芯片有限公司", "Enterprise") in told_so
    grown = next(one.grown for one in found.found if one.of == "高新技术企业总数")
    assert grown is not None and grown.low is not None and round(grown.low, 4) == Decimal("0.1667")


def test_a_period_without_reports_is_told(told: Build):
    with told().reading() as store, pytest.raises(QueryError, match="No report is of 2019-01-01 to 2019-12-31"):
        changes(store, day("2019"), day("2023"))


def figure(printed: str, value: str, unit: str, sentence: str = "", growth: str | None = None, **more: object) -> Figure:
    made = {"indicator": "税收", "disclosure": Disclosure.DISCLOSED, "period": day("2023"), "planned": False, **more}
    rate = Decimal(growth) if growth else None
    return Figure("f", "s", "甲区", "甲区", value=Decimal(value), unit=unit, printed=printed, growth=rate,
                  told=(Told("p", sentence, "d"),), **made)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "value", "unit", "low", "high"),
    [
        ("12.3亿元", "1230000000", "CNY", "1225000000", "1235000000"),
        ("12.30亿元", "1230000000", "CNY", "1229500000", "1230500000"),
        ("28316万元", "283160000", "CNY", "283155000", "283165000"),
        ("47.4%", "0.474", "1", "0.4735", "0.4745"),
        ("1.5万家", "15000", "家", "14500", "15500"),
        ("719家", "719", "家", "719", "719"),
    ],
)
def test_a_figure_may_be_off_by_half_of_its_last_digit(printed: str, value: str, unit: str, low: str, high: str):
    assert size_of(figure(printed, value, unit)) == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("sentence", "growth", "low", "high"),
    [
        ("同比增长8.5%。", "0.085", "0.0845", "0.0855"),
        ("同比增长50%。", "0.5", "0.495", "0.505"),
        ("同比下降3.0%。", "-0.03", "-0.0305", "-0.0295"),
    ],
)
def test_a_rate_may_be_off_by_half_of_its_last_digit(sentence: str, growth: str, low: str, high: str):
    assert growth_of(figure("1亿元", "100000000", "CNY", sentence, growth)) == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("sentence", "words", "kind"),
    [
        ("截至6月底,园区引进企业20家。", "引进企业", TimeKind.STOCK),
        ("基地累计引进企业20家。", "引进企业", TimeKind.STOCK),
        ("1-6月,累计引进企业20家。", "引进企业", TimeKind.CUMULATIVE),
        ("上半年累计新入库企业20家。", "入库企业", TimeKind.CUMULATIVE),
        ("上半年新增在孵企业20家。", "新增在孵企业", TimeKind.CUMULATIVE),
        ("园区在孵企业20家。", "在孵企业", TimeKind.STOCK),
        ("上半年签约项目20家。", "签约项目", TimeKind.CUMULATIVE),
    ],
)
def test_words_tell_what_there_is_from_what_came(sentence: str, words: str, kind: TimeKind):
    told = figure("20家", "20", "家", sentence, indicator=words, words=words)
    assert kind_of(told, day("2023H1")) == kind


@given(
    before=st.decimals(1, 10**6, places=2), after=st.decimals(1, 10**6, places=2),
    near=st.decimals(0, Decimal("0.5"), places=3), far=st.decimals(0, Decimal("0.5"), places=3),
)  # fmt: skip
def test_the_true_growth_lies_in_what_follows_from_rounded_figures(before: Decimal, after: Decimal, near: Decimal, far: Decimal):
    old, new = (Interval(one - Decimal("0.5"), one + Decimal("0.5")) for one in (before, after))
    grown = old.grown_to(new)
    assert grown is not None and grown.low is not None and grown.high is not None
    truth = (after - far) / (before + near) - 1
    assert grown.low - Decimal("1e-20") <= truth <= grown.high + Decimal("1e-20")


@given(st.dates(dt.date(2, 1, 1)), st.dates(dt.date(2, 1, 1)))
def test_the_year_before_is_a_period_too(first: dt.date, last: dt.date):
    start, end = sorted((first, last))
    assert a_year_before(Period(start, end)).end.year == end.year - 1
