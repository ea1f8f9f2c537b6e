"""The pages' own words, from `kg/view/templates/{zh,en}.toml`."""

import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


@cache
def words_of(lang: str, page: str = "graph") -> dict[str, str]:
    """The words of a page in `zh` or `en`: those of its own table before those of all pages."""
    told = tomllib.loads((resources.files("kg.view") / "templates" / f"{lang}.toml").read_text(encoding="utf-8"))
    own: dict[str, str] = told.get(page, {})
    return {name: word for name, word in told.items() if isinstance(word, str)} | own
