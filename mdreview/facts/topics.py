"""The content words of a text, by which to tell whether two texts speak of the same matter."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from mdreview.markdown import Block, Document, Kind, kind_of
from mdreview.markdown.sentences import sentences
from mdreview.patterns import regex
from mdreview.source import Span


class Topic(NamedTuple):
    """`latin` are words, `han` pairs and triples of characters; `size` is how much content there is to judge by."""

    latin: frozenset[str]
    han: frozenset[str]
    size: int

    def shares(self, other: Topic) -> bool:
        """Whether the two have a content word in common."""
        return bool(self.latin & other.latin or self.han & other.han)


LATIN = regex(r"[A-Za-z][A-Za-z]{2,40}")
HAN = regex(r"\p{Han}{2,}")
NOISE = regex(
    r"https?://\S+|www\.\S+|10\.\d{4,9}/\S+|[（(][^（）()\n]{0,60}\d{4}[^（）()\n]{0,40}[)）]|\[[A-Z/]{1,5}\]"
)
COMMON_WORDS = (
    "the and for with from that this these those are was were been has have had not but its their our into onto over "
    "under about between among through during than then they them there here which who whom whose what when where why "
    "how can could may might must shall should will would does did done more most many much some any all each both few "
    "other such only own same very also see two three new using use used based via towards toward paper study studies "
    "research analysis approach method methods review survey report journal proceedings conference international arxiv "
    "preprint press university vol volume pages edition available online accessed retrieved http https www com org "
    "html "
    "pdf doc introduction overview advances recent application applications system systems model models data etc ref"
)
COMMON_PAIRS = (
    "深度 研究 分析 报告 進展 进展 综述 发展 趋势 行业 产业 市场 需求 设备 技术 应用 方法 系统 模型 数据 信息 问题 "
    "基于 相关 现代 "
    "中国 我国 全球 国内 国际 国家 世界 影响 因素 作用 关系 理论 实践 实现 设计 评价 评估 比较 探讨 探索 思考 现状 "
    "未来 前景 策略 对策 建议 "
    "管理 服务 创新 建设 改革 结构 机制 模式 体系 过程 特征 特点 功能 效果 水平 能力 能够 可以 通过 进行 提供 提高 "
    "提升 促进 推动 具有 成为 "
    "领域 方面 方向 方式 情况 条件 环境 资源 经济 社会 科学 学习 教育 文化 历史 年度 最新 总结 解读 论文 文献 期刊 "
    "学报 大学 出版 "
    "一种 一个 不同 主要 重要 关键 核心 基础 整体 综合 全面 有效 显著 广泛 快速 高度 增长 更新 投资 转型 升级 有望 "
    "更高 以上"
)
COMMON = frozenset(COMMON_WORDS.split())
COMMON_HAN = frozenset(COMMON_PAIRS.split())
PARTICLES = frozenset(
    "的了在和与與及对對为為是从從到以等个個这這那其中上下于於也都而或被把将將会會能可有不之所并並更最很就"
)


@lru_cache(maxsize=4096)
def topic(text: str) -> Topic:
    """The content words of a text; addresses, dates in brackets and words of every text left out."""
    text = NOISE.sub(" ", text[:4000])
    latin = {_stem(word) for word in LATIN.findall(text.lower())} - COMMON
    runs = HAN.findall(text)
    han = {run[start : start + 3] for run in runs for start in range(len(run) - 2)}
    han.update(pair for run in runs for start in range(len(run) - 1) if _tells(pair := run[start : start + 2]))
    return Topic(frozenset(latin), frozenset(han), sum(map(len, runs)) + 2 * len(latin))


def _tells(pair: str) -> bool:
    """Whether two Han characters can be a word that belongs to a subject."""
    return pair not in COMMON_HAN and pair[0] not in PARTICLES and pair[1] not in PARTICLES


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and word not in COMMON:
            return word[: -len(ending)] + instead
    return word


def block_sentences(block: Block) -> tuple[Span, ...]:
    """The sentences of a block, in order."""
    return tuple(span for leaf in block.leaves for span in sentences(block.prose, leaf.span))


def sentence_at(document: Document, offset: int) -> str:
    """The prose of the sentence that holds an offset of the document; empty outside prose."""
    number = document.block_at(offset)
    if number < 0:
        return ""
    block, start = document.blocks[number], document.start_of(number)
    spans = block.fact(block_sentences)
    index = bisect_right(spans, (offset - start + 1,)) - 1
    if index < 0 or offset - start >= spans[index].end:
        return ""
    return block.prose[spans[index].start : spans[index].end]


def title_of(document: Document) -> str:
    """The text of the first heading of the highest level; empty without headings."""
    kinds = document.each(kind_of)
    headings = [document.blocks[number] for number, kind in enumerate(kinds) if kind is Kind.HEADING]
    if not headings:
        return ""
    return min(headings, key=lambda block: block.level).prose.lstrip("# ")
