"""Whether checking stays linear: texts of growing size, each twice the last, and the ratio of the times.

    python benchmarks/complexity.py [--size CHARACTERS] [--seconds LIMIT] [NAME …]

Every shape runs through `mdreview.engine.check` with all rules on. Ends with status 1 where doubling a text
multiplies the time by more than 2.5, in the last step that takes long enough to be measured.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.settings import Settings

LIMIT = 2.5
STEPS = 4
NOISE = 0.03
"""Seconds below which a time says nothing."""
ALL = Context(Settings(select=("ALL",)))


def numbered(template: str, end: str = "") -> Callable[[int], str]:
    """`template` again and again, `{n}` counting, up to a number of characters; then `end`."""

    def make(size: int) -> str:
        pieces: list[str] = []
        length = number = 0
        while length < size:
            number += 1
            pieces.append(template.replace("{n}", str(number)))
            length += len(pieces[-1])
        return "".join(pieces) + end

    return make


def growing(unit: str, between: str = "x") -> Callable[[int], str]:
    """Runs of `unit` of lengths 1, 2, 3, …"""

    def make(size: int) -> str:
        pieces: list[str] = []
        length = 0
        while length < size:
            pieces.append(unit * (len(pieces) + 1) + between)
            length += len(pieces[-1])
        return "".join(pieces)

    return make


def wide_table(size: int) -> str:
    columns = size // 12
    return "|" + " a |" * columns + "\n|" + "---|" * columns + "\n|" + " 5% |" * columns + "\n"


def deep(mark: str, step: int) -> Callable[[int], str]:
    """A list or quote in a list in a list, `step` columns deeper each line."""

    def make(size: int) -> str:
        lines: list[str] = []
        length = 0
        while length < size:
            lines.append(" " * (step * len(lines)) + f"{mark} x\n")
            length += len(lines[-1])
        return "".join(lines)

    return make


def terms(size: int) -> str:
    """Abbreviations, each defined once with a name of its own, and used."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    lines: list[str] = []
    length = number = 0
    while length < size:
        number += 1
        picked = [letters[number % 26], letters[number // 26 % 26], letters[number // 676 % 26]]
        words = " ".join(f"{letter}{letter.lower() * 2}ab" for letter in picked)
        short = "".join(picked)
        lines.append(f"We use the {words} ({short}) here. Then {short} works.\n\n")
        length += len(lines[-1])
    return "".join(lines)


def chinese_terms(size: int) -> str:
    names = "卷积循环残差注意生成对抗变分编码图像语义时序因果强化迁移"
    lines: list[str] = []
    length = number = 0
    while length < size:
        number += 1
        name = "".join(names[number // 28**power % 28] for power in range(3))
        short = "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number // 26**power % 26] for power in range(3))
        lines.append(f"我们使用{name}网络（{short}）处理数据，{name}网络与{short}效果相当。\n\n")
        length += len(lines[-1])
    return "".join(lines)


SHAPES: dict[str, Callable[[int], str]] = {
    "brackets [": numbered("["),
    "brackets ]": numbered("]"),
    "brackets (": numbered("("),
    "brackets （": numbered("（"),
    "brackets 《": numbered("中文《"),
    "brackets ⟨[x]⟩ in lines": numbered("[x\n"),
    "image brackets": numbered("!["),
    "*a": numbered("*a"),
    "**a": numbered("**a "),
    "_a": numbered("_a "),
    "emphasis pairs": numbered("*a* **b** "),
    "backtick runs": growing("`"),
    "backticks alone": numbered("` x "),
    "tilde runs": growing("~", "x\n"),
    "nested quotes": growing(">", " x\n"),
    "one deep quote": lambda size: ">" * (size // 100) + " x\n" * 1,
    "quoted lines": numbered("> x 5%\n"),
    "footnote references": numbered("text[^{n}] "),
    "one footnote reference": numbered("text[^1] "),
    "footnote reference paragraphs": numbered("正文[^{n}]。\n\n"),
    "footnote definitions": numbered("[^{n}]: text\n"),
    "footnote definitions and references": numbered("text[^{n}]\n\n[^{n}]: text\n\n"),
    "equal footnote definitions": numbered("[^1]: text\n\n"),
    "open footnote marks": numbered("[^"),
    "headings": numbered("# {n} heading\n"),
    "headings apart": numbered("## {n}. 标题\n\n正文。\n\n"),
    "equal headings": numbered("## 1 heading\n\ntext\n\n"),
    "headings of many parts": numbered("## 1.{n}.{n} heading\n\ntext\n\n"),
    "Chinese headings": numbered("## 一、标题\n\n"),
    "bold lines": numbered("**一、标题**\n\n"),
    "setext lines": numbered("a\n=\n"),
    "section references": numbered("见第{n}.2节。See Section {n}.1.\n\n"),
    "figure references": numbered("如图{n}所示。See Fig. {n}.\n\n"),
    "captions": numbered("表{n} 标题\n\n"),
    "images": numbered("![图{n} x](a.png)\n\n图{n} 标题\n\n"),
    "wide table": wide_table,
    "long table": lambda size: "| a | b |\n|---|---|\n" + numbered("| {n}% | [{n}] |\n")(size),
    "many tables": numbered("| a |\n|---|\n| 1 |\n\n"),
    "pipes": numbered("|"),
    "one line of letters": numbered("a"),
    "one line of words": numbered("word "),
    "one line of Han": numbered("中"),
    "one line of English sentences": numbered("The model works well. "),
    "one line of Chinese sentences": numbered("模型效果很好。"),
    "one line of digits": numbered("1"),
    "one line of spaces": numbered(" ", "x"),
    "full stops": numbered("."),
    "dotted letters": numbered("a.b"),
    "capitals": numbered("AB "),
    "one line of capitals": numbered("A"),
    "capitalised words": numbered("Word "),
    "unclosed comments": numbered("<!-- x "),
    "unclosed comment lines": numbered("<!-- x\n"),
    "comments": numbered("<!-- x --> a "),
    "suppressions": numbered("<!-- mdreview-disable FN001 -->\n\nx[^1]\n\n"),
    "suppressions open and shut": numbered(
        "<!-- mdreview-disable FN001 -->\n\nx[^1]\n\n<!-- mdreview-enable FN001 -->\n\n"
    ),
    "next-line suppressions": numbered("<!-- mdreview-disable-next-line FN001 -->\nx[^1]\n\n"),
    "dollar signs": numbered("$"),
    "dollar signs and letters": numbered("$a "),
    "dollar pairs": numbered("$x_1$ and "),
    "$$a paragraphs": numbered("$$a\n\n"),
    "$$a lines": numbered("$$a\n"),
    "\\[ paragraphs": numbered("\\[a\n\n"),
    "\\( inline": numbered("\\(a "),
    "\\begin paragraphs": numbered("\\begin{a}\n\n"),
    "backslashes": numbered("\\"),
    "links": numbered("[text](http://a.b/{n}) "),
    "open links": numbered("[a]("),
    "open link targets": numbered("[a](<b"),
    "links in brackets": lambda size: "[" * (size // 8) + "a" + "](b)" * (size // 8),
    "addresses": numbered("https://a.b/{n} "),
    "one long address": lambda size: "https://" + "a/" * (size // 2),
    "link reference definitions": numbered("[l{n}]: http://a.b\n"),
    "link reference definitions of two lines": numbered("[l{n}]:\nhttp://a.b\n"),
    "link labels": numbered("[a]:"),
    "<a": numbered("<a"),
    "<a ": numbered("<a "),
    "<div lines": numbered("<div>\n\n"),
    "<code>": numbered("<code>"),
    "think": numbered("<think>\n\n"),
    "closed think": numbered("<think>\n\n</think>\n\ntext\n\n"),
    "entities": numbered("&nbsp;"),
    "braces": numbered("{"),
    "attributes": numbered("x{.a} "),
    "open attributes": numbered("{.a "),
    "templates": numbered("{{ "),
    "list items": numbered("- item {n}\n"),
    "list items apart": numbered("- item {n}\n\n"),
    "ordered items": numbered("{n}. item\n"),
    "list items with paragraphs": numbered("- item\n\n  more\n\n"),
    "deep list": deep("-", 2),
    "deep list on one line": numbered("- "),
    "deep quotes and lists": numbered("> - "),
    "fences": numbered("```\nx\n```\n"),
    "unclosed fences": lambda size: numbered("```\nx\n\n")(size),
    "fences in items": numbered("- ```\n"),
    "fences after text": numbered("text\n```\n\n"),
    "html after list": numbered("- a\n\n<b>\n\n"),
    "admonitions": numbered("!!! note\n    text\n\n"),
    "definition lists": numbered("Term {n}\n: text\n\n"),
    "indented text": numbered("    正文，段落。\n\n"),
    "(CNN) definitions": numbered("卷积神经网络（Convolutional Neural Network, CNN）。\n\n"),
    "(CNN) in one line": numbered("卷积神经网络（CNN）"),
    "terms": terms,
    "Chinese terms": chinese_terms,
    "term spellings": numbered("DeepLab Deeplab deep-lab data set dataset. "),
    "parentheses with words": numbered("(a b c "),
    "percentages": numbered("提升了{n}%。"),
    "percentages in paragraphs": numbered("准确率提升了25%。\n\n"),
    "English percentages": numbered("It rose by 25 percent. "),
    "abstract figures": lambda size: (
        "# 摘要\n\n" + numbered("提升了{n}%。")(size // 2) + "\n\n# 1 引言\n\n" + numbered("提升了{n}.5%。")(size // 2)
    ),
    "attributions": numbered("研究表明，它有效。"),
    "numeric citations": numbered("text [{n}] "),
    "citations and references": lambda size: (
        numbered("text [{n}].\n\n")(size // 3)
        + "# References\n\n"
        + numbered("[{n}] Author A. Title number {n}. Journal, 2020.\n\n")(size * 2 // 3)
    ),
    "reference list": lambda size: "# 参考文献\n\n" + numbered("[{n}] 张三. 论文题目{n}[J]. 学报, 2020.\n\n")(size),
    "equal references": lambda size: "# 参考文献\n\n" + numbered("[{n}] 张三. 论文题目[J]. 学报, 2020.\n\n")(size),
    "references without numbers": lambda size: "# References\n\n" + numbered("Li W. Title. 2020.\n\n")(size),
    "author and year": numbered("(Li et al., 2020) "),
    "citekeys": numbered("[@key{n}; @b] "),
    "at signs": numbered("@"),
    "labels": numbered("@fig-{n} and {#fig-{n}} "),
    "placeholders": numbered("TODO 待补充 "),
    "outline": lambda size: (
        "# 目录\n\n" + numbered("- 第{n}章 标题\n")(size // 2) + numbered("\n# 第{n}章 标题\n")(size // 2)
    ),
    "contents links": lambda size: (
        "# Contents\n\n" + numbered("- [{n} Title](#t{n})\n")(size // 2) + numbered("\n# {n} Title\n")(size // 2)
    ),
    "halfwidth commas": numbered("中文,中文;"),
    "keywords": lambda size: "关键词：" + numbered("词{n}，")(size),
    "carriage returns": numbered("a\r\r\n"),
    "blank lines": numbered("\n"),
    "white lines": numbered(" \t \n"),
}


def seconds(text: str) -> float:
    """The processor time of one reading and checking, the best of three where it is short."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        begin = time.process_time()
        check(parse(text), ALL)
        best = min(best, time.process_time() - begin)
        if best > 1:
            break
    return best


def measured(make: Callable[[int], str], size: int, limit: float) -> list[float]:
    """The times for texts of `size` characters, then twice as many, and so on; stops once one takes over `limit`."""
    times: list[float] = []
    for step in range(STEPS):
        times.append(seconds(make(size << step)))
        if times[-1] > limit:
            break
    if grows(times):
        # what else the machine does may have fallen on the last one: once more
        last = len(times) - 1
        times[-1] = min(times[-1], seconds(make(size << last)))
    return times


def grows(times: list[float]) -> bool:
    """Whether the last doubling multiplied the time by more than LIMIT, or already the first text took too long."""
    if len(times) == 1:
        return True
    return times[-1] > NOISE and times[-1] / times[-2] > LIMIT


def ratios(times: Iterable[float]) -> list[float]:
    return [later / max(earlier, 1e-9) for earlier, later in pairwise(times)]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("names", nargs="*", metavar="NAME", help="only shapes whose name holds this")
    options.add_argument("--size", type=int, default=10_000, help="characters of the smallest text (default 10000)")
    options.add_argument("--seconds", type=float, default=4.0, help="stop doubling after a check that took longer")
    chosen = options.parse_args()
    check(parse("warm 热身 [^1] (CNN) 25%.\n\n- a\n\n[^1]: x\n"), ALL)
    slow: list[str] = []
    for name, make in SHAPES.items():
        if chosen.names and not any(word in name for word in chosen.names):
            continue
        times = measured(make, chosen.size, chosen.seconds)
        steps = ratios(times)
        bad = grows(times)
        if bad:
            slow.append(name)
        row = "  ".join(f"{value * 1000:8.1f}" for value in times)
        print(
            f"{name:42} ms {row:40}  x {' '.join(f'{ratio:4.1f}' for ratio in steps)}{'  <-- ' if bad else ''}",
            flush=True,
        )
    print(f"\n{len(slow)} of the shapes grow faster than {LIMIT} times: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
