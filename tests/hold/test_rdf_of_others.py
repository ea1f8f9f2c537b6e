"""RDF of others: whatever a file says, nothing is fetched, it is read or refused in one line, and what is stored is as before."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KgError, ReadError
from kg.store.imported import imported
from kg.store.load import load_dataset
from kg.store.replace import replace_request
from tests.hold.listening import listening
from tests.hold.serving import AUTHORIZED, TOKEN, serving, small_graph
from tests.servers import client

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:" xmlns:xi="http://www.w3.org/2001/XInclude">'
THING = '<rdf:Description rdf:about="urn:a"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
TRIX = (
    '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><triple><uri>urn:a</uri><uri>urn:b</uri>'
    "<plainLiteral>{}</plainLiteral></triple></graph></TriX>"
)
CALLING = {
    "a context.jsonld": '{"@context": "{url}c", "a": 1}',
    "contexts in a list.jsonld": '{"@context": [{}, "{url}c", {"a": "urn:a"}], "a": 1}',
    "a context within.jsonld": '{"@id": "urn:a", "urn:b": {"@context": "{url}c", "urn:c": 1}}',
    "a context of a term.jsonld": '{"@context": {"a": {"@id": "urn:a", "@context": "{url}c"}}, "a": {"b": 1}}',
    "a context of a class.jsonld": '{"@context": {"T": {"@id": "urn:T", "@context": ["{url}c"]}}, "@type": "T", "b": 1}',
    "an import.jsonld": '{"@context": {"@version": 1.1, "@import": "{url}c"}, "a": 1}',
    "a base.jsonld": '{"@context": [{"@base": "{url}"}, "c"], "@id": "x", "a": 1}',
    "escaped.jsonld": '{"@con\\u0074ext": "{url}c", "a": 1}',
    "a script.jsonld": '<script type="application/ld+json">{"@context": "{url}c"}</script>',
    "a type of document.rdf": '<!DOCTYPE rdf:RDF SYSTEM "{url}d">' + XML + THING.format("1"),
    "an entity.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "{url}d">]>' + XML + THING.format("&e;"),
    "a parameter.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY % e SYSTEM "{url}d"> %e;]>' + XML + THING.format("1"),
    "an inclusion.rdf": XML + THING.format('<xi:include href="{url}i"/>'),
    "a sheet.rdf": '<?xml-stylesheet href="{url}s"?>' + XML + THING.format("1"),
    "a schema.rdf": XML + '<e:T xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:schemaLocation="urn:e: {url}x"/></rdf:RDF>',
    "what it imports.owl": XML + '<e:T><imports xmlns="http://www.w3.org/2002/07/owl#" rdf:resource="{url}o"/></e:T></rdf:RDF>',
    "an entity.trix": '<!DOCTYPE TriX [<!ENTITY e SYSTEM "{url}d">]>' + TRIX.format("&e;"),
    "a type of document.trix": '<!DOCTYPE TriX SYSTEM "{url}d">' + TRIX.format("1"),
    "a sheet.trix": '<?xml-stylesheet type="text/xsl" href="{url}s"?>' + TRIX.format("1"),
    "what it imports.ttl": "@base <{url}> . <a> <http://www.w3.org/2002/07/owl#imports> <o> .",
    "what it means.n3": "@prefix log: <http://www.w3.org/2000/10/swap/log#> . <{url}n> log:semantics [] ; log:content [] .",
    "rules.n3": "@prefix log: <http://www.w3.org/2000/10/swap/log#> . {<{url}n> log:semantics ?f} => {?f a <urn:F>} .",
    "graphs.trig": "@prefix : <{url}> . :g { :a :b :c }",
    "graphs.nq": "<{url}a> <{url}b> <{url}c> <{url}g> .",
}


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", CALLING)
def test_no_file_makes_the_parser_call_anybody(tmp_path: Path, name: str):
    with listening() as listener:
        for url in [*listener.urls, f"file://{tmp_path}/", "ftp://127.0.0.1:9/", "data:application/json,"]:
            path = put(tmp_path, name, CALLING[name].replace("{url}", url))
            try:
                imported(path, path.read_bytes(), "x", "1")
            except ReadError as error:
                assert len(str(error).splitlines()) == 1
        assert listener.calls() == []


def test_a_context_that_is_not_in_the_file_is_named_and_nothing_is_stored(tmp_path: Path):
    graph = kg.open(tmp_path / "graph")
    graph.add_rdf(put(tmp_path, "good.ttl", "<urn:a> <urn:b> 1 ."))
    with pytest.raises(ReadError, match=r"its context https://example\.org/c is not in it.*--allow-context"):
        graph.add_rdf(put(tmp_path, "x.jsonld", '{"@context": "https://example.org/c", "a": 1}'))
    assert [document.name for document in graph.documents()] == ["good"]


def test_a_local_file_is_no_context_either(tmp_path: Path):
    secret = put(tmp_path, "secret.json", '{"@context": {"a": "urn:a"}}')
    for named in (secret.as_uri(), "secret.json", str(secret)):
        with pytest.raises(ReadError):
            kg.open(tmp_path / "graph").add_rdf(put(tmp_path, "x.jsonld", json.dumps({"@context": named, "a": 1})))


@contextmanager
def giving(documents: dict[str, object]) -> Iterator[str]:
    """A server of documents; a text among them is where it redirects to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = documents.get(self.path)
            self.send_response(302 if isinstance(found, str) else 404 if found is None else 200)
            if isinstance(found, str):
                self.send_header("Location", found)
            self.send_header("Content-Type", "application/ld+json")
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def stated(folder: Path, content: object, *allowed: str) -> tuple[str, ...]:
    path = put(folder, "x.jsonld", json.dumps(content))
    return imported(path, path.read_bytes(), "x", "1", None, allowed).graphs[0][1]


