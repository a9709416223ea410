"""Phrases that lean on research, data or reports without naming them: 研究表明, "studies show"."""

from __future__ import annotations

import re

from mdreview.facts.wording import folded, simplified
from mdreview.markdown import Block
from mdreview.patterns import near, regex
from mdreview.source import Span

MANY = "越来越多的|有|某些|一些|多项|大量|近期|最新|已有|以往|相关|诸多|众多|若干|国内外|不少|许多|近年来?的?|最近的?"
CHINESE = regex(
    rf"""
      (?=[越有某一多大近最已以相诸众若国不许研调文数统证临荟])  # what it may begin with, asked first: it is rare
      (?<![本该此项这究和与及像如验真试的没无未])(?<![没沒]有)(?:{MANY})?
            (?:研究|调查|文献|数据|统计|证据|调研|临床试验|荟萃分析|(?:有|许多|不少|一些|众多)学者)(?:结果|数据|报告|资料)?
            (?:已经?|也|还|均|都|就|进一步|普遍)?(?:表明|显示|发现(?!的|者|了一|阶段)|证实|证明|指出|揭示)
      | 据(?:报道|统计|研究|调查|估计|估算|测算|不完全统计)(?:[，,]|显示|表明)
    """,
    re.X,
)
# the verbs after what may stand before them: a noun that is leant on, or one of the words between
LEANT_ON = "究查献据计研验析者果告料已经也还均都就步遍"
VERBS = ("表明", "显示", "发现", "证实", "证明", "指出", "揭示")
CHINESE_MARK = regex("|".join((*(f"{verb[0]}(?<=[{LEANT_ON}].){verb[1]}" for verb in VERBS), "据[报统研调估测不]")))
CHINESE_REACH = 20
SEVERAL = (
    "many|several|some|recent|previous|prior|numerous|various|multiple|other|existing|early|earlier|new|empirical|"
    "a[ ]number[ ]of|a[ ]recent|a[ ]range[ ]of"
)
OUR = "".join(rf"(?<!\b{word}[ ])" for word in ("the", "this", "these", "those", "our", "their", "his", "her", "its"))
# the studies that a review counts are those that it has found itself; what two studies show that it leans on is not
COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
UNCOUNTED = r"(?<!\d[ ])" + "".join(rf"(?<!\b{count}[ ])" for count in COUNTS)
TELLING_THAT = r"(?=[a-z-]+[ ](?:have[ ](?:[a-z]+ly[ ]|also[ ])?)?[a-z]+[ ]that\b)"
ENGLISH = regex(
    rf"""
      (?<![\w-]){OUR}(?:{UNCOUNTED}|{TELLING_THAT})
            (?:(?:{SEVERAL})[ ]|(?!experiments|researchers))
            (?:(?:studies|surveys|statistics|experiments|researchers|scholars|meta-analyses)[ ]
                (?:have[ ](?:also[ ]|consistently[ ]|repeatedly[ ])?)?
                (?:show|shown|indicated?|suggest(?:ed)?|demonstrated?|reveal(?:ed)?
                |found|find|report(?:ed(?![ ](?:in|by|here|on)\b))?|confirm(?:ed)?|prove[dn]?)
            |(?:research|evidence|literature|(?:a|one)[ ](?:recent[ ])?study)[ ]
                (?:has[ ](?:also[ ]|consistently[ ]|repeatedly[ ])?)?
                (?:shows?|shown|indicates|indicated|suggests|suggested|demonstrates|demonstrated
                |reveals|revealed|found|finds|confirms|confirmed))\b
      | \bit[ ](?:has[ ]been|is)[ ](?:widely[ ]|well[ ]|often[ ]|commonly[ ])?
            (?:reported|shown|demonstrated|proven|estimated|documented)[ ]that\b
    """,
    re.X,
)
# the space after somebody or something to lean on, before what may begin one of the verbs; few words begin so
SOMEBODY = (
    "studies|study|surveys|statistics|experiments|researchers|scholars|meta-analyses|research|evidence|literature"
    "|is|been|widely|well|often|commonly"
)
ENGLISH_MARK = regex(
    " (?=have|has|show|suggest|indicate|demonstrate|documented|reveal|report|found|find|confirm|prove|estimated)(?:"
    + "|".join(f"(?<={word} )" for word in SOMEBODY.split("|"))
    + ")"
)
ENGLISH_REACH = 40
NAMED_SCHOLAR = regex(r"学者[^。\n]{0,80}[（(][A-Z][a-z]+ [A-Z]|[（(][A-Z][a-z]+ [A-Z][^。\n]{0,80}学者")


def read(block: Block) -> tuple[Span, ...]:
    """The places of such phrases in a block's prose, in order."""
    text = block.fact(folded)
    found = near(ENGLISH, ENGLISH_MARK, text, ENGLISH_REACH, ENGLISH_REACH)
    if not text.isascii():
        found += near(CHINESE, CHINESE_MARK, text, CHINESE_REACH, CHINESE_REACH)
    return tuple(sorted(Span(*match.span()) for match in found)) if found else ()


def introduces(sentence: str) -> bool:
    """Whether the sentence only leads to what follows it, or names the scholar whom it leans on."""
    return sentence.rstrip("*_ ").endswith((":", "：")) or bool(NAMED_SCHOLAR.search(simplified(sentence)))
