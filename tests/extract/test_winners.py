"""Works, their units and awards as announcements tell them: in quotes, brackets, lists, with grades told together."""

import pytest

from kg.model import Honour
from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "云舟轴承公司": "Enterprise",
    "蓝石软件": "Enterprise",
    "江南大学": "ResearchInstitute",
    "高速主轴热补偿技术": "Project",
    "深海养殖工船": "Project",
    "省科技进步奖一等奖": "Award",
    "省科技进步奖二等奖": "Award",
    "省自然科学奖": "Award",
    "省技术发明奖": "Award",
    "国家级小巨人企业": "Recognition",
    "滨江软件园": "Park",
}


def grants(text: str, names: dict[str, str] = NAMES) -> dict[str, Honour]:
    return {e.object: e for e in facts_with(text, names).events if isinstance(e, Honour)}


WINNERS = {
    "a work and its unit": ("云舟轴承公司的“高速主轴热补偿技术”获省科技进步奖一等奖。", ("高速主轴热补偿技术", "云舟轴承公司")),
    "called what it is": ("“高速主轴热补偿技术”项目荣获省科技进步奖一等奖。", ("高速主轴热补偿技术",)),
    "behind a comma": ("由云舟轴承公司领衔的“高速主轴热补偿技术”项目,拟获省科技进步奖一等奖。", ("高速主轴热补偿技术", "云舟轴承公司")),
    "a team of its unit": ("江南大学王强教授团队的“高速主轴热补偿技术”获省科技进步奖一等奖。", ("高速主轴热补偿技术", "江南大学")),
    "a unit in brackets": ("“高速主轴热补偿技术”(江南大学)获省科技进步奖一等奖。", ("高速主轴热补偿技术", "江南大学")),
    "before a colon": ("省科技进步奖一等奖:云舟轴承公司、江南大学。", ("云舟轴承公司", "江南大学")),
    "a count before the colon": ("省科技进步奖一等奖(2项):“高速主轴热补偿技术”、“深海养殖工船”。", ("高速主轴热补偿技术", "深海养殖工船")),
    "in brackets": (
        "获奖成果有云舟轴承公司的“高速主轴热补偿技术”(省科技进步奖一等奖)等。",
        ("高速主轴热补偿技术", "云舟轴承公司"),
    ),
    "said to be": ("云舟轴承公司是省科技进步奖一等奖获得者。", ("云舟轴承公司",)),
}


@pytest.mark.parametrize(("text", "winners"), WINNERS.values(), ids=WINNERS.keys())
def test_who_takes_an_award(text: str, winners: tuple[str, ...]):
    found = grants(text)["省科技进步奖一等奖"]
    assert set(found.participants) == set(winners)


def test_each_part_of_a_list_has_its_own_winners():
    found = grants("省科技进步奖一等奖:云舟轴承公司;省科技进步奖二等奖:蓝石软件。")
    assert found["省科技进步奖一等奖"].participants == ("云舟轴承公司",)
    assert found["省科技进步奖二等奖"].participants == ("蓝石软件",)


def test_each_of_several_and_its_unit():
    found = grants("云舟轴承公司的“高速主轴热补偿技术”、江南大学的“深海养殖工船”分别获得省自然科学奖、省技术发明奖。")
    assert found["省自然科学奖"].participants == ("高速主轴热补偿技术", "云舟轴承公司")
    assert found["省技术发明奖"].participants == ("深海养殖工船", "江南大学")


def test_how_many_of_each_were_given():
    found = grants("全省共授奖57项,其中省自然科学奖12项,省技术发明奖45项。")
    assert {name: event.recipients for name, event in found.items()} == {"省自然科学奖": 12, "省技术发明奖": 45}


NOBODY = {
    "counted in a park": "滨江软件园新认定国家级小巨人企业12家。",
    "whom a rule is for": "对蓝石软件获认定为国家级小巨人企业的,给予奖励。",
    "described": "滨江软件园成为全省最大的光电企业。",
}


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY.keys())
def test_whom_a_sentence_gives_nothing(text: str):
    names = {**NAMES, "全省最大的光电企业": "Recognition"}
    assert not [r for r in facts_with(text, names).relations if r.predicate == "receivesAward"]


def test_what_somebody_is_is_an_edge_without_an_event():
    facts = facts_with("云舟轴承公司是国家级小巨人企业。", NAMES)
    assert ("云舟轴承公司", "国家级小巨人企业") in {(r.subject, r.object) for r in facts.relations if r.predicate == "receivesAward"}
    assert not facts.events


AWARDS = {
    "grades told together": (
        "云舟轴承公司、蓝石软件公司分别获得梅州市科技进步奖一、二等奖。",
        {"梅州市科技进步奖一等奖", "梅州市科技进步奖二等奖"},
    ),
    "behind a person": ("授予江南大学王强教授广东省杰出青年科技奖。", {"广东省杰出青年科技奖"}),
    "a word that begins names else": ("授予9项成果广东省科学技术成果推广奖。", {"广东省科学技术成果推广奖"}),
    "of a contest": ("云舟轴承公司摘得第十二届全国创新创业大赛总决赛一等奖。", {"全国创新创业大赛总决赛一等奖"}),
    "the grade of another part": ("甲公司获得青年贡献奖;乙公司等5家企业获得一等奖。", {"青年贡献奖", "一等奖"}),
}


@pytest.mark.parametrize(("text", "awards"), AWARDS.values(), ids=AWARDS.keys())
def test_where_the_name_of_an_award_begins(text: str, awards: set[str]):
    assert {e.name for e in facts_of(text, "科技简报").entities if e.type == "Award"} == awards


def test_a_work_in_quotes_is_named_whole_however_long():
    text = "其中,“面向海上风电的大型轴承寿命评估方法及其应用”获省科技进步奖一等奖。"
    assert "面向海上风电的大型轴承寿命评估方法及其应用" in {e.name for e in facts_of(text, "科技简报").entities}


def test_titles_in_quotes_are_several():
    text = "云湖高新区获批“国家轴承产业示范基地”“全国十佳创新园区”等称号。"
    found = {e.object for e in facts_of(text, "云湖高新区2022年工作总结").events if e.type == "Recognition"}
    assert found == {"国家轴承产业示范基地", "全国十佳创新园区"}


def test_two_universities_are_two():
    names = {"江南农业大学": "ResearchInstitute", "江南大学": "ResearchInstitute"}
    assert {e.name for e in facts_with("江南农业大学、江南大学参会。", names).entities} == set(names)
