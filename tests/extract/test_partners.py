"""Who works with whom, who does which work, and what is worked on: rows, pairs, sides left out, names that are not known."""

import pytest

from tests.conftest import facts_of
from tests.extract.marked import facts_with

NAMES = {
    "凌川高新区": "Park",
    "凌川高新区管委会": "GovernmentBody",
    "凌川市": "Place",
    "市委": "GovernmentBody",
    "宁北省": "Place",
    "望海大学": "ResearchInstitute",
    "松原理工大学": "ResearchInstitute",
    "松原理工大学机电学院": "ResearchInstitute",
    "岱山电工": "Enterprise",
    "泽明制药": "Enterprise",
    "苍岭重机": "Enterprise",
    "湖岸研究院": "ResearchInstitute",
    "深海装备研究中心": "Platform",
    "云谷数字产业园": "Park",
    "高寒电池攻关项目": "Project",
    "巡检机器人": "Technology",
    "高温合金": "Technology",
    "稀土材料": "Industry",
    "新能源": "Industry",
    "数字医疗": "Industry",
    "百强培育计划": "Programme",
}


def stated(text: str) -> set[tuple[str, ...]]:
    facts = facts_with(text, NAMES, "简讯一则")
    found = {(r.subject, r.predicate, r.object) for r in facts.relations}
    return found | {(o, p, s) for s, p, o in found if p == "cooperatesWith"}


STATED = [
    # parties in pairs
    (
        "岱山电工与望海大学、泽明制药与湖岸研究院分别签订技术合作合同。",
        {("岱山电工", "cooperatesWith", "望海大学"), ("泽明制药", "cooperatesWith", "湖岸研究院")},
        {("岱山电工", "cooperatesWith", "湖岸研究院"), ("望海大学", "cooperatesWith", "泽明制药")},
    ),
    (
        "岱山电工、泽明制药分别与望海大学、湖岸研究院签订技术合作合同。",
        {("岱山电工", "cooperatesWith", "望海大学"), ("泽明制药", "cooperatesWith", "湖岸研究院")},
        {("岱山电工", "cooperatesWith", "湖岸研究院"), ("泽明制药", "cooperatesWith", "望海大学")},
    ),
    (
        "岱山电工、泽明制药分别与望海大学、湖岸研究院等院所签订技术合作合同。",
        {("岱山电工", "cooperatesWith", "湖岸研究院"), ("泽明制药", "cooperatesWith", "望海大学")},
        set(),
    ),
    # each for itself
    (
        "岱山电工、泽明制药和苍岭重机分别介绍了合作意向。",
        set(),
        {("岱山电工", "cooperatesWith", "泽明制药"), ("泽明制药", "cooperatesWith", "苍岭重机")},
    ),
    # what they work on stands between
    ("岱山电工与望海大学就“高寒电池攻关项目”签署协议。", {("岱山电工", "cooperatesWith", "望海大学")}, set()),
    ("凌川市在人才培养、成果转化等方面与望海大学开展合作。", {("凌川市", "cooperatesWith", "望海大学")}, set()),
    ("岱山电工、泽明制药追加投资,携手凌川市做强本地品牌。", {("泽明制药", "cooperatesWith", "凌川市")}, set()),
    # who is brought in to build together comes from elsewhere
    (
        "凌川高新区引进望海大学共建深海装备研究中心。",
        {("凌川高新区", "cooperatesWith", "望海大学")},
        {("望海大学", "locatedIn", "凌川高新区")},
    ),
    # parties without a name that is known, before, behind and within a row
    ("凌川高新区与某设计总院、岱山电工、苍岭重机等9家单位签署合作协议。", {("凌川高新区", "cooperatesWith", "苍岭重机")}, set()),
    (
        "岱山电工、苍岭重机、宏业锻造厂等6家企业与凌川高新区管委会签订合作协议。",
        {("岱山电工", "cooperatesWith", "凌川高新区管委会")},
        set(),
    ),
    (
        "松原理工大学机电学院、数据应用中心与凌川高新区管委会签署三方合作协议。",
        {("松原理工大学机电学院", "cooperatesWith", "凌川高新区管委会")},
        set(),
    ),
    # whatever is done together
    (
        "岱山电工联合湖岸研究院推出巡检机器人。",
        {("岱山电工", "cooperatesWith", "湖岸研究院"), ("岱山电工", "develops", "巡检机器人")},
        set(),
    ),
    (
        "望海大学与苍岭重机共同完成的高寒电池攻关项目通过验收。",
        {("望海大学", "cooperatesWith", "苍岭重机"), ("苍岭重机", "undertakes", "高寒电池攻关项目")},
        set(),
    ),
    ("凌川高新区引进望海大学共建深海装备研究中心。", {("凌川高新区", "cooperatesWith", "望海大学")}, set()),
    # a side that the sentence before names, and one that is but wished for, a kind, or the beginning of an unknown name
    ("凌川市现有高校3所。还与望海大学、湖岸研究院建立了战略合作关系。", {("凌川市", "cooperatesWith", "望海大学")}, set()),
    ("凌川市现有高校3所。希望与望海大学深化合作。", set(), {("凌川市", "cooperatesWith", "望海大学")}),
    ("凌川市签约项目20个,其中与望海大学合作项目4个。", set(), {("凌川市", "cooperatesWith", "望海大学")}),
    ("凌川市与宁北省王晓明签约木器项目。", set(), {("凌川市", "cooperatesWith", "宁北省")}),
    ("市委书记赵某、市长钱某与岱山电工座谈,与岱山电工签署合作协议。", set(), {("市委", "cooperatesWith", "岱山电工")}),
    # who does which work
    ("岱山电工的“高寒电池攻关项目”入库。", {("岱山电工", "undertakes", "高寒电池攻关项目")}, set()),
    ("苍岭重机的巡检机器人亮相。", {("苍岭重机", "develops", "巡检机器人")}, set()),
    ("由望海大学李某某等人领衔的高寒电池攻关项目获奖。", {("望海大学", "undertakes", "高寒电池攻关项目")}, set()),
    (
        "由望海大学牵头、苍岭重机参与的高寒电池攻关项目启动。",
        {("望海大学", "undertakes", "高寒电池攻关项目"), ("苍岭重机", "participatesIn", "高寒电池攻关项目")},
        {("苍岭重机", "undertakes", "高寒电池攻关项目")},
    ),
    ("苍岭重机建设的高寒电池攻关项目开工。", {("苍岭重机", "undertakes", "高寒电池攻关项目")}, set()),
    ("苍岭重机主要从事研发、生产及销售巡检机器人。", {("苍岭重机", "develops", "巡检机器人")}, set()),
    ("岱山电工、泽明制药等4家企业纳入百强培育计划。", {("泽明制药", "participatesIn", "百强培育计划")}, set()),
    # what is worked on
    (
        "凌川高新区与望海大学共建深海装备研究中心,聚焦高温合金、稀土材料开展研究。",
        {("深海装备研究中心", "focusesOn", "高温合金"), ("深海装备研究中心", "focusesOn", "稀土材料")},
        {("凌川高新区", "focusesOn", "稀土材料")},
    ),
    (
        "凌川高新区以新能源为代表的先进制造业和以数字医疗为代表的未来产业加快成长。",
        {("凌川高新区", "focusesOn", "数字医疗")},
        set(),
    ),
    ("云谷数字产业园重点布局数字医疗、新能源。", {("云谷数字产业园", "focusesOn", "数字医疗")}, set()),
]


