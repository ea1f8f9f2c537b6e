"""What breaks if an anchor leaves, whom to introduce to whom, and the report in Word's format."""

import tempfile
from pathlib import Path

import kg
from kg import resources
from kg.analyse import Network, communities, portraits, project, whole
from kg.analyse.absence import without
from kg.analyse.recommendation import Partners
from kg.report import build, write
from kg.show import findings

with tempfile.TemporaryDirectory() as folder:
    graph = kg.open(Path(folder) / "workspace")
    graph.ingest([resources.data() / "qingpu-2023h1"])
    with graph.reading() as store:
        network = project(store, "whole")
        report = build(store, "zh")
    print(findings.figures_of_whole(whole(Network.of(network))))
    print(findings.effects(network, without(network, ["id:华为"])))
    print(findings.clusters(network, portraits(network, communities(Network.of(network)))))
    partners = Partners(network, frozenset({"Park"}), frozenset({"Park"}))
    print(findings.candidates(network, partners.candidates("id:市西软件信息园", model=partners.learn()), "zh"))
    write(report, Path(folder) / "report.docx")
    print((Path(folder) / "report.docx").stat().st_size, "bytes")
