"""Contexts of JSON-LD that lie elsewhere: none is fetched but those that are allowed by name, and these are put into the file.

Oxigraph's parser fetches nothing, so that a context is either in the file or its end.

Source: JSON-LD 1.1, 3.1 The Context, 4.1.9 Importing contexts; JSON-LD 1.1 Processing Algorithms and API, 9.4 LoadDocumentCallback.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

from kg import files
from kg.errors import ReadError

MOST = 10 * 1024 * 1024
"""Bytes of a context that are read at most."""
SECONDS = 30.0
"""For a part of the answer of a server that gives a context."""
_CHAIN = 10
"""Contexts that name one another at most."""
_CONTEXT, _IMPORT = "@context", "@import"


def with_contexts(path: Path, data: bytes, allowed: Sequence[str]) -> bytes:
    """JSON-LD with the allowed ones of its contexts in the place of their names.

    Args:
        path: of the file; contexts may be named relative to it.
        data: its bytes.
        allowed: IRIs of contexts (http, https, file), as the file names them or whole.

    Raises:
        ReadError: an allowed context cannot be fetched, or is none.
    """
    if not allowed:
        return data
    try:
        stated = json.loads(data)
    except (ValueError, RecursionError):
        return data  # Oxigraph will say what is wrong
    _Fetching(frozenset(allowed)).fill(stated, path.resolve().as_uri(), ())
    return json.dumps(stated, ensure_ascii=False).encode("utf-8", "surrogatepass")


def foreign_context(data: bytes) -> str:
    """The first context that JSON-LD names and does not hold, "" where there is none."""
    try:
        return next((name for one in _contexts(json.loads(data)) for name in _names(one)), "")
    except (ValueError, RecursionError):
        return ""


def _contexts(stated: Any) -> Iterator[Any]:
    """What each `@context` says, wherever it stands; the deeper ones later."""
    yield from (one[_CONTEXT] for one in _with_context(stated))


def _with_context(stated: Any) -> Iterator[dict[str, Any]]:
    waiting = [stated]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if _CONTEXT in one:
                yield one  # what its context says by now is looked into as well
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _names(context: Any) -> Iterator[str]:
    for one in context if isinstance(context, list) else [context]:
        name = one.get(_IMPORT) if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


@dataclass(frozen=True, slots=True)
class _Fetching:
    allowed: frozenset[str]
    held: dict[str, Any] = field(default_factory=dict)

    def fill(self, stated: Any, base: str, chain: tuple[str, ...]) -> None:
        """Put contexts into what is stated, and those of contexts into them."""
        for one in _with_context(stated):
            one[_CONTEXT] = self._filled(one[_CONTEXT], base, chain)

    def _filled(self, context: Any, base: str, chain: tuple[str, ...]) -> Any:
        if isinstance(context, list):
            parts = [self._filled(one, base, chain) for one in context]
            return [part for one in parts for part in (one if isinstance(one, list) else [one])]
        if isinstance(context, str):
            return self._fetched(context, base, chain)
        if isinstance(context, dict) and isinstance(context.get(_IMPORT), str):
            brought = self._fetched(context[_IMPORT], base, chain)
            if isinstance(brought, dict):
                return {**brought, **{key: value for key, value in context.items() if key != _IMPORT}}
        return context

    def _fetched(self, name: str, base: str, chain: tuple[str, ...]) -> Any:
        iri = urljoin(base, name)
        if not {name, iri} & self.allowed:
            return name
        if iri in chain or len(chain) == _CHAIN:
            raise ReadError(f"The context {iri} names itself, or one of more than {_CHAIN} that name one another. Nothing was stored.")
        if iri not in self.held:
            try:
                document = json.loads(_content(iri))
            except (ValueError, RecursionError) as error:
                raise ReadError(f"The context {iri} is no JSON. Nothing was stored.") from error
            if not isinstance(document, dict) or _CONTEXT not in document:
                raise ReadError(f"What {iri} gives holds no @context. Nothing was stored.")
            context = self._filled(document[_CONTEXT], iri, (*chain, iri))
            self.fill(context, iri, (*chain, iri))
            self.held[iri] = _without_base(context)
        return self.held[iri]


def _without_base(context: Any) -> Any:
    """The `@base` of a context from elsewhere does not count."""
    if isinstance(context, list):
        return [_without_base(one) for one in context]
    return {key: value for key, value in context.items() if key != "@base"} if isinstance(context, dict) else context


def _content(iri: str) -> bytes:
    parts = urlsplit(iri)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return files.contents(Path(url2pathname(parts.path)), MOST)
    if parts.scheme in ("http", "https"):
        return _answer(iri)
    raise ReadError(f"The context {iri} cannot be fetched: only http, https and file can. Put it into the file.")


def _answer(iri: str, link: bool = True) -> bytes:
    import httpx  # noqa: PLC0415  # only where a context is fetched

    wanted = {"Accept": "application/ld+json, application/json;q=0.9"}
    found = b""
    try:
        with httpx.stream("GET", iri, headers=wanted, follow_redirects=True, timeout=SECONDS) as answer:
            answer.raise_for_status()
            other = answer.links.get("alternate", {})
            if link and "json" not in answer.headers.get("Content-Type", "") and other.get("type") == "application/ld+json":
                return _answer(urljoin(str(answer.url), other["url"]), link=False)
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > MOST:
                    raise ReadError(f"The context {iri} has more than {MOST:,} bytes. Nothing was stored; put it into the file.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ReadError(f"The context {iri} cannot be fetched ({' '.join(str(error).split())[:200]}). Nothing was stored.") from error
    return found
