"""No query and no update makes a call that was not allowed by name, however it is spelt: a listener must hear nothing."""

import random
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, QueryError
from kg.store import EmbeddedStore
from tests.hold.listening import Listener, listening

BEFORE = [
    "",
    " ",
    "BIND(1e5 AS ?n) ",
    "VALUES ?n {1e5}",
    "VALUES ?n {true}",
    "VALUES ?n {'SERVICE' \"LOAD\" <http://service/load>}",
    'BIND("\\u0022" AS ?n) BIND(<http://a#\\u0062> AS ?m) ',
    "BIND('''it's \"so\"''' AS ?n)",
    'BIND("""a\\"""" AS ?n)',
    "BIND('\\\\' AS ?n)",
    "FILTER(1<2)",
    "FILTER(1 < 2 && 3 > 2)",
    "# 'a comment\n",
    '# "\n',
    "<http://a/#b> <c:d> 1.5 .",
    "OPTIONAL{}",
    "BIND(<http://a/'> AS ?n)",
    "BIND('#' AS ?n)",
]
AROUND = [
    "SELECT * {{ {} }}",
    "ASK{{{}}}",
    "CONSTRUCT{{?a ?b ?c}}WHERE{{{}}}",
    "SELECT*{{{{{}}}}}",
    "SELECT * {{ OPTIONAL {{{}}} }}",
    "SELECT * {{{{}}UNION{{{}}}}}",
    "SELECT * {{ {{SELECT * {{{}}}}} }}",
    "ASK {{ FILTER EXISTS {{{}}} }}",
    "ASK {{ BIND(EXISTS {{{}}} AS ?e) }}",
    "SELECT * {{ VALUES ?v {{1}} LATERAL {{{}}} }}",
    "SELECT (COUNT(*) AS ?k) {{{}}} GROUP BY ?a HAVING (COUNT(*) > 0)",
    "DESCRIBE ?a {{{}}}",
]
CHANGES = ["INSERT {{ <a:a> <a:b> 1 }} WHERE {{{}}}", "DELETE{{?a ?b ?c}}WHERE{{{}}}", "CLEAR ALL;INSERT{{?a ?b ?c}}WHERE{{{}}}"]
GAPS = ["", "", " ", " ", "\n", "\t", "\r", "#c\n", "# '\r", "\f", "\ufeff"]
LOOKALIKES = {"s": "\u017f", "i": "\u0131", "e": "\u0435", "v": "\u2164", "l": "\u217c", "o": "\u043e"}


