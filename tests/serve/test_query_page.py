"""The query page in a real browser: completing, asking, named questions, errors, markup as text, no request elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests import servers
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


def test_the_first_query_is_answered_with_its_sentences(page: Page):
    page.click("#run")
    expect(page.locator("#status")).to_have_text("5 行")
    said = page.locator("#result tbody tr").filter(has_text="在我委牵线下，海思与上汽开展技术合作，产业化由此起步。")
    expect(said.locator("td").first).to_have_text("id:上汽集团")
    assert page.complaints == []


def test_a_term_is_completed_by_its_name_in_either_language(page: Page):
    editor = page.locator("#editor")
    editor.fill("")
    editor.press_sequentially("SELECT ?name { ?p a 园区")
    expect(page.locator("#completions li").first).to_contain_text("ino:Park")
    editor.press("Enter")
    editor.press_sequentially(" ; rdfs:lab")
    expect(page.locator("#completions li").first).to_contain_text("rdfs:label")
    editor.press("Tab")
    editor.press_sequentially(" ?name }")
    editor.press("Escape")
    editor.press("Control+Enter")
    expect(page.locator("#result")).to_contain_text("张江高新区青浦园")
    assert editor.input_value() == "SELECT ?name { ?p a ino:Park ; rdfs:label ?name }"


def test_a_named_question_takes_its_parameter(page: Page):
    page.select_option("#question", "cooperation-of")
    page.fill("#parameter-thing", "海思")
    page.click("#run")
    expect(page.locator("#result")).to_contain_text("上汽集团")
    page.fill("#parameter-thing", "并不存在的企业")
    page.click("#run")
    expect(page.locator("#status")).to_have_text("图谱中没有“并不存在的企业”。")


def test_an_error_is_said_where_the_answer_would_stand(page: Page):
    page.fill("#editor", "SELECT ?s {")
    page.click("#run")
    expect(page.locator("#status")).to_contain_text("line 1, column 12")


def test_the_page_speaks_english_too(page: Page):
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Ask the graph")
    expect(page.locator("#question option").nth(1)).not_to_contain_text("？")


def test_markup_of_the_data_is_text(browser, writable, chromium: str):
    url, _ = writable
    update = "INSERT DATA { <urn:x> rdfs:label '<img src=x onerror=alert(1)><b>粗体</b>' }"
    with servers.client(url, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        assert client.post("/sparql", data={"update": update}).status_code == 204
    page = browser.new_page()
    page.set_default_timeout(servers.PATIENCE * 1000)
    page.goto(f"{url}/query")
    page.wait_for_selector("body[data-ready=yes]")
    page.fill("#editor", "SELECT ?name { <urn:x> rdfs:label ?name }")
    page.click("#run")
    expect(page.locator("#result td")).to_have_text("<img src=x onerror=alert(1)><b>粗体</b>")
    assert page.locator("#result img, #result b").count() == 0
    page.close()
