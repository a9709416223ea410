"""The hooks in real commits: pre-commit and prek install them from a clone of this repository and run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hook_projects import Project, configuration
from mdreview_hooks.__main__ import NEXT

ROOT = Path(__file__).parents[2]
REVISION = "v0.1.0"
GOOD = "# Paper\n\nNothing is wrong here.\n"
DANGLING = "# Paper\n\nA claim[^1].\n"
GAP = "# 1 One\n\nText.\n\n# 3 Three\n\nText.\n"
CLOSED = GAP.replace("# 3", "# 2")
MORE_THAN_ONE_COMMAND_TAKES = 128 * 1024
"""How many bytes of names pre-commit gives to one process."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of what is committed here, with a tag, where packages can be installed from."""
    if not (ROOT / ".git").exists():
        pytest.skip("hooks are installed from a git repository, and this is none")
    folder = tmp_path_factory.mktemp("hooks")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    asked = subprocess.run([*pip, "--dest", folder, "hatchling"], capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip(f"no package index to install hooks from: {asked.stderr.strip().splitlines()[-1]}")
    clone = folder / "mdreview"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    subprocess.run(["git", "-C", clone, "tag", "--force", REVISION], check=True)
    return clone


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of everyone in these tests: hooks kept apart, no settings of git, and a name for commits.

    The command `mdreview` is the one of this environment.
    """
    home = tmp_path_factory.mktemp("homes")
    names = {
        f"GIT_{role}_{what}": "someone@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **names,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PREK_HOME": str(home / "prek"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.fixture(params=["pre-commit", "prek"])
def project(request: pytest.FixtureRequest, homes: dict[str, str], tmp_path: Path) -> Project:
    """A fresh repository for each of the two programs that run hooks."""
    return Project(tmp_path / "论文 project", Path(sys.executable).parent / request.param, homes)


@pytest.fixture
def configured(project: Project, hooks: Path) -> Callable[..., None]:
    """Writes the configuration with these hooks, at the revision of the clone."""
    return lambda *names, more="": project.write(configuration(hooks, REVISION, *names, more=more))


def places(shown: str) -> list[str]:
    """`file:line:column: severity code` of every finding that was shown."""
    return re.findall(r"(?m)^ *(\S.*:\d+:\d+: \w+ \w+\d)", shown)


def test_the_hooks_can_be_tried_without_configuration(project: Project, hooks: Path) -> None:
    project.write({"good.md": GOOD, "bad.md": DANGLING})
    done = project.run("try-repo", str(hooks), "mdreview", "--all-files")
    assert done.status == 1
    assert places(done.shown) == ["bad.md:3:8: error FN001"]
    project.write({"bad.md": GOOD})
    done = project.run("try-repo", str(hooks), "mdreview", "--all-files")
    assert done.status == 0, done.shown
    assert "Passed" in done.shown


def test_a_commit_is_stopped_until_its_texts_are_right(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview")
    installed = project.run("install")
    assert installed.status == 0, installed.shown
    project.write({"第 一 章.md": DANGLING, "good.qmd": GOOD})
    stopped = project.git("commit", "--message", "First", fails=True)
    assert places(stopped) == ["第 一 章.md:3:8: error FN001"]
    assert NEXT.en in stopped
    assert project.commits() == 0
    project.write({"第 一 章.md": DANGLING + "\n[^1]: Smith 2020.\n"})
    passed = project.git("commit", "--message", "First")
    assert project.commits() == 1
    assert not places(passed)


def test_only_what_is_staged_is_reported(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview")
    project.write({"old.md": DANGLING, ".mdreview.yaml": "exclude: [drafts/]\n"})
    project.git("commit", "--message", "Before there were hooks")
    assert project.run("install").status == 0
    project.write({"new.md": GOOD, "drafts/bad.md": DANGLING})
    project.git("commit", "--message", "New")
    assert project.commits() == 2


def test_a_fix_is_staged_again_and_then_passes(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview-fix", "mdreview")
    assert project.run("install").status == 0
    project.write({"-a b.md": GAP, "论文.Rmd": GOOD})
    stopped = project.git("commit", "--message", "First", fails=True)
    assert "files were modified by this hook" in stopped
    assert "-a b.md: fixed SEC001" in stopped
    # the report comes after the fix, and there is nothing left
    assert not places(stopped)
    assert project.read("-a b.md") == CLOSED
    project.git("add", "--update")
    project.git("commit", "--message", "First")
    assert project.commits() == 1
    assert project.git("status", "--porcelain") == ""


def test_unstaged_changes_are_neither_judged_nor_lost(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview-fix", "mdreview")
    assert project.run("install").status == 0
    project.write({"paper.md": GOOD})
    (project.folder / "paper.md").write_text(GAP, "utf-8")
    project.git("commit", "--message", "First")
    assert project.read("paper.md") == GAP


def test_a_rule_sees_the_whole_work_and_speaks_of_the_staged_files_only(
    project: Project, configured: Callable[..., None]
) -> None:
    configured("mdreview")
    first = "## 2. Models\n\nSee Section 2.2.\n\n### 2.1. Trees\n\nText.\n"
    project.write({"1.md": GOOD, "2.md": "### 2.2. Nets\n\nText[^1].\n", ".mdreview.yaml": "manuscript: ['*.md']\n"})
    project.git("commit", "--message", "Before there were hooks")
    assert project.run("install").status == 0
    project.write({"1.md": first})
    project.git("commit", "--message", "A reference to the other chapter")
    project.write({"1.md": first.replace("2.2", "2.9")})
    stopped = project.git("commit", "--message", "A reference to nowhere", fails=True)
    assert places(stopped) == ["1.md:3:5: error REF001"]


def test_every_kind_of_markdown_is_taken_and_nothing_else(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview", more="    files: ^paper/\n")
    kinds = ["md", "markdown", "mdx", "qmd", "Rmd"]
    others = {"paper/a.txt": DANGLING, "paper/a.tex": DANGLING, "other/a.md": DANGLING}
    project.write({f"paper/a.{kind}": DANGLING for kind in kinds} | others)
    found = [f"paper/a.{kind}:3:8: error FN001" for kind in sorted(kinds)]
    done = project.run("run", "--all-files")
    assert (done.status, sorted(places(done.shown))) == (1, found)
    configured("mdreview")
    done = project.run("run", "--all-files")
    assert (done.status, sorted(places(done.shown))) == (1, ["other/a.md:3:8: error FN001", *found])


def test_what_is_shown_on_a_terminal_is_whole(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview")
    sentence = "The quick brown fox jumps over the lazy dog and over the fence"
    project.write({f"{number}.md": f"# Paper\n\n{sentence}[^1].\n" for number in range(3)})
    done = project.run("run", "--all-files", "--color", "always")
    assert "\x1b[" in done.shown
    # no line is cut, and no progress bar is left behind
    assert done.shown.count(sentence) == 3
    assert "\r" not in done.shown.replace("\r\n", "\n")


def test_two_thousand_files_are_checked_and_fixed(project: Project, configured: Callable[..., None]) -> None:
    configured("mdreview")
    names = [
        f"卷 {number // 100:02}/第 {number:04} 章，一个相当长的中文文件名 with spaces.md" for number in range(2000)
    ]
    assert sum(len(name.encode()) + 1 for name in names) > MORE_THAN_ONE_COMMAND_TAKES
    bad = names[7::50]
    project.write(dict.fromkeys(names, GOOD) | dict.fromkeys(bad, GAP))
    done = project.run("run", "--all-files")
    assert done.status == 1
    assert sorted(places(done.shown)) == [f"{name}:5:3: warning SEC001" for name in bad]
    if project.runner.name == "pre-commit":
        # the list went to several processes, one after the other
        assert done.shown.count(NEXT.en) > 1
    configured("mdreview-fix")
    done = project.run("run", "--all-files")
    assert done.status == 1
    assert sorted(re.findall(r"(?m)^ *(\S.*): fixed SEC001$", done.shown)) == bad
    assert all(project.read(name) == CLOSED for name in bad)
    configured("mdreview-fix", "mdreview")
    done = project.run("run", "--all-files")
    assert (done.status, places(done.shown)) == (0, []), done.shown


def test_the_environment_of_the_hooks_holds_what_they_need_and_no_more(
    project: Project, configured: Callable[..., None], homes: dict[str, str]
) -> None:
    configured("mdreview")
    project.write({"good.md": GOOD})
    assert project.run("run", "--all-files").status == 0
    name = "PRE_COMMIT_HOME" if project.runner.name == "pre-commit" else "PREK_HOME"
    installed = {path.name for path in _site_packages(Path(homes[name]))}
    assert {"mdreview", "mdreview_hooks", "markdown_it"} <= installed
    assert not installed & {"pygls", "lsprotocol", "hypothesis"}


def _site_packages(home: Path) -> Iterator[Path]:
    for folder in home.glob("**/site-packages"):
        yield from folder.iterdir()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_configurations_of_the_guide_work(project: Project, hooks: Path, language: str) -> None:
    page = (ROOT / "docs" / "guide" / language / "pre-commit.md").read_text("utf-8")
    first, options, own = re.findall(r"(?ms)^```yaml\n(.*?)^```", page)
    # the guide takes the repository for a neighbour of the project
    (project.folder.parent / "mdreview").symlink_to(hooks)
    project.write({".pre-commit-config.yaml": first, "paper/a.md": GAP, "b.md": DANGLING, "c.txt": DANGLING})
    done = project.run("run", "--all-files")
    assert places(done.shown) == ["b.md:3:8: error FN001"]
    assert project.read("paper/a.md") == CLOSED
    project.write({".pre-commit-config.yaml": options, "paper/a.md": DANGLING})
    done = project.run("run", "--all-files")
    assert places(done.shown) == ["paper/a.md:3:8: 错误 FN001"]
    project.write({".pre-commit-config.yaml": own})
    done = project.run("run", "--all-files")
    assert places(done.shown) == ["c.txt:3:8: error FN001"]
