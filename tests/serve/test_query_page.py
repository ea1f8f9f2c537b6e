"""The query page in a real browser: completing, asking, named questions, errors, markup as text, no request elsewhere."""

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests import servers
from tests.axe import accused
from tests.serve.conftest import TOKEN

pytestmark = pytest.mark.slow


expect.set_options(timeout=servers.PATIENCE * 1000)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        yield started
        started.close()


@pytest.fixture
def page(browser, served: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(servers.PATIENCE * 1000)
    made = context.new_page()
    made.requested, made.complaints = [], []
    made.on("request", lambda request: made.requested.append(request.url))
    made.on("console", lambda message: made.complaints.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.goto(f"{served}/query")
    made.wait_for_selector("body[data-ready=yes]")
    yield made
    assert [url for url in made.requested if not url.startswith(("http://127.0.0.1", "blob:", "data:"))] == []
    context.close()


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="SPARQL")


def written(page: Page) -> str:
    """What the editor holds."""
    return "\n".join(page.locator("#editor .cm-line").all_inner_texts())


def test_the_first_query_is_answered_with_its_sentences(page: Page):
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 行")
    said = page.locator("#result tbody tr").filter(has_text="在我委牵线下，海思与上汽开展技术合作，产业化由此起步。")
    expect(said.locator("td").first).to_have_text("id:上汽集团")
    assert page.complaints == []


def test_a_term_is_completed_by_its_name_in_either_language(page: Page):
    editor(page).fill("")
    editor(page).press_sequentially("SELECT ?name { ?p a 园区")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("ino:Park")
    editor(page).press("Enter")
    editor(page).press_sequentially(" ; rdfs:lab")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("rdfs:label")
    editor(page).press("Tab")
    editor(page).press_sequentially(" ?name }")
    editor(page).press("Escape")
    editor(page).press("Control+Enter")
    expect(page.locator("#result")).to_contain_text("张江高新区青浦园")
    assert written(page) == "SELECT ?name { ?p a ino:Park ; rdfs:label ?name }"
    assert page.complaints == []


def test_the_editor_colours_numbers_lines_marks_brackets_and_takes_back(page: Page):
    colour = "(one) => getComputedStyle(one).color"
    keyword = page.locator("#editor .cm-line span", has_text="SELECT").first.evaluate(colour)
    name = page.locator("#editor .cm-line span", has_text="id:海思").first.evaluate(colour)
    variable = page.locator("#editor .cm-line span", has_text="?partner").first.evaluate(colour)
    assert len({keyword, name, variable}) == 3
    assert [one for one in page.locator("#editor .cm-lineNumbers .cm-gutterElement:visible").all_inner_texts() if one] == list("1234")
    editor(page).press("Control+End")
    expect(page.locator("#editor .cm-matchingBracket")).to_have_text(["{", "}"])
    before = written(page)
    editor(page).press_sequentially(" LIMIT 1")
    assert written(page) == f"{before} LIMIT 1"
    editor(page).press("Control+z")
    assert written(page) == before
    assert page.complaints == []


def test_the_editor_lets_the_keyboard_out(page: Page):
    editor(page).focus()
    page.keyboard.press("Tab")
    expect(page.locator("#run")).to_be_focused()


def test_rows_are_in_the_order_of_the_answer_until_a_column_is_clicked(page: Page):
    editor(page).fill("SELECT ?n { VALUES ?n { 9 10 2 } }")
    page.click("#run")
    rows = page.locator("#result tbody tr")
    expect(rows).to_have_text(["9", "10", "2"])
    page.click("#result thead button")
    expect(rows).to_have_text(["10", "9", "2"])
    page.click("#result thead button")
    expect(rows).to_have_text(["2", "9", "10"])


def test_a_long_answer_is_shown_piece_by_piece_and_whole_in_the_csv(page: Page):
    editor(page).fill("SELECT ?s { ?s ?p ?o } LIMIT 250")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("250 行")
    expect(page.locator("#result tbody tr")).to_have_count(100)
    page.click("#result .more")
    expect(page.locator("#result tbody tr")).to_have_count(200)
    with page.expect_download() as saved:
        page.click("#download")
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.startswith('\ufeff"s"\n') and text.count("\n") == 251


def test_the_answer_is_handed_over_as_a_workbook_and_as_parquet(page: Page):
    editor(page).fill("SELECT ?name ?n { VALUES (?name ?n) { ('=1+1' 3) ('海思' 4) } }")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("2 行")
    with page.expect_download() as saved:
        page.click("#download-xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["name", "n"], ["=1+1", 3], ["海思", 4]]
    assert sheet["A2"].data_type == "s"
    with page.expect_download() as saved:
        page.click("#download-parquet")
    assert pd.read_parquet(saved.value.path()).to_dict("list") == {"name": ["=1+1", "海思"], "n": [3, 4]}


def test_what_a_file_cannot_hold_is_one_line(page: Page):
    editor(page).fill("SELECT ?n { VALUES ?n { 1 } }")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("1 行")
    page.route(
        "**/sparql", lambda route: route.fulfill(status=501, body="XLSX needs xlsxwriter. Run: pip install 'innovation-kg[report]'\n")
    )
    page.click("#download-xlsx")
    expect(page.get_by_role("alert")).to_have_text("XLSX needs xlsxwriter. Run: pip install 'innovation-kg[report]'")


def test_a_thing_leads_to_its_sentences_and_to_the_graph(page: Page):
    page.click("#run")
    page.locator("#result tbody").get_by_role("button", name="id:上汽集团").first.click()
    evidence = page.get_by_role("dialog", name="id:上汽集团")
    said = evidence.locator("li").filter(has_text="在我委牵线下，海思与上汽开展技术合作，产业化由此起步。")
    expect(said).to_contain_text("第490–517字")
    expect(evidence.get_by_role("link")).to_have_attribute("href", "/#open=id%3A%E4%B8%8A%E6%B1%BD%E9%9B%86%E5%9B%A2")
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()
    expect(page.locator("#result tbody").get_by_role("button").first).to_be_focused()


def test_a_figure_and_a_passage_lead_to_the_sentence_that_states_them(page: Page):
    editor(page).fill(
        'SELECT ?figure ?passage { GRAPH ?passage { ?figure ino:indicatorText "税收" ; ino:growth ?growth } FILTER (?growth > 0.8) }'
    )
    page.click("#run")
    cells = page.locator("#result tbody tr").first.get_by_role("button")
    for cell in range(2):
        cells.nth(cell).click()
        expect(page.locator("#sentences")).to_contain_text("税收达XX亿元")
        expect(page.locator("#evidence-graph")).to_be_hidden()
        page.keyboard.press("Escape")


def test_the_name_of_a_thing_leads_to_its_sentences_too(page: Page):
    page.select_option("#question", "cooperations")
    page.click("#run")
    page.locator("#result tbody").get_by_role("button", name="上汽集团").click()
    expect(page.locator("#sentences")).to_contain_text("在我委牵线下，海思与上汽开展技术合作，产业化由此起步。")
    expect(page.locator("#picture")).to_be_visible()


def test_numbers_of_a_category_are_bars(page: Page):
    editor(page).fill("SELECT ?name ?n { VALUES (?name ?n) { ('甲园' 30) ('乙园' 60) } }")
    page.click("#run")
    expect(page.locator("#as-table")).to_be_visible()
    expect(page.locator("#as-table")).to_have_attribute("aria-pressed", "true")
    page.locator("#as-chart").focus()
    page.keyboard.press("Enter")
    assert page.locator("#chart").get_by_role("img").get_attribute("aria-label") == "n（按 name）；甲园 30、乙园 60"
    first, second = page.locator("#chart rect").evaluate_all("(bars) => bars.map((one) => one.getBoundingClientRect().width)")
    assert second == pytest.approx(2 * first, rel=0.01)
    expect(page.locator("#answer")).to_be_hidden()
    page.click("#as-table")
    expect(page.locator("#answer tbody tr")).to_have_text(["甲园30", "乙园60"])


def test_numbers_of_a_time_are_a_line_for_each_category(page: Page):
    editor(page).fill(
        "SELECT ?name ?day ?n ?m { VALUES (?name ?day ?n ?m) { ('甲园' '2022-12-31' 30 1) ('乙园' '2022-12-31' 6 2)"
        " ('甲园' '2023-12-31' 40 3) ('乙园' '2023-12-31' 8 4) } }"
    )
    page.click("#run")
    page.click("#as-chart")
    drawn = page.locator("#chart").get_by_role("img")
    expect(drawn).to_have_attribute("aria-label", "n（按 day）；甲园：2022-12 30、2023-12 40；乙园：2022-12 6、2023-12 8")
    expect(drawn.locator("path.run")).to_have_count(2)
    page.select_option("#chart-number", "m")
    expect(drawn).to_have_attribute("aria-label", "m（按 day）；甲园：2022-12 1、2023-12 3；乙园：2022-12 2、2023-12 4")
    expect(page.locator("#chart-number")).to_be_focused()


def test_what_has_no_numbers_cannot_be_drawn(page: Page):
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 行")
    expect(page.locator("#as-chart")).to_be_hidden()


def test_the_picture_of_an_answer_is_the_explorer_s_address_with_the_query(page: Page):
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "海思")
    page.click("#run")
    expect(page.locator("#picture")).to_be_visible()
    address = parse_qs(urlsplit(page.locator("#picture").get_attribute("href") or "").query)
    assert list(address) == ["query"]
    assert address["query"][0].endswith("VALUES ?thing { <https://w3id.org/innovation-kg/id/海思> }")
    editor(page).fill("SELECT ?n { VALUES ?n { 1 } }")
    page.click("#run")
    expect(page.locator("#picture")).to_be_hidden()


def test_what_was_asked_is_kept_in_the_browser_the_newest_first_and_each_once(page: Page):
    expect(page.locator("#history")).to_be_hidden()
    one, two = "SELECT ?n { VALUES ?n { 1 } }", "SELECT ?n { VALUES ?n { 1 2 } }"
    for text, told in ((one, "1 行"), (two, "2 行"), (one, "1 行"), ("SELECT wrong", re.compile("line 1"))):
        editor(page).fill(text)
        page.click("#run")
        expect(page.locator("#status")).to_have_text(told)
    page.reload()
    page.wait_for_selector("body[data-ready=yes]")
    page.get_by_text("问过的").click()
    expect(page.locator("#asked-before li")).to_have_text([one, two])
    page.locator("#asked-before button").nth(1).click()
    expect(page.locator("#status")).to_have_text("2 行")
    assert written(page) == two
    page.click("#forget")
    expect(page.locator("#history")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_question_asked_before_comes_back_with_its_name_and_its_parameter(page: Page):
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "海思")
    page.click("#run")
    expect(page.locator("#result")).to_contain_text("上汽集团")
    page.select_option("#question", "")
    editor(page).fill("ASK {}")
    page.get_by_text("问过的").click()
    page.get_by_role("button", name="海思 SELECT").click()
    expect(page.locator("#result")).to_contain_text("上汽集团")
    expect(page.locator("#question")).to_have_value("cooperation-of")
    expect(page.locator("#parameter-thing")).to_have_value("海思")


def test_a_parameter_completes_the_names_of_things(page: Page):
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "")
    page.type("#parameter-thing", "上汽")
    expect(page.locator("#parameter-thing-names li").first).to_have_text("上汽集团企业")
    page.press("#parameter-thing", "Enter")
    expect(page.locator("#parameter-thing")).to_have_value("上汽集团")


