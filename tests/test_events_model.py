"""An event holds the sides of its kind and no others, and none that say nothing together."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.as_json import as_json
from kg.model import (
    AwardGrant,
    Commitment,
    Cooperation,
    Document,
    Event,
    Facts,
    FundingGrant,
    Honour,
    Milestone,
    PolicyAction,
    Recognition,
    Span,
)
from kg.read import read
from tests.extract.marked import facts_with

AT = Span(0, 4)

IMPOSSIBLE: dict[str, Callable[[], Event]] = {
    "joint work of one": lambda: Cooperation(AT, participants=("云舟科技",)),
    "joint work of one with itself": lambda: Cooperation(AT, participants=("云舟科技", "云舟科技")),
    "joint work with nobody": lambda: Cooperation(AT, participants=("", "云舟科技")),
    "joint work of two of whom one stands twice": lambda: Cooperation(AT, participants=("云舟科技", "江南大学", "云舟科技")),
    "joint work on a thing without a name": lambda: Cooperation(AT, ""),
    "joint work in a field without a name": lambda: Cooperation(AT, "云湖芯片园", fields=(" ",)),
    "money for nothing": lambda: FundingGrant(AT, "", amount=Decimal(50), unit="万元"),
    "a sum of nothing": lambda: FundingGrant(AT, "星火计划", amount=Decimal(0), unit="万元"),
    "a sum below nothing": lambda: FundingGrant(AT, "星火计划", amount=Decimal("-0.5"), unit="万元"),
    "a sum that is no number": lambda: FundingGrant(AT, "星火计划", amount=Decimal("NaN"), unit="万元"),
    "a sum without an end": lambda: FundingGrant(AT, "星火计划", amount=Decimal("Infinity"), unit="万元"),
    "an award that the characters of a name took": lambda: AwardGrant(AT, "省科技进步奖", "云舟科技"),
    "a sum without a unit": lambda: FundingGrant(AT, "星火计划", amount=Decimal(50), unit=""),
    "money for no projects": lambda: FundingGrant(AT, "星火计划", amount=Decimal(50), unit="万元", projects=0),
    "money that one gives twice": lambda: FundingGrant(AT, "星火计划", ("云湖区科委", "云湖区科委"), unit="万元"),
    "a stage of nothing": lambda: Milestone(AT, "", status="开工"),
    "a project at no stage": lambda: Milestone(AT, "云湖芯片园", status=""),
    "a project at a blank stage": lambda: Milestone(AT, "云湖芯片园", status=" "),
    "a part without a name": lambda: Milestone(AT, "云湖芯片园", part="", status="开工"),
    "a policy with which nothing is done": lambda: PolicyAction(AT, "云湖区数据条例", status=""),
    "an award without a name": lambda: AwardGrant(AT, ""),
    "an award called by a blank": lambda: AwardGrant(AT, "\u3000"),
    "an award that one without a name took": lambda: AwardGrant(AT, "省科技进步奖", ("",)),
    "an award that nobody took": lambda: AwardGrant(AT, "省科技进步奖", recipients=0),
    "a title that fewer than nobody took": lambda: Recognition(AT, "瞪羚企业", recipients=-3),
    "a class of takers without a count": lambda: Recognition(AT, "瞪羚企业", recipient_type="Enterprise"),
    "a year before all years": lambda: AwardGrant(AT, "省科技进步奖", year=0),
    "a promise of nothing": lambda: Commitment(AT, ""),
}


@pytest.mark.parametrize("make", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_impossible_event_cannot_be_made(make: Callable[[], Event]):
    with pytest.raises(ValueError, match=r"cannot be|has two participants|need a count"):
        make()


def test_an_event_cannot_become_impossible():
    with pytest.raises(ValueError, match="the recipients of a AwardGrant cannot be 0"):
        replace(AwardGrant(AT, "省科技进步奖", recipients=3), recipients=0)


def test_an_event_is_always_of_a_kind():
    for make in (lambda: Event(AT), lambda: Honour(AT, "省科技进步奖")):
        with pytest.raises(
            TypeError, match="an event is one of Cooperation, AwardGrant, FundingGrant, PolicyAction, Milestone, Commitment, R"
        ):
            make()


def test_an_event_needs_the_sides_of_its_kind_and_takes_no_others():
    for kind, sides in (
        (FundingGrant, {}),
        (Milestone, {}),
        (PolicyAction, {"due": None}),
        (Milestone, {"status": "开工", "amount": Decimal(5)}),
    ):
        with pytest.raises(TypeError, match=r"status|unit|amount"):
            kind(AT, "云湖芯片园", **sides)
    with pytest.raises(TypeError, match="planned"):
        Commitment(AT, "云湖芯片园", planned=False)  # type: ignore[call-arg]


POSSIBLE = {
    "joint work on a thing alone": (Cooperation(AT, "云湖芯片园"), {"object": "云湖芯片园"}),
    "joint work of two": (Cooperation(AT, participants=("云舟科技", "江南大学")), {"participants": ["云舟科技", "江南大学"]}),
    "a sum": (
        FundingGrant(AT, "星火计划", ("云湖区科委",), 2023, Decimal("860.5"), unit="万元", projects=45),
        {"object": "星火计划", "participants": ["云湖区科委"], "year": 2023, "amount": 860.5, "unit": "万元", "projects": 45},
    ),
    "a sum that words only bound": (FundingGrant(AT, "星火计划", unit="万元"), {"object": "星火计划", "unit": "万元"}),
    "a stage": (
        Milestone(AT, "云湖芯片园", "二期", status="封顶", due=dt.date(2024, 6, 30)),
        {"object": "云湖芯片园", "part": "二期", "status": "封顶", "due": "2024-06-30"},
    ),
    "a promise": (Commitment(AT, "云湖芯片园"), {"object": "云湖芯片园"}),
    "takers without names": (AwardGrant(AT, "省科技进步奖", recipients=3), {"object": "省科技进步奖", "recipients": 3}),
}


@pytest.mark.parametrize(("event", "told"), POSSIBLE.values(), ids=POSSIBLE)
def test_json_tells_the_sides_that_an_event_has(event: Event, told: dict[str, object]):
    [line] = as_json(Facts(Document("made", "made.txt", "text/plain", "一二三四", "0" * 64), (AT,), events=(event,)))["events"]
    assert line == {"type": event.type, **told, "planned": isinstance(event, Commitment), "span": [0, 4]}


ROWS = {
    "no taker": ("奖项名称,年度,获奖单位数\n浙江省科学技术进步奖一等奖,2021,0\n", []),
    "a taker": ("奖项名称,年度,获奖单位数\n浙江省科学技术进步奖一等奖,2021,1\n", ["AwardGrant"]),
    "no count": ("奖项名称,年度,获奖单位数\n浙江省科学技术进步奖一等奖,2021,\n", ["AwardGrant"]),
    "no money": ("项目名称,资助金额(万元)\n云舟芯片项目,0\n", []),
    "money": ("项目名称,资助金额(万元)\n云舟芯片项目,30\n", ["FundingGrant"]),
    "no stage": ("项目名称,当前进度\n云舟芯片项目, \n", []),
    "no status": ("政策名称,发布机构,状态\n南山区数据条例,南山区科委, \n", []),
}


@pytest.mark.parametrize(("text", "kinds"), ROWS.values(), ids=ROWS)
def test_a_row_that_tells_of_nothing_makes_no_event(tmp_path: Path, text: str, kinds: list[str]):
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    assert [event.type for event in extract(read(table)).events] == kinds


SENTENCES = {
    "no money": ("云湖区科委给予星火计划扶持资金0万元。", []),
    "money": ("云湖区科委给予星火计划扶持资金80万元。", [("FundingGrant", None)]),
    "half a taker": ("省科技进步奖12项、省自然科学奖0.5项,共授奖12.5项。", [("AwardGrant", 12), ("AwardGrant", None)]),
}


@pytest.mark.parametrize(("text", "told"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_that_counts_none_makes_no_count(text: str, told: list[tuple[str, int | None]]):
    names = {"云湖区科委": "GovernmentBody", "星火计划": "Programme", "省科技进步奖": "Award", "省自然科学奖": "Award"}
    assert [(event.type, getattr(event, "recipients", None)) for event in facts_with(text, names).events] == told


def test_one_who_is_named_twice_takes_part_once(tmp_path: Path):
    names = {"云舟科技": "Enterprise", "江南大学": "ResearchInstitute", "海纳材料": "Enterprise"}
    told = facts_with("云舟科技、海纳材料与云舟科技、海纳材料与江南大学签约。", names)
    assert [event.participants for event in told.events] == [("海纳材料", "江南大学"), ("云舟科技", "海纳材料")]
    table = tmp_path / "table.csv"
    table.write_text("奖项名称,年度,获奖单位\n省科技进步奖,2021,云舟科技有限公司、云舟科技有限公司\n", encoding="utf-8")
    assert [event.participants for event in extract(read(table)).events] == [("云舟科技有限公司",)]
