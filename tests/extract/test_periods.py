"""Stretches of time as reports write them, and words that only look like one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.words.periods import due_date, periods
from kg.model import Period

REPORT = Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


@pytest.mark.parametrize(("text", "last"), [("前三个月营收3亿元", 3), ("前十个月营收3亿元", 10), ("前11个月营收3亿元", 11)])
def test_the_first_months_of_a_year_are_counted(text: str, last: int):
    ((_, _, told),) = periods(text, REPORT)
    assert (told.start, told.end.month) == (dt.date(2023, 1, 1), last)


@pytest.mark.parametrize("text", ["前三五个月营收3亿元", "前三十个月营收3亿元"])
def test_months_that_no_year_has_are_no_stretch_of_it(text: str):
    assert periods(text, REPORT) == []


@given(st.text(alphabet="前上下半年月季度底末至到今去明本0123456789一二三四五六七八九十两个全-”。", max_size=14))
def test_any_words_of_time_are_read_or_left(text: str):
    for start, end, told in periods(text, REPORT):
        assert 0 <= start < end <= len(text)
        assert told.start <= told.end
    assert due_date(text, REPORT) is None or due_date(text, REPORT).year >= 2000
