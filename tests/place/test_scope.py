"""Places said at ingest and kept; parts of a memory by place and time; drafts and finals."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kg.cli import application
from kg.errors import UsageError
from kg.model import Scope
from kg.reason.periods import period_of
from kg.workspace.ingest.places import Places, places_said
from kg.workspace.workspace import Workspace

ALIKE = "{place}科委2023年上半年工作总结\n\n上半年，全区规上工业产值达到{value}亿元。市科技局与云舟科技有限公司签署合作协议。\n"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two districts of one city, one of a county elsewhere a year before, one that says nothing of its place."""
    files = tmp_path_factory.mktemp("reports")
    told = {
        "qingpu.txt": ALIKE.format(place="青浦区", value="12.3"),
        "xuhui.txt": ALIKE.format(place="徐汇区", value="45.6"),
        "chenxi.txt": "辰溪县科技局2022年工作总结\n\n2022年，全县高新技术产业增加值7.8亿元。市科技局与云舟科技有限公司签署合作协议。\n",
        "nowhere.txt": "云舟科技有限公司与岚光科技有限公司签署合作协议。市科技局到会。\n",
    }
    for name, text in told.items():
        (files / name).write_text(text, encoding="utf-8")
    Workspace(files / "graph").ingest([files / name for name in told])
    return files / "graph"


def names(memory: Path, place: str = "", period: str = "") -> list[str]:
    return [one.name for one in Workspace(memory, scope=Scope(place, period_of(period) if period else None)).documents()]


def kg(*line: object):
    return CliRunner().invoke(application(), [str(one) for one in line])


def test_offices_of_one_word_are_one_only_where_their_place_is_one(memory: Path):
    found = Workspace(memory).query("SELECT DISTINCT ?office { ?office a ino:GovernmentBody ; skos:altLabel|rdfs:label '市科技局'@zh }")
    assert set(found["office"]) == {"id:上海市科技局", "id:怀化市科技局", "id:市科技局-nowhere"}


def test_what_is_printed_stays_beside_what_it_means(memory: Path):
    found = Workspace(memory).query("SELECT ?label ?printed { id:上海市科技局 rdfs:label ?label ; skos:altLabel ?printed }")
    assert found.values.tolist() == [["上海市科技局", "市科技局"]]


def test_figures_of_two_districts_stand_apart(memory: Path):
    found = Workspace(memory).query("SELECT ?of ?value { ?f a ino:Observation ; ino:about ?of ; ino:value ?value } ORDER BY ?value")
    assert found["of"].tolist() == ["id:辰溪县", "id:青浦区", "id:徐汇区"]


@pytest.mark.parametrize(
    ("place", "period", "kept"),
    [
        ("青浦区", "", ["qingpu"]),
        ("青浦", "", ["qingpu"]),
        ("上海市", "", ["qingpu", "xuhui"]),
        ("湖南省", "", ["chenxi"]),
        ("", "2023H1", ["nowhere", "qingpu", "xuhui"]),
        ("", "2022", ["chenxi", "nowhere"]),
        ("", "2023-06..2023-07", ["nowhere", "qingpu", "xuhui"]),
        ("上海市", "2022", []),
    ],
)
def test_reports_of_a_place_and_those_in_it_of_a_time_that_overlaps(memory: Path, place: str, period: str, kept: list[str]):
    assert names(memory, place, period) == kept


def test_a_part_holds_what_its_reports_state_and_nothing_else(memory: Path):
    part = Workspace(memory, scope=Scope("青浦区"))
    assert part.query("SELECT ?v { ?f ino:value ?v }")["v"].tolist() == [1230000000]
    assert part.query("SELECT ?g { GRAPH ?g { ?f ino:value ?v } }")["g"].map(lambda iri: "qingpu" in iri).all()
    assert part.query("ASK { id:云舟科技有限公司 ino:cooperatesWith ?x }")["answer"].tolist() == [True]
    assert part.validate() == []


def test_a_part_of_all_states_what_the_whole_states(memory: Path):
    everything = "SELECT ?s ?p ?o { ?s ?p ?o FILTER (!isBlank(?s) && !isBlank(?o) && ?s != graph:inferred) }"
    whole, part = (Workspace(memory, scope=scope).query(everything) for scope in (None, Scope("", period_of("2000..2100"))))
    assert {tuple(map(str, row)) for row in whole.values} == {tuple(map(str, row)) for row in part.values}


def test_what_was_left_out_is_said_in_a_line(memory: Path):
    done = kg("documents", "-w", memory, "--place", "青浦区", "--period", "2023")
    assert done.exit_code == 0
    assert done.stderr == "kg: 1 of 4 documents are looked at (place 青浦区, period 2023-01-01..2023-12-31); 3 are left out.\n"


