"""What bandit reports of the package, beside what was accepted: `python -m tests.audit`, part of `make lint`."""

import datetime as dt
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / "docs" / "accepted.toml"
CODE = ("kg", "hatch_build.py")


def accepted(text: str) -> set[tuple[str, str]]:
    """Pairs of a test and a file; each entry has a date and a reason."""
    entries = tomllib.loads(text)["accepted"]
    for entry in entries:
        if not (isinstance(entry["date"], dt.date) and entry["why"].strip()):
            raise ValueError(f"{ACCEPTED.name}: {entry['test']} in {entry['file']} needs a date and a reason.")
    return {(entry["test"], entry["file"]) for entry in entries}


def reported(root: Path) -> dict[tuple[str, str], str]:
    """A pair of a test and a file → where and what, for all that bandit reports."""
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", *CODE, "--format", "json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    if found["errors"]:
        raise ValueError(f"bandit could not read all: {found['errors']}")
    return {(one["test_id"], one["filename"].removeprefix("./")): _line(one) for one in found["results"]}


def _line(one: dict[str, Any]) -> str:
    return f"{one['filename']}:{one['line_number']}: {one['test_id']} {one['issue_text']}"


def differences(found: dict[tuple[str, str], str], known: set[tuple[str, str]]) -> list[str]:
    """A line for each report that is not accepted, and for each entry that nothing reports any more."""
    new = [found[pair] for pair in sorted(found.keys() - known)]
    gone = sorted(known - found.keys())
    return new + [f"{ACCEPTED.name}: nothing reports {test} in {file} any more. Take the entry out." for test, file in gone]


if __name__ == "__main__":
    lines = differences(reported(ROOT), accepted(ACCEPTED.read_text(encoding="utf-8")))
    print("\n".join(lines) or "bandit reports nothing that was not accepted.")
    sys.exit(bool(lines))
