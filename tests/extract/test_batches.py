"""Projects of rows, of batches and of paragraphs: what they have reached and where they lie, by hand."""

import pytest

from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "岚光仪器": "Enterprise",
    "沐野食品": "Enterprise",
    "岚光仪器有限公司": "Enterprise",
    "云汀经开区": "Park",
    "风机叶片项目": "Project",
    "冷链仓储项目": "Project",
    "锂盐项目": "Project",
    "铝箔基地": "Project",
    "铝箔基地(二期)项目": "Project",
}
Said = set[tuple[str, str, bool]]


def stages(text: str, title: str = "2023年项目建设情况") -> Said:
    facts = facts_with(text, NAMES, title)
    return {(e.object or "", e.status or "", e.planned) for e in facts.events if e.type == "Milestone"}


STAGES: dict[str, tuple[str, Said]] = {
    "what each of a row costs stands before its name": (
        "开工项目主要有总投资3亿元的风机叶片项目、总投资1.2亿元的锂盐项目、占地40亩的铝箔基地等。",
        {("风机叶片项目", "开工", False), ("锂盐项目", "开工", False), ("铝箔基地", "开工", False)},
    ),
    "a row goes on behind a piece that is no name": (
        "本次集中开工的项目包括风机叶片项目、老旧管网改造、锂盐项目等。",
        {("风机叶片项目", "集中开工", False), ("锂盐项目", "集中开工", False)},
    ),
    "a stage in brackets is part of a name": ("铝箔基地(二期)项目进展顺利。", set()),
    "a row behind the stage of its batch": (
        "3月,全区12个项目集中开工。2个制造类项目分别是风机叶片项目和锂盐项目。",
        {("风机叶片项目", "集中开工", False), ("锂盐项目", "集中开工", False)},
    ),
    "projects told of one by one behind their batch": (
        "此次签约的2个项目总投资9亿元。岚光仪器投资的风机叶片项目占地50亩。锂盐项目拟投资2亿元。",
        {("风机叶片项目", "签约", False), ("锂盐项目", "签约", False)},
    ),
    "a row of its own paragraph is of no batch": ("全区12个项目集中开工。\n锂盐项目占地50亩。", set()),
    "a batch that names its own": (
        "开工2个项目,包括风机叶片项目、锂盐项目。冷链仓储项目占地9亩。",
        {("风机叶片项目", "开工", False), ("锂盐项目", "开工", False)},
    ),
    "a firm's plant": ("岚光仪器和沐野食品的新厂房正在封顶。", {("岚光仪器", "封顶", False), ("沐野食品", "封顶", False)}),
    "a count takes up a row": (
        "岚光仪器和沐野食品的新厂房已封顶,预计两个项目年底投产。",
        {("岚光仪器", "封顶", False), ("沐野食品", "封顶", False), ("岚光仪器", "投产", True), ("沐野食品", "投产", True)},
    ),
    "another firm's product is not the first one's": (
        "岚光仪器建成投产,沐野食品的果干已送检,预计明年投入生产。",
        {("岚光仪器", "建成投产", False)},
    ),
    "a paragraph of one project": (
        "2.岚光仪器有限公司项目简介:项目占地30亩。2021年5月正式开工,10月竣工。",
        {("岚光仪器有限公司", "正式开工", False), ("岚光仪器有限公司", "竣工", False)},
    ),
    "a heading names the project of what is below": (
        "一、锂盐项目\n总投资5亿元。主体已封顶,预计年底投产。\n二、铝箔基地\n计划7月开工。",
        {("锂盐项目", "主体已封顶", False), ("锂盐项目", "投产", True), ("铝箔基地", "开工", True)},
    ),
    "an intention holds on along a sentence": (
        "全年力争开工锂盐项目,竣工铝箔基地。",
        {("锂盐项目", "开工", True), ("铝箔基地", "竣工", True)},
    ),
    "firms that settle are no stage of their park": ("云汀经开区已落户企业120家,其中有岚光仪器、沐野食品等。", set()),
}


@pytest.mark.parametrize(("text", "said"), STAGES.values(), ids=STAGES.keys())
def test_what_projects_have_reached(text: str, said: Said):
    assert stages(text) == said


def named(text: str, title: str = "") -> set[tuple[str, str]]:
    return {(e.name, e.type) for e in facts_of(text, title).entities}


def test_a_count_tells_that_all_of_a_row_are_projects():
    found = named("3个民生类项目分别是听松里改造、望溪广场和总投资2亿元的石鼓苑。")
    assert {("听松里改造", "Project"), ("望溪广场", "Project"), ("石鼓苑", "Project")} <= found
    assert ("石鼓苑", "Project") not in named("5个民生类项目分别是听松里改造、望溪广场和总投资2亿元的石鼓苑。")


def located(text: str, title: str) -> set[tuple[str, str]]:
    return {(r.subject, r.object) for r in facts_of(text, title).relations if r.predicate == "locatedIn"}


HOSTS = {
    "a park has firms": "云汀经开区现有岚光仪器、沐野食品等规上企业18家。",
    "firms have entered": "云汀经开区已入驻岚光仪器、沐野食品等企业32家。",
    "those that entered are named": "云汀经开区入驻企业包括岚光仪器、沐野食品。",
    "a park draws firms to settle": "云汀经开区吸引岚光仪器、沐野食品等企业落户。",
}


@pytest.mark.parametrize("text", HOSTS.values(), ids=HOSTS.keys())
def test_firms_of_a_park(text: str):
    facts = facts_with(text, NAMES, "2023年工作情况")
    found = {(r.subject, r.object) for r in facts.relations if r.predicate == "locatedIn"}
    assert found == {("岚光仪器", "云汀经开区"), ("沐野食品", "云汀经开区")}


def test_projects_of_a_count_lie_in_the_zone_before_it():
    facts = facts_with("云汀经开区8个项目集中开工,包括风机叶片项目、锂盐项目。", NAMES, "2023年工作情况")
    found = {(r.subject, r.object) for r in facts.relations if r.predicate == "locatedIn"}
    assert found == {("风机叶片项目", "云汀经开区"), ("锂盐项目", "云汀经开区")}


def test_a_county_with_which_a_project_begins():
    text = "总投资3亿元的平乐县智能灌溉装备生产线项目和大化县油茶精深加工项目已开工。"
    found = located(text, "2023年重点项目情况")
    assert {("平乐县智能灌溉装备生产线项目", "平乐县"), ("大化县油茶精深加工项目", "大化县")} <= found


def test_a_firm_of_another_city_builds_in_the_zone_that_reports():
    text = "本次集中开工的项目包括深圳岚光仪器公司西部生产基地项目、沐野食品公司扩产项目等。"
    found = located(text, "云汀经开区6个项目集中开工")
    assert {place for _, place in found} == {"云汀经开区"}
    assert len(found) >= 2


def test_a_name_begins_behind_the_place_that_it_is_of():
    assert not any("的" in name for name, _ in named("位于平乐市的云汀科技城与北麓大学签约。"))
