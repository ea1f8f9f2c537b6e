"""Facts from files: JSON as `kg extract --json` prints it, or reports that are extracted on the way."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg import files
from kg.confine.limits import Limits
from kg.errors import UsageError
from kg.extract.as_json import as_json
from kg.read import readable
from kg.workspace.ingest.prepare import Look, Options
from kg.workspace.ingest.processes import crew, look

Facts = Mapping[str, Any]

NEEDED = {
    "entities": ("name", "type"),
    "observations": ("indicator",),
    "relations": ("subject", "predicate", "object"),
    "events": ("type",),
}
"""Keys without which an item of a kind cannot be compared."""


def gold_facts(path: Path) -> dict[str, Facts]:
    """Facts written by hand, by file stem: one JSON file, or the JSON files of a folder.

    Raises:
        UsageError: nothing there, no JSON, or an item without what its kind needs; the message names file and item.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no .json file. Name a gold file or a folder of them.")
    return {file.stem: _checked(file) for file in files}


def predicted_facts(path: Path, stems: list[str], options: Options, limits: Limits) -> dict[str, Facts]:
    """Facts to be judged, for each gold stem that has any: from JSON, or from the report of that stem.

    Args:
        path: a file, or a folder that holds for a stem `stem.json` or a report `stem.txt`, `stem.docx` …
        stems: the stems of the gold files.
        options: how a report is read.
        limits: of each report, which is read in a process of its own.

    Raises:
        UsageError: nothing there for any stem.
    """
    with crew(1, limits, options.proposers) as readers:

        def facts(file: Path) -> Facts:
            if file.suffix == ".json":
                return _checked(file)
            said: Facts = look(Look(file, options, as_json, must_state=False), readers, limits)[0]
            return said

        return _found(path, stems, facts)


def _found(path: Path, stems: list[str], facts: Callable[[Path], Facts]) -> dict[str, Facts]:
    if not path.is_dir():
        return {stems[0]: facts(path)}
    reports = {file.stem: file for file in sorted(path.iterdir()) if file.is_file() and readable(file)}
    found = {stem: facts(reports.get(stem, path / f"{stem}.json")) for stem in stems if _there(path, stem, reports)}
    if not found:
        raise UsageError(f"{path} holds no file for {stems[0]}. Name facts and gold alike, such as {stems[0]}.json.")
    return found


def _there(path: Path, stem: str, reports: Mapping[str, Path]) -> bool:
    return stem in reports or (path / f"{stem}.json").is_file()


def _checked(path: Path) -> Facts:
    try:
        facts = json.loads(files.text(path, UsageError, files.MAX_BYTES))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON ({error}). Write it with `kg extract FILE --json`.") from error
    if not isinstance(facts, dict):
        raise UsageError(f"{path} holds no JSON object with {', '.join(NEEDED)}.")
    for kind, keys in NEEDED.items():
        items = facts.get(kind, [])
        if not isinstance(items, list):
            raise UsageError(f"{path}: '{kind}' is no list.")
        for number, item in enumerate(items, 1):
            missing = [key for key in keys if not isinstance(item, dict) or key not in item]
            if missing:
                raise UsageError(f"{path}, {kind} {number}: no '{missing[0]}'. Add it, or take the item out.")
    return facts
