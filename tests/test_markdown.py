"""The reading of a text: the short way against markdown-it-py's full parse, and the syntax of real writers."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from markdown_texts import TEXT, corpus, needs_corpus

from mdreview.markdown import Block, Kind, parse, sentences
from mdreview.markdown.blocks import OBJECT
from mdreview.markdown.document import normalised
from mdreview.markdown.parser import read_blocks
from mdreview.source import Span

# What we read otherwise than markdown-it-py, on purpose: math of our own, fenced divs, thinking blocks, a fence
# that ends with U+00A0, front matter. Each is turned into something that both read alike.
ON_PURPOSE = (("$$", "SS"), ("\\[", "\\("), ("\\begin{", "\\bogus{"), (":::", ";;;"), ("\u00a0", " "), ("{/*", "(/*"))


def neutral(text: str) -> str:
    text = normalised(text)
    for ours, alike in ON_PURPOSE:
        text = text.replace(ours, alike)
    return "No front matter.\n\n" + re.sub(r"<(/?)think", r"<\1thick", text, flags=re.I)


def both_readings(text: str) -> tuple[list[tuple[int, Block]], list[tuple[int, Block]]]:
    """Our reading and the plain full parse; how link definitions are divided into blocks tells nothing."""
    text = neutral(text)
    ours, full = (
        [pair for pair in read if pair[1].kind is not Kind.LINK_DEFINITION] for read in (parse(text), read_blocks(text))
    )
    return ours, full


@settings(max_examples=500, deadline=None)
@given(TEXT)
def test_short_way_reads_what_the_full_parse_reads(text: str) -> None:
    ours, full = both_readings(text)
    # the terms of one definition list may be several blocks with us, so that an edit reads less again
    assume(not any(block.kind is Kind.DEFINITION_LIST for _, block in full))
    assert ours == full


@needs_corpus
def test_real_documents_are_read_as_the_full_parse_reads_them() -> None:
    for text in corpus():
        ours, full = both_readings(text)
        assert ours == full, text[:60]


KINDS = {
    "plain paragraphs": ("第一段。\n\nSecond one.\nIts second line.\n", "paragraph paragraph"),
    "headings of both sorts": ("# 一\n\nTitle\n=====\n", "heading heading"),
    "a paragraph indented with ideographic spaces": ("\u3000\u3000第一段。\n", "paragraph"),
    "a Chinese paragraph indented by four spaces": ("    这是作者缩进的一段话，并不是代码。\n", "paragraph"),
    "real indented code": ("    for (int i = 0; i < n; i++) {\n", "code"),
    "YAML front matter": ("---\ntitle: 题目\n---\n正文\n", "front-matter paragraph"),
    "TOML front matter": ("+++\ntitle = 'x'\n+++\nText\n", "front-matter paragraph"),
    "two thematic breaks are no front matter": ("---\n正文。\n\n---\n\nText\n", "break paragraph break paragraph"),
    "front matter that starts with a comment": ("---\n# a note\ntitle: x\n---\nText\n", "front-matter paragraph"),
    "front matter after a comment": ("<!-- licence -->\n---\ntitle: x\n---\nText\n", "comment front-matter paragraph"),
    "a fence that ends with a no-break space": ("```\ncode\n```\u00a0\n\nText\n", "code paragraph"),
    "an unclosed fence": ("```\ncode\n\nmore\n", "code"),
    "display math with a blank line": ("$$\nx\n\ny\n$$\n\nText\n", "math paragraph"),
    "bracket math": ("\\[\nx = 1\n\\]\n\nText\n", "math paragraph"),
    "a TeX environment": ("\\begin{align}\nx\n\\end{align}\n\nText\n", "math paragraph"),
    "a fenced div": ("::: {.note}\nText\n:::\n", "container paragraph container"),
    "an admonition": ("!!! note\n    正文[^1]\n\nText\n", "admonition paragraph"),
    "a quote that ends with nothing": ("\n> -\n> \n> ", "quote"),
    "a definition list": ("Term\n: meaning\n", "definition-list"),
    "a comment with blank lines": ("<!-- a\n\nb -->\n\nText\n", "comment paragraph"),
    "two comments on a line": ("<!-- a --> <!-- b -->\n\nText\n", "comment paragraph"),
    "the shortest comment": ("<!-->\nText\n", "comment paragraph"),
    "a thinking block": ("<think>\n\nlet me see\n\n</think>\n\nText\n", "thinking paragraph"),
    "a footnote of two paragraphs": ("[^1]: One.\n\n\n    Two.\n\nText\n", "footnote paragraph"),
    "a link definition": ('[a]: https://example.org "A"\nText\n', "link-definition paragraph"),
    "a link definition of two lines after a list": ("- a\n\n[b]:\nhttps://example.org\n", "list link-definition"),
    "a line that only looks like a link definition": ("[1]: Author A. A title. 2020.\n", "paragraph"),
    "a sentence that is wrapped before its last number": ("Set to\n68. The next.\n", "paragraph"),
    "a list that starts in a paragraph": ("As follows:\n1. One.\n2. Two.\n", "paragraph list"),
    "a tag with attributes on a line of its own": ('<img src="a.png" width=5>\nText\n\nText\n', "html paragraph"),
    "an anchor before a text": ('<a name="x"></a>\nText\n', "paragraph"),
    "bars in a list": ("- $p(x|y)$\n- $a | b$\n", "list"),
    "a table": ("| a | b |\n|---|---|\n| 1 | 2 |\n", "table"),
    "a quote and a list": ("> 引文\n\n- 甲\n- 乙\n", "quote list"),
}


@pytest.mark.parametrize(("text", "kinds"), KINDS.values(), ids=KINDS)
def test_syntax_of_real_writers(text: str, kinds: str) -> None:
    assert " ".join(block.kind.value for block in parse(text).blocks) == kinds


# each pair: a text, and what of it is prose; `#` stands for U+FFFC, `~` for what is blanked
PROSE = (
    ("`code` and $x_1$", "###### and #####"),
    ("see [text](http://a.b/c) here", "see [text]~~~~~~~~~~~~~~ here"),
    ("见 https://example.org/a。好", "见 #####################。好"),
    ("a <!-- note --> b <br> c", "a ~~~~~~~~~~~~~ b ~~~~ c"),
    ("![alt](a.png){width=50%}。", "#############~~~~~~~~~~~。"),
    ("it costs $5 and $6 now", "it costs $5 and $6 now"),
    ("See www.a.org. Or www.. and https://a.org/www..", "See #########. Or ###.. and #################.."),
)


@pytest.mark.parametrize(("text", "prose"), PROSE)
def test_prose_hides_what_is_no_prose(text: str, prose: str) -> None:
    assert parse(text).blocks[0].prose == prose.replace("#", OBJECT).replace("~", " ")


SENTENCES = {
    "第一句。第二句！第三句": ["第一句。", "第二句！", "第三句"],
    "First, e.g. this one. Second (see p. 3). Third.": ["First, e.g. this one.", "Second (see p. 3).", "Third."],
    "提升了25%。[^1]另一句。": ["提升了25%。[^1]", "另一句。"],
    "The value is 3.14. Smith et al. found it.[2] Done.": [
        "The value is 3.14.",
        "Smith et al. found it.[2]",
        "Done.",
    ],
    "他说：“好。”然后走了。": ["他说：“好。”", "然后走了。"],
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items())
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, Span(0, len(text)))] == expected
