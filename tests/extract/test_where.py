"""Where things lie, what they are parts of, who pays for, builds and runs them: sentences with what they state."""

import pytest

from kg.model import Relation
from tests.extract.marked import facts_with

NAMES = {
    "澜江高新区": "Park",
    "东湖电子产业园": "Park",
    "南岭装备产业园": "Park",
    "西川物流园": "Park",
    "云阔科技城": "Park",
    "澜江县": "Place",
    "恒岳电气": "Enterprise",
    "远川精密": "Enterprise",
    "宁泰新材": "Enterprise",
    "恒岳集团": "Enterprise",
    "北屏工业大学": "ResearchInstitute",
    "智能传感研究院": "ResearchInstitute",
    "智能仓储项目": "Project",
    "储能电池项目": "Project",
}
PARTS = {"东湖电子产业园 partOf 澜江高新区", "南岭装备产业园 partOf 澜江高新区"}
LIE = {"恒岳电气 locatedIn 澜江高新区", "远川精密 locatedIn 澜江高新区"}


def told(text: str, *properties: str) -> set[str]:
    edges: list[Relation] = [e for e in facts_with(text, NAMES).relations if e.basis == "stated"]
    return {f"{e.subject} {e.predicate} {e.object}" for e in edges if e.predicate in properties}


@pytest.mark.parametrize(
    "text",
    [
        "澜江高新区由东湖电子产业园和南岭装备产业园两部分组成。",
        "澜江高新区下辖东湖电子产业园、南岭装备产业园。",
        "澜江高新区规划布局了东湖电子产业园、南岭装备产业园等板块。",
        "澜江高新区已形成东湖电子产业园、南岭装备产业园两大板块。",
        "东湖电子产业园、南岭装备产业园是澜江高新区的重要组成部分。",
        "东湖电子产业园、南岭装备产业园作为澜江高新区的核心区,今年提速建设。",
    ],
)
def test_what_a_zone_is_made_of(text: str):
    assert told(text, "partOf") == PARTS


def test_a_row_of_projects_is_no_row_of_parts():
    assert told("澜江高新区项目集中开工,包括智能仓储项目、东湖电子产业园等。", "partOf") == set()


@pytest.mark.parametrize(
    "text",
    [
        "宁泰新材是继恒岳电气、远川精密之后,澜江高新区第3家产值超十亿元企业。",
        "继恒岳电气、远川精密之后,又有一家企业落户澜江高新区。",
        "全市推进澜江高新区建设,已有恒岳电气、远川精密等一批企业落户。",
        "澜江高新区先后引进恒岳电气、远川精密等龙头企业。",
    ],
)
def test_firms_that_have_come_to_a_zone(text: str):
    assert told(text, "locatedIn") == LIE


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("澜江县2家企业入选名单,分别是:恒岳电气、远川精密。", {"恒岳电气 locatedIn 澜江县", "远川精密 locatedIn 澜江县"}),
        ("位于澜江高新区内的智能仓储项目已封顶。", {"智能仓储项目 locatedIn 澜江高新区"}),
        ("智能仓储项目正在澜江高新区有序推进。", {"智能仓储项目 locatedIn 澜江高新区"}),
        ("恒岳电气将在澜江高新区打造智能仓储项目。", {"智能仓储项目 locatedIn 澜江高新区"}),
        ("恒岳电气正在建设智能仓储项目。", set()),
        ("智能仓储项目签约仪式在澜江县举行。", set()),
    ],
)
def test_where_a_site_or_a_firm_lies(text: str, edges: set[str]):
    assert told(text, "locatedIn") == edges


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("恒岳电气拟投资20亿元,在澜江高新区建设智能仓储项目。", {"恒岳电气 invests 智能仓储项目"}),
        ("恒岳电气将投资20亿元,建设智能仓储项目。", {"恒岳电气 invests 智能仓储项目"}),
        ("智能仓储项目进展顺利。据了解,该项目由恒岳电气投资建设。", {"恒岳电气 invests 智能仓储项目"}),
        ("智能仓储项目的投资方为恒岳电气,占地80亩。", {"恒岳电气 invests 智能仓储项目"}),
        ("恒岳电气储能产线分两期建设,一期投资2亿元,建设储能电池项目。", set()),
    ],
)
def test_who_pays_for_what_is_built(text: str, edges: set[str]):
    assert told(text, "invests") == edges


def test_who_builds_an_institute_together_takes_part_in_it():
    both = {"恒岳电气 participatesIn 智能传感研究院", "北屏工业大学 participatesIn 智能传感研究院"}
    assert told("恒岳电气与北屏工业大学共建智能传感研究院。", "participatesIn") == both
    assert told("智能传感研究院由恒岳电气与北屏工业大学共同组建。", "participatesIn") == both


@pytest.mark.parametrize(
    "text",
    ["恒岳集团全资子公司宁泰新材今日开业。", "宁泰新材是恒岳集团的控股子公司。", "恒岳集团旗下的宁泰新材扩产。"],
)
def test_whose_a_firm_is(text: str):
    assert told(text, "partOf") == {"宁泰新材 partOf 恒岳集团"}


def test_a_zone_named_after_a_port_or_a_firm_is_not_run_by_it():
    names = {"海岚港": "Enterprise", "海岚港保税区": "Park", "恒岳电气产业园": "Park", "恒岳电气": "Enterprise"}
    found = facts_with("海岚港保税区和恒岳电气产业园今日开园。", names).relations
    assert {(e.subject, e.object) for e in found if e.predicate == "operatedBy"} == {("恒岳电气产业园", "恒岳电气")}


def test_what_a_place_is_to_become_does_not_lie_there():
    names = {"澜江县": "Place", "特色中药产业基地": "Park"}
    found = facts_with("澜江县提出,将全县打造成健康产业高地、特色中药产业基地。", names, title="澜江县上半年工作情况").relations
    assert not [e for e in found if e.subject == "特色中药产业基地"]
