"""Withheld figures bounded: the truth always lies in the interval, what can be known is known, contradictions are named."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Disclosure, Period
from kg.reason.bounds.exact import multipliers
from kg.reason.bounds.linear import Premise, Quantity, SeriesKey, at_least, at_most, no_more
from kg.reason.bounds.outcomes import Findings, findings
from kg.reason.bounds.premises import known
from kg.reason.bounds.quantities import Naming, year_before
from kg.reason.bounds.rounding import growth_of, span_of
from kg.reason.bounds.solve import smallest_contradiction, solve
from kg.reason.records import Figure, Told
from tests.reason.worlds import world

ONE = Fraction(1)
H1 = {year: Period(dt.date(year, 1, 1), dt.date(year, 6, 30)) for year in (2021, 2022, 2023)}


@given(st.integers(min_value=0, max_value=2**64))
@settings(max_examples=500)
def test_the_truth_lies_in_the_interval(seed: int):
    made = world(random.Random(seed))  # noqa: S311  # no secret
    true = made.values()
    what = known(made.figures, made.naming())
    for premise in what.premises:
        for row in premise.rows:
            if all(quantity in true for quantity in row.terms):
                assert sum(factor * true[quantity] for quantity, factor in row.terms.items()) <= row.most, premise.says
    found = findings(what)
    assert found.contradictions == ()
    for one in found.bounded:
        low, high = one.interval.lower, one.interval.upper
        assert low is None or low.value <= true[one.quantity]
        assert high is None or true[one.quantity] <= high.value


def figure(told: str | None, sentence: str, year: int = 2023, **more: object) -> Figure:
    given = {
        "iri": sentence, "subject": "id:甲园", "name": "甲园", "about": "甲园", "indicator": "税收", "planned": False,
        "disclosure": Disclosure.WITHHELD if told is None else Disclosure.DISCLOSED, "period": H1[year], "unit": "CNY",
        "told": (Told(f"doc:{sentence}", sentence, str(year)),), "printed": "" if told is None else f"{told}亿元",
        "value": None if told is None else Decimal(told) * 10**8,
    } | more  # fmt: skip
    return Figure(**given)  # type: ignore[arg-type]


def found_of(*figures: Figure) -> Findings:
    names = {one.subject: frozenset({one.name}) for one in figures if one.subject}
    return findings(known(figures, Naming({}, names, {})))


def ends(found: Findings, number: int = 0) -> tuple[Fraction | None, Fraction | None]:
    interval = found.bounded[number].interval
    return interval.lower and interval.lower.value, interval.upper and interval.upper.value


def test_growth_and_last_year_give_this_year_to_rounding():
    found = found_of(
        figure("12.3", "甲园税收12.3亿元。", 2022),
        figure(None, "甲园税收XX亿元，同比增长8.5%。", growth=Decimal("0.085")),
    )
    assert ends(found) == (Fraction("12.25") * Fraction("1.0845") * 10**8, Fraction("12.35") * Fraction("1.0855") * 10**8)
    assert [one.kind for one in found.bounded[0].interval.rests_on] == ["premise-value", "premise-growth"]


def test_growth_and_this_year_give_last_year_to_rounding():
    found = found_of(
        figure(None, "甲园税收XX亿元。", 2022),
        figure("12.3", "甲园税收12.3亿元，同比下降8.0%。", growth=Decimal("-0.08")),
    )
    assert ends(found) == (Fraction("12.25") / Fraction("0.9205") * 10**8, Fraction("12.35") / Fraction("0.9195") * 10**8)


def test_growth_over_two_years_is_followed():
    found = found_of(
        figure("10.0", "甲园税收10.0亿元。", 2021),
        figure(None, "甲园税收XX亿元，同比增长10.0%。", 2022, growth=Decimal("0.1")),
        figure(None, "甲园税收**亿元，同比增长20.0%。", 2023, growth=Decimal("0.2")),
    )
    assert ends(found, 1) == (
        Fraction("9.95") * Fraction("1.0995") * Fraction("1.1995") * 10**8,
        Fraction("10.05") * Fraction("1.1005") * Fraction("1.2005") * 10**8,
    )


def test_nothing_known_is_no_finding():
    found = found_of(figure(None, "甲园税收XX亿元，同比增长8.5%。", growth=Decimal("0.085")))
    assert found.bounded == ()
    assert [one.about for one in found.unbounded] == ["甲园"]


def test_the_whole_less_the_other_parts():
    sentence = "全区税收100亿元，其中甲园XX亿元，乙园30亿元。"
    found = found_of(
        figure("100", sentence, iri="w", subject="id:区", name="某区", about="某区"),
        figure(None, sentence, iri="a"),
        figure("30", sentence, iri="b", subject="id:乙园", name="乙园", about="乙园"),
    )
    assert ends(found) == (0, Fraction("71") * 10**8)  # 100.5 - 29.5


def test_parts_that_make_up_a_whole_leave_the_rest():
    sentence = "企业营业收入90.4亿元，由工业和服务业两部分构成，其中工业企业营业收入XX亿元，服务业企业营业收入20.7亿元。"

    def group(told: str | None, about: str) -> Figure:
        return figure(told, sentence, iri=about, about=about, indicator="营业收入")

    found = found_of(group("90.4", "甲园企业"), group(None, "甲园工业企业"), group("20.7", "甲园服务业企业"))
    assert ends(found) == (Fraction("69.6") * 10**8, Fraction("69.8") * 10**8)
    other = sentence.replace("，由工业和服务业两部分构成", "")
    apart = [group("90.4", "甲园企业"), group(None, "甲园工业企业"), group("20.7", "甲园服务业企业")]
    found = found_of(*(replace(one, told=(Told("p", other, "2023"),)) for one in apart))
    assert ends(found) == (0, Fraction("90.45") * 10**8)


def test_a_class_of_firms_is_no_more_than_the_whole_and_overlaps_others():
    sentence = "企业共900家，其中高新技术企业XX家，专精特新企业700家。"
    whole = figure(None, sentence, iri="w", indicator="企业数", unit="家", value=Decimal(900), printed="900家",
                   disclosure=Disclosure.DISCLOSED)  # fmt: skip
    part = figure(None, sentence, iri="a", indicator="高新技术企业", unit="家")
    other = figure(None, sentence, iri="b", indicator="专精特新企业", unit="家", value=Decimal(700), printed="700家",
                   disclosure=Disclosure.DISCLOSED)  # fmt: skip
    assert ends(found_of(whole, part, other)) == (0, 900)


def test_a_sum_of_what_is_listed_is_exact_to_rounding():
    sentence = "甲园、乙园税收分别为XX亿元、12.4亿元，合计22.6亿元。"
    found = found_of(
        figure(None, sentence, iri="a"),
        figure("12.4", sentence, iri="b", subject="id:乙园", name="乙园", about="乙园"),
        figure("22.6", sentence, iri="w", subject="id:区", name="某区", about="某区"),
    )
    assert ends(found) == (Fraction("10.1") * 10**8, Fraction("10.3") * 10**8)


def test_a_longer_period_holds_no_less():
    longer = Period(dt.date(2023, 1, 1), dt.date(2023, 9, 30))
    found = found_of(figure("5.0", "甲园税收5.0亿元。"), figure(None, "1-9月甲园税收XX亿元。", period=longer))
    assert ends(found) == (Fraction("4.95") * 10**8, None)


def test_quarters_make_up_the_half_year():
    first, second = (Period(dt.date(2023, a, 1), dt.date(2023, b, c)) for a, b, c in ((1, 3, 31), (4, 6, 30)))
    found = found_of(
        figure("2.0", "一季度甲园税收2.0亿元。", period=first),
        figure(None, "二季度甲园税收XX亿元。", period=second),
        figure("5.0", "上半年甲园税收5.0亿元。"),
    )
    assert ends(found) == (Fraction("2.9") * 10**8, Fraction("3.1") * 10**8)


def test_a_profit_may_fall_within_a_year():
    longer = Period(dt.date(2023, 1, 1), dt.date(2023, 9, 30))
    found = found_of(
        figure("5.0", "甲园利润总额5.0亿元。", indicator="利润总额"),
        figure(None, "1-9月甲园利润总额XX亿元。", indicator="利润总额", period=longer),
    )
    assert found.bounded == ()


def test_the_second_lies_between_the_first_and_the_third():
    def park(name: str, value: str | None, rank: int) -> Figure:
        printed = "XX" if value is None else value
        return figure(value, f"{name}税收{printed}亿元，居全区第{rank}。", subject=f"id:{name}", name=name, about=name,
                      rank=rank, rank_scope="全区")  # fmt: skip

    found = found_of(park("甲园", "9.0", 1), park("乙园", None, 2), park("丙园", "4.0", 3))
    assert ends(found) == (Fraction("3.95") * 10**8, Fraction("9.05") * 10**8)


def test_a_park_is_not_ranked_among_districts():
    district = figure(None, "某区税收XX亿元，居全市第3。", subject="id:某区", name="某区", about="某区", rank=3, rank_scope="全市")
    park = figure("2.0", "甲园税收2.0亿元，居全市第2。", rank=2, rank_scope="全市")
    names = {"id:某区": frozenset({"某区"}), "id:甲园": frozenset({"甲园"})}
    kinds = {"id:某区": frozenset({"Place"}), "id:甲园": frozenset({"Park"})}
    assert findings(known((district, park), Naming({}, names, {}, kinds=kinds))).bounded == ()


def test_a_rank_of_growth_says_nothing_of_size():
    first = figure("9.0", "甲园税收9.0亿元，增速居全区第1。", rank=1, rank_scope="全区")
    second = figure(None, "乙园税收XX亿元，增速居全区第2。", subject="id:乙园", name="乙园", about="乙园", rank=2, rank_scope="全区")
    assert found_of(first, second).bounded == ()


@pytest.mark.parametrize("words", ["按可比价计算同比增长8.5%", "剔除留抵退税因素后同比增长8.5%", "三年平均增长8.5%"])
def test_a_growth_on_another_basis_is_not_used(words: str):
    found = found_of(figure("12.3", "甲园税收12.3亿元。", 2022), figure(None, f"甲园税收XX亿元，{words}。", growth=Decimal("0.085")))
    assert found.bounded == ()


def test_a_growth_at_constant_prices_is_not_used():
    given = {"indicator": "规模以上工业增加值"}
    found = found_of(
        figure("12.3", "甲园规模以上工业增加值12.3亿元。", 2022, **given),
        figure(None, "甲园规模以上工业增加值XX亿元，同比增长8.5%。", growth=Decimal("0.085"), **given),
    )
    assert found.bounded == ()


def test_a_count_is_whole():
    counted = {"indicator": "高新技术企业", "unit": "家"}
    last = figure(None, "高新技术企业100家。", 2022, value=Decimal(100), printed="100家", disclosure=Disclosure.DISCLOSED, **counted)
    found = found_of(last, figure(None, "高新技术企业XX家，同比增长8.5%。", growth=Decimal("0.085"), **counted))
    assert found.bounded == ()
    assert [len(one) for one in found.contradictions] == [2]  # 108.45 to 108.55 holds no whole number
    last = figure(None, "高新技术企业103家。", 2022, value=Decimal(103), printed="103家", disclosure=Disclosure.DISCLOSED, **counted)
    assert ends(found_of(last, figure(None, "高新技术企业XX家，同比增长8.7%。", growth=Decimal("0.087"), **counted))) == (112, 112)


def test_the_smallest_contradictory_set_is_named():
    found = found_of(
        figure("10.0", "甲园税收10.0亿元。", 2021),
        figure("12.3", "甲园税收12.3亿元。", 2022),
        figure("20.0", "甲园税收达20.0亿元。", 2022, iri="again"),
        figure(None, "甲园税收XX亿元，同比增长8.5%。", growth=Decimal("0.085")),
    )
    [named] = found.contradictions
    assert {one.sentence for premise in named for one in premise.told} == {"甲园税收12.3亿元。", "甲园税收达20.0亿元。"}
    assert found.bounded == ()


def test_a_growth_that_fits_no_two_values_is_named_with_both():
    found = found_of(
        figure("10.0", "甲园税收10.0亿元。", 2021),
        figure("12.3", "甲园税收12.3亿元，同比增长8.5%。", 2022, growth=Decimal("0.085")),
        figure(None, "甲园税收XX亿元，同比增长1.0%。", growth=Decimal("0.01")),
    )
    [named] = found.contradictions
    assert sorted(premise.kind for premise in named) == ["premise-growth", "premise-value", "premise-value"]


def test_premises_that_touch_are_no_contradiction():
    found = found_of(
        figure("12.3", "甲园税收12.3亿元。", 2022),
        figure("12.4", "甲园税收12.4亿元。", 2022),  # both if it was 12.35
        figure(None, "甲园税收XX亿元，同比增长10.0%。", growth=Decimal("0.1")),
    )
    assert found.contradictions == ()
    assert ends(found) == (Fraction("12.35") * Fraction("1.0995") * 10**8, Fraction("12.35") * Fraction("1.1005") * 10**8)


def test_a_plan_is_no_premise():
    found = found_of(
        figure("12.3", "甲园税收目标12.3亿元。", 2022, planned=True),
        figure(None, "甲园税收XX亿元，同比增长8.5%。", growth=Decimal("0.085")),
    )
    assert found.bounded == ()


@pytest.mark.parametrize(
    ("printed", "sentence", "low", "high"),
    [
        ("12.3亿元", "税收12.3亿元。", "1225000000", "1235000000"),
        ("12.3亿元", "税收12.30亿元。", "1229500000", "1230500000"),
        ("1234.5万元", "税收1,234.5万元。", "12344500", "12345500"),
    ],
)
def test_a_printed_value_is_rounded_at_its_last_digit(printed: str, sentence: str, low: str, high: str):
    size = Decimal(10**8 if "亿" in printed else 10**4)
    value = Decimal(printed.rstrip("亿万元")) * size
    span = span_of(figure(None, sentence, value=value, printed=printed, disclosure=Disclosure.DISCLOSED))
    assert (span.low, span.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("words", "growth", "low", "high"),
    [
        ("增长8%", "0.08", "0.075", "0.085"),
        ("增长8.0%", "0.08", "0.0795", "0.0805"),
        ("下降5.0%", "-0.05", "-0.0505", "-0.0495"),
        ("增长超过8%", "0.08", "0.075", None),
        ("增长8%以上", "0.08", "0.075", None),
        ("增长近8%", "0.08", None, "0.085"),
        ("下降不足5%", "-0.05", "-0.055", None),
        ("增长约8%", "0.08", None, None),
        ("增长1.2倍", "1.2", "1.15", "1.25"),
    ],
)
def test_a_growth_leaves_open_what_its_words_leave_open(words: str, growth: str, low: str | None, high: str | None):
    span = growth_of(figure("1", f"税收1亿元，同比{words}。", growth=Decimal(growth)))
    assert (span.low, span.high) == (low and Fraction(low), high and Fraction(high))


def test_the_year_before_a_leap_day():
    leap = Quantity(SeriesKey("a", "", "b", "CNY"), dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert (year_before(leap).start, year_before(leap).end) == (dt.date(2023, 2, 1), dt.date(2023, 2, 28))
    after = Quantity(SeriesKey("a", "", "b", "CNY"), dt.date(2025, 2, 1), dt.date(2025, 2, 28))
    assert year_before(after).end == dt.date(2024, 2, 29)


A, B, C = (Quantity(SeriesKey(name, "", "x", "CNY"), dt.date(2023, 1, 1), dt.date(2023, 12, 31)) for name in "abc")


def premise(*rows: object, told: bool = True) -> Premise:
    return Premise("premise-value", "", rows, (Told("p", "s", "d"),) if told else ())  # type: ignore[arg-type]


def test_sizes_far_apart_do_not_disturb_each_other():
    small, huge = Fraction(10**4), Fraction(10**12)
    premises = [
        premise(at_least(A, small)),
        premise(at_most(B, huge)),
        premise(no_more({A: ONE}, {B: ONE})),
        premise(no_more({C: Fraction(1000)}, {A: ONE})),
    ]
    found = solve([*premises, premise(at_most(A, small)), premise(at_least(C, Fraction(0)))], [B, C]).intervals
    assert found[B].lower and found[B].lower.value == small
    assert found[C].upper and found[C].upper.value == small / 1000


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-9, 9), st.integers(-9, 9)), max_size=8), st.integers(0, 2))
@settings(max_examples=200)
def test_no_premise_can_be_left_out_of_a_smallest_contradiction(rows: list[tuple[int, int, int]], number: int):
    names = (A, B, C)
    premises = [premise(at_most(names[n], Fraction(most)), at_least(names[n], Fraction(most - 2))) for n, _, most in rows]
    premises += [premise(no_more({names[n]: ONE}, {names[number]: Fraction(factor)})) for n, factor, _ in rows if factor and n != number]
    named = smallest_contradiction(premises)
    for one in named:
        assert not smallest_contradiction([other for other in named if other is not one])
    assert bool(named) == bool(smallest_contradiction(list(named)))


def test_multipliers_are_exact_or_none():
    rows = [{"a": Fraction(1, 3), "b": Fraction(1)}, {"b": Fraction(-1)}]
    assert multipliers(rows, {"a": ONE}) == [3, 3]
    assert multipliers(rows, {"a": -ONE}) is None
    assert multipliers([{"a": ONE}], {"b": ONE}) is None
