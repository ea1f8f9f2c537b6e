"""Four reports of one office, half a year apart, and what was read from them by hand: the gold holds, and extraction meets it."""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import kg
from kg import resources
from kg.evaluate import evaluate
from kg.model import Disclosure
from kg.reason import records
from kg.reason.records import Figure
from kg.units import base_value

GOLD = Path(__file__).parent / "gold"
HALVES = ("qingpu-2022h2", "qingpu-2023h1", "qingpu-2023h2", "qingpu-2024h1")
TEXTS = {half: (resources.data() / half / "report.txt").read_text(encoding="utf-8") for half in HALVES}
BARS = {"entities": 0.9, "observations": 0.95, "relations": 0.6, "events": 0.8}
"""Read first, the three reports beside 2023H1 gave .936, .982, .909 and .951."""
RAW = 0.94
"""Least share of the rows of series.csv that the graph tells to the letter. Of the 56 rows written before anything was run it told 53; the
12 written later it told all."""

Row = dict[str, str]
Interval = tuple[Fraction, Fraction]


def gold(name: str) -> list[Row]:
    with (GOLD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Figure]:
    workspace = kg.open(tmp_path_factory.mktemp("memory") / "workspace")
    done = workspace.ingest([resources.data() / half for half in HALVES])
    assert {one.status for one in done} == {"added"}
    with workspace.reading() as store:
        return records.figures(store)


def test_the_reports_are_as_long_as_such_reports_and_of_one_office():
    for text in TEXTS.values():
        assert 1200 <= len(text) <= 2200
        assert text.startswith("青浦区科委")


def test_every_sentence_of_the_gold_stands_in_its_report():
    pairs = [("document", "sentence"), ("other_document", "other_sentence"), ("later_document", "later_sentence")]
    for name in ("identity", "series", "changes", "contradictions", "promises", "bounds", "conflicts"):
        for number, row in enumerate(gold(name), 1):
            for document, sentence in pairs:
                if row.get(document):
                    assert row[sentence] in TEXTS[row[document]], f"{name}.csv, row {number}"


def test_a_name_of_the_identity_gold_is_printed_in_its_sentence():
    for row in gold("identity"):
        for name, sentence in ((row["name"], row["sentence"]), (row["other"], row["other_sentence"])):
            whole, _, part = name.partition("南区")  # a part of a park is told behind the park's name
            assert whole in sentence
            assert part in sentence


def test_facts_of_the_three_reports_are_read_above_the_bars(tmp_path: Path):
    for half in HALVES:
        shutil.copy(resources.data() / half / "report.txt", tmp_path / f"{half}.txt")
    scores = evaluate(GOLD / "facts", tmp_path)
    assert {kind: round(scores[kind].f1, 3) for kind, bar in BARS.items() if scores[kind].f1 < bar} == {}


def test_the_graph_holds_the_figures_of_every_series(told: list[Figure]):
    rows = gold("series")
    missed = [
        f"{row['document']} {row['subject']} {row['indicator']} {row['printed']}" for row in rows if not any(_is(row, f) for f in told)
    ]
    assert len(missed) <= (1 - RAW) * len(rows), missed


def _is(row: Row, figure: Figure) -> bool:
    """Whether a figure of the graph is that of a row: numbers, time, what is said of it, and its sentence."""
    value = figure.lower if figure.disclosure is Disclosure.APPROXIMATE else figure.value
    return (
        any(one.sentence in row["sentence"] or row["sentence"] in one.sentence for one in figure.told)
        and (Decimal(row["value"]) if row["value"] else None) == value
        and figure.disclosure == row["disclosure"]
        and figure.planned == (row["planned"] == "yes")
        and figure.growth == (Decimal(row["growth_pct"]) / 100 if row["growth_pct"] else None)
        and (row["rank"] == "" or figure.rank == int(row["rank"]))
        and figure.period is not None
        and figure.period.end.isoformat() == row["end"]
        and (row["kind"] == "stock" or figure.period.start.isoformat() == row["start"])
    )


