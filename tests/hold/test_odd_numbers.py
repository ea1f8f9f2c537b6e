"""Numbers and days of others, however large or odd, are answered, drawn and written; none hangs or ends a command."""

import datetime as dt
import io
import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import EmbeddedStore, in_total_order
from tests.hold.serving import serving
from tests.matrix.commands import COMMANDS, Command, carry_out, kg
from tests.servers import client

LONG, VERY_LONG = "7" * 5000, "7" * 1_000_000
READ = [
    ("12", "integer", 12),
    ("+12", "integer", 12),
    ("-9223372036854775809", "integer", -9223372036854775809),
    ("18446744073709551616", "integer", 18446744073709551616),
    ("1E99999999", "integer", "1E99999999"),
    ("1_000", "integer", "1_000"),
    ("٣", "integer", "٣"),
    (LONG, "integer", LONG),
    (VERY_LONG, "integer", VERY_LONG),
    ("1E99999999", "decimal", "1E99999999"),
    ("-1e-99999999", "decimal", "-1e-99999999"),
    ("3.50", "decimal", 3.5),
    (f"0.{LONG}", "decimal", f"0.{LONG}"),
    (f"{LONG}.5", "decimal", f"{LONG}.5"),
    ("7" * 100 + ".5", "decimal", 7.777777777777778e99),
    ("NaN", "decimal", "NaN"),
    ("Infinity", "decimal", "Infinity"),
    ("1E99999999", "double", math.inf),
    ("-1E99999999", "double", -math.inf),
    ("1E-99999999", "double", 0.0),
    ("-INF", "double", -math.inf),
    (f"{LONG}E1", "float", math.inf),
    ("2023-06-30", "date", dt.date(2023, 6, 30)),
    ("99999999999-01-01", "date", "99999999999-01-01"),
    ("-1-01-01", "date", "-1-01-01"),
    ("2023-W01-1", "date", "2023-W01-1"),
    ("20230101", "date", "20230101"),
    ("2023-06-30T24:00:00", "dateTime", dt.datetime(2023, 7, 1)),
    ("99999-06-30T12:00:00Z", "dateTime", "99999-06-30T12:00:00Z"),
    ("25:61:00", "time", "25:61:00"),
    ("12:30:00", "time", dt.time(12, 30)),
    ("99999999999", "gYear", "99999999999"),
    ("P999999999999999Y", "duration", "P999999999999999Y"),
    ("-P1D", "dayTimeDuration", "-P1D"),
    ("maybe", "boolean", "maybe"),
    ("1", "boolean", True),
    ("2", "boolean", "2"),
    ("zz", "hexBinary", "zz"),
]
KINDS = sorted({kind for _, kind, _ in READ})


@pytest.mark.parametrize(("text", "kind", "value"), READ, ids=[f"{text[:20]} {kind}" for text, kind, _ in READ])
def test_a_literal_is_read_as_its_type_writes_it_and_is_text_where_it_is_none_or_beyond_all_use(text: str, kind: str, value: object):
    store = EmbeddedStore()
    store.update(f'INSERT DATA {{ <urn:a> <urn:b> "{text}"^^xsd:{kind} }}')
    [[found]] = store.table("SELECT ?o { <urn:a> <urn:b> ?o }").rows
    assert (found, type(found)) == (value, type(value))
    [[node]] = store.rows("SELECT ?o { <urn:a> <urn:b> ?o }")
    assert str(node) == text or found != text  # Oxigraph writes `+12` as 12


@given(st.sampled_from(KINDS), st.text(alphabet="0123456789+-.eETZ:_ PYINFaN٣", max_size=20))
def test_any_text_of_any_type_is_a_value_or_stays_as_it_is(kind: str, text: str):
    store = EmbeddedStore()
    store.update(f'INSERT DATA {{ <urn:a> <urn:b> "{text}"^^xsd:{kind} }}')
    [[found]] = store.table("SELECT ?o { <urn:a> <urn:b> ?o }").rows
    assert isinstance(found, int | float | bool | dt.date | dt.time) or found == text


def test_markup_as_a_literal_is_not_expanded():
    bomb = "<!DOCTYPE x [" + "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(10)) + "]><x>&e9;</x>"
    store = EmbeddedStore()
    store.update(f'INSERT DATA {{ <urn:a> <urn:b> "{bomb}"^^rdf:XMLLiteral , "{bomb}"^^rdf:HTML }}')
    assert store.table("SELECT ?o { <urn:a> <urn:b> ?o }").rows == [[bomb], [bomb]]


def test_our_own_queries_sort_numbers_by_size_and_all_else_by_its_signs():
    values = ['"b"', "12", '"1E9"^^xsd:decimal', "2", '"a"@zh', '"NaN"^^xsd:double', "<urn:x>", "2.5", "true", '"2023-01-01"^^xsd:date']
    values += ["18446744073709551616"]
    query = f"SELECT (STR(?v) AS ?s) {{ VALUES ?v {{ {' '.join(values)} UNDEF }} }} ORDER BY {{}} LIMIT 20"
    held = EmbeddedStore().table(in_total_order(query.replace("{}", "?v"))).rows
    signs = [None, "18446744073709551616", "1E9", "2023-01-01", "a", "b", "true", "urn:x"]  # beyond 64 bits it is no number to Oxigraph
    assert [row[0] for row in held] == [*signs, "NaN", "2", "2.5", "12"]
    back = EmbeddedStore().table(in_total_order(query.replace("{}", "DESC(?v)"))).rows
    assert back == held[::-1]