def test_an_allowed_context_is_fetched_and_only_that(tmp_path: Path):
    context = {"@context": {"a": "urn:from-c"}}
    with giving(
        {"/c": context, "/moved": "/c", "/list": {"@context": [{"@base": "urn:lost:"}, "c"]}, "/round": {"@context": "round"}}
    ) as url:
        assert stated(tmp_path, {"@context": f"{url}/c", "@id": "urn:x", "a": 1}, f"{url}/c")[0].startswith("<urn:x> <urn:from-c> ")
        assert stated(tmp_path, {"@context": f"{url}/moved", "@id": "urn:x", "a": "v"}, f"{url}/moved") == ('<urn:x> <urn:from-c> "v" .',)
        assert stated(tmp_path, {"@context": {"@import": f"{url}/c", "b": "urn:b"}, "@id": "urn:x", "a": "v"}, f"{url}/c") == (
            '<urn:x> <urn:from-c> "v" .',
        )
        both = (f"{url}/list", f"{url}/c")
        assert stated(tmp_path, {"@context": f"{url}/list", "@id": "x", "a": "v"}, *both) == (
            '<https://w3id.org/innovation-kg/doc/x/x> <urn:from-c> "v" .',
        )
        for allowed, said in (
            ((f"{url}/list",), "its context c is not in it"),
            ((f"{url}/other",), f"its context {url}/list is not in it"),
            ((url,), "is not in it"),
        ):
            with pytest.raises(ReadError, match=said):
                stated(tmp_path, {"@context": f"{url}/list", "@id": "x", "a": "v"}, *allowed)
        for name, said in (("round", "names itself"), ("none", "cannot be fetched"), ("", "cannot be fetched")):
            with pytest.raises(ReadError, match=said):
                stated(tmp_path, {"@context": f"{url}/{name}", "a": 1}, f"{url}/{name}")


def test_an_allowed_file_is_read_as_context(tmp_path: Path):
    path = put(tmp_path, "c.json", '{"@context": {"a": "urn:from-file"}}')
    for named, allowed in (("c.json", "c.json"), ("c.json", path.as_uri()), (path.as_uri(), path.as_uri())):
        assert stated(tmp_path, {"@context": named, "@id": "urn:x", "a": "v"}, allowed) == ('<urn:x> <urn:from-file> "v" .',)
    for content in ("{", "[]", "{}", "7"):
        put(tmp_path, "c.json", content)
        with pytest.raises(ReadError, match=r"no JSON|no @context"):
            stated(tmp_path, {"@context": "c.json", "a": 1}, "c.json")
    for iri in ("ftp://example.org/c", "data:application/json,{}"):
        with pytest.raises(ReadError, match="only http, https and file"):
            stated(tmp_path, {"@context": iri, "a": 1}, iri)


def test_a_restored_export_fetches_nothing(tmp_path: Path):
    with listening() as listener:
        for url in listener.urls:
            with pytest.raises(ReadError):
                load_dataset(ox.Store(), put(tmp_path, "x.jsonld", json.dumps({"@context": url, "a": 1})), "jsonld")
        assert listener.calls() == []


def test_json_ld_that_comes_over_http_fetches_nothing_and_ends_no_service(tmp_path: Path):
    with listening() as listener, serving(small_graph(tmp_path), f"token={TOKEN!r}") as url, client(url, headers=AUTHORIZED) as writer:
        for media_type, content in (
            ("application/ld+json", json.dumps({"@context": listener.urls[0], "a": 1})),
            ("application/ld+json", '{"urn:p":' * 20_000 + "1" + "}" * 20_000),
            ("text/turtle", "<urn:s> <urn:p> " + "<<( <urn:a> <urn:b> " * 100_000 + "1" + ")>>" * 100_000 + " ."),
            ("application/rdf+xml", bomb() + XML + THING.format("&e9;")),
        ):
            answer = writer.put("/rdf-graph-store?default", content=content, headers={"Content-Type": media_type})
            assert (answer.status_code, len(answer.text.splitlines())) == (400, 1)
        assert listener.calls() == []


def bomb() -> str:
    """Entities that come to three thousand million characters."""
    parts = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha!">{parts}]>'


