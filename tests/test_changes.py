"""`--since`: findings on the lines that changed, as git tells; tried in real repositories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command_line import Run, write

OLD = "# 论文\n\n准确率提升了25%。\n\n见脚注[^1]。\n"


def git(*words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


@pytest.fixture
def repository(run: Run) -> Run:
    """The command line in a repository with one commit, which holds OLD as `a.md` and `论文 集/b.md`."""
    Path(".git").rmdir()
    git("init", "-q", "-b", "main")
    write({"a.md": OLD, "论文 集/b.md": OLD})
    git("add", ".")
    git("commit", "-q", "-m", "one")
    return run


def lines(run: Run, *words: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for record in json.loads(run("check", "--output-format", "json", *words).out):
        found.setdefault(record["file"], []).append(record["line"])
    return found


def test_only_changed_lines_count(repository: Run) -> None:
    assert len(lines(repository)) == 2
    assert repository("check", "--since", "HEAD").status == 0
    changed = OLD.replace("准确率", "精度") + "\n新增[^2]。\n"
    write({"a.md": changed, "论文 集/b.md": "# 加一行\n\n" + OLD, "new.md": OLD})
    assert lines(repository, "--since", "HEAD") == {"a.md": [3, 7], "new.md": [3, 5]}
    git("add", ".")
    assert lines(repository, "--since", "HEAD") == {"a.md": [3, 7], "new.md": [3, 5]}
    git("commit", "-q", "-m", "two")
    assert lines(repository, "--since", "HEAD") == {}
    assert lines(repository, "--since", "HEAD~1") == {"a.md": [3, 7], "new.md": [3, 5]}
    write({"论文 集/b.md": OLD.replace("[^1]", "[^3]")})
    assert lines(repository, "--since", "HEAD", "论文 集") == {"论文 集/b.md": [5]}


def test_names_that_git_quotes(repository: Run) -> None:
    odd = 'a"b\tc 论文.md'
    write({odd: OLD})
    git("add", ".")
    git("commit", "-q", "-m", "odd")
    write({odd: OLD.replace("准确率", "精度")})
    assert lines(repository, "--since", "HEAD") == {odd: [3]}


def test_a_file_that_was_renamed_is_not_new(repository: Run) -> None:
    git("mv", "a.md", "c.md")
    write({"c.md": OLD.replace("脚注", "注释")})
    git("add", ".")
    assert lines(repository, "--since", "HEAD") == {"c.md": [5]}


def test_another_branch_counts_from_where_it_was_left(repository: Run) -> None:
    git("checkout", "-q", "-b", "side")
    write({"a.md": OLD.replace("准确率", "精度")})
    git("commit", "-q", "-am", "side")
    git("checkout", "-q", "main")
    write({"论文 集/b.md": OLD.replace("脚注", "注释")})
    git("commit", "-q", "-am", "main")
    git("checkout", "-q", "side")
    assert lines(repository, "--since", "main") == {"a.md": [3]}


def test_text_that_looks_like_a_diff_is_text(repository: Run) -> None:
    write({"a.md": "++ b/x.md\n@@ -1 +1 @@\n\n" + OLD.replace("准确率", "精度") + "\n-- a\n"})
    assert lines(repository, "--since", "HEAD") == {"a.md": [6]}


def test_what_git_cannot_tell_is_said(repository: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = repository("check", "--since", "nowhere")
    assert answer.status == 2
    assert answer.err == "mdreview: error: --since: git knows no revision “nowhere”\n"
    assert answer.out == ""
    assert "no revision “--output=x”" in repository("check", "--since=--output=x").err
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        assert "git, which was not found" in repository("check", "--since", "HEAD").err
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "a.md").write_text(OLD, "utf-8")
    assert "lies in no git repository" in repository("check", "--since", "HEAD", str(outside / "a.md")).err


def test_it_only_reports(repository: Run) -> None:
    answer = repository("check", "--fix", "--since", "HEAD")
    assert (answer.status, answer.out) == (2, "")
    assert "does not go with --fix" in answer.err
