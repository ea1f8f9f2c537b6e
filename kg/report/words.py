"""The report's own words, from `templates/zh.toml` and `templates/en.toml`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _table(lang: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("kg.report") / "templates" / f"{lang}.toml").read_text(encoding="utf-8"))


def words(lang: str) -> dict[str, str]:
    """Headings, remarks and column names in `zh` or `en`."""
    found: dict[str, str] = _table(lang)["words"]
    return found
