"""What the hooks make of the words that a runner of hooks hands over, in this process."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from command_line import Answer, write
from identify.identify import tags_from_filename
from mdreview_hooks.__main__ import NEXT, main
from pre_commit.clientlib import load_config, load_manifest

from mdreview import cli
from mdreview.arguments import parse
from mdreview.console import terminal
from mdreview.discovery import SUFFIXES

Hook = Callable[..., Answer]
ROOT = Path(__file__).parents[2]
MANIFEST = load_manifest(ROOT / ".pre-commit-hooks.yaml")
GOOD = "# Paper\n\nNothing is wrong here.\n"
DANGLING = "# Paper\n\nA claim[^1].\n"
GAP = "# 1 One\n\nText.\n\n# 3 Three\n\nText.\n"
CLOSED = GAP.replace("# 3", "# 2")


@pytest.fixture
def hook(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hook:
    """Runs a hook in an empty repository of its own, in English."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: Answer(main(words), *capsys.readouterr())


def findings(answer: Answer) -> list[str]:
    """`file code` of every finding, in the order in which they are told."""
    return [" ".join(found) for found in re.findall(r"(?m)^(\S.*?):\d+:\d+: \w+ (\w+)", answer.out)]


def test_what_is_clean_passes_without_a_word(hook: Hook) -> None:
    write({"a.md": GOOD, "b.qmd": GOOD})
    assert hook("check", "a.md", "b.qmd") == Answer(0, "", "")
    assert hook("fix", "a.md", "b.qmd") == Answer(0, "", "")


def test_findings_stop_the_commit_and_say_what_helps(hook: Hook) -> None:
    write({"good.md": GOOD, "论文 一.md": DANGLING, "gap.md": GAP})
    answer = hook("check", "论文 一.md", "good.md", "gap.md")
    assert answer.status == 1
    assert findings(answer) == ["gap.md SEC001", "论文 一.md FN001"]
    assert answer.err == NEXT.en + "\n"
    assert hook("check", "--lang", "zh", "gap.md").err == NEXT.zh + "\n"


def test_order_and_parts_of_the_list_change_nothing(hook: Hook) -> None:
    names = [f"{number:02} 章.md" for number in range(12)]
    write({name: (DANGLING, GAP, GOOD)[number % 3] for number, name in enumerate(names)})
    whole = findings(hook("check", *names))
    assert len(whole) == 8
    assert whole == sorted(whole)
    for seed in range(5):
        shuffled = Random(seed).sample(names, len(names))
        assert findings(hook("check", *shuffled)) == whole
        cut = Random(seed).randrange(1, len(names))
        parts = [findings(hook("check", *part)) for part in (shuffled[:cut], shuffled[cut:])]
        assert sorted([*parts[0], *parts[1]]) == whole
        assert all(part == sorted(part) for part in parts)


def test_files_are_fixed_and_the_commit_stops_once(hook: Hook) -> None:
    write({"gap.md": GAP, "dangling.md": DANGLING})
    assert hook("fix", "gap.md", "dangling.md") == Answer(1, "", "gap.md: fixed SEC001\n")
    assert Path("gap.md").read_text("utf-8") == CLOSED
    assert Path("dangling.md").read_text("utf-8") == DANGLING
    assert hook("fix", "gap.md", "dangling.md") == Answer(0, "", "")


def test_a_difference_is_only_shown(hook: Hook) -> None:
    write({"gap.md": GAP})
    answer = hook("fix", "--diff", "gap.md")
    assert answer.status == 1
    assert "+# 2 Three\n" in answer.out
    assert Path("gap.md").read_text("utf-8") == GAP


def test_options_of_the_command_can_be_given(hook: Hook) -> None:
    write({"gap.md": GAP})
    assert hook("check", "--select", "FN", "gap.md") == Answer(0, "", "")
    assert hook("check", "--fail-on", "error", "gap.md").status == 0
    assert hook("fix", "--ignore", "SEC001", "gap.md") == Answer(0, "", "")


def test_settings_leave_out_files_that_are_named(hook: Hook) -> None:
    write({".mdreview.yaml": "exclude: [drafts/]\n", "drafts/gap.md": GAP, "gap.md": GAP})
    assert findings(hook("check", "gap.md", "drafts/gap.md")) == ["gap.md SEC001"]
    assert hook("check", "drafts/gap.md") == Answer(0, "", "")
    assert hook("fix", "drafts/gap.md") == Answer(0, "", "")
    assert Path("drafts/gap.md").read_text("utf-8") == GAP


def test_other_kinds_of_files_are_passed_over(hook: Hook) -> None:
    write({"picture.png": b"\x89PNG\r\n\x1a\n\0", "paper.tex": DANGLING, "a.MD": DANGLING, "b.Rmd": DANGLING})
    answer = hook("check", "picture.png", "paper.tex", "a.MD", "b.Rmd")
    assert findings(answer) == ["a.MD FN001", "b.Rmd FN001"]
    # and not, for want of a name, the whole folder
    assert hook("check", "picture.png", "paper.tex") == Answer(0, "", "")
    assert hook("fix", "picture.png") == Answer(0, "", "")


