"""What is done to policies and by whom: titles in rows, before and behind the verb."""

import pytest

from tests.conftest import facts_of
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


def issuers(text: str, names: dict[str, str]) -> set[tuple[str, str]]:
    facts = facts_with(text, {**NAMES, **names}, "工作简报")
    return {(r.subject, r.object) for r in facts.relations if r.predicate == "issues"}


ISSUERS = {
    "right before it": "根据南山区科委《人才引育办法》精神组织申报。",
    "told of as its maker": "为贯彻落实南山区科委印发的《人才引育办法》,云舟科技召开会议。",
    "made by it": "南山区科委制定《人才引育办法》。",
}


@pytest.mark.parametrize("text", ISSUERS.values(), ids=ISSUERS.keys())
def test_who_issued_a_policy(text: str):
    assert issuers(text, {}) == {("南山区科委", "人才引育办法")}


def test_two_offices_issue_together():
    both = {"南山区科委", "南山区财政局"}
    found = issuers("南山区科委、南山区财政局联合印发了《人才引育办法》。", {"南山区财政局": "GovernmentBody"})
    assert found == {(office, "人才引育办法") for office in both}


def test_what_is_told_with_a_policy_is_done_with_it():
    assert [(name, status) for name, status, *_ in done("出台《人才引育办法》及2份配套政策(《孵化器管理细则》《科技金融方案》)。")] == [
        ("人才引育办法", "出台"),
        ("孵化器管理细则", "出台"),
        ("科技金融方案", "出台"),
    ]


AGREED = {
    "agreed and printed": ("《人才引育办法》已经南山区科委同意,现印发给你们。", "印发"),
    "from a day on": ("《人才引育办法》自2023年3月1日起施行。", "施行"),
}


@pytest.mark.parametrize(("text", "status"), AGREED.values(), ids=AGREED.keys())
def test_what_is_said_behind_a_title(text: str, status: str):
    assert [(name, told) for name, told, *_ in done(text)] == [("人才引育办法", status)]


def test_the_office_in_a_title_is_its_issuer():
    facts = facts_of("出台《云湖市人民政府关于扶持海洋装备企业的实施意见》。", "工作简报")
    assert [(r.subject, r.predicate, r.basis) for r in facts.relations if r.predicate == "issues"] == [("云湖市人民政府", "issues", "name")]


def test_a_plan_in_quotes_is_carried_out():
    facts = facts_of("深入实施“2468”行动计划,推进产业升级。", "工作简报")
    assert [(e.type, e.status) for e in facts.events] == [("PolicyAction", "深入实施")]


def test_a_place_issues_what_it_is_said_to_issue():
    text = "兰州市先后出台《关于加快氢能产业发展的意见》《兰州市人才公寓管理办法》。"
    told = {(r.subject, r.object) for r in facts_of(text, "兰州市简讯").relations if r.predicate == "issues"}
    assert told == {("兰州市", "关于加快氢能产业发展的意见"), ("兰州市", "兰州市人才公寓管理办法")}


def test_what_was_published_is_named_behind_it():
    assert done("相关产业政策发布,分别是《人才引育办法》《孵化器管理细则》。", "工作简报") == [
        ("人才引育办法", "发布", False, ()),
        ("孵化器管理细则", "发布", False, ()),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("《人才引育办法》完成起草并公开征求意见。", ["人才引育办法"]),
        ("起草南山区科技项目管理办法并征求意见。", ["南山区科技项目管理办法"]),
        ("研究制定并发布关于支持科技创新的若干意见。", ["关于支持科技创新的若干意见"]),
        ("修改稿向社会公开征求意见，制定区人才新政并听取企业意见。", []),
    ],
)
def test_what_is_asked_of_the_public_is_no_policy(text: str, names: list[str]):
    facts = facts_of(f"南山区科委2022年上半年工作总结\n{text}")
    assert [one.name for one in facts.entities if one.type == "Policy"] == names
