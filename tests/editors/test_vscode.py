"""The extension in a real VS Code: built, installed, and used as someone who writes uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import editor_tools
import pytest
import vscode_window
from vscode_window import EXTENSION, ROOT

from mdreview.diagnostic import Language
from mdreview.rules import RULES
from mdreview.source import Source

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ARTICLES = (ROOT.parent / "shared" / "seeds" / "article.md", ROOT / "examples" / "review.zh.md")
REMEDY = {"en": "Turn the entries into footnote definitions", "zh": "将条目转换为脚注定义"}
SENTENCE = "准确率提升了25%。"
NEW_LABEL = "first-source"
SEVERITIES = ("error", "warning", "info")
IN_ONE_ROW = 6
"""So many characters of a finding stand in one row of the editor, however long its line is."""

Finding = dict[str, Any]


def mdreview(*words: str | Path) -> str:
    """What the command line prints."""
    command = [sys.executable, "-m", "mdreview", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def found_in(path: Path, language: str) -> list[Finding]:
    """What the command line finds in a file."""
    options = ("--isolated", "--no-cache", "--lang", language, "--output-format", "json")
    found: list[Finding] = json.loads(mdreview("check", *options, path))
    return found


def mended(path: Path, *options: str) -> str:
    """The text as `mdreview fix` leaves it."""
    return rewritten(path, "fix", *options)


def rewritten(path: Path, command: str, *options: str) -> str:
    """The text as a command leaves it that writes texts anew."""
    copy = path.with_name(f"copy-of-{path.name}")
    shutil.copyfile(path, copy)
    mdreview(command, "--isolated", "--quiet", *options, copy)
    text = copy.read_text("utf-8")
    copy.unlink()
    return text


def place_of(text: str, wanted: str) -> dict[str, Any]:
    """The line, counted from 1, in which the words stand first."""
    return {"line": Source(text).place(text.index(wanted)).line + 1, "text": wanted}


def place_found(text: str, found: list[Finding], code: str) -> dict[str, Any]:
    """Where the first finding of a rule begins."""
    one = next(one for one in found if one["code"] == code)
    words = text.split("\n")[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]
    return {"line": one["line"], "text": words[:IN_ONE_ROW]}


def problems(found: list[Finding]) -> list[str]:
    """How the Problems panel reads the findings out, in its order."""
    ordered = sorted(found, key=lambda one: (SEVERITIES.index(one["severity"]), one["line"], one["column"]))
    return [
        f"{one['severity'].capitalize()}: {one['message']} at line {one['line']} and character {one['column']}."
        for one in ordered
    ]


def counts(found: list[Finding]) -> list[str]:
    """How many findings there are of each severity that there is, as the status bar counts them."""
    numbers = [sum(one["severity"] == severity for one in found) for severity in SEVERITIES]
    return [str(number) for number in numbers if number]


def titles(language: Language = "en") -> dict[str, str]:
    """The commands of the extension as the palette names them."""
    file = {"en": "package.nls.json", "zh": "package.nls.zh-cn.json"}[language]
    names: dict[str, str] = json.loads((EXTENSION / file).read_text("utf-8"))
    return {
        key.removeprefix("command."): f"mdreview: {name}" for key, name in names.items() if key.startswith("command.")
    }


def pictures(name: str) -> Path:
    """Where the pictures of the last run are kept, to be looked at."""
    return editor_tools.FOLDER / "pictures" / name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to open, whose environment is the one that these tests run in."""
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def test_the_extension_is_built_checked_and_packed_by_one_command(tmp_path: Path) -> None:
    package = vscode_window.package()
    shutil.unpack_archive(package.vsix, tmp_path, "zip")
    inside = tmp_path / "extension"
    packed = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    assert {"package.json", "readme.md", "changelog.md", "LICENSE.txt", "dist/extension.js", "media/icon.png"} <= packed
    assert not [name for name in packed if name.startswith(("src/", "test/", "e2e/", "node_modules/"))]


@pytest.mark.parametrize(("language", "texts"), [("en", ARTICLES), ("zh", ARTICLES[1:])], ids=["en", "zh"])
def test_an_article_is_read_mended_written_on_and_renamed(
    folder: Path, tmp_path: Path, language: Language, texts: tuple[Path, ...]
) -> None:
    article = folder / "article.md"
    shutil.copyfile(next(path for path in texts if path.exists()), article)
    original = article.read_text("utf-8")
    found = found_in(article, language)
    listed, fixed = mended(article, "--select", "FN001"), mended(article)
    paragraph = next(line for line in fixed.split("\n") if "[^1]" in line)
    typed = fixed.replace(paragraph, paragraph + SENTENCE, 1)
    rule = next(rule for rule in RULES if rule.code == "FN001")
    with vscode_window.window(
        folder,
        pictures(f"article-{language}"),
        tmp_path / "home",
        {},
        (vscode_window.package().vsix,),
        display={"en": "en", "zh": "zh-cn"}[language],
    ) as window:
        seen = window.run(
            "article.mjs",
            file=article.name,
            findings=len(found),
            counts=counts(found),
            footnote=place_found(original, found, "FN001"),
            percentage=place_found(original, found, "CLM001"),
            repeated=place_found(original, found, "TRM002"),
            message=next(one["message"] for one in found if one["code"] == "FN001"),
            why=rule.why.written(language),
            remedy=REMEDY[language],
            fixAll=titles(language)["fixText"],
            written={**place_of(typed, SENTENCE), "text": "25%", "typed": SENTENCE},
            renamed={**place_of(typed, "[^1]"), "label": NEW_LABEL},
        )
    listed_first = [row for row in seen["problems"] if row.startswith(("Error: ", "Warning: ", "Info: "))]
    assert len(listed_first) > 3
    for row, expected in zip(listed_first, problems(found), strict=False):
        assert row.startswith(expected)
    assert seen["fixed"] == listed
    assert seen["allFixed"] == fixed
    assert seen["typed"] == typed
    assert seen["renaming"] == "1"
    assert seen["renamed"] == typed.replace("[^1]", f"[^{NEW_LABEL}]")


