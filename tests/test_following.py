"""What is asked again after an edit, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import check
from mdreview.following import Follower
from mdreview.markdown import Block, Document, Kind, Placed, Question, kind_of, parse
from mdreview.markdown.followed import KEPT, Followed
from mdreview.settings import Settings
from mdreview.source import Span

EVERY_RULE = Context(Settings(select=("ALL",)))
REVIEW = (Path(__file__).parents[1] / "examples" / "review.zh.md").read_text("utf-8")
TEXT = "# One\n\nRain! It rains.\n\nSnow.\n\n# Two\n\nHail!\n"


def exclamations(block: Block) -> list[Span]:
    return [Span(at, at + 1) for at, sign in enumerate(block.text) if sign == "!"]


class Counting:
    """A fact that counts how often it is asked."""

    def __init__(self, *answers: object) -> None:
        self.asked = 0

    def __call__(self, document: Document) -> object:
        self.asked += 1
        return self.answer(document)

    def answer(self, document: Document) -> object:
        return [placed.span(placed.fact) for placed in document.joined(exclamations)]


class InText(Counting):
    def answer(self, document: Document) -> object:
        return document.text_of(document.span_of(1))


class OfBlocks(Counting):
    def answer(self, document: Document) -> object:
        return len(document.blocks), document.blocks[2].text


class OfKinds(Counting):
    def answer(self, document: Document) -> object:
        return document.each(kind_of).count(Kind.HEADING)


class Whole(Counting):
    def answer(self, document: Document) -> object:
        return document.source.text.count("Snow")


class Derived(Counting):
    def __init__(self, below: Counting) -> None:
        super().__init__()
        self.below = below

    def answer(self, document: Document) -> object:
        return document.fact(self.below)


def edited(document: Document, old: str, new: str) -> Document:
    at = document.source.text.index(old)
    return document.edited(Span(at, at + len(old)), new)


@pytest.mark.parametrize(
    ("fact", "old", "new", "again"),
    [
        (Counting(), "Snow", "Sleet and snow", False),
        (Counting(), "It rains", "It rains a lot", False),
        (Counting(), "Rain!", "So rain!", True),
        (Counting(), "Snow.", "Snow!", True),
        (InText(), "Snow", "Sleet", False),
        (InText(), "It rains", "It pours", True),
        (OfBlocks(), "Hail", "Hailstones", False),
        (OfBlocks(), "Snow", "Sleet", True),
        (OfBlocks(), "Hail!", "Hail!\n\nSleet.", True),
        (OfKinds(), "Snow", "Sleet", False),
        (OfKinds(), "Snow", "# Snow", True),
        (Whole(), "Hail", "Hailstones", True),
        (Derived(Counting()), "Snow", "Sleet", False),
        (Derived(Counting()), "Rain!", "So rain!", True),
        (Derived(Whole()), "Hail", "Hailstones", False),
        (Derived(Whole()), "Snow", "Sleet", True),
    ],
)
def test_a_fact_is_asked_again_if_what_it_read_has_changed(fact: Counting, old: str, new: str, again: bool) -> None:
    document = parse(TEXT)
    before = Followed(document)
    before.fact(fact)
    document = edited(document, old, new)
    after = Followed(document, before)
    asked = fact.asked
    after.fact(fact)
    assert fact.asked - asked == again


def test_places_stay_though_the_text_before_them_grows() -> None:
    document = parse(TEXT)
    followed = Followed(document)
    starts = followed.starts
    for _ in range(20):
        document = edited(document, "Snow", "Snow, Snow")
        followed = Followed(document, followed)
        assert followed.starts is starts
    hail = followed.starts[-1]
    assert followed.text_of(Span(hail, hail + 4)) == "Hail"
    assert document.source.text[followed.layout.offset(hail) :] == "Hail!\n"


class Shouted(Question):
    asked = 0

    def __call__(self, placed: Placed[Span], block: Block) -> tuple[int, str]:
        Shouted.asked += 1
        return placed.start, block.text


def test_what_is_made_of_facts_is_made_again_only_where_they_changed() -> None:
    document = parse(TEXT)
    followed = Followed(document)
    assert followed.mapped(exclamations, Shouted("a")) == document_mapped(document, followed)
    asked = Shouted.asked
    document = edited(document, "Rain!", "Rain! Rain!")
    followed = Followed(document, followed)
    assert followed.mapped(exclamations, Shouted("a")) == document_mapped(document, followed)
    assert Shouted.asked - asked == 2
    followed.mapped(exclamations, Shouted("b"))
    assert Shouted.asked - asked == 5


def test_what_is_made_of_facts_and_their_block_is_made_again_where_only_the_block_changed() -> None:
    document = parse(TEXT)
    followed = Followed(document)
    followed.mapped(exclamations, Shouted("a"))
    document = edited(document, "It rains", "It pours")
    followed = Followed(document, followed)
    assert followed.mapped(exclamations, Shouted("a")) == document_mapped(document, followed)


class Below(Question):
    asked = 0

    def __call__(self, document: Document, placed: Placed[Span]) -> str:
        Below.asked += 1
        following = document.block_after(placed.block)
        return following.text if following is not None else "nothing"


@pytest.mark.parametrize(
    ("old", "new", "again", "answers"),
    [
        ("Snow", "Sleet", 1, ["Sleet.", "nothing"]),
        ("It rains", "It rains a lot", 1, ["Snow.", "nothing"]),
        ("# Two", "# Three", 0, ["Snow.", "nothing"]),
        ("Snow", "Wind.\n\nSnow", 1, ["Wind.", "nothing"]),
        ("Snow.\n\n", "", 1, ["# Two", "nothing"]),
        ("# Two", "Ice.\n\n# Two", 1, ["Snow.", "nothing"]),
        ("# One", "A title\n\n# One", 0, ["Snow.", "nothing"]),
        ("Hail!\n", "Hail!\n\nSun.\n", 1, ["Snow.", "Sun."]),
        ("# Two", "Ice!\n\n# Two", 2, ["Snow.", "# Two", "nothing"]),
        ("Rain! ", "", 0, ["nothing"]),
    ],
)
def test_of_several_values_those_are_asked_about_again_that_looked_where_something_changed(
    old: str, new: str, again: int, answers: list[str]
) -> None:
    document = parse(TEXT)
    followed = Followed(document)
    assert followed.answers(Below(), followed.joined(exclamations)) == ["Snow.", "nothing"]
    asked = Below.asked
    document = edited(document, old, new)
    followed = Followed(document, followed)
    assert followed.answers(Below(), followed.joined(exclamations)) == answers
    assert Below.asked - asked == again
    assert document.answers(Below(), document.joined(exclamations)) == answers


@pytest.mark.parametrize("text", ["Rain!\n\n", "# Rain!\n\n   \n", "> Rain!\n\n", "Rain!\n"])
def test_who_looks_behind_the_last_block_sees_what_is_written_there(text: str) -> None:
    document = parse(text)
    followed = Followed(document)
    assert followed.answers(Below(), followed.joined(exclamations)) == ["nothing"]
    document = document.edited(Span(len(text), len(text)), "\nSnow.")
    followed = Followed(document, followed)
    assert followed.answers(Below(), followed.joined(exclamations)) == ["Snow."]


class OfAll(Counting):
    def answer(self, document: Document) -> object:
        return document.answers(Below(), document.joined(exclamations))


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("Snow", "Sleet", True), ("# Two", "# Three", False), ("Hail!\n", "Hail!\n\nSun.\n", True)],
)
def test_who_asks_about_several_values_looks_where_they_look(old: str, new: str, again: bool) -> None:
    document = parse(TEXT)
    followed = Followed(document)
    fact = OfAll()
    followed.fact(fact)
    document = edited(document, old, new)
    assert Followed(document, followed).fact(fact) == fact.answer(document)
    assert fact.asked == 1 + again


def document_mapped(document: Document, followed: Followed) -> list[tuple[int, str]]:
    texts = [block.text for block in document.blocks for _ in exclamations(block)]
    return list(zip((placed.start for placed in followed.joined(exclamations)), texts, strict=True))


class Failing(Counting):
    def answer(self, document: Document) -> object:
        if len(document.joined(exclamations)) < 3:
            raise ValueError("too few")
        return True


def test_what_failed_is_asked_again() -> None:
    document = parse(TEXT)
    followed = Followed(document)
    fact = Failing()
    with pytest.raises(ValueError, match="too few"):
        followed.fact(Derived(fact))
    document = edited(document, "Snow.", "Snow!")
    assert Followed(document, followed).fact(Derived(fact)) is True


def unless_it_rains(block: Block) -> list[str]:
    if "rains" in block.text:
        raise ValueError("rain")
    return [block.text]


@pytest.mark.parametrize(
    "read",
    [
        lambda document: [placed.fact for placed in document.joined(unless_it_rains)],
        lambda document: document.mapped(exclamations, lambda _, block: unless_it_rains(block)),
        lambda document: document.each(unless_it_rains),
        lambda document: document.answers(lambda document, number: unless_it_rains(document.blocks[number]), [1]),
        lambda document: document.fact(lambda document: unless_it_rains(document.blocks[1])),
    ],
)
def test_who_bears_a_failure_is_asked_again(read: Callable[[Document], object]) -> None:
    """A rule that fails says so, until what made it fail is gone."""

    def borne(document: Document) -> object:
        try:
            return read(document)
        except ValueError:
            return "failed"

    document = parse(TEXT)
    followed = Followed(document)
    assert followed.fact(borne) == "failed"
    document = edited(document, "rains", "snows")
    assert Followed(document, followed).fact(borne) == borne(document) != "failed"


def test_what_nobody_asks_for_is_dropped() -> None:
    document = parse(TEXT)
    followed = Followed(document)
    fact, kept = Counting(), OfBlocks()
    followed.fact(fact)
    for _ in range(2 * KEPT):
        followed.fact(kept)
        followed = Followed(document, followed)
    assert kept.asked == 1
    followed.fact(fact)
    assert fact.asked == 2


def test_typing_on_in_one_place_finds_what_a_fresh_check_finds() -> None:
    """More than the room before the next paragraph, in a list of references without blank lines, and with new ones."""
    follower = Follower()
    document = parse(REVIEW)
    words = "模型提升了25%[^77]，见第9节（CNN）。\n\n第二段：Transformer 的准确率为30%，见表 8。\n"
    for at in (REVIEW.index("。"), REVIEW.rindex("[1]") + 8):
        for typed in range(160):
            document = document.edited(Span(at + typed, at + typed), words[typed % len(words)])
            findings = follower.check(document, EVERY_RULE)
            if typed % 30 == 29:
                assert list(findings.all) == check(parse(document.source.text), EVERY_RULE)


def test_only_what_changed_is_shown_again() -> None:
    follower = Follower()
    document = parse(REVIEW)
    shown: list[Diagnostic] = []

    def show(finding: Diagnostic) -> str:
        shown.append(finding)
        return finding.code

    def move(code: str, after: list[bool], by: int) -> str:
        assert any(after) and by
        return code

    first = follower.check(document, EVERY_RULE)
    codes = first.each(show, move, "manner")
    assert codes == [finding.code for finding in first.all] and len(shown) == len(codes) > 3
    shown.clear()
    at = first.all[-1].span.start
    line = document.source.text.rindex("\n", 0, at)
    document = document.edited(Span(line, line), "x")
    assert follower.check(document, EVERY_RULE).each(show, move, "manner") == codes
    assert len(shown) < len(codes)
    shown.clear()
    follower.check(document, EVERY_RULE).each(show, move, "another manner")
    assert len(shown) == len(codes)
