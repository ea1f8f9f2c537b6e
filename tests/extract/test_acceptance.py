"""The extractor against what the real report states. The report and the gold file are no part of the project."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.as_json import as_json
from kg.read import read
from tests.conftest import SHARED

BARS = {"entities": 0.75, "observations": 0.80, "relations": 0.60, "events": 0.60}


@pytest.mark.parametrize("gazetteer", [True, False])
def test_the_real_report_is_read_above_the_bars(real_report: Path, tmp_path: Path, gazetteer: bool):
    found = tmp_path / "found.json"
    found.write_text(json.dumps(as_json(extract(read(real_report), gazetteer)), ensure_ascii=False), encoding="utf-8")
    scorer = SHARED / "acceptance" / "score.py"
    run = subprocess.run(
        [sys.executable, scorer, scorer.with_name("seed.json"), found, *(f"--min={k}={v}" for k, v in BARS.items())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert re.findall(r"grounded=([\d.]+)", run.stdout) == ["1.000"] * 4


def test_the_same_file_gives_the_same_facts(real_report: Path):
    assert as_json(extract(read(real_report))) == as_json(extract(read(real_report)))
