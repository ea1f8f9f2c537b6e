"""One report in the formats in which offices keep it: the same sentences, the same facts."""

from decimal import Decimal
from pathlib import Path

import docx
import pytest

from kg.extract import extract
from kg.read import read
from tests.read.offices import saved_as
from tests.read.test_ofd import line, ofd, page
from tests.read.test_pptx import para, pptx, shape, slide

LINES = (
    "云湖区科技局2023年工作总结",
    "一、主要工作",
    "全年新认定高新技术企业126家，总数达到480家。",
    "技术合同成交额55.7亿元，同比增长12.3%。",
    "云湖大学与云帆装备公司共建联合实验室。",
)
FIGURES = [(Decimal(126), "家"), (Decimal(480), "家"), (Decimal("55.7"), "亿元")]


def written(ending: str, folder: Path) -> Path:
    """The report in a format."""
    path = folder / f"report.{ending}"
    if ending == "txt":
        path.write_text("\n".join(LINES), encoding="utf-8")
    elif ending == "ofd":
        path.write_bytes(ofd(page("".join(line(10 + at, words, 30 + 10 * at) for at, words in enumerate(LINES)))))
    elif ending == "pptx":
        path.write_bytes(pptx(slide("".join(shape(para(words), 5 + 10 * at) for at, words in enumerate(LINES)))))
    else:
        word = docx.Document()
        for words in LINES:
            word.add_paragraph(words)
        word.save(folder / "report.docx")
        if ending == "wps":
            return saved_as(folder / "report.docx", "doc").rename(path)
        if ending in ("dps", "odp"):
            return saved_as(written("pptx", folder), "ppt" if ending == "dps" else "odp").rename(path)
        return path if ending == "docx" else saved_as(folder / "report.docx", ending)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["txt", "docx", "doc", "wps", "rtf", "odt", "fodt", "ofd", "pptx", "dps", "odp"])
def test_a_report_says_the_same_in_every_format(tmp_path: Path, ending: str):
    facts = extract(read(written(ending, tmp_path)))
    assert facts.document.text.strip().splitlines() == list(LINES)
    assert [(one.value, one.unit) for one in facts.observations] == FIGURES
    assert [one.growth for one in facts.observations] == [None, None, Decimal("0.123")]
    assert {"云湖大学", "云帆装备公司"} <= {one.name for one in facts.entities}
