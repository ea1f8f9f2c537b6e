"""Commands on what is one thing and what is not."""

import datetime as dt
import getpass
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import DEFAULT_WORKSPACE, JsonOption, LangOption, StoreOption, WorkspaceOption, language, open_workspace, say, tell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.workspace.review import Asked

PairOption = tuple[str, str] | None
ANSWERS = {"y": "same", "n": "apart"}


def review(  # noqa: PLR0913, PLR0917  # one parameter an option
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many pairs.")] = 20,
    same: Annotated[PairOption, typer.Option("--same", help="Two names that are one thing; the second names it.")] = None,
    apart: Annotated[PairOption, typer.Option("--apart", help="Two names that are two things.")] = None,
    undo: Annotated[PairOption, typer.Option("--undo", help="Two names on which a decision is taken back.")] = None,
    by: Annotated[str, typer.Option("--by", help="Who decides; your user name where left out.")] = "",
    because: Annotated[str, typer.Option("--why", help="Why.")] = "",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Names that may be one thing: look, and decide; each answer is a row of decisions.csv. 核对疑似同名。"""
    from kg.resolve.linkage import remark
    from kg.workspace.review import asked

    language(lang)
    given = [(kind, pair) for kind, pair in (("same", same), ("apart", apart), ("undo", undo)) if pair]
    if len(given) > 1:
        raise UsageError("Give one of --same, --apart and --undo.")
    graph = open_workspace(workspace, store)
    if given:
        [(kind, names)] = given
        _decide(graph, kind, *names, by, because)
        return
    if said := remark():
        tell(said)
    found = asked(graph, limit)
    if as_json:
        say(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        return
    if not found:
        say("Nothing is to be asked.")
    for at, one in enumerate(found, 1):
        say(f"[{at}] {one.one}  ?=  {one.other}")
        _print(one, lang)
        if sys.stdin.isatty():
            answer = typer.prompt("one thing? y(es) / n(o) / s(kip) / q(uit)", default="s")[:1].lower()
            if answer == "q":
                return
            if answer in ANSWERS:
                _decide(graph, ANSWERS[answer], one.one, one.other, by, because)
    if found and not sys.stdin.isatty():
        tell("kg review --same A B (or --apart A B) --by WHO --why WHY decides on a pair.")


def why(  # one parameter an option
    one: Annotated[str, typer.Argument(help="A name.")],
    other: Annotated[str, typer.Argument(help="Another name.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    store: StoreOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """Why two names are one thing, or two: score, what speaks for and against, sentences, decisions. 为何同一或不同。"""
    from kg.resolve.linkage import remark
    from kg.workspace.review import why as explain

    language(lang)
    if said := remark():
        tell(said)
    found = explain(open_workspace(workspace, store), one, other)
    if as_json:
        say(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return
    say(f"{one}  {'=' if found.now == 'one thing' else '|'}  {other}: {found.now} in the graph; by their names {found.outcome}")
    _print(found, lang)
    for row in found.decisions:
        say(f"  decision: {row.decision} by {row.by or '-'} {row.when} {row.why}")


def _decide(graph: Any, kind: str, one: str, other: str, by: str, because: str) -> None:
    from kg.resolve.decisions import Decision
    from kg.workspace.review import decide

    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    again = decide(graph, Decision(one, kind, other, by or getpass.getuser(), when, because))
    say(f"{kind}: {one} / {other}" + (f"  (read again: {', '.join(again)})" if again else ""))


def _print(found: "Asked", lang: str) -> None:
    from kg.resolve.linkage import comparisons

    if found.by:
        say(f"  {found.by}: {found.score:.3f}" + (f"; '{found.instead}' fits as well" if found.instead else ""))
    told = {name: levels for name, levels in comparisons().items() if abs(found.weights.get(name, 0.0)) >= 0.05}
    for name in sorted(told, key=lambda name: -abs(found.weights[name])):
        level = found.levels.get(name)
        words = (level.zh if lang == "zh" else level.en) if level else name
        say(f"  {found.weights[name]:+6.1f}  {name:<8} {words}")
    for sentence in {one.words: one for one in (*found.sentences[1], *found.sentences[0])}.values():
        say(f"  {sentence.passage}\n    {sentence.words}")


def _plain(found: "Asked") -> dict[str, Any]:
    made = asdict(found)
    made["levels"] = {name: level.en for name, level in found.levels.items()}
    return made
