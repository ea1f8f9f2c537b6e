"""What news and short reports say: approved projects, taken-up parties, fields told in a clause of their own, what is still to come."""

import pytest

from kg.model import Facts
from tests.conftest import facts_of
from tests.extract.marked import facts_with

P, R, E, G, F, PK, A, T = "Project", "ResearchInstitute", "Enterprise", "GovernmentBody", "Industry", "Park", "Award", "Recognition"


def edges(facts: Facts, predicate: str) -> set[tuple[str, str]]:
    return {(r.subject, r.object) for r in facts.relations if r.predicate == predicate}


def told(facts: Facts, kind: str) -> list[tuple[str | None, str | None, bool]]:
    return [(e.object, e.status, e.planned) for e in facts.events if e.type == kind]


APPROVED = "青禾育种平台建设已被科技部立项,争取项目经费70万元;远图滴灌示范、果品冷链技术集成等四个项目被市局立项,争取项目经费15万元。"
APPROVED_NAMES = {"青禾育种平台建设": P, "远图滴灌示范": P, "果品冷链技术集成": P, "科技部": G}


def test_projects_that_an_office_approves_are_a_milestone_and_have_its_support():
    facts = facts_with(APPROVED, APPROVED_NAMES)
    assert told(facts, "Milestone") == [
        ("青禾育种平台建设", "立项", False),
        ("远图滴灌示范", "立项", False),
        ("果品冷链技术集成", "立项", False),
    ]
    assert edges(facts, "supports") == {("科技部", "青禾育种平台建设")}


def test_money_got_for_approved_projects():
    found = [(e.object, str(e.amount), e.projects) for e in facts_with(APPROVED, APPROVED_NAMES).events if e.type == "FundingGrant"]
    assert found == [("青禾育种平台建设", "70", None), ("远图滴灌示范", "15", 4)]


@pytest.mark.parametrize("hope", ["争取立项", "申请立项", "尚未立项"])
def test_a_project_that_is_only_handed_in_is_not_approved(hope: str):
    assert not told(facts_with(f"远图滴灌示范已上报市局,{hope}。", {"远图滴灌示范": P}), "Milestone")


def test_fields_of_what_is_founded_in_quotes():
    text = "开发区与北海分院合作共建“青禾成果转化基地”,围绕节能环保、数据产业等领域开展应用性研究。"
    facts = facts_with(text, {"北海分院": R, "青禾成果转化基地": P, "节能环保": F, "数据产业": F})
    assert edges(facts, "focusesOn") == {("青禾成果转化基地", "节能环保"), ("青禾成果转化基地", "数据产业")}


def test_fields_that_a_project_is_to_make():
    text = "新开工的青禾孵化园项目总占地388亩,将着力打造精密铸造、电子组装等产业结构。"
    facts = facts_with(text, {"青禾孵化园项目": P, "精密铸造": F, "电子组装": F})
    assert edges(facts, "focusesOn") == {("青禾孵化园项目", "精密铸造"), ("青禾孵化园项目", "电子组装")}


def test_fields_of_the_parts_into_which_a_zone_falls():
    text = "青禾示范区划分为智能制造、总部经济2个主题示范园区。"
    facts = facts_with(text, {"青禾示范区": PK, "智能制造": F, "总部经济": F})
    assert edges(facts, "focusesOn") == {("青禾示范区", "智能制造"), ("青禾示范区", "总部经济")}


def test_fields_before_the_zone_that_is_written_short():
    text = "昨天,常州云湖科教创新区举行会议。聚焦生物医药、新材料和人工智能产业,科教创新区紧抓项目建设。"
    found = edges(facts_of(text, "常州高新区产业集群效应显现"), "focusesOn")
    assert {subject for subject, _ in found} == {"常州云湖科教创新区"}


def test_units_that_all_have_works_among_the_winners():
    text = "武陵科技大学、北川工业大学、青禾医院等单位均有项目获一等奖,其中青禾医院首次获一等奖。"
    names = {"武陵科技大学": R, "北川工业大学": R, "青禾医院": R, "一等奖": A}
    found = [e.participants for e in facts_with(text, names).events if e.type == "AwardGrant"]
    assert found == [("武陵科技大学", "北川工业大学", "青禾医院")]


def test_a_firm_that_is_taken_up_gets_both_signs():
    text = "云海大学领导到青禾农业公司,授予该公司“云海大学实践基地”和“云海大学就业基地”牌匾。"
    facts = facts_with(text, {"云海大学": R, "青禾农业公司": E, "云海大学实践基地": T, "云海大学就业基地": T})
    assert edges(facts, "receivesAward") == {("青禾农业公司", "云海大学实践基地"), ("青禾农业公司", "云海大学就业基地")}


