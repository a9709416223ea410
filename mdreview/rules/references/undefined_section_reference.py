"""REF001: a reference to a section that the document does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts import references
from mdreview.facts.numbering import Script
from mdreview.facts.references import SectionMention, Target
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

WHOLE_AT_LEAST = 3
PLAIN = frozenset({Script.ARABIC, Script.FULL_WIDTH, Script.CHINESE})

# the letters that alone may be Roman numerals, by their places in the alphabet
ROMAN_LETTERS = {9: 1, 22: 5, 24: 10}


class UndefinedSectionReference(DocumentRule):
    code = "REF001"
    name = "undefined-section-reference"
    severity = Severity.ERROR
    message = Text("there is no section {number} in this document", "文中没有编号为 {number} 的章节")
    why = Text(
        "The reader is sent to a section that is not there, often because sections were renumbered.",
        "读者被指向并不存在的章节，多半是章节改号后漏改引用。",
    )
    silent = Text(
        "References to other works, to a linked file and to other files of the work; chapters, where the file is one "
        "chapter of a book; every number, where the headings bear none.",
        "指向其他著作、链接文件或同一著作其他文件的引用，不予报告；文件只是全书一章时对其他章的引用、"
        "以及标题本无编号时的引用，也不报告。",
    )
    bad = (
        "## 1 引言\n\n细节见⟦第3.2节⟧。\n\n## 2 方法\n\n文。\n\n## 3 结果\n\n### 3.1 主要结果\n\n文。\n",
        "# 第一章 绪论\n\n结论见⟦第五章⟧。\n\n# 第二章 方法\n\n文。\n\n# 第三章 结论\n\n文。\n",
        "## 1. Data\n\nSee ⟦Section 2.3⟧.\n\n## 2. Models\n\n### 2.1. Trees\n\nText.\n\n### 2.2. Nets\n\nText.\n",
    )
    good = (
        "## 1 引言\n\n细节见第3.1节。\n\n## 2 方法\n\n文。\n\n## 3 结果\n\n### 3.1 主要结果\n\n文。\n",
        "## 3.1 Data\n\nSee Section 2.3 and Chapter 5.\n\n## 3.2 Models\n\nText.\n",
        "## 1 范围\n\n术语见《信息安全技术》的4.2.5节。\n\n## 2 方法\n\n文。\n\n## 4 结果\n\n文。\n",
        "## 1. Data\n\nSee Section 9 of [5] and 44 U.S.C. § 3542.\n\n## 2. Models\n\nText.\n\n## 3. Results\n\nText.\n",
        "The interface is described in Section 5.3.\n\n## Interface\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        mentions = document.joined(references.sections)
        if not mentions:
            return
        own = document.fact(_numbers)
        others = [other.fact(_numbers) for other in context.others]
        parts = document.fact(regions)
        for placed in mentions:
            mention = placed.fact
            span = placed.span(mention.span)
            aside = mention.foreign or mention.target is Target.PART
            if aside or parts.at(span.start) in (Region.REFERENCES, Region.CONTENTS):
                continue
            if own.has(mention) or any(other.has(mention) for other in others):
                continue
            if own.should_have(mention):
                yield self.found(span, number=_written(mention))


class _Numbers(NamedTuple):
    """The section numbers of a document: all, those that can have subsections, chapters, appendices."""

    all: frozenset[tuple[int, ...]]
    parents: frozenset[tuple[int, ...]]
    chapters: frozenset[tuple[int, ...]]
    appendices: frozenset[tuple[int, ...]]
    roman_appendices: bool
    last_parts: frozenset[int]
    top: frozenset[int]
    manuscript: bool

    @property
    def whole(self) -> bool:
        """Whether the file holds the whole work, as far as its numbers tell."""
        return len(self.top) >= WHOLE_AT_LEAST and not self.top.isdisjoint((0, 1))

    @property
    def paper(self) -> bool:
        """Whether this is a whole work with an abstract or references, whose sections some call chapters."""
        return self.whole and self.manuscript

    def has(self, mention: SectionMention) -> bool:
        values = mention.values
        if mention.target is Target.APPENDIX:
            if self.roman_appendices and len(values) == 1 and values[0] in ROMAN_LETTERS:
                values = (ROMAN_LETTERS[values[0]],)
            return values in self.appendices or values[:1] in self.appendices
        if mention.target is Target.CHAPTER:
            return values in self.chapters or values in self.all
        return values in self.all or (len(values) == 1 and values[0] in self.last_parts)

    def should_have(self, mention: SectionMention) -> bool:
        """Whether the section, if there were one, would stand in this file."""
        values = mention.values
        if mention.target is Target.APPENDIX:
            return bool(self.appendices)
        if mention.target is Target.CHAPTER:
            return len(self.chapters) > 1 or (self.paper and mention.pointing)
        if len(values) > 1:
            return values[:-1] in self.parents or (self.paper and mention.pointing)
        return self.whole and (mention.pointing or self.manuscript)


def _numbers(document: Document) -> _Numbers:
    tree = document.fact(section_tree)
    all_: set[tuple[int, ...]] = set()
    parents: set[tuple[int, ...]] = set()
    chapters: set[tuple[int, ...]] = set()
    appendices: set[tuple[int, ...]] = set()
    roman = False
    top: set[int] = set()
    for section in tree:
        number = section.number
        if section.region is Region.APPENDIX and number is None:
            appendices.add((1,))
        if number is None:
            continue
        if number.unit == "appendix" or number.style.script is Script.LETTER:
            appendices.add(number.values)
            roman = roman or number.style.script is Script.ROMAN
            if number.unit == "appendix":
                continue
        all_.add(number.values)
        path = tree.path(section)
        all_.add(path)
        if number.style.script in PLAIN and number.style.before.strip() not in ("(", "（"):
            parents.add(path)
        if number.unit in ("章", "chapter"):
            chapters.add(number.values)
        if number.depth == 1 and tree.numbered_ancestor(section) is None:
            top.add(number.values[0])
    last_parts = frozenset(values[-1] for values in all_)
    all_.update(placed.fact for placed in document.joined(references.listed_sections))
    manuscript = bool(document.fact(regions).of(Region.ABSTRACT, Region.REFERENCES))
    return _Numbers(
        frozenset(all_),
        frozenset(parents),
        frozenset(chapters),
        frozenset(appendices),
        roman,
        last_parts,
        frozenset(top),
        manuscript,
    )


def _written(mention: SectionMention) -> str:
    if mention.target is Target.APPENDIX:
        first, *rest = mention.values
        return ".".join([chr(64 + first) if first <= 26 else str(first), *map(str, rest)])
    return ".".join(map(str, mention.values))
