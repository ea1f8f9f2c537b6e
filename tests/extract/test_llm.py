"""A language model beside the rules, over real HTTP: a small server on loopback plays the OpenAI chat protocol, rightly and wrongly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import UsageError
from kg.extract.models.propose import with_proposals
from kg.model import Facts
from kg.workspace.ingest.prepare import Options

TEXT = "云帆装备在海湖新谷设立总部,年内招聘320人。云帆装备与启明软件签署战略合作协议。"
GOOD = {
    "entities": [
        {"name": "海湖新谷", "type": "Park", "quote": "云帆装备在海湖新谷设立总部"},
        {"name": "云帆装备", "type": "Enterprise", "quote": "云帆装备在海湖新谷设立总部"},
    ],
    "relations": [{"subject": "云帆装备", "predicate": "locatedIn", "object": "海湖新谷", "quote": "云帆装备在海湖新谷设立总部"}],
    "observations": [{"about": "云帆装备", "indicator": "总部招聘人数", "value": 320, "unit": "人", "quote": "年内招聘320人"}],
    "events": [],
}


class Endpoint:
    """Answers in turn; each is what the model says, or a status, or seconds to keep silent."""

    def __init__(self, answers: list[Any]) -> None:
        self.answers = answers
        self.asked: list[dict[str, Any]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.asked.append({"path": self.path, "key": self.headers["Authorization"], **body})
                answer = endpoint.answers.pop(0) if len(endpoint.answers) > 1 else endpoint.answers[0]
                if isinstance(answer, float):
                    time.sleep(answer)
                    answer = "{}"
                status = answer if isinstance(answer, int) else 200
                said = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
                message = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}]}
                reply = {"id": "1", "object": "chat.completion", "created": 0, "model": "toy", **message}
                data = json.dumps(reply if status == 200 else {"error": {"message": "busy"}}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                if status != 200:
                    self.send_header("retry-after-ms", "1")
                self.end_headers()
                with suppress(OSError):  # the client may have given up waiting
                    self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Endpoint]]:
    started: list[Endpoint] = []

    def start(*answers: Any) -> Endpoint:
        started.append(Endpoint(list(answers)))
        monkeypatch.setenv("KG_LLM_URL", started[-1].url)
        monkeypatch.setenv("KG_LLM_MODEL", "toy-1")
        monkeypatch.setenv("KG_LLM_KEY", "secret")
        return started[-1]

    yield start
    for one in started:
        one.server.shutdown()
        one.server.server_close()


@pytest.fixture
def rules(facts) -> Facts:
    """What rules say of the text, as if they had missed the park."""
    found = facts(TEXT)
    return replace(found, entities=tuple(one for one in found.entities if one.name != "海湖新谷"))


def proposed(rules: Facts) -> Facts:
    return with_proposals(rules, ["llm"]).proposed[0]


def test_what_a_model_says_with_a_quote_is_a_proposal_with_its_name_and_a_lower_confidence(rules: Facts, endpoint):
    server = endpoint(GOOD)
    found = proposed(rules)
    assert (found.by, found.confidence) == ("toy-1", 0.5)
    assert [(e.name, e.type) for e in found.entities] == [("海湖新谷", "Park")]
    assert [(r.subject, r.predicate, r.object) for r in found.relations] == [("云帆装备", "locatedIn", "海湖新谷")]
    assert rules.document.quote(found.entities[0].spans[0]) == "海湖新谷"
    assert server.asked[0]["path"] == "/v1/chat/completions"
    assert server.asked[0]["key"] == "Bearer secret"


def test_a_rule_s_fact_stays_as_it_is(rules: Facts, endpoint):
    endpoint({"entities": [{"name": "云帆装备", "type": "Place", "quote": "云帆装备与启明软件签署"}], "events": [
        {"type": "Cooperation", "participants": ["云帆装备", "启明软件"], "quote": "云帆装备与启明软件签署战略合作协议"}]})  # fmt: skip
    assert ("云帆装备", "Enterprise") in {(e.name, e.type) for e in rules.entities}
    found = proposed(rules)
    assert found.entities == ()
    assert found.events == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("no JSON at all {", "the answer is no JSON object of lists"),
        ('["a list"]', "the answer is no JSON object of lists"),
        ({"entities": "云帆装备"}, "the answer is no JSON object of lists"),
        ({"entities": [{"name": "银河集团", "type": "Enterprise", "quote": "银河集团落户本区"}]}, "the quote does not stand in the text"),
        ({"entities": [{"name": "银河集团", "type": "Enterprise", "quote": "年内招聘320人"}]}, "the quote does not hold the name"),
        ({"entities": [{"name": "海湖新谷", "type": "Spaceport", "quote": "海湖新谷"}]}, "knows no such class"),
        ({"relations": [{"subject": "云帆装备", "predicate": "owns", "object": "海湖新谷", "quote": TEXT[:12]}]}, "knows no such class"),
        ({"observations": [{"indicator": "招聘人数", "value": 999, "quote": "年内招聘320人"}]}, "does not hold the name or the value"),
        (
            {"observations": [{"indicator": "招聘人数", "value": "许多", "quote": "年内招聘320人"}]},
            "a value is missing or of the wrong kind",
        ),
        ({"observations": [{"indicator": "招聘人数", "value": "Infinity", "quote": "年内招聘320人"}]}, "of the wrong kind"),
        ({"events": [{"type": "Milestone", "object": "海湖新谷", "quote": TEXT[:12]}]}, "a value is missing or of the wrong kind"),
        ({"events": [{"type": "FundingGrant", "object": "海湖新谷", "quote": TEXT[:12]}]}, "a value is missing or of the wrong kind"),
        (
            {"events": [{"type": "Cooperation", "participants": ["云帆装备"], "quote": TEXT[:12]}]},
            "a value is missing or of the wrong kind",
        ),
        ({"events": [{"type": "Cooperation", "participants": 5, "quote": TEXT[:12]}]}, "a value is missing or of the wrong kind"),
        ({"events": [{"type": "FundingGrant", "object": "云帆装备", "amount": 90, "unit": "人", "quote": TEXT}]}, "does not hold the name"),
        ({"events": [{"type": ["Milestone"], "object": "海湖新谷", "quote": TEXT[:12]}]}, "knows no such class"),
        ({"entities": [{"type": "Park"}, 7, None]}, "the quote does not stand in the text"),
    ],
)
def test_what_does_not_hold_is_left_out_and_said(rules: Facts, endpoint, answer: Any, said: str):
    endpoint(answer)
    found = with_proposals(rules, ["llm"])
    assert len(found.proposed[0]) == 0
    assert any(said in remark for remark in found.remarks)


def test_money_that_a_model_reads_carries_its_sum(facts, endpoint):
    rules = facts("海湖新谷收到一笔补助,共1,250万元。")
    quote = "海湖新谷收到一笔补助,共1,250万元"
    endpoint({"events": [{"type": "FundingGrant", "object": "海湖新谷", "amount": 1250, "unit": "万元", "quote": quote}]})
    [grant] = proposed(rules).events
    assert (grant.type, grant.sides()) == ("FundingGrant", {"object": "海湖新谷", "amount": Decimal(1250), "unit": "万元"})


def test_too_many_requests_are_tried_again(rules: Facts, endpoint):
    server = endpoint(429, GOOD)
    assert len(proposed(rules).entities) == 1
    assert len(server.asked) == 2


@pytest.mark.parametrize(("answer", "said"), [(429, "too many requests (429)"), (500, "status 500"), (401, "status 401")])
def test_an_endpoint_that_fails_leaves_the_rules_facts(rules: Facts, endpoint, answer: int, said: str):
    endpoint(answer)
    found = with_proposals(rules, ["llm"])
    assert len(found.proposed[0]) == 0
    assert said in found.remarks[0]
    assert found.entities == rules.entities


def test_an_endpoint_that_keeps_silent_is_given_up(rules: Facts, endpoint, monkeypatch: pytest.MonkeyPatch):
    endpoint(3.0)
    monkeypatch.setenv("KG_LLM_SECONDS", "0.2")
    assert "no answer in time" in with_proposals(rules, ["llm"]).remarks[0]


def test_nobody_listens(rules: Facts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KG_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("KG_LLM_MODEL", "toy-1")
    assert "no connection" in with_proposals(rules, ["llm"]).remarks[0]


@pytest.mark.parametrize(
    ("name", "value"), [("KG_LLM_URL", ""), ("KG_LLM_URL", "ftp://x"), ("KG_LLM_MODEL", ""), ("KG_LLM_SECONDS", "soon")]
)
def test_an_endpoint_that_is_not_set_up_is_wrong_use(rules: Facts, endpoint, monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    endpoint(GOOD)
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match="KG_LLM_"):
        with_proposals(rules, ["llm"])


def test_in_the_graph_a_proposal_stands_in_a_graph_of_its_own_with_the_model_s_name(tmp_path: Path, endpoint):
    endpoint(GOOD)
    report = tmp_path / "report.txt"
    report.write_text(f"南山区科委2022年工作总结\n{TEXT}", encoding="utf-8")
    graph = kg.open(tmp_path / "graph")
    assert [one.status for one in graph.ingest([report], Options(proposers=("llm",)))] == ["added"]
    told = graph.query(
        "SELECT ?sure ?model ?words { GRAPH ?passage { id:云帆装备 ino:locatedIn id:海湖新谷 } "
        "?passage ino:confidence ?sure ; prov:wasGeneratedBy/dct:hasVersion ?model ; nif:anchorOf ?words }"
    )
    assert told.to_dict("records") == [{"sure": 0.5, "model": "toy-1", "words": "云帆装备在海湖新谷设立总部,年内招聘320人。"}]
    assert graph.validate() == []
    graph.remove("report")
    assert graph.query("SELECT ?s { GRAPH ?g { ?s ino:locatedIn id:海湖新谷 } }").empty
