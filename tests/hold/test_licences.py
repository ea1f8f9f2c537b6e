"""What `pip install 'innovation-kg[all]'` brings is free to use in any product: no copyleft but what was accepted by name, nor within."""

import datetime as dt
import re
import tomllib
from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit import ACCEPTED

STRONG = re.compile(r"\bA?GPL|GNU (Affero )?General Public|\bSSPL|Server Side Public|\bEUPL|\bCC-BY-(SA|NC)|\bOSL", re.IGNORECASE)
WEAK = re.compile(r"\bLGPL|GNU (Lesser|Library)|\bMPL|Mozilla Public|\bEPL|Eclipse Public|\bCDDL|\bCPL|Common Public", re.IGNORECASE)
LONG = 200
"""Characters from which a field `License` is the licence's text, which may name others; the classifiers tell then."""


def told(of: Message) -> str:
    """What a package says of its licence: an expression, else a short name and the classifiers, else the licence's text."""
    name = of.get("License", "")
    classifiers = [one for one in of.get_all("Classifier", []) if one.startswith("License ::")]
    said = [of.get("License-Expression", ""), name if len(name) < LONG else "", *classifiers]
    return "; ".join(filter(None, said)) or name


def brought(package: str, *extras: str) -> dict[str, str]:
    """What a package and its extras bring here, by name: what it says of its licence."""
    found: dict[str, str] = {}
    seen, waiting = set(), [(package, frozenset(extras))]
    while waiting:
        name, wanted = asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        try:
            there = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system, or an extra that is not installed
            continue
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


def test_nothing_that_is_brought_has_a_copyleft_licence_that_nobody_accepted():
    licences = brought("innovation-kg", "all")
    assert {"networkit", "rustworkx", "scikit-learn", "pyarrow", "rdflib", "matplotlib"} <= licences.keys()
    assert [name for name, licence in licences.items() if not licence.strip()] == []
    assert {name: licence for name, licence in licences.items() if STRONG.search(licence)} == {}
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["licence"]
    assert {name for name, licence in licences.items() if WEAK.search(licence)} == {one["package"] for one in accepted}
    for one in accepted:
        assert one["licence"] in licences[one["package"]]
        assert isinstance(one["date"], dt.date) and one["why"].strip()


@pytest.mark.parametrize(
    ("fields", "strong", "weak"),
    [
        ([("License-Expression", "GPL-2.0-or-later")], True, False),
        ([("License", "GNU General Public License (GPL)")], True, False),
        ([("License", "MIT"), ("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3")], True, False),
        ([("License-Expression", "LGPL-3.0-only")], False, True),
        ([("Classifier", "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)")], False, True),
        ([("License", "MPL-2.0 AND MIT")], False, True),
        ([("License", "BSD. " * 50 + "Compare the GPL."), ("Classifier", "License :: OSI Approved :: BSD License")], False, False),
        ([("License", "A text " * 50 + "of the GPL.")], True, False),
        ([("License-Expression", "Apache-2.0 OR BSD-2-Clause")], False, False),
    ],
)
def test_a_copyleft_licence_is_told_by_whatever_field_names_it(fields: list[tuple[str, str]], strong: bool, weak: bool):
    of = Message()
    for name, value in fields:
        of[name] = value
    assert (bool(STRONG.search(told(of))), bool(WEAK.search(told(of)))) == (strong, weak)
