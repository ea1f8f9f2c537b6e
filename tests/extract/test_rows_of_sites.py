"""Who and what a row or a word for several means: each text with what it states, by hand."""

import pytest

from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "禾木智造": "Enterprise",
    "澜江电气": "Enterprise",
    "清泊水务": "Enterprise",
    "禾木智造公司": "Enterprise",
    "云汀经开区": "Park",
    "云汀经开区管委会": "GovernmentBody",
    "东荡园": "Park",
    "西荡园": "Park",
    "云汀县": "Place",
    "沅陂县": "Place",
    "沅陂": "Place",
    "柳川市": "Place",
    "柳川市人民政府": "GovernmentBody",
    "北麓大学": "ResearchInstitute",
    "北麓大学柳川研究院": "ResearchInstitute",
    "省政府": "GovernmentBody",
    "风机叶片项目": "Project",
    "冷链仓储项目": "Project",
    "锂盐项目": "Project",
    "铝箔基地": "Project",
    "电解液": "Technology",
    "碳纤维": "Technology",
    "储能电池": "Industry",
    "精细化工": "Industry",
    "绿色园区": "Recognition",
}


def _said(text: str, title: str = "2023年工作情况") -> tuple[set[tuple[str, str, str]], set[tuple[str, str]]]:
    facts = facts_with(text, NAMES, title)
    edges = {(e.subject, e.predicate, e.object) for e in facts.relations}
    return edges, {(e.object or "", e.status or "") for e in facts.events if e.type == "Milestone"}


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (
            "禾木智造、澜江电气等2家企业代表分别与副县长席文、云汀经开区管委会主任江月白签订投资协议。",
            {("禾木智造", "cooperatesWith", "云汀经开区管委会"), ("澜江电气", "cooperatesWith", "云汀经开区管委会")},
        ),
        ("禾木智造总经理江月白与云汀经开区管委会签署合作协议。", {("禾木智造", "cooperatesWith", "云汀经开区管委会")}),
        ("沅陂县的锂盐项目进度居前。", {("锂盐项目", "locatedIn", "沅陂县")}),
        ("云汀经开区的锂盐项目、铝箔基地进度居前。", {("锂盐项目", "locatedIn", "云汀经开区"), ("铝箔基地", "locatedIn", "云汀经开区")}),
        ("禾木智造、澜江电气等柳川市企业参会。", {("禾木智造", "locatedIn", "柳川市"), ("澜江电气", "locatedIn", "柳川市")}),
        (
            "云汀经开区以禾木智造为代表的储能电池产业增长较快。",
            {("云汀经开区", "focusesOn", "储能电池"), ("禾木智造", "locatedIn", "云汀经开区")},
        ),
        (
            "云汀经开区形成储能电池、精细化工两个产业集群。",
            {("云汀经开区", "focusesOn", "储能电池"), ("云汀经开区", "focusesOn", "精细化工")},
        ),
        ("云汀经开区围绕储能电池产业招商。", {("云汀经开区", "focusesOn", "储能电池")}),
        ("锂盐项目占地40亩,主要生产电解液。", {("锂盐项目", "develops", "电解液")}),
        ("锂盐项目主要开展碳纤维的研发与应用。", {("锂盐项目", "develops", "碳纤维")}),
        ("锂盐项目由禾木智造、澜江电气共同投资建设。", {("禾木智造", "cooperatesWith", "澜江电气")}),
        ("云汀经开区经省政府批准。", {("云汀经开区", "endorsedBy", "省政府")}),
        ("北麓大学柳川研究院是柳川市人民政府与北麓大学的战略合作项目。", {("柳川市人民政府", "cooperatesWith", "北麓大学")}),
        ("云汀经开区由来已久。园区占地广,由东荡园和西荡园组成。", {("东荡园", "partOf", "云汀经开区"), ("西荡园", "partOf", "云汀经开区")}),
        (
            "云汀经开区位于柳川市。园区占地广,东荡园规划2平方公里。园区获评“绿色园区”。",
            {("云汀经开区", "receivesAward", "绿色园区")},
        ),
        ("位于柳川市云汀县的铝箔基地进展顺利。", {("铝箔基地", "locatedIn", "云汀县")}),
    ],
)
def test_edges_of_rows(text: str, edges: set[tuple[str, str, str]]) -> None:
    assert edges <= _said(text)[0]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("禾木智造董事长江月白考察云汀经开区。", ("禾木智造", "cooperatesWith", "云汀经开区")),
        ("禾木智造、澜江电气代表出席仪式,与会者参观云汀经开区。", ("禾木智造", "cooperatesWith", "云汀经开区")),
        ("云汀经开区由东荡园和西荡园组成。", ("东荡园", "cooperatesWith", "西荡园")),
        ("云汀经开区开展储能电池培训。", ("云汀经开区", "develops", "储能电池")),
        ("北麓大学将在云汀经开区选址建设铝箔基地。", ("北麓大学", "locatedIn", "云汀经开区")),
        ("北麓大学柳川研究院是柳川市人民政府与北麓大学的战略合作项目。", ("北麓大学柳川研究院", "cooperatesWith", "北麓大学")),
        ("园区占地广,东荡园规划2平方公里。园区获评“绿色园区”。", ("东荡园", "receivesAward", "绿色园区")),
    ],
)
def test_edges_that_rows_do_not_state(text: str, edge: tuple[str, str, str]) -> None:
    assert edge not in _said("云汀经开区建园五年。" + text)[0]


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        (
            "包括云汀经开区的锂盐项目,沅陂县铝箔基地在内的12个项目集中签约。",
            {("锂盐项目", "集中签约"), ("铝箔基地", "集中签约")},
        ),
        ("锂盐项目、铝箔基地等一批率先开工的产业项目稳步推进。", {("锂盐项目", "开工"), ("铝箔基地", "开工")}),
        (
            "全县有5个项目竣工投产。其中,主要包括沅陂县的锂盐项目,云汀县的铝箔基地。",
            {("锂盐项目", "竣工投产"), ("铝箔基地", "竣工投产")},
        ),
        (
            "会上签约的5个项目总投资20亿元。其中,锂盐项目占地40亩;铝箔基地占地60亩。",
            {("锂盐项目", "签约"), ("铝箔基地", "签约")},
        ),
        ("在签约的储能电池项目中,锂盐项目和铝箔基地引人注目。", {("锂盐项目", "签约"), ("铝箔基地", "签约")}),
        ("锂盐项目、禾木智造等项目集中开工。", {("锂盐项目", "集中开工"), ("禾木智造", "集中开工")}),
    ],
)
def test_stages_of_rows(text: str, stages: set[tuple[str, str]]) -> None:
    assert _said(text)[1] == stages


