"""What both pages show, as data: facts with their sentences, places of sentences, a part of it at a time."""

import json
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg import query, vocab
from kg.errors import UsageError
from kg.view import Atlas, Scene, as_json, atlas_of, facts_json_of, scene, scene_of
from kg.view.facts import facts_of

SAIC = "id:合作-海思-上汽集团-d1ebc8e7990d"


@pytest.fixture(scope="module")
def shown(graph) -> Scene:
    with graph.reading() as store:
        return scene(store)


@pytest.fixture(scope="module")
def columns(shown: Scene) -> dict:
    return json.loads(as_json(shown))


def told(shown: Scene, node: str) -> list[str]:
    place = [thing.id for thing in shown.things].index(node)
    return [f"{fact.label[0]} {fact.text[0]}" for fact in (shown.facts or ())[place]]


def test_a_cooperation_tells_its_lists_and_what_is_expected_of_it(shown: Scene):
    assert set(told(shown, SAIC)) == {
        "项目清单 海思 · 项目清单 8类；2023年1–6月",
        "项目清单 海思 · 项目清单 20项；2023年1–6月",
        "预期成效 软信业 · 营收 10亿元–100亿元；计划；2023年1–6月",
        "预期成效 软信业 · 就业岗位 1000人–1万人；计划；2023年1–6月",
        "预期成效 汽车产业链 · 产值 不少于100亿元；计划；2023年1–6月",
    }


def test_a_policy_tells_what_happened_to_it_and_who_did_it(shown: Scene):
    assert "政策动作 状态：已修订；状态原文：修订；参与方：青浦区科委" in told(shown, "id:青浦区科技项目管理办法")


def test_a_project_tells_its_parts_and_stages(shown: Scene):
    assert "进度节点 状态：基本完工；状态原文：基本完工；所在分部：北区；计划；期限：2023-12-31" in told(shown, "id:网易上海国际文创科技园")


def test_money_given_is_told_with_its_amount(shown: Scene):
    assert "资金扶持 参与方：青浦区科委；金额：1544.4万元；项目数：132" in told(shown, "id:科技小巨人企业")


def test_every_fact_and_every_tie_has_a_sentence(shown: Scene):
    assert all(fact.passages for of_one in shown.facts or () for fact in of_one)
    assert all(tie.sentences for tie in shown.ties)
    assert all(shown.sentences[one].text for tie in shown.ties for one in tie.sentences)


def test_the_facts_of_one_thing_are_the_same_when_asked_alone(graph, shown: Scene):
    with graph.reading() as store:
        for place, thing in enumerate(shown.things):
            assert facts_of(store, thing.id) == list((shown.facts or ())[place]), thing.id


def test_facts_asked_alone_bring_their_sentences(graph):
    with graph.reading() as store:
        found = json.loads(facts_json_of(store, "id:北斗西虹桥基地"))
    [tax] = [fact for fact in found["facts"] if "税收" in fact["text"]["zh"]]
    assert tax["text"] == {"zh": "税收 未披露；同比+88.8%；2023年1–6月", "en": "税收 withheld; +88.8% year on year; 2023-01 to 2023-06"}
    assert "税收达XX亿元" in found["sentences"]["text"][tax["sentences"][0]]


def test_places_of_sentences_are_steps_and_lengths(columns: dict):
    sentences, at = columns["sentences"], 0
    found = {}
    for text, step, length in zip(sentences["text"], sentences["start"], sentences["length"], strict=True):
        at += step
        found[text] = (at, length)
    assert found["在我委牵线下，海思与上汽开展技术合作，产业化由此起步。"] == (490, 27)
    assert next(place for text, place in found.items() if text.startswith("企业名称: 海思;")) == (2, 0)


def test_all_columns_of_a_kind_are_equally_long(columns: dict):
    things = len(columns["facts"])
    assert things > 50
    assert {len(column) for column in columns["nodes"].values()} == {things}
    assert {len(one["values"]) for one in columns["centralities"]} == {things}
    assert len({len(column) for column in columns["edges"].values()}) == 1


def ties_of(columns: dict) -> dict[tuple[str, str, str], tuple[int, list[str]]]:
    """Each edge by its ends and relation: whether it is read from the context, and its sentences."""
    nodes, edges, told = columns["nodes"]["name"], columns["edges"], columns["sentences"]["text"]
    relations = [one["name"] for one in columns["relations"]]
    rows = zip(edges["start"], edges["relation"], edges["end"], edges["context"], edges["sentences"], strict=True)
    return {(nodes[a], relations[kind], nodes[b]): (context, [told[one] for one in said]) for a, kind, b, context, said in rows}


def test_what_no_sentence_states_is_marked_and_has_the_sentences_that_give_it(tmp_path: Path):
    report = tmp_path / "report.txt"
    report.write_text("云湖高新区2022年工作总结\n远图新材项目开工建设。云舟科技有限公司与蓝石集团签署合作协议。", encoding="utf-8")
    workspace = kg.open(tmp_path / "workspace")
    workspace.ingest([report])
    with workspace.reading() as store:
        ties = ties_of(json.loads(as_json(scene(store))))
    assert ties["远图新材项目", "locatedIn", "云湖高新区"] == (1, ["云湖高新区2022年工作总结", "远图新材项目开工建设。"])
    stated = {said[0]: context for (_, kind, _), (context, said) in ties.items() if kind == "cooperatesWith"}
    assert stated == {"云舟科技有限公司与蓝石集团签署合作协议。": 0}


def test_what_a_row_states_too_is_not_marked(columns: dict):
    assert ties_of(columns)["华为青浦研发中心", "locatedIn", "青浦区"][0] == 0


