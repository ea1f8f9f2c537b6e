"""The texts of an answer's cells: the short way for IRIs alone gives what the long way gives."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.terms import text_of, texts_of

IRI = st.sampled_from(["https://x/企业1", "https://x/doc#char=3,9", "urn:a"]).map(ox.NamedNode)
CELL = st.one_of(
    IRI,
    st.text(max_size=6).filter(lambda text: text.isprintable()).map(ox.Literal),
    st.just(ox.Literal("<a>", datatype=ox.NamedNode("https://x/d"))),
    st.just(ox.BlankNode("b1")),
    st.just(ox.Literal(12)),
    st.none(),
)


def answer_of(rows: list[list[ox.NamedNode | ox.Literal | ox.BlankNode | None]]) -> str:
    """What the store writes for such rows: two columns."""
    values = " ".join("(" + " ".join("UNDEF" if cell is None else str(cell) for cell in row) + ")" for row in rows)
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}".replace("_:b1", "<urn:blank>"))
    assert isinstance(found, ox.QuerySolutions)
    return (found.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()


@given(
    st.lists(st.lists(IRI, min_size=2, max_size=2), max_size=4)
    | st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=4)
    | st.lists(st.tuples(IRI, CELL).map(list), max_size=4)
)
def test_cells_are_read_the_same_whether_all_are_iris_or_not(rows):
    answer = answer_of(rows)
    assert texts_of(answer) == [[text_of(cell) for cell in row.split("\t")] for row in answer.split("\n")[1:] if row]


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("?a\t?b\n<urn:a>\t<urn:b>\n<urn:c>\t<urn:d>\n", [["urn:a", "urn:b"], ["urn:c", "urn:d"]]),
        ("?a\n<urn:a>\n", [["urn:a"]]),
        ("?a\n", []),
        ('?a\n"<x"^^<urn:d>\n', [["<x"]]),
        ('?a\t?b\n<urn:a>\t"他说\\"好\\""@zh\n', [["urn:a", '他说"好"']]),
        ("?a\t?b\n<urn:a>\t\n", [["urn:a", ""]]),
        ('?a\t?b\n<urn:a>\t"甲"@zh\n<urn:b>\t"2"^^<urn:d>\n<urn:c>\t"\\t"\n', [["urn:a", "甲"], ["urn:b", "2"], ["urn:c", "\t"]]),
        ('?a\t?b\n<urn:a>\t"甲"@zh\n<urn:b>\t2\n', [["urn:a", "甲"], ["urn:b", "2"]]),
        ('?a\t?b\n<urn:a>\t"x"\n<urn:b>\t<urn:c>\n', [["urn:a", "x"], ["urn:b", "urn:c"]]),
    ],
)
def test_an_answer_is_read_cell_by_cell(answer: str, texts: list[list[str]]):
    assert texts_of(answer) == texts
