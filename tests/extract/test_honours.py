"""Awards and titles: who takes them, however the sentence gives them."""

import pytest

from kg.model import Honour
from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "云舟科技": "Enterprise",
    "蓝石软件": "Enterprise",
    "星河精工": "Enterprise",
    "江南大学": "ResearchInstitute",
    "金陵材料研究院": "ResearchInstitute",
    "滨江软件园": "Park",
    "南山区科技局": "GovernmentBody",
    "省经信厅": "GovernmentBody",
    "宽带射频芯片关键技术": "Project",
    "深海养殖工船": "Project",
    "省科技进步奖一等奖": "Award",
    "省科技进步奖二等奖": "Award",
    "国家专利奖": "Award",
    "省自然科学奖": "Award",
    "省技术发明奖": "Award",
    "国家级小巨人企业": "Recognition",
    "省级绿色工厂": "Recognition",
    "优秀园区": "Recognition",
    "先进单位": "Recognition",
}


def given(text: str) -> list[Honour]:
    return [e for e in facts_with(text, NAMES).events if isinstance(e, Honour)]


HOLDERS = {
    "wins": ("云舟科技斩获省科技进步奖一等奖。", "省科技进步奖一等奖", {"云舟科技"}),
    "takes": ("云舟科技摘得国家专利奖。", "国家专利奖", {"云舟科技"}),
    "a row that a count closes": ("云舟科技、蓝石软件等5家企业入选国家级小巨人企业。", "国家级小巨人企业", {"云舟科技", "蓝石软件"}),
    "on the list": (
        "省经信厅公布第三批国家级小巨人企业名单,云舟科技、蓝石软件、星河精工3家企业榜上有名。",
        "国家级小巨人企业",
        {"云舟科技", "蓝石软件", "星河精工"},
    ),
    "by an office": ("云舟科技被省经信厅认定为省级绿色工厂。", "省级绿色工厂", {"云舟科技"}),
    "by offices without a name": ("南山区科技局被区委、区政府表彰为先进单位。", "先进单位", {"南山区科技局"}),
    "what an office found it to be": ("云舟科技是省经信厅认定的省级绿色工厂。", "省级绿色工厂", {"云舟科技"}),
    "named": ("认定云舟科技、蓝石软件为省级绿色工厂。", "省级绿色工厂", {"云舟科技", "蓝石软件"}),
    "handed over": ("省经信厅向滨江软件园颁发“优秀园区”牌匾。", "优秀园区", {"滨江软件园"}),
    "conferred": ("授予江南大学教授周明、星河精工工程师吴兰省自然科学奖。", "省自然科学奖", {"江南大学", "星河精工"}),
    "persons of": ("江南大学周明、金陵材料研究院吴兰2人获得省自然科学奖。", "省自然科学奖", {"江南大学", "金陵材料研究院"}),
    "in brackets": ("新增国家级小巨人企业2家(云舟科技、星河精工)。", "国家级小巨人企业", {"云舟科技", "星河精工"}),
    "a project and who made it": (
        "由云舟科技牵头研发的“宽带射频芯片关键技术”获得省科技进步奖一等奖。",
        "省科技进步奖一等奖",
        {"云舟科技", "宽带射频芯片关键技术"},
    ),
    "a project without a name": ("星河精工参与完成的项目获省科技进步奖二等奖。", "省科技进步奖二等奖", {"星河精工"}),
    "behind a comma": ("蓝石软件营收增长,并获评省级绿色工厂。", "省级绿色工厂", {"蓝石软件"}),
    "said of what took it": ("荣获国家专利奖的云舟科技落户滨江软件园。", "国家专利奖", {"云舟科技"}),
}


@pytest.mark.parametrize(("text", "title", "holders"), HOLDERS.values(), ids=HOLDERS.keys())
def test_who_takes_a_title(text: str, title: str, holders: set[str]):
    assert [(e.object, set(e.participants)) for e in given(text)] == [(title, holders)]


def test_each_of_a_row_of_projects_takes_the_award_with_who_applied_for_it():
    text = "云舟科技申报的“宽带射频芯片关键技术”、星河精工申报的“深海养殖工船”2个项目获得省科技进步奖二等奖。"
    [grant] = given(text)
    assert set(grant.participants) == {"宽带射频芯片关键技术", "深海养殖工船", "云舟科技", "星河精工"}


def test_a_second_title_behind_the_same_verb_has_its_own_holders():
    first, second = given("认定云舟科技等12家企业为省级绿色工厂,蓝石软件、星河精工为国家级小巨人企业。")
    assert (first.participants, second.participants) == (("云舟科技",), ("蓝石软件", "星河精工"))


def test_titles_each_with_a_count():
    assert [(e.object, e.recipients) for e in given("成功培育8家国家级小巨人企业、21家省级绿色工厂。")] == [
        ("国家级小巨人企业", 8),
        ("省级绿色工厂", 21),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "省科技奖设省自然科学奖、省技术发明奖两类。",
        "推荐云舟科技申报省级绿色工厂。",
        "云舟科技力争获评国家级小巨人企业。",
        "新增国家级小巨人企业12家。",
        "滨江软件园集聚国家级小巨人企业。",
        "列入国家级小巨人企业名单的38个项目开工。",
    ],
)
def test_what_gives_no_title(text: str):
    assert [e for e in given(text) if not e.planned] == []


def test_titles_and_holders_that_are_as_many_belong_to_each_other():
    titles = [(e.object, e.participants) for e in given("云舟科技、滨江软件园分获国家专利奖和优秀园区。")]
    assert titles == [("国家专利奖", ("云舟科技",)), ("优秀园区", ("滨江软件园",))]


def test_all_works_named_before_take_the_award():
    text = "由云舟科技完成的“宽带射频芯片关键技术”项目,以及由星河精工完成的“深海养殖工船”项目,均获得省科技进步奖一等奖。"
    [grant] = given(text)
    assert set(grant.participants) == {"宽带射频芯片关键技术", "深海养殖工船", "云舟科技", "星河精工"}


def titles(text: str) -> dict[str | None, tuple[str, ...]]:
    return {e.object: e.participants for e in facts_of(text, "简讯").events if e.type in ("AwardGrant", "Recognition")}


READ = {
    "two in a row": (
        "宜宾高新区获批国家级氢能特色产业基地和省级知识产权示范园区。",
        {"国家级氢能特色产业基地": ("宜宾高新区",), "省级知识产权示范园区": ("宜宾高新区",)},
    ),
    "a list made known, and who is on it behind a colon": (
        "近日,省经信厅公布第四批省级智能制造示范企业名单,我市2家企业入选,分别是:云舟精密仪器有限公司、蓝石轴承股份有限公司。",
        {"省级智能制造示范企业": ("云舟精密仪器有限公司", "蓝石轴承股份有限公司")},
    ),
    "named in quotes": (
        "宜宾高新区被省科技厅命名为“四川氢能装备特色产业基地”。",
        {"四川氢能装备特色产业基地": ("宜宾高新区",)},
    ),
    "a county in brackets": ("兰州市成功入选省级创新型县(市)。", {"省级创新型县(市)": ("兰州市",)}),
}


@pytest.mark.parametrize(("text", "given"), READ.values(), ids=READ.keys())
def test_names_of_titles(text: str, given: dict[str, tuple[str, ...]]):
    assert titles(text) == given
