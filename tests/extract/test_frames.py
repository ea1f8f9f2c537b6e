"""Frames: each sentence with what it states, and properties that it states of nothing."""

import pytest

from tests.extract.marked import facts_with

NAMES = {
    "天衡药业": "Enterprise",
    "博远电气": "Enterprise",
    "启程汽车": "Enterprise",
    "北原工业大学": "ResearchInstitute",
    "西岭农科院": "ResearchInstitute",
    "河间高新区": "Park",
    "河间高新区管委会": "GovernmentBody",
    "东陵县": "Place",
    "东陵县人民政府": "GovernmentBody",
    "东陵经开区": "Park",
    "光伏支架项目": "Project",
    "年产5万吨锂盐项目": "Project",
    "智慧冷链基地": "Project",
    "氢能产业园": "Park",
    "省质量奖": "Award",
    "省科技进步奖": "Award",
    "特等奖": "Award",
    "国家级孵化器": "Recognition",
    "省级专精特新企业": "Recognition",
    "绿色工厂": "Recognition",
    "抗体药物": "Technology",
    "柔性传感器": "Technology",
    "生物医药": "Industry",
    "新材料": "Industry",
    "低空经济": "Industry",
    "揭榜挂帅实施办法": "Policy",
    "人才十条": "Policy",
    "市工信局": "GovernmentBody",
    "省科技厅": "GovernmentBody",
    "众创谷": "Platform",
    "省重点研发计划": "Programme",
    "青年创业大赛": "Programme",
    "天衡研究院": "ResearchInstitute",
}


def stated(text: str) -> set[tuple[str, ...]]:
    """Edges, joint work from either side, and what events tell of."""
    facts = facts_with(text, NAMES)
    found = {(r.subject, r.predicate, r.object) for r in facts.relations if r.basis == "stated"}
    found |= {(o, p, s) for s, p, o in found if p == "cooperatesWith"}
    return found | {(e.type, e.object or "") for e in facts.events}


