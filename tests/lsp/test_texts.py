"""The server's copy of a text stays the editor's, edit after edit, whatever the columns count."""

from __future__ import annotations

import random

import pytest
from mdreview_lsp.texts import Change, OpenText, common_prefix, split

from mdreview.markdown import parse
from mdreview.source import Place, Source, Units

PIECES = (
    *("a", "文", "😀", "𠮷", "e\u0301", " ", "\t", "\n", "\r\n", "\r", "\n\n", "\r\r\n"),
    *("\u2028", "\u2029", "\x85", "\x0c", "\x0b", "# 标题", "- ", "[^1]", "[^1]: 注", "`", "```\n", "> "),
    *("|a|b|\n|-|-|\n", "<!-- ", " -->", "$$\n", "准确率提升了25%。"),
)


class Editor:
    """A text as an editor keeps it, in code units of its own, written without a line of the server's."""

    def __init__(self, text: str, units: Units) -> None:
        self.text = text
        self.units = units

    def place(self, offset: int) -> Place:
        """Counts line ends one by one, then the units of what stands before on the line."""
        line = start = index = 0
        while index < offset:
            if self.text[index] == "\n" or (self.text[index] == "\r" and self.text[index + 1 : index + 2] != "\n"):
                line, start = line + 1, index + 1
            index += 1
        before = self.text[start:offset]
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.units.value]
        codec = self.units.value if size == 1 else f"{self.units.value}-le"
        return Place(line, len(before.encode(codec)) // size)

    def inside_line_end(self, offset: int) -> bool:
        return self.text[offset - 1 : offset + 1] == "\r\n"

    def edit(self, rng: random.Random) -> Change:
        if rng.random() < 0.01:
            self.text = "".join(rng.choices(PIECES, k=20))
            return Change(None, None, self.text)
        start = rng.randrange(len(self.text) + 1)
        end = min(start + rng.choice((0, 0, 0, 1, 2, 5, 30)), len(self.text))
        start -= self.inside_line_end(start)
        end += self.inside_line_end(end)
        # what is taken away and what is put there balance, so that the text neither vanishes nor grows without end
        growing = len(self.text) < 400
        inserted = "".join(rng.choices(PIECES, k=rng.randrange(3 if growing else 2)))
        change = Change(self.place(start), self.place(end), inserted)
        self.text = self.text[:start] + inserted + self.text[end:]
        return change


@pytest.mark.parametrize("units", list(Units), ids=lambda units: units.value)
def test_ten_thousand_edits(units: Units) -> None:
    rng = random.Random(units.value)
    editor = Editor("# 起点\n\n文字[^1]。\n", units)
    text = OpenText("file:///a.md", 0, editor.text, units)
    done = version = 0
    while done < 10_000:
        changes = [editor.edit(rng) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
        done += len(changes)
        version += 1
        text.change(version, changes)
        assert text.source.text == editor.text
        if version % 10 == 0:
            assert text.source.line_starts == Source(editor.text).line_starts
            fresh = parse(editor.text)
            assert (text.document.starts, text.document.blocks) == (fresh.starts, fresh.blocks)
    assert text.version == version


def test_places_outside_the_text_are_its_ends() -> None:
    text = OpenText("file:///a.md", 0, "一\n二", Units.UTF16)
    text.change(1, [Change(Place(0, 99), Place(0, 99), "。"), Change(Place(7, 0), Place(9, 9), "！")])
    assert text.source.text == "一。\n二！"


def test_a_column_inside_a_character_is_its_start() -> None:
    text = OpenText("file:///a.md", 0, "😀b", Units.UTF16)
    text.change(1, [Change(Place(0, 1), Place(0, 2), "")])
    assert text.source.text == "b"


def test_halves_of_a_character_that_come_one_by_one_are_one_character() -> None:
    text = OpenText("file:///a.md", 0, "a", Units.UTF16)
    text.change(1, [Change(Place(0, 1), Place(0, 1), "\ud83d")])
    text.change(2, [Change(Place(0, 2), Place(0, 2), "\ude00")])
    assert text.source.text == "a😀"


def test_a_line_end_in_two_edits() -> None:
    text = OpenText("file:///a.md", 0, "a\rb", Units.UTF16)
    text.change(1, [Change(Place(1, 0), Place(1, 0), "\n")])
    assert (text.source.text, text.source.line_starts) == ("a\r\nb", [0, 3])


def test_an_edit_keeps_the_blocks_around_it() -> None:
    text = OpenText("file:///a.md", 0, "".join(f"段落 {number}。\n\n" for number in range(100)), Units.UTF16)
    before = text.document.blocks
    text.change(1, [Change(Place(100, 1), Place(100, 2), "x")])
    assert sum(one is not other for one, other in zip(before, text.document.blocks, strict=True)) <= 2


def test_many_changes_at_once_take_no_longer_than_they_must() -> None:
    text = OpenText("file:///a.md", 0, "某某某某\n" * 20_000, Units.UTF16)
    text.change(1, [Change(Place(line, 1), Place(line, 2), "甲乙") for line in range(0, 20_000, 4)])
    assert text.source.text == ("某甲乙某某\n" + "某某某某\n" * 3) * 5_000


@pytest.mark.parametrize("text", ["", "a", "a\n", "\r\n\r", "a\u2028b\x0cc\n\nd"])
def test_lines_are_the_text(text: str) -> None:
    assert "".join(split(text)) == text
    assert len(split(text)) == len(Source(text).line_starts)


@pytest.mark.parametrize(("one", "other", "length"), [("", "", 0), ("ab", "ab", 2), ("abc", "abd", 2), ("x", "yx", 0)])
def test_common_prefix(one: str, other: str, length: int) -> None:
    assert common_prefix(one, other) == length