def test_two_things_contradict_each_other_and_no_others():
    """Every pair of figures of one subject, indicator and time, and every growth over a year of which both ends are told."""
    found = {("figure", row["subject"], row["indicator"], row["start"], row["end"]) for row, other in _same_time() if _apart(row, other)}
    found |= {
        ("growth", row["subject"], row["indicator"], row["start"], row["end"]) for row, last in _a_year_apart() if not _fits(row, last)
    }
    wanted = [row for row in gold("contradictions") if row["expected"] == "contradiction"]
    assert found == {(row["kind"], row["subject"], row["indicator"], row["start"], row["end"]) for row in wanted}
    assert len(found) == 2


def _done() -> list[Row]:
    return [row for row in gold("series") if row["planned"] == "no"]


def _published() -> list[Row]:
    return [row for row in _done() if row["disclosure"] == "disclosed"]


def _key(row: Row) -> tuple[str, ...]:
    return row["subject"], row["indicator"], row["kind"]


def _same_time() -> Iterator[tuple[Row, Row]]:
    rows = _published()
    for number, row in enumerate(rows):
        for other in rows[number + 1 :]:
            if (*_key(row), row["start"], row["end"]) == (*_key(other), other["start"], other["end"]):
                yield row, other


def _a_year_apart() -> Iterator[tuple[Row, Row]]:
    for row in _published():
        for last in _published():
            if (
                row["growth_pct"]
                and _key(row) == _key(last)
                and (last["start"], last["end"]) == (_before(row["start"]), _before(row["end"]))
            ):
                yield row, last


def _before(day: str) -> str:
    return f"{int(day[:4]) - 1}{day[4:]}"


def _apart(row: Row, other: Row) -> bool:
    (a, b), (x, y) = printed(row["printed"]), printed(other["printed"])
    return b < x or y < a


def _fits(row: Row, last: Row) -> bool:
    (a, b), (x, y) = printed(row["printed"]), times(printed(last["printed"]), growth(row))
    return a <= y and x <= b


def printed(figure: str) -> Interval:
    """All values that are printed so: 12.3亿元 is 12.25 to 12.35, in yuan; a count is itself."""
    number = figure.rstrip("亿万元家项个")
    unit = figure.removeprefix(number)
    decimals = len(number.partition(".")[2])
    half = Fraction(0) if unit in "家项个" else Fraction(1, 2 * 10**decimals)
    one = Fraction(base_value(Decimal(1), unit)[0])
    return (Fraction(number) - half) * one, (Fraction(number) + half) * one


def growth(row: Row) -> Interval:
    """All factors of growth that are printed so: 8.5 % is 1.0845 to 1.0855."""
    half, told_ = Fraction(1, 20), Fraction(row["growth_pct"])
    return 1 + (told_ - half) / 100, 1 + (told_ + half) / 100


def times(one: Interval, other: Interval) -> Interval:
    return one[0] * other[0], one[1] * other[1]


def over(one: Interval, other: Interval) -> Interval:
    return one[0] / other[1], one[1] / other[0]


def bound(subject: str, indicator: str, end: str) -> tuple[str, str]:
    [row] = [row for row in gold("bounds") if (row["subject"], row["indicator"], row["end"]) == (subject, indicator, end)]
    return row["lower"], row["upper"]


def as_told(interval: Interval) -> tuple[str, str]:
    """An interval in yuan as the gold tells it, in 亿元."""
    low, high = (str(end / 10**8) for end in interval)
    return low, high


def figure_of(subject: str, indicator: str, end: str) -> Row:
    rows = [row for row in _done() if row["kind"] == "cumulative"]
    [row] = [row for row in rows if (row["subject"], row["indicator"], row["end"]) == (subject, indicator, end)]
    return row


