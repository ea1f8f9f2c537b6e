"""Commands that look at the graph as a network."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import vocab
from kg.cli.options import (
    DEFAULT_WORKSPACE,
    FormatOption,
    JsonOption,
    LangOption,
    ProjectionOption,
    StoreOption,
    WorkspaceOption,
    format_of,
    language,
    open_workspace,
    print_table,
    projection_text,
    say,
    tell,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

OfOption = Annotated[str | None, typer.Option("--of", help="With --through: the class whose things are compared, as Enterprise.")]
ThroughOption = Annotated[
    str | None, typer.Option("--through", help="Join things of --of by what they share of this class, as Technology.")
]


def graph_of(store: "Store", projection: str, of: str | None = None, through: str | None = None) -> "nx.MultiDiGraph[str]":
    """The network of `--projection`, `--of` and `--through`.

    Raises:
        UsageError: no such projection or class, or one of `--of` and `--through` without the other.
    """
    from kg.analyse import one_mode, project

    graph = project(store, projection_text(projection))
    if bool(of) != bool(through):
        raise UsageError("--of and --through go together: --of Enterprise --through Technology.")
    return one_mode(graph, of, through) if of and through else graph


def rank(  # noqa: PLR0913, PLR0917  # one parameter an option
    by: Annotated[str, typer.Option("--by", help="Centrality; kg network --centralities explains them.")] = "betweenness",
    top: Annotated[int, typer.Option("--top", help="How many.")] = 20,
    projection: ProjectionOption = "whole",
    of: OfOption = None,
    through: ThroughOption = None,
    resample: Annotated[int, typer.Option("--resample", help="Rank so many networks with a tenth of the ties left out too.")] = 0,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
) -> None:
    """Rank things by their place in the network. 按网络位置排名。"""
    from kg.analyse import rank as rank_nodes

    table_format = format_of(table_format, as_json)
    with open_workspace(workspace, store).reading() as held:
        graph = graph_of(held, projection, of, through)
    table = rank_nodes(graph, by, top, resample)
    if table.attrs["error"]:
        tell(f"estimated; within {table.attrs['error']:.3g} with {table.attrs['confidence']:.0%} confidence.")
    print_table(table, table_format)


def network(  # noqa: PLR0913, PLR0917  # one parameter an option
    projection: ProjectionOption = "whole",
    centralities: Annotated[
        bool, typer.Option("--centralities", help="Explain the centralities of kg rank and the projections instead.")
    ] = False,
    cut: Annotated[bool, typer.Option("--cut", help="List the things and ties without which a part falls in two.")] = False,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Figures of the whole network, the projections, the centralities. 网络整体指标。"""
    from kg.analyse import Network, explained, projections, whole
    from kg.analyse import centralities as names
    from kg.show.findings import cuts, figures_of_whole

    table_format, lang = format_of(table_format, as_json), language(lang)
    if centralities:
        for name in names():
            say(f"{name:<18} {': '.join(explained(name, lang)) if lang == 'en' else '：'.join(explained(name, lang))}")
        say("")
        for name, one in projections().items():
            say(f"{name:<18} {one.zh if lang == 'zh' else one.en}")
        return
    with open_workspace(workspace, store).reading() as held:
        graph = graph_of(held, projection)
    found = Network.of(graph)
    print_table(cuts(graph, found) if cut else figures_of_whole(whole(found)), table_format)


def clusters(
    projection: ProjectionOption = "whole",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
) -> None:
    """Find clusters and what binds each: industry, park, programme. 聚类及其纽带。"""
    from kg.analyse import Network, communities, portraits
    from kg.show import findings

    table_format = format_of(table_format, as_json)
    with open_workspace(workspace, store).reading() as held:
        graph = graph_of(held, projection)
    found = communities(Network.of(graph))
    tell(f"{findings.quality(found)}.")
    print_table(findings.clusters(graph, portraits(graph, found)), table_format)


