"""Many files: which ones, in how many processes, each with what belongs to it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from command_line import BAD, GOOD, Answer, Run, files_of, write

from mdreview import runner
from mdreview.errors import UserError
from mdreview.markdown import parse
from mdreview.settings_file import SettingsFinder


def test_folders_are_searched_as_git_and_the_settings_say(run: Run) -> None:
    write(
        {
            ".gitignore": "build/\n*.tmp.md\n!keep.tmp.md\n",
            ".git/info/exclude": "private.md\n",
            ".mdreview.yaml": "exclude: [drafts/, 'old-*']\n",
            "a.md": BAD,
            "b.markdown": BAD,
            "c.qmd": BAD,
            "d.Rmd": BAD,
            "e.mdx": BAD,
            "e.txt": BAD,
            "private.md": BAD,
            "build/x.md": BAD,
            "x.tmp.md": BAD,
            "keep.tmp.md": BAD,
            "drafts/x.md": BAD,
            "old-x.md": BAD,
            ".hidden/x.md": BAD,
            "node_modules/p/README.md": BAD,
            "env/pyvenv.cfg": "",
            "env/x.md": BAD,
            "sub/.gitignore": "z.md\n",
            "sub/y.md": BAD,
            "sub/z.md": BAD,
        }
    )
    everything = run("check", "--output-format", "json")
    expected = ["a.md", "b.markdown", "c.qmd", "d.Rmd", "e.mdx", "keep.tmp.md", "sub/y.md"]
    assert files_of(everything) == expected
    assert files_of(run("check", "--output-format", "json", ".", "./a.md", "sub")) == expected
    assert files_of(run("check", "--output-format", "json", "sub")) == ["sub/y.md"]
    assert files_of(run("check", "--output-format", "json", "e.txt", "build/x.md")) == ["build/x.md", "e.txt"]
    assert files_of(run("check", "--output-format", "json", "build")) == ["build/x.md"]
    assert files_of(run("check", "--output-format", "json", "old-x.md", "a.md")) == ["a.md", "old-x.md"]
    assert files_of(run("check", "--output-format", "json", "--force-exclude", "old-x.md", "a.md")) == ["a.md"]
    assert run("check", "--force-exclude", "--quiet", "old-x.md", "drafts/x.md") == Answer(0, "", "")
    assert run("fix", "--force-exclude", "old-x.md").err == ""
    left_out = run("check", "drafts")
    assert left_out.status == 0
    assert "drafts: left out, because the settings exclude it" in left_out.err
    assert files_of(run("check", "--isolated", "--output-format", "json", "drafts")) == ["drafts/x.md"]


def test_many_files_in_several_processes_give_the_same_answer(run: Run) -> None:
    write({f"{number:02}.md": BAD if number % 3 else GOOD for number in range(30)} | {"bad.md": b"\xff\xfe\xfd"})
    one = run("check", "--jobs", "1")
    several = run("check", "--jobs", "3")
    assert one == several
    assert one.status == 2
    assert one.out.count("FN001 undefined-footnote") == 40
    assert "in 20 of 30 files." in one.out
    assert one.err.startswith("mdreview: error: bad.md: ")
    files = [f"{number:02}.md" for number in range(30)]
    assert [checked.file for checked in runner.check_files(files, (True, {}), 2)] == files


@pytest.mark.skipif(sys.platform != "linux", reason="the patch reaches other processes only by fork")
def test_a_process_that_dies_is_said_and_stops_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    if multiprocessing.get_start_method() != "fork":
        pytest.skip("the patch reaches other processes only by fork")
    write({f"{name}.md": BAD for name in "abcdef"})
    check_bytes = runner.Checker.check_bytes

    def dying(self: runner.Checker, data: bytes, file: str) -> runner.Checked:
        return os._exit(1) if file in ("b.md", "e.md") else check_bytes(self, data, file)

    monkeypatch.setattr(runner.Checker, "check_bytes", dying)
    answer = run("check", "--jobs", "2", "--select", "FN001", "--output-format", "json")
    assert answer.status == 2
    assert files_of(answer) == ["a.md", "c.md", "d.md", "f.md"]
    assert re.findall(r"error: (\S+): the process that checked it died", answer.err) == ["b.md", "e.md"]


def test_much_text_is_worth_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    (tmp_path / "a.md").write_text("x" * runner.PARALLEL_BYTES)
    worth = runner._worth
    assert worth([str(tmp_path / "a.md"), str(tmp_path / "missing.md")]) == 4
    assert worth([str(tmp_path / "missing.md")]) == 1


def test_problems_survive_the_way_between_processes() -> None:
    import pickle

    from mdreview.encoding import DecodingError, decode

    with pytest.raises(DecodingError) as caught:
        decode(b"\xff\xff", "x.md")
    again = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(again, UserError)
    assert (type(again), str(again)) == (DecodingError, str(caught.value))


@pytest.mark.usefixtures("run")
def test_bibliography_and_outline_are_read_from_where_they_are_named() -> None:
    write(
        {
            ".mdreview.yaml": "citations: {bibliography: [lib/all.bib]}\nsections: {outline: plan.md}\n"
            "manuscript: ['sub/*.md']\n",
            "lib/all.bib": "@article{li2021, title={A title}, author={Li}, year={2021}}",
            "sub/own.bib": "@article{wang2020, title={A title}, author={Wang}, year={2020}}",
            "plan.md": "# One\n",
            "sub/1.md": "---\nbibliography: own.bib\n---\n\n# One\n",
            "sub/2.md": "# Two\n",
        }
    )
    finder = SettingsFinder()
    checker = runner.Checker(finder)
    document = parse(Path("sub/1.md").read_text("utf-8"))
    context, problems = checker.context(document, "sub/1.md", finder.settings("sub/1.md"))
    assert problems == []
    assert context.bibliography is not None
    assert set(context.bibliography.entries) == {"li2021", "wang2020"}
    assert context.outline is not None
    assert context.outline.source.text == "# One\n"
    assert [other.source.text for other in context.others] == ["# Two\n"]


def test_a_bibliography_may_be_named_without_its_suffix(run: Run) -> None:
    write(
        {
            "refs/all.bib": "@article{li2021, title={A title}, author={Li}, year={2021}}",
            "1.md": "---\nbibliography: refs/all\n---\n\nSo says @li2021, not @wang1999.\n",
            "2.md": "---\nbibliography: refs/none\n---\n\nSo says @li2021.\n",
        }
    )
    assert "CIT010" not in run("check", "--select", "CIT", "1.md").out
    assert "@wang1999" in run("check", "--select", "CIT", "1.md").out
    assert "refs/none" in run("check", "--select", "CIT", "2.md").out
    write({"refs/none.bib": "@article{li2021, title={A title}, author={Li}, year={2021}}"})
    assert "refs/none" not in run("check", "--select", "CIT", "2.md").out, "what was found before it came is not kept"


def test_a_manuscript_without_files_is_told_once(run: Run) -> None:
    files = {"chapters/1.md": "# 1 One\n", "chapters/2.md": "# 2 Two\n"}
    write({".mdreview.yaml": "manuscript: ['chapter/*.md', 'appendix/*.md']\n", **files})
    told = run("check", ".")
    assert told.status == 2
    assert told.err.count("(chapter/*.md, appendix/*.md) matches no file") == 1
    write({".mdreview.yaml": "manuscript: ['chapters/*.md', 'appendix/*.md']\n"})
    assert run("check", ".").status == 0, "an appendix may still be to come"
