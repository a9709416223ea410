"""The page on Python: its examples are run, in both languages, and so is the script that it shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "examples" / "gate_generated.py"
LANGUAGES = ("en", "zh")


def blocks(language: str, kind: str) -> list[str]:
    page = (ROOT / "docs" / "guide" / language / "python.md").read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.M | re.S)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_the_page_are_true(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    text = "\n".join(blocks(language, "pycon"))
    test = doctest.DocTestParser().get_doctest(text, {}, f"python.{language}.md", None, 0)
    assert len(test.examples) > 25
    failed = doctest.DocTestRunner().run(test).failed
    assert failed == 0, capsys.readouterr().out


def test_both_languages_show_the_same_code() -> None:
    english, chinese = (
        re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", "\n".join(blocks(language, "pycon")), re.M) for language in LANGUAGES
    )
    swapped = [line.replace('language="zh", ', "").replace(', language="zh"', "") for line in chinese]
    assert [
        re.sub(r'written\("zh"\)|title\.zh', lambda found: found[0].replace("zh", "en"), line) for line in swapped
    ] == english
    assert blocks("en", "python") == blocks("zh", "python")


def gate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_says_what_the_page_shows(language: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    [shown] = blocks(language, "console")
    command, _, output = shown.partition("\n")
    done = gate(tmp_path, *command.removeprefix("$ python examples/gate_generated.py ").split())
    assert (done.returncode, done.stdout, done.stderr) == (1, output, "")
    assert not (tmp_path / "review.md").exists()
    assert "Sea ice" in (tmp_path / "review.rejected.md").read_text("utf-8")


def test_the_script_lets_through_what_it_could_mend(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = gate(tmp_path, "review.md", "dust", "rivers")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("mended GEN001: 1\nmended SEC001: 1\n")
    text = (tmp_path / "review.md").read_text("utf-8")
    assert "<think>" not in text and "## 2 Rivers" in text
    assert not (tmp_path / "review.rejected.md").exists()


def test_the_script_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / ".mdreview.yaml").write_text("root: true\nsections: {outline: nowhere.md}\n", "utf-8")
    done = gate(tmp_path, "review.md", "dust")
    assert done.returncode == 2
    assert "nowhere.md: there is no such file" in done.stderr


def test_pytest_fails_where_a_chapter_has_findings(tmp_path: Path) -> None:
    [snippet] = [block for block in blocks("en", "python") if "def test_" in block]
    (tmp_path / ".git").mkdir()
    (tmp_path / "test_chapters.py").write_text(snippet, "utf-8")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "1.md").write_text("# One\n\nSee[^1].\n", "utf-8")
    (tmp_path / "chapters" / "2.md").write_text("# Two\n\nText.\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_chapters.py"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "1.md:3:4: error FN001 undefined-footnote" in done.stdout


@pytest.mark.slow
def test_a_type_checker_knows_the_page_from_the_wheel(tmp_path: Path) -> None:
    """What a user has is the wheel alone, so `py.typed` must be in it, and every value of the page have its type."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "user"], check=True)
    [packages] = (tmp_path / "user").glob("**/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    code = [
        example.source for block in blocks("en", "pycon") for example in doctest.DocTestParser().get_examples(block)
    ]
    (tmp_path / "page.py").write_text("".join(code) + "reveal_type(draft.citations)\n", "utf-8")
    shutil.copy(SCRIPT, tmp_path)
    python = ["--python-executable", str(tmp_path / "user" / "bin" / "python")]
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", *python, "page.py", SCRIPT.name]
    environment = {name: value for name, value in os.environ.items() if name not in ("MYPYPATH", "PYTHONPATH")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "mdreview.citation_map.CitedSource" in done.stdout
    # without the marker it is told apart
    (packages / "mdreview" / "py.typed").unlink()
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert "missing library stubs or py.typed marker" in done.stdout
