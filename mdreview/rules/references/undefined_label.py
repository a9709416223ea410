"""REF006: a reference to a label that is defined nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts import labels, outlines
from mdreview.facts.citations import keys
from mdreview.facts.citing import ONLY_EXTERNAL
from mdreview.facts.pseudo_headings import pseudo_headings
from mdreview.facts.regions import is_whole
from mdreview.facts.sections import is_chapter, section_tree
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.rule import DocumentRule
from mdreview.source import Span

NEAREST = Text(
    "no figure, table, equation or section is labelled “{label}”; did you mean “{nearest}”?",
    "没有标签为“{label}”的图、表、公式或章节；是否想写“{nearest}”？",
)
DEFINED = Text("“{nearest}” is defined here", "“{nearest}”在此定义")
LINK_TITLE = regex(r"\s+(?:\"[^\"]*\"|'[^']*')\s*\Z")
SPACES = Text("a target with spaces makes no link; write %20 or <#…>", "目标中有空格，不能成为链接；应写作 %20 或 <#…>")
ANCHOR = Text("this link leads to no heading or anchor of this file", "此链接在本文件中没有对应的标题或锚点")
HTML_HEADING = regex(r"<h[1-6]\b[^<>\n]{0,200}>([^\n]{1,200}?)</h[1-6]>", re.I)
TAGS = regex(r"<[^<>]{0,200}>")
GENERATED = regex(
    r"(?:ref|fn|fnref|cite|citation|bib|footnote|endnote|user-content|top|toc|_toc|l\d|section-\d|page|table|fig|tab|eq)\b|_",
    re.I,
)
LABELS = frozenset({"sec", "fig", "tbl", "eq", "lst"})
PANEL = regex(r"-\d{1,2}\Z")
DIGITS = regex(r"\d+")
LENGTH = 60


class UndefinedLabel(DocumentRule):
    code = "REF006"
    name = "undefined-label"
    severity = Severity.ERROR
    message = Text(
        "no figure, table, equation or section is labelled “{label}”", "没有标签为“{label}”的图、表、公式或章节"
    )
    why = Text(
        "The renderer prints ?? or the bare label in place of a number.",
        "渲染后此处不是编号，而是 ?? 或标签本身。",
    )
    silent = Text(
        "A file that has no title in its front matter, no abstract and no reference list, or defines no label of the "
        "kind (`fig`, `tbl`, `sec`, …), is taken for a part of a larger work: only labels that are nearly right are "
        "reported, unless the other parts are known. Links to `#places` are compared without case and punctuation, "
        "as renderers differ, and only in files that have a title and are no chapter of a book, whose one heading of "
        "the first level is labelled.",
        "若文件没有题名元数据、摘要和参考文献，或没有同类标签（fig、tbl、sec 等），视为较大著作的一部分，"
        "只报告与已有标签仅一字之差的引用，除非其他部分已知。"
        "指向 #锚点 的链接不计大小写和标点，且仅在有大标题的文件中检查；"
        "唯一的一级标题带有标签的文件视为一本书的一章，不检查。",
    )
    bad = (
        "![a](a.png){#fig:loss}\n\n损失见 @⟦fig:los⟧。\n",
        "See [@⟦fig-lost⟧].\n\n![Loss](a.png){#fig-loss}\n",
        "(loss-curve)=\n\n## Loss\n\nSee {ref}`⟦loss-curves⟧`.\n",
        "# 方法\n\n参见[实验](#⟦实验结果⟧)。\n\n## 实验\n\n文。\n",
        "# Data\n\nSee [models](#⟦deep models⟧).\n\n## Deep models\n\nText.\n",
        "---\ntitle: Loss\n---\n\nAs Figure \\ref{⟦fig:gain⟧} shows.\n\n![Loss. \\label{fig:loss}](a.png)\n",
    )
    good = (
        "![a](a.png){#fig:loss}\n\n损失见 @fig:loss 与 [@fig:loss]。\n",
        '## 1.2 Data & Models\n\nSee [there](#12-data--models) and [here](#here).\n\n<a name="here"></a>Text.\n',
        "```{python}\n#| label: fig-loss\nplot()\n```\n\nSee @fig-loss.\n",
        "The bus is described in [@sec:bus].\n\n![a](a.png){#fig:loss}\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        yield from self._labels(document, context)
        yield from self._anchors(document, context)

    def _anchors(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        links = document.joined(labels.anchors)
        if not links or labels.MYST.search(document.source.text):
            # a link of MyST may lead to any label of the whole book
            return
        tree = document.fact(section_tree)
        whole = is_whole(document) or any(section.level == 1 for section in tree)
        if whole and not context.others and (document.fact(is_chapter) or document.fact(_is_of_a_manuscript)):
            # a book is bound of its chapters, and a link may lead to any of them
            whole = False
        texts = (document, *context.others)
        known = {outlines.slug(placed.fact.label) for text in texts for placed in text.joined(labels.definitions)}
        for text in texts:
            for section in text.fact(section_tree):
                known |= {outlines.slug(section.title), outlines.slug(text.text_of(section.span))}
        known |= {line.key for line in document.fact(pseudo_headings)}
        known |= document.fact(_html_headings)
        for link in links:
            target = LINK_TITLE.sub("", link.fact.label).strip()
            if " " in target:
                yield self.found(link.span(link.fact.span), message=SPACES, label=target)
                continue
            name = outlines.slug(target)
            if link.fact.prefix in LABELS and not is_whole(document):
                # [the method](#sec:method) may lead to another part of the work, as @sec:method may
                continue
            if not whole or name in known or name.rstrip("0123456789") in known or GENERATED.match(link.fact.label):
                continue
            known.add(name)
            yield self.found(link.span(link.fact.span), message=ANCHOR, label=link.fact.label)

    def _labels(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        references = document.joined(labels.references)
        if not references:
            return
        known: dict[str, Span | None] = {}
        for other in context.others:
            known |= dict.fromkeys(placed.fact.label for placed in other.joined(labels.definitions))
        for placed in document.joined(labels.definitions):
            known[placed.fact.label] = placed.span(placed.fact.span)
        folded = {label.casefold() for label in known}
        slips = {short: label for label in known for short in _shortened(label)}
        prefixes = {labels.prefix_of(label) for label in known}
        whole = bool(context.others) or (is_whole(document) and not document.fact(is_chapter))
        for reference in references:
            label = reference.fact.label
            if label.casefold() in folded or _is_part(label, folded):
                continue
            if reference.fact.sign == "\\@ref" and _is_part(label.partition(":")[2] or label, folded):
                # knitr puts the kind before the name of the chunk
                continue
            if reference.fact.prefix not in prefixes or (reference.fact.sign == "@" and not reference.fact.prefix):
                continue
            nearest = next((slips[short] for short in sorted(_shortened(label)) if short in slips), None)
            if nearest is not None and _numbers(nearest) != _numbers(label):
                # fig:3 and fig:4 are two figures
                nearest = None
            if nearest is None and whole:
                yield self.found(reference.span(reference.fact.span), label=label)
            elif nearest is not None:
                yield self._report(reference.span(reference.fact.span), label, nearest, known[nearest])

    def _report(self, span: Span, label: str, nearest: str, place: Span | None) -> Diagnostic:
        related = (Related(place, DEFINED, {"nearest": nearest}),) if place is not None else ()
        return self.found(span, message=NEAREST, related=related, label=label, nearest=nearest)


def _html_headings(document: Document) -> frozenset[str]:
    """The names of the headings that are written in HTML."""
    found = HTML_HEADING.finditer(document.source.text)
    return frozenset(outlines.slug(TAGS.sub("", match[1])) for match in found)


def _is_part(label: str, folded: set[str]) -> bool:
    """Whether a label is a known one with a full stop, or a panel's letter or number, after it."""
    plain = label.casefold().rstrip(".:,;")
    if (panel := PANEL.search(plain)) and plain[: panel.start()] in folded:
        return True
    return plain in folded or (label[-1].isupper() and plain[:-1].rstrip("-.") in folded)


def _is_of_a_manuscript(document: Document) -> bool:
    """Whether the file cites as manuscripts do that are put together from several files: @doi:10.1000/x1."""
    return not is_whole(document) and any(ONLY_EXTERNAL.match(placed.fact.key) for placed in document.joined(keys))


def _numbers(label: str) -> list[int]:
    return [int(digits) for digits in DIGITS.findall(label)]


def _shortened(label: str) -> set[str]:
    """The label, and the label without one of its characters: labels one slip apart share one of these."""
    plain = label.casefold()[:LENGTH]
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}
