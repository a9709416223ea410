"""The baseline: what is known stays silent whatever is edited elsewhere, and what is new is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run, write
from hypothesis import given
from hypothesis import strategies as st

from mdreview.api import check_text
from mdreview.baseline import Baseline
from mdreview.diagnostic import Diagnostic
from mdreview.fingerprint import digests, fingerprint

PARAGRAPHS = (
    "准确率提升了25%，仍无出处。",
    "The error fell by 30% in the second year.",
    "见脚注[^1]，又见脚注[^2]。",
    "Costs rose by 30% again, and nobody says who found it[^3].",
    "同一句话。提升了25%。",
    "同一句话。提升了25%。",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
FILE = Path(".mdreview-baseline.json")


def found_in(text: str) -> list[Diagnostic]:
    return check_text(text)


def baseline_of(text: str) -> Baseline:
    marks = [fingerprint(text, diagnostic) for diagnostic in found_in(text)]
    return Baseline(Path.cwd() / FILE, {"a.md": marks})


def test_known_findings_are_silent_and_new_ones_are_not(run: Run) -> None:
    write({"a.md": TEXT, "章节/b.md": "另见脚注[^9]。\n"})
    answer = run("baseline", "write")
    assert (answer.status, answer.out) == (
        0,
        ".mdreview-baseline.json: 8 known findings in 2 files (8 added, 0 dropped)\n",
    )
    answer = run("check")
    assert (answer.status, answer.out) == (0, "No findings in 2 files.\n")
    assert "8 known findings are not shown" in answer.err
    assert run("check", "--quiet", "a.md") == (0, "", "")
    write({"a.md": f"新的一段，占比45%。\n\n{TEXT}"})
    answer = run("check", "--output-format", "json", "a.md")
    assert answer.status == 1
    assert [record["line"] for record in json.loads(answer.out)] == [1]
    assert run("check", "--no-baseline", "a.md").status == 1
    assert len(json.loads(run("check", "--isolated", "--output-format", "json", "a.md").out)) == 8


def test_the_nearest_baseline_up_to_the_repository_holds(run: Run, tmp_path: Path) -> None:
    write({"a.md": TEXT, "sub/a.md": TEXT})
    run("baseline", "write", "a.md")
    assert run("check", "sub/a.md").status == 1
    write({"sub/.mdreview-baseline.json": FILE.read_bytes()})
    assert run("check", "sub/a.md").status == 0
    (tmp_path / "sub/.git").mkdir()
    (tmp_path / "sub/.mdreview-baseline.json").unlink()
    assert run("check", "sub/a.md").status == 1


def test_standard_input_stands_for_its_file(run: Run) -> None:
    write({"a.md": TEXT})
    run("baseline", "write")
    assert run("check", "-", "--stdin-filename", "a.md", stdin=TEXT.encode()).status == 0
    assert run("check", "-", stdin=TEXT.encode()).status == 1


def test_update_adds_and_drops_and_prune_only_drops(run: Run) -> None:
    write({"a.md": TEXT, "b.md": "另见脚注[^9]。\n"})
    run("baseline", "write")
    write({"a.md": TEXT.replace(PARAGRAPHS[1], "The error fell.") + "\n占比45%。\n"})
    assert "1 entries match nothing any more" in run("check").err
    answer = run("baseline", "prune")
    assert "7 known findings in 2 files (0 added, 1 dropped)" in answer.out
    assert run("check").status == 1
    assert "8 known findings in 2 files (1 added, 0 dropped)" in run("baseline", "update", "a.md").out
    assert run("check").status == 0
    assert "stays as it is: 8 known findings" in run("baseline", "update").out
    Path("b.md").unlink()
    assert "7 known findings in 1 files (0 added, 1 dropped)" in run("baseline", "prune").out


def test_what_is_not_asked_is_not_called_gone(run: Run) -> None:
    write({"a.md": TEXT})
    run("baseline", "write")
    before = FILE.read_text("utf-8")
    assert "match nothing" not in run("check", "--select", "FN").err
    for action in ("update", "prune"):
        assert "stays as it is" in run("baseline", action, "--select", "SEC").out
        assert FILE.read_text("utf-8") == before


def test_a_file_that_cannot_be_read_keeps_its_entries(run: Run) -> None:
    write({"a.md": TEXT})
    run("baseline", "write")
    before = FILE.read_text("utf-8")
    write({"a.md": b"\xff\xfe\x00"})
    assert run("baseline", "update").status == 2
    assert FILE.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not a baseline"),
        ('{"version": 1, "findings": {"a.md": [["CLM001"]]}}', "not a baseline (Expected `array` of length 4"),
        ('{"version": 99, "findings": {}}', "made by another version"),
    ],
)
def test_a_broken_baseline_is_said_and_hides_nothing(run: Run, content: str, said: str) -> None:
    write({"a.md": TEXT, str(FILE): content})
    answer = run("check")
    assert answer.status == 2
    assert answer.err.count(said) == 1
    assert "CLM001" in answer.out
    assert said in run("baseline", "update").err
    assert FILE.read_text("utf-8") == content
    assert run("baseline", "write").status == 0


def test_prune_needs_one(run: Run) -> None:
    write({"a.md": TEXT})
    answer = run("baseline", "prune")
    assert answer.status == 2
    assert "`mdreview baseline write` makes one" in answer.err


def test_options_may_stand_between_the_action_and_the_paths(run: Run) -> None:
    write({"a.md": TEXT, "b.md": TEXT})
    assert run("baseline", "write", "--quiet", "a.md") == (0, "", "")
    assert list(json.loads(FILE.read_text("utf-8"))["findings"]) == ["a.md"]
    assert run("baseline", "--quiet").status == 2


def test_two_alike_are_two(run: Run) -> None:
    write({"a.md": "提升了25%。\n"})
    run("baseline", "write")
    write({"a.md": "提升了25%。\n\n提升了25%。\n"})
    assert len(json.loads(run("check", "--output-format", "json").out)) == 1


@given(
    st.permutations(PARAGRAPHS),
    st.lists(st.sampled_from(["Nothing is claimed here.", "这里没有结论。", "## 小节"]), min_size=6, max_size=6),
    st.sampled_from(["\n\n", "\r\n\r\n", "\n  \n"]),
)
def test_nothing_is_new_where_paragraphs_only_moved(paragraphs: list[str], between: list[str], gap: str) -> None:
    text = gap.join(piece for pair in zip(between, paragraphs, strict=True) for piece in pair)
    split = baseline_of(TEXT).split("a.md", text, found_in(text))
    assert split == ((), ())


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=8))
def test_digests_are_all_different(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    names = digests(text, found_in(text))
    assert len(set(names)) == len(names) == len(found_in(text))
