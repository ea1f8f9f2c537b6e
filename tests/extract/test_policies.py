"""What is done to policies and by whom: titles in rows, before and behind the verb."""

import pytest

from tests.extract.marked import facts_with

NAMES = {
    "人才引育办法": "Policy",
    "孵化器管理细则": "Policy",
    "科技金融方案": "Policy",
    "南山区科委": "GovernmentBody",
    "临江高新区": "Park",
    "云舟科技": "Enterprise",
}


def done(text: str, title: str = "南山区科委2022年上半年工作总结") -> list[tuple[str | None, str | None, bool, tuple[str, ...]]]:
    facts = facts_with(text, NAMES, title)
    return [(e.object, e.status, e.planned, e.participants) for e in facts.events if e.type == "PolicyAction"]


ROWS = {
    "handed down": ("将《人才引育办法》《孵化器管理细则》《科技金融方案》印发各镇。", "印发"),
    "a row of marks": ("出台《人才引育办法》、《孵化器管理细则》、《科技金融方案》等文件。", "出台"),
    "a row of words": ("积极贯彻《人才引育办法》以及《孵化器管理细则》、《科技金融方案》要求。", "贯彻"),
}


@pytest.mark.parametrize(("text", "status"), ROWS.values(), ids=ROWS.keys())
def test_each_title_of_a_row_is_acted_on_and_not_only_meant_to_be(text: str, status: str):
    assert [(name, told, planned) for name, told, planned, _ in done(text)] == [
        ("人才引育办法", status, False),
        ("孵化器管理细则", status, False),
        ("科技金融方案", status, False),
    ]


def test_who_issues_it_is_who_the_clause_tells_of():
    assert [who for *_, who in done("临江高新区抢抓机遇,并于近日发布了《人才引育办法》。", "工作简报")] == [("临江高新区",)]


def test_whose_report_it_is_issues_what_nobody_else_does():
    assert [who for *_, who in done("出台《人才引育办法》。")] == [("南山区科委",)]


def test_a_plan_to_issue_is_a_plan():
    assert [planned for _, _, planned, _ in done("下半年将出台《人才引育办法》。")] == [True]


def test_a_numbered_task_is_no_heading():
    assert [name for name, *_ in done("2022年将做好以下工作:一是编制《人才引育办法》;二是修订《孵化器管理细则》。")] == [
        "人才引育办法",
        "孵化器管理细则",
    ]
