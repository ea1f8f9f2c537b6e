"""What came of promises: pairs of reports of one office, of which the later tells what was done."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import URIRef

from kg import vocab
from kg.extract import extract
from kg.model import Document, Period, Scope
from kg.reason import derive
from kg.reason.promises import Kept, State, last_day, promises
from kg.resolve import Resolver
from kg.store import EmbeddedStore, Insertion
from kg.store.quads import quads_of
from tests.matrix.commands import kg

HALF = "南川区科技局2023年上半年工作总结和下半年工作要点"
YEAR = "南川区科技局2023年工作总结"
NEXT = "南川区科技局2024年上半年工作总结"
END = dt.date(2023, 12, 31)
SUMMER_OF_IT = dt.date(2023, 6, 30)
SUMMER = dt.date(2024, 6, 30)


def store_of(*reports: tuple[str, str], **issued: dt.date) -> EmbeddedStore:
    """A graph of reports, each its title and its text; their names are r1, r2 …; `issued` says when by name."""
    store, graph = EmbeddedStore(), vocab.graph("ontology")
    store.apply([], Insertion(((graph.n3(), tuple(vocab.ontology_lines())),)))
    for number, (title, text) in enumerate(reports, 1):
        name = f"r{number}"
        document = Document(name, f"{name}.txt", "text/plain", f"{title}\n\n{text}\n", "0" * 64, title=title)
        facts = extract(document, True).with_document(**({"date": issued[name]} if name in issued else {}))
        store.replace([], quads_of(facts, Resolver(()), "test"))
    return store


def half(promise: str, done: str = "") -> tuple[str, str]:
    """A report on the first half of 2023 that promises something for the second."""
    return HALF, f"一、上半年主要工作\n科技创新稳中有进。{done}\n二、下半年工作要点\n{promise}"


def later(text: str, title: str = YEAR) -> tuple[str, str]:
    return title, f"一、主要工作\n{text}"


def of(kept: list[Kept], name: str, words: str = "") -> Kept:
    """The one promise of a thing that the report r1 or, where it makes none, another tells first, in words that hold some."""
    alike = [one for one in kept if one.promise.name == name and words in one.promise.words]
    [found] = [one for one in alike if one.promise.told.document == "r1"] or alike
    return found


PAIRS = {
    "the stage itself": ("力争启航大厦年内竣工。", later("启航大厦已竣工。"), "启航大厦", State.FULFILLED),
    "a stage after it": ("力争启航大厦年内结构封顶。", later("启航大厦建成投用。"), "启航大厦", State.FULFILLED),
    "a stage before it": ("力争启航大厦年内竣工。", later("启航大厦主体结构封顶。"), "启航大厦", State.PARTLY),
    "slab before ground level": ("确保启航大厦年内完成正负零。", later("启航大厦底板浇筑完成。"), "启航大厦", State.PARTLY),
    "ground level after the slab": ("确保启航大厦年内完成底板浇筑。", later("启航大厦完成正负零。"), "启航大厦", State.FULFILLED),
    "completed before accepted": ("确保启航大厦年内通过验收。", later("启航大厦已竣工。"), "启航大厦", State.PARTLY),
    "acceptance under way": ("确保启航大厦年内通过竣工验收。", later("启航大厦正在办理竣工验收手续。"), "启航大厦", State.PARTLY),
    "suspended": ("力争启航大厦年内竣工。", later("启航大厦停工。"), "启航大厦", State.OVERDUE),
    "said not to be done": ("力争启航大厦年内竣工。", later("启航大厦没有竣工，晨曦公司入驻启航大厦。"), "启航大厦", State.OVERDUE),
    "said not to be done in time": (
        "力争启航大厦年内竣工。", later("启航大厦未按时竣工，晨曦公司入驻启航大厦。"), "启航大厦", State.OVERDUE
    ),
    "said alone not to be done": ("力争启航大厦年内竣工。", later("启航大厦尚未竣工。"), "启航大厦", State.OVERDUE),
    "not even begun": ("力争启航大厦年内竣工。", later("启航大厦至今未开工。"), "启航大厦", State.OVERDUE),
    "not begun, behind a reason": (
        "确保云帆科创园年内封顶。", later("云帆科创园征地受阻，目前还没有开工。"), "云帆科创园", State.OVERDUE
    ),
    "a later stage not reached": ("力争启航大厦年内开工。", later("启航大厦尚未竣工。"), "启航大厦", State.TOLD_SINCE),
    "another not done": ("力争启航大厦年内竣工。", later("云帆大厦尚未竣工，晨曦公司入驻启航大厦。"), "启航大厦", State.TOLD_SINCE),
    "put off": ("力争启航大厦年内竣工。", later("启航大厦计划2024年6月底前竣工。"), "启航大厦", State.OVERDUE),
    "not told of": ("力争启航大厦年内竣工。", later("云帆中心已竣工。"), "启航大厦", State.NO_WORD_SINCE),
    "told of in other words": ("力争启航大厦年内竣工。", later("晨曦半导体有限公司入驻启航大厦。"), "启航大厦", State.TOLD_SINCE),
    "the first time in the next year": ("力争启航大厦年内竣工。", later("启航大厦已竣工。", NEXT), "启航大厦", State.LATE),
    "told in the next year, done before": ("力争启航大厦年内竣工。", later("启航大厦2023年11月竣工。", NEXT), "启航大厦", State.FULFILLED),
    "after its day, in a report of a time that holds both": (
        "确保云帆大厦三季度结构封顶。", later("云帆大厦10月结构封顶。"), "云帆大厦", State.LATE
    ),
    "before its day, in such a report": ("确保云帆大厦三季度结构封顶。", later("云帆大厦8月结构封顶。"), "云帆大厦", State.FULFILLED),
    "another part": ("力争启航大厦二期年内竣工。", later("启航大厦一期已竣工。"), "启航大厦", State.TOLD_SINCE),
    "the part": ("力争启航大厦二期年内竣工。", later("启航大厦二期已竣工。"), "启航大厦", State.FULFILLED),
    "one part of the whole": ("力争启航大厦年内竣工。", later("启航大厦一期已竣工。"), "启航大厦", State.PARTLY),
    "the whole in words that say so": ("力争启航大厦二期年内竣工。", later("启航大厦全面竣工。"), "启航大厦", State.FULFILLED),
    "a policy issued": ("年内出台《南川区算力办法》。", later("印发《南川区算力办法》。"), "南川区算力办法", State.FULFILLED),
    "a policy drafted": ("年内出台《南川区算力办法》。", later("起草《南川区算力办法》。"), "南川区算力办法", State.PARTLY),
    "a policy without a day": ("修订《南川区专利办法》。", later("修订《南川区专利办法》。"), "南川区专利办法", State.FULFILLED),
    "another policy": ("年内出台《南川区算力办法》。", later("印发《南川区种子办法》。"), "南川区算力办法", State.NO_WORD_SINCE),
    "held": ("举办南川区创新创业大赛。", later("成功举办南川区创新创业大赛。"), "南川区创新创业大赛", State.FULFILLED),
    "not held": ("举办南川区创新创业大赛。", later("南川区创新创业大赛尚未举办。"), "南川区创新创业大赛", State.OVERDUE),
    "named, not held": ("举办南川区创新创业大赛。", later("南川区创新创业大赛吸引企业关注。"), "南川区创新创业大赛", State.TOLD_SINCE),
    "still being prepared": ("举办南川区创新创业大赛。", later("正在筹备举办南川区创新创业大赛。"), "南川区创新创业大赛", State.TOLD_SINCE),
    "settled": ("引进晨曦半导体有限公司。", later("晨曦半导体有限公司已落户云帆创新园。"), "晨曦半导体有限公司", State.FULFILLED),
    "another with its name": (
        "引进晨曦半导体有限公司。", later("成功引进晨曦半导体有限公司供应商明光公司。"), "晨曦半导体有限公司", State.TOLD_SINCE
    ),
    "a policy pushed on": ("年内出台《南川区算力办法》。", later("推动出台《南川区算力办法》。"), "南川区算力办法", State.TOLD_SINCE),
    "only spoken with": ("引进晨曦半导体有限公司。", later("走访晨曦半导体有限公司。"), "晨曦半导体有限公司", State.TOLD_SINCE),
    "started, told as an event": ("启动临溪科创中心建设。", later("临溪科创中心启动建设。"), "临溪科创中心", State.FULFILLED),
    "a name that holds 中试": ("筹建临溪县中试基地。", later("临溪县中试基地已成立。"), "临溪县中试基地", State.FULFILLED),
    "works on as before": ("加快推进云帆创新园建设。", later("云帆创新园建设有序推进。"), "云帆创新园", State.TOLD_SINCE),
}  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_a_later_report_tells_what_came_of_a_promise(pair: str):
    promise, told, name, state = PAIRS[pair]
    kept = of(promises(store_of(half(promise), told), SUMMER if told[0] == NEXT else END), name)
    assert kept.state == state if state else kept.state not in (State.FULFILLED, State.LATE)
    assert kept.promise.told.document == "r1"
    assert kept.promise.told.sentence == promise
    assert (kept.told.document if kept.told else "") == ("" if state == State.NO_WORD_SINCE else "r2")


AIMS = {
    "met": ("力争全年规上工业总产值达到500亿元。", "全年规上工业总产值512.3亿元。", State.FULFILLED),
    "short": ("力争全年规上工业总产值达到500亿元。", "全年规上工业总产值498.7亿元。", State.PARTLY),
    "exactly": ("力争全年规上工业总产值突破500亿元。", "全年规上工业总产值500亿元。", State.FULFILLED),
    "about": ("力争全年规上工业总产值达到500亿元。", "全年规上工业总产值约510亿元。", State.TOLD_SINCE),
    "withheld": ("力争全年规上工业总产值达到500亿元。", "全年规上工业总产值XX亿元。", State.TOLD_SINCE),
    "of three quarters, and short": ("力争全年规上工业总产值达到500亿元。", "1-9月，规上工业总产值380亿元。", State.TOLD_SINCE),
    "of three quarters, and met": ("力争全年规上工业总产值达到500亿元。", "1-9月，规上工业总产值505亿元。", State.FULFILLED),
    "of another year": ("力争全年规上工业总产值达到500亿元。", "2022年，规上工业总产值512亿元。", State.NO_WORD_SINCE),
    "growth met": ("力争全年规上工业总产值增长8%。", "全年规上工业总产值512.3亿元，同比增长8.5%。", State.FULFILLED),
    "a share of the year": ("争取全社会研发投入占GDP比重达到2.8%。", "全社会研发投入占GDP比重2.85%。", State.FULFILLED),
    "less is better": ("力争全年单位GDP能耗下降3%。", "全年单位GDP能耗下降3.2%。", State.FULFILLED),
    "growth short": ("力争全年规上工业总产值增长8%。", "全年规上工业总产值512.3亿元，同比增长7.9%。", State.PARTLY),
}  # fmt: skip


@pytest.mark.parametrize("pair", AIMS)
def test_a_figure_for_the_same_time_tells_whether_an_aim_was_met(pair: str):
    aim, told, state = AIMS[pair]
    [kept] = [one for one in promises(store_of(half(aim), later(told)), END) if one.promise.aim]
    assert kept.state == state
    assert kept.promise.due == END


@pytest.mark.parametrize("aim", ["到2025年，规上工业总产值年均增长8%。", "“十四五”期间，力争规上工业总产值年均增长8%。"])
def test_what_is_to_grow_over_years_is_not_met_by_the_growth_of_one(aim: str):
    kept = promises(store_of(half(aim), later("全年规上工业总产值512.3亿元，同比增长9%。")), END)
    assert [(one.promise.due, one.state) for one in kept] == [(dt.date(2025, 12, 31), State.NOT_YET_DUE)]


def test_what_is_to_grow_over_no_known_years_is_no_aim_of_one():
    kept = promises(store_of(half("力争规上工业总产值年均增长8%。"), later("全年规上工业总产值512.3亿元，同比增长9%。")), END)
    assert kept == []


SPOKEN = {
    "下半年，我区将举办第三届青禾创新创业大赛。": ("第三届青禾创新创业大赛", END),
    "10月将举办青禾产业博览会。": ("青禾产业博览会", dt.date(2023, 10, 31)),
    "下半年，南川区计划举办世界机器人大赛。": ("世界机器人大赛", END),
    "今年，我区将启动晨曦生物港二期建设。": ("晨曦生物港", END),
    "力争云帆科创园9月底前结构封顶。": ("云帆科创园", dt.date(2023, 9, 30)),
    "确保9月底前丙山生物港建成投用。": ("丙山生物港", dt.date(2023, 9, 30)),
    "启航大厦主体施工有序推进，年底前竣工。": ("启航大厦", END),
}


@pytest.mark.parametrize("told", SPOKEN)
def test_what_is_said_to_come_amid_a_report_is_promised(told: str):
    report = ("南川区科技局2023年上半年工作总结", f"一、主要工作\n{told}")
    assert [(one.promise.name, one.promise.due, one.state) for one in promises(store_of(report), SUMMER_OF_IT)] == [
        (*SPOKEN[told], State.NOT_YET_DUE)
    ]


def test_a_promise_is_not_yet_due_until_its_day():
    store = store_of(half("力争启航大厦年内竣工。"), later("启航大厦主体结构封顶。", "南川区科技局2023年前三季度工作总结"))
    kept = of(promises(store, dt.date(2023, 9, 30)), "启航大厦")
    assert (kept.state, kept.words) == (State.NOT_YET_DUE, "主体结构封顶")


def test_each_stage_has_its_own_day():
    store = store_of(half("推动金鹏电池项目三季度竣工、四季度投产。"), later("金鹏电池项目已竣工。"))
    kept = promises(store, END)
    assert {(one.promise.words, one.promise.due, one.state) for one in kept} == {
        ("竣工", dt.date(2023, 9, 30), State.FULFILLED),
        ("投产", END, State.PARTLY),
    }


def test_only_reports_until_the_day_count():
    store = store_of(half("力争启航大厦年内竣工。"), later("启航大厦已竣工。"))
    assert of(promises(store, dt.date(2023, 7, 1)), "启航大厦").state == State.NOT_YET_DUE
    assert promises(store, dt.date(2023, 1, 1)) == []


def test_a_report_counts_from_the_day_on_which_it_is_issued():
    store = store_of(half("力争启航大厦年内竣工。"), later("启航大厦已竣工。"), r2=dt.date(2024, 2, 20))
    assert of(promises(store, dt.date(2024, 2, 19)), "启航大厦").state == State.NO_WORD_SINCE
    assert of(promises(store, dt.date(2024, 2, 20)), "启航大厦").state == State.FULFILLED


def test_a_draft_that_another_report_replaces_does_not_count():
    store = store_of(half("力争启航大厦年内竣工。"), later("启航大厦已竣工。"), later("启航大厦主体结构封顶。"))
    draft, final = URIRef(vocab.PREFIXES["doc"] + "r2"), URIRef(vocab.PREFIXES["doc"] + "r3")
    store.replace([], [(draft, vocab.term("dct:isReplacedBy"), final, draft)])
    assert of(promises(store, END), "启航大厦").state == State.PARTLY


def test_what_was_told_with_the_promise_or_before_fulfils_nothing():
    before = ("南川区科技局2022年工作总结", "一、主要工作\n启航大厦已竣工。")
    assert of(promises(store_of(before, half("力争启航大厦年内竣工。")), END), "启航大厦").state == State.NO_WORD_SINCE
    assert of(promises(store_of(half("力争启航大厦年内竣工。", "启航大厦已竣工。")), END), "启航大厦").state == State.NO_WORD_SINCE


def test_a_stage_known_before_is_no_part_of_what_was_promised():
    kept = of(promises(store_of(half("力争启航大厦年内竣工。", "启航大厦已结构封顶。"), later("启航大厦结构封顶。")), END), "启航大厦")
    assert kept.state == State.OVERDUE


def test_a_report_in_between_that_tells_less_makes_it_late():
    store = store_of(
        half("力争启航大厦9月底前竣工。"), later("启航大厦主体结构封顶。", "南川区科技局2023年1-11月工作总结"), later("启航大厦已竣工。")
    )
    assert of(promises(store, END), "启航大厦").state == State.LATE


def test_a_report_up_to_the_day_that_tells_less_makes_it_late_too():
    store = store_of(
        half("力争启航大厦三季度竣工。"), later("启航大厦主体结构封顶。", "南川区科技局2023年前三季度工作总结"), later("启航大厦已竣工。")
    )
    assert of(promises(store, END), "启航大厦").state == State.LATE


def test_a_part_in_the_name_is_the_same_part():
    store = store_of(half("力争启航大厦二期年内竣工。"), later("“启航大厦二期”项目已经竣工。"))
    assert [(one.promise.name + one.promise.part, one.state) for one in promises(store, END)] == [("启航大厦二期", State.FULFILLED)]


def test_the_plan_of_a_year_is_due_at_its_end_and_kept_by_the_report_of_the_same_year():
    plan = ("南川区科技局2023年工作要点", "一、加快载体建设\n推动启航大厦竣工。\n二、政策\n出台《南川区算力券管理办法》。")
    kept = promises(store_of(plan, later("启航大厦已竣工。印发《南川区算力券管理办法》。")), END)
    assert {(one.promise.name, one.promise.due, one.state) for one in kept} == {
        ("启航大厦", END, State.FULFILLED),
        ("南川区算力券管理办法", END, State.FULFILLED),
    }


def test_a_promise_repeated_is_one_and_told_first_where_it_was_made():
    again = ("南川区科技局2023年前三季度工作总结", "一、主要工作\n科技创新稳中有进。\n二、下一步工作\n力争启航大厦年内竣工。")
    kept = of(promises(store_of(half("力争启航大厦年内竣工。"), again, later("启航大厦已竣工。")), END), "启航大厦")
    assert (kept.promise.told.document, kept.told and kept.told.document, kept.state) == ("r1", "r3", State.FULFILLED)


def test_promises_of_a_time_alone():
    store = store_of(half("力争启航大厦年内竣工。"), later("启航大厦已竣工。"))
    of_half = Scope(period=Period(dt.date(2023, 1, 1), dt.date(2023, 3, 31)))
    assert [one.promise.name for one in promises(store, END, of_half)] == ["启航大厦"]
    assert promises(store, END, Scope(period=Period(dt.date(2024, 1, 1), SUMMER))) == []
    assert promises(store, END, Scope(place="北山区")) == []


def test_the_rule_and_the_command_say_the_same_of_stages():
    for name, (promise, told, thing, state) in PAIRS.items():
        store = store_of(half(promise), told)
        derive(store)
        fulfilled = store.table("ASK { ?reached ino:fulfils ?planned }").rows == [[True]]
        kept = of(promises(store, SUMMER), thing)
        if kept.promise.kind == "Milestone" and name != "the whole in words that say so":  # words are the command's alone
            assert fulfilled == (state in (State.FULFILLED, State.LATE)), name


def test_a_graph_without_reports_has_no_promises():
    store = store_of()
    assert last_day(store) is None
    assert promises(store, END) == []


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def build(*reports: tuple[str, str]) -> Path:
        files = []
        for number, (title, text) in enumerate(reports, 1):
            files.append(tmp_path / f"r{number}.txt")
            files[-1].write_text(f"{title}\n\n{text}\n", encoding="utf-8")
        assert kg("ingest", *files, "-w", tmp_path / "w").status == 0
        return tmp_path / "w"

    return build


def test_the_command_prints_both_sentences_and_what_came_of_each(folder):
    built = folder(half("力争启航大厦年内竣工。力争云帆中心年内开工。"), later("启航大厦已竣工。"))
    done = kg("promises", "--as-of", "2023H2", "--format", "csv", "-w", built)
    assert done.out.decode("utf-8-sig").splitlines() == [
        "state,thing,part,promise,due,since,documents,sentences,documents_since,sentences_since",
        "已兑现,启航大厦,,竣工,2023-12-31,竣工,r1,力争启航大厦年内竣工。,r2,启航大厦已竣工。",
        "未再提及,云帆中心,,开工,2023-12-31,,r1,力争云帆中心年内开工。,,",
    ]
    assert done.err == "kg: as of 2023-12-31: 已兑现 1, 未再提及 1\n"
    only = kg("promises", "--state", "no-word-since", "--lang", "en", "-w", built)
    assert "no word since" in only.out.decode()
    assert "启航大厦" not in only.out.decode()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (("--as-of", "2023-13-01"), "'2023-13-01' names no period."),
        (("--as-of", ""), "'' names no period."),
        (("--state", "kept"), "--state is fulfilled, late, "),
        (("--format", "x"), "--format is table, csv, json or parquet, not 'x'."),
        (("--lang", "fr"), "--lang is zh or en, not 'fr'."),
    ],
)
def test_a_wrong_option_is_one_line(folder, given: tuple[str, ...], line: str):
    done = kg("promises", *given, "-w", folder(half("力争启航大厦年内竣工。")))
    assert (done.status, done.out) == (2, b"")
    assert line in done.err
    assert done.err.count("\n") == 1
