"""An indicator over time as the page draws it: runs of one length of time, withheld values as gaps, each value with its sentence."""

import json
from pathlib import Path

import pytest

import kg
from kg import vocab
from kg.store import Store
from kg.view import as_json, facts_json_of, scene
from kg.view.trends import Trend, Value, trends

REPORTS = {
    "2022": "云湖高新区2022年工作总结\n2022年，云湖高新区实现税收2.5亿元。截至2022年底，云湖高新区累计引进企业300家。",
    "2023h1": "云湖高新区2023年上半年工作总结\n2023年1-6月，云湖高新区实现税收XX亿元，同比增长12.5%，其中6月当月税收3000万元。",
    "2023": "云湖高新区2023年工作总结\n2023年，云湖高新区实现税收3亿元，同比增长20%。截至2023年底，云湖高新区累计引进企业350家。",
}
PARK = "id:云湖高新区"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("trends")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    workspace = kg.open(folder / "workspace")
    workspace.ingest(sorted(folder.glob("*.txt")))
    with workspace.reading() as reading:
        yield reading


def of(store: Store, indicator: str) -> Trend:
    return next(one for one in trends(store)[PARK] if one.label == indicator)


def points(values: tuple[Value, ...]) -> list[tuple[str, float | None, str]]:
    return [(value.end, value.size, value.text[0]) for value in values]


def test_cumulative_values_and_those_of_a_month_are_runs_of_their_own(store: Store):
    tax = of(store, "税收")
    assert tax.unit == "亿元"
    assert {run.name[0]: points(run.values) for run in tax.runs} == {
        "累计 全年": [("2022-12-31", 2.5, "2.5亿元"), ("2023-12-31", 3, "3亿元；同比+20%")],
        "累计 1–6月": [("2023-06-30", None, "未披露；同比+12.5%")],
        "当期 6月": [("2023-06-30", 0.3, "3000万元")],
    }
    assert [value.end for run in tax.runs for value in run.values if value.withheld] == ["2023-06-30"]


def test_what_there_is_on_a_day_is_one_run(store: Store):
    [run] = of(store, "引进企业").runs
    assert (run.kind, run.name) == ("stock", ("时点", "stock"))
    assert [(value.when[0], value.size) for value in run.values] == [("2022-12-31", 300), ("2023-12-31", 350)]


def test_every_value_leads_to_its_sentence(store: Store):
    columns = json.loads(as_json(scene(store)))
    said = columns["sentences"]["text"]
    told = columns["facts"][columns["nodes"]["id"].index(PARK)]
    [tax] = [fact for fact in told if fact.get("trend") and fact["label"]["zh"] == "税收"]
    found = {value["end"]: [said[one] for one in value["sentences"]] for run in tax["trend"]["runs"] for value in run["values"]}
    assert found["2022-12-31"] == ["2022年，云湖高新区实现税收2.5亿元。"]
    assert found["2023-12-31"] == ["2023年，云湖高新区实现税收3亿元，同比增长20%。"]


def test_a_thing_asked_alone_has_the_same_trends(store: Store):
    assert trends(store, vocab.expand(PARK)) == {PARK: trends(store)[PARK]}
    assert trends(store, vocab.expand("id:某处")) == {}
    told = json.loads(facts_json_of(store, PARK))["facts"]
    assert [fact["label"]["zh"] for fact in told if "trend" in fact] == [one.label for one in trends(store)[PARK]]


def test_one_report_draws_nothing(graph):
    with graph.reading() as example:
        assert trends(example) == {}
