"""A report that comes alone to others: what is known of these was read before it came, and the graph is as if all had come at once."""

import os
import sys
from pathlib import Path

import pytest

import kg
from kg import vocab
from kg.store import EmbeddedStore

REPORTS = {
    "a.txt": "青浦区科委2023年上半年工作总结\n推动云舟科技有限公司与蓝石仪器有限公司合作。临江产业园累计引进企业286家。\n",
    "b.txt": "青浦区科委2023年上半年工作总结(征求意见稿)\n临江产业园累计引进企业280家。晨曦半导体有限公司落户临江产业园。\n",
    "c.txt": "青浦区科委2023年下半年工作总结\n云舟科技有限公司与晨曦半导体有限公司合作。临江产业园累计引进企业300家。\n",
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in REPORTS]


def statements(workspace: kg.workspace.workspace.Workspace) -> set[tuple]:
    named = "{ GRAPH ?g { ?s ?p ?o } FILTER (?p != prov:endedAtTime) } UNION { ?s ?p ?o FILTER (?p != prov:endedAtTime) }"
    return set(workspace.query(f"SELECT ?g ?s ?p ?o {{ {named} }}").fillna("").itertuples(index=False, name=None))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_reports_that_come_one_by_one_give_the_graph_of_all_at_once(files: list[Path], tmp_path: Path, order: tuple[int, ...]):
    together, after = kg.open(tmp_path / "together"), kg.open(tmp_path / "after")
    together.ingest(files)
    remarks = [remark for at in order for one in after.ingest([files[at]]) for remark in one.remarks]
    assert statements(after) == statements(together)
    assert remarks == ["a.txt counts in place of b.txt: both are of one office and time, and it is the later one."]


def test_a_report_that_comes_alone_again_and_changed_is_the_one_that_counts(files: list[Path], tmp_path: Path):
    here, anew = kg.open(tmp_path / "here"), kg.open(tmp_path / "anew")
    for file in files:
        here.ingest([file])
    files[0].write_text(REPORTS["a.txt"].replace("286", "288"), encoding="utf-8")
    assert [one.status for one in here.ingest([files[0]])] == ["replaced"]
    anew.ingest(files)
    assert statements(here) == statements(anew)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows threads by name")
def test_compactions_of_a_store_give_way_where_somebody_waits(tmp_path: Path):
    store = EmbeddedStore.writing(tmp_path / "store")
    store.hurry()
    told = {task.name: (task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()}
    nice = {int(number): os.getpriority(os.PRIO_PROCESS, int(number)) for number in told}
    own = nice.pop(os.getpid())
    assert {nice[int(number)] for number, name in told.items() if name.startswith("rocksdb:low")} == {max(10, own)}
    store.close()


def test_what_others_put_in_under_an_earlier_name_is_joined_with_what_is_known_of_the_thing(tmp_path: Path):
    here = kg.open(tmp_path / "here")
    texts = {
        "a": "青浦区科委2022年上半年工作总结\n市西软件信息园（以下简称市西软件园）累计引进企业286家。\n",
        "b": "青浦区科委2022年下半年工作总结\n市西软件园累计引进企业290家。\n",
        "c": "青浦区科委2023年上半年工作总结\n云舟科技有限公司与蓝石仪器有限公司合作。\n",
        "d": "青浦区科委2023年下半年工作总结\n晨曦半导体有限公司与蓝石仪器有限公司合作。\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    prefixes = "".join(f"@prefix {one}: <{vocab.PREFIXES[one]}> .\n" for one in ("id", "ino", "rdfs"))
    named = "id:{0} ino:partOf id:{1} . id:{0} a ino:Park ; rdfs:label '{0}'@zh . id:{1} a ino:Park ; rdfs:label '{1}'@zh ."
    for name, *both in (("f", "市西软件信息园", "虹桥商务区"), ("g", "甲楼", "市西软件园")):
        (tmp_path / f"{name}.ttl").write_text(prefixes + named.format(*both), encoding="utf-8")
    here.ingest([tmp_path / "a.txt", tmp_path / "b.txt"])
    here.add_rdf(tmp_path / "f.ttl")
    here.ingest([tmp_path / "c.txt"])
    here.add_rdf(tmp_path / "g.ttl")
    here.ingest([tmp_path / "d.txt"])
    found = set(here.query("SELECT ?whole { id:甲楼 ino:partOf ?whole }")["whole"])
    assert found == {"id:市西软件信息园", "id:虹桥商务区"}