def test_a_count_of_what_is_not_done_reaches_nothing() -> None:
    text = "和锂盐项目一样,在今年16个计划竣工项目中,有9个项目已经竣工投产。"
    assert ("锂盐项目", "竣工") not in _said(text)[1]


def test_research_told_by_its_title_wins_as_a_project_and_lies_nowhere() -> None:
    won = "禾木智造有限公司的《高强碳纤维的连续制备》、澜江电气有限公司的《储能电池热管理》等3个项目获得市技术发明奖一等奖。"
    text = f"柳川市科技工作会召开。{won}"
    facts = facts_of(text, "柳川市2023年科技工作总结")
    works = {"高强碳纤维的连续制备", "储能电池热管理"}
    assert {e.name for e in facts.entities if e.type == "Project"} >= works
    assert {(e.subject, e.object) for e in facts.relations if e.predicate == "receivesAward"} >= {
        (work, "市技术发明奖一等奖") for work in works
    }
    assert not any(e.predicate == "locatedIn" and e.subject in works for e in facts.relations)


def test_a_policy_that_tells_of_awards_stays_a_policy() -> None:
    facts = facts_of("柳川市印发《柳川市科学技术奖励办法》,澜江电气有限公司获得一等奖。", "柳川市2023年科技工作总结")
    assert "柳川市科学技术奖励办法" in {e.name for e in facts.entities if e.type == "Policy"}
