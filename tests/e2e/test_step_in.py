"""Stepping into what is here: one click on a district, a document, a class or a kind of relation, and the way back to all."""

import pytest
from playwright.sync_api import Page

from tests.axe import accused
from tests.e2e.looks import look_of

pytestmark = pytest.mark.slow
_NAMES = "[...kg.look.nodes.keys()].filter((node) => kg.look.nodes[node]).map((node) => kg.scene.nodes.name[node]).sort()"
_TIES = """[...kg.look.edges.keys()].filter((edge) => kg.look.edges[edge])
  .map((edge) => kg.scene.relations[kg.scene.edges.relation[edge]].name)"""
_ENDS = """[...new Set([...kg.look.edges.keys()].filter((edge) => kg.look.edges[edge])
  .flatMap((edge) => [kg.scene.edges.start[edge], kg.scene.edges.end[edge]]))].map((node) => kg.scene.nodes.name[node]).sort()"""
_PARKS = """kg.scene.nodes.name.filter((_, node) => kg.scene.kinds[kg.scene.nodes.kind[node]].name === "Park").sort()"""


def test_a_class_is_all_that_is_shown_with_one_click_and_all_comes_back_with_another(drawn: Page):
    everything = drawn.evaluate(_NAMES)
    drawn.click("#legend [data-only=Park]")
    assert drawn.evaluate(_NAMES) == drawn.evaluate(_PARKS)
    assert drawn.inner_text("#within-what") == "只看：园区"
    assert "kind=Park" in drawn.url
    look = look_of(drawn)
    assert look.inside and look.filled >= 0.7
    drawn.click("#all")
    assert drawn.evaluate(_NAMES) == everything
    assert drawn.is_hidden("#within") and "kind" not in drawn.url


def test_a_kind_of_relation_is_shown_with_its_ends_and_nothing_else(drawn: Page):
    drawn.click("#relations-list [data-only=cooperatesWith]")
    assert set(drawn.evaluate(_TIES)) == {"cooperatesWith"}
    assert drawn.evaluate(_NAMES) == drawn.evaluate(_ENDS)
    drawn.click("#relations-list [data-only=cooperatesWith]")
    assert len(set(drawn.evaluate(_TIES))) > 1


def test_a_district_and_a_class_within_it_can_be_chosen_together_and_are_told(drawn: Page):
    drawn.click("#documents-list button:has-text('parks')")
    drawn.click("#legend [data-only=Park]")
    assert drawn.inner_text("#within-what").startswith("只看：") and drawn.inner_text("#within-what").endswith(" · 园区")
    parks = drawn.evaluate(_NAMES)
    assert "市西软件信息园" in parks and set(parks) <= set(drawn.evaluate(_PARKS))
    drawn.click("#language")
    assert drawn.inner_text("#within-what").startswith("Only: ") and drawn.inner_text("#all") == "Back to all"


def test_another_class_joins_the_only_one(drawn: Page):
    drawn.click("#legend [data-only=Park]")
    assert drawn.get_attribute("#legend [data-class=Enterprise]", "aria-pressed") == "false"
    drawn.click("#legend [data-class=Enterprise]")
    assert "海思" in drawn.evaluate(_NAMES) and "市西软件信息园" in drawn.evaluate(_NAMES)
    assert drawn.get_attribute("#legend [data-class=Policy]", "aria-pressed") == "false"


def test_from_the_keyboard_one_steps_in_and_back(drawn: Page):
    drawn.focus("#legend [data-class=Park]")
    drawn.keyboard.press("Tab")
    assert drawn.evaluate("document.activeElement.getAttribute('aria-label')") == "只看：园区"
    drawn.keyboard.press("Enter")
    assert drawn.evaluate(_NAMES) == drawn.evaluate(_PARKS)
    assert drawn.evaluate("document.activeElement.dataset.only") == "Park"
    drawn.focus("#all")
    drawn.keyboard.press("Enter")
    assert drawn.is_hidden("#within") and drawn.evaluate("document.activeElement.id") == "stage"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_one_has_stepped_in(drawn: Page, theme: str):
    drawn.emulate_media(color_scheme=theme)
    drawn.wait_for_selector(f"html[data-theme={theme}]")
    drawn.click("#places-list button")
    drawn.click("#legend [data-only=Park]")
    assert accused(drawn) == []


def test_an_address_brings_what_was_stepped_into_back(face: str, written, visit):
    address = written(face).as_uri() + "#kind=Park&lang=en"
    page = visit(address).ready()
    assert page.evaluate(_NAMES) == page.evaluate(_PARKS)
    assert page.inner_text("#within-what") == "Only: park"


def test_on_a_phone_the_picture_comes_into_sight(face: str, written, visit):
    page = visit(written(face), viewport={"width": 360, "height": 740}).ready()
    page.click("#legend [data-only=Park]")
    top = page.evaluate("document.getElementById('stage').getBoundingClientRect().top")
    assert 0 <= top < 740 and page.is_visible("#all")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
