"""Letters that a recognition put for digits: read as digits only where the context proves it, and recorded."""

from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.extract.text.repair import repaired, repairs
from tests.conftest import facts_of

PROVEN = {
    "a year": ("2O22年", "2022年"),
    "a count": ("l5家", "15家"),
    "a rate": ("增长1O.5%", "增长10.5%"),
    "a sum": ("投资3.O亿元", "投资3.0亿元"),
    "with separators": ("1,2OO万元", "1,200万元"),
    "a plot in brackets": ("Bl03(东地块)", "B103(东地块)"),
    "a plot": ("C-O2地块", "C-02地块"),
}


@pytest.mark.parametrize(("printed", "read"), PROVEN.values(), ids=PROVEN.keys())
def test_a_slip_is_read_where_the_context_proves_it(printed: str, read: str):
    assert repaired(printed, repairs(printed)) == read


@pytest.mark.parametrize("text", ["O2O平台", "I期项目", "IoT设备5G", "lO家", "LED灯", "MCU芯片", "Al02", "AI企业"])
def test_what_the_context_does_not_prove_stays(text: str):
    assert repairs(text) == ()


def test_the_text_stays_as_printed_and_the_reading_is_recorded(tmp_path: Path):
    text = "2O22年引进企业l5家,同比增长1O.5%。"
    [seen] = facts_of(text).observations
    assert (seen.value, seen.growth) == (15, Decimal("0.105"))
    path = tmp_path / "report.txt"
    path.write_text(f"南山区科委2022年工作总结\n{text}", encoding="utf-8")
    graph = kg.open(tmp_path / "graph")
    graph.ingest([path])
    told = graph.query(
        "SELECT ?words ?repair ?sure { ?p nif:anchorOf ?words ; ino:repair ?repair ; ino:confidence ?sure } ORDER BY ?repair"
    )
    assert set(told["words"]) == {text}
    assert list(told["repair"]) == ["1O.5 → 10.5", "2O22 → 2022", "l5 → 15"]
    assert set(told["sure"]) == {0.9}
    assert graph.validate() == []
