"""Facts of a text whose names are given, so that what is tested is what clauses say of them."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from kg.extract import whole
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.model import Facts
from tests.conftest import TITLE, facts_of


def facts_with(text: str, names: Mapping[str, str], title: str = TITLE) -> Facts:
    """Facts of a text in which just `names` (name → class) are names; a shorter one within a longer one is nested."""
    readings = whole.readings

    def read(*arguments: object) -> list[Read]:
        return [_marked(found, names) for found in readings(*arguments)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "readings", read)
        return facts_of(text, title)


def _marked(found: Read, names: Mapping[str, str]) -> Read:
    mentions: list[Mention] = []
    nested: list[Mention] = []
    for name in sorted(names, key=len, reverse=True):
        for place in re.finditer(re.escape(name), found.text):
            new = _with_marks(found.text, Mention(*place.span(), name, names[name], "suffix"))
            inside = any(new.start < k.end and k.start < new.end for k in mentions)
            (nested if inside else mentions).append(new)
    by_place = sorted(mentions, key=lambda m: m.start)
    return replace(found, mentions=tuple(by_place), nested=tuple(sorted(nested, key=lambda m: m.start)), lists=())


def _with_marks(text: str, mention: Mention) -> Mention:
    """A title with its 《》."""
    marked = text[mention.start - 1 : mention.start] == "《" and text[mention.end : mention.end + 1] == "》"
    return replace(mention, start=mention.start - 1, end=mention.end + 1) if marked else mention
