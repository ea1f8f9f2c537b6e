"""The pages' own words, from `kg/view/templates/{zh,en}.toml`."""

import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


@cache
def words_of(lang: str) -> dict[str, str]:
    """The words in `zh` or `en`."""
    return tomllib.loads((resources.files("kg.view") / "templates" / f"{lang}.toml").read_text(encoding="utf-8"))
