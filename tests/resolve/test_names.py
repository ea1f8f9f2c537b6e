"""Names taken apart, and what two names are by themselves: same, different, or to be asked."""

import csv
from pathlib import Path

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.features import Named, exact_key
from kg.resolve.identity import Said, canonical, clusters, judge, resolve
from kg.resolve.linkage import comparisons, weights
from kg.resolve.organisation import LINKED, is_contextual, parts
from training.linkage import learn

PAIRS = Path(__file__).parents[1] / "corpus" / "identity" / "pairs.csv"
CODE, OTHER_CODE = "91310000MA1FL0XX09", "91110108551385082Q"


def firm(name: str, thing: str = "", code: str = "") -> Named:
    return Named(thing or f"id:{name}", name, "Enterprise", code)


def together(*names: Named, said: Said | None = None, **more) -> list[set[str]]:
    return [set(group) for group in clusters(resolve(names, said=said, **more))]


def verdict(one: str, other: str, kind: str = "Enterprise", codes: tuple[str, str] = ("", "")) -> str:
    return judge([(Named("a", one, kind, codes[0]), Named("b", other, kind, codes[1]))])[0][0]


def test_a_registered_name_is_place_stem_trade_and_form():
    of = parts("深圳迈瑞生物医疗电子股份有限公司", "Enterprise")
    assert (of.place, of.stem, of.trade, of.legal, of.registered) == ("深圳市", "迈瑞", "生物 医疗 电子", "share", True)


def test_phases_and_directions_are_marks():
    assert parts("临河高新区东园", "Park").marks == "东"
    assert parts("云脑芯片产业化项目二期", "Project").marks == "2"
    assert parts("江州第十二中学", "ResearchInstitute").marks == "12"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("市西软件信息园", "市西软件园", "Park"),
        ("海思", "上海海思技术有限公司", "Enterprise"),
        ("海思", "HiSilicon", "Enterprise"),
        ("国家工信部", "工业和信息化部", "GovernmentBody"),
        ("南河省科协", "南河省科学技术协会", "GovernmentBody"),
        ("中兴通讯", "中兴通讯股份有限公司", "Enterprise"),
        ("万科A", "万科企业股份有限公司", "Enterprise"),
        ("浦发银行", "上海浦东发展银行股份有限公司", "Enterprise"),
        ("*ST鸣岳川", "鸣岳川电气集团股份有限公司", "Enterprise"),
        ("奇安信-U", "奇安信科技集团股份有限公司", "Enterprise"),
    ],
)
def test_one_thing_under_two_names(one: str, other: str, kind: str):
    assert verdict(one, other, kind) == "same"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("A市高新区", "B市高新区", "Park"),
        ("临河高新区", "临河高新区东园", "Park"),
        ("松鹤产业园一期", "松鹤产业园二期", "Park"),
        ("江州中学", "江州大学", "ResearchInstitute"),
        ("湖东大学", "湖东师范大学", "ResearchInstitute"),
        ("长城汽车", "长城科技股份有限公司", "Enterprise"),
        ("中国建筑", "中国建材股份有限公司", "Enterprise"),
        ("南河省科技进步奖一等奖", "南河省科技进步奖二等奖", "Award"),
    ],
)
def test_two_things_with_like_names(one: str, other: str, kind: str):
    assert verdict(one, other, kind) == "different"


def test_a_group_is_not_taken_for_its_member():
    assert verdict("磐谷集团", "磐谷新材料科技股份有限公司") == "ask"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州银行", "江苏苏州农村商业银行股份有限公司"),
        ("磐谷三集团", "磐谷三电器"),
        ("磐澜股份", "磐澜科技"),
    ],
)
def test_what_looks_like_another_firm_is_not_joined(one: str, other: str):
    assert verdict(one, other) != "same"


def test_a_manager_of_property_is_called_so_in_short():
    assert verdict("磐澜物业", "磐澜物业服务股份有限公司") == "same"
    assert verdict("磐澜", "磐澜物业服务股份有限公司") == "different"


