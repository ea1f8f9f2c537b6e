"""What `pip install 'innovation-kg[all]'` brings, and the pages bundle, is free to use in any product: permissive, or accepted by name."""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit import ACCEPTED, ROOT

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU", "PSF-2.0", "Public-Domain", "Zlib",
}  # fmt: skip
"""By their SPDX names. Any other needs a word in `docs/accepted.toml`."""
SPELT = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License ISCL": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 MPL 2.0": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""How classifiers and short names say it, without brackets."""
SILENT = {"", "UNKNOWN"}
UNTOLD = "says no licence"
LONG = 200
"""Characters from which a field `License` is the licence's text, which may name others; the classifiers tell then."""


def told(of: Message) -> str:
    """What a package says of its licence: an expression, else a short name and the classifiers, else the licence's text."""
    name = of.get("License", "")
    classifiers = [one for one in of.get_all("Classifier", []) if one.startswith("License ::")]
    said = [of.get("License-Expression", ""), name if len(name) < LONG else "", *classifiers]
    return "; ".join(filter(None, said)) or name


def other_than_permissive(said: str) -> set[str]:
    """Licences in a package's words that are not on the list, all that it names being looked at; that it names none is one too."""
    words = re.split("; |, | and | or ", re.sub("[()]", "", said), flags=re.IGNORECASE)
    parts = {part.removeprefix("License :: OSI Approved").strip(" :") for part in words}
    named = {SPELT.get(part, part) for part in parts - SILENT}
    return named - PERMISSIVE if named else {UNTOLD}


def brought(package: str, *extras: str) -> dict[str, str]:
    """What a package and its extras bring here, by name: what it says of its licence.

    Raises:
        importlib.metadata.PackageNotFoundError: something of it is not installed, so that its licence cannot be read.
    """
    found: dict[str, str] = {}
    seen, waiting = set(), [(package, frozenset(extras))]
    while waiting:
        name, wanted = asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        there = metadata.distribution(name)
        found[name] = told(there.metadata)
        for one in map(Requirement, there.requires or ()):
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in (*wanted, "")):
                waiting.append((canonicalize_name(one.name), frozenset(one.extras)))
    return found


FILES = re.compile(r"(^|/)[^/]*(licen[cs]e|copying|notice)[^/]*(\.(txt|md|rst))?$", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|GNU LESSER GENERAL PUBLIC LICENSE", re.IGNORECASE)


def carrying(package: str) -> bool:
    """Whether a licence file of a package tells of a library under the LGPL within: wheels carry along what they were built with."""
    files = metadata.distribution(package).files or ()
    beside = [file for file in files if FILES.search(str(file)) and (".dist-info" in str(file) or file.suffix == ".txt")]
    return any(LESSER.search(Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")) for file in beside)


def test_libraries_of_others_within_a_package_are_under_no_copyleft_that_nobody_accepted():
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["carried"]
    assert {name for name in brought("innovation-kg", "all") if carrying(name)} <= {one["package"] for one in accepted}
    for one in accepted:
        assert one["licence"] and isinstance(one["date"], dt.date) and one["why"].strip()


def test_nothing_that_a_user_installs_has_a_licence_that_is_not_permissive_but_what_was_accepted_by_name():
    licences = brought("innovation-kg", "all")
    needed = {canonicalize_name(one.name) for one in asked_of_users() if one.marker is None or one.marker.evaluate()}
    assert needed - licences.keys() == set()
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["licence"]
    others = {name: other_than_permissive(licence) for name, licence in licences.items()}
    assert {name: found for name, found in others.items() if found} == {one["package"]: {one["licence"]} for one in accepted}
    for one in accepted:
        assert isinstance(one["date"], dt.date) and one["why"].strip()


def asked_of_users() -> Iterator[Requirement]:
    """What the package and each extra for its users require. `dev` is for who changes the software: none of it is in what is shipped."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert sorted(extras.keys() - {"dev", "all"}) == sorted(Requirement(*extras["all"]).extras)
    for lines in (project["dependencies"], *(extras[name] for name in extras if name != "dev")):
        yield from map(Requirement, lines)


def test_nothing_that_the_pages_bundle_has_a_licence_that_is_not_permissive():
    assert of_pages(json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))) == {}


def of_pages(lock: dict[str, Any]) -> dict[str, set[str]]:
    """Packages of a lock file of npm that are no tools of development, where their licence is not permissive."""
    kept = {name: one for name, one in lock["packages"].items() if name and not one.get("dev")}
    assert kept
    others = {name: other_than_permissive(one.get("license", "")) for name, one in kept.items()}
    return {name: found for name, found in others.items() if found}


def test_a_bundled_package_under_another_licence_is_told():
    packages = {
        "": {},
        "node_modules/a": {"license": "GPL-3.0-only"},
        "node_modules/b": {},
        "node_modules/c": {"license": "(MIT OR Apache-2.0)"},
    }
    tools = {"node_modules/d": {"license": "MPL-2.0", "dev": True}}
    assert of_pages({"packages": packages | tools}) == {"node_modules/a": {"GPL-3.0-only"}, "node_modules/b": {UNTOLD}}


def test_what_is_not_installed_is_not_passed_over():
    with pytest.raises(metadata.PackageNotFoundError):
        brought("innovation-kg-of-nobody")


@pytest.mark.parametrize(
    ("fields", "others"),
    [
        ([("License-Expression", "GPL-2.0-or-later")], {"GPL-2.0-or-later"}),
        ([("License", "GNU General Public License (GPL)")], {"GNU General Public License GPL"}),
        (
            [("License", "MIT"), ("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3")],
            {"GNU Affero General Public License v3"},
        ),
        ([("License-Expression", "LGPL-3.0-only")], {"LGPL-3.0-only"}),
        ([("License", "MPL-2.0 AND MIT"), ("Classifier", "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)")], {"MPL-2.0"}),
        ([("Classifier", "License :: Other/Proprietary License")], {"License :: Other/Proprietary License"}),
        ([("License", "UNKNOWN"), ("Classifier", "License :: OSI Approved")], {UNTOLD}),
        ([("Name", "nothing")], {UNTOLD}),
        ([("License", "UNKNOWN"), ("Classifier", "License :: OSI Approved :: ISC License (ISCL)")], set()),
        ([("License", "BSD. " * 50 + "Compare the GPL."), ("Classifier", "License :: OSI Approved :: BSD License")], set()),
        ([("License-Expression", "Apache-2.0 OR BSD-2-Clause")], set()),
    ],
)
def test_a_licence_that_is_not_permissive_is_told_by_whatever_field_names_it(fields: list[tuple[str, str]], others: set[str]):
    of = Message()
    for name, value in fields:
        of[name] = value
    assert other_than_permissive(told(of)) == others
