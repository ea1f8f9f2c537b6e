"""What a reader sees first: graphs of all sizes, of one part and of many, on a screen and on a phone."""

from pathlib import Path

import pytest

from kg.view import scene_of, write_page
from tests.e2e.looks import graph_of, look_of, unnamed

pytestmark = pytest.mark.slow
SCREENS = {"screen": (1400, 900), "phone": (360, 740)}


@pytest.fixture(scope="module", params=[(5, True), (60, True), (300, False), (1500, True), (1500, False)], ids=str)
def drawing(request, tmp_path_factory) -> Path:
    things, one_part = request.param
    path = tmp_path_factory.mktemp("look") / "graph.html"
    write_page(scene_of(graph_of(things, one_part, loners=things // 2)), path)
    return path


@pytest.mark.parametrize("screen", SCREENS)
def test_the_picture_fills_the_window_and_can_be_read(drawing: Path, visit, screen: str):
    width, height = SCREENS[screen]
    page = visit(drawing, viewport={"width": width, "height": height}).ready()
    look = look_of(page)
    assert look.inside and look.filled >= 0.7
    assert min(look.dots) >= 6
    assert unnamed(page, look) == []
    assert look.overlaps() == []
    assert min(one["size"] for one in look.texts) >= 11