def test_a_place_left_out_makes_no_name_fit_better():
    found = resolve([firm("磐澜股份"), firm("磐澜水务股份有限公司"), firm("江苏磐澜纺织股份有限公司")])
    assert found.same == ()
    assert len({link.pair for link in found.ask}) == 2


def test_a_name_that_says_the_trade_fits_better_than_a_stem():
    names = [firm("磐澜股份"), firm("磐澜生物"), firm("山东磐澜生物科技股份有限公司")]
    assert together(*names) == [{"id:磐澜生物", "id:山东磐澜生物科技股份有限公司"}]


def test_a_short_name_that_fits_two_firms_is_that_of_the_one_without_another_short_name():
    fish = {"id:磐澜生物", "id:山东磐澜生物科技股份有限公司"}, {"id:磐澜股份", "id:北京磐澜食品股份有限公司"}
    names = [firm(name.removeprefix("id:")) for group in fish for name in sorted(group)]
    assert sorted(together(*names), key=sorted) == sorted(fish, key=sorted)
    assert together(firm("兴澜证券"), firm("兴澜证券股份有限公司"), firm("兴澜股份")) == [{"id:兴澜证券", "id:兴澜证券股份有限公司"}]


def test_what_is_left_over_is_asked_about_where_another_firm_fits_as_well():
    sure = [firm("磐澜生物"), firm("山东磐澜生物科技股份有限公司")]
    left = [firm("北京磐澜食品股份有限公司"), firm("江苏磐澜纺织股份有限公司")]
    outcome = resolve([firm("磐澜股份"), *sure, *left])
    assert [link.pair for link in outcome.same] == [("id:山东磐澜生物科技股份有限公司", "id:磐澜生物")]
    assert {link.pair for link in outcome.ask} >= {
        ("id:北京磐澜食品股份有限公司", "id:磐澜股份"),
        ("id:江苏磐澜纺织股份有限公司", "id:磐澜股份"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("磐澜达", "磐澜达电子"), ("中国磐澜", "磐澜银行股份有限公司"), ("四川长虹", "长虹美菱"), ("四川长虹", "长虹美菱股份有限公司")],
)
def test_two_names_each_of_which_says_something_else_are_not_joined(one: str, other: str):
    assert verdict(one, other) != "same"
    assert together(firm(one), firm(other)) == []


def test_two_registered_names_are_two_firms_though_common_words_alone_tell_them_apart():
    assert together(firm("江州磐澜股份有限公司"), firm("江州磐澜科技发展股份有限公司")) == []
    assert together(firm("磐澜汽车股份有限公司"), firm("磐澜汽车集团股份有限公司")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("磐澜公司", "磐澜半导体有限公司"),
        ("*ST磐澜", "磐澜汽车股份有限公司"),
        ("磐澜A", "磐澜纺织股份有限公司"),
        ("磐澜银行", "江苏磐澜农村商业银行股份有限公司"),
    ],
)
def test_what_a_short_name_ends_and_begins_with_tells_its_form(one: str, other: str):
    assert verdict(one, other) == "same"
    assert together(firm(one), firm(other)) == [{f"id:{one}", f"id:{other}"}]


def test_a_bank_of_a_city_is_not_its_rural_bank_and_a_branch_office_no_firm_of_its_own():
    assert verdict("苏州银行", "江苏苏州农村商业银行股份有限公司") != "same"
    assert verdict("磐澜重工", "磐澜重工股份有限公司江州分公司") != "same"
    assert parts("磐澜重工股份有限公司江州分公司", "Enterprise").branch == "分公司"


def test_a_short_name_within_one_firm_alone_is_the_firms():
    firms = [firm("磐澜-江州商业大厦(集团)股份有限公司"), firm("磐澜商业")]
    assert together(*firms) == [{one.thing for one in firms}]
    assert together(*firms, firm("磐澜江岸商业大厦有限公司")) == []
    assert verdict(firms[1].name, firms[0].name) == "ask"


def test_a_firm_of_a_parents_name_and_its_own_is_not_the_parents_trade():
    assert together(firm("磐澜医疗"), firm("江州磐澜心泽医疗科技(集团)股份有限公司")) == []


