"""axe-core on a page that a browser shows."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def accused(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA that is serious or worse."""
    if not _SCRIPT.is_file():
        pytest.skip("axe-core is not installed: make web")
    page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", _TAGS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"] if one["impact"] in ("serious", "critical")]
