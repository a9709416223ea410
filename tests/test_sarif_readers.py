"""SARIF in the hands of its makers: the official schema, and the validator of Microsoft's SARIF Multitool with it.

Both come in one npm package; nothing of them is kept here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
PACKAGE = "@microsoft/sarif-multitool-linux"
VERSION = "5.7.0"


@pytest.fixture(scope="module")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package, installed from the registry."""
    npm = shutil.which("npm")
    if npm is None or sys.platform != "linux":
        pytest.skip("needs npm, on Linux")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--prefix", str(folder), "--no-save", "--no-audit", "--no-fund", f"{PACKAGE}@{VERSION}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    if done.returncode:
        pytest.skip(f"the registry did not give {PACKAGE}: {done.stderr[-300:]}")
    return folder / "node_modules" / PACKAGE


@pytest.fixture(scope="module", params=["en", "zh"])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on the examples, which have fixes and related places."""
    folder = tmp_path_factory.mktemp("论文 与 报告")
    shutil.copytree(ROOT / "examples", folder / "例 1")
    report = folder / "all.sarif"
    words = ["--select", "ALL", "--isolated", "--lang", request.param, "--output-format", f"sarif={report}", "."]
    subprocess.run([sys.executable, "-m", "mdreview", "check", *words], cwd=folder, check=False)
    results = json.loads(report.read_text("utf-8"))["runs"][0]["results"]
    assert any("fixes" in result for result in results) and any("relatedLocations" in result for result in results)
    return report


def refused(multitool: Path, log: Path) -> str:
    """What the official schema has against a log; empty where nothing."""
    schema = multitool / "sarif-2.1.0.json"
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--schemafile", str(schema), str(log)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


def test_the_official_schema_takes_the_log(multitool: Path, log: Path, tmp_path: Path) -> None:
    assert refused(multitool, log) == ""
    wrong = tmp_path / "wrong.sarif"
    wrong.write_text(log.read_text("utf-8").replace('"startLine": ', '"startLine": -', 1), "utf-8")
    assert "startLine" in refused(multitool, wrong)


def test_the_validator_of_the_multitool_has_neither_errors_nor_warnings(
    multitool: Path, log: Path, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.sarif"
    rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--kind", "Fail"]
    command = [str(multitool / "Sarif.Multitool"), "validate", str(log), *rules, "--output", str(answer)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    [run] = json.loads(answer.read_text("utf-8-sig"))["runs"]
    told = [result for result in run["results"] if result.get("level", "warning") != "note"]
    assert told == []
    # it says something of every log; where it says nothing it has read nothing
    assert run["results"]
    assert run["invocations"][0]["executionSuccessful"]
