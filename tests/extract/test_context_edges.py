"""What follows from whose report it is, marked as read from there and never mixed with what a sentence states."""

import pytest

from tests.conftest import facts_of

PARK = "云湖高新区2022年工作总结"
COUNTY = "梅林县举行三季度重点项目集中开工活动"
OFFICE = "南山区科委2022年上半年工作总结"


def edges(text: str, title: str, basis: str = "report") -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in facts_of(text, title).relations if r.basis == basis}


OWN = {
    "a park's projects": (PARK, "远图新材项目、辰光装备基地开工建设。", ("远图新材项目", "locatedIn", "云湖高新区")),
    "the last of a row too": (PARK, "远图新材项目、辰光装备基地开工建设。", ("辰光装备基地", "locatedIn", "云湖高新区")),
    "an incubator in a park": (PARK, "蓝湾孵化器新引进团队12个。", ("蓝湾孵化器", "locatedIn", "云湖高新区")),
    "news of a county": (COUNTY, "此次开工项目6个。白溪光伏项目主体封顶。", ("白溪光伏项目", "locatedIn", "梅林县")),
    "news that writes it short": (
        "宁海10个项目集中签约",
        "宁海县领导出席。云舟轴承项目主体封顶。",
        ("云舟轴承项目", "locatedIn", "宁海县"),
    ),
    "behind its province": ("浙江宁海:10个项目集中签约", "宁海县领导出席。云舟轴承项目主体封顶。", ("云舟轴承项目", "locatedIn", "宁海县")),
    "behind a sum": ("总投资45亿元 浙江宁海县集中开工", "云舟轴承项目主体封顶。", ("云舟轴承项目", "locatedIn", "宁海县")),
    "the company of a project": (
        PARK,
        "由辰光装备有限公司投资建设的辰光轴承项目已经开工。",
        ("辰光装备有限公司", "locatedIn", "云湖高新区"),
    ),
    "an enterprise called its own": (PARK, "区内龙头企业云舟科技有限公司产值增长12%。", ("云舟科技有限公司", "locatedIn", "云湖高新区")),
    "a winner of a county": (
        "梅林县3家企业上榜",
        "云舟科技有限公司、蓝石轴承有限公司入选省级专精特新企业。",
        ("云舟科技有限公司", "locatedIn", "梅林县"),
    ),
    "a winner's firm": (
        "宁海县科学技术奖揭晓",
        "其中云舟科技有限公司陈一、蓝石轴承有限公司李二共2人获得自主创新贡献奖。",
        ("云舟科技有限公司", "locatedIn", "宁海县"),
    ),
    "a winner of an office's report": (
        OFFICE,
        "云舟科技有限公司、蓝石轴承有限公司获评国家高新技术企业。",
        ("云舟科技有限公司", "locatedIn", "南山区"),
    ),
    "news that begins with its place": (
        "校地携手结硕果",
        "江北日报讯:宁海县科技工作再传喜讯。宁海县领导出席。远图孵化器开园。",
        ("远图孵化器", "locatedIn", "宁海县"),
    ),
    "fields that it works on": (PARK, "云湖高新区聚焦新能源、生物医药产业,全力招商。", ("云湖高新区", "focusesOn", "生物医药")),
    "fields of what it signs": (
        PARK,
        "本次签约项目18个,涵盖新能源、生物医药、现代物流等多个领域。",
        ("云湖高新区", "focusesOn", "生物医药"),
    ),
}


@pytest.mark.parametrize(("title", "text", "edge"), OWN.values(), ids=OWN.keys())
def test_what_a_report_tells_of_as_its_own(title: str, text: str, edge: tuple[str, str, str]):
    found = edges(text, title) | (edges(text, title, "stated") if edge[1] == "focusesOn" else set())
    assert edge in found


NOT_OWN = {
    "a partner": (PARK, "与江北装备集团签署战略合作协议。"),
    "one that comes from elsewhere": (PARK, "来自杭州的远图孵化器作了交流。"),
    "one that is visited": (PARK, "赴深圳考察远图产业园。"),
    "one named after another place": (PARK, "苏州软件产业园介绍了经验。"),
    "one of the whole country": (PARK, "列入国家重大科技基础设施项目。"),
    "a title that is given": (PARK, "获批建设“双创”示范基地。"),
    "what is researched": (PARK, "“高速轴承关键技术”项目获省科学技术进步奖二等奖。"),
    "kinds": (PARK, "春季重大项目、政府性投资项目按期推进。"),
    "an office's own work": (OFFICE, "推进云舟轴承项目、滨江孵化器建设。"),
    "a county that it does not name": ("我县3家企业上榜", "我县蓝石轴承有限公司入选省级专精特新企业。"),
    "winners of a province": ("江苏省科学技术奖揭晓", "江苏省今年表彰项目260项。云舟科技有限公司获江苏省科学技术奖一等奖。"),
}


