from rdflib import RDF, Literal

from kg import vocab
from kg.resolve import Decision, Resolver
from kg.store import EmbeddedStore, quads_of
from kg.vocab import ino
from tests.conftest import facts_of


def stored(text: str, resolver: Resolver | None = None) -> EmbeddedStore:
    store = EmbeddedStore()
    store.replace([], quads_of(facts_of(text), resolver or Resolver(), "1"))
    return store


def one(store: EmbeddedStore, sparql: str) -> tuple[str, ...]:
    [row] = store.rows(sparql)
    return tuple(str(cell) for cell in row)


def test_a_fact_lies_in_the_graph_of_its_sentence():
    store = stored("今年开局良好。推动云舟与蓝石对接技术合作。")
    assert one(
        store, "SELECT ?partner ?sentence { GRAPH ?passage { id:云舟 ino:cooperatesWith ?partner } ?passage nif:anchorOf ?sentence }"
    ) == (
        str(vocab.thing("蓝石")),
        "推动云舟与蓝石对接技术合作。",
    )


def test_a_passage_is_named_by_its_place_in_the_text():
    store = stored("推动云舟与蓝石对接技术合作。")
    start = len("南山区科委2022年上半年工作总结\n")
    [row] = store.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ino:cooperatesWith ?o } }")
    assert str(row[0]).endswith(f"/doc/test#char={start},{start + 14}")


def test_a_withheld_figure_has_growth_and_unit_and_no_value():
    store = stored("临江产业园营业收入XX亿元,同比增长8.8%。")
    known = "?o ino:growth ?growth ; ino:unit/skos:prefLabel ?unit ; ino:about/rdfs:label ?about"
    assert one(store, f"SELECT ?growth ?unit ?about {{ ?o ino:disclosure inc:withheld . {known} }}") == ("0.088", "CNY", "临江产业园")
    assert store.rows("SELECT ?v { ?o ino:value|ino:lower|ino:upper ?v }") == []


def test_a_value_is_kept_in_the_base_unit_and_as_printed():
    store = stored("临江产业园营业收入12.5亿元。")
    assert one(store, "SELECT ?value ?printed { ?o ino:value ?value ; ino:valuePrinted ?printed }") == ("1250000000", "12.5亿元")


def test_unnamed_winners_are_a_group_of_that_size():
    store = stored("3家企业参与的项目获2021年度浙江省科学技术进步奖一等奖。")
    known = "?g ino:recipient ?r ; ino:concerns/ino:grade ?grade . ?r a ino:UnnamedGroup ; ino:memberCount ?n ; ino:memberClass ?class"
    assert one(store, f"SELECT ?n ?class ?grade {{ {known} }}") == (
        "3",
        str(ino("Enterprise")),
        str(vocab.concept("first")),
    )


def test_an_award_has_its_scheme_apart_from_its_grade():
    store = stored("3家企业参与的项目获2021年度浙江省科学技术进步奖一等奖。")
    assert one(store, "SELECT ?scheme ?by { ?a ino:scheme ?scheme ; ino:grantedBy/rdfs:label ?by }") == ("浙江省科学技术进步奖", "浙江省")


def test_a_cooperation_has_its_project_list_and_its_expected_effects():
    store = stored("推动云舟与蓝石对接技术合作,形成项目清单,共计15项。云舟和蓝石的合作将为全区新增数十亿产值。")
    assert one(store, "SELECT ?v ?low { ?c ino:projectList/ino:value ?v ; ino:expectedEffect/ino:lower ?low }") == ("15", "1000000000")


def test_standard_codes_stand_beside_industries_and_places():
    store = stored("促进软件信息服务业在杭州市发展。")
    assert one(store, "SELECT ?code { ?i a ino:Industry ; ino:industryCode ?code }") == ("I65",)
    assert one(store, "SELECT ?code { ?i a ino:Place ; ino:divisionCode ?code }") == ("330100",)


def test_a_merged_name_stays_resolvable():
    store = stored("推动云舟与蓝石对接技术合作。", Resolver((Decision("云舟", "same", "云舟科技"),)))
    assert one(store, "SELECT ?o { id:云舟 dct:isReplacedBy ?o }") == (str(vocab.thing("云舟科技")),)
    assert (vocab.thing("蓝石"), ino("cooperatesWith"), vocab.thing("云舟科技")) in store.dataset.default_graph


def test_names_that_people_told_apart_get_their_class_as_suffix():
    store = stored("推进滨江软件园建设。", Resolver((Decision("滨江软件园", "apart", "Park"),)))
    assert (vocab.thing("滨江软件园-Park"), RDF.type, ino("Park")) in store.dataset.default_graph


def test_a_name_full_of_markup_is_stored_as_it_is():
    name = 'A" } ; DROP ALL ; <script>'
    store = EmbeddedStore()
    store.replace([], [(vocab.thing(name), ino("statusText"), Literal(name), vocab.graph("curated"))])
    assert one(store, "SELECT ?o { ?s ino:statusText ?o }") == (name,)


def test_a_stretch_joined_over_a_page_mark_is_known_to_be_repaired(real_report):
    from kg.extract import extract
    from kg.read import read

    store = EmbeddedStore()
    store.replace([], quads_of(extract(read(real_report)), Resolver(), "1"))
    joined = store.rows("SELECT ?text { ?p ino:confidence 0.9 ; nif:anchorOf ?text }")
    assert any("工业软件和云服务" in str(row[0]) for row in joined)


def test_a_cooperation_told_in_many_sentences_joins_its_sides_in_each_that_names_them():
    store = stored("望川科技公司与云湖大学签订合作协议。\n" * 30)
    assert one(store, "SELECT (COUNT(?passage) AS ?n) { GRAPH ?passage { id:望川科技公司 ino:cooperatesWith id:云湖大学 } }") == ("30",)


def test_a_figure_of_a_group_is_about_the_place_that_the_group_belongs_to():
    store = stored("全区规上工业企业实现利润总额8.5亿元。")
    assert one(store, "SELECT DISTINCT ?about ?text { ?o a ino:Observation ; ino:about/rdfs:label ?about ; ino:aboutText ?text }") == (
        "南山区",
        "规上工业企业",
    )