def whatif(
    remove: Annotated[list[str], typer.Option("--remove", help="Name of a thing that leaves; may be given several times.")],
    projection: ProjectionOption = "whole",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
) -> None:
    """What if a thing leaves: parts, lost paths, orphaned projects, policies without takers. 假如某主体退出。"""
    from kg.analyse.absence import without
    from kg.show import findings
    from kg.show.serialization import records

    table_format = format_of(table_format, as_json)
    with open_workspace(workspace, store).reading() as held:
        graph = graph_of(held, projection)
        leaving = [_node(held, graph, name, projection) for name in remove]
    absence = without(graph, leaving)
    figures, effects = findings.before_and_after(absence), findings.effects(graph, absence)
    if table_format == "json":
        removed = [graph.nodes[node]["name"] for node in absence.removed]
        _print_json({"removed": removed, "figures": records(figures), "effects": records(effects)})
        return
    if table_format == "table":
        say(f"without {'、'.join(graph.nodes[node]['name'] for node in absence.removed)}\n")
        print_table(figures, "table")
        say("")
    print_table(effects, table_format)


def recommend(  # noqa: PLR0913, PLR0917  # one parameter an option
    thing: Annotated[str | None, typer.Argument(help="Name of the thing that looks for partners.")] = None,
    to: Annotated[list[str] | None, typer.Option("--to", help="Class of the candidates; organisations where left out.")] = None,
    top: Annotated[int, typer.Option("--top", help="How many.")] = 10,
    backtest: Annotated[bool, typer.Option("--backtest", help="Hide the latest ties, predict them, print AUC and precision@10.")] = False,
    indices: Annotated[bool, typer.Option("--indices", help="A column for each index.")] = False,
    projection: ProjectionOption = "whole",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    table_format: FormatOption = "table",
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Partners worth introducing, with the paths that speak for them. 推荐合作对象。"""
    from kg.analyse.prediction import INDICES
    from kg.analyse.recommendation import Partners
    from kg.show import findings

    language(lang)
    if thing is None and not backtest:
        raise UsageError("Name a thing, or ask for --backtest.")
    table_format = format_of(table_format, as_json)
    with open_workspace(workspace, store).reading() as held:
        graph = graph_of(held, projection)
        node = _node(held, graph, thing, projection) if thing else None
    kind = frozenset[str]() if node is None else frozenset({graph.nodes[node]["type"]}) - vocab.playing("partner")
    partners = Partners(graph, kind, _classes(graph, to or []))
    if backtest:
        _print_backtest(partners, table_format)
    if node is not None:
        model = partners.learn()
        found = findings.candidates(graph, partners.candidates(node, top, model), lang)
        if model is None:
            tell("fewer than 100 ties to learn from; the score is the mean rank of the indices.")
        print_table(found if indices or table_format != "table" else found.drop(columns=list(INDICES)), table_format)


def _print_backtest(partners: Any, table_format: str) -> None:
    from kg.show.findings import trials

    result = partners.backtest()
    if result is None:
        raise UsageError("There are fewer than 20 ties to hide and predict. Bring more reports in first.")
    how = "the latest" if result.by_date else "at random, as they carry no different dates"
    which = "of these classes" if partners.of_these else "of all classes, as these have fewer than 20"
    tell(f"{result.hidden} ties {which} hidden ({how}), {result.known} known; spans are 95 % confidence intervals.")
    print_table(trials(result), table_format)


def _classes(graph: "nx.MultiDiGraph[str]", names: list[str]) -> frozenset[str]:
    known = {data["type"] for _, data in graph.nodes(data=True)}
    unknown = sorted(set(names) - known)
    if unknown:
        raise UsageError(f"The network has no {unknown[0]}. Its classes: {', '.join(sorted(known))}.")
    return frozenset(names)


def _node(store: "Store", graph: "nx.MultiDiGraph[str]", name: str, projection: str) -> str:
    """The node of a name.

    Raises:
        QueryError: nothing in the graph has that name.
        UsageError: the projection leaves it out.
    """
    from kg.query import thing_called

    node = name if name in graph else vocab.compact(str(thing_called(store, name)))
    if node not in graph:
        raise UsageError(f"'{name}' is in the graph, but the projection '{projection}' leaves it out. Try --projection whole.")
    return node


def _print_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1))
