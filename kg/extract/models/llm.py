"""Facts that a language model proposes: any endpoint that speaks the OpenAI chat protocol and that the user runs.

Off unless asked for; address and key come from the environment (`KG_LLM_URL`, `KG_LLM_MODEL`, `KG_LLM_KEY`). What the
model says counts only where its quote stands in the text, and then as a proposal beside what the rules read.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg import resources, vocab
from kg.errors import UsageError
from kg.extract.models.replies import Chunk, Rejected, read_answer
from kg.extras import need
from kg.model import Facts, Span

CONFIDENCE = 0.5
_CHUNK = 1_200
"""Characters of text that one request holds; a longer sentence is sent alone."""
_GIVE_UP = 3
"""Requests in a row that may fail before the rest of the document is left alone."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model answers: `url` up to `/v1`, `model` as the endpoint names it, seconds that an answer may take."""

    url: str
    model: str
    key: str
    seconds: float = 60.0
    tries: int = 2


def settings() -> Settings:
    """Settings from the environment.

    Raises:
        UsageError: the address or the model is not set, or the time limit is no number.
    """
    url, model = os.environ.get("KG_LLM_URL", ""), os.environ.get("KG_LLM_MODEL", "")
    if not re.match(r"https?://[^\s/]+", url) or not model:
        raise UsageError("--llm needs KG_LLM_URL (such as http://127.0.0.1:8000/v1) and KG_LLM_MODEL. Set both.")
    try:
        seconds = float(os.environ.get("KG_LLM_SECONDS", "60"))
    except ValueError:
        raise UsageError(f"KG_LLM_SECONDS is a number of seconds, not '{os.environ['KG_LLM_SECONDS']}'.") from None
    return Settings(url, model, os.environ.get("KG_LLM_KEY", "") or "none", seconds)


def propose(facts: Facts) -> Facts:
    """What a language model proposes for a document; requests that fail are remarked, never fatal.

    Args:
        facts: what the rules found; their passages are what the model is asked about.

    Returns:
        Facts whose quotes stand in the text, of classes and properties of the ontology; remarks on what was left out.

    Raises:
        UsageError: the endpoint is not set.
        ExtraMissingError: the extra `[llm]` is not installed.
    """
    openai = need("openai", "llm", "--llm")
    chosen = settings()
    client = openai.OpenAI(base_url=chosen.url, api_key=chosen.key, timeout=chosen.seconds, max_retries=chosen.tries)
    rejected: Counter[Rejected] = Counter()
    failures: list[str] = []
    parts: list[Facts] = []
    for chunk in _chunks(facts):
        try:
            answer = _ask(client, chosen.model, chunk.text)
        except openai.APIError as error:
            failures.append(_said(error, openai))
            if len(failures) >= _GIVE_UP and not parts:
                break
            continue
        parts.append(read_answer(answer, chunk, facts.document, rejected))
    found = Facts(
        facts.document,
        facts.passages,
        tuple(entity for part in parts for entity in part.entities),
        tuple(seen for part in parts for seen in part.observations),
        tuple(edge for part in parts for edge in part.relations),
        tuple(event for part in parts for event in part.events),
        tuple(_remarks(facts.document.source, chosen.model, rejected, failures)),
        by=chosen.model,
        confidence=CONFIDENCE,
    )
    client.close()
    return found


def _chunks(facts: Facts) -> Iterator[Chunk]:
    """Whole passages together, as many as one request holds."""
    text, start, end = facts.document.text, None, 0
    for passage in facts.passages:
        if start is not None and passage.end - start > _CHUNK:
            yield Chunk(text[start:end], Span(start, end))
            start = None
        start, end = passage.start if start is None else start, passage.end
    if start is not None:
        yield Chunk(text[start:end], Span(start, end))


def _ask(client: Any, model: str, text: str) -> str:
    prompt = (resources.data() / "prompts" / "extract.txt").read_text(encoding="utf-8")
    known = {
        "classes": "、".join(f"{name} ({vocab.label(name, 'zh')})" for name in vocab.things()),
        "properties": "、".join(f"{name} ({vocab.label(name, 'zh')})" for name in vocab.edges()),
    }
    answer = client.chat.completions.create(
        model=model,
        temperature=0,
        messages=[
            {"role": "system", "content": prompt.format(**known)},
            {"role": "user", "content": json.dumps({"text": text}, ensure_ascii=False)},
        ],
        response_format={"type": "json_object"},
    )
    return (answer.choices[0].message.content if answer.choices else None) or ""


def _said(error: Any, openai: Any) -> str:
    """What went wrong with a request, in a few words."""
    match error:
        case openai.APITimeoutError():
            return "no answer in time"
        case openai.RateLimitError():
            return "too many requests (429)"
        case openai.APIStatusError():
            return f"status {error.status_code}"
        case openai.APIConnectionError():
            return "no connection"
    return " ".join(str(error).split())[:80] or type(error).__name__


def _remarks(source: str, model: str, rejected: Counter[Rejected], failures: list[str]) -> Iterator[str]:
    for said, count in Counter(failures).items():
        yield f"{source}: {model} failed {count} times ({said}); the rules' facts are kept. Check KG_LLM_URL and run again."
    for why, count in rejected.items():
        yield f"{source}: {count} proposals of {model} were left out: {why}."