BOMBS = {
    "laughter.rdf": bomb() + XML + THING.format("&e9;"),
    "laughter in an address.rdf": bomb() + XML + '<rdf:Description rdf:about="urn:&e9;"><e:p>1</e:p></rdf:Description></rdf:RDF>',
    "laughter.trix": bomb() + TRIX.format("&e9;"),
    "one word, often.rdf": f'<!DOCTYPE x [<!ENTITY e "{"x" * 100_000}">]>' + XML + THING.format("&e;" * 30_000),
    "a ring.rdf": '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + XML + THING.format("&a;"),
    "a ring.trix": '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + TRIX.format("&a;"),
    "elements.rdf": XML + "<rdf:Description><e:p>" * 100_000 + "</e:p></rdf:Description>" * 100_000 + "</rdf:RDF>",
    "elements.trix": TRIX.format("<a>" * 100_000 + "</a>" * 100_000),
    "attributes.rdf": XML + "<rdf:Description " + " ".join(f'e:a{n}="1"' for n in range(100_000)) + "/></rdf:RDF>",
    "namespaces.rdf": XML + "<e:T " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(50_000)) + "/></rdf:RDF>",
    "objects.jsonld": '{"urn:p":' * 20_000 + "1" + "}" * 20_000,
    "objects without end.jsonld": '{"urn:p":' * 60_000,
    "lists.jsonld": '{"@id":"urn:x","urn:p":' + "[" * 1_000_000 + "]" * 1_000_000 + "}",
    "graphs.jsonld": '{"@graph":' * 60_000 + "[]" + "}" * 60_000,
    "contexts.jsonld": '{"@context":{"a":{"@id":"urn:a","@context":' * 20_000 + "{}" + "}}" * 20_000 + "}",
    "triples.ttl": "<urn:s> <urn:p> " + "<<( <urn:a> <urn:b> " * 100_000 + "1" + ")>>" * 100_000 + " .",
    "triples behind comments.trig": "<urn:s> <urn:p> " + "<<( #>>\n <urn:a> <urn:b> " * 100_000 + "1" + ")>>" * 100_000 + " .",
    "triples.nt": "<urn:s> <urn:p> " + "<<( <urn:a> <urn:b> " * 100_000 + "<urn:x>" + ")>> " * 100_000 + " .",
    "triples.n3": "<urn:s> <urn:p> " + "<< <urn:a> <urn:b> " * 100_000 + "<urn:x>" + ">> " * 100_000 + " .",
    "a line without end.nt": b'<urn:a> <urn:b> "' + b"x" * 30_000_000,
    "a word without end.ttl": b"x" * 30_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_expand_nest_or_widen_without_measure_is_refused_in_one_line(tmp_path: Path, name: str):
    with pytest.raises(ReadError) as refused:
        imported(path := put(tmp_path, name, BOMBS[name]), path.read_bytes(), "x", "1")
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < 600


DEEP_BUT_FLAT = {
    "nodes.ttl": ("<urn:a> <urn:b> " + "[ <urn:p> " * 20_000 + "1" + "]" * 20_000 + " .", 20_001),
    "a list.ttl": ("<urn:a> <urn:b> ( " + "1 " * 20_000 + ") .", 40_001),
    "lists.trig": ("<urn:a> <urn:b> " + "( " * 20_000 + ")" * 20_000 + " .", 39_999),
    "forty objects.jsonld": ('{"urn:p":' * 40 + "1" + "}" * 40, 40),
    "titles.ttl": ('<urn:a> <urn:b> "' + "<<办法>>" * 500 + '" , "<<" , \'<<\' , """<< " <<""" . # <<', 3),
    "brackets in words.jsonld": (json.dumps({"@id": "urn:a", "urn:b": "{[" * 500 + '"\\"'}), 1),
    "entities of our own.rdf": ('<!DOCTYPE x [<!ENTITY name "云舟">]>' + XML + THING.format("&name;科技"), 1),
}


@pytest.mark.parametrize("name", DEEP_BUT_FLAT)
def test_what_is_long_or_only_looks_deep_is_read(tmp_path: Path, name: str):
    content, statements = DEEP_BUT_FLAT[name]
    path = put(tmp_path, name, content)
    assert len(imported(path, path.read_bytes(), "x", "1").graphs[0][1]) == statements


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["ttl", "trig", "n3"]), st.text(max_size=8), st.text(max_size=8), st.from_regex(r"[A-Za-z0-9-]{1,12}", fullmatch=True)
)
def test_whatever_text_others_put_into_iris_words_types_and_languages_the_store_takes_it_or_it_is_refused(
    ending: str, iri: str, word: str, tag: str
):
    inner = "".join(f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}" for char in word)
    raw = iri.replace("\\", "").replace(">", "")
    for after in ("", f"@{tag}", f"^^<http://example.org/{raw}>", f"^^<{raw}>"):
        text = f'<urn:a{raw}> <http://example.org/{raw}> "{inner}"{after} , <{raw}> .'
        try:
            brought = imported(Path(f"x.{ending}"), text.encode(), "x", "1")
        except KgError as error:
            assert len(str(error).splitlines()) == 1
        else:
            ox.Store().update(replace_request([], brought))
