"""How the genre names things and tells what happened to them: sentences of our own, turn by turn."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.conftest import facts_of


def things(text: str, kind: str) -> set[str]:
    return {e.name for e in facts_of(text).entities if e.type == kind}


def events(text: str, kind: str):
    return [e for e in facts_of(text).events if e.type == kind]


def edges(text: str) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in facts_of(text).relations}


FIRMS = {
    "legal names": ("浙江云舟科技股份有限公司、启明集团等企业入驻。", {"浙江云舟科技股份有限公司", "启明集团"}),
    "a place in brackets": ("云舟（南山）数据有限公司入驻滨江软件园。", {"云舟(南山)数据有限公司"}),
    "short names in a list": ("引进云舟、蓝石、星尘智能等12家企业。", {"云舟", "蓝石", "星尘智能"}),
    "a list without a count": ("远图、辰光等一批重点企业加快集聚。", {"远图", "辰光"}),
    "an ending that tells nothing": ("远图科技、辰光供应链等4家企业入选榜单。", {"远图科技", "辰光供应链"}),
    "before what it carries": ("永兴材料牵头的“超薄钢带制备技术”项目荣获省科学技术进步奖二等奖。", {"永兴材料"}),
    "joint subjects": ("推动海思与上汽开展技术合作。", {"海思", "上汽集团"}),
    "joint work of three": ("云舟联合蓝石、星尘共同承担国家重点研发计划。", {"云舟", "蓝石", "星尘"}),
    "on the stock exchange": ("苏仪精工成功登陆北交所。", {"苏仪精工"}),
    "a round of funding": ("蓝箭传动完成B轮融资2.3亿元,由国投创合领投。", {"蓝箭传动", "国投创合"}),
    "an institute's partners": ("江大光电研究院与奥普科技、明德光学组建创新联合体。", {"奥普科技", "明德光学"}),
    "clients": ("引进震雄集团、虹桥信息等重点客户31家。", {"震雄集团", "虹桥信息"}),
}


@pytest.mark.parametrize(("text", "names"), FIRMS.values(), ids=FIRMS.keys())
def test_enterprises_by_any_of_their_names(text: str, names: set[str]):
    assert things(text, "Enterprise") == names


@pytest.mark.parametrize("text", ["1,036家(目标1,000家)。", "各类企业、机构等单位。", "三要与各方共建平台。", "(一)大学科技园。"])
def test_what_only_looks_like_a_name(text: str):
    found = facts_of(f"高新技术企业数达到{text}")
    assert {e.type for e in found.entities} <= {"GovernmentBody", "Recognition", "Place"}
    assert {e.name for e in found.entities if e.type == "Place"} <= {seen.of for seen in found.observations}


def test_parks_named_by_what_closes_their_row():
    assert things("云湖科技生态园、南山创业广场等8个园区由公司统一运营。", "Park") == {"云湖科技生态园", "南山创业广场"}


def test_a_park_within_a_park():
    found = edges("云湖高新区内的滨江孵化器、南山众创空间通过国家级备案。")
    assert {("滨江孵化器", "partOf", "云湖高新区"), ("南山众创空间", "partOf", "云湖高新区")} <= found


def test_a_park_that_lies_in_another():
    assert ("滨江科创园", "locatedIn", "云湖开发区") in edges("位于云湖开发区的滨江科创园开园。")


def test_a_site_of_two_uses_is_one():
    assert things("云帆医疗总部及生产基地项目落户滨江高新区。", "Project") == {"云帆医疗总部及生产基地项目"}


POLICIES = {
    "in brackets": ("修订《南山区科技项目管理办法》。", {"南山区科技项目管理办法"}),
    "without brackets": ("修订南山区科技项目管理办法。", {"南山区科技项目管理办法"}),
    "a bracket lost": ("研究制定关于促进“专精特新”企业发展的若干措施》。", {"关于促进专精特新企业发展的若干措施"}),
    "nested quotes": ("落实《关于推进“云湖杯”大赛的实施意见》。", {"关于推进云湖杯大赛的实施意见"}),
    "coordinated": ("研究制定《南山区人才办法》《南山区科技办法》等专项政策。", {"南山区人才办法", "南山区科技办法"}),
}


@pytest.mark.parametrize(("text", "titles"), POLICIES.values(), ids=POLICIES.keys())
def test_titles_of_policies(text: str, titles: set[str]):
    assert things(text, "Policy") == titles


PLANS = {
    "计划年内": ("云湖中心计划年内基本完工。", dt.date(2022, 12, 31)),
    "力争": ("云湖中心力争6月底前竣工。", dt.date(2022, 6, 30)),
    "将": ("云湖中心将于9月开工。", dt.date(2022, 9, 30)),
    "预计": ("云湖中心预计明年3月投产。", dt.date(2023, 3, 31)),
}


@pytest.mark.parametrize(("text", "due"), PLANS.values(), ids=PLANS.keys())
def test_a_plan_is_no_result_and_has_its_day(text: str, due: dt.date):
    [stage] = events(text, "Milestone")
    assert (stage.object, stage.planned, stage.due) == ("云湖中心", True, due)


def test_plots_and_phases_of_a_project_have_a_stage_each():
    found = events("云湖科技城一期1号地块主体封顶、2号地块基础施工、3号地块预计9月开工。", "Milestone")
    assert [(e.part, e.status, e.planned) for e in found] == [
        ("一期1号地块", "主体封顶", False),
        ("2号地块", "基础施工", False),
        ("3号地块", "开工", True),
    ]


STAGES = {
    "signing": ("蓝图产业园签约落地。", "签约落地"),
    "groundbreaking": ("蓝图产业园破土动工。", "破土动工"),
    "capping": ("蓝图产业园主体结构全面封顶。", "主体结构全面封顶"),
    "completion": ("蓝图产业园竣工验收。", "竣工验收"),
    "acceptance": ("蓝图产业园通过终验。", "通过终验"),
    "a ceremony": ("蓝图产业园开工仪式举行。", "开工"),
    "halted": ("蓝图产业园因资金问题停工。", "停工"),
}


@pytest.mark.parametrize(("text", "status"), STAGES.values(), ids=STAGES.keys())
def test_signings_groundbreakings_cappings_completions(text: str, status: str):
    [stage] = events(text, "Milestone")
    assert (stage.object, stage.status, stage.planned) == ("蓝图产业园", status, False)


@pytest.mark.parametrize(
    "text", ["蓝图产业园尚未开工。", "达产后年产值30亿元。", "全区开工11个项目、竣工7个。", "项目开工率78.3%。", "建设中试车间。"]
)
def test_what_is_no_milestone(text: str):
    assert events(text, "Milestone") == []


AWARDS = {
    "year, level, grade": ("云舟科技获2021年度省科技进步奖一等奖。", "省科技进步奖一等奖", ("云舟科技",), 2021, None),
    "unnamed winners": ("1家企业参与完成的项目获2021年度浙江省技术发明特等奖。", "浙江省技术发明特等奖", (), 2021, 1),
}


@pytest.mark.parametrize(("text", "award", "winners", "year", "count"), AWARDS.values(), ids=AWARDS.keys())
def test_awards(text: str, award: str, winners: tuple[str, ...], year: int, count: int | None):
    [grant] = events(text, "AwardGrant")
    assert (grant.object, grant.participants, grant.year, grant.recipients) == (award, winners, year, count)


def test_grades_that_leave_their_award_out():
    text = "授予“甲技术”等2项成果区科学技术进步奖一等奖;授予“乙平台”等5项成果二等奖。"
    assert [(e.object, e.recipients) for e in events(text, "AwardGrant")] == [
        ("区科学技术进步奖一等奖", 2),
        ("区科学技术进步奖二等奖", 5),
    ]


RECOGNITIONS = {
    "获批": ("云舟科技获批国家级企业技术中心。", "国家级企业技术中心", "云舟科技"),
    "入选": ("星尘智能入选全国制造业单项冠军。", "全国制造业单项冠军", "星尘智能"),
    "认定为": ("蓝石软件被认定为省级绿色工厂。", "省级绿色工厂", "蓝石软件"),
    "获评": ("远图股份获评市级示范企业。", "市级示范企业", "远图股份"),
    "成为首家": ("深蓝智行成为全区首家独角兽企业。", "独角兽企业", "深蓝智行"),
    "获批建设": ("临江集成电路创新中心获批建设省级制造业创新中心。", "省级制造业创新中心", "临江集成电路创新中心"),
    "by name": ("认定云舟有限公司等68家企业为2021年省级企业技术中心。", "省级企业技术中心", "云舟有限公司"),
}


@pytest.mark.parametrize(("text", "title", "holder"), RECOGNITIONS.values(), ids=RECOGNITIONS.keys())
def test_recognitions(text: str, title: str, holder: str):
    [given] = events(text, "Recognition")
    assert (given.object, given.participants) == (title, (holder,))


def test_money_given_for_counted_projects():
    [grant] = events("安排4类36项示范项目补助资金725.5万元。", "FundingGrant")
    assert (grant.object, grant.projects, grant.amount, grant.unit) == ("示范项目", 36, Decimal("725.5"), "万元")


def test_what_a_policy_allows_for_each_is_no_grant():
    assert events("对获奖成果每项奖励20万元,对企业流片最高补贴1000万元。", "FundingGrant") == []


def test_who_opened_the_sentence_works_with_those_of_its_later_clauses():
    text = "九峰实验室与云湖大学签署联合培养协议，并与蓝石科技、星尘智能共建中试平台。"
    assert {e.participants for e in events(text, "Cooperation")} == {
        ("九峰实验室", "云湖大学"),
        ("九峰实验室", "蓝石科技", "星尘智能"),
    }


def test_a_row_of_winners_and_a_row_of_awards():
    assert [(e.participants, e.object) for e in events("青山大学、恒达精密分别获省科技进步一等奖、二等奖。", "AwardGrant")] == [
        (("青山大学",), "省科技进步一等奖"),
        (("恒达精密",), "省科技进步二等奖"),
    ]


GRANTS = {
    "to whom": ("给予恒达精密一次性奖励50万元。", [("恒达精密", 50)]),
    "who got it": ("恒达精密获奖励300万元。", [("恒达精密", 300)]),
    "one each": ("恒达精密、远景材料分别获奖励300万元、150万元。", [("恒达精密", 300), ("远景材料", 150)]),
    "given to each": ("对恒达精密、远景材料分别给予奖励300万元和150万元。", [("恒达精密", 300), ("远景材料", 150)]),
    "lent": ("给予恒达精密贷款300万元。", []),
}


@pytest.mark.parametrize(("text", "given"), GRANTS.values(), ids=GRANTS.keys())
def test_money_and_who_takes_it(text: str, given: list[tuple[str, int]]):
    assert [(e.object, e.amount) for e in events(text, "FundingGrant")] == given


POLICY_STEPS = {
    "issued": ("起草《云台区建设创新型城区实施方案》,经区政府常务会议审议通过并印发。", "审议通过并印发"),
    "adopted": ("《云台区数据管理办法》经区委常委会审议通过。", "审议通过"),
    "for comment": ("《云台区概念验证中心建设指引》已完成征求意见。", "征求意见"),
    "by its short name": ("联合区财政局出台“科创十条”。", "出台"),
}


@pytest.mark.parametrize(("text", "status"), POLICY_STEPS.values(), ids=POLICY_STEPS.keys())
def test_how_far_a_policy_has_come(text: str, status: str):
    [step] = events(text, "PolicyAction")
    assert step.status == status


def test_a_list_of_those_on_record_is_no_approval_of_a_site():
    assert events("江大光电研究院入选省新型研发机构备案名单。", "Milestone") == []


def test_works_named_by_their_kind_are_sites():
    [stage] = events("临江外国语学校扩建工程竣工。", "Milestone")
    assert (stage.object, stage.status) == ("临江外国语学校扩建工程", "竣工")


def test_who_runs_a_park_is_told_in_a_later_clause():
    text = "蓝图产业园规划面积5.6平方公里,由云舟集团与蓝石科技合资的蓝图发展有限公司负责运营。"
    assert ("蓝图产业园", "operatedBy", "蓝图发展有限公司") in edges(text)
    assert not [edge for edge in edges(text) if edge[1] == "operatedBy" and edge[2] != "蓝图发展有限公司"]


def test_what_is_founded_with_those_with_a_university_is_joint_work():
    assert {e.participants for e in events("云舟科技联合云湖大学设立实践基地。", "Cooperation")} == {("云舟科技", "云湖大学")}


def test_a_platform_of_titled_firms_is_no_title():
    assert events("新认定省级高新技术企业研发中心38家。", "Recognition") == []


def test_projects_won_are_no_intention():
    assert events("争取省“尖兵”“领雁”项目14项。", "Commitment") == []


def test_a_site_without_a_telling_ending_is_the_subject_of_its_own_report():
    text = "云台智造港位于云台经开区,总建筑面积42万平方米,一期已建成投用。港区被授予“国家小型微型企业创业创新示范基地”称号。"
    facts = facts_of(text, "云台智造港2022年运营总结")
    assert [o.about for o in facts.observations] == ["云台智造港"]
    assert {(e.type, e.object, e.sides().get("participants", ())) for e in facts.events} == {
        ("Milestone", "云台智造港", ()),
        ("Recognition", "国家小型微型企业创业创新示范基地", ("云台智造港",)),
    }
    assert ("云台智造港", "locatedIn", "云台经开区") in {(r.subject, r.predicate, r.object) for r in facts.relations}


def test_a_firm_behind_what_it_is_called():
    assert "宏芯半导体" in things("存储配套企业宏芯半导体完成股改。", "Enterprise")


def test_titles_in_a_row_of_counts_with_their_holders():
    [given] = events("新增省级工程中心16家、国家级专精特新“小巨人”企业2家(星尘智能、云舟科技)。", "Recognition")
    assert given.participants == ("星尘智能", "云舟科技")


def test_what_a_text_says_is_missing_is_not_there():
    assert things("重大平台较少,暂无国家重点实验室。", "Platform") == set()


def test_what_is_told_as_reached_behind_a_plan_is_reached():
    planned, reached = events("蓝图产业园3号楼计划2023年3月开工;4号楼主体结构已完成60%。", "Milestone")
    assert (planned.planned, reached.planned, reached.due) == (True, False, None)


def test_a_brand_before_what_the_firm_makes():
    assert things("宏芯半导体获评省级绿色工厂。", "Enterprise") == {"宏芯半导体"}