@pytest.mark.parametrize(
    ("option", "value", "line"),
    [
        ("--place", "青铺区", "青浦区"),
        ("--place", "青海省", "No report here is of"),
        ("--place", "朝阳区", "2 places"),
        ("--period", "20x3", "20x3"),
    ],
)
def test_an_unknown_place_or_a_bad_period_is_one_line(memory: Path, option: str, value: str, line: str):
    done = kg("rank", "-w", memory, option, value)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert line in done.stderr


def test_a_report_says_of_what_part_it_is(memory: Path, tmp_path: Path):
    done = kg("report", "-w", memory, "--place", "青浦区", "-o", tmp_path / "r.html")
    assert done.exit_code == 0
    assert "4份中的1份" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_place_that_is_asked_is_settled_and_kept(tmp_path: Path):
    file, workspace = tmp_path / "r.txt", Workspace(tmp_path / "graph")
    file.write_text(ALIKE.format(place="朝阳区", value="1.2"), encoding="utf-8")
    [asked] = workspace.ingest([file])
    assert "--place" in asked.remarks[0]
    [said] = workspace.ingest([file], places=places_said("北京市朝阳区", None))
    assert (said.status, said.remarks) == ("replaced", ())
    assert workspace.ingest([file])[0].status == "unchanged"
    file.write_text(ALIKE.format(place="朝阳区", value="1.3"), encoding="utf-8")
    assert workspace.ingest([file])[0].status == "replaced"
    assert workspace.query("SELECT ?home { ?d ino:speaksFor ?home }")["home"].tolist() == ["id:朝阳区-北京市"]


def test_offices_of_two_places_of_one_name_stay_two_and_are_asked_for(tmp_path: Path):
    for name, place in {"a": "朝阳区", "b": "长春市朝阳区", "c": "北京市朝阳区"}.items():
        text = f"{place}科委2023年工作总结\n\n2023年，朝阳区高新技术企业达到20家，区科委与云舟科技有限公司签署合作协议。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    Workspace(tmp_path / "graph").ingest(sorted(tmp_path.glob("*.txt")))
    found = Workspace(tmp_path / "graph").query("SELECT DISTINCT ?office { ?office a ino:GovernmentBody }")
    assert set(found["office"]) == {"id:朝阳区科委-a", "id:朝阳区科委-长春市", "id:朝阳区科委-北京市"}
    done = kg("timeline", "-w", tmp_path / "graph", "朝阳区")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "id:朝阳区-a, id:朝阳区-北京市, id:朝阳区-长春市" in done.stderr
    assert "20家" in kg("timeline", "-w", tmp_path / "graph", "id:朝阳区-北京市").stdout


def test_what_is_no_iri_is_taken_for_a_name(memory: Path):
    done = kg("timeline", "-w", memory, 'http://云舟.cn/"> } #')
    assert "Nothing in the graph is called" in done.stderr


def test_a_list_says_whose_files_are(tmp_path: Path):
    listed = tmp_path / "places.csv"
    listed.write_text("file,place\na.txt,北京市朝阳区\nb.txt,长春市朝阳区\n", encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ALIKE.format(place="朝阳区", value=f"1.{ord(name[0])}"), encoding="utf-8")
    workspace = Workspace(tmp_path / "graph")
    workspace.ingest([tmp_path / "a.txt", tmp_path / "b.txt"], places=places_said(None, listed))
    assert sorted(workspace.query("SELECT ?of { ?f ino:about ?of }")["of"]) == ["id:朝阳区-北京市", "id:朝阳区-长春市"]