@pytest.mark.parametrize(("text", "told", "not_told"), STATED, ids=[text for text, *_ in STATED])
def test_partners_work_and_fields(text: str, told: set[tuple[str, ...]], not_told: set[tuple[str, ...]]):
    found = stated(text)
    assert told <= found
    assert not not_told & found


def named(text: str, title: str = "") -> set[tuple[str, str]]:
    return {(e.name, e.type) for e in facts_of(text, title).entities}


def test_two_parties_are_no_single_name():
    assert {("平谷区", "Place"), ("星岳光电科技有限公司", "Enterprise")} <= named("平谷区与星岳光电科技有限公司签约。")


def test_a_site_is_named_without_the_place_before_it():
    assert ("临湖科技城", "Park") in named("位于浙江省湖州市的临湖科技城加快建设。")


def test_a_section_belongs_to_the_name_of_its_university():
    assert ("东岭大学科技合作处", "ResearchInstitute") in named("东岭大学科技合作处与云舟科技有限公司签订合同。")


def test_what_a_firm_is_called_is_no_part_of_its_name():
    assert ("云舟智慧科技股份有限公司", "Enterprise") in named("高新区物联网企业云舟智慧科技股份有限公司获评小巨人企业。")
    assert ("云舟企业集团有限公司", "Enterprise") in named("云舟企业集团有限公司开工。")


def test_the_full_name_of_a_place_is_one():
    assert {("大同市", "Place"), ("河北省", "Place")} <= named("大同市紧紧围绕新能源产业招商。河北省加快发展新能源产业。")


def test_universities_with_whole_names_are_two():
    found = named("东岭大学与云舟科技有限公司签约。东岭师范大学与启明集团签约。")
    assert {("东岭大学", "ResearchInstitute"), ("东岭师范大学", "ResearchInstitute")} <= found


def test_a_heading_tells_of_partners():
    edges = facts_of("今天上午,签约仪式举行。", "云湖高新区与东岭大学签署战略合作协议").relations
    assert ("云湖高新区", "cooperatesWith", "东岭大学") in {(e.subject, e.predicate, e.object) for e in edges}


def test_the_text_names_the_parties_of_an_agreement_by_its_title():
    text = "云湖市人民政府发展势头良好。东岭大学校长出席。会上通报了《东岭大学与云湖市人民政府战略合作框架协议》。"
    edges = facts_of(text).relations
    assert ("东岭大学", "cooperatesWith", "云湖市人民政府") in {(e.subject, e.predicate, e.object) for e in edges}


def test_a_row_of_fields_is_named_without_what_stands_before_it():
    edges = {
        (e.subject, e.object)
        for e in facts_of("云湖高新区以集成电路、新材料等为代表的新兴产业加速增长。").relations
        if e.predicate == "focusesOn"
    }
    assert edges == {("云湖高新区", "集成电路"), ("云湖高新区", "新材料")}


def test_two_who_build_an_institute_are_no_part_of_its_name():
    found = named("松原理工大学与兰州市共建先进材料创新研究院。")
    assert {("兰州市", "Place"), ("先进材料创新研究院", "ResearchInstitute")} <= found