def test_a_named_question_takes_its_parameter(page: Page):
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "海思")
    page.click("#run")
    expect(page.locator("#result")).to_contain_text("上汽集团")
    page.fill("#parameter-thing", "并不存在的企业")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("图谱中没有“并不存在的企业”。")


def test_an_error_is_said_where_the_answer_would_stand(page: Page):
    editor(page).fill("SELECT ?s {")
    page.click("#run")
    expect(page.locator("#status")).to_contain_text("line 1, column 12")


def test_the_page_speaks_english_too(page: Page):
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Ask the graph")
    expect(page.locator("#question option").nth(1)).not_to_contain_text("？")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 rows")
    page.click("#language")
    expect(page.locator("#status")).to_have_text("5 行")


def test_a_narrow_window_is_not_wider_than_itself(page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 行")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, theme: str):
    page.emulate_media(color_scheme=theme)
    page.wait_for_selector(f"html[data-theme={theme}]")
    assert accused(page) == []
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 行")
    assert accused(page) == []
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "海思")
    page.wait_for_selector("#parameter-thing-names li")
    assert accused(page) == []
    editor(page).fill("SELECT ?name { ?p a ")
    editor(page).press_sequentially("园区")
    page.wait_for_selector("#editor .cm-tooltip-autocomplete li")
    assert accused(page) == []
    editor(page).fill("SELECT nothing")
    page.click("#run")
    page.wait_for_selector("#status.bad")
    assert accused(page) == []
    editor(page).fill("CONSTRUCT { ?a ino:cooperatesWith ?b } { ?a ino:cooperatesWith ?b }")
    page.click("#run")
    page.wait_for_selector("#turtle:not([hidden])")
    assert accused(page) == []
    page.get_by_text("问过的").click()
    assert accused(page) == []
    for number in ("'2022-12-31' 30) ('乙园' '2023-12-31'", "'甲' 30) ('乙园' '乙'"):
        editor(page).fill(f"SELECT ?name ?by ?n {{ VALUES (?name ?by ?n) {{ ('甲园' {number} 60) }} }}")
        page.click("#run")
        page.wait_for_selector("#as-chart:not([hidden])")
        page.click("#as-chart")
        page.wait_for_selector("#chart svg")
        assert accused(page) == []
    page.select_option("#question", "cooperations")
    page.click("#run")
    page.locator("#result tbody").get_by_role("button", name="上汽集团").click()
    page.wait_for_selector("#sentences li")
    assert accused(page) == []


def test_markup_of_the_data_is_text(browser, writable, chromium: str):
    url, _ = writable
    update = "INSERT DATA { <urn:x> rdfs:label '<img src=x onerror=alert(1)><b>粗体</b>' }"
    with servers.client(url, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        assert client.post("/sparql", data={"update": update}).status_code == 204
    page = browser.new_page()
    page.set_default_timeout(servers.PATIENCE * 1000)
    page.goto(f"{url}/query")
    page.wait_for_selector("body[data-ready=yes]")
    editor(page).fill("SELECT ?name { <urn:x> rdfs:label ?name }")
    page.click("#run")
    expect(page.locator("#result td")).to_have_text("<img src=x onerror=alert(1)><b>粗体</b>")
    assert page.locator("#result img, #result b").count() == 0
    page.close()