def test_a_query_that_sorts_by_more_than_variables_is_left():
    query = "SELECT ?v { ?s ?p ?v } ORDER BY STRLEN(?v) ?v"
    assert in_total_order(query) == query


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Things whose every number, day and count is one of those above."""
    folder = tmp_path_factory.mktemp("numbers")
    prefixes = """@prefix ino: <https://w3id.org/innovation-kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix id: <https://w3id.org/innovation-kg/id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix inc: <https://w3id.org/innovation-kg/concept/> .
    @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
    <https://w3id.org/innovation-kg/doc/x#import> nif:anchorOf "一句话。" .
    id:奖 a ino:Award ; rdfs:label "某奖"@zh . id:甲 a ino:Enterprise ; rdfs:label "甲"@zh ; ino:cooperatesWith id:乙 .
    id:乙 a ino:Park ."""
    lines = []
    for n, (text, kind, _) in enumerate(READ):
        if text == VERY_LONG:
            lines.append(f"id:数{n} a ino:Observation ; ino:value {VERY_LONG} .")
            continue
        odd = f'"{text}"^^xsd:{kind}'
        lines += [
            f'id:数{n} a ino:Observation ; ino:indicatorText "产值{n}" ; ino:disclosure inc:disclosed ; ino:planned false ;',
            "  ino:about id:甲 ;",
            f"  ino:value {odd} ; ino:growth {odd} ; ino:rank {odd} ; ino:lower {odd} ; ino:upper {odd} ; ino:periodStart {odd} ;",
            f"  ino:periodEnd {odd} .",
            f'id:约{n} a ino:Commitment ; ino:concerns id:甲 ; ino:statusText "办好" ; ino:due {odd} ; ino:participant id:乙 , id:甲 .',
            f"id:颁{n} a ino:AwardGrant ; ino:concerns id:奖 ; ino:year {odd} ; ino:recipient [ ino:memberCount {odd} ] .",
            f"id:拨{n} a ino:FundingGrant ; ino:concerns id:甲 ; ino:amount {odd} ; ino:projectCount {odd} .",
        ]
    (folder / "x.ttl").write_text("\n".join([prefixes, *lines]), encoding="utf-8")
    assert kg("import", folder / "x.ttl", "-w", folder / "w").status == 0
    return folder / "w"


CHOSEN = [
    command
    for command in COMMANDS
    if command.line[0] in ("report", "view", "validate", "documents", "whatif", "network", "export")
    or (command.line[0] == "query" and "--set" not in command.line)
    or command.line[:3] in (("rank", "--by", "degree"), ("recommend", "{thing}"))
]


def named(command: Command) -> str:
    return str(command)


@pytest.mark.parametrize("command", CHOSEN, ids=named)
def test_every_command_takes_them(workspace: Path, tmp_path: Path, command: Command):
    carry_out(command, workspace, "甲", tmp_path)


@pytest.mark.parametrize("form", ["table", "csv", "json", "parquet"])
def test_an_answer_of_all_of_them_is_written_in_every_format(workspace: Path, tmp_path: Path, form: str):
    done = kg("query", "SELECT ?s ?v { ?s ino:value ?v } ORDER BY ?s", "--format", form, "-o", tmp_path / "x", "-w", workspace)
    assert done.status == 0
    data = (tmp_path / "x").read_bytes()
    if form == "table":
        assert "7777… (1,000,000 characters)" in data.decode().replace("\n", "").replace(" ", "").replace("…(", "… (").replace("0c", "0 c")
        assert len(data) < 200_000
        return
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet}.get(form)
    held = list(read(io.BytesIO(data))["v"].map(str)) if read else [str(row["v"]) for row in json.loads(data)]
    assert len(held) == len(READ)
    assert VERY_LONG in held
    assert "18446744073709551616" in held


def test_whole_numbers_of_more_than_64_bits_go_into_parquet_as_they_are(workspace: Path, tmp_path: Path):
    asked = "SELECT ?v { VALUES ?v { 1 18446744073709551616 } }"
    assert kg("query", asked, "--format", "parquet", "-o", tmp_path / "x", "-w", workspace).status == 0
    assert list(pd.read_parquet(tmp_path / "x")["v"]) == ["1", "18446744073709551616"]


def test_the_service_and_its_explorer_answer_with_them(workspace: Path):
    asked = "SELECT ?v { ?s ino:value ?v }"
    with serving(workspace) as url, client(url) as reader:
        for accepted in ("application/sparql-results+json", "text/csv", "text/tab-separated-values", "application/sparql-results+xml"):
            answer = reader.get("/sparql", params={"query": asked}, headers={"Accept": accepted})
            assert (answer.status_code, VERY_LONG in answer.text) == (200, True)
        summed = reader.get("/sparql", params={"query": "SELECT (SUM(?v) AS ?all) (MAX(?v) AS ?most) { ?s ino:value ?v }"})
        assert summed.status_code == 200
        for path in ("/api/explore/start", "/api/explore/facts?node=id:甲", "/api/explore/find?name=甲", "/api/explore/around?node=id:甲"):
            assert reader.get(path).status_code == 200, path