def test_places_are_never_joined_by_a_score():
    places = [Named("id:1", "朝阳区", "Place"), Named("id:2", "朝阳", "Place"), Named("id:3", "朝阳区", "Place")]
    found = resolve(places)
    assert (found.same, found.ask) == ((), ())


def test_what_means_something_in_its_report_alone_is_not_linked():
    assert all(is_contextual(name, "GovernmentBody") for name in ("市科技局", "区委", "科技局", "管委会"))
    assert is_contextual("园区", "Park")
    assert not is_contextual("云台县科技局", "GovernmentBody")


@pytest.mark.parametrize(("name", "kind"), [("朝阳区科委", "GovernmentBody"), ("鼓楼区高新区", "Park"), ("朝阳区科技奖", "Award")])
def test_what_begins_with_a_place_of_which_there_are_two_is_never_joined_by_its_name(name: str, kind: str):
    found = resolve([Named("id:1", name, kind), Named("id:2", name, kind), Named("id:3", f"长春市{name}", kind)])
    assert (found.same, found.ask) == ((), ())


def test_one_credit_code_is_one_firm_whatever_the_names():
    assert together(firm("云岫科技有限公司", code=CODE), firm("澜川食品有限公司", code=CODE)) == [
        {"id:云岫科技有限公司", "id:澜川食品有限公司"}
    ]


def test_two_credit_codes_are_two_firms_whatever_the_names():
    assert verdict("云岫科技", "云岫科技有限公司", codes=(CODE, OTHER_CODE)) == "different"
    assert together(firm("云岫科技", code=CODE), firm("云岫科技有限公司", code=OTHER_CODE)) == []


def test_a_code_with_a_wrong_check_digit_says_nothing():
    assert verdict("云岫科技", "云岫科技有限公司", codes=(CODE[:-1] + "6", OTHER_CODE)) == "same"


def test_a_short_name_that_fits_two_is_asked_about():
    found = resolve([firm("磐澜"), firm("磐澜科技股份有限公司"), firm("磐澜技术有限公司", "id:2"), firm("磐澜生物科技有限公司")])
    assert not any("id:磐澜" in link.pair for link in found.same)
    assert {other for link in found.ask for other in link.pair if "id:磐澜" in link.pair} >= {"id:磐澜"}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("国家知识产权局", "贵州省知识产权局", "GovernmentBody"),
        ("国家发展和改革委员会", "南河省发展和改革委员会", "GovernmentBody"),
        ("国家数据局", "江州市数据局", "GovernmentBody"),
        ("湖北省科学技术奖一等奖", "湖北省科学技术进步奖一等奖", "Award"),
        ("科学技术奖", "科学技术突出贡献奖", "Award"),
        ("福建省技术发明奖三等奖", "福建省自然科学奖三等奖", "Award"),
    ],
)
def test_offices_of_the_nation_and_of_a_place_and_awards_of_two_kinds_are_not_asked_about(one: str, other: str, kind: str):
    assert verdict(one, other, kind) == "different"
    found = resolve([Named("id:1", one, kind), Named("id:2", other, kind)])
    assert (found.same, found.ask) == ((), ())


@pytest.mark.parametrize(("one", "other"), [("江州市科技奖", "江州市科学技术奖"), ("国家科技进步奖", "国家科学技术进步奖")])
def test_an_award_written_in_two_ways_is_one(one: str, other: str):
    assert verdict(one, other, "Award") == "same"


def test_two_firms_that_sign_with_each_other_are_two_though_only_their_legal_form_differs():
    one, other = (Named(f"id:{name}", name, "Enterprise") for name in ("云岫科技有限公司", "云岫科技股份有限公司"))
    assert together(one, other) == [{one.thing, other.thing}]
    beside = Named(one.thing, one.name, one.kind, "", (other.thing,))
    assert together(beside, other) == []


def test_a_name_that_a_document_gives_is_the_things():
    long, short = Named("id:1", "湖东大学科技园", "Park"), Named("id:2", "湖大园", "Park")
    assert together(long, short, given={"湖大园": frozenset({"id:1"})}) == [{"id:1", "id:2"}]


