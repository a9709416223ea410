"""MDX: what is JavaScript in a text is no prose, and what is Markdown in it is read as everywhere."""

from __future__ import annotations

import pytest
from command_line import Run, write

from mdreview.api import check_text
from mdreview.markdown import Kind, parse
from mdreview.settings import Settings

FAULT = "ABC 45% [^1] TODO"
"""Words that rules speak of, where they are prose."""

SILENT = {
    "an import": f"import Tabs from '@theme/{FAULT}';\n",
    "an import for its effects": f'import "./{FAULT}.css"\n',
    "imports of several lines": f"import {{\n  ABC,\n  TODO,\n}} from './{FAULT}'\nimport * as all from 'b'\n",
    "an exported value": f"export const meta = {{\n  title: '{FAULT}',\n}}\n",
    "an exported function": f"export default function Layout({{children}}) {{\n  return '{FAULT}'\n}}\n",
    "a layout": f"export default ({{children}}) => <div title='{FAULT}'>{{children}}</div>\n",
    "a comment": f"{{/* {FAULT} */}}\n",
    "a comment of several paragraphs": f"{{/*\n{FAULT}\n\n{FAULT}\n*/}}\n",
    "a comment in a sentence": f"One {{/* {FAULT} */}} two.\n",
    "an expression": f"{{rows.map(row => <Card title='{FAULT}' row={{row}} />)}}\n",
    "an element": f"<Chart year={{2018}} data={{[{{a: '{FAULT}', b: 3}}]}} color='red' />\n",
    "an element of several lines": f"<Tabs\n  values={{[\n    {{label: '{FAULT} >'}},\n  ]}}>\n</Tabs>\n",
    "an element with a function": f"Rain <Chart onClick={{() => say('{FAULT}')}}>fell</Chart> today.\n",
}
SPOKEN_OF = {
    "words in an element": "<Note kind={1}>\n\nIt rained[^1].\n\n</Note>\n",
    "words after an import": "import A from 'a'\n\nIt rained[^1].\n",
    "words between expressions": "In {year} it rained[^1] in {place}.\n",
    "words that only look like modules": "import is a word[^1].\n\nexport default values are set[^2].\n",
    "a comment that is not closed": "{/* It rained[^1].\n\nIt snowed[^2].\n",
    "words after a comment": "{/* one */} It rained[^1].\n",
    "a comparison": "<A and {b} It rained[^1].\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_javascript(text: str) -> None:
    assert check_text(f"# Title\n\n{text}\nLast words.\n", Settings(select=("ALL",))) == []


@pytest.mark.parametrize("text", SPOKEN_OF.values(), ids=SPOKEN_OF.keys())
def test_markdown_is_read(text: str) -> None:
    found = check_text(text, Settings(select=("FN001",)))
    assert [text[slice(*diagnostic.span)] for diagnostic in found] == [
        mark for mark in ("[^1]", "[^2]") if mark in text
    ]


def test_a_comment_may_hold_blank_lines() -> None:
    document = parse("One.\n\n{/* a\n\nb */}\n\nTwo.\n")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.COMMENT, Kind.PARAGRAPH]


def test_comments_of_mdx_silence_rules(run: Run) -> None:
    write(
        {
            "a.mdx": "It rained[^1]. {/* mdreview-disable-line FN001 -- a reason */}\n\n"
            "{/* mdreview-disable-next-line FN001 */}\nIt snowed[^2].\n"
        }
    )
    assert run("check", "--quiet", "--select", "FN001,SUP", "a.mdx").out == ""
    write({"b.mdx": "It rained. {/* mdreview-disable-line FN001 */}\n\n{/* mdreview-disable-line FN01 */}\n"})
    told = run("check", "--select", "FN001,SUP", "b.mdx").out
    assert "SUP001" in told and "SUP002" in told
