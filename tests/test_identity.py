"""One IRI for what is one thing: over documents, re-reading, decisions and their undoing."""

from pathlib import Path
from shutil import copytree, rmtree

import pytest
from rdflib import RDF

from kg import vocab
from kg.errors import LexiconError, QueryError, StoreError
from kg.query import thing_called
from kg.resolve.decisions import Decision, read_decisions
from kg.resolve.linkage import remark
from kg.store import EmbeddedStore, embedded, rename
from kg.workspace.identity import _merge_again
from kg.workspace.review import asked, decide, why
from kg.workspace.workspace import Workspace
from tests.matrix.commands import kg

FIRST = """青浦区科委2023年上半年工作总结
2023年上半年，上海海思技术有限公司与复旦大学开展合作。市西软件信息园新增企业20家。江苏省科协与江苏恒瑞医药股份有限公司签署合作协议。
"""
SECOND = """青浦区科委2023年下半年工作总结
2023年下半年，海思与清华大学开展合作。市西软件园新增企业30家。江苏省科学技术协会与恒瑞医药签署合作协议。临河高新区东园与临河高新区新增企业40家。
"""
SOFTWARE_PARK = "市西软件园", "市西软件信息园"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Beside a folder with two reports and their workspace, a copy of it."""
    folder = tmp_path_factory.mktemp("identity") / "here"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    made = Workspace(folder / "workspace")
    for name in ("first.txt", "second.txt"):
        assert [one.reason for one in made.ingest([folder / name])] == [""]
    return copytree(folder, folder.with_name("kept"))


@pytest.fixture
def workspace(kept: Path) -> Workspace:
    """The workspace beside its reports, where they were read, as it was then."""
    here = kept.with_name("here")
    rmtree(here)
    return Workspace(copytree(kept, here) / "workspace")


def iri(workspace: Workspace, name: str) -> str:
    with workspace.reading() as store:
        return str(thing_called(store, name))


def is_one(workspace: Workspace, one: str, other: str) -> bool:
    return iri(workspace, one) == iri(workspace, other)


def statements(workspace: Workspace) -> set[tuple[object, ...]]:
    """All quads but when a run ended."""
    with workspace.reading() as store:
        return set(store.rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o FILTER (?p != prov:endedAtTime) } }"))


def default_is_the_union(workspace: Workspace) -> bool:
    with workspace.reading() as store:
        held = set(store.rows("SELECT ?s ?p ?o { ?s ?p ?o }"))
        stated = set(store.rows("SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"))
        return held == stated


def test_names_of_two_reports_become_one_thing(workspace: Workspace):
    for one, other in (
        ("海思", "上海海思技术有限公司"),
        SOFTWARE_PARK,
        ("江苏省科协", "江苏省科学技术协会"),
        ("恒瑞医药", "江苏恒瑞医药股份有限公司"),
    ):
        assert is_one(workspace, one, other), (one, other)
    assert not is_one(workspace, "临河高新区", "临河高新区东园")
    assert default_is_the_union(workspace)


def test_the_iri_that_was_there_stays_and_the_other_leads_to_it(workspace: Workspace):
    assert iri(workspace, "id:市西软件园").endswith("/市西软件信息园")
    assert iri(workspace, "海思").endswith("/上海海思技术有限公司")


def test_reading_again_changes_nothing(workspace: Workspace):
    before = statements(workspace)
    (workspace.folder.parent / "second.txt").write_text(SECOND + "\n", encoding="utf-8")
    workspace.ingest([workspace.folder.parent / "second.txt"])
    assert is_one(workspace, *SOFTWARE_PARK)
    assert {row[0] for row in before} == {row[0] for row in statements(workspace)}
    assert default_is_the_union(workspace)


def test_told_apart_and_taken_back_all_is_as_before(workspace: Workspace):
    before = statements(workspace)
    assert decide(workspace, Decision(SOFTWARE_PARK[0], "apart", SOFTWARE_PARK[1], "王", "2024-01-01", "two sites")) == ["second"]
    assert not is_one(workspace, *SOFTWARE_PARK)
    assert is_one(workspace, "海思", "上海海思技术有限公司")
    assert default_is_the_union(workspace)
    decide(workspace, Decision(SOFTWARE_PARK[0], "undo", SOFTWARE_PARK[1], "王", "2024-01-02", "no"))
    assert is_one(workspace, *SOFTWARE_PARK)
    assert statements(workspace) == before


def test_a_decision_survives_reading_again(workspace: Workspace):
    decide(workspace, Decision(SOFTWARE_PARK[0], "apart", SOFTWARE_PARK[1]))
    (workspace.folder.parent / "second.txt").write_text(SECOND + "\n", encoding="utf-8")
    workspace.ingest([workspace.folder.parent / "second.txt"])
    assert not is_one(workspace, *SOFTWARE_PARK)


def test_a_person_joins_what_nothing_else_does_and_takes_it_back(workspace: Workspace):
    before = statements(workspace)
    assert not is_one(workspace, "复旦大学", "清华大学")
    decide(workspace, Decision("复旦大学", "same", "清华大学", "王", "2024-01-01", "a trial"))
    assert iri(workspace, "复旦大学").endswith("/清华大学")
    assert why(workspace, "复旦大学", "清华大学").by == "decision"
    decide(workspace, Decision("复旦大学", "undo", "清华大学", "王", "2024-01-02"))
    assert not is_one(workspace, "复旦大学", "清华大学")
    assert statements(workspace) == before


def test_without_the_extra_rules_alone_join_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for module in ("kg.resolve.linkage", "kg.resolve.identity", "kg.workspace.known_names"):
        monkeypatch.setattr(f"{module}.can_score", lambda: False)
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    made = Workspace(tmp_path / "workspace")
    made.ingest([tmp_path / "first.txt", tmp_path / "second.txt"])
    assert is_one(made, "江苏省科协", "江苏省科学技术协会")
    assert not is_one(made, *SOFTWARE_PARK)
    assert "pip install 'innovation-kg[resolve]'" in remark()


def test_a_decision_that_contradicts_another_names_both_rows(workspace: Workspace):
    decide(workspace, Decision("复旦大学", "same", "清华大学"))
    before = (workspace.folder / "decisions.csv").read_bytes()
    with pytest.raises(LexiconError, match=r"row 3 says that '清华大学' and '复旦大学' are two things, row 2 that they are one"):
        decide(workspace, Decision("清华大学", "apart", "复旦大学"))
    assert (workspace.folder / "decisions.csv").read_bytes() == before


def test_what_was_not_decided_cannot_be_taken_back(workspace: Workspace):
    with pytest.raises(LexiconError, match="nothing is decided"):
        decide(workspace, Decision("复旦大学", "undo", "清华大学"))


def test_a_row_without_who_and_when_is_read_as_before(tmp_path: Path):
    (tmp_path / "decisions.csv").write_text("name,decision,as\n甲园,same,乙园\n丙,apart,Project\n", encoding="utf-8")
    resolver = read_decisions(tmp_path / "decisions.csv")
    assert (resolver.resolve("甲园"), resolver.resolve("丙", "Project"), resolver.resolve("丙", "Park")) == ("乙园", "丙-Project", "丙")


def test_why_tells_score_reasons_and_sentences(workspace: Workspace):
    found = why(workspace, "恒瑞医药", "江苏恒瑞医药股份有限公司")
    assert (found.now, found.outcome, found.by) == ("one thing", "same", "score")
    assert found.score >= 0.9
    assert found.levels["name"].en == "same core"
    assert [one.document for one in found.sentences[0] + found.sentences[1]] == ["second", "first"]


def test_why_of_what_the_graph_does_not_hold(workspace: Workspace):
    with pytest.raises(QueryError, match="Nothing in the graph is called '无此机构'"):
        why(workspace, "恒瑞医药", "无此机构")


def test_what_is_doubtful_is_asked_until_it_is_decided(workspace: Workspace, tmp_path: Path):
    text = "青浦区科委2024年上半年工作总结\n2024年上半年，磐谷集团与上海大学开展合作。磐谷新材料科技股份有限公司与同济大学开展合作。\n"
    (tmp_path / "third.txt").write_text(text, encoding="utf-8")
    workspace.ingest([tmp_path / "third.txt"])
    pair = {"磐谷集团", "磐谷新材料科技股份有限公司"}
    asks = [one for one in asked(workspace) if {one.one, one.other} == pair]
    assert len(asks) == 1
    assert all(asks[0].sentences)
    decide(workspace, Decision("磐谷集团", "apart", "磐谷新材料科技股份有限公司"))
    assert not [one for one in asked(workspace) if {one.one, one.other} == pair]


def test_what_one_sentence_names_beside_each_other_is_two(tmp_path: Path):
    report = tmp_path / "parks.txt"
    report.write_text(
        "青浦区科委2023年上半年工作总结\n2023年上半年，北岚创新基地与北岚西桥创新基地错位发展，北岚创新基地新增企业20家。\n",
        encoding="utf-8",
    )
    made = Workspace(tmp_path / "workspace")
    made.ingest([report])
    assert not is_one(made, "北岚创新基地", "北岚西桥创新基地")
    assert [one for one in asked(made) if "北岚" in one.link.one.name] == []


def test_names_of_a_report_that_was_taken_out_are_known_no_more(workspace: Workspace, tmp_path: Path):
    workspace.remove("second")
    (tmp_path / "third.txt").write_text("2024年上半年，市西软件园新增企业40家。海思与复旦大学开展合作。\n", encoding="utf-8")
    workspace.ingest([tmp_path / "third.txt"])
    assert is_one(workspace, *SOFTWARE_PARK)
    with workspace.reading() as store:
        assert store.rows("SELECT ?thing { ?thing rdfs:label '江苏省科学技术协会'@zh }") == []
    assert default_is_the_union(workspace)


def test_what_broke_off_amid_many_merges_is_ended_by_the_next_ingestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    whole, cut_off = Workspace(tmp_path / "whole"), Workspace(tmp_path / "cut-off")
    monkeypatch.setattr(embedded, "TOGETHER", 0)
    monkeypatch.setattr(rename, "BATCH", 1)
    whole.ingest([tmp_path])
    with monkeypatch.context() as broken:
        loaded, places = rename._loaded, iter(range(5))
        broken.setattr(rename, "_loaded", lambda *given: loaded(*given) if next(places) < 2 else no_room())
        with pytest.raises(StoreError, match="No space"):
            cut_off.ingest([tmp_path])
    assert statements(cut_off) != statements(whole)
    cut_off.ingest([tmp_path])
    assert statements(cut_off) == statements(whole)


def test_what_a_run_that_was_cut_off_found_of_what_others_had_become_holds_for_them_too():
    first, second, third = (vocab.thing(name) for name in "甲乙丙")
    replaced, park = vocab.term("dct:isReplacedBy"), vocab.ino("Park")
    home, told = vocab.graph("identity"), [vocab.passage("report", place, place + 9) for place in (0, 10)]
    store = EmbeddedStore()
    store.replace([], [(first, replaced, second, home), (second, replaced, third, home)])  # so it is told, and not yet done
    store.replace([], [(second, RDF.type, park, told[0]), (first, RDF.type, park, told[1])])  # a new report prints the first again
    assert _merge_again(store, None, lambda: None) == {first: third, second: third}
    assert store.rows("SELECT DISTINCT ?thing { GRAPH ?g { ?thing a ino:Park } }") == [(third,)]


def no_room() -> None:
    raise OSError("No space left on device")


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_list_of_names_is_made_anew(workspace: Workspace, tmp_path: Path, damage: bytes):
    (workspace.folder / "names.sqlite").write_bytes(damage)
    assert asked(workspace) == []
    (tmp_path / "third.txt").write_text("2024年上半年，江苏恒瑞医药与市西软件园签署合作协议。\n", encoding="utf-8")
    assert [one.status for one in workspace.ingest([tmp_path / "third.txt"])] == ["added"]
    assert is_one(workspace, *SOFTWARE_PARK)
    assert is_one(workspace, "江苏恒瑞医药", "恒瑞医药")
    assert default_is_the_union(workspace)


def test_a_report_read_after_others_is_linked_as_if_read_with_them(workspace: Workspace, tmp_path: Path):
    together = Workspace(tmp_path / "together")
    together.ingest([workspace.folder.parent / "first.txt", workspace.folder.parent / "second.txt"])
    for one, other in (
        ("海思", "上海海思技术有限公司"),
        SOFTWARE_PARK,
        ("江苏省科协", "江苏省科学技术协会"),
        ("临河高新区", "临河高新区东园"),
    ):
        assert is_one(together, one, other) == is_one(workspace, one, other)


def test_why_prints_a_sentence_that_names_both_once(workspace: Workspace):
    done = kg("why", "临河高新区东园", "临河高新区", "-w", workspace.folder)
    lines = done.out.decode().splitlines()
    assert sum("临河高新区东园与临河高新区新增企业40家" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("2023年上半年，引进澜桥科技有限公司、澜桥科技股份有限公司。", ("澜桥科技有限公司", "澜桥科技股份有限公司")),
        ("2023年上半年，澜桥电子有限公司、澜桥电子集团有限公司等企业入驻。", ("澜桥电子有限公司", "澜桥电子集团有限公司")),
    ],
)
def test_firms_that_one_sentence_lists_are_two_though_only_their_legal_form_differs(sentence: str, names: tuple[str, str], tmp_path: Path):
    (tmp_path / "list.txt").write_text(f"青浦区科委2023年上半年工作总结\n{sentence}\n", encoding="utf-8")
    made = Workspace(tmp_path / "workspace")
    made.ingest([tmp_path / "list.txt"])
    assert not is_one(made, *names)


def test_a_graph_that_has_merged_less_than_the_list_of_names_knows_is_linked_anew(workspace: Workspace, tmp_path: Path):
    assert is_one(workspace, *SOFTWARE_PARK)
    known = (workspace.folder / "names.sqlite").read_bytes()
    decide(workspace, Decision(SOFTWARE_PARK[0], "apart", SOFTWARE_PARK[1]))
    decide(workspace, Decision(SOFTWARE_PARK[0], "undo", SOFTWARE_PARK[1]))
    (workspace.folder / "names.sqlite").write_bytes(known)
    (tmp_path / "third.txt").write_text("2024年上半年，江苏恒瑞医药与市西软件园签署合作协议。\n", encoding="utf-8")
    workspace.ingest([tmp_path / "third.txt"])
    assert is_one(workspace, *SOFTWARE_PARK)
    assert default_is_the_union(workspace)
