import datetime as dt
from pathlib import Path

import pytest

import kg
from kg.extract import extract
from kg.extract.tables.credit_code import is_credit_code
from kg.read import read


def facts(tmp_path: Path, text: str):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return extract(read(path))


def test_a_row_names_a_thing_and_what_it_is_joined_with(tmp_path: Path):
    found = facts(tmp_path, "企业名称,简称,所在园区,合作伙伴\n云舟科技有限公司,云舟,滨江软件园,蓝石、星尘\n")
    assert {(e.name, e.type) for e in found.entities} == {
        ("云舟科技有限公司", "Enterprise"),
        ("滨江软件园", "Park"),
        ("蓝石", "Enterprise"),
        ("星尘", "Enterprise"),
    }
    assert found.entities[0].aliases == ("云舟",)
    assert {(r.predicate, r.object) for r in found.relations} == {
        ("locatedIn", "滨江软件园"),
        ("cooperatesWith", "蓝石"),
        ("cooperatesWith", "星尘"),
    }


def test_a_project_s_row_is_a_milestone(tmp_path: Path):
    found = facts(tmp_path, "项目名称,分部,进度,是否计划,计划期限\n蓝海科技城,北区,结构封顶,是,2023-06-30\n")
    [stage] = found.events
    assert (stage.type, stage.object, stage.part, stage.status) == ("Milestone", "蓝海科技城", "北区", "结构封顶")
    assert (stage.planned, stage.due) == (True, dt.date(2023, 6, 30))


def test_a_policy_s_row_and_an_award_s_row(tmp_path: Path):
    [action] = facts(tmp_path, "政策名称,发布机构,状态\n南山区数据条例,南山区科委,印发\n").events
    assert (action.type, action.object, action.status) == ("PolicyAction", "南山区数据条例", "印发")
    [grant] = facts(tmp_path, "奖项名称,年度,获奖单位数\n浙江省科学技术进步奖一等奖,2021,3\n").events
    assert (grant.type, grant.year, grant.recipients) == ("AwardGrant", 2021, 3)


# a code with the check character worked out by hand: all digits zero weigh nothing, so the check character is 0;
# a 1 in the first place weighs 1, so the check character is the one that stands for 30
@pytest.mark.parametrize("code", ["0" * 18, "1" + "0" * 16 + "Y"])
def test_a_credit_code_with_the_right_check_character(code: str):
    assert is_credit_code(code)


@pytest.mark.parametrize("code", ["0" * 17 + "1", "0" * 17, "I" * 18, "１" * 18, ""])
def test_a_credit_code_that_is_none(code: str):
    assert not is_credit_code(code)


def test_a_wrong_credit_code_is_kept_as_unverified_and_said(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text(f"企业名称,统一社会信用代码\n云舟,{'0' * 18}\n蓝石,{'0' * 17}9\n", encoding="utf-8")
    workspace = kg.open(tmp_path / "w")
    [one] = workspace.ingest([path])
    assert one.remarks == (
        f"list.csv, row 3: '{'0' * 17}9' is no unified social credit code (GB 32100-2015); it is kept as unverified. Correct it.",
    )
    codes = workspace.query("SELECT ?name ?code { ?e ino:creditCode ?code ; rdfs:label ?name }")
    assert codes.to_dict("records") == [{"name": "云舟", "code": "0" * 18}]
    wrong = workspace.query("SELECT ?name ?code { ?e ino:unverifiedCreditCode ?code ; rdfs:label ?name }")
    assert wrong.to_dict("records") == [{"name": "蓝石", "code": "0" * 17 + "9"}]
    assert workspace.validate() == []


def test_a_table_without_a_known_column_states_nothing(tmp_path: Path):
    assert len(facts(tmp_path, "甲,乙\n1,2\n")) == 0
