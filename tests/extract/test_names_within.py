"""What a name says by holding another, marked as read from the name."""

import pytest

from tests.conftest import facts_of

TITLE = "云湖高新区2022年工作总结"


def edges(text: str, title: str = TITLE, basis: str = "name") -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in facts_of(text, title).relations if r.basis == basis}


HELD = {
    "a site named after an enterprise": ("华为南山研发中心项目竣工。", ("华为南山研发中心项目", "operatedBy", "华为")),
    "a project named after the legal name of a firm": (
        "星岳科技有限公司年产20万台电机项目开工。",
        ("星岳科技有限公司", "undertakes", "星岳科技有限公司年产20万台电机项目"),
    ),
    "an institute named after its university": (
        "与东岭大学云湖产业技术研究院开展合作。",
        ("东岭大学云湖产业技术研究院", "partOf", "东岭大学"),
    ),
    "a science park named after its university": (
        "东岭大学国家大学科技园新引进企业12家。",
        ("东岭大学国家大学科技园", "partOf", "东岭大学"),
    ),
    "a policy titled with a park's name": (
        "印发《云湖高新区人才公寓管理办法》。",
        ("云湖高新区人才公寓管理办法", "appliesTo", "云湖高新区"),
    ),
}


@pytest.mark.parametrize(("text", "edge"), HELD.values(), ids=HELD.keys())
def test_a_name_that_holds_another(text: str, edge: tuple[str, str, str]):
    assert edge in edges(text)
    assert edge not in edges(text, basis="stated")


def test_the_things_that_names_hold_are_named_too():
    found = {(e.name, e.type) for e in facts_of("与东岭大学云湖产业技术研究院开展合作。", TITLE).entities}
    assert ("东岭大学", "ResearchInstitute") in found


def test_what_a_sentence_states_is_not_said_again_by_the_name():
    found = [r for r in facts_of("华为南山研发中心项目由华为投资建设。", TITLE).relations if r.subject == "华为" or r.object == "华为"]
    assert len({(r.subject, r.predicate, r.object) for r in found}) == len(found)


FURTHERED = {
    "兰州市促进氢能产业高质量发展若干措施": {"氢能产业"},
    "关于进一步支持工业母机产业发展的意见": {"工业母机产业"},
    "兰州市氢能与储能产业三年行动计划": {"氢能", "储能产业"},
    "关于促进民营经济高质量发展的意见": set(),
    "兰州市国民经济和社会发展规划": set(),
    "关于促进产业发展的若干政策": set(),
}


@pytest.mark.parametrize(("title", "fields"), FURTHERED.items(), ids=FURTHERED.keys())
def test_the_title_of_a_policy_tells_which_industry_it_is_for(title: str, fields: set[str]):
    assert {o for _, says, o in edges(f"省工信厅印发《{title}》。") if says == "focusesOn"} == fields
