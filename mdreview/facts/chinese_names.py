"""Where a Chinese name begins that a bracket ends: 使用卷积神经网络（CNN） names 卷积神经网络.

Chinese sets no space before a name. What tells is where else the name stands: if 卷积神经网络 also follows 的, a comma
and 在, these differ while the name stays, so the name begins there. Where the name stands nowhere else, words that lead
to a name (使用, 基于, 称为) and words that join clauses are cut off.
"""

from __future__ import annotations

import re
from collections import defaultdict

from mdreview.markdown import Document, Kind
from mdreview.patterns import regex

HAN = r"\u3400-\u9fff"
LONGEST = 24
SEEN_AT_MOST = 200
LEADING = regex(
    r"(?:并|又|还|也|再|且|而|则|均|都|只|仅|可|能|会|要|应|需|将|已|正在|可以|能够|通常|一般|主要|常|常见|首先|其次"
    r"|最后|"
    r"同时|此外|例如|比如|譬如|诸如|尤其是|特别是|即|以及|或者|还有|因此|所以|但是|但|虽然|雖然|随着|随著|我们|我們"
    r"|本文|本研究|作者|论文|他们|"
    r"一种|一種|一个|一個|一类|一项|一套|一些|某种|某些|这种|這種|这个|該|该|此|其|各种|各種|多种|多個|多个|两种|三种"
    r"|不同|"
    r"使用|采用|採用|利用|运用|应用|基于|基於|通过|透過|通過|借助|依靠|根据|按照|引入|提出|提出了|构建|建立|设计|开发"
    r"|正在开发|训练|计算|"
    r"包括|包含|涵盖|涉及|称为|稱為|叫做|叫作|名为|成为|作为|视为|定义为|记为|简称为|即为|是指|指的是|具有|属于|来自"
    r"|得到|实现|进行|结合|使|"
    r"加入|添加|增加|提供|支持|探索|研究|探讨|介绍|讨论|分析|关于|對於|对于|至于|由于|針對|针对|相比于|相较于|不同于"
    r"|优于|伴随着|"
    r"为了|为|為|是|用|由|从|從|在|对|對|将|把|被|给|与|與|和|及|或|如|以|到|向|于|於|比|的|了|着|之|有|使得|让|当|若"
    r"|这些|那些)"
)
INNER = regex(
    r"(?:的|了|称为|稱為|叫做|叫作|名为|名為|以及|或者|例如|比如|包括|是指|即|基于|基於|采用|使用|利用|通过|透過|随着"
    r"|提出|根据|按照|作为|属于|"
    r"引入|实现|完成|得到|加入|结合|[益功决赖源用应属位处关善利限适]于|介绍|选择|选用|需要|包含|分为|具有|固定|衡量)(?=.{2})"
)
KEEP = regex(
    r"(?:在线|对抗|对比|对象|对称|对数|对话|对偶|对齐|对照|为我|用户|用电|用例|用途|由来|从属|从业|以太|以色列|以人"
    r"|到达|向量|向导|于是|比特|比例|"
    r"支持集|支持度|比较|比率|比值|有限|有效|有机|有向|有源|有监督|有序|有偿|是非|是否|和谐|和平(?!均)|及时|或门|或然|的士"
    r"|之江|将军|把手|被动|被试|给水|给定|给药|与非|与门|"
    r"如来|可解释|可变|可视|可信|可再生|可持续|可编程|可穿戴|可靠|可见|可控|可重|可用|可扩展|可移植|能量|能源|能耗"
    r"|能级|能带|会话|会议|会计|要素|"
    r"应力|应答|应变|应用程序|应用层|应用行为|应用编程|应用系统|需求|需氧|再生|再入|再识别|再结晶|再分析|再保险"
    r"|再加密|且末|而立|则例|均值|均方|均衡|均匀|"
    r"都市|只读|仅存|常微分|常数|常规|主要组织|一般均衡|一般线性|使用者|使用寿命|使用权|计算机|计算流体|计算力|计算图"
    r"|训练集|设计空间|开发者|研究生|"
    r"研究所|研究与|分析师|结合能|结合位点|支持向量|提供商|成为|作为|不同步|多个体|通用|通道|进行性|实现率|引入|有丝"
    r"|有氧|有轨|给出|为期|"
    r"在轨|在地|在制|在研|對抗|對比|對象|從屬|與非|向列|向心|向日|向前|向后|以太网|用水|用地|当量|当前|若干|名义|即时"
    r"|即期|其他|各向|各自|此在)"
)
HEAD_END = regex(r"(?:[和与與及或的了在是为將将把被对對从從由以于於當当如]|引入|使用|采用|利用|基于|通过|加入)\Z")
CLASSIFIER = regex(r"[一二三两兩几数\d]+(?:种|種|个|個|类|類|项|項|套|款|名|位|家|台|篇)(?=.{2})")