GROWN: dict[tuple[str, str, str], tuple[Callable[[Interval, Interval], Interval], str]] = {
    ("规模以上软信业企业", "营业收入", "2023-12-31"): (times, "2022-12-31"),
    ("张江高新区青浦园", "规模以上工业总产值", "2023-12-31"): (times, "2022-12-31"),
    ("张江高新区青浦园", "规模以上工业总产值", "2023-06-30"): (over, "2024-06-30"),
    ("北斗西虹桥基地", "税收", "2023-06-30"): (over, "2024-06-30"),
}


@pytest.mark.parametrize("withheld", GROWN, ids="-".join)
def test_a_withheld_figure_lies_between_what_growth_and_another_year_allow(withheld: tuple[str, str, str]):
    way, end = GROWN[withheld]
    known, own = figure_of(*withheld[:2], end), figure_of(*withheld)
    assert bound(*withheld) == as_told(way(printed(known["printed"]), growth(own if way is times else known)))


def test_where_both_years_beside_are_told_the_tighter_ends_count():
    name = ("规模以上软信业企业", "营业收入")
    before, own, after = (figure_of(*name, end) for end in ("2022-06-30", "2023-06-30", "2024-06-30"))
    one, other = times(printed(before["printed"]), growth(own)), over(printed(after["printed"]), growth(after))
    assert one[0] < other[0] < one[1] < other[1]  # each year gives an end
    assert bound(*name, "2023-06-30") == as_told((other[0], one[1]))


def test_a_part_a_rank_and_a_longer_time_bound_what_is_withheld():
    assert bound("张江高新区青浦园", "规模以上工业企业营业收入", "2023-12-31") == ("3413/5", "3414/5")  # 896.4 - 213.7, 0.1 either way
    assert bound("北斗创新基地", "软信业营业收入", "2024-06-30") == ("447/20", "1237/20")  # third and first, 22.35 and 61.85
    assert bound("张江高新区青浦园", "规模以上服务业企业营业收入", "2023-06-30") == ("0", "855/4")  # 213.75 in the year


def test_what_cannot_be_bounded_is_told_without_an_end():
    open_ended = [row for row in gold("bounds") if row["how"].startswith("no bound")]
    assert len(open_ended) == 4
    assert {row["upper"] for row in open_ended} == {""}
    assert all(row["upper"] and row["rests_on"] for row in gold("bounds") if row not in open_ended)


def test_a_state_of_a_promise_agrees_with_its_days():
    rows = gold("promises")
    assert {row["state"] for row in rows} == {"fulfilled", "late", "partly", "no word since", "not yet due"}
    for row in rows:
        assert (row["state"] == "not yet due") == (row["due"] > row["as_of"])
        assert (row["state"] == "no word since") <= (row["later_sentence"] == "")
        assert row["later_document"] == "" or row["later_document"] > row["document"]
        over_time = row["later_document"] and _last_day(row["later_document"]) > row["due"]
        if row["state"] in ("late", "fulfilled"):
            assert over_time == (row["state"] == "late"), row["promise"]


def _last_day(document: str) -> str:
    year, half = document.removeprefix("qingpu-").split("h")
    return f"{year}-{'06-30' if half == '1' else '12-31'}"


def test_what_came_is_new_and_what_went_is_told_no_more():
    for row in gold("changes"):
        name, at = row["thing"].removeprefix("康璞生命科学园"), HALVES.index(row["document"])
        earlier, later = ("".join(TEXTS[half] for half in part) for part in (HALVES[:at], HALVES[at + 1 :]))
        assert (row["change"] != "came") or name not in earlier
        assert (row["change"] != "went") or name not in later
        assert name in TEXTS[row["document"]]


def test_gold_facts_name_what_their_report_prints():
    for path in sorted((GOLD / "facts").glob("*.json")):
        facts, text = json.loads(path.read_text(encoding="utf-8")), TEXTS[path.stem]
        assert text.startswith(facts["document"]["title"])
        for entity in facts["entities"]:
            assert any(name.strip("“”") in text for name in (entity["name"], *entity.get("aliases", []))), entity["name"]
