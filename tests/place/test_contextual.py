"""Words that mean something only in their report are its own place's, and never one thing for two places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.document.belonging import home_said
from kg.model import Document, ReportHome
from kg.resolve.contextual import Own


def own(home: ReportHome, text: str = "", parks: tuple[str, ...] = (), name: str = "r1") -> Own:
    return Own(Document(name, f"{name}.txt", "text/plain", text, "0" * 64, home=home), parks)


def at(place: str, **more: object) -> Own:
    return own(home_said(place), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "word", "label"),
    [
        ("青浦区", "市科技局", "上海市科技局"),
        ("青浦区", "区委", "青浦区委"),
        ("青浦区", "市政府", "上海市政府"),
        ("辰溪县", "市委", "怀化市委"),
        ("辰溪县", "县委", "辰溪县委"),
        ("辰溪县", "省科技厅", "湖南省科技厅"),
        ("昆山市", "市科技局", "昆山市科技局"),
        ("南宁市", "自治区科技厅", "广西壮族自治区科技厅"),
        ("宜昌高新区", "管委会", "宜昌高新区管委会"),
        ("宜昌高新区", "园区管委会", "宜昌高新区管委会"),
        ("宜昌高新区", "高新区管委会", "宜昌高新区管委会"),
        ("大庆市", "高新区管委会", "大庆高新区管委会"),
        ("青浦区", "团市委", "团上海市委"),
    ],
)
def test_an_office_is_that_of_the_place_of_its_level(place: str, word: str, label: str):
    assert at(place).meant(word, "GovernmentBody").label == label


@pytest.mark.parametrize(
    ("place", "word"), [("上海市", "区委"), ("青浦区", "县委"), ("青浦区", "省科技厅"), ("青浦区", "管委会"), ("湖北省", "市委")]
)
def test_an_office_of_a_level_that_nothing_tells_is_of_its_document_alone(place: str, word: str):
    one, other = at(place, name="a"), at(place, name="b")
    assert one.meant(word, "GovernmentBody").label == word
    assert one.meant(word, "GovernmentBody").key != other.meant(word, "GovernmentBody").key


@pytest.mark.parametrize("name", ["市场监管局", "市场监督管理局", "科技局", "财政局"])
def test_an_office_without_a_level_is_that_of_the_home(name: str):
    assert at("青浦区").meant(name, "GovernmentBody").key == f"{name}-青浦区"
    assert at("青浦区").meant(name, "GovernmentBody").label == name


@pytest.mark.parametrize("name", ["国家知识产权局", "科学技术部", "上海市科委", "青浦区科委"])
def test_an_office_that_names_its_place_or_state_stays_as_it_is(name: str):
    assert at("辰溪县").meant(name, "GovernmentBody").key == name


@pytest.mark.parametrize(
    ("place", "word", "whole"),
    [
        ("青浦区", "全区", "青浦区"),
        ("青浦区", "我区", "青浦区"),
        ("青浦区", "全市", "上海市"),
        ("辰溪县", "全省", "湖南省"),
        ("宜昌高新区", "全市", "宜昌市"),
        ("宜昌高新区", "全区", "宜昌高新区"),
        ("宜昌高新区", "园区", "宜昌高新区"),
    ],
)
def test_whole_of_a_level(place: str, word: str, whole: str):
    found = at(place).place(word)
    assert found
    assert found.label == whole


@pytest.mark.parametrize(
    ("place", "word"), [("青浦区", "全省"), ("上海市", "全区"), ("青浦区", "园区"), ("青浦区", "规上企业"), ("青浦区", "")]
)
def test_whole_of_nothing_that_is_told(place: str, word: str):
    assert at(place).place(word) is None


def test_a_place_of_which_there_are_two_makes_two_things_with_one_label():
    one, other = (at(place).meant("朝阳区", "Place") for place in ("北京市朝阳区", "长春市朝阳区"))
    assert (one.key, other.key) == ("朝阳区-北京市", "朝阳区-长春市")
    assert one.label == other.label == "朝阳区"


def test_its_offices_are_two_as_well():
    keys = {at(place).meant("区委", "GovernmentBody").key for place in ("北京市朝阳区", "长春市朝阳区")}
    assert keys == {"朝阳区委-北京市", "朝阳区委-长春市"}


def test_a_report_of_the_city_above_tells_which_is_meant():
    assert at("长春市").meant("朝阳区", "Place").key == "朝阳区-长春市"


def test_what_stands_right_before_the_name_tells_which_is_meant():
    assert at("青浦区", text="与北京朝阳区签约").meant("朝阳区", "Place").key == "朝阳区-北京市"


def test_a_name_with_all_that_it_lies_in_is_the_same_thing():
    assert at("长春市").meant("长春市朝阳区科技局", "GovernmentBody").key == at("长春市").meant("朝阳区科技局", "GovernmentBody").key


def test_else_it_is_of_its_document_alone():
    assert at("青浦区", name="a").meant("朝阳区", "Place").key != at("青浦区", name="b").meant("朝阳区", "Place").key


def test_a_bare_zone_is_the_only_one_that_the_document_names():
    assert at("宜昌市", parks=("宜昌高新区", "高新区")).meant("高新区", "Park").key == "宜昌高新区"


def test_a_bare_zone_among_two_is_of_its_document_alone():
    assert at("青浦区", parks=("甲高新区", "乙高新区")).meant("高新区", "Park").key == "高新区-r1"


@pytest.mark.parametrize(("name", "type_"), [("市西软件信息园", "Park"), ("市北高新集团", "Enterprise"), ("高新技术企业", "Recognition")])
def test_a_name_that_only_begins_like_a_level_stays(name: str, type_: str):
    assert at("青浦区").meant(name, type_).key == name


@pytest.mark.parametrize(
    ("name", "type_", "label"),
    [
        ("省级企业技术中心", "Recognition", "湖南省级企业技术中心"),
        ("省科学技术奖", "Award", "湖南省科学技术奖"),
        ("市生产力促进中心", "Platform", "怀化市生产力促进中心"),
    ],
)
def test_awards_titles_and_platforms_of_a_level_are_its_place_s(name: str, type_: str, label: str):
    assert at("辰溪县").meant(name, type_).label == label


@pytest.mark.parametrize("name", ["", "区", "市", "我", "园区", "XX区科委", "某市", "市" * 500, "区\u0000委", "朝阳区"])
@pytest.mark.parametrize("type_", ["GovernmentBody", "Park", "Place", "Award", ""])
def test_odd_names_mean_something(name: str, type_: str):
    found = own(ReportHome()).meant(name, type_)
    assert found.key.startswith(found.label) or found.label in found.key


LEVELS = st.sampled_from(["市", "区", "县", "省"])
OFFICES = st.sampled_from(["科技局", "科委", "委", "政府", "财政局", "人大常委会"])
HOMES = st.sampled_from(
    ["青浦区", "徐汇区", "辰溪县", "永修县", "昆山市", "宜昌高新区", "湘潭高新区", "北京市朝阳区", "长春市朝阳区", "杭州市"]
)


@given(LEVELS, OFFICES, HOMES, HOMES)
def test_an_office_of_two_reports_is_one_only_where_its_place_is_one(level: str, office: str, here: str, there: str):
    one, other = at(here, name="a"), at(there, name="b")
    keys = [own.meant(f"{level}{office}", "GovernmentBody").key for own in (one, other)]
    homes = [own.home for own in (one, other)]
    around = [
        {*home.within, home.place if not home.code or here == there else f"{home.place}{home.code}", home.park} - {""} for home in homes
    ]
    if keys[0] == keys[1]:
        assert around[0] & around[1]
