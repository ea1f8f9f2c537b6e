"""Clauses taken apart: what plays which part, whatever stands between, and what frames say of it."""

import pytest

from tests.extract.marked import facts_with

NAMES = {
    "云舟科技有限公司": "Enterprise",
    "江南大学": "ResearchInstitute",
    "滨江软件园": "Park",
    "金陵材料研究院": "ResearchInstitute",
    "工业软件平台": "Platform",
    "滨江软件园管委会": "GovernmentBody",
    "智能制造研究院": "ResearchInstitute",
    "蓝石超算中心": "Platform",
    "蓝湾储能产业园项目": "Project",
    "蓝石集团": "Enterprise",
    "星河集团": "Enterprise",
    "云湖产业园": "Park",
    "临江高新区": "Park",
    "云湖冷链物流项目": "Project",
    "射频芯片": "Technology",
    "功率芯片": "Technology",
    "国家重点研发计划": "Programme",
    "市科技局": "GovernmentBody",
    "市经信局": "GovernmentBody",
    "生物医药": "Industry",
    "新能源汽车": "Industry",
    "江南大学与南山区人民政府战略合作框架协议": "Policy",
    "南山区人民政府": "GovernmentBody",
}


def edges(text: str, *predicates: str) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in facts_with(text, NAMES).relations if not predicates or r.predicate in predicates}


def partners(text: str) -> set[frozenset[str]]:
    return {frozenset(e.participants) for e in facts_with(text, NAMES).events if e.type == "Cooperation"}


COOPERATIONS = {
    "with": ("云舟科技有限公司与江南大学开展产学研合作。", {"云舟科技有限公司", "江南大学"}),
    "and": ("云舟科技有限公司和江南大学签订合作协议。", {"云舟科技有限公司", "江南大学"}),
    "an agreement on a project": (
        "云舟科技有限公司与江南大学签署了光栅尺科研项目合作协议。",
        {"云舟科技有限公司", "江南大学"},
    ),
    "where": (
        "云舟科技有限公司与江南大学在滨江软件园签署战略合作协议。",
        {"云舟科技有限公司", "江南大学"},
    ),
    "jointly": ("江南大学、金陵材料研究院共建联合实验室。", {"江南大学", "金陵材料研究院"}),
    "hand in hand": (
        "云舟科技有限公司携手江南大学打造工业软件平台。",
        {"云舟科技有限公司", "江南大学"},
    ),
    "joined hands": ("江南大学牵手滨江软件园。", {"江南大学", "滨江软件园"}),
    "an alliance": ("云舟科技有限公司与江南大学结为创新联合体。", {"云舟科技有限公司", "江南大学"}),
    "three sides": (
        "江南大学、金陵材料研究院与滨江软件园管委会签署三方战略合作协议。",
        {"江南大学", "金陵材料研究院", "滨江软件园管委会"},
    ),
    "a memorandum": ("云舟科技有限公司同江南大学签署合作备忘录。", {"云舟科技有限公司", "江南大学"}),
    "by whose report it is": ("与江南大学签订战略合作协议。", {"南山区科委", "江南大学"}),
    "founded with": (
        "滨江软件园成立专班，并与江南大学合作成立了智能制造研究院。",
        {"滨江软件园", "江南大学"},
    ),
    "what the agreement is called": ("落实《江南大学与南山区人民政府战略合作框架协议》。", {"江南大学", "南山区人民政府"}),
}


@pytest.mark.parametrize(("text", "sides"), COOPERATIONS.values(), ids=COOPERATIONS.keys())
def test_who_works_together(text: str, sides: set[str]):
    assert frozenset(sides) in partners(text)


@pytest.mark.parametrize(
    "text",
    [
        "云舟科技有限公司、蓝石超算中心等12个项目现场签约。",
        "江南大学校长出席并见证签约。云舟科技有限公司竣工。",
        "我们与江南大学合作多年。",
        "与江南大学合作的脑机接口项目进入临床阶段。",
        "云舟科技有限公司营收同江南大学投入同步增长，合作氛围浓厚。",
    ],
)
def test_who_only_stands_beside_words_of_joint_work(text: str):
    assert partners(text) == set()


def test_all_of_three_sides_work_with_each_other():
    found = edges(
        "江南大学、金陵材料研究院与滨江软件园管委会签署三方战略合作协议。",
        "cooperatesWith",
    )
    assert len(found) == 3


def test_both_of_a_row_work_with_the_other_side_and_not_with_each_other():
    found = edges(
        "江南大学、金陵材料研究院分别与云舟科技有限公司签署技术合作协议。",
        "cooperatesWith",
    )
    assert {frozenset((s, o)) for s, _, o in found} == {
        frozenset(("江南大学", "云舟科技有限公司")),
        frozenset(("金陵材料研究院", "云舟科技有限公司")),
    }