NUMBER = regex(r"\d+(?=\p{Han}{2})(?![年月日时分秒个种项类位维层倍元万亿])")
WORD_CHARACTER = regex(rf"[{HAN}A-Za-z0-9]")
SHORT_NAME = 8


class _Contexts:
    """What stands before each place where one of the wanted endings occurs."""

    def __init__(self, document: Document, endings: set[str]) -> None:
        self.before: dict[str, list[str]] = defaultdict(list)
        last = {ending[-1] for ending in endings}
        if not last:
            return
        pattern = re.compile(f"[{''.join(map(re.escape, sorted(last)))}]")
        for block in document.blocks:
            if block.kind in (Kind.CODE, Kind.FRONT_MATTER):
                continue
            prose = block.prose
            for match in pattern.finditer(prose):
                ending = prose[match.start() - 1 : match.end()] if match.start() else ""
                if ending in endings and len(self.before[ending]) < SEEN_AT_MOST:
                    before = prose[max(0, match.end() - 2 * LONGEST) : match.end()]
                    self.before[ending].append("".join(before.split(" ")))


def resolved(document: Document, runs: set[str]) -> dict[str, str]:
    """For each run of characters that a bracket ends, the name at its end; "" where none can be told.

    A name has at least two characters. The time is linear in the length of the text and the number of runs.
    """
    contexts = _Contexts(document, {run[-2:] for run in runs if len(run) > 2})
    return {run: _name(run, contexts.before.get(run[-2:], [])) for run in runs}


def _name(run: str, contexts: list[str]) -> str:
    if len(run) <= 2:
        return run
    breaks: dict[int, set[str]] = defaultdict(set)
    for context in contexts:
        shared = 0
        limit = min(len(run), len(context))
        while shared < limit and run[-1 - shared] == context[-1 - shared]:
            shared += 1
        breaks[shared].add(context[-1 - shared] if shared < len(context) else "")
    core = _without_leading(_after_inner(run[-LONGEST:]))
    for length in sorted(breaks, reverse=True):
        others = breaks[length]
        candidate = run[-length:] if length else ""
        bounded = any(not WORD_CHARACTER.match(other) for other in others)
        enough = len(others) >= 2 or (bounded and length < len(run))
        if len(candidate) >= 3 and enough and _opens(candidate):
            told = _without_leading(candidate)
            return core if len(told) < len(core) <= SHORT_NAME else told
    return core


def _opens(candidate: str) -> bool:
    """Whether a name may begin so: not with a suffix such as 性 or 化, nor in the middle of a Latin word."""
    return not re.match(r"[性化率度者们的了着过]", candidate)


def _after_inner(run: str) -> str:
    name = run
    for cut in INNER.finditer(run):
        if not KEEP.match(run, cut.start()):
            name = run[cut.end() :]
    return name


def _without_leading(name: str) -> str:
    for _ in range(8):
        leading = LEADING.match(name)
        if leading is None or KEEP.match(name) or len(name) - leading.end() < 2:
            break
        if KEEP.match(name, leading.end() - 1):
            break
        name = name[leading.end() :]
    if counted := CLASSIFIER.match(name) or NUMBER.match(name):
        name = name[counted.end() :]
    return name if len(name) >= 2 else ""


def one_ending(one: str, other: str) -> bool:
    """Whether two readings end alike and what stands before, in one of them, is no part of a name: 引入注意力."""
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    if shared < 3:
        return False
    heads = one[: len(one) - shared], other[: len(other) - shared]
    return "·" in one or any(not head or LEADING.fullmatch(head) or HEAD_END.search(head) for head in heads)


def one_name(one: str, other: str) -> bool:
    """Whether two readings can be one name: equal, or one the end of the other."""
    return one == other or one.endswith(other) or other.endswith(one)