def test_a_title_that_others_give_to_the_city_whose_report_it_is():
    names = {"科技创新先进单位": T, "省委": G, "省政府": G}
    facts = facts_with("我市连续7次被省委、省政府表彰为科技创新先进单位。", names, "梅林市科学技术局2019年工作总结")
    assert edges(facts, "receivesAward") == {("梅林市", "科技创新先进单位")}


def test_firms_counted_before_what_they_have_become():
    found = [e for e in facts_with("新增九家企业获评国家级小巨人企业。", {"国家级小巨人企业": T}).events if e.type == "Recognition"]
    assert [(e.object, e.recipients) for e in found] == [("国家级小巨人企业", 9)]


def test_one_after_the_other_works_with_the_same_side():
    text = "北海大学先后与东山陶瓷园和青禾铝业公司签订了合作协议。"
    facts = facts_with(text, {"北海大学": R, "东山陶瓷园": PK, "青禾铝业公司": E})
    assert [e.participants for e in facts.events if e.type == "Cooperation"] == [("北海大学", "东山陶瓷园"), ("北海大学", "青禾铝业公司")]


TO_COME = [
    ("青禾设计协会和远图研究院近期将入驻办公。", {"青禾设计协会": G, "远图研究院": R}, {"青禾设计协会", "远图研究院"}),
    ("与云海大学达成落地梅林区意向。", {"云海大学": R}, {"云海大学"}),
    ("积极向科技部争取将青禾科创走廊纳入国家级新区建设范围。", {"青禾科创走廊": PK, "科技部": G}, {"青禾科创走廊"}),
    ("目前正在筹备青禾设计大会。", {"青禾设计大会": "Programme"}, {"青禾设计大会"}),
]


@pytest.mark.parametrize(("text", "names", "things"), TO_COME)
def test_what_is_still_to_come(text: str, names: dict[str, str], things: set[str]):
    assert {name for name, _, planned in told(facts_with(text, names), "Commitment") if planned} == things


HAS_COME = [
    ("远图研究院已入驻办公。", {"远图研究院": R}),
    ("青禾科创走廊成功纳入国家级新区建设范围。", {"青禾科创走廊": PK}),
    ("与云海大学达成战略合作意向。", {"云海大学": R}),
]


@pytest.mark.parametrize(("text", "names"), HAS_COME)
def test_what_has_come_or_is_agreed_is_no_commitment(text: str, names: dict[str, str]):
    assert not told(facts_with(text, names), "Commitment")


def test_works_at_two_sites_are_done():
    found = told(facts_with("青禾公园厂房改造和远图公园一期建设已于8月完工。", {"青禾公园": P, "远图公园": P}), "Milestone")
    assert found == [("青禾公园", "完工", False), ("远图公园", "完工", False)]


def test_what_stands_already():
    found = told(facts_with("青禾铝业项目厂房建设已完成。", {"青禾铝业项目": P}), "Milestone")
    assert found == [("青禾铝业项目", "建设已完成", False)]


@pytest.mark.parametrize("text", ["青禾新区推动工业经济再上台阶。", "青禾新区扩大对外开放。", "作为对外开放的窗口,青禾新区持续发展。"])
def test_words_in_which_a_stage_only_seems_to_stand(text: str):
    assert not told(facts_with(text, {"青禾新区": PK}), "Milestone")


def test_what_a_building_will_become_is_nothing_beside_it():
    text = "辰光装备项目已破土动工,建成后将成为全省最大的轨道装备产业园。"
    assert edges(facts_of(text, "云湖高新区2022年工作总结"), "locatedIn") == {("辰光装备项目", "云湖高新区")}


def test_projects_behind_the_ceremony_of_a_county():
    text = "宁波市重大项目提速。当天,余姚市重点项目集中开工仪式举行。云舟轴承项目宣布开工。"
    assert ("云舟轴承项目", "余姚市") in edges(facts_of(text, "宁波市重点项目推进情况"), "locatedIn")


def test_a_zone_right_behind_its_city_in_the_title():
    facts = facts_of("沧州坚持产业强市。辽海新区产值增长8%。", "沧州辽海新区2018年主要指标走在全市前列")
    assert edges(facts, "locatedIn") == {("沧州辽海新区", "沧州")}


def test_a_universitys_name_tells_no_place_of_its_partners():
    facts = facts_of("我市领导参加仪式。青禾生态产业园区备受关注。", "扬州大学与青禾农业有限公司举行签约仪式")
    assert not edges(facts, "locatedIn")


def test_an_office_whose_policy_is_passed_on():
    title = "转发区发展改革委等三部门制订的《关于建设创新高地的实施办法》的通知"
    facts = facts_of("区发展改革委、区科委、区财政局制订的《关于建设创新高地的实施办法》已经区政府同意,现转发给你们。", title)
    assert {subject for subject, _ in edges(facts, "issues")} >= {"区发展改革委", "区科委", "区财政局"}
