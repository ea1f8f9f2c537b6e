"""What static analysis reports is accepted with a date and a reason, or it fails the check."""

import pytest

from tests.audit import accepted, differences

ENTRY = '[[accepted]]\ntest = "B301"\nfile = "kg/a.py"\ndate = 2026-02-03\nwhy = "{why}"\n'


def test_a_report_that_nobody_accepted_is_told() -> None:
    found = {("B602", "kg/b.py"): "kg/b.py:7: B602 subprocess call with shell=True"}
    assert differences(found, set()) == ["kg/b.py:7: B602 subprocess call with shell=True"]


def test_an_accepted_report_is_silent_in_its_own_file_only() -> None:
    known = accepted(ENTRY.format(why="A number of ours."))
    assert differences({("B301", "kg/a.py"): "kg/a.py:1: B301 pickle"}, known) == []
    assert "kg/c.py:1: B301 pickle" in differences({("B301", "kg/c.py"): "kg/c.py:1: B301 pickle"}, known)


def test_an_entry_that_nothing_reports_any_more_is_told() -> None:
    known = accepted(ENTRY.format(why="A number of ours."))
    assert differences({}, known) == ["accepted.toml: nothing reports B301 in kg/a.py any more. Take the entry out."]


def test_an_entry_needs_a_reason() -> None:
    with pytest.raises(ValueError, match=r"B301 in kg/a\.py needs a date and a reason"):
        accepted(ENTRY.format(why=" "))