def test_pages_of_rules_and_terms_are_shown_and_the_folder_is_checked(folder: Path, tmp_path: Path) -> None:
    for name in ("paper.en.md", "mixed.md", "references.bib"):
        shutil.copyfile(ROOT / "examples" / name, folder / name)
    paper, mixed = (found_in(folder / name, "en") for name in ("paper.en.md", "mixed.md"))
    rule = next(rule for rule in RULES if rule.code == "FN001")
    with vscode_window.window(
        folder, pictures("pages"), tmp_path / "home", {"mdreview.language": "en"}, (vscode_window.package().vsix,)
    ) as window:
        seen = window.run(
            "pages.mjs",
            file="paper.en.md",
            findings=len(paper),
            finding=place_found((folder / "paper.en.md").read_text("utf-8"), paper, "FN001"),
            why=rule.why.en,
            ruleName=rule.name,
            term="LPWAN",
            titles={**titles(), "checked": "Files checked"},
            other="mixed.md",
            otherFindings=len(mixed),
            otherCounts=counts(mixed),
            allFindings=len(paper) + len(mixed),
            walkthrough="Write scholarly Markdown with mdreview",
            inWalkthrough="Where it is sought, in this order",
        )
    assert rule.why.en in seen["fromCode"]
    assert rule.why.en in seen["fromCommand"]
    assert "Low-Power Wide-Area Network" in seen["terms"]
    assert seen["told"] == f"Files checked: 2. Findings: {len(paper) + len(mixed)}."


def test_a_folder_is_checked_by_its_own_server_only_when_it_is_trusted(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "examples" / "paper.en.md", folder / "paper.md")
    found = found_in(folder / "paper.md", "en")
    trust = "security.workspace.trust."
    asked = {f"{trust}enabled": True, f"{trust}startupPrompt": "never", f"{trust}banner": "never"}
    vsix = vscode_window.package().vsix
    with vscode_window.window(
        folder, pictures("trust"), tmp_path / "home", {**asked, "mdreview.language": "en"}, (vsix,), trusted=False
    ) as window:
        window.run(
            "trust.mjs",
            file="paper.md",
            missing="mdreview has found no server",
            button="How to Install It",
            inWalkthrough="Where it is sought, in this order",
            counts=counts(found),
        )


def test_findings_commands_and_settings_are_right_when_asked_from_inside(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    article = folder / "article.md"
    shutil.copyfile(next(path for path in ARTICLES if path.exists()), article)
    package = vscode_window.package()
    result = tmp_path / "inside.json"
    wishes = {
        "file": article.name,
        "interpreter": sys.executable,
        "result": str(result),
        "commands": [
            ("fixed", "mdreview.fixText"),
            ("sections", "mdreview.renumberText", "sections"),
            ("footnotes", "mdreview.convertText", "footnotes"),
        ],
    }
    with vscode_window.window(
        folder,
        pictures("inside"),
        tmp_path / "home",
        {"mdreview.language": "en"},
        (package.vsix, package.inside),
        variables={"MDREVIEW_INSIDE": json.dumps(wishes)},
    ) as window:
        seen = window.run("inside.mjs", result=str(result), seconds=180)
    assert seen["withoutServer"] == 0
    assert seen["found"] == seen["afterDeath"] == as_vscode_has_them(found_in(article, "en"))
    assert seen["inChinese"] == as_vscode_has_them(found_in(article, "zh"))
    assert seen["texts"] == {
        "fixed": mended(article),
        "sections": rewritten(article, "renumber", "--sections"),
        "footnotes": rewritten(article, "convert", "--to", "footnotes"),
    }
    assert set(seen["lenses"]) == {"mdreview.showReferences"}


def as_vscode_has_them(found: list[Finding]) -> list[dict[str, Any]]:
    """The findings of the command line as VS Code keeps them; for texts without surrogate pairs."""
    return [
        {
            "code": one["code"],
            "page": f"mdreview:/rules/{one['code']}.md",
            "message": one["message"],
            "severity": SEVERITIES.index(one["severity"]),
            "place": [one["line"] - 1, one["column"] - 1, one["end_line"] - 1, one["end_column"] - 1],
            "related": [related["message"] for related in one["related"]],
        }
        for one in found
    ]
