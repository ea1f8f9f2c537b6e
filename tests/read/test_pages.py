"""PDF with text, scans and pictures: written here by another program, read back with their pages, boxes and confidence."""

from pathlib import Path

import pytest

import kg
from kg import extras
from kg.errors import ExtraMissingError
from kg.read import read

LINES = (
    "云湖区科技局2022年工作总结",
    "一、主要工作",
    "全年新认定高新技术企业126家,总数达到480家,同比增长18.5%。",
    "蓝图智造产业园二期主体结构封顶。",
)
SENTENCE = "全年新认定高新技术企业126家，总数达到480家，同比增长18.5%；技术合同成交额55.7亿元，增长12.3%，居全市第2位。"


@pytest.fixture
def font() -> str:
    found = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    if not found:
        pytest.skip("no Chinese font is installed; `make test-tools` brings one")
    return str(found[0])


@pytest.fixture
def picture(tmp_path: Path, font: str) -> Path:
    """A page as a scanner gives it."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (1240, 700), "white")
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(font, 32)
    for number, line in enumerate(LINES):
        pen.text((120, 80 + 70 * number), line, fill="black", font=face)
    path = tmp_path / "scan.png"
    page.save(path)
    return path


def written(path: Path, font: str, paragraphs: list[str], picture: Path | None = None) -> Path:
    """A PDF whose pages carry a running head and a number."""
    import fpdf

    class Pages(fpdf.FPDF):
        def header(self) -> None:
            self.set_font("han", size=9)
            self.cell(0, 8, "云湖区科技局文件", align="C", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("han", size=9)
            self.cell(0, 8, f"— {self.page_no()} —", align="C")

    book = Pages()
    book.add_font("han", "", font)
    for _ in range(3 if paragraphs else 0):
        book.add_page()
        for paragraph in paragraphs:
            book.set_font("han", size=14)
            book.multi_cell(0, 9, paragraph, new_x="LMARGIN", new_y="NEXT")
    if picture:
        plain = fpdf.FPDF()
        plain.add_page()
        plain.image(str(picture), 0, 0, 210)
        plain.output(str(path))
    else:
        book.output(str(path))
    return path


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_pdf_loses_page_numbers_running_heads_and_broken_lines(tmp_path: Path, font: str):
    document = read(written(tmp_path / "report.pdf", font, ["一、主要工作", SENTENCE * 2]))
    assert document.text == "\n".join(["一、主要工作", SENTENCE * 2] * 3)
    assert [region.page for region in document.regions] == [1, 2, 3]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_passage_of_a_pdf_knows_its_page(tmp_path: Path, font: str):
    graph = kg.open(tmp_path / "graph")
    graph.ingest([written(tmp_path / "report.pdf", font, ["云湖区科技局2022年工作总结", SENTENCE])])
    pages = graph.query("SELECT DISTINCT ?page { ?passage ino:page ?page } ORDER BY ?page")
    assert list(pages["page"]) == [1, 2, 3]
    assert graph.validate() == []


def test_a_picture_is_read_with_the_confidence_and_the_box_of_each_line(picture: Path):
    document = read(picture)
    assert document.text.splitlines() == list(LINES)
    assert len(document.regions) == len(LINES)
    for region in document.regions:
        left, top, width, height = region.box
        assert 0.9 < region.confidence <= 1
        assert 5 < left < 15
        assert left + width <= 100
        assert top + height <= 100


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_scanned_pdf_states_facts_that_carry_how_sure_their_reading_is(tmp_path: Path, font: str, picture: Path):
    graph = kg.open(tmp_path / "graph")
    assert [one.status for one in graph.ingest([written(tmp_path / "scan.pdf", font, [], picture)])] == ["added"]
    told = graph.query(
        "SELECT ?sure ?page ?box { GRAPH ?passage { ?o ino:value ?v FILTER (?v = 126) } "
        "?passage ino:confidence ?sure ; ino:page ?page ; ino:pageBox ?box }"
    )
    assert len(told) == 1
    assert 0.9 < told["sure"][0] < 1
    assert told["page"][0] == 1
    assert graph.validate() == []


def test_a_missing_extra_says_which_install_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    monkeypatch.setattr(extras.importlib, "import_module", lambda name: (_ for _ in ()).throw(ImportError(name)))
    with pytest.raises(ExtraMissingError, match=r"pip install 'innovation-kg\[pdf\]'"):
        read(path)
