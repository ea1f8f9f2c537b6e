"""A file that changes while it is read is not stored under the sum of what it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.workspace.ingest.processes import read_all
from kg.workspace.workspace import Workspace

REPORT = "湖畔区2023年科技创新工作总结\n全年新增高新技术企业{}家。\n"


def test_a_file_that_changes_while_it_is_read_is_told_and_nothing_of_it_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    report, other = tmp_path / "a.txt", tmp_path / "b.txt"
    report.write_text(REPORT.format(12), encoding="utf-8")
    other.write_text(REPORT.format(34), encoding="utf-8")

    def read_and_changed(*given: Any) -> Iterator[Any]:
        for prepared in read_all(*given):
            if prepared is not None:  # so far nothing was read
                report.write_text(REPORT.format(56), encoding="utf-8")
            yield prepared

    workspace = Workspace(tmp_path / "w")
    monkeypatch.setattr("kg.workspace.workspace.read_all", read_and_changed)
    told = {Path(done.path).name: (done.status, done.reason) for done in workspace.ingest([report, other])}
    assert told["a.txt"] == ("failed", f"{report} changed while it was read. Nothing was stored; read it again.")
    assert told["b.txt"][0] == "added"
    assert [document.source for document in workspace.documents()] == ["b.txt"]
    assert len(list((tmp_path / "w" / "sources").iterdir())) == 1
