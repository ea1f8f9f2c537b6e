import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from rdflib import XSD, Literal, URIRef

from kg import open as open_workspace
from kg import vocab
from tests.matrix import commands
from tests.servers import PATIENCE

KG = Path(sys.executable).with_name("kg")


def kg(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in this process: what a process of its own is there for has tests with `program`."""
    done = commands.kg(*arguments, cwd=cwd, **environment)
    return subprocess.CompletedProcess([], done.status, done.out.decode().replace("\r\n", "\n"), done.err)


def program(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KG, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory, example: Path) -> Path:
    """A folder with the example in `kg-workspace`."""
    folder = tmp_path_factory.mktemp("cli")
    run = kg("ingest", example, cwd=folder)
    assert run.returncode == 0, run.stderr
    return folder


def test_ingest_prints_what_became_of_each_file_and_progress_beside(home: Path, example: Path):
    run = program("ingest", example / "report.txt", cwd=home, FORCE_COLOR="1")  # a terminal, as far as the bar can tell
    assert run.stdout.startswith("unchanged ")
    assert "1/1" in run.stderr


def test_extract_prints_facts_with_their_words(home: Path, example: Path):
    run = kg("extract", example / "report.txt", cwd=home)
    assert "海思 — cooperatesWith → 上汽集团    「" in run.stdout
    assert "withheld (亿元) +50.7% rank 1" in run.stdout


def test_extract_prints_json_whose_spans_index_its_text(home: Path, example: Path):
    found = json.loads(kg("extract", example / "report.txt", "--json", cwd=home).stdout)
    assert set(found) == {"document", "entities", "observations", "relations", "events", "repairs"}
    text = found["document"]["text"]
    [haisi] = [e for e in found["entities"] if e["name"] == "海思"]
    assert {text[s:e] for s, e in haisi["spans"]} == {"海思"}


def test_extract_runs_without_the_gazetteer(home: Path, example: Path):
    found = json.loads(kg("extract", example / "report.txt", "--json", "--no-gazetteer", cwd=home).stdout)
    assert ["海思", "上汽"] in [e.get("participants") for e in found["events"]]


def test_query_prints_a_table_csv_json_and_parquet(home: Path):
    sparql = "SELECT ?of ?growth { ?o ino:growth ?growth ; ino:aboutText ?of } ORDER BY DESC(?growth) LIMIT 1"
    assert "北斗西虹桥基地" in kg("query", sparql, cwd=home).stdout
    csv = kg("query", sparql, "--format", "csv", cwd=home).stdout
    assert csv == "\ufeffof,growth\n北斗西虹桥基地,0.888\n"  # text mode reads \r\n as \n
    assert json.loads(kg("query", sparql, "--json", cwd=home).stdout) == [{"of": "北斗西虹桥基地", "growth": 0.888}]
    assert kg("query", sparql, "--format", "parquet", "-o", "answer.parquet", cwd=home).returncode == 0
    assert pd.read_parquet(home / "answer.parquet").to_dict("records") == [{"of": "北斗西虹桥基地", "growth": 0.888}]


def test_query_reads_sparql_from_a_file(home: Path):
    (home / "parks.rq").write_text("SELECT (COUNT(?p) AS ?n) { ?p a ino:Park }", encoding="utf-8")
    assert json.loads(program("query", "--file", "parks.rq", "--json", cwd=home).stdout) == [{"n": 7}]


def test_validate_says_that_the_graph_conforms(home: Path):
    run = kg("validate", cwd=home)
    assert (run.returncode, run.stdout) == (0, "The graph conforms to the shapes.\n")


def test_validate_prints_what_breaks_a_shape_with_its_passage_and_sentence(tmp_path: Path):
    (tmp_path / "report.txt").write_text("临江产业园营业收入XX亿元。", encoding="utf-8")
    assert program("ingest", "report.txt", cwd=tmp_path).returncode == 0
    with open_workspace(tmp_path / "kg-workspace").writing() as store:
        [row] = store.rows("SELECT ?figure ?g { GRAPH ?g { ?figure a ino:Observation } }")
        store.replace([], [(row[0], vocab.ino("growth"), Literal("-3.5", datatype=XSD.decimal), URIRef(str(row[1])))])
    run = program("validate", cwd=tmp_path)
    assert run.returncode == 1
    assert "降幅不能超过 100%" in run.stdout
    assert "doc/report#char=0,14\n    临江产业园营业收入XX亿元。" in run.stdout
    [violation] = json.loads(program("validate", "--json", cwd=tmp_path).stdout)
    assert (violation["path"], violation["value"]) == ("ino:growth", "-3.5")


def test_rank_names_the_bridges(home: Path):
    ranked = json.loads(kg("rank", "--by", "betweenness", "--top", "3", "--json", cwd=home).stdout)
    assert [row["rank"] for row in ranked] == [1, 2, 3]
    assert ranked[0]["name"] == "青浦区"


def test_the_workspace_may_come_from_the_environment(home: Path, tmp_path: Path):
    run = program("documents", "--json", cwd=tmp_path, KG_WORKSPACE=str(home / "kg-workspace"))
    assert len(json.loads(run.stdout)) == 6


def test_a_cell_that_a_spreadsheet_takes_for_a_formula_is_defused(home: Path):
    run = kg("query", "SELECT ('=1+1' AS ?x) ?y { VALUES ?y { -2 } }", "--format", "csv", cwd=home)
    assert run.stdout == "\ufeffx,y\n'=1+1,-2\n"


def test_all_of_a_demo_is_there_and_a_second_run_makes_it_anew(tmp_path: Path):
    for _ in range(2):
        run = program("demo", cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        assert (tmp_path / "kg-demo" / "graph.html").stat().st_size > 100_000
        assert "海思" in (tmp_path / "kg-demo" / "report.html").read_text(encoding="utf-8")
    assert str(tmp_path / "kg-demo" / "report.html") in run.stdout
    assert run.stdout.startswith("ingest    10 files")
    assert [f"kg {topic} " in run.stdout or f"kg {topic}\n" in run.stdout for topic in ("timeline", "check", "promises", "bounds")] == [
        True
    ] * 4
    assert "上半年登记技术合同238项，成交额55.7亿元。" in run.stdout  # told as 57.5亿元 half a year later


WRONG = {
    "missing file": (["extract", "nothing.txt"], 1, "nothing.txt does not exist"),
    "empty file": (["extract", "empty.txt"], 1, "empty.txt is empty"),
    "wrong extension": (["extract", "really.xyz"], 1, "no reader knows"),
    "broken docx": (["ingest", "broken.docx", "-w", "fresh"], 1, "broken Word document"),
    "no fact": (["extract", "poem.txt"], 1, "states no fact"),
    "syntax error": (["query", "SELECT ?x {"], 1, "line 1, column 12"),
    "unknown prefix": (["query", "SELECT ?x { ?x foo:bar 1 }"], 1, "a prefix that is not declared"),
    "update in a query": (["query", "DROP ALL"], 1, "SPARQL: line 1"),
    "no graph": (["query", "ASK {}", "-w", "nowhere"], 1, "holds no graph"),
    "nothing asked": (["query"], 2, "Give one of"),
    "two things asked": (["query", "ASK {}", "--name", "things"], 2, "Give one of"),
    "unknown format": (["query", "ASK {}", "--format", "xls"], 2, "--format is"),
    "bad --set": (["query", "--name", "park-focus", "--set", "thing"], 2, "--set takes parameter=name"),
    "unknown report format": (["report", "-o", "r.pdf"], 2, "A report is written as html, docx, xlsx, not 'pdf'"),
    "no templates": (["report", "--templates", "nowhere"], 2, "nowhere is no folder of templates"),
    "unknown projection": (["rank", "--projection", "parks"], 2, "There is no projection 'parks'"),
    "of without through": (["rank", "--of", "Park"], 2, "--of and --through go together"),
    "class that is not there": (["rank", "--of", "Park", "--through", "Event"], 2, "The network has no Event"),
    "nobody of that name": (["whatif", "--remove", "某某公司"], 1, "Nothing in the graph is called '某某公司'"),
    "left out by the projection": (["whatif", "--remove", "华为青浦研发中心", "--projection", "cooperation"], 2, "leaves it out"),
    "nobody to recommend for": (["recommend"], 2, "Name a thing"),
    "no such class to recommend": (["recommend", "海思", "--to", "Friend"], 2, "The network has no Friend"),
    "too few ties to test": (["recommend", "--backtest", "--projection", "cooperation"], 2, "fewer than 20 ties"),
    "one resample": (["rank", "--resample", "1"], 2, "--resample must be at least 2"),
    "unknown centrality": (["rank", "--by", "fame"], 2, "There is no centrality 'fame'"),
    "no rows asked": (["rank", "--top", "0"], 2, "--top must be at least 1"),
    "unknown language": (["report", "--lang", "fr"], 2, "--lang is zh or en"),
    "output into nowhere": (["view", "-o", "no/such/folder.html"], 2, "cannot be written"),
    "query file missing": (["query", "--file", "none.rq"], 1, "none.rq"),
    "unknown document": (["remove", "nobody"], 2, "holds no document 'nobody'"),
    "workspace is a file": (["ingest", "poem.txt", "-w", "poem.txt"], 2, "is a file"),
    "demo over something else": (["demo", "--folder", "full"], 2, "is not empty"),
    "query in another encoding, with a mistake": (["query", "--file", "gbk.rq"], 1, "SPARQL: line 1"),
    "query file that is a folder": (["query", "--file", "full"], 1, "is a folder"),
    "service out of reach": (["query", "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 1, "SPARQL: "),
    "CONSTRUCT from a service": (["query", "CONSTRUCT WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 1, "SPARQL: "),
    "call of a service": (["query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 1, "Allow its IRI by name"),
    "name that is no IRI": (["query", "--name", "park-focus", "--set", "thing=http://a b>"], 1, "Nothing in the graph is called"),
    "decisions in another encoding": (["ingest", "park.txt", "-w", "gbk"], 1, "decisions.csv is not UTF-8"),
    "decisions without their columns": (["ingest", "park.txt", "-w", "columns"], 1, "the columns must be"),
    "damaged store, read": (["query", "ASK {}", "-w", "damaged"], 1, "is damaged"),
    "damaged store, written": (["ingest", "park.txt", "-w", "damaged"], 1, "is damaged"),
    "workspace without a store": (["query", "ASK {}", "-w", "hollow"], 1, "cannot be opened"),
    "ingest of nothing": (["ingest", "nothing.txt", "-w", "fresh"], 1, "nothing.txt does not exist"),
    "unknown command": (["fly"], 2, "No such command"),
}


BY_PROCESS = ("broken Word document", "is damaged", "SPARQL: ", "cannot be opened", "No such command", "states no fact")
"""What the program says where a process of its own, or one that is divided, meets it."""


@pytest.fixture(scope="module")
def traps(home: Path, example: Path) -> Path:
    """Files and workspaces that are wrong, each in its own way."""
    (home / "empty.txt").touch()
    (home / "really.xyz").write_bytes(bytes(range(256)))
    (home / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (home / "poem.txt").write_text("床前月光很亮。", encoding="utf-8")
    (home / "park.txt").write_text("推进滨江软件园建设。", encoding="utf-8")
    (home / "gbk.rq").write_text("SELECT ?x { ?x ?y '园区'", encoding="gb18030")
    for folder in ("full", "gbk", "columns", "hollow/store"):
        (home / folder).mkdir(parents=True)
    (home / "full" / "thesis.txt").touch()
    (home / "gbk" / "decisions.csv").write_text("name,decision,as\n云舟,same,蓝石\n", encoding="gb18030")
    (home / "columns" / "decisions.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert kg("ingest", example / "parks.csv", "-w", "damaged", cwd=home).returncode == 0
    for manifest in (home / "damaged").rglob("MANIFEST*"):
        manifest.write_bytes(b"\x00" * 100)
    return home


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_input_gets_one_clear_line_and_no_traceback(traps: Path, arguments: list[str], status: int, said: str):
    run = (program if said in BY_PROCESS else kg)(*arguments, cwd=traps)
    assert run.returncode == status, run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    if arguments != ["fly"]:  # the argument parser adds how to call for help
        assert run.stderr.startswith("kg: ")
        assert run.stderr.count("\n") == 1
    assert (traps / "full" / "thesis.txt").exists()


def test_a_literal_that_is_no_date_is_shown_as_it_is(home: Path):
    run = kg("query", 'SELECT ("2023-13-45"^^xsd:date AS ?day) {}', "--json", cwd=home)
    assert (json.loads(run.stdout), run.stderr) == ([{"day": "2023-13-45"}], "")


def test_a_column_of_numbers_and_texts_goes_to_parquet_as_text(home: Path):
    sparql = "SELECT ?v { VALUES ?v { 3 'drei' } }"
    assert kg("query", sparql, "--format", "parquet", "-o", "mixed.parquet", cwd=home).returncode == 0
    assert sorted(pd.read_parquet(home / "mixed.parquet")["v"]) == ["3", "drei"]


def test_every_command_is_in_both_readmes():
    import typer

    from kg.cli import application

    names = {c.name or c.callback.__name__ for c in application().registered_commands}
    root = Path(__file__).resolve().parents[1]
    for readme in ("README.md", "README.zh-CN.md"):
        text = (root / readme).read_text(encoding="utf-8")
        assert {name for name in names if f"`kg {name}" not in text} == set()
    assert typer is not None


@pytest.mark.parametrize(
    ("arguments", "token", "said"),
    [
        (["--host", "0.0.0.0"], None, "lets other machines in"),  # noqa: S104  # what must be refused
        (["--host", "192.0.2.1"], "", "lets other machines in"),
        ([], "short", "fewer than 16 characters"),
        (["--token-file", "nothing.txt"], None, "nothing.txt"),
        (["-w", "nowhere"], None, "holds no graph"),
    ],
)
def test_serve_does_not_start_with_an_open_door(home: Path, monkeypatch, arguments: list[str], token: str | None, said: str):
    monkeypatch.delenv("KG_TOKEN", raising=False)
    if token is not None:
        monkeypatch.setenv("KG_TOKEN", token)
    run = program("serve", *arguments, cwd=home)
    assert run.returncode in (1, 2)
    assert said in run.stderr
    assert run.stderr.count("\n") == 1


def test_whatif_prints_figures_and_who_is_hit_with_the_sentences(home: Path):
    run = kg("whatif", "--remove", "华为", cwd=home)
    assert "without 华为" in run.stdout
    assert "pairs that lose each other" in run.stdout
    assert "华为青浦研发中心" in run.stdout
    told = json.loads(kg("whatif", "--remove", "华为", "--json", cwd=home).stdout)
    assert told["removed"] == ["华为"]
    assert [(one["effect"], one["name"]) for one in told["effects"]] == [("orphaned", "华为青浦研发中心")]
    assert "华为" in told["effects"][0]["sentences"]


def test_recommend_prints_candidates_with_their_paths_and_a_back_test(home: Path):
    found = json.loads(kg("recommend", "市西软件园", "--to", "Park", "--json", cwd=home).stdout)
    assert found[0]["name"] == "北斗创新基地"
    assert found[0]["paths"] == "市西软件信息园 ←承诺— 青浦区科委 —承诺→ 北斗创新基地"
    assert "力争北斗创新基地年内新增企业30家" in found[0]["sentences"]
    run = kg("recommend", "--backtest", "--format", "csv", cwd=home)
    assert run.stdout.splitlines()[0].lstrip("\ufeff") == "method,auc,auc-low,auc-high,precision@10,p-low,p-high,baseline"
    assert {"chance", "mean-rank", "adamic-adar"} <= {line.split(",")[0] for line in run.stdout.splitlines()}
    assert "95 % confidence intervals" in run.stderr


def test_clusters_and_network_print_their_figures(home: Path):
    run = kg("clusters", "--json", cwd=home)
    assert any("海思" in one["members"] and "模拟芯片 (2/2)" in one["bound-by"] for one in json.loads(run.stdout))
    assert "modularity" in run.stderr
    figures = {one["figure"]: one["value"] for one in json.loads(kg("network", "--projection", "policy", "--json", cwd=home).stdout)}
    assert figures["nodes"] > figures["largest"] > 0
    assert "constraint" in kg("network", "--centralities", cwd=home).stdout
    cuts = json.loads(kg("network", "--cut", "--json", cwd=home).stdout)
    assert ("thing", "市西软件信息园", 5) in [(one["kind"], one["name"], one["cut-off"]) for one in cuts]
    assert ("tie", "上海市", "上海市技术发明特等奖") in [(one["kind"], one["name"], one["with"]) for one in cuts]
    assert all(one["sentences"] for one in cuts)


def test_rank_takes_a_projection_a_query_and_what_things_share(home: Path):
    (home / "parks.rq").write_text("CONSTRUCT { ?a ino:focusesOn ?b } WHERE { ?a ino:focusesOn ?b }", encoding="utf-8")
    first = json.loads(kg("rank", "--by", "degree", "--projection", "parks.rq", "--top", "1", "--json", cwd=home).stdout)
    assert first[0]["name"] == "市西软件信息园"
    shared = kg("rank", "--by", "weighted-degree", "--of", "Park", "--through", "Industry", "--json", cwd=home)
    assert {one["name"] for one in json.loads(shared.stdout) if one["value"] == 1} == {"北斗创新基地", "北斗西虹桥基地"}
    firm = json.loads(kg("rank", "--resample", "20", "--top", "1", "--json", cwd=home).stdout)[0]
    assert firm["from"] <= firm["rank"] <= firm["to"]


def test_report_is_written_by_the_ending_of_its_name_or_as_asked(home: Path):
    for name, start in (("r.html", b"<!doctype html>"), ("r.docx", b"PK"), ("r.xlsx", b"PK")):
        run = kg("report", "-o", name, cwd=home)
        assert (run.returncode, run.stdout.strip(), run.stderr) == (0, name, "")
        assert (home / name).read_bytes().startswith(start)
    assert kg("report", "-o", "r.out", "--format", "html", cwd=home).returncode == 0
    assert (home / "r.out").read_bytes() == (home / "r.html").read_bytes()


ALIKE = (
    ("report", "-o", "r.html"), ("report", "-o", "r.docx"), ("report", "-o", "r.xlsx"), ("recommend", "--backtest"), ("clusters",),
    ("export", "--format", "gexf", "-o", "r.gexf"), ("view", "-o", "v.html"),
)  # fmt: skip
"""Commands whose bytes do not hang on how a process orders its sets."""
ONE_AFTER_THE_OTHER = """
import json, sys
from contextlib import redirect_stdout
from kg.cli import application
for number, line in enumerate(json.loads(sys.argv[1])):
    with open(f"said-{number}", "w", encoding="utf-8") as said, redirect_stdout(said):
        application()(line, standalone_mode=False)
"""


@pytest.fixture(scope="module")
def twice(home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders with what two processes made and said."""
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"seed-{seed}")
        lines = json.dumps([[*line, "-w", str(home / "kg-workspace")] for line in ALIKE])
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", ONE_AFTER_THE_OTHER, lines], cwd=folder, env=env, check=True, timeout=PATIENCE)
        folders.append(folder)
    return folders


@pytest.mark.parametrize("command", ALIKE, ids=" ".join)
def test_another_process_writes_the_same_bytes(twice: list[Path], command: tuple[str, ...]):
    file = command[-1] if "-o" in command else f"said-{ALIKE.index(command)}"
    made, again = ((folder / file).read_bytes() for folder in twice)
    assert made == again
    assert len(made) > 100


def test_a_place_that_looks_for_partners_is_refused_in_one_line(tmp_path: Path):
    (tmp_path / "news.txt").write_text("青浦区科委2023年简报\n推动云舟与蓝石对接技术合作，项目落户青浦区。\n", encoding="utf-8")
    assert commands.kg("ingest", "news.txt", cwd=tmp_path).status == 0
    done = commands.kg("recommend", "青浦区", cwd=tmp_path)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "is a cooperation or a place" in done.err
