import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import vocab
from kg.errors import StoreError, UsageError, WorkspaceBusyError
from kg.reason import is_current
from kg.workspace.ingest.prepare import Options
from tests.servers import PATIENCE

REPORT = "南山区科委2022年工作总结\n推动云舟与蓝石对接技术合作。临江产业园累计引进企业286家。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> kg.workspace.workspace.Workspace:
    return kg.open(tmp_path / "workspace")


def statements(workspace) -> set[tuple]:
    everything = workspace.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER (?p != prov:endedAtTime) }")
    return set(everything.itertuples(index=False, name=None))


def test_the_same_file_again_changes_nothing(workspace, report: Path):
    assert [one.status for one in workspace.ingest([report])] == ["added"]
    before = statements(workspace)
    assert [one.status for one in workspace.ingest([report])] == ["unchanged"]
    assert statements(workspace) == before


def test_a_changed_file_replaces_its_facts(workspace, report: Path):
    workspace.ingest([report])
    report.write_text(REPORT.replace("蓝石", "星尘").replace("286", "300"), encoding="utf-8")
    assert [one.status for one in workspace.ingest([report])] == ["replaced"]
    assert list(workspace.query("SELECT ?o { id:云舟 ino:cooperatesWith ?o }")["o"]) == ["id:星尘"]
    assert list(workspace.query("SELECT ?v { ?x ino:value ?v }")["v"]) == [300]
    assert not workspace.query("ASK { GRAPH ?g { id:蓝石 ?p ?o } }")["answer"][0]


def test_two_files_of_one_name_in_two_folders_are_two_documents(workspace, report: Path, tmp_path: Path):
    other = tmp_path / "other" / "report.txt"
    other.parent.mkdir()
    other.write_text(REPORT.replace("286", "300"), encoding="utf-8")
    workspace.ingest([report, other])
    assert [d.name for d in workspace.documents()] == ["other-report", "report"]


def test_a_removed_document_takes_along_only_what_no_other_states(workspace, report: Path, tmp_path: Path):
    other = tmp_path / "news.txt"
    other.write_text("南山区科委2022年简报\n推动云舟与蓝石对接技术合作。\n", encoding="utf-8")
    workspace.ingest([report, other])
    workspace.remove("report")
    assert list(workspace.query("SELECT ?o { id:云舟 ino:cooperatesWith ?o }")["o"]) == ["id:蓝石"]
    assert workspace.query("SELECT ?v { ?x ino:value ?v }").empty
    workspace.remove("news")
    assert workspace.query("SELECT ?o { id:云舟 ino:cooperatesWith ?o }").empty
    assert workspace.query("SELECT ?s { GRAPH graph:inferred { ?s ino:cooperatesWith ?o } }").empty


def test_a_bad_file_does_not_keep_the_good_ones_out(workspace, report: Path, tmp_path: Path):
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"%PDF-1.7")
    done = workspace.ingest([bad, report])
    assert [one.status for one in done] == ["failed", "added"]
    assert "is a broken PDF" in done[0].reason


def test_a_file_that_turns_bad_leaves_its_facts_as_they_were(workspace, report: Path):
    workspace.ingest([report])
    before = statements(workspace)
    report.write_text("这里什么事实也没有。", encoding="utf-8")
    [one] = workspace.ingest([report])
    assert one.status == "failed"
    assert "states no fact" in one.reason
    assert statements(workspace) == before


def test_the_file_as_read_and_a_line_of_the_log_are_kept(workspace, report: Path):
    workspace.ingest([report])
    [kept] = (workspace.folder / "sources").iterdir()
    assert kept.read_text(encoding="utf-8") == REPORT
    [line] = (workspace.folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["what"] == "added"


def test_decisions_of_people_merge_names(workspace, report: Path):
    workspace.folder.mkdir()
    (workspace.folder / "decisions.csv").write_text(
        "name,decision,as,by,when,why\n云舟,same,云舟科技,李,2022-07-01,同一家\n", encoding="utf-8"
    )
    workspace.ingest([report])
    assert list(workspace.query("SELECT ?o { id:云舟科技 ino:cooperatesWith ?o }")["o"]) == ["id:蓝石"]


def test_a_run_that_was_cut_off_before_the_rules_is_finished_by_the_next(workspace, report: Path):
    workspace.ingest([report])
    everything = statements(workspace)
    with workspace.writing() as store:
        assert is_current(store, kg.__version__)
        store.replace([vocab.graph("inferred")], [])
        assert not is_current(store, kg.__version__)
    assert not workspace.query("ASK { ?x a org:Organization }")["answer"][0]
    assert [one.status for one in workspace.ingest([report])] == ["unchanged"]
    assert statements(workspace) == everything


HOLD = """
import sys, kg
with kg.open(sys.argv[1]).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_refused_and_readers_go_on(workspace, report: Path):
    workspace.ingest([report])
    holder = subprocess.Popen([sys.executable, "-c", HOLD, workspace.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceBusyError, match="being written by another process"):
            workspace.ingest([report])
        assert len(workspace.query("SELECT ?o { id:云舟 ino:cooperatesWith ?o }")) == 1
    finally:
        holder.communicate("", timeout=PATIENCE)
    assert [one.status for one in workspace.ingest([report])] == ["unchanged"]


def test_a_workspace_that_is_not_there_says_what_to_do(workspace):
    with pytest.raises(StoreError, match="holds no graph"):
        workspace.query("SELECT ?s { ?s ?p ?o }")


def test_a_folder_without_a_report_says_so(workspace, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no file that can be read"):
        workspace.ingest([tmp_path / "empty"])


@pytest.mark.parametrize(
    ("sparql", "column"), [("ASK { ?s ?p ?o }", "answer"), ("CONSTRUCT { ?s ?p ?o } WHERE { ?s a ino:Park ; ?p ?o }", "subject")]
)
def test_every_form_of_query_gives_a_table(graph, sparql: str, column: str):
    assert len(graph.query(sparql)[column])


def test_files_read_by_several_processes_give_the_same_graph_in_the_same_order(tmp_path: Path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(6):
        (folder / f"report-{number}.txt").write_text(REPORT.replace("286", str(286 + number)), encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"%PDF-1.7")
    alone, together = kg.open(tmp_path / "alone"), kg.open(tmp_path / "together")
    done = [[(one.path.name, one.status) for one in w.ingest([folder], jobs=jobs)] for w, jobs in ((alone, 1), (together, 2))]
    assert done[0] == done[1]
    assert done[0][0] == ("bad.docx", "failed")
    assert statements(alone) == statements(together)
    assert {one.status for one in together.ingest([folder], jobs=2)} == {"unchanged", "failed"}


def test_another_way_of_reading_makes_a_document_new(workspace, report: Path):
    workspace.ingest([report])
    assert [one.status for one in workspace.ingest([report], Options(gazetteer=False))] == ["replaced"]
    assert [one.status for one in workspace.ingest([report], Options(gazetteer=False))] == ["unchanged"]
