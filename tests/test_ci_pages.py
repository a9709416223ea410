"""The workflow files in the guide: whole by the schemas of GitHub and GitLab, their commands run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import format_readers as read
import pytest
import yaml
from junitparser import JUnitXml

from mdreview.formats import REPORT_MARK

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


def shown(language: str) -> dict[str, str]:
    """The two files that the page of a language shows."""
    page = (ROOT / "docs" / "guide" / language / "ci.md").read_text("utf-8")
    workflow, pipeline = re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)
    return {"github": workflow, "gitlab": pipeline}


def loaded(language: str, host: str) -> Any:
    return yaml.safe_load(shown(language)[host])


def command(language: str, host: str) -> str:
    """The command that checks, as a shell gets it."""
    if host == "gitlab":
        [line] = loaded(language, host)["mdreview"]["script"]
        return str(line)
    steps = loaded(language, host)["jobs"]["mdreview"]["steps"]
    return str(next(step["run"] for step in steps if step.get("run", "").startswith("mdreview ")))


@pytest.mark.parametrize("host", SCHEMAS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_what_the_host_takes(language: str, host: str, tmp_path: Path) -> None:
    file = tmp_path / "file.yml"
    file.write_text(shown(language)[host], "utf-8")
    tool = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run([tool, "--builtin-schema", SCHEMAS[host], file], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("host", SCHEMAS)
def test_both_languages_do_the_same(host: str) -> None:
    english, chinese = (shown(language)[host] for language in LANGUAGES)
    assert english == chinese.replace("mdreview check --lang zh", "mdreview check")


@pytest.fixture
def job(tmp_path: Path) -> dict[str, str]:
    """The environment of a job in a folder with a text that has findings."""
    shutil.copy(ROOT / "examples" / "review.zh.md", tmp_path / "论文 1.md")
    summary = tmp_path / "summary"
    summary.touch()
    folders = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": folders, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(tmp_path)}


def ran(line: str, folder: Path, environment: dict[str, str]) -> str:
    """What the command prints; it must end as where there are findings."""
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line]
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout


def reports_for_github(folder: Path, output: str) -> None:
    assert {command.properties["file"] for command in read.github(output)} == {"论文 1.md"}
    assert (folder / "summary").read_text("utf-8").startswith(REPORT_MARK)
    assert len(read.sarif((folder / "mdreview.sarif").read_text("utf-8")).results) == len(read.github(output))


def reports_for_gitlab(folder: Path, output: str) -> None:
    assert "论文 1.md:" in output
    issues = read.gitlab((folder / "code-quality.json").read_text("utf-8"))
    assert {issue.location.path for issue in issues} == {"论文 1.md"}
    assert JUnitXml.fromfile(str(folder / "junit.xml")).tests == len(issues)


REPORTS = {"github": reports_for_github, "gitlab": reports_for_gitlab}


@pytest.mark.parametrize("host", SCHEMAS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_writes_what_the_host_reads(language: str, host: str, tmp_path: Path, job: dict[str, str]) -> None:
    REPORTS[host](tmp_path, ran(command(language, host), tmp_path, job))


@pytest.mark.slow
def test_the_whole_job_works_in_an_environment_of_its_own(tmp_path: Path, job: dict[str, str]) -> None:
    """Install as the page says, from a repository, then check; the address is that of this checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    job["PATH"] = f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{job['PATH']}"
    [install] = loaded("en", "gitlab")["mdreview"]["before_script"]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    job["MDREVIEW"] = f"git+{ROOT.as_uri()}@{commit.decode().strip()}"
    subprocess.run(["bash", "-ec", install], cwd=tmp_path, env=job, check=True)
    where = subprocess.run(["bash", "-c", "command -v mdreview"], env=job, capture_output=True, check=True).stdout
    assert where.decode().startswith(str(tmp_path))
    reports_for_github(tmp_path, ran(command("en", "github"), tmp_path, job))
