r"""Whether a query or an update would make the engine call other servers: `SERVICE` and `LOAD`, decided by the engine's own parser.

Oxigraph shows nobody what it has parsed. But it says whether a text follows its grammar, and that is enough: with a letter of each
`SERVICE` changed (in strings, names and IRIs too, the same everywhere) a text still follows the grammar exactly where no `SERVICE` in
it was the keyword, since nothing else of the grammar can stand in the place of that keyword. So no scanner of ours has to agree with
the engine on where words, strings and comments begin. The same holds for `LOAD`.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.errors import QueryError

_OTHERS = "qxzjkw"
"""Letters that are put in the place of one of a keyword; that none of them makes a name of the text another one is looked to."""
_IRI = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'
_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
_DECLARED = rf"""BASE{_GAP}{_IRI}|PREFIX{_GAP}[^\s:<>#"']*+:{_GAP}{_IRI}|VERSION{_GAP}(?:"[^"\\\r\n]*+"|'[^'\\\r\n]*+')"""
_PROLOGUE = re.compile(rf"{_GAP}(?:(?:{_DECLARED}){_GAP})*+", re.IGNORECASE)
_BEGINS = re.compile("SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|WITH|CLEAR|DROP|CREATE|ADD|MOVE|COPY", re.IGNORECASE)
_NEVER = "DROP GRAPH <urn:never> ; "
_CALL = re.compile(rf"SERVICE([ \t]*+)(?:SILENT[ \t]*+)?+({_IRI}|[A-Za-z0-9_-]{{0,99}}+:[A-Za-z0-9_-]{{0,99}}+(?=[\s{{]))", re.IGNORECASE)
_TARGET = re.compile(r"SERVICE\s*(?:SILENT)?\s*(<[^<>\s]{0,999}>|[?$]\w{1,99}|[\w.-]{0,99}:[\w.:%-]{0,99})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as the engine gets it: whether it is an update, and what relative IRIs in it stand under."""

    text: str
    update: bool = False
    base: str | None = None


def refuse_calls(asked: Asked, services: Sequence[str] = (), load: bool = False) -> None:
    r"""Refuse what would make the engine call other servers, unless it is allowed by name.

    Args:
        asked: a query or an update. Escapes such as `\u0053` count as the letter that they stand for too.
        services: IRIs of endpoints that `SERVICE` may call; one that a variable names is never allowed.
        load: whether `LOAD` may fetch documents.

    Raises:
        QueryError: it names a server that is not allowed. What the grammar does not take is not refused here: it calls nobody.
    """
    if _may_say("SERVICE", asked.text) and _says("SERVICE", asked, _without_allowed(asked, services)):
        target = next((match[1] for match in _TARGET.finditer(asked.text) if match[1].strip("<>") not in services), "")
        raise QueryError(f"SPARQL: SERVICE {target} would call another server, which is not allowed here. Allow its IRI by name first.")
    if asked.update and not load and _may_say("LOAD", asked.text) and _says("LOAD", asked, asked.text):
        raise QueryError("SPARQL: LOAD would fetch a document from elsewhere, which is not allowed here. Import the file instead.")


def _may_say(word: str, text: str) -> bool:
    """Whether the letters stand in a text at all: most queries need no second look."""
    lower = text.lower()
    return word.lower() in lower or ("\\u" in lower and _spelt(word).search(text) is not None)


def _says(word: str, asked: Asked, text: str) -> bool:
    """Whether a text (what is asked, without what is allowed) needs a word as a keyword."""
    return not _follows_grammar(_changed(word, text), asked) and _follows_grammar(asked.text, asked)


@cache
def _spelt(word: str) -> re.Pattern[str]:
    """A keyword in every spelling, before, at and behind the letter that is changed."""
    each = [rf"(?:{c}|\\u00(?:{ord(c):02x}|{ord(c.lower()):02x})|\\U000000(?:{ord(c):02x}|{ord(c.lower()):02x}))" for c in word]
    return re.compile(f"({''.join(each[:2])})({each[2]})({''.join(each[3:])})", re.IGNORECASE)


def _changed(word: str, text: str) -> str:
    """A text in which another letter stands for the third one of a word, capital or small as it was."""
    lower = text.lower()
    other = next((c for c in _OTHERS if f"{word[:2]}{c}{word[3:]}".lower() not in lower), _OTHERS[0])

    def put(match: re.Match[str]) -> str:
        was = match[2]
        if was[0] != "\\":
            return f"{match[1]}{other.upper() if was.isupper() else other}{match[3]}"
        capital = int(was[2:], 16) < ord("a")
        return f"{match[1]}{was[:-2]}{ord(other.upper() if capital else other):02x}{match[3]}"

    return _spelt(word).sub(put, text)


def _follows_grammar(text: str, asked: Asked) -> bool:
    """Whether Oxigraph can parse a text. Nothing is evaluated: what it is given fails for another reason right after that."""
    nothing = ox.Store()
    try:
        if asked.update:
            start = _start(text)
            nothing.update(f"{text[:start]}{_NEVER}{text[start:]}", base_iri=asked.base, prefixes=vocab.PREFIXES)
        else:
            unknown: Any = {ox.Variable(f"kg{secrets.token_hex(8)}"): ox.NamedNode("urn:never")}
            nothing.query(text, base_iri=asked.base, prefixes=vocab.PREFIXES, substitutions=unknown)
    except (SyntaxError, ValueError):
        return False
    except (OSError, RuntimeError):
        return True
    return True


def _start(text: str) -> int:
    """Where the base and the prefixes end."""
    found = _PROLOGUE.match(text)
    return found.end() if found else 0


def _without_allowed(asked: Asked, services: Sequence[str]) -> str:
    """A text in which `GRAPH`, which calls nobody, stands for each `SERVICE` of an endpoint that is allowed."""
    if not services:
        return asked.text

    def put(match: re.Match[str]) -> str:
        return f"GRAPH{match[1]} {match[2]}" if _meant(match[2], asked) in services else match[0]

    return _CALL.sub(put, asked.text)


def _meant(target: str, asked: Asked) -> str:
    """The IRI that a name or a relative IRI stands for, as the engine reads it behind the base and prefixes; "" where that is open."""
    start = _start(asked.text)
    if not _BEGINS.match(asked.text, start):
        return ""
    try:
        found = ox.Store().query(f"{asked.text[:start]} SELECT ({target} AS ?iri) {{}}", base_iri=asked.base, prefixes=vocab.PREFIXES)
        return next((str(row["iri"].value) for row in found), "") if isinstance(found, ox.QuerySolutions) else ""
    except (OSError, RuntimeError, SyntaxError, ValueError):
        return ""