def mutations(urls: list[str], count: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Queries and updates (then True) that call, or nearly call, one of some URLs."""
    chance = random.Random(seed)  # noqa: S311  # texts, not secrets
    for _ in range(count):
        url = chance.choice(urls)
        prologue, target = chance.choice(
            [
                ("", f"<{url}x>"),
                (f"PREFIX : <{url}> ", ":x"),
                (f"PREFIX service: <{url}> ", "service:load"),
                (f"PREFIX LOAD:<{url}>PREFIX SILENT:<{url}>", chance.choice(["LOAD:x", "SILENT:x"])),
                (f"BASE <{url}> ", "<x>"),
                (f"# SELECT\nPREFIX a.b: <{url}> ", "a.b:x"),
                ("", f"<{url}\\u0078>"),
            ]
        )
        load = chance.random() < 0.3
        keyword = _spelt("load" if load else "service", chance)
        silent = chance.choice(["", "", _spelt("silent", chance)])
        call = f"{keyword}{chance.choice(GAPS)}{silent}{chance.choice(GAPS)}{target}"
        if load:
            text = prologue + chance.choice(["", "CLEAR ALL;", "CREATE SILENT GRAPH <a:g> ; "]) + call
        else:
            text = prologue + chance.choice(AROUND + CHANGES).format(f"{chance.choice(BEFORE)}{call}{chance.choice(GAPS)}{{?a ?b ?z}}")
        for _ in range(chance.choice([0, 0, 0, 0, 1, 2])):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(["", text[place] * 2, chance.choice("'\"#<>{}\\:;. \n?")]) + text[place + 1 :]
        yield text, load or any(text.find(sign) >= 0 for sign in ("INSERT", "DELETE"))


def _spelt(word: str, chance: random.Random) -> str:
    letters = [chance.choice([letter, letter.upper()]) for letter in word]
    if chance.random() < 0.1:
        place = chance.randrange(len(word))
        letters[place] = chance.choice(
            [LOOKALIKES.get(word[place], "\u200b"), f"\\u{ord(letters[place]):04x}", f"\\U{ord(letters[place]):08X}"]
        )
    return "".join(letters)


def asked(store: EmbeddedStore, text: str, update: bool) -> None:
    with suppress(KgError):
        if update:
            store.update(text)
        else:
            store.table(text)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


@pytest.fixture(scope="module")
def heard() -> Iterator[Listener]:
    with listening() as made:
        yield made


def test_ten_thousand_spellings_of_service_and_load_call_nobody(listener: Listener):
    store = EmbeddedStore()
    for text, update in mutations(listener.urls, 10_000, seed=15):
        asked(store, text, update)
    assert listener.calls() == []


def test_the_same_spellings_do_call_where_nothing_refuses_them(listener: Listener):
    store = ox.Store()
    for text, update in mutations(listener.urls, 600, seed=15):
        with suppress(Exception):
            store.update(text) if update else list(store.query(text))
    assert len(listener.calls()) > 50


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICESILENT<http://127.0.0.1:7/x> {?a ?b ?z} }",
        "PREFIX : <http://127.0.0.1:7/> SELECT * { SERVICE:x {?a ?b ?z} }",
        "SELECT * { VALUES ?n {1e5}SERVICE<http://127.0.0.1:7/>{?a ?b ?z} }",
        "ASK { FILTER(?q = trueSERVICE) }",
        'SELECT * { BIND("\\u0022" AS ?x) BIND(<http://a#\\u0062> AS ?y) SERVICE <http://127.0.0.1:7/> {?a ?b ?z} }',
        "SELECT * { VALUES ?s {<http://127.0.0.1:7/>} SERVICE ?s {?a ?b ?z} }",
        "SELECT * { SERVICE#\n<http://127.0.0.1:7/>{?a ?b ?z} }",
        "BASE <http://127.0.0.1:7/> SELECT * { sErViCe<>{?a ?b ?z} }",
    ],
)
def test_a_call_is_refused_or_no_query_at_all(text: str):
    with pytest.raises(QueryError, match=r"not allowed here|line \d+, column \d+") as refused:
        EmbeddedStore().table(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "LOADSILENT<http://127.0.0.1:7/x>",
        "PREFIX : <http://127.0.0.1:7/> LOAD:x",
        "CLEAR ALL;load<http://127.0.0.1:7/x>INTO GRAPH<a:b>",
        "LOAD SILENT <http://127.0.0.1:7/x>",
        "INSERT { <a:b> <a:b> 1 } WHERE { SERVICESILENT<http://127.0.0.1:7/x> {?a ?b ?z} }",
    ],
)
def test_an_update_that_calls_is_refused_by_name(text: str):
    with pytest.raises(QueryError, match="not allowed here"):
        EmbeddedStore().update(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?download }",
        "SELECT * { ?s ?p 'SERVICE <http://a/> { }' }",
        'SELECT * { ?s rdfs:label "LOAD <http://a/>" }',
        "SELECT * { ?s ?p <http://service.example/load> }",
        "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'Service')) } # SERVICE of the park",
        "PREFIX service: <http://a/> SELECT * { ?s service:SERVICE ?o }",
        "PREFIX load: <http://a/> ASK { ?s load:load 1 }",
        "PREFIX : <http://a/> SELECT * { :SERVICE :LOAD :download }",
        'SELECT * { ?s ?p \'\'\'SERVICE\n<x>\'\'\' ; ?q """it\'s a "service" """ }',
        "SELECT * { ?s ?p 'x'@en-service }",
        "SELECT ?SERVICE ?serqice { ?SERVICE ?p ?serqice }",
        "CONSTRUCT { ?s <http://a/upload> ?o } WHERE { ?s ?p ?o . _:service ?p ?o }",
        "DESCRIBE <http://a/service#load>",
        "# SERVICE <http://a/> {\nSELECT * { ?s ?p ?o }",
        "SELECT * { ?s ino:concerns* id:公共服务SERVICE平台 }",
        "SELECT (GROUP_CONCAT(?o; separator='service') AS ?all) { ?s ?p ?o }",
        "SELECT * { VALUES ?service { 'load' 'SERVICE' } ?s ?p ?service }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '\\\\u0053ERVICE|load', 'i')) }",
        "ASK { ?s ?p 'payload' . ?s ?p '\\u0053ERVICE' }",
        "SELECT * { ?s ?p << <a:service> <a:load> 'SERVICE' >> }",
        "SELECT * { ?s (<http://a/service>|<http://a/load>)+ ?o }",
        "BASE <http://service/> SELECT * { <load> ?p ?o }",
    ],
)
def test_a_query_that_only_speaks_of_services_is_answered(text: str):
    assert EmbeddedStore().answer(text) is not None