def test_the_same_graph_gives_the_same_bytes(graph, shown: Scene):
    with graph.reading() as store:
        assert as_json(scene(store)) == as_json(shown)


def test_a_wrong_centrality_is_named(graph):
    with graph.reading() as store, pytest.raises(UsageError, match="There is no centrality 'size'"):
        scene(store, size="size")


def test_a_network_of_a_query_becomes_a_scene(graph):
    with graph.reading() as store:
        found = scene(store, "CONSTRUCT { ?a ino:cooperatesWith ?b } { ?a ino:cooperatesWith ?b }")
    assert {thing.name for thing in found.things} == {"海思", "上汽集团"}
    assert {tie.kind for tie in found.ties} == {"cooperatesWith"}


def test_a_network_made_by_hand_keeps_its_sentences():
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_node("id:a", name="甲", type="Enterprise", sentences=["一句。", "二句。"])
    found = scene_of(made)
    assert [found.sentences[one].text for one in found.things[0].sentences] == ["一句。", "二句。"]
    assert found.facts is None


def test_every_class_that_is_drawn_has_a_colour_that_stands_out(columns: dict):
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert {kind["name"] for kind in columns["kinds"]} <= vocab.colours().keys()
    assert min(1.05 / (luminance(light) + 0.05) for light, _ in vocab.colours().values()) >= 3
    assert min((luminance(dark) + 0.05) / (luminance("#14181c") + 0.05) for _, dark in vocab.colours().values()) >= 3


@pytest.fixture(scope="module")
def atlas(shown: Scene) -> Atlas:
    return atlas_of(as_json(shown))


def names(part: dict) -> set[str]:
    return set(part["nodes"]["name"])


def test_around_a_thing_lies_what_it_is_tied_to(atlas: Atlas):
    part = atlas.around("id:华为青浦研发中心")
    assert names(part) == {"华为青浦研发中心", "华为", "青浦区"}
    assert len(part["edges"]["start"]) == 3
    assert names(part) < names(atlas.around("id:华为青浦研发中心", 2))


def test_a_part_keeps_the_places_of_its_sentences(atlas: Atlas, columns: dict):
    part = atlas.around("id:上汽集团")
    where = dict(zip(columns["sentences"]["text"], _starts(columns), strict=True))
    assert dict(zip(part["sentences"]["text"], _starts(part), strict=True)).items() <= where.items()


def _starts(columns: dict) -> list[int]:
    at, found = 0, []
    for step in columns["sentences"]["start"]:
        at += step
        found.append(at)
    return found


def test_between_two_things_lies_a_shortest_path(atlas: Atlas):
    part = atlas.between("id:海思", "id:上海市经济信息化委")
    assert part["nodes"]["name"] == ["海思", "青浦区", "市西软件信息园", "上海市经济信息化委"]
    apart = atlas.between("id:海思", "id:云服务")  # where none does, the two alone
    assert (apart["nodes"]["name"], apart["edges"]["start"]) == (["海思", "云服务"], [])


def test_names_are_found_by_what_they_hold_and_by_other_names(atlas: Atlas):
    assert atlas.find("海思")[0] == {"id": "id:海思", "name": "海思", "kind": "Enterprise"}
    assert [one["name"] for one in atlas.find("ｍｃｕ")] == ["MCU芯片"]
    assert [one["name"] for one in atlas.find("海思半导体")] == ["海思"]


def test_the_start_holds_all_of_a_small_graph(atlas: Atlas, columns: dict):
    assert names(atlas.start()) == names(columns)
    assert len(atlas.start()["edges"]["start"]) == 59


def test_what_the_panel_tells_is_what_a_query_answers(graph, shown: Scene):
    with graph.reading() as store:
        asked = query.ask(store, "withheld-figures")
    withheld = sum(fact.text[0].count("未披露") for of_one in shown.facts or () for fact in of_one)
    assert withheld == len(asked.drop_duplicates(["of", "indicator"]))


def test_a_network_of_some_classes_tells_of_the_others_by_their_names(graph):
    with graph.reading() as store:
        found = scene(store, "cooperation")
    assert "Place" not in {thing.kind for thing in found.things}
    assert "位于 青浦区" in told(found, "id:海思")
    assert not [fact for of_one in found.facts or () for fact in of_one if fact.label[0] in ("园区", "地区")]


def test_what_a_rule_infers_leads_to_the_sentences_from_which_it_follows():
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind in (("厂", "Project"), ("园", "Park"), ("区", "Place"), ("约", "Cooperation")):
        graph.add_node(f"id:{name}", name=name, type=kind, sentences=[])
    for start, end, sentences in (("厂", "园", ["厂在园。"]), ("园", "区", ["园在区。"]), ("厂", "区", [])):
        graph.add_edge(f"id:{start}", f"id:{end}", key="locatedIn", type="locatedIn", sentences=sentences, weight=1)
    columns = json.loads(as_json(scene_of(graph, "degree")))
    edges, names, said = columns["edges"], columns["nodes"]["name"], columns["sentences"]["text"]
    rows = zip(edges["start"], edges["end"], edges["context"], edges["sentences"], strict=True)
    assert {(names[a], names[b]): (basis, {said[one] for one in told}) for a, b, basis, told in rows} == {
        ("厂", "园"): (0, {"厂在园。"}),
        ("园", "区"): (0, {"园在区。"}),
        ("厂", "区"): (2, {"厂在园。", "园在区。"}),
    }
    assert [kind["name"] for kind in columns["kinds"] if kind["event"]] == ["Cooperation"]


def test_a_document_tells_whose_report_it_is(columns: dict):
    assert {document["place"] for document in columns["documents"]} == {"上海市青浦区"}
