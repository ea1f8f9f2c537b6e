"""Competency questions: each has a wording in both languages and an expected answer on the example, written by hand."""

import datetime as dt

import pandas as pd
import pytest

from kg.errors import QueryError
from kg.query import questions

PARK = "张江高新区青浦园"
TECHNOLOGIES = {"模拟芯片", "MCU芯片", "联接芯片", "感知芯片", "座舱芯片"}

# question → (parameters, columns, rows that the answer must hold, how many rows there are or None)
ANSWERS: dict[str, tuple[dict[str, str], tuple[str, ...], set[tuple], int | None]] = {
    "awards-by-grade": ({}, ("grade", "award", "winners"), {("特等", "上海市技术发明特等奖", 1), ("二等", "上海市科技进步奖二等奖", 2)}, 2),
    "context-readings": (
        {},
        ("what", "relation", "whole", "basis"),
        {("华为青浦研发中心", "运营主体", "华为", "据其名称"), ("张江高新区青浦园", "位于", "青浦区", "据其名称")},
        None,
    ),
    "cooperation-effects": (
        {"thing": "海思"},
        ("indicator", "lower"),
        {("营收", 1_000_000_000), ("就业岗位", 1_000), ("产值", 10_000_000_000)},
        3,
    ),
    "cooperation-of": ({"thing": "海思"}, ("partner", "fields"), {("上汽集团", "MCU芯片; 座舱芯片; 感知芯片; 模拟芯片; 联接芯片")}, 3),
    "cooperations": ({}, ("a", "b"), {("上汽集团", "海思")}, 1),
    "developers": ({}, ("developer", "technology"), {("海思", t) for t in TECHNOLOGIES}, 5),
    "documents": ({}, ("name",), {("report",), ("awards",), ("enterprises",), ("parks",), ("policies",), ("projects",)}, 6),
    "endorsements": ({}, ("thing", "office"), {("市西软件信息园", "上海市经济信息化委")}, 1),
    "fastest-growth": ({}, ("growth", "indicator"), {(0.888, "税收"), (0.507, "营收"), (0.299, "营收"), (0.147, "规模以上工业总产值")}, 4),
    "figures": ({}, ("indicator", "printed"), {("技术合同", "238项"), ("成交额", "55.7亿元"), ("扶持资金", "1544.4万元")}, 32),
    "figures-of": (
        {"thing": PARK},
        ("indicator", "disclosure"),
        {("规模以上工业总产值", "隐去"), ("利润总额", "隐去"), ("营业收入", "隐去")},
        4,
    ),
    "funding": ({}, ("amount", "unit", "projects"), {(15_444_000, "CNY", 132)}, 1),
    "located-in": (
        {"thing": "青浦区"},
        ("name", "class"),
        {("海思", "企业"), ("市西软件信息园", "园区"), ("康璞生命科学园I期", "项目")},
        None,
    ),
    "operators": ({}, ("site", "operator"), {("华为青浦研发中心", "华为"), ("网易上海国际文创科技园", "网易")}, 4),
    "park-focus": ({"thing": "市西软件园"}, ("focus",), {("工业软件",), ("工业互联网",), ("人工智能",), ("智能硬件",)}, None),
    "planned-figures": ({}, ("indicator",), {("营收",), ("就业岗位",), ("产值",), ("新增企业",)}, 4),
    "policies-issued-by": (
        {},
        ("office", "policy"),
        {("青浦区科委", "青浦区关于高新技术企业资助的实施办法"), ("青浦区科委", "青浦区科技项目管理办法")},
        2,
    ),
    "policies-of": (
        {"thing": PARK},
        ("policy", "kind"),
        {(f"{PARK}高质量发展行动方案(2023-2025)", "方案行动计划"), (f"{PARK}十四五规划", "规划纲要")},
        2,
    ),
    "policy-status": (
        {},
        ("policy", "status"),
        {
            ("青浦区科技项目管理办法", "已修订"),
            ("青浦区科技事业布局与专项行动方案", "制定中"),
            ("青浦区创新经济十四五规划", "评估"),
            ("进一步放权松绑激发科技创新活力若干意见", "落实中"),
        },
        None,
    ),
    "projects-by-status": (
        {},
        ("stage", "project", "planned"),
        {
            ("结构封顶", "华为青浦研发中心", False),
            ("基本完工", "网易上海国际文创科技园", True),
            ("开工", "康璞生命科学园I期", False),
            ("前期工作", "市西软件信息园", True),
        },
        11,
    ),
    "projects-under-construction": (
        {},
        ("project", "part", "stage"),
        {
            ("北斗时空智能中心", "A1-02(大地块)", "底板"),
            ("北斗时空智能中心", "A1-04(小地块)", "主体完成"),
            ("精测半导体项目", None, "竣工验收"),
            ("华为青浦研发中心", None, "结构封顶"),
        },
        None,
    ),
    "promises": (
        {},
        ("thing", "due"),
        {("长三角国家技术创新中心", "2023-12-31"), ("市西软件信息园", "2023-12-31"), ("网易上海国际文创科技园", "2023-12-31")},
        None,
    ),
    "ranked-figures": ({}, ("rank", "scope", "indicator"), {(1, "全市", "营收")}, 1),
    "recognitions": ({}, ("recognition", "holders"), {("上海市高新技术成果转化项目", 20)}, 1),
    "sentences-about": ({"thing": "精测半导体项目"}, ("sentence",), {("精测半导体项目正在办理竣工验收手续。",)}, None),
    "things": ({}, ("class", "name", "iri"), {("企业", "海思", "id:海思"), ("政府机构", "青浦区科委", "id:青浦区科委")}, None),
    "unreached": (
        {},
        ("class", "name"),
        {("ino:Industry", "云服务"), ("ino:Park", "北斗西虹桥基地"), ("ino:Recognition", "科技小巨人企业")},
        None,
    ),
    "unreferenced-policies": ({}, ("policy",), {("青浦区科技事业布局与专项行动方案",), ("青浦区科技项目管理办法",)}, None),
    "withheld-figures": ({}, ("indicator", "unit"), {("税收", "CNY"), ("营收", "CNY"), ("利润总额", "CNY"), ("营业收入", "CNY")}, 6),
}