@pytest.mark.parametrize(("title", "text"), NOT_OWN.values(), ids=NOT_OWN.keys())
def test_what_lies_elsewhere_or_nowhere(title: str, text: str):
    assert {edge for edge in edges(text, title) if edge[1] == "locatedIn"} == set()


def test_a_paragraph_that_opens_with_a_district_tells_of_that_one():
    text = "余姚市:开工12个项目,云舟轴承项目主体封顶。\n慈溪市:远图孵化器投入使用。"
    found = edges(text, "宁波市重点项目推进情况")
    assert ("云舟轴承项目", "locatedIn", "余姚市") in found
    assert ("远图孵化器", "locatedIn", "慈溪市") in found


def test_it_leads_to_the_sentence_and_to_the_title():
    facts = facts_of("远图新材项目开工建设。", PARK)
    [edge] = [r for r in facts.relations if r.subject == "远图新材项目"]
    assert (edge.basis, facts.document.quote(edge.span)) == ("report", "远图新材项目")
    assert [facts.document.quote(span) for span in edge.given] == ["云湖高新区"]


def test_what_a_sentence_says_of_where_it_stands_is_not_said_again():
    found = [
        r for r in facts_of("远图新材项目落户滨江产业园。", PARK).relations if (r.subject, r.predicate) == ("远图新材项目", "locatedIn")
    ]
    assert [(r.predicate, r.object, r.basis) for r in found] == [("locatedIn", "滨江产业园", "stated")]


def test_a_project_behind_a_row_of_enterprises_is_no_field_of_the_park():
    found = edges("云舟科技有限公司主要从事新能源、新材料等领域的研发。", PARK)
    assert not {edge for edge in found if edge[1] == "focusesOn"}


def test_the_place_is_named_where_only_the_title_names_it():
    facts = facts_of("云舟轴承项目主体封顶。", "镇江重点项目迅速推进")
    assert ("云舟轴承项目", "locatedIn", "镇江") in {(r.subject, r.predicate, r.object) for r in facts.relations}
    assert ("镇江", "Place") in {(e.name, e.type) for e in facts.entities}


def test_what_the_office_of_a_report_does_without_being_named_is_read_from_the_report():
    facts = facts_of("上半年修订《南山区科技项目管理办法》。", OFFICE)
    [edge] = [r for r in facts.relations if r.predicate == "issues"]
    assert (edge.subject, edge.object, edge.basis) == ("南山区科委", "南山区科技项目管理办法", "report")


def test_what_the_office_does_where_the_sentence_names_it_is_stated():
    facts = facts_of("南山区科委修订《南山区科技项目管理办法》。", OFFICE)
    [edge] = [r for r in facts.relations if r.predicate == "issues"]
    assert edge.basis == "stated"


def test_a_paragraphs_place_gives_what_it_tells_and_lies_in_the_reports_own():
    facts = facts_of("余姚市:开工12个项目,云舟轴承项目主体封顶。", "宁波市重点项目推进情况")
    given = {r.subject: [facts.document.quote(span) for span in r.given] for r in facts.relations if r.predicate == "locatedIn"}
    assert given == {"云舟轴承项目": ["余姚市"], "余姚市": ["宁波市"]}


NOWHERE = {
    "what a phase builds": (PARK, "远图新材项目分两期建设,一期建设光学薄膜生产线项目。"),
    "research that wins": (PARK, "“高速主轴热误差补偿关键技术与装备”获省科技进步奖一等奖。"),
}


@pytest.mark.parametrize(("title", "text"), NOWHERE.values(), ids=NOWHERE.keys())
def test_what_lies_nowhere(title: str, text: str):
    assert {s for s, p, _ in edges(text, title) if p == "locatedIn"} <= {"远图新材项目", "云湖高新区"}


def test_a_firm_behind_its_kind_and_its_park():
    text = "云湖高新区环保企业远岚净化设备股份有限公司产值增长12%。"
    assert ("远岚净化设备股份有限公司", "locatedIn", "云湖高新区") in edges(text, "工作简报", "stated")


def test_a_row_of_fields_begins_behind_who_works_on_them():
    text = "云湖高新区以集成电路、新能源汽车、新一代信息技术等产业为主导。"
    assert {o for s, p, o in edges(text, "工作简报", "stated") if (s, p) == ("云湖高新区", "focusesOn")} >= {"集成电路", "新能源汽车"}