STATED = [
    ("东陵县致力于打造众创谷,已形成生物医药、新材料等产业集群。", {("东陵县", "focusesOn", "生物医药"), ("东陵县", "focusesOn", "新材料")}),
    ("天衡研究院设有生物医药、新材料两个研究方向。", {("天衡研究院", "focusesOn", "生物医药"), ("天衡研究院", "focusesOn", "新材料")}),
    ("天衡研究院研究方向包括生物医药、新材料等。", {("天衡研究院", "focusesOn", "新材料")}),
    ("东陵经开区主导产业为生物医药、新材料。", {("东陵经开区", "focusesOn", "生物医药")}),
    ("上午,东陵县人民政府与北原工业大学在河间高新区举行战略合作签约仪式。", {("东陵县人民政府", "cooperatesWith", "北原工业大学")}),
    ("天衡药业将携手西岭农科院共同推进中药材种植。", {("天衡药业", "cooperatesWith", "西岭农科院")}),
    (
        "博远电气先后同北原工业大学、西岭农科院建立产学研合作关系。",
        {("博远电气", "cooperatesWith", "北原工业大学"), ("博远电气", "cooperatesWith", "西岭农科院")},
    ),
    ("河间高新区分别与天衡药业、博远电气签约。", {("河间高新区", "cooperatesWith", "天衡药业")}),
    ("北原工业大学牵头,联合天衡药业、博远电气组建创新联合体。", {("北原工业大学", "cooperatesWith", "天衡药业")}),
    ("总投资30亿元的年产5万吨锂盐项目由博远电气投资建设。", {("博远电气", "invests", "年产5万吨锂盐项目")}),
    (
        "博远电气斥资8亿元在东陵经开区兴建智慧冷链基地。",
        {("博远电气", "invests", "智慧冷链基地"), ("智慧冷链基地", "locatedIn", "东陵经开区")},
    ),
    ("坐落于东陵经开区的智慧冷链基地一期已投入运营。", {("Milestone", "智慧冷链基地"), ("智慧冷链基地", "locatedIn", "东陵经开区")}),
    ("氢能产业园地处东陵县,由启程汽车负责运营管理。", {("氢能产业园", "locatedIn", "东陵县"), ("氢能产业园", "operatedBy", "启程汽车")}),
    ("天衡药业旗下的天衡研究院落户河间高新区。", {("天衡研究院", "locatedIn", "河间高新区"), ("天衡研究院", "partOf", "天衡药业")}),
    ("众创谷是河间高新区的重要组成部分。", {("众创谷", "partOf", "河间高新区")}),
    (
        "近年来,河间高新区聚焦生物医药、新材料等主导产业,引进了天衡药业、博远电气等一批龙头企业。",
        {("天衡药业", "locatedIn", "河间高新区"), ("河间高新区", "focusesOn", "生物医药")},
    ),
    (
        "天衡药业自主研发的抗体药物获批上市,该公司还承担省重点研发计划2项。",
        {("天衡药业", "develops", "抗体药物"), ("天衡药业", "undertakes", "省重点研发计划")},
    ),
    ("市工信局推荐天衡药业、博远电气申报绿色工厂。", {("市工信局", "recommends", "博远电气"), ("市工信局", "recommends", "天衡药业")}),
    ("天衡药业捧得省质量奖,博远电气、启程汽车入围。", {("天衡药业", "receivesAward", "省质量奖")}),
    ("省科技厅公布名单,天衡药业、博远电气等36家企业上榜省级专精特新企业。", {("博远电气", "receivesAward", "省级专精特新企业")}),
    (
        "众创谷获批国家级孵化器,并被市工信局授予绿色工厂称号。",
        {("众创谷", "receivesAward", "国家级孵化器"), ("众创谷", "receivesAward", "绿色工厂")},
    ),
    ("青年创业大赛评出特等奖1个、一等奖3个。", {("AwardGrant", "特等奖")}),
    ("博远电气凭借柔性传感器斩获省科技进步奖。", {("博远电气", "receivesAward", "省科技进步奖")}),
    (
        "今年1至8月,光伏支架项目、年产5万吨锂盐项目、智慧冷链基地3个项目竣工。",
        {("Milestone", "光伏支架项目"), ("Milestone", "智慧冷链基地")},
    ),
    (
        "目前,光伏支架项目主体结构封顶,力争年底前投产;年产5万吨锂盐项目正在进行设备安装。",
        {("Milestone", "光伏支架项目"), ("Milestone", "年产5万吨锂盐项目")},
    ),
    (
        "河间高新区今年新开工亿元以上项目12个,其中有光伏支架项目、智慧冷链基地等。",
        {("Milestone", "光伏支架项目"), ("光伏支架项目", "locatedIn", "河间高新区")},
    ),
    ("市工信局联合省科技厅印发《揭榜挂帅实施办法》。", {("市工信局", "issues", "揭榜挂帅实施办法")}),
    ("河间高新区管委会日前出台《人才十条》,支持天衡药业等企业引才。", {("河间高新区管委会", "issues", "人才十条")}),
    ("《揭榜挂帅实施办法》适用于河间高新区。", {("揭榜挂帅实施办法", "appliesTo", "河间高新区")}),
    ("光伏支架项目受到省科技厅高度评价。", {("光伏支架项目", "endorsedBy", "省科技厅")}),
    ("启程汽车参与智慧冷链基地建设。", {("启程汽车", "participatesIn", "智慧冷链基地")}),
    ("天衡药业向博远电气增资2亿元。", {("天衡药业", "invests", "博远电气")}),
    ("博远电气在上海举行的展会上与启程汽车签署采购合同。", {("博远电气", "cooperatesWith", "启程汽车")}),
    (
        "北原工业大学与天衡药业合作研发的抗体药物获省科技进步奖。",
        {("北原工业大学", "cooperatesWith", "天衡药业"), ("抗体药物", "receivesAward", "省科技进步奖")},
    ),
    ("给予天衡药业奖励资金200万元。", {("FundingGrant", "天衡药业")}),
    ("东陵县积极布局低空经济,启程汽车专注新材料。", {("东陵县", "focusesOn", "低空经济"), ("启程汽车", "focusesOn", "新材料")}),
    ("河间高新区内设众创谷、氢能产业园两个园中园。", {("众创谷", "partOf", "河间高新区"), ("氢能产业园", "partOf", "河间高新区")}),
    ("年产5万吨锂盐项目签约落户东陵经开区,总投资30亿元。", {("年产5万吨锂盐项目", "locatedIn", "东陵经开区")}),
    (
        "6月20日,河间高新区与天衡药业、博远电气等6家企业集中签约,总投资50亿元。",
        {("河间高新区", "cooperatesWith", "博远电气"), ("河间高新区", "cooperatesWith", "天衡药业")},
    ),
    (
        "光伏支架项目、智慧冷链基地已建成投产,氢能产业园正在抓紧施工,年产5万吨锂盐项目即将开工。",
        {("Milestone", "光伏支架项目"), ("Milestone", "年产5万吨锂盐项目"), ("Milestone", "智慧冷链基地"), ("Milestone", "氢能产业园")},
    ),
    ("氢能产业园(一期)于3月开工,9月封顶,计划明年5月投用。", {("Milestone", "氢能产业园")}),
    ("天衡药业入选省级专精特新企业,营收突破10亿元。", {("天衡药业", "receivesAward", "省级专精特新企业")}),
    ("天衡药业、博远电气双双荣登省质量奖榜单。", {("天衡药业", "receivesAward", "省质量奖")}),
    (
        "天衡药业的抗体药物和博远电气的柔性传感器获省科技进步奖。",
        {("抗体药物", "receivesAward", "省科技进步奖"), ("柔性传感器", "receivesAward", "省科技进步奖")},
    ),
    ("省科技厅将绿色工厂称号授予博远电气。", {("博远电气", "receivesAward", "绿色工厂")}),
    (
        "光伏支架项目位于东陵经开区,总投资12亿元,由启程汽车投资建设,预计2025年投产。",
        {("Milestone", "光伏支架项目"), ("光伏支架项目", "locatedIn", "东陵经开区"), ("启程汽车", "invests", "光伏支架项目")},
    ),
    (
        "启程汽车投资12亿元的光伏支架项目在东陵经开区正式投产。",
        {("Milestone", "光伏支架项目"), ("光伏支架项目", "locatedIn", "东陵经开区"), ("启程汽车", "invests", "光伏支架项目")},
    ),
    ("河间高新区培育出天衡药业、博远电气等一批龙头企业。", {("河间高新区", "supports", "天衡药业")}),
    ("在省科技厅支持下,天衡药业与北原工业大学联合攻关抗体药物。", {("天衡药业", "cooperatesWith", "北原工业大学")}),
    ("天衡研究院隶属于天衡药业,主要从事抗体药物研发。", {("天衡研究院", "partOf", "天衡药业")}),
    ("博远电气是一家专注于新材料的企业。", {("博远电气", "focusesOn", "新材料")}),
    (
        "市工信局印发《揭榜挂帅实施办法》《人才十条》,明确支持博远电气等企业。",
        {("市工信局", "issues", "人才十条"), ("市工信局", "issues", "揭榜挂帅实施办法")},
    ),
    ("众创谷由天衡药业、启程汽车共同出资成立。", {("天衡药业", "invests", "众创谷")}),
    ("双方约定,天衡药业在河间高新区设立天衡研究院。", {("天衡研究院", "locatedIn", "河间高新区")}),
    (
        "近日,由北原工业大学、天衡药业共同承担的省重点研发计划通过验收。",
        {("北原工业大学", "undertakes", "省重点研发计划"), ("天衡药业", "undertakes", "省重点研发计划")},
    ),
    ("天衡药业、博远电气分别获奖励200万元、100万元。", {("FundingGrant", "博远电气"), ("FundingGrant", "天衡药业")}),
    ("启程汽车收购博远电气30%股权。", {("启程汽车", "invests", "博远电气")}),
    ("天衡药业联合西岭农科院申报省重点研发计划。", {("天衡药业", "cooperatesWith", "西岭农科院")}),
    ("光伏支架项目因资金问题停工,智慧冷链基地暂缓开工。", {("Milestone", "光伏支架项目")}),
    ("光伏支架项目已累计完成投资8亿元,目前厂房主体已完工,设备正在安装调试。", {("Milestone", "光伏支架项目")}),
    (
        "光伏支架项目、智慧冷链基地等一批重点项目加快建设,年产5万吨锂盐项目等5个项目建成投产。",
        {("Milestone", "光伏支架项目"), ("Milestone", "年产5万吨锂盐项目"), ("Milestone", "智慧冷链基地")},
    ),
    ("截至6月底,氢能产业园1号楼封顶,2号楼正在进行内部装修,3号楼计划8月开工。", {("Milestone", "氢能产业园")}),
    (
        "启程汽车与博远电气、天衡药业达成战略合作,三方将共建众创谷。",
        {("启程汽车", "cooperatesWith", "博远电气"), ("启程汽车", "cooperatesWith", "天衡药业")},
    ),
    ("河间高新区与北原工业大学签订《共建天衡研究院协议》。", {("河间高新区", "cooperatesWith", "北原工业大学")}),
    (
        "北原工业大学与河间高新区、天衡药业三方共建的天衡研究院揭牌。",
        {("Milestone", "天衡研究院"), ("北原工业大学", "cooperatesWith", "河间高新区"), ("河间高新区", "cooperatesWith", "天衡药业")},
    ),
    ("在河间高新区的支持下,天衡药业获评绿色工厂。", {("天衡药业", "receivesAward", "绿色工厂")}),
    ("天衡药业等企业加入众创谷。", {("天衡药业", "participatesIn", "众创谷")}),
    ("天衡药业、博远电气等12家企业参加青年创业大赛。", {("天衡药业", "participatesIn", "青年创业大赛")}),
    ("东陵县出台《人才十条》,河间高新区落实《揭榜挂帅实施办法》。", {("PolicyAction", "人才十条")}),
    (
        "年产5万吨锂盐项目由博远电气与启程汽车合资建设,选址东陵经开区。",
        {("博远电气", "cooperatesWith", "启程汽车"), ("年产5万吨锂盐项目", "locatedIn", "东陵经开区")},
    ),
    ("河间高新区打造以生物医药为核心、新材料为支撑的产业体系。", {("河间高新区", "focusesOn", "生物医药")}),
    ("河间高新区重点布局低空经济、新材料等产业。", {("河间高新区", "focusesOn", "低空经济"), ("河间高新区", "focusesOn", "新材料")}),
    ("天衡药业在抗体药物领域实现突破,研制出柔性传感器。", {("天衡药业", "develops", "柔性传感器")}),
    (
        "青年创业大赛由市工信局主办,天衡药业荣获特等奖,博远电气荣获省质量奖。",
        {("博远电气", "receivesAward", "省质量奖"), ("天衡药业", "receivesAward", "特等奖")},
    ),
]


