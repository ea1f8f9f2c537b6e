"""How far sites have come: rows that a count sums up, sites that only stand near, stages in one sentence."""

import pytest

from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "云湖产业园": "Park",
    "临江高新区": "Park",
    "云舟储能材料项目": "Project",
    "年产3万吨铜箔项目": "Project",
    "蓝湾冷链物流园": "Park",
    "星河智能工厂": "Project",
    "星河精工": "Enterprise",
    "云舟科技": "Enterprise",
    "江南大学": "ResearchInstitute",
    "南山研究院": "ResearchInstitute",
    "公共服务平台": "Platform",
}


def reached(text: str) -> list[tuple[str | None, str | None, str | None, bool]]:
    return [(e.object, e.part, e.status, e.planned) for e in facts_with(text, NAMES).events if e.type == "Milestone"]


ROWS = {
    "closed by a count": "云舟储能材料项目、星河智能工厂等12个项目集中开工。",
    "each behind its firm": "云舟科技“云舟储能材料项目”、星河精工“星河智能工厂”等12个项目集中开工。",
    "opened by 包括": "此次集中开工的项目包括云舟储能材料项目、星河智能工厂等。",
    "opened by 有": "集中开工的重大项目里有云舟储能材料项目、星河智能工厂等。",
    "behind the stage": "集中开工12个项目,包括云舟储能材料项目、星河智能工厂等。",
    "in the next sentence": "全区12个项目集中开工。包括云舟储能材料项目、星河智能工厂等。",
    "in brackets": "12个项目(云舟储能材料项目、星河智能工厂等)集中开工。",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS.keys())
def test_every_project_of_a_row_has_reached_what_the_row_has(text: str):
    assert sorted(reached(text)) == sorted((name, None, "集中开工", False) for name in ("云舟储能材料项目", "星河智能工厂"))


def test_what_is_signed_is_told_of_each_that_a_row_names():
    assert {name for name, *_ in reached("现场签约18个项目,总投资80亿元。签约项目包括云舟储能材料项目、蓝湾冷链物流园等。")} == {
        "云舟储能材料项目",
        "蓝湾冷链物流园",
    }


def test_several_stages_of_one_site():
    assert reached("星河智能工厂厂房主体结构已完成,办公楼土建施工至7层;预计明年9月投产。") == [
        ("星河智能工厂", "厂房", "主体结构已完成", False),
        ("星河智能工厂", "办公楼", "土建施工至", False),
        ("星河智能工厂", "办公楼", "投产", True),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("星河智能工厂等项目场地平整已基本完成,正在试桩。", "场地平整"),
        ("云舟储能材料项目加快建设。", "加快建设"),
        ("云舟储能材料项目投料开车成功。", "投料开车成功"),
        ("云舟储能材料项目已基本完成土建部分施工,正在进行产前调试。", "产前调试"),
        ("云湖产业园一期工程10月正式投运。", "正式投运"),
        ("云湖产业园B座改造工程完工。", "完工"),
    ],
)
def test_words_for_a_stage(text: str, told: str):
    assert told in {status for _, _, status, _ in reached(text)}


def test_a_site_taken_up_in_the_next_sentence():
    assert reached("云舟储能材料项目落户临江高新区。目前,该项目已进入土建施工阶段。")[-1][0] == "云舟储能材料项目"


def test_what_a_plan_says_of_a_site_in_its_next_clause():
    text = "推动云湖产业园扩园规划落地,计划年底前完成产业规划编制。"
    assert reached(text) == [("云湖产业园", None, "规划编制", True)]


@pytest.mark.parametrize(
    "text",
    [
        "临江高新区10个重点项目集中开工、8个重点项目集中投产。",
        "临江高新区举行第二季度重大项目集中开工仪式。",
        "临江高新区推动项目早开工、早投产、早见效。",
        "临江高新区新开工项目开工率位居全市第一位。",
        "云湖产业园线上线下融合发展。",
        "云湖产业园对签约项目、在建项目实行挂图作战。",
        "江南大学校长出席并见证签约。",
        "云舟储能材料项目全部建成达产后,预计年营收30亿元。",
        "建成公共服务平台1个、中试基地2个。",
        "云舟储能材料项目尚未正式开工建设。",
        "星河精工在云湖产业园举行的活动上宣布投产。",
        "蓝湾冷链物流园具备通车条件。",
    ],
)
def test_what_has_not_been_reached_by_what_stands_near(text: str):
    assert reached(text) == []


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("确保9月底前丙山生物港建成投用。", {"丙山生物港"}),
        ("年底前丙山生物港建成投用。", {"丙山生物港"}),
        ("月底前晨曦生物港完工。", {"晨曦生物港"}),
        ("力争12月底前青峰新材料产业园竣工。", {"青峰新材料产业园"}),
        ("晨曦生物港加快建设,年底建设完工投用。", {"晨曦生物港"}),
        ("青峰新材料项目推动目竣工投产。", {"青峰新材料项目"}),
        ("月湖公园9月底前建成。", {"月湖公园"}),
        ("年底前前海创新港建成。", {"前海创新港"}),
    ],
)
def test_a_time_and_a_stage_are_no_part_of_a_name(text: str, sites: set[str]):
    assert {one.name for one in facts_of(text).entities if one.type in ("Park", "Project")} == sites


@pytest.mark.parametrize("text", ["启航大厦尚未竣工。", "启航大厦还没有开工。", "启航大厦项目至今未封顶。", "启航大厦项目未如期竣工。"])
def test_a_site_that_has_not_come_so_far_is_named_and_has_reached_nothing(text: str):
    facts = facts_of(text)
    assert [one.name.removesuffix("项目") for one in facts.entities if one.type == "Project"] == ["启航大厦"]
    assert [event for event in facts.events if event.type == "Milestone"] == []
