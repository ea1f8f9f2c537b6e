"""The story of a cooperation, told from the page alone; this run makes the pictures and the text of `docs/walkthrough.md`.

`KG_PICTURES=keep pytest tests/e2e/test_walkthrough.py` writes them anew; look at them before they are committed.
"""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

import kg
from kg.view import scene
from tests.e2e.conftest import FACES, search, shown_names
from tests.pictures import assert_looks_as_kept, keeping

DOCS = Path(__file__).resolve().parents[2] / "docs"
FIELDS = {"MCU芯片", "座舱芯片", "感知芯片", "模拟芯片", "联接芯片"}
pytestmark = pytest.mark.slow
_HEAD = """# A cooperation, read from the page 从页面读一个合作

Made by a test from one half-year of the example (`data/qingpu-2023h1`, then `kg view --explorer`). 由测试按随附示例自动生成。
"""


class Story:
    """Steps with their pictures."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder, self.told = page, folder, [_HEAD]

    def step(self, zh: str, en: str) -> None:
        """Tell what was done, and keep how the page looks."""
        number = len(self.told)
        path = self.folder / f"{number}.png"
        self.page.screenshot(path=path)
        Image.open(path).convert("RGB").resize((1050, 675)).quantize(255, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
        self.told.append(f"## {number}\n{zh}\n\n{en}\n\n![{en}](walkthrough/{number}.png)\n")

    def text(self) -> str:
        return "\n".join(self.told)


def thing(page: Page, name: str):
    """The first button of the panel that leads to a thing."""
    return page.locator("#panel button.thing", has_text=name).first


def tell(page: Page, story: Story) -> None:
    page.click("#fit")
    story.step("打开页面：全部事物与关系，左侧按类别筛选。", "The page opens with everything; classes are on the left.")
    search(page, "海思")
    story.step(
        "查找“海思”：右侧列出它的事实、关系，每条都有原文与出处。",
        "Find 海思: its facts and relations, each with its sentence and where it stands.",
    )
    thing(page, "合作:海思-上汽集团").click()
    page.wait_for_selector("#panel h2:has-text('合作:海思-上汽集团')")
    panel = page.inner_text("#panel")
    for said in ("项目清单 8类", "项目清单 20项", "营收 10亿元–100亿元", "就业岗位 1000人–1万人", "产值 不少于100亿元"):
        assert said in panel, said
    assert {name for name in FIELDS if thing(page, name).count()} == FIELDS
    story.step(
        "点“合作:海思-上汽集团”：合作是一个独立的节点，有五大芯片领域、8类20项清单、预期成效。",
        "The cooperation is a node of its own: five fields of chips, 8 categories and 20 items, the expected effects.",
    )
    page.locator("#panel h3", has_text="原文").scroll_into_view_if_needed()
    assert "海思和上汽的合作预计为软信业新增数十亿营收，预计带来数千人就业岗位，预计带动汽车产业链增加百亿产值。" in panel
    story.step("往下读原文。", "Read on: the sentences that state it.")
    page.locator("#panel h3", has_text="报告中邻近处提到").scroll_into_view_if_needed()
    page.locator("#panel button.thing[title=政策]").first.wait_for()
    page.locator("#panel button.thing[title=园区]").first.click()
    page.wait_for_selector("#panel h2:has-text('张江高新区青浦园')")
    story.step("从“报告中邻近处提到”跳到园区。", "From what the report names nearby, jump to a park.")
    page.click("#act-to")
    page.fill("#from", "海思")
    page.press("#from", "Enter")
    page.wait_for_selector("#panel ol.steps li")
    assert page.locator("#panel ol.steps > li").count() == 2
    story.step("看海思到园区的最短路径，每一步都有原文。", "The shortest path from 海思 to the park, each step with its sentence.")
    page.click("#act-clear-path")
    search(page, "海思")
    page.click("#act-focus")
    page.fill("#hops", "4")
    kinds = page.evaluate("[...new Set(kg.scene.nodes.kind.filter((_, n) => kg.look.nodes[n]).map((k) => kg.scene.kinds[k].name))]")
    assert {"Park", "Policy", "Project"} <= set(kinds)
    story.step("聚焦海思及其4步以内：周围的园区、项目与政策。", "Focus on 海思 and four steps around it: parks, projects and policies.")


def test_the_story_of_the_example_is_told_and_its_pages_are_as_the_docs_show(written, visit, tmp_path: Path):
    page = visit(written("explorer")).ready()
    folder = DOCS / "walkthrough" if keeping() else tmp_path
    folder.mkdir(exist_ok=True)
    story = Story(page, folder)
    tell(page, story)
    if keeping():
        (DOCS / "walkthrough.md").write_text(story.text(), encoding="utf-8")
    assert (DOCS / "walkthrough.md").read_text(encoding="utf-8") == story.text()
    for number in range(1, len(story.told)):
        assert_looks_as_kept(DOCS / "walkthrough" if not keeping() else tmp_path, folder / f"{number}.png", str(number))


def test_the_story_of_the_real_report_can_be_told(face: str, visit, real_report: Path, tmp_path: Path):
    workspace = kg.open(tmp_path / "workspace")
    workspace.ingest([real_report])
    with workspace.reading() as store:
        FACES[face](scene(store), tmp_path / "real.html")
    page = visit(tmp_path / "real.html").ready()
    search(page, "海思")
    thing(page, "合作:海思-上汽集团").click()
    page.wait_for_selector("#panel h2:has-text('合作:海思-上汽集团')")
    panel = page.inner_text("#panel")
    assert {name for name in FIELDS if thing(page, name).count()} == FIELDS
    assert "8类" in panel and "20项" in panel
    assert panel.count("预期成效") == 3
    for kind in ("园区", "政策"):
        near = page.locator(f"#panel button.thing[title={kind}]").first
        name = near.inner_text()
        near.click()
        page.wait_for_selector(f"#panel h2:has-text('{name}')")
        page.click("#act-show")  # a thing without a relation is drawn where it is asked for
        assert name in shown_names(page)
        page.evaluate("(id) => kg.open(id)", "id:合作-海思-上汽集团-d1ebc8e7990d")
