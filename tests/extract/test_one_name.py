"""One name for one thing within a document, and none for two."""

import pytest

from tests.conftest import facts_of

TITLE = "云湖高新区2022年工作总结"


def names(text: str, title: str = TITLE) -> dict[str, str]:
    """Each way of writing → the name that stands for the thing."""
    return {way: e.name for e in facts_of(text, title).entities for way in (e.name, *e.aliases)}


SHORT = {
    "hereafter, in quotes": (
        "东岭大学国家大学科技园（以下简称“东岭科技园”）揭牌。会上,东岭科技园与云湖高新区签署合作协议。",
        "东岭科技园",
        "东岭大学国家大学科技园",
    ),
    "hereafter, without": ("江北先进材料研究院（下称材料院）落户云湖高新区。材料院首批入驻团队8个。", "材料院", "江北先进材料研究院"),
    "short for": ("云湖智能装备股份有限公司（简称“云智装备”）投产。云智装备年产轴承30万套。", "云智装备", "云湖智能装备股份有限公司"),
    "a university": ("与江州师范大学共建基地,江州师大派驻专家9名。", "江州师大", "江州师范大学"),
    "a park with its province": ("湖南省云湖高新区签约项目9个,云湖高新区总投资30亿元。", "湖南省云湖高新区", "云湖高新区"),
    "the report's own zone": ("高新区签约项目9个,云湖高新区总投资30亿元。", "高新区", "云湖高新区"),
}


@pytest.mark.parametrize(("text", "short", "whole"), SHORT.values(), ids=SHORT.keys())
def test_a_short_name_stands_for_the_thing(text: str, short: str, whole: str):
    found = names(text)
    assert found.get(short, whole) == whole
    assert whole in found


def test_words_before_a_given_name_are_no_part_of_it():
    found = names("东岭大学国家大学科技园（以下简称“东岭科技园”）揭牌。此举标志着东岭科技园迈上新台阶。")
    assert not [way for way in found if way.startswith(("此举", "标志"))]


def test_a_greater_firm_is_another():
    found = names("海信网能股份有限公司与海信签署协议。")
    assert found.get("海信") != "海信网能股份有限公司"


def test_an_office_of_a_park_is_not_the_park():
    found = names("云湖高新区管委会出台办法,云湖高新区新增企业12家。")
    assert found["云湖高新区管委会"] != found["云湖高新区"]


def test_a_place_is_named_as_the_report_writes_it():
    found = names("远图新材项目落户无锡。", "近日无锡集中签约")
    assert found["无锡"] == "无锡"


def test_an_academy_known_nationwide_abbreviates_no_other():
    found = names("中国兵器科学研究院云湖分院与中国科学院开展合作。")
    assert found.get("中国科学院", "中国科学院") == "中国科学院"


HOMES = {
    "镇江重点产业项目迅速推进": ("镇江市", ""),
    "湖南:株洲高新区集中签约9个项目": ("株洲市", "株洲高新区"),
    "河南省郑州高新区:7个项目开工": ("郑州市", "郑州高新区"),
    "前10月新疆重点项目完成投资计划": ("新疆维吾尔自治区", ""),
    "总投资30亿元 江西南昌县集中开工": ("南昌县", ""),
    "2018年安和县科技统计公报": ("安和县", ""),
    "兰州新区一季度经济运行情况": ("兰州新区", ""),
    "东岭大学与云湖高新区共建平台": ("", ""),
    "全国首个跨省域高新区揭牌": ("", ""),
}


@pytest.mark.parametrize(("title", "home"), HOMES.items(), ids=HOMES.keys())
def test_whose_report_it_is_stands_in_its_title(title: str, home: tuple[str, str]):
    from kg.extract.document.header import header
    from kg.extract.names.reading import readings
    from kg.extract.text.segment import sentences
    from kg.model import Document

    document = Document("test", "test.txt", "text/plain", f"{title}\n远图新材项目开工。", "0" * 64, title=title)
    top = header(document, readings(sentences(document), True))
    assert (top.district, top.zone) == home