def test_a_name_that_documents_give_to_two_things_is_asked_about():
    names = [Named("id:1", "湖东大学科技园", "Park"), Named("id:2", "湖大园", "Park"), Named("id:3", "湖州大学生创业园", "Park")]
    found = resolve(names, {"湖大园": frozenset({"id:1", "id:3"})})
    assert found.same == ()
    assert {link.pair for link in found.ask} == {("id:1", "id:2"), ("id:2", "id:3")}


def test_people_have_the_last_word():
    alike = firm("云岫科技"), firm("云岫科技有限公司")
    pair = tuple(sorted(one.thing for one in alike))
    assert together(*alike) == [set(pair)]
    assert together(*alike, said=Said(apart=frozenset({pair}))) == []
    unlike = firm("云岫"), firm("澜川")
    other = tuple(sorted(one.thing for one in unlike))
    assert together(*unlike, said=Said(same=frozenset({other}))) == [set(other)]


def test_the_name_that_is_known_stays_then_the_registered_one():
    short, long = firm("云岫科技"), firm("江州云岫科技股份有限公司")
    assert canonical([short, long], frozenset({"id:云岫科技"})) == "id:云岫科技"
    assert canonical([short, long]) == "id:江州云岫科技股份有限公司"


@given(st.text(max_size=40), st.sampled_from(LINKED))
def test_any_text_is_a_name(text: str, kind: str):
    assert parts(text, kind) == parts(text, kind)
    assert isinstance(exact_key(Named("id:x", text, kind)), str)


def test_hostile_names_are_compared_as_any_other():
    names = ["", "'; DROP TABLE x; --", "%", "_%_", "a" * 500, "\x00\x1b[31m云岫", "有限公司", "())(", "第", "\\", "云岫科技有限公司"]
    found = resolve([Named(f"id:{at}", name, "Enterprise") for at, name in enumerate(names)])
    assert found.same == ()


def test_what_names_are_compared_by_runs_on_spark_too():
    spark = [sqlglot.parse_one(level.sql, read="duckdb").sql("spark") for levels in comparisons().values() for level in levels if level.sql]
    assert len(spark) > 30
    assert "SIZE(ARRAY_INTERSECT(near_l, near_r)) > 1" in spark


def test_the_same_pairs_give_the_same_weights():
    assert learn() == dict(weights())


def test_numbers_of_names_are_numbers():
    told = {"江州第十二中学": "12", "江州第三十一中学": "31", "第二百一十号项目": "210", "十四五规划": "十四五", "2号地块": "2"}
    assert {name: parts(name, "ResearchInstitute").marks for name in told} == told


def measured(split: str) -> tuple[float, float, float]:
    """Precision and recall of automatic merges, share of pairs that are asked about."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    found = [kind for kind, _ in judge([(Named("a", r["one"], r["class"]), Named("b", r["other"], r["class"])) for r in rows])]
    merged = [row["truth"] == "same" for row, kind in zip(rows, found, strict=True) if kind == "same"]
    return sum(merged) / len(merged), sum(merged) / sum(row["truth"] == "same" for row in rows), found.count("ask") / len(found)


@pytest.mark.parametrize("split", ["train", "held-out"])
def test_labelled_pairs_are_told_as_people_told_them(split: str):
    precision, recall, ask = measured(split)
    assert precision >= 0.99
    assert recall >= 0.85
    assert ask <= 0.15


def test_no_stem_is_in_both_halves_of_the_labelled_pairs():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    halves = [{row["stem"] for row in rows if row["split"] == split} for split in ("train", "held-out")]
    assert len(rows) >= 400
    assert halves[0].isdisjoint(halves[1])


def test_phases_in_roman_numerals_are_two():
    phases = [Named(f"id:{name}", name, "Project") for name in ("临江生命科学园I期", "临江生命科学园II期", "临江生命科学园Ⅱ期")]
    outcome = resolve(phases)
    assert {one.pair for one in outcome.same} == {("id:临江生命科学园II期", "id:临江生命科学园Ⅱ期")}
    assert outcome.ask == ()