def test_there_are_at_least_fifteen_and_each_has_an_expected_answer():
    assert len(questions()) >= 15
    assert set(questions()) == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_is_worded_in_both_languages(name: str):
    asked = questions()[name]
    assert asked.zh.endswith("？")
    assert asked.en.endswith("?")
    assert asked.en.isascii() or "海思" in asked.en


def plain(cell):
    """A cell as the expected answers write it: None where there is nothing, dates as ISO text."""
    return None if pd.isna(cell) else cell.isoformat() if isinstance(cell, dt.date) else cell


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_has_its_answer_on_the_example(graph, name: str):
    parameters, columns, wanted, size = ANSWERS[name]
    answer = graph.ask(name, parameters)
    cells = {tuple(map(plain, row)) for row in answer[list(columns)].itertuples(index=False)}
    assert wanted <= cells
    assert size is None or len(answer) == size


@pytest.mark.parametrize("name", [n for n, q in questions().items() if "sentence" in q.sparql.split("WHERE")[0]])
def test_each_row_of_an_answer_with_evidence_has_its_sentence(graph, name: str):
    answer = graph.ask(name, ANSWERS[name][0])
    assert len(answer)
    assert answer["sentence"].notna().all()


def test_a_question_with_a_parameter_may_be_asked_of_all_things(graph):
    assert set(graph.ask("park-focus")["thing"]) >= {"id:市西软件信息园", "id:北斗创新基地"}


def test_a_thing_may_be_named_by_another_name_or_by_its_iri(graph):
    asked = [graph.ask("cooperation-of", {"thing": name}) for name in ("海思", "海思半导体", "id:海思")]
    assert asked[0].equals(asked[1])
    assert asked[0].equals(asked[2])


def test_a_name_is_bound_not_pasted(graph):
    with pytest.raises(QueryError, match="Nothing in the graph is called"):
        graph.ask("cooperation-of", {"thing": "海思> } ; DROP ALL #"})


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("nonsense", {}, "There is no question 'nonsense'"),
        ("cooperations", {"thing": "海思"}, "has no parameter 'thing'"),
        ("cooperation-of", {"thing": "没有这家"}, "Nothing in the graph is called '没有这家'"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(graph, name: str, parameters: dict[str, str], said: str):
    with pytest.raises(QueryError, match=said):
        graph.ask(name, parameters)


def test_what_a_policy_reaches_is_not_named_as_unreached(graph):
    unreached = set(graph.ask("unreached")["name"])
    assert "张江高新区青浦园" not in unreached  # two policies apply to it
    assert "软件和信息技术服务业" not in unreached  # a policy's title has its other name
    assert "张江高新区青浦园十四五规划" not in set(graph.ask("unreferenced-policies")["policy"])