EDGES = {
    "invests": (
        "云舟科技有限公司计划总投资30亿元建设蓝湾储能产业园项目。",
        ("云舟科技有限公司", "invests", "蓝湾储能产业园项目"),
    ),
    "invested by": (
        "蓝湾储能产业园项目由云舟科技有限公司投资建设。",
        ("云舟科技有限公司", "invests", "蓝湾储能产业园项目"),
    ),
    "built by": (
        "蓝湾储能产业园项目由云舟科技有限公司承建。",
        ("云舟科技有限公司", "undertakes", "蓝湾储能产业园项目"),
    ),
    "run by": ("滨江软件园由云舟科技有限公司负责运营。", ("滨江软件园", "operatedBy", "云舟科技有限公司")),
    "runs": ("云舟科技有限公司运营滨江软件园。", ("滨江软件园", "operatedBy", "云舟科技有限公司")),
    "run by a firm of two": (
        "滨江软件园占地5亩,由蓝石集团与星河集团合资的云舟科技有限公司负责运营。",
        ("滨江软件园", "operatedBy", "云舟科技有限公司"),
    ),
    "settles": ("云舟科技有限公司落户滨江软件园。", ("云舟科技有限公司", "locatedIn", "滨江软件园")),
    "settles, said of what settled": (
        "落户滨江软件园的云舟科技有限公司获得融资。",
        ("云舟科技有限公司", "locatedIn", "滨江软件园"),
    ),
    "lies in": ("云湖产业园坐落于临江高新区。", ("云湖产业园", "locatedIn", "临江高新区")),
    "started in": ("蓝湾储能产业园项目在临江高新区开工。", ("蓝湾储能产业园项目", "locatedIn", "临江高新区")),
    "a park's projects": (
        "临江高新区集中开工的项目包括蓝湾储能产业园项目、云湖冷链物流项目等。",
        ("云湖冷链物流项目", "locatedIn", "临江高新区"),
    ),
    "of a park": ("临江高新区下辖云湖产业园。", ("云湖产业园", "partOf", "临江高新区")),
    "a part of": ("云湖产业园是临江高新区的重要组成部分。", ("云湖产业园", "partOf", "临江高新区")),
    "develops": ("云舟科技有限公司自主研发的射频芯片、功率芯片等产品获批上市。", None),
    "takes part": (
        "云舟科技有限公司参与蓝湾储能产业园项目。",
        ("云舟科技有限公司", "participatesIn", "蓝湾储能产业园项目"),
    ),
    "carries with": (
        "云舟科技有限公司联合江南大学承担国家重点研发计划。",
        ("江南大学", "undertakes", "国家重点研发计划"),
    ),
    "supports": ("市科技局支持云舟科技有限公司做大做强。", ("市科技局", "supports", "云舟科技有限公司")),
    "recommends": ("市科技局推荐云舟科技有限公司申报。", ("市科技局", "recommends", "云舟科技有限公司")),
    "endorsed": ("滨江软件园建设得到市经信局高度肯定。", ("滨江软件园", "endorsedBy", "市经信局")),
    "fields": (
        "临江高新区以生物医药、新能源汽车为主导产业。",
        ("临江高新区", "focusesOn", "生物医药"),
    ),
    "goes on behind a comma": (
        "云舟科技有限公司投资2亿元,落户滨江软件园。",
        ("云舟科技有限公司", "locatedIn", "滨江软件园"),
    ),
}


@pytest.mark.parametrize(("text", "edge"), EDGES.values(), ids=EDGES.keys())
def test_what_a_clause_says_of_whom(text: str, edge: tuple[str, str, str] | None):
    found = edges(text)
    if edge is None:
        assert {p for _, p, _ in found} <= {"develops"}
    else:
        assert edge in found


@pytest.mark.parametrize(
    "text",
    [
        "云舟科技有限公司总经理走访滨江软件园。",
        "云舟科技有限公司获批，滨江软件园落户3家企业。",
        "滨江软件园、临江高新区运营良好。",
        "云舟科技有限公司的产品落户滨江软件园。",
        "市科技局走访云舟科技有限公司，滨江软件园支持力度加大。",
        "云舟科技有限公司投资公司获牌，蓝湾储能产业园项目推进顺利。",
    ],
)
def test_things_that_merely_stand_near_each_other_are_not_joined(text: str):
    assert edges(text, "invests", "locatedIn", "supports", "operatedBy", "undertakes", "partOf") == set()