def test_without_a_name_the_whole_folder_is_checked(hook: Hook) -> None:
    write({"sub/gap.md": GAP})
    assert findings(hook("check")) == ["sub/gap.md SEC001"]
    assert findings(hook("check", "sub")) == ["sub/gap.md SEC001"]
    assert hook("fix", "sub") == Answer(1, "", "sub/gap.md: fixed SEC001\n")


def test_a_name_may_begin_as_options_do(hook: Hook) -> None:
    write({"-draft.md": GAP, "--fix.md": GAP})
    assert findings(hook("check", "-draft.md", "--fix.md")) == ["--fix.md SEC001", "-draft.md SEC001"]
    assert hook("fix", "-draft.md", "--fix.md").err == "--fix.md: fixed SEC001\n-draft.md: fixed SEC001\n"


def test_a_rule_sees_the_whole_work_and_speaks_of_the_named_files_only(hook: Hook) -> None:
    write(
        {
            "1.md": "## 2. Models\n\nSee Section 2.2 and Section 2.9.\n\n### 2.1. Trees\n\nText.\n",
            "2.md": "### 2.2. Nets\n\nText[^1].\n",
        }
    )
    alone = hook("check", "--select", "REF001,FN001", "1.md")
    assert alone.out.count("REF001") == 2
    write({".mdreview.yaml": "manuscript: ['*.md']\n"})
    together = hook("check", "--select", "REF001,FN001", "1.md")
    assert findings(together) == ["1.md REF001"]
    assert "2.9" in together.out


def test_known_findings_do_not_stop_a_commit(hook: Hook) -> None:
    write({"old.md": DANGLING})
    assert cli.main(["baseline", "write", ".", "--quiet"]) == 0
    write({"new.md": DANGLING})
    assert findings(hook("check", "old.md", "new.md")) == ["new.md FN001"]
    assert hook("check", "old.md") == Answer(0, "", "")
    assert findings(hook("check", "--no-baseline", "old.md")) == ["old.md FN001"]


@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_cannot_be_read_is_trouble(hook: Hook, command: str) -> None:
    write({"bad.md": b"\xff\xfe\xfd", "gap.md": GAP})
    answer = hook(command, "bad.md", "gap.md")
    assert answer.status == 2
    assert answer.err.startswith("mdreview: error: bad.md: ")
    write({".mdreview.yaml": "selct: [FN]\n"})
    answer = hook(command, "gap.md")
    assert answer.status == 2
    assert ".mdreview.yaml:1" in answer.err and "select" in answer.err
    assert hook(command, "--select", "FN999", "gap.md").status == 2


@pytest.mark.parametrize("words", [(), ("chek", "a.md"), ("--select", "FN")])
def test_a_wrong_call_says_how_it_is_called(hook: Hook, words: tuple[str, ...]) -> None:
    answer = hook(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("usage: mdreview-hook {check,fix}")


def test_an_unknown_option_is_trouble(hook: Hook) -> None:
    assert hook("check", "--no-such-option").status == 2
    assert hook("fix").status == 2


# what the manifest says


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["id"]))
def test_the_manifest_takes_the_files_that_folders_are_searched_for(entry: dict[str, object]) -> None:
    files = re.compile(str(entry["files"]))
    assert all(files.search(f"章 1/paper{suffix}") for suffix in (*SUFFIXES, ".Rmd", ".MD"))
    assert not any(files.search(name) for name in ("paper.md.txt", "md", "a.rmarkdown", "readmemd"))
    assert entry["require_serial"] is True
    # the reason why the manifest names no types: there is none for R Markdown
    assert not tags_from_filename("paper.Rmd")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_a_terminal_without_a_width_is_taken_for_a_wide_one() -> None:
    # pre-commit shows hooks such a one
    parent, child = os.openpty()
    with os.fdopen(parent), os.fdopen(child, "w") as stream:
        assert terminal(stream)[0] == 100


# what the documentation says


@pytest.mark.parametrize("language", ["en", "zh"])
def test_configurations_in_the_guide_are_ones_that_pre_commit_takes(language: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guide" / language / "pre-commit.md").read_text("utf-8")
    shown = re.findall(r"(?ms)^```yaml\n(.*?)^```", page)
    assert len(shown) == 3
    for text in shown:
        file = tmp_path / "config.yaml"
        file.write_text(text, "utf-8")
        (repository,) = load_config(file)["repos"]
        for configured in repository["hooks"]:
            known = {entry["id"]: entry for entry in MANIFEST}
            words = (configured.get("entry") or known[configured["id"]]["entry"]).split()
            options, _ = parse([words[1], *words[2:], *configured.get("args", ()), "paper.md"], "en")
            assert options.paths == ["paper.md"]
