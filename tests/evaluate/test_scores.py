"""The scorer: counts by hand on small examples, and agreement with the scorer of the acceptance data."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.evaluate import Score, evaluate
from kg.evaluate.matching import alike, grounded, near
from kg.evaluate.scores import as_rows, lines
from kg.extract import extract
from kg.extract.as_json import as_json
from kg.read import read
from tests.conftest import SHARED


def write(path: Path, **kinds: object) -> Path:
    path.write_text(json.dumps(kinds, ensure_ascii=False), encoding="utf-8")
    return path


def scores(tmp_path: Path, kind: str, gold: list[dict[str, object]], said: list[dict[str, object]]) -> Score:
    given = write(tmp_path / "gold.json", **{kind: gold})
    return evaluate(given, write(tmp_path / "said.json", **{kind: said}))[kind]


def test_two_right_one_missed_and_two_wrong_give_the_shares_worked_out_by_hand(tmp_path: Path):
    gold = [{"name": name, "type": ["Enterprise"]} for name in ("星河电子", "云岭药业", "长桥重工")]
    said = [{"name": name, "type": "Enterprise"} for name in ("星河电子", "云岭药业", "湖畔集团", "山前学院")]
    score = scores(tmp_path, "entities", gold, said)
    assert (score.precision, score.recall) == (0.5, pytest.approx(2 / 3))
    assert score.f1 == pytest.approx(4 / 7)


def test_an_optional_fact_counts_neither_for_nor_against(tmp_path: Path):
    gold = [{"name": "星河电子", "type": ["Enterprise"]}, {"name": "湖畔区", "type": ["Place"], "optional": True}]
    found = scores(tmp_path, "entities", gold, [{"name": "星河电子", "type": "Enterprise"}, {"name": "湖畔区", "type": "Place"}])
    absent = scores(tmp_path, "entities", gold, [{"name": "星河电子", "type": "Enterprise"}])
    assert (found.f1, absent.f1) == (1, 1)
    assert (found.matched, found.wrong, absent.missed) == (1, 0, 0)


def test_saying_a_thing_twice_counts_once_for_and_once_against(tmp_path: Path):
    item = {"name": "星河电子", "type": "Enterprise"}
    score = scores(tmp_path, "entities", [{"name": "星河电子", "type": ["Enterprise"]}], [item, item])
    assert (score.matched, score.wrong) == (1, 1)


def test_a_thing_of_another_class_matches_and_its_type_is_wrong(tmp_path: Path):
    score = scores(tmp_path, "entities", [{"name": "云岭谷", "type": ["Park", "Project"]}], [{"name": "云岭谷", "type": "Place"}])
    assert (score.f1, score.accuracy["type"]) == (1, 0)


@pytest.mark.parametrize(
    ("gold", "said", "right"),
    [
        ({"value": 1.2, "unit": "亿元"}, {"value": 12000, "unit": "万元", "disclosure": "disclosed"}, True),
        ({"value": 1.2, "unit": "亿元"}, {"value": 1.3, "unit": "亿元", "disclosure": "disclosed"}, False),
        ({"disclosure": "withheld", "growth_pct": 8.5}, {"value": None, "disclosure": "withheld", "growth_pct": 8.5}, True),
        ({"disclosure": "withheld", "growth_pct": 8.5}, {"value": None, "disclosure": "withheld", "growth_pct": 5.8}, False),
        ({"disclosure": "withheld"}, {"value": 100, "unit": "亿元", "disclosure": "disclosed"}, False),
        ({"disclosure": "approximate", "lower": 10, "unit": "场"}, {"disclosure": "approximate", "lower": 10, "unit": "场"}, True),
        ({"disclosure": "approximate", "lower": 10, "unit": "场"}, {"value": 10, "unit": "场", "disclosure": "disclosed"}, False),
        ({"disclosure": "approximate", "upper": 3, "unit": "万元"}, {"disclosure": "approximate", "upper": 3, "unit": "万元"}, True),
    ],
    ids=["units", "another value", "masked", "masked, other growth", "mask read as number", "rough", "rough read as exact", "from above"],
)  # fmt: skip
def test_a_figure_matches_by_what_it_discloses(tmp_path: Path, gold: dict, said: dict, right: bool):
    score = scores(tmp_path, "observations", [{"indicator": ["营收"], **gold}], [{"about": "企业", "indicator": "营收", **said}])
    assert score.matched == right


def test_a_cooperation_reads_the_same_from_either_side(tmp_path: Path):
    gold = [{"subject": "星河电子", "predicate": "cooperatesWith", "object": "云岭大学", "symmetric": True}]
    said = [{"subject": "云岭大学", "predicate": "cooperatesWith", "object": "星河电子"}]
    assert scores(tmp_path, "relations", gold, said).f1 == 1


def test_an_event_needs_its_object_part_and_status(tmp_path: Path):
    gold = [{"type": "Milestone", "object": "云岭谷", "part": ["二期"], "status": ["封顶"], "planned": False}]
    right = {"type": "Milestone", "object": "云岭谷", "part": "二期", "status": "结构封顶", "planned": True}
    score = scores(tmp_path, "events", gold, [right, {**right, "part": "一期"}, {**right, "status": "开工"}])
    assert (score.matched, score.wrong, score.accuracy["planned"]) == (1, 2, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("《湖畔区办法》", "湖畔区 办法", True), ("ＭＣＵ芯片", "mcu芯片", True), ("湖畔区软件信息园", "软件信息园", False),
     ("星河", "云岭", False), ("湖畔区高新技术软件园", "湖畔区高新软件园", True), ("", "", False)],
)  # fmt: skip
def test_names_are_alike_but_for_quotes_width_and_a_few_characters(one: str, other: str, same: bool):
    assert alike(one, other) is same


def test_near_figures_are_equal_up_to_rounding():
    assert near(0.1 + 0.2, 0.3)
    assert not near(None, None)


def test_a_figure_is_grounded_where_its_span_prints_it():
    text = "新增企业1,286家,产值三千万元。"
    assert grounded("observations", {"value": 1286, "span": [0, 11]}, text)
    assert grounded("observations", {"value": 3000, "span": [11, 17]}, text)
    assert not grounded("observations", {"value": 44, "span": [0, 11]}, text)
    assert not grounded("entities", {"name": "星河", "spans": [[0, 4]]}, text)
    assert not grounded("events", {"type": "Milestone"}, text)


def test_folders_are_paired_by_name_and_reports_are_extracted_on_the_way(tmp_path: Path):
    gold, said = tmp_path / "gold", tmp_path / "said"
    gold.mkdir()
    said.mkdir()
    for name, count in (("a", 3), ("b", 5)):
        write(gold / f"{name}.json", observations=[{"indicator": ["高新技术企业"], "value": count, "unit": "家"}])
        (said / f"{name}.txt").write_text(f"湖畔区科技局2023年工作总结\n全年新增高新技术企业{count}家。\n", encoding="utf-8")
    assert evaluate(gold, said)["observations"].f1 == 1


@pytest.mark.parametrize(
    ("gold", "words"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ('{"entities": {}}', "no list"),
        ('{"entities": [{"name": "云岭"}]}', "entities 1: no 'type'"),
    ],
)
def test_a_gold_file_of_another_form_is_refused_by_name(tmp_path: Path, gold: str, words: str):
    path = tmp_path / "gold.json"
    path.write_text(gold, encoding="utf-8")
    with pytest.raises(UsageError, match=words) as told:
        evaluate(path, path)
    assert str(path) in str(told.value)


def test_it_agrees_with_the_scorer_of_the_acceptance_data(real_report: Path, tmp_path: Path):
    acceptance = SHARED / "acceptance"
    said = tmp_path / "said.json"
    said.write_text(json.dumps(as_json(extract(read(real_report))), ensure_ascii=False), encoding="utf-8")
    call = [sys.executable, str(acceptance / "score.py"), str(acceptance / "seed.json"), str(said)]
    told = subprocess.run(call, capture_output=True, check=True, text=True).stdout
    ours = [f"{s.kind:13s} P={s.precision:.3f} R={s.recall:.3f} F1={s.f1:.3f}" for s in evaluate(acceptance / "seed.json", said).values()]
    assert [line.partition(" gold=")[0] for line in told.splitlines()] == ours


@pytest.mark.parametrize(
    ("gold", "said", "exact"),
    [
        ({"name": "云岭药业"}, {"name": "云岭药业"}, True),
        ({"name": "云岭药业"}, {"name": "“云岭 药业”"}, True),
        ({"name": "云岭生物药业", "aliases": ["云岭药业"]}, {"name": "云岭药业"}, True),
        ({"name": "湖畔云岭药业"}, {"name": "例湖畔云岭药业"}, False),
        ({"name": "湖畔云岭药业"}, {"name": "畔云岭药业"}, False),
    ],
    ids=["the same", "quotes and spaces", "an alias", "a letter swallowed", "a letter cut off"],
)
def test_a_name_is_exact_where_it_or_an_alias_is_right_to_the_letter(tmp_path: Path, gold: dict, said: dict, exact: bool):
    score = scores(tmp_path, "entities", [{"type": ["Enterprise"], **gold}], [{"type": "Enterprise", **said}])
    assert (score.matched, score.accuracy["exact"]) == (1, float(exact))


@pytest.mark.parametrize(
    ("about", "right"), [("湖畔区", 1.0), ("湖畔高新区", 1.0), ("云岭药业", 0.0), ("湖畔区云岭药业有限公司", 0.0), ("", 0.0)]
)
def test_a_figure_is_told_of_the_right_thing_or_of_another(tmp_path: Path, about: str, right: float):
    gold = [{"indicator": ["营收"], "value": 3, "unit": "亿元", "subject": ["湖畔区", "湖畔高新区"]}]
    said = [{"about": about, "indicator": "营收", "value": 3, "unit": "亿元"}]
    assert scores(tmp_path, "observations", gold, said).accuracy["subject"] == right


def test_what_no_gold_tells_has_no_share(tmp_path: Path):
    told = [{"indicator": ["营收"], "value": 3, "unit": "亿元"}]
    said = [{"about": "湖畔区", "indicator": "营收", "value": 3, "unit": "亿元"}]
    assert "subject" not in scores(tmp_path, "observations", told, said).accuracy


def test_figures_whose_gold_names_nobody_count_neither_way_for_the_subject(tmp_path: Path):
    known = {"indicator": ["营收"], "value": 3, "unit": "亿元", "subject": ["湖畔区"]}
    said = [{"about": "湖畔区", "indicator": "营收", "value": value, "unit": "亿元"} for value in (3, 4)]
    score = scores(tmp_path, "observations", [known, {"indicator": ["营收"], "value": 4, "unit": "亿元"}], said)
    assert (score.matched, score.accuracy["subject"]) == (2, 1)


def test_a_thing_is_linked_where_something_said_joins_it_and_places_are_left_aside(tmp_path: Path):
    said = write(
        tmp_path / "said.json",
        entities=[
            {"name": "星河电子", "type": "Enterprise", "aliases": ["星河"]},
            {"name": "云岭药业", "type": "Enterprise"},
            {"name": "长桥重工", "type": "Enterprise"},
            {"name": "云岭谷", "type": "Project"},
            {"name": "湖畔区", "type": "Place"},
        ],
        relations=[{"subject": "星河", "predicate": "locatedIn", "object": "湖畔区"}],
        events=[{"type": "Milestone", "object": "云岭谷"}, {"type": "Award", "object": None, "projects": 12}],
        observations=[{"about": "云岭药业", "indicator": "营收", "value": 3, "unit": "亿元"}],
    )
    found = evaluate(write(tmp_path / "gold.json", entities=[]), said)["entities"]
    assert (found.things, found.linked, found.linkage) == (4, 3, 0.75)
    assert list(lines({"entities": found}))[-1] == (
        "linked           0.750 of 4 things, places aside, stand in a relation, an event or a figure"
    )
    assert as_rows({"entities": found})[0]["linked"] == 0.75
