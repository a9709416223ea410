"""The public Python entrance does what its page says."""

from __future__ import annotations

import doctest
import json
import pydoc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_texts import TEXT as ANY_TEXT
from markdown_texts import edits

import mdreview.api
from mdreview.api import (
    Checked,
    Draft,
    Edit,
    Fix,
    Language,
    Settings,
    Span,
    Text,
    UserError,
    check_paths,
    check_text,
    fix_text,
    gate,
    report,
    settings_for,
)

TEXT = "# 题目\n\n见[^1]。\n"


def test_examples_are_true() -> None:
    assert doctest.testmod(mdreview.api).failed == 0


def test_settings_decide() -> None:
    assert [found.code for found in check_text(TEXT)] == ["FN001"]
    assert check_text(TEXT, Settings(ignore=("FN",))) == []


def test_paths_are_checked_in_order_and_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(TEXT, "utf-8")
    (tmp_path / "a.md").write_text("# 好\n", "utf-8")
    *problems, first, second = check_paths([str(tmp_path), str(tmp_path / "none.md")], isolated=True)
    assert [Path(checked.file).name for checked in (first, second)] == ["a.md", "b.md"]
    assert [found.code for found in second.found] == ["FN001"]
    assert "none.md" in str(problems[0].problems[0])


def test_fixing_leaves_what_no_fix_is_for() -> None:
    fixed = fix_text("<think>\n\n</think>\n\n" + TEXT)
    assert fixed.text == TEXT
    assert [found.code for found in fixed.remaining] == ["FN001"]
    assert dict(fixed.applied) == {"GEN001": 1}


def test_every_public_name_is_there_and_explained() -> None:
    assert sorted(mdreview.api.__all__) == mdreview.api.__all__
    for name in mdreview.api.__all__:
        value = getattr(mdreview.api, name)
        # Language is a Literal, which cannot bear a docstring
        assert value is Language or (pydoc.getdoc(value) and not pydoc.getdoc(value).startswith(f"{name}("))


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(mdreview.__file__).parent / "py.typed").is_file()


@settings(max_examples=40, deadline=None)
@given(st.data(), ANY_TEXT)
def test_a_draft_after_edits_says_what_a_fresh_one_says(data: st.DataObject, text: str) -> None:
    draft = Draft(text)
    for _ in range(data.draw(st.integers(1, 3))):
        span, replacement = data.draw(edits(text))
        assert list(draft.findings) == check_text(text)
        text = text[: span.start] + replacement + text[span.end :]
        draft.edit(span, replacement)
    fresh = Draft(text)
    assert draft.text == text
    assert list(draft.findings) == check_text(text)
    for name in ("footnotes", "sections", "mentions", "terms", "citations", "abbreviations"):
        assert getattr(draft, name) == getattr(fresh, name), name
    assert draft.fix() == fresh.fix()
    assert draft.text == fresh.text


def test_facts_stand_where_the_text_has_them() -> None:
    text = "# 一、引言\n\n见第三章、附录 B.1 与 Figure S2；^[旁注] 另见[^x][^X][^无]。\n\n[^x]: 注\n\n## 二、方法\n"
    draft = Draft(text)

    def marked(*spans: Span | None) -> list[str]:
        return [text[slice(*span)] for span in spans if span is not None]

    assert [(one.kind, one.number, *marked(one.span)) for one in draft.mentions] == [
        ("chapter", "3", "第三章"),
        ("appendix", "2.1", "附录 B.1"),
        ("figure", "S2", "Figure S2"),
    ]
    assert [(one.label, marked(one.defined), marked(*one.marks)) for one in draft.footnotes] == [
        ("", ["^[旁注]"], []),
        ("x", ["[^x]: 注"], ["[^x]", "[^X]"]),
        ("无", [], ["[^无]"]),
    ]
    assert [(one.level, one.number, one.title, one.parent) for one in draft.sections] == [
        (1, "一、", "引言", None),
        (2, "二、", "方法", 0),
    ]


def test_an_edit_outside_the_text_is_refused() -> None:
    draft = Draft("文")
    for span in ((0, 2), (-1, 0), (1, 0)):
        with pytest.raises(ValueError, match="not within a text of 1 code points"):
            draft.edit(span, "x")
    one, two, far = Edit(Span(0, 1), "a"), Edit(Span(0, 1), "b"), Edit(Span(5, 6), "c")
    for both in ((one, two), (one, far)):
        with pytest.raises(ValueError, match="not one of this text"):
            draft.apply(Fix(Text("", ""), both))
    assert draft.text == "文"


def test_a_draft_knows_what_belongs_to_its_file(tmp_path: Path) -> None:
    (tmp_path / ".mdreview.yaml").write_text("root: true\nselect: [CIT]\nignore: [CIT009]\n", "utf-8")
    (tmp_path / "a.bib").write_text("@book{one, title={T}, author={A}, year={2020}}", "utf-8")
    (tmp_path / "b.bib").write_text("@book{two, title={T}, author={A}, year={2020}}", "utf-8")
    path = tmp_path / "paper.md"
    path.write_text("---\nbibliography: a.bib\n---\n\n见 [@one] 与 [^1]。\n", "gb18030")
    assert settings_for(path).select == ("CIT",)
    assert settings_for(path, isolated=True).select == ()
    draft = Draft.at(path)
    assert not draft.findings
    place = draft.text.index("a.bib")
    draft.edit((place, place + 1), "b")
    assert [found.code for found in draft.findings] == ["CIT008"]
    draft.edit((place, place + 1), "c")
    assert [found.code for found in draft.findings] == ["CIT010"]
    assert [found.code for found in Draft.at(path, isolated=True).findings] == ["FN001"]
    with pytest.raises(UserError, match="no such file"):
        Draft.at(tmp_path / "none.md")


def test_what_belongs_to_a_draft_and_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / ".mdreview.yaml").write_text("root: true\nterms: {glossary: none.yaml}\n", "utf-8")
    draft = Draft.at(tmp_path / "paper.md", TEXT)
    [problem] = draft.problems
    assert "none.yaml: there is no such file" in problem.written("en")
    assert [found.code for found in draft.checked.found] == ["FN001"]
    assert draft.checked.problems == draft.problems


@pytest.mark.parametrize(
    ("text", "problems", "status"), [("好。\n", (), 0), (TEXT, (), 1), (TEXT, (UserError(Text("no", "无")),), 2)]
)
def test_a_gate_ends_as_the_command_does(
    text: str, problems: tuple[UserError, ...], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = Draft(text).checked._replace(problems=problems)
    assert gate([checked], language="zh") == status
    out, err = capsys.readouterr()
    assert out == report([checked], language="zh")
    assert err == ("无\n" if problems else "")


def test_a_report_can_have_any_format() -> None:
    checked: Checked = Draft(TEXT).checked
    assert [record["code"] for record in json.loads(report([checked], output_format="json"))] == ["FN001"]
    with pytest.raises(UserError, match="did you mean json"):
        report([checked], output_format="jsn")