def test_an_update_that_only_speaks_of_services_is_carried_out():
    store = EmbeddedStore()
    store.update(
        "PREFIX service: <http://a/> INSERT DATA { service:load service:p 'LOAD <http://a/> ; SERVICE' }", first="CLEAR SILENT GRAPH <a:x>"
    )
    assert store.table("SELECT ?o { ?s ?p ?o }").rows == [["LOAD <http://a/> ; SERVICE"]]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("ASK { SERVICE <URLx> {?a ?b ?z} }", True),
        ("ASK { SERVICE SILENT <URLx> {?a ?b ?z} }", True),
        ("PREFIX p: <URL> ASK { SERVICE p:x {?a ?b ?z} }", True),
        ("PREFIX p: <http://a/>\n# PREFIX p: <http://b/>\nPREFIX p: <URL> ASK { SERVICESILENTp:x{?a ?b ?z} }", True),
        ("BASE <URL> ASK { SERVICE <x> {?a ?b ?z} }", True),
        ("ASK { BIND('SERVICE <URLx>' AS ?n) SERVICE <URLx> {?a ?b ?z} }", True),
        ("ASK { SERVICE <URLy> {?a ?b ?z} }", False),
        ("ASK { VALUES ?s {<URLx>} SERVICE ?s {?a ?b ?z} }", False),
        ("ASK { SERVICE <URLx> {?a ?b ?z} SERVICE <URLy> {?a ?b ?z} }", False),
        ("ASK { # SERVICE <URLx>\n SERVICE <URLy> {?a ?b ?z} }", False),
        ("PREFIX p: <URLx/> ASK { SERVICE p:x {?a ?b ?z} }", False),
        ("PREFIX p: <URL>#\nPREFIX p: <http://127.0.0.1:7/> ASK { SERVICE p:x {?a ?b ?z} }", False),
        ("PREFIX SILENT: <URL> PREFIX : <http://127.0.0.1:7/> ASK { SERVICE SILENT:x {?a ?b ?z} }", False),
        ("ASK { SERVICE # SERVICE\n SILENT <URLx> {?a ?b ?z} }", False),
        ("ASK { SERVICE <URL\\u0079> {?a ?b ?z} }", False),
    ],
)
def test_an_endpoint_that_is_allowed_is_called_and_no_other(listener: Listener, text: str, calls: bool):
    url = listener.urls[0]
    store = EmbeddedStore(services=[f"{url}x"])
    with pytest.raises(QueryError, match=r"Empty HTTP request|not allowed here") if not calls else suppress(QueryError):
        store.table(text.replace("URL", url))
    assert bool(listener.calls()) is calls


@given(
    st.text(), st.sampled_from(["SERVICE", "load", "Service <http://127.0.0.1:7/> {", "LOADSILENT<http://a/>", "\\u0053ERVICE"]), st.text()
)
def test_any_words_may_be_asked_for_and_put_in(before: str, word: str, after: str):
    words = "".join(sign for sign in before + word + after if not "\ud800" <= sign <= "\udfff")
    store = EmbeddedStore()
    store.update(f"INSERT DATA {{ <a:a> <a:b> {ox.Literal(words)} }}")
    found = store.table(f"SELECT ?s {{ ?s <a:b> {ox.Literal(words)} }} # {word}")
    assert found.rows == [["a:a"]]


TOKENS = [
    "SERVICE", "service", "LOAD", "SILENT", "<http://127.0.0.1:{port}/>", ":x", "p:x", "?v", "{{", "}}", "?a ?b ?c", ".",
    "SELECT * {{", "ASK {{", "VALUES ?v {{<http://127.0.0.1:{port}/>}}", "BIND(<http://127.0.0.1:{port}/> AS ?v)", "OPTIONAL",
    "GRAPH", "'", '"', "'''", "#", "\n", "\r", "<", ">", "1e5", "true", "1", "\\", "\\u0053", "\\u0022", "EXISTS", "FILTER",
    "(", ")", ";", "CLEAR ALL", "INSERT", "DELETE", "WHERE", "UNION",
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=14), st.lists(st.sampled_from(["", " ", "\n"]), min_size=14, max_size=14), st.booleans())
def test_parts_in_any_order_and_with_any_space_call_nobody(heard: Listener, parts: list[str], spaces: list[str], update: bool):
    url = heard.urls[0]
    said = "".join(part + space for part, space in zip(parts, spaces, strict=False)).format(port=url.split(":")[-1].strip("/"))
    for text in (said, f"PREFIX : <{url}> PREFIX p: <{url}> {said}", f"BASE <{url}> SELECT * {{ ?a ?b ?c . {said} }}"):
        asked(EmbeddedStore(), text, update)
    assert heard.calls() == []
