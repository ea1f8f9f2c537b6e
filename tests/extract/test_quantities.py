from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.words.quantities import numeral, quantities
from kg.model import Disclosure
from kg.units import base_value


def only(text: str):
    [found] = quantities(text, [])
    return found


@pytest.mark.parametrize("text", ["XX亿元", "X项", "**家", "XXX万元", "**.*亿元", "××人"])
def test_a_masked_figure_is_never_a_number(text: str):
    found = only(text)
    assert (found.disclosure, found.value, found.lower, found.upper) == (Disclosure.WITHHELD, None, None, None)


def test_a_masked_rate_is_withheld():
    assert (only("同比增长*%").disclosure, only("同比增长*%").value) == (Disclosure.WITHHELD, None)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("35家", "35", "家"),
        ("1,234.5亿元", "1234.5", "亿元"),
        ("860万元", "860", "万元"),
        ("3.2万平方米", "3.2", "万平方米"),
        ("三千五百万元", "3500", "万元"),
        ("两家", "2", "家"),
        ("十二项", "12", "项"),
        ("20小项", "20", "项"),
        ("5亿美元", "5", "亿美元"),
    ],
)
def test_a_figure_has_its_value_in_its_unit(text: str, value: str, unit: str):
    found = only(text)
    assert (found.value, found.unit, found.disclosure) == (Decimal(value), unit, Disclosure.DISCLOSED)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("30余场", "30", None, "场"),
        ("20多亿元", "20", None, "亿元"),
        ("数十亿", "10", "100", "亿"),
        ("数千人", "1000", "10000", "人"),
        ("百亿", "100", None, "亿"),
        ("上千人", "1000", None, "人"),
        ("3-5家", "3", "5", "家"),
        ("50家以上", "50", None, "家"),
        ("突破50亿元", "50", None, "亿元"),
        ("不少于80家", "80", None, "家"),
        ("逾3万人", "3", None, "万人"),
        ("不超过5天", None, "5", "天"),
        ("九成以上", "0.9", None, "%"),
        ("超过80%", "0.8", None, "%"),
        ("不高于3%", None, "0.03", "%"),
    ],
)
def test_a_rough_figure_has_the_bounds_that_its_words_give(text: str, lower: str | None, upper: str | None, unit: str):
    found = only(text)
    assert found.disclosure is Disclosure.APPROXIMATE
    assert found.value is None
    assert (found.lower, found.upper) == (Decimal(lower) if lower else None, Decimal(upper) if upper else None)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [("约200人", "200", None, "人"), ("3亿元左右", "3", None, "亿元"), ("近百家", "100", "100", "家"), ("接近40亿元", "40", "40", "亿元")],
)
def test_a_round_figure_keeps_the_value_that_its_words_name(text: str, value: str, upper: str | None, unit: str):
    found = only(text)
    assert found.disclosure is Disclosure.APPROXIMATE
    assert (found.value, found.lower, found.upper) == (Decimal(value), None, Decimal(upper) if upper else None)
    assert found.unit == unit


@pytest.mark.parametrize("text", ["2022年", "1-6月", "5月8日", "第十四批", "第3届", "五大领域", "一批企业", "A1-02地块", "双方", "十四五"])
def test_dates_ordinals_codes_and_idioms_are_no_figures(text: str):
    assert quantities(text, []) == []


@pytest.mark.parametrize(
    ("text", "growth"),
    [
        ("同比增长12.5%", "0.125"),
        ("同比下降3%", "-0.03"),
        ("较上年同期增加17", "0.17"),
        ("比上年减少8.2%", "-0.082"),
        ("同比增长1.2倍", "1.2"),
        ("实现翻番", "1"),
        ("增幅达30%", "0.3"),
    ],
)
def test_growth_is_a_fraction_with_its_sign(text: str, growth: str):
    found = only(text)
    assert (found.kind, found.value) == ("growth", Decimal(growth))


def test_percentage_points_are_no_growth():
    assert only("提高3.2个百分点").kind == "points"


@pytest.mark.parametrize(("text", "rank"), [("全市第1", 1), ("排名全省第二", 2), ("居全省第3", 3), ("增速全市排名第1", 1)])
def test_a_rank_counts_from_one(text: str, rank: int):
    found = only(text)
    assert (found.kind, found.value) == ("rank", Decimal(rank))


@given(st.integers(0, 10**12))
def test_a_number_reads_the_same_in_digits_and_in_chinese(number: int):
    assert numeral(chinese(number)) == number == numeral(f"{number:,}")


def chinese(number: int) -> str:
    """A number in Chinese numerals, written out group by group."""
    if number == 0:
        return "零"
    for size, word in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return chinese(head) + word + (gap + chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@given(st.text(alphabet="X*0123456789.,一二三十百千万亿余多近数约超家个项人元%同比增长第全市排名()年月-", max_size=40))
def test_any_text_gives_figures_that_lie_in_it(text: str):
    for found in quantities(text, []):
        assert 0 <= found.start < found.end <= len(text)
        assert found.disclosure is not Disclosure.WITHHELD or found.value is None


@pytest.mark.parametrize(
    ("value", "unit", "base", "code"),
    [
        ("12.5", "亿元", "1250000000.0", "CNY"),
        ("860", "万元", "8600000", "CNY"),
        ("3", "万平方米", "30000", "M2"),
        ("35", "家", "35", "家"),
        ("31.4", "%", "0.314", "1"),
    ],
)
def test_a_figure_is_kept_in_its_base_unit(value: str, unit: str, base: str, code: str):
    assert base_value(Decimal(value), unit) == (Decimal(base), code)
