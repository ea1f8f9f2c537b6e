import datetime as dt

import pytest

from tests.conftest import facts_of


def events(text: str, kind: str):
    return [e for e in facts_of(text).events if e.type == kind]


def relations(text: str) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in facts_of(text).relations}


def test_each_part_of_a_project_has_its_own_stage():
    first, second = events("蓝海科技城B2-07(东地块)底板浇筑完成;B2-09(西地块)主体结构完成。", "Milestone")
    assert (first.object, first.part, first.status) == ("蓝海科技城", "B2-07(东地块)", "底板浇筑完成")
    assert (second.object, second.part, second.status) == ("蓝海科技城", "B2-09(西地块)", "主体结构完成")


def test_a_plan_for_several_parts_is_a_plan_for_each_with_its_due_date():
    found = events("蓝海科技城计划年内北区和人才公寓基本完工,南区一期结构封顶。", "Milestone")
    assert [(e.part, e.status, e.planned, e.due) for e in found] == [
        ("北区", "基本完工", True, dt.date(2022, 12, 31)),
        ("人才公寓", "基本完工", True, dt.date(2022, 12, 31)),
        ("南区一期", "结构封顶", True, dt.date(2022, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("星桥半导体项目已开工建设。", "开工建设"),
        ("星桥半导体项目竣工验收手续办理中。", "竣工验收手续办理中"),
        ("星桥半导体项目正负零全部完成。", "正负零全部完成"),
        ("星桥半导体项目正式投产。", "正式投产"),
    ],
)
def test_a_stage_reached_is_no_plan(text: str, status: str):
    [stage] = events(text, "Milestone")
    assert (stage.object, stage.status, stage.planned) == ("星桥半导体项目", status, False)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("研究制定南山区数据条例。", "研究制定"),
        ("修订完善《南山区数据条例》。", "修订完善"),
        ("推进南山区“十四五”规划中期评估。", "中期评估"),
        ("研究落实关于加快科技创新的若干意见重点任务。", "研究落实"),
    ],
)
def test_what_is_done_to_a_policy(text: str, status: str):
    assert [e.status for e in events(text, "PolicyAction")] == [status]


def test_a_draft_is_not_issued_and_a_revision_is():
    assert relations("研究制定《南山区数据条例》。") == set()
    assert relations("修订《南山区数据条例》。") == {("南山区科委", "issues", "南山区数据条例")}


def test_an_award_to_unnamed_winners_counts_them():
    [grant] = events("3家企业参与的项目获2021年度浙江省科学技术进步奖一等奖。", "AwardGrant")
    assert (grant.object, grant.year, grant.recipients, grant.recipient_type) == ("浙江省科学技术进步奖一等奖", 2021, 3, "Enterprise")


def test_money_given_says_how_much_for_how_many_projects():
    [grant] = events("给予青苗计划、揭榜项目等3类45项科技项目扶持资金860万元。", "FundingGrant")
    assert (grant.amount, grant.unit, grant.projects) == (860, "万元", 45)


def test_a_recognition_given_is_told_from_one_applied_for():
    assert [e.object for e in events("1家企业入选省级工业设计中心。", "Recognition")] == ["省级工业设计中心"]
    assert events("推荐2家园区获“飞云”创新示范基地。", "Recognition") == []


def test_a_cooperation_has_its_fields_from_the_sentence_behind_it():
    text = "推动海思与上汽对接技术合作。推动海思形成功率芯片、射频芯片等两大领域的产品。"
    [cooperation] = events(text, "Cooperation")
    assert set(cooperation.participants) == {"海思", "上汽集团"}
    assert cooperation.fields == ("功率芯片", "射频芯片")
    assert {("海思", "cooperatesWith", "上汽集团"), ("海思", "develops", "功率芯片")} <= relations(text)


def test_two_sentences_on_one_cooperation_are_one_event_with_two_places():
    [cooperation] = events("推动云舟与蓝石对接技术合作。云舟和蓝石的芯片合作成效明显。", "Cooperation")
    assert len(cooperation.evidence) == 1


def test_an_intention_with_a_named_partner_is_a_commitment():
    [promise] = events("谋划推进与江南大学战略合作。", "Commitment")
    assert (promise.object, promise.planned) == ("江南大学", True)


def test_all_that_stands_under_plans_for_the_second_half_is_promised():
    text = "一、上半年工作\n滨江软件园建设顺利。\n二、下半年工作要点\n推动滨江软件园扩园。"
    [promise] = events(text, "Commitment")
    assert (promise.object, promise.due) == ("滨江软件园", dt.date(2022, 12, 31))


