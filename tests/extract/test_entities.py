import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import facts_of


def named(text: str, gazetteer: bool = True) -> dict[str, str]:
    return {e.name: e.type for e in facts_of(text, gazetteer=gazetteer).entities}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("推进星河创新基地、滨江软件园等建设。", "滨江软件园", "Park"),
        ("与东湖高新区南山园签约。", "东湖高新区南山园", "Park"),
        ("支持江南大学建设。", "江南大学", "ResearchInstitute"),
        ("全力打造海洋装备研发与转化功能型平台。", "海洋装备研发与转化功能型平台", "Platform"),
        ("得到市经信局的肯定。", "市经信局", "GovernmentBody"),
        ("向国家工信部汇报。", "工业和信息化部", "GovernmentBody"),
        ("“蓝湾生命港II期”项目已开工。", "蓝湾生命港II期", "Project"),
        ("承接国家新材料重大科技专项。", "国家新材料重大科技专项", "Programme"),
        ("3家企业获2021年度浙江省科学技术进步奖一等奖。", "浙江省科学技术进步奖一等奖", "Award"),
        ("1家园区获“飞云”创新示范基地。", "飞云创新示范基地", "Recognition"),
        ("20人参加“领航者培训班。", "领航者培训班", "Programme"),
        ("制定《南山区数据条例》。", "南山区数据条例", "Policy"),
        ("促进软件信息服务业发展。", "软件和信息技术服务业", "Industry"),
        ("服务杭州市企业。", "杭州市", "Place"),
    ],
)
def test_a_thing_is_named_whole_and_has_its_class(text: str, name: str, kind: str):
    assert named(text).get(name) == kind


@pytest.mark.parametrize("text", ["推进重大项目建设。", "各类园区发展良好。", "重点企业加快创新。", "完善专项政策。", "建设创新平台。"])
def test_a_kind_is_no_name(text: str):
    assert set(named(text)) <= {"南山区科委"}


def test_fields_in_a_row_are_named_one_by_one():
    found = named("海思形成功率芯片、射频芯片、存储芯片等三大领域的产品。")
    assert {n for n, kind in found.items() if kind == "Technology"} == {"功率芯片", "射频芯片", "存储芯片"}


def test_short_names_in_brackets_behind_a_count_are_enterprises():
    found = named("新增上市企业3家(云舟、星尘、蓝石)。")
    assert {n for n, kind in found.items() if kind == "Enterprise"} == {"云舟", "星尘", "蓝石"}


def test_partners_are_found_without_a_gazetteer_and_in_other_sentences():
    facts = facts_of("推动云舟与蓝石对接技术合作。根据蓝石需求形成清单。", gazetteer=False)
    [stone] = [e for e in facts.entities if e.name == "蓝石"]
    assert len(stone.spans) == 2


def test_an_office_written_short_is_the_districts():
    facts = facts_of("南山区科委在区委领导下工作。", title="区科委2022年工作总结")
    assert {e.name for e in facts.entities} >= {"南山区科委", "南山区委"}
    assert facts.document.issuer == "南山区科委"


def test_an_abbreviation_stands_for_the_full_name():
    facts = facts_of("推进滨江软件信息园建设。加快滨江软件园扩园。")
    [park] = [e for e in facts.entities if e.type == "Park"]
    assert (park.name, park.aliases) == ("滨江软件信息园", ("滨江软件园",))


def test_two_parks_of_like_names_stay_apart():
    found = named("推进滨江一号科技园建设。推进滨江二号科技园建设。")
    assert {"滨江一号科技园", "滨江二号科技园"} <= set(found)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("研究制定南山区科创条例关于“人才扶持的实施办法,推进建设。", {"南山区科创条例", "关于人才扶持的实施办法"}),
        ("修订南山区科技项目管理办法南山区创新券实施细则等专项政策。", {"南山区科技项目管理办法", "南山区创新券实施细则"}),
        ("印发《南山区算力行动计划(2022-2024)》《南山区数据条例》。", {"南山区算力行动计划(2022-2024)", "南山区数据条例"}),
        ("推进南山区“十四五规划中期评估工作。", {"南山区十四五规划"}),
        ("推进园区产业规划工作开展。", set()),
    ],
)
def test_titles_with_lost_brackets_or_run_together_are_told_apart(text: str, titles: set[str]):
    assert {n for n, kind in named(text).items() if kind == "Policy"} == titles


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="南山区科委推进园区企业获奖《》“”()、,。;与和等X*12家亿元同比增长%计划完工结构封顶合作芯片平台关于办法\n一二是",
        max_size=120,
    )
)
def test_any_text_gives_facts_that_lie_in_it(text: str):
    facts = facts_of(text)
    size = len(facts.document.text)
    spans = [s for e in facts.entities for s in e.spans] + [f.span for f in (*facts.observations, *facts.relations, *facts.events)]
    assert all(span.end <= size and span.start < span.end for span in spans)
    assert all(any(s.start < p.end and p.start <= s.start for p in facts.passages) for s in spans)
