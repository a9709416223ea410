"""The HTML report in a real browser: read, filtered, gone through by keys, printed, in light and dark, wide and narrow.

With MDREVIEW_PICTURES=docs/guide it also takes the pictures of the guide.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import editor_tools
import pytest
from command_line import Run, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SCRIPT = ROOT / "tests" / "report_page.mjs"
AXE = "axe-core@4.14.1"
LONG_LINE = "城市热岛是指城市气温高于周边郊区的现象。" * 25 + "见文献[^1]。\n\n其后的段落。\n"
PICTURES = {"en": "l1-11", "zh": "l1-25"}
"""The line at the top of the picture for each language."""


def axe() -> Path:
    """The folder that has axe-core, the usual checker of accessibility, among its modules."""
    with editor_tools.installed("axe-core", AXE) as folder:
        if folder is not None:
            (folder / "package.json").write_text('{"private": true}', "utf-8")
            editor_tools.npm([*editor_tools.NPM_INSTALL, AXE], folder)
    return editor_tools.FOLDER / "axe-core"


@pytest.fixture
def seen(run: Run) -> dict[str, Any]:
    """What was seen of three reports: on one Chinese text, on three texts in English, on one long line."""
    for name in ("review.zh.md", "paper.en.md", "review.fixed.zh.md"):
        write({name: (EXAMPLES / name).read_bytes()})
    write({"level.md": LONG_LINE})
    words = ("check", "--isolated", "--output-format")
    run(*words, "html=one.html", "--lang", "zh", "review.zh.md")
    run(*words, "html=en.html", "--lang", "en", "paper.en.md")
    run(*words, "html=several.html", "--lang", "en", "paper.en.md", "review.zh.md", "review.fixed.zh.md")
    run(*words, "html=level.html", "level.md")
    pages = {name: str(Path(f"{name}.html").resolve()) for name in ("one", "several", "level")}
    return browsed(pages, {"en": str(Path("en.html").resolve()), "zh": pages["one"]})


def browsed(pages: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, Any]:
    pictures = []
    if folder := os.environ.get("MDREVIEW_PICTURES"):
        pictures = [
            {"file": shown[language], "picture": str(ROOT / folder / language / "report.png"), "place": place}
            for language, place in PICTURES.items()
        ]
    given = {
        "playwright": str(editor_tools.playwright()),
        "axe": str(axe()),
        "chromium": str(editor_tools.chromium()),
        "pages": pages,
        "pictures": pictures,
    }
    command = [str(editor_tools.node() / "node"), str(SCRIPT), json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=500)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_the_report_can_be_read_by_everyone_everywhere(seen: dict[str, Any]) -> None:
    # one test, for a browser takes its time to start
    assert seen["requests"] == [] and seen["errors"] == []
    assert seen["faults"] == [], "axe-core finds faults"
    assert len(seen["overflow"]) == 8 and max(seen["overflow"]) <= 0
    assert_landmarks(seen["landmarks"])
    assert_filters(seen["filters"])
    assert_keys(seen["keys"])
    dark, light, again = seen["themes"]
    assert dark == again != light
    assert_margin(seen["wide"], seen["narrow"], seen["margin"])
    assert seen["policy"] == ["connect-src", "img-src", "script-src-elem", "style-src-elem", True]
    assert seen["unscripted"] == {"tools": False, "note": True, "mark": True, "followed": "n1-1"}
    assert_print(seen["print"])
    assert seen["fonts"] == ["Noto Serif CJK SC"]


def assert_landmarks(tree: str) -> None:
    """`tree` is what a screen reader is told, as Playwright writes it."""
    lines = [line.strip() for line in tree.splitlines()]
    landmarks = ("banner", 'navigation "Files"', 'navigation "Go through the findings"', "main", "contentinfo")
    for landmark in (*landmarks, 'article "paper.en.md"', 'region "Sections 7 paper.en.md"'):
        assert lines.count(f"- {landmark}:") == 1, landmark
    regions = [line for line in lines if line.startswith("- region ")]
    assert len(regions) == len(set(regions)) >= 10
    assert '- list "Notes on line 9":' in lines
    assert any(line.startswith('- link "Note 1, ') for line in lines)


def assert_filters(states: dict[str, dict[str, Any]]) -> None:
    everything = states["all"]
    assert everything == states["again"]
    assert everything["severities"] == everything["marks"] == ["error", "info", "warning"]
    fewer = states["withoutErrors"]
    assert fewer["severities"] == fewer["references"] == ["info", "warning"]
    assert "error" not in fewer["marks"]
    assert fewer["shown"] == f"{fewer['findings']} of {everything['findings']} findings shown"
    assert 0 < fewer["findings"] < everything["findings"]
    assert states["footnotes"]["families"] == ["FN"]
    assert (states["lastFile"]["articles"], everything["articles"]) == (1, 3)
    assert 0 < states["lastFile"]["findings"] < everything["findings"]


def assert_keys(keys: dict[str, Any]) -> None:
    skip, target, *steps = keys["steps"]
    assert (skip, target) == ("skip", "text-1")
    assert all(step["inView"] for step in steps)
    first, second, third, *back = [step["at"] for step in steps]
    assert (first, second, third) == ("r1-1", "r1-2", "r1-3")
    last = back[2]
    assert back == ["r1-2", "r1-1", last, "r1-1"] and int(last.removeprefix("r1-")) > 20
    assert keys["outline"] != "none"
    assert {"A", "LI", "MARK"} == set(keys["lit"])
    assert keys["followed"] == "#n1-1"
    assert keys["fromHere"]["at"] not in ("r1-1", "r1-2"), "the next one is the next from where the reader is"
    assert keys["off"]["at"] == "keys", "the keys can be switched off"


def assert_margin(wide: list[dict[str, float]], narrow: list[dict[str, float]], margin: dict[str, float]) -> None:
    text, number, note = wide
    assert note["left"] > text["right"]
    assert abs(note["top"] - number["top"]) < 24, "the note stands level with its place at the end of the long line"
    assert margin["notes"] > 20 and margin["overlaps"] == 0
    assert margin["furthest"] < 900, "a note stands on the same screen as its place"
    assert 0 <= margin["landed"] < 40, "what a link leads to stands below the bar, not under it"
    text, _, note = narrow
    assert note["top"] >= text["bottom"] and note["right"] <= 400


def assert_print(printed: dict[str, Any]) -> None:
    assert printed["pages"] > 1
    assert [round(side) for side in printed["size"]] == [0, 0, 595, 842], "A4"
    assert not printed["tools"] and printed["changes"] and printed["skipped"] == 0
    text, notes = printed["boxes"]
    assert notes["left"] >= text["right"]