def test_a_park_concentrates_on_its_tracks_and_is_endorsed():
    text = "推进滨江软件园规划。“智能座舱、车规芯片”等园区两大发展赛道得到市经信局的认可。"
    assert relations(text) >= {
        ("滨江软件园", "focusesOn", "智能座舱"),
        ("滨江软件园", "focusesOn", "车规芯片"),
        ("滨江软件园", "endorsedBy", "市经信局"),
    }


def test_a_site_named_after_an_enterprise_is_run_by_it():
    assert ("华为南山研发中心", "operatedBy", "华为") in relations("华为南山研发中心结构封顶。")


def test_a_policy_titled_with_a_park_applies_to_it():
    assert ("滨江软件园高质量发展行动方案", "appliesTo", "滨江软件园") in relations("研究制定滨江软件园高质量发展行动方案。")


def test_partners_that_carry_a_project_together_share_it_and_its_award():
    text = "宏远集团联合江南大学、金陵材料研究院共同承担的“高强纤维关键技术”项目获国家科技进步奖二等奖。"
    assert {(s, p) for s, p, o in relations(text) if o == "高强纤维关键技术"} == {
        ("宏远集团", "undertakes"),
        ("江南大学", "undertakes"),
        ("金陵材料研究院", "undertakes"),
    }
    [cooperation] = events(text, "Cooperation")
    assert cooperation.participants == ("宏远集团", "江南大学", "金陵材料研究院")
    [grant] = events(text, "AwardGrant")
    assert grant.participants == ("高强纤维关键技术", *cooperation.participants)


def test_a_recognition_counts_its_holders_behind_it_and_names_those_in_brackets():
    [grant] = events("新增国家级专精特新“小巨人”企业3家(云舟、星尘、蓝石)。", "Recognition")
    assert (grant.recipients, grant.participants) == (3, ("云舟", "星尘", "蓝石"))


def test_a_short_name_and_the_legal_name_are_one_enterprise():
    text = "滨江高新区与云舟航天签署战略合作协议。滨江高新区与云舟航天科技股份有限公司举行签约仪式。"
    assert {p for e in events(text, "Cooperation") for p in e.participants} == {"滨江高新区", "云舟航天科技股份有限公司"}


def test_each_thing_of_a_promise_is_promised():
    text = "二、下半年工作要点\n加快推进星桥光电项目、云舟电子二期项目建设。"
    assert [e.object for e in events(text, "Commitment")] == ["星桥光电项目", "云舟电子二期项目"]


def test_the_site_next_to_its_stage_is_meant():
    [stage] = events("南山区与江南大学共建的滨江研究院正式揭牌。", "Milestone")
    assert stage.object == "滨江研究院"


def test_those_who_sign_each_for_themselves_do_not_cooperate():
    assert events("云舟科技有限公司、蓝石超算中心等12个项目现场签约。", "Cooperation") == []


def test_winners_may_be_counted_behind_the_award():
    first, second = events("为获得2021年度国家科学技术进步奖的2家单位、省科学技术奖的11家单位颁奖。", "AwardGrant")
    assert [(e.object, e.recipients) for e in (first, second)] == [("国家科学技术进步奖", 2), ("省科学技术奖", 11)]


def test_short_names_in_a_row_before_a_recognition_are_its_holders():
    [grant] = events("云舟精密、星尘电子、蓝石科技入选全国制造业单项冠军。", "Recognition")
    assert grant.participants == ("云舟精密", "星尘电子", "蓝石科技")


def test_plans_told_in_the_midst_of_a_paragraph():
    text = "全年引进企业20家。下一步打算:一要引进企业30家;二要加快蓝湾新材料科创中心建设,确保蓝湾新材料科创中心年底前封顶。"
    facts = facts_of(text, title="南山区科委2022年工作总结")
    assert [seen.planned for seen in facts.observations] == [False, True]
    assert [(e.type, e.object, e.due) for e in facts.events] == [
        ("Commitment", "蓝湾新材料科创中心", dt.date(2023, 12, 31)),
        ("Milestone", "蓝湾新材料科创中心", dt.date(2023, 12, 31)),
    ]


def test_each_stage_of_a_plan_has_its_own_due_date():
    found = events("蓝海物联网产业园计划今年三季度开工,2026年建成投产。", "Milestone")
    assert [(e.status, e.planned, e.due) for e in found] == [
        ("开工", True, dt.date(2022, 9, 30)),
        ("建成投产", True, dt.date(2026, 12, 31)),
    ]