def test_a_list_that_names_a_file_not_in_the_call_is_told_in_one_line(tmp_path: Path):
    (tmp_path / "places.csv").write_text("file,place\na.txt,青浦区\nabc.txt,徐汇区\nother.txt,徐汇区\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ALIKE.format(place="青浦区", value="1.2"), encoding="utf-8")
    done = kg("ingest", tmp_path / "a.txt", "--places", tmp_path / "places.csv", "-w", tmp_path / "graph")
    assert done.exit_code == 0
    [line] = [one for one in done.stderr.splitlines() if "places.csv" in one]
    assert "no file is called abc.txt, other.txt. Correct the list." in line
    (tmp_path / "places.csv").write_text("file,place\na.txt,青浦区\n", encoding="utf-8")
    done = kg("ingest", tmp_path / "a.txt", "--places", tmp_path / "places.csv", "-w", tmp_path / "graph")
    assert "places.csv" not in done.stderr


@pytest.mark.parametrize(
    "text", ["name,place\na,青浦区\n", "file,place\na.txt,青铺区\n", "file,place\na,青浦区\na,徐汇区\n", "file,place\na,朝阳区\n"]
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path: Path, text: str):
    (tmp_path / "places.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"places\.csv"):
        places_said(None, tmp_path / "places.csv")


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".xlsm", ".xltx"])
def test_a_table_is_of_the_place_of_the_reports_beside_it(tmp_path: Path, ending: str):
    (tmp_path / "report.txt").write_text(ALIKE.format(place="青浦区", value="1.2"), encoding="utf-8")
    table, cells = tmp_path / f"a{ending}", (("企业名称", "主管部门"), ("岚光科技有限公司", "区科委"))
    if ending == ".csv":
        table.write_text("".join(f"{','.join(row)}\n" for row in cells), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in cells:
            book.active.append(row)
        book.save(table)
    workspace = Workspace(tmp_path / "graph")
    workspace.ingest([table, tmp_path / "report.txt"])
    found = workspace.query(
        "SELECT ?name ?basis { ?d dct:identifier ?name ; ino:speaksFor id:青浦区 ; ino:homeBasis ?basis } ORDER BY ?name"
    )
    assert found.values.tolist() == [["a", "inc:home-by-beside"], ["report", "inc:home-by-title"]]


@pytest.fixture
def drafted(tmp_path: Path) -> Workspace:
    """A draft and its final, which tell one figure differently."""
    final = ALIKE.format(place="青浦区", value="12.8")
    (tmp_path / "final.txt").write_text(final, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(ALIKE.format(place="青浦区", value="12.3").replace("总结", "总结（征求意见稿）"), encoding="utf-8")
    return Workspace(tmp_path / "graph")


def values(workspace: Workspace) -> list[float]:
    return sorted(workspace.query("SELECT ?v { ?f ino:value ?v }")["v"])


@pytest.mark.parametrize("order", [("draft.txt", "final.txt"), ("final.txt", "draft.txt")])
def test_a_final_counts_in_place_of_its_draft_whichever_came_first(drafted: Workspace, order: tuple[str, str]):
    folder = drafted.folder.parent
    done = [one for name in order for one in drafted.ingest([folder / name])]
    assert "final.txt counts in place of draft.txt" in done[-1].remarks[-1]
    assert values(drafted) == [1280000000]
    assert drafted.query("SELECT ?d { ?d dct:isReplacedBy doc:final }")["d"].tolist() == ["doc:draft"]
    assert sorted(drafted.query("SELECT ?v { GRAPH ?g { ?f ino:value ?v } }")["v"]) == [1230000000, 1280000000]
    assert drafted.ingest([folder])[-1].remarks == ()


@pytest.mark.parametrize("mark", ["（修订）", "（修订稿）", "(最终版)", "（2022年8月修订）", "（更正）"])
def test_a_report_that_calls_itself_revised_or_the_last_counts_in_place_of_the_earlier(tmp_path: Path, mark: str):
    (tmp_path / "b.txt").write_text(ALIKE.format(place="青浦区", value="12.3"), encoding="utf-8")
    (tmp_path / "a.txt").write_text(ALIKE.format(place="青浦区", value="12.8").replace("总结", f"总结{mark}", 1), encoding="utf-8")
    workspace = Workspace(tmp_path / "graph")
    done = workspace.ingest([tmp_path / "b.txt", tmp_path / "a.txt"])
    assert "a.txt counts in place of b.txt" in done[-1].remarks[-1]
    assert values(workspace) == [1280000000]


def test_a_draft_counts_again_when_its_final_is_gone(drafted: Workspace):
    drafted.ingest([drafted.folder.parent])
    drafted.remove("final")
    assert values(drafted) == [1230000000]


def test_a_part_leaves_drafts_out(drafted: Workspace):
    drafted.ingest([drafted.folder.parent])
    assert names(drafted.folder, "青浦区") == ["final"]


def test_reports_of_two_times_or_places_both_count(tmp_path: Path):
    for name, text in (("a", ALIKE), ("b", ALIKE.replace("上半年", "全年")), ("c", ALIKE.replace("总结", "要点"))):
        (tmp_path / f"{name}.txt").write_text(text.format(place="青浦区", value="1.2"), encoding="utf-8")
    (tmp_path / "d.txt").write_text(ALIKE.format(place="徐汇区", value="1.2"), encoding="utf-8")
    workspace = Workspace(tmp_path / "graph")
    workspace.ingest(sorted(tmp_path.glob("*.txt")))
    assert workspace.query("ASK { ?a a ino:Document ; dct:isReplacedBy ?b }")["answer"].tolist() == [False]


def test_nothing_said_is_nothing_known():
    assert Places().given(Path("r.txt"), None) is None
