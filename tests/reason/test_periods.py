"""Periods as a user names them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.extract.words.periods import plan_period
from kg.model import Period
from kg.reason.periods import overlap, period_of


def days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023H1", "2023-01-01", "2023-06-30"),
        ("2023-h2", "2023-07-01", "2023-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023M06", "2023-06-01", "2023-06-30"),
        ("2023-06-30", "2023-06-30", "2023-06-30"),
        ("2022-01..2022-06", "2022-01-01", "2022-06-30"),
        ("2022H2..2023H1", "2022-07-01", "2023-06-30"),
        ("2022/2023", "2022-01-01", "2023-12-31"),
        ("2023年上半年", "2023-01-01", "2023-06-30"),
        ("2023 年 1—9 月", "2023-01-01", "2023-09-30"),
        ("2023年6月", "2023-06-01", "2023-06-30"),
        ("２０２３Ｈ１", "2023-01-01", "2023-06-30"),
        ("2022年下半年..2023年二季度", "2022-07-01", "2023-06-30"),
    ],
)
def test_a_period_is_named_as_offices_and_standards_name_it(words, first, last):
    assert period_of(words) == days(first, last)


@pytest.mark.parametrize("words", ["", " ", "上半年", "2023-13", "2023-02-30", "2023年2月30日", "2023H3", "..2023", "2023..", "20233"])
def test_what_names_no_period_is_told_with_what_does(words):
    with pytest.raises(UsageError, match=r"names no period\. Give 2023, 2023H1"):
        period_of(words)


def test_a_stretch_is_named_from_its_first_part_to_its_last():
    with pytest.raises(UsageError, match=r"'2023H1\.\.2022' ends before it starts"):
        period_of("2023H1..2022")


@given(first=st.dates(dt.date(1000, 1, 1)), last=st.dates(dt.date(1000, 1, 1)))
def test_days_that_are_named_are_the_days_read(first, last):
    start, end = sorted((first, last))
    assert period_of(f"{start}..{end}") == Period(start, end)


@given(st.text(max_size=12))
def test_any_words_give_a_period_or_one_line(words):
    try:
        assert period_of(words).start <= period_of(words).end
    except UsageError as error:
        assert "\n" not in str(error).replace(words, "")


def test_periods_overlap_where_they_share_a_day():
    assert overlap(days("2023-01-01", "2023-06-30"), days("2023-06-30", "2023-07-01"))
    assert not overlap(days("2023-01-01", "2023-06-30"), days("2023-07-01", "2023-12-31"))


def test_plans_of_a_report_of_the_last_year_that_dates_have_are_of_that_year():
    last = days("9999-01-01", "9999-12-31")
    assert plan_period("", last) == last
    assert plan_period("", days("2023-01-01", "2023-12-31")) == days("2024-01-01", "2024-12-31")