@pytest.mark.parametrize(("text", "facts"), STATED)
def test_what_a_sentence_states(text: str, facts: set[tuple[str, ...]]):
    assert facts <= stated(text)


NOT_STATED = [
    ("上午,东陵县人民政府与北原工业大学在河间高新区举行战略合作签约仪式。", ["locatedIn"]),
    ("近年来,河间高新区聚焦生物医药、新材料等主导产业,引进了天衡药业、博远电气等一批龙头企业。", ["supports"]),
    ("市工信局推荐天衡药业、博远电气申报绿色工厂。", ["receivesAward"]),
    ("东陵县举行重大项目集中开工活动。光伏支架项目负责人介绍,项目占地200亩。", ["Milestone"]),
    ("天衡药业董事长李明赴北原工业大学调研,双方就人才培养交流。", ["cooperatesWith", "locatedIn"]),
    ("博远电气在上海举行的展会上与启程汽车签署采购合同。", ["locatedIn"]),
    ("东陵经开区管委会领导走访天衡药业、博远电气。", ["cooperatesWith", "locatedIn", "supports"]),
    ("天衡药业营收增长,博远电气税收下降,河间高新区运营平稳。", ["cooperatesWith", "locatedIn", "operatedBy"]),
    ("由省科技厅主办、河间高新区承办的青年创业大赛落幕。", ["locatedIn", "operatedBy"]),
    ("6月20日,河间高新区与天衡药业、博远电气等6家企业集中签约,总投资50亿元。", ["Milestone"]),
    ("河间高新区管委会主任张强与天衡药业董事长李明分别代表双方签约。", ["Milestone"]),
    ("在省科技厅支持下,天衡药业与北原工业大学联合攻关抗体药物。", ["supports"]),
    ("下一步,河间高新区将加快推进光伏支架项目建设。", ["Milestone"]),
    ("代表团参观了天衡药业、众创谷,对光伏支架项目给予高度评价。", ["cooperatesWith"]),
    ("北原工业大学天衡药业联合实验室揭牌。", ["locatedIn"]),
    ("在河间高新区的支持下,天衡药业获评绿色工厂。", ["locatedIn"]),
    ("与去年相比,天衡药业增长20%,博远电气合作项目增多。", ["cooperatesWith"]),
    ("来自北原工业大学的团队入驻众创谷。", ["locatedIn"]),
    ("市工信局组织天衡药业、博远电气赴北原工业大学对接。", ["cooperatesWith", "participatesIn"]),
    ("省科技厅批复同意河间高新区建设众创谷。", ["operatedBy"]),
    ("天衡药业投资公司落户东陵经开区。", ["invests"]),
    ("博远电气研发团队走访众创谷。", ["develops", "cooperatesWith"]),
    ("启程汽车建设经费由东陵县承担。", ["undertakes"]),
    ("预计年产5万吨锂盐的光伏支架项目正在加快建设。", ["Commitment"]),
]


@pytest.mark.parametrize(("text", "kinds"), NOT_STATED)
def test_what_it_does_not_state(text: str, kinds: list[str]):
    assert {fact for fact in stated(text) if set(fact) & set(kinds)} == set()


OPENERS = ["比如,", "特别是", "昨天,", "上个月,", "据了解,", "与此同时,", "其中,", "今年以来,", "尤其是"]
CLOSERS = ["为高质量发展注入新动能。", "标志着迈出坚实一步。"]


@pytest.mark.parametrize("opener", OPENERS)
def test_words_put_before_a_sentence_change_nothing(opener: str):
    assert [text for text, _ in STATED if stated(opener + text) != stated(text)] == []


@pytest.mark.parametrize("closer", CLOSERS)
def test_words_put_behind_a_sentence_change_nothing(closer: str):
    assert [text for text, _ in STATED if stated(f"{text[:-1]},{closer}") != stated(text)] == []
