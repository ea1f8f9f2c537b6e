"""Where a name begins and ends, and what is none: verbs and descriptions before it, kinds, persons, addresses, rows and awards."""

import pytest

from tests.conftest import facts_of


def named(text: str) -> dict[str, str]:
    return {e.name: e.type for e in facts_of(text).entities}


FOUND = {
    "a verb before a site": ("星岳集团拟在云岭县投资建设循环材料产业基地项目。", "循环材料产业基地项目", "Project"),
    "为 before a project": ("央企项目1个,为云港联合石化技术改造项目。", "云港联合石化技术改造项目", "Project"),
    "a count before its row": ("外企项目2个,分别是云港五四三度制造项目、北陵纸业扩建项目。", "云港五四三度制造项目", "Project"),
    "a row closed by its count": ("云岭县高山茶叶保鲜技术、云岭县竹材加工集成示范两个项目通过评审。", "云岭县高山茶叶保鲜技术", "Project"),
    "some of those counted": ("组织申报了云岭县检测平台建设、云岭县竹材加工集成示范等11个科技项目。", "云岭县检测平台建设", "Project"),
    "two sites, the first": ("云湖音乐小镇及青芽社区项目正式签约。", "云湖音乐小镇", "Project"),
    "two sites, the second": ("云湖音乐小镇及青芽社区项目正式签约。", "青芽社区项目", "Project"),
    "a part in brackets": ("加快推进云湖智造创新区(东区)建设。", "云湖智造创新区(东区)", "Park"),
    "a title last year": ("三家企业获评去年云岭市级示范数字车间。", "云岭市级示范数字车间", "Recognition"),
    "a title of commendation": ("云岭县去年被省政府表彰为技术市场工作先进单位。", "技术市场工作先进单位", "Recognition"),
    "a national fund": ("全县首次争取到国家创新基金项目3个。", "国家创新基金", "Programme"),
    "a programme in quotes": ("持续实施“百院工程”,吸引院所落户。", "百院工程", "Programme"),
    "a board": ("经云岭市科学技术奖评审委员会评定,决定授奖。", "云岭市科学技术奖评审委员会", "GovernmentBody"),
    "an award of a class": (
        "市政府同意授予高速主轴热补偿系统等12项成果2013年云岭市科学技术奖(科技进步类)一等奖。",
        "云岭市科学技术奖(科技进步类)一等奖",
        "Award",
    ),
    "a counted work": ("授予300万吨超大型油船研制等33项成果2013年云岭市科学技术奖二等奖。", "300万吨超大型油船研制", "Project"),
    "an award of persons": (
        "市政府同意授予王云飞、刘青2013年云岭市科学技术奖(突出贡献类)。",
        "云岭市科学技术奖(突出贡献类)",
        "Award",
    ),
}


@pytest.mark.parametrize(("text", "name", "kind"), FOUND.values(), ids=FOUND)
def test_a_name_has_its_own_beginning_and_end(text: str, name: str, kind: str) -> None:
    assert named(text).get(name) == kind


NONE = {
    "a zone where something is done": "北陵大学等3所外地高校在开发区发起成立了研究院。",
    "what a site will be": "建成后将成为西部地区最大的光学设备产业园。",
    "what somebody makes of it": "打造共享的材料试验与推广区域创新中心。",
    "a described site": "作为江边一座生机勃勃的新港城,发展很快。",
    "whose projects they are": "在评审中,省属高校院所项目表现良好。",
    "a group that studies": "用好“理论学习中心组+青年讲堂”学习机制。",
    "an address": "http://www.yunling.com 2024-09-09 消息。",
    "persons": "授予王云飞、刘青2013年先进奖。",
    "how far projects are": "云岭重点产业项目集中开工项目25个。",
    "duties": "汇聚起了坚守初心、锤炼作风、服务群众的力量。",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_a_description_a_person_or_an_address_is_no_name(text: str) -> None:
    found = {name: kind for name, kind in named(text).items() if kind in ("Park", "Platform", "Project", "Enterprise", "Technology")}
    assert found == {}


def test_a_title_that_passes_something_on_names_no_district() -> None:
    facts = facts_of("区科委、区商务委制订了《云岭区扶持办法》。", "转发区科委等部门制订的《云岭区扶持办法》的通知")
    assert not [e.name for e in facts.entities if "转发" in e.name]


def test_a_park_written_with_and_without_its_last_word_is_one() -> None:
    facts = facts_of("云岭智能装备产业园区建成。今年,云岭智能装备产业园实现产值5亿元。")
    assert len([e for e in facts.entities if e.type == "Park"]) == 1
