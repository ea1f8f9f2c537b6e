"""A table that a person reads: columns stand below each other, nothing is cut off, and it fits the terminal where it can."""

import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from kg.show.terminal import fitted, lines

CELLS = st.text("甲乙园区ab1 –（\n", max_size=30)


def test_columns_stand_below_each_other_though_a_chinese_character_takes_two_places():
    assert list(lines(["name", "值"], [["云舟公司", "12"], ["A", "3亿元"]], 80)) == ["name      值", "云舟公司  12", "A         3亿元"]


def test_a_cell_that_does_not_fit_goes_on_below():
    told = list(lines(["name", "told"], [["云舟", "与蓝石集团开展合作"]], 16))
    assert told == ["name  told", "云舟  与蓝石集团", "      开展合作"]


def test_the_lines_of_a_cell_stay_lines_and_a_tab_is_a_space():
    assert list(lines(["a", "b"], [["1\n2", "x\ty"]], 80)) == ["a  b", "1  x y", "2"]


def test_a_row_without_a_word_is_an_empty_line():
    assert list(lines(["a"], [[""], ["x"]], 80)) == ["a", "", "x"]


def test_a_table_without_columns_or_rows():
    assert list(lines([], [], 80)) == []
    assert list(lines(["name"], [], 80)) == ["name"]


def test_the_widest_columns_give_way_first():
    assert fitted([4, 50, 10], 40) == [4, 22, 10]
    assert fitted([30, 30], 22) == [10, 10]
    assert fitted([31, 30], 21) == [10, 9]


def test_a_table_of_many_columns_becomes_wider_than_the_terminal():
    assert fitted([10] * 20, 80) == [4] * 20


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), st.integers(20, 60))
def test_nothing_is_lost_and_no_line_is_too_long(rows: list[list[str]], places: int):
    told = list(lines(["一", "二", "三"], rows, places))
    assert all(wcwidth.width(line) <= places for line in told)
    printed, meant = "".join(told), "".join(cell for row in rows for cell in row)
    for sign in "甲乙园区ab1–（":
        assert printed.count(sign) == meant.count(sign)
