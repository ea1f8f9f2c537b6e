"""Workspaces that are copied, harmed and brought back, and what they held."""

import io
from pathlib import Path

import kg
from kg.workspace.workspace import Workspace

REPORT = """金湾区科委2023年上半年工作总结
推动云舟科技与蓝石软件对接技术合作。临江产业园累计引进企业27家。
区规上软信业企业营收达XX亿元,同比增长12.5%。
"""


def filled(folder: Path, reports: int = 1) -> Workspace:
    """A workspace of small reports, with decisions beside its graph."""
    lying = folder / "reports"
    lying.mkdir(parents=True)
    for number in range(reports):
        (lying / f"report-{number}.txt").write_text(REPORT.replace("云舟", f"云舟{number}"), encoding="utf-8")
    made = kg.open(folder / "workspace")
    assert {one.status for one in made.ingest([lying])} == {"added"}
    (made.folder / "decisions.csv").write_text("name,decision,as,by,when,why\n", encoding="utf-8")
    return made


def dumped(workspace: Workspace) -> list[bytes]:
    """Every statement, in order."""
    out = io.BytesIO()
    with workspace.reading() as store:
        store.dump(out, "nq")
    return sorted(out.getvalue().splitlines())


def tree(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What lies in a folder: each file's inode, size and time of its last change; the lock's file aside."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.name != "writer.lock"]
    return {str(one.relative_to(folder)): (one.stat().st_ino, one.stat().st_size, one.stat().st_mtime_ns) for one in files}
