"""Where a Chinese name begins that a bracket ends: 使用卷积神经网络（CNN） names 卷积神经网络.

Chinese sets no space before a name. Every place where a name could begin is weighed: what stands before it (a mark, a
verb, a particle), what else the document puts before the same characters, whether the name would hold words that no
name holds, and whether its length suits the English name or the letters of the short form. Where even the best place
is a poor one, the name stays untold.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from mdreview.facts.chinese_cues import AHEAD, COUNT, LIKELY, TRANSLATED, Cue, cues, is_word, simplified
from mdreview.markdown import Block, Document, Kind, Question
from mdreview.patterns import regex

HAN = r"\u3400-\u9fff"
LONGEST = 24
SEEN_AT_MOST = 200
WORD_CHARACTER = regex(r"[^\W_]")
UNIT = regex(r"[A-Za-z0-9.&+/-]+|.")
ENGLISH_WORD = regex(r"[A-Za-z]+|&")
SMALL_WORDS = frozenset(
    ["&", "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"]
)
NUMBER = regex(r"\d+(?=\p{Han}{2})(?![年月日时分秒个种项类位维层倍元万亿核号])")
NO_START = regex(
    r"[率者们的了着/·&+‐‑-]|性(?![能别质])|化(?![学合工石])|度(?!量)|过(?![拟渡采程滤敏氧继])|[个個](?![人体體性案别別股])"
)
NO_END = regex(r"(?:[了着的和与及或是为在将把被]|[^通经超]过|还有|如下|时候|之[后前间]|[A-Za-z](?:里|上|下)|中)\Z")
MARKS = regex(r"[/·&+‐‑-]+")
BRAND = regex(r"[^\s-]*[A-Z][^\s-]*[A-Z][^\s-]*")
BASED = regex(r"基[于於][^的基]{1,12}的(?![^基]{0,20}基[于於])")
TITLES = regex(
    r"[家者官长员师授]|主(?![持席任])|博士|女士|先生|先驱|爵士|学生|医生|得主|[始持起责言护办夫]人|人物|总统|总理|首相|主席|主任|总裁|教练"
)
POINTS = "·・"
OPEN_EDGE = 1.0
NO_EDGE = -1.2
CUE_EDGE = -0.5
BOUNDED_ELSEWHERE = 1.1
VARIED_ELSEWHERE = 0.6
AGAIN_ELSEWHERE = 0.5
WEAK = 0.3
UNTOLD_LENGTH = 16
TOO_LONG = 1.9
DOUBTFUL = -1.6


class Written(NamedTuple):
    """What a bracket binds: the run of characters before it, the English name and the short form, "" if none."""

    run: str
    english: str
    short: str


class _Contexts(Question):
    """What stands before each place of a block where one of the wanted endings occurs."""

    def __init__(self, endings: frozenset[str]) -> None:
        super().__init__(endings)
        self.endings = endings
        first, last = (
            "".join(re.escape(sign) for sign in sorted({ending[place] for ending in endings})) for place in (0, 1)
        )
        self._pair = re.compile(f"[{first}](?=[{last}])")

    def __call__(self, block: Block) -> list[tuple[str, str]]:
        if block.kind in (Kind.CODE, Kind.FRONT_MATTER):
            return []
        prose = block.prose
        found = []
        for match in self._pair.finditer(prose):
            end = match.start() + 2
            ending = prose[end - 2 : end]
            if ending in self.endings:
                before = prose[max(0, end - 2 * LONGEST) : end]
                found.append((ending, "".join(before.split(" "))))
        return found


def resolved(document: Document, written: Iterable[Written]) -> dict[Written, str]:
    """For each run of characters that a bracket ends, the name at its end; "" where none can be told.

    A name has at least two characters. The time is linear in the length of the text and the number of runs.
    """
    wanted = set(written)
    endings = frozenset(one.run[-2:] for one in wanted if len(one.run) > 2)
    contexts: dict[str, list[str]] = defaultdict(list)
    for ending, before in (placed.fact for placed in document.asked(_Contexts(endings))) if endings else ():
        if len(contexts[ending]) < SEEN_AT_MOST:
            contexts[ending].append(before)
    runs = [(one, contexts.get(one.run[-2:], [])) for one in sorted(wanted)]
    return dict(zip((one for one, _ in runs), document.answers(_name_in, runs), strict=True))


def _name_in(_: Document, run: tuple[Written, list[str]]) -> str:
    return name_in(*run)


def name_in(written: Written, contexts: Iterable[str] = ()) -> str:
    """The name at the end of a run, or ""; each context ends with the last two characters of the run."""
    run, english, short = written
    if _breaks_off(simplified(run)):
        return ""
    if len(run) <= 2:
        return run
    words = [word.lower() for word in ENGLISH_WORD.findall(english)]
    if not english and "B" in short and BASED.search(run):
        words.append("based")
    expected = _Expected([] if BRAND.fullmatch(english) or not english else words, short)
    if (start := _person(run, english)) is not None:
        return run[start:]
    found = cues(run, frozenset(words))
    elsewhere = _elsewhere(run, contexts)
    edges = _edges(run, found)
    for length, told in elsewhere.items():
        if told >= VARIED_ELSEWHERE and 3 <= length < len(run):
            edges.setdefault(len(run) - length, NO_EDGE)
    best: tuple[float, int] | None = None
    for start, edge in edges.items():
        if len(run) - start < 2 or not _opens(run, start):
            continue
        inner = sum(cue.weight.inner for cue in found if cue.start >= start and cue.end <= len(run) - 2)
        told = elsewhere.get(len(run) - start, 0.0) * (WEAK if edge in (LIKELY.edge, TRANSLATED.edge) else 1.0)
        score = edge + told - inner - expected.misfit(run[start:])
        if best is None or score > best[0]:
            best = score, start
    if best is not None and best[1] == 0 and not found and len(run) <= expected.most:
        return run
    if best is None or best[0] < DOUBTFUL or expected.far_exceeded(run[best[1] :]):
        return ""
    return run[best[1] :]


def _breaks_off(run: str) -> bool:
    """Whether a run ends with a particle, as no name does: 前面介绍过."""
    return bool(NO_END.search(run)) and not is_word(run[-2:]) and not is_word(run[-3:])


def _edges(run: str, found: list[Cue]) -> dict[int, float]:
    """Where names may begin by what stands right before them: the run's start, and after each cue."""
    edges = {0: OPEN_EDGE if len(run) < LONGEST else NO_EDGE}
    if number := MARKS.match(run) or NUMBER.match(run):
        edges = {number.end(): OPEN_EDGE}
    for cue in found:
        if cue.weight != AHEAD:
            edges[cue.end] = max(cue.weight.edge, edges.get(cue.end, cue.weight.edge))
        if cue.start in edges and cue.weight not in (LIKELY, TRANSLATED):
            # a name does not begin with a cue
            edges[cue.start] = min(edges[cue.start], CUE_EDGE)
    return edges


def _opens(run: str, start: int) -> bool:
    """Whether a name may begin here: not with a suffix such as 性 or 化, nor in the middle of a Latin word."""
    if NO_START.match(run, start):
        return False
    return start == 0 or not (run[start].isascii() and run[start - 1].isascii())


def _elsewhere(run: str, contexts: Iterable[str]) -> dict[int, float]:
    """For each length of the run's end, how well other places in the document show that a name begins there."""
    breaks: dict[int, list[str]] = defaultdict(list)
    for context in contexts:
        shared = 0
        limit = min(len(run), len(context))
        while shared < limit and run[-1 - shared] == context[-1 - shared]:
            shared += 1
        breaks[shared].append(context[-1 - shared] if shared < len(context) else "")
    told = {}
    for length, others in breaks.items():
        if length == len(run):
            told[length] = AGAIN_ELSEWHERE if len(others) > 1 else 0.0
        elif any(not WORD_CHARACTER.match(other) for other in others):
            told[length] = BOUNDED_ELSEWHERE
        elif len(set(others)) > 1:
            told[length] = VARIED_ELSEWHERE
    return told


class _Expected:
    """How long a Chinese name may be, by the words of its English name or the letters of its short form."""

    def __init__(self, words: list[str], short: str) -> None:
        content = [word for word in words if word not in SMALL_WORDS]
        capitals = sum(letter.isupper() for letter in short)
        self.least, self.most = 0.0, math.inf
        if content:
            self.least, self.most = (1.2 * len(content), 3.1 * len(content) + 1.0)
        elif capitals >= 2:
            self.least, self.most = (1.2 * capitals, 3.4 * capitals)

    def misfit(self, name: str) -> float:
        """0 where the length suits, and more the further it is off."""
        length = _length(name)
        if length > self.most:
            return 2.2 * math.log2(length / self.most)
        if length < self.least:
            return 2.5 * math.log2(self.least / length)
        return 0.0

    def far_exceeded(self, name: str) -> bool:
        """Whether the name is so long that it must be half a sentence."""
        return _length(name) > (UNTOLD_LENGTH if self.most == math.inf else max(TOO_LONG * self.most, 8))


def _length(name: str) -> int:
    """Characters, a Latin word counted as two."""
    return sum(1 if not unit.isascii() else 2 for unit in UNIT.findall(name))


def _person(run: str, english: str) -> int | None:
    """Where the name of a person begins whose parts a point ties: 社会学家马克斯·韦伯（Max Weber）."""
    words = english.split()
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return None
    point = next((run.find(mark) for mark in POINTS if mark in run), -1)
    if point < 0 and "-" in english:
        point = run.find("-")
    if point < 0:
        return None
    plain = simplified(run)
    start = max((title.end() for title in TITLES.finditer(plain, 0, point)), default=0)
    for cue in cues(run[:point], frozenset()):
        start = max(start, cue.end)
    if "and" not in words:
        start = max(start, *(plain.rfind(conjunction, point, run.rfind(run[point])) + 1 for conjunction in "和与"))
    return start if start < run.rfind(run[point]) else None


def one_ending(one: str, other: str) -> bool:
    """Whether two readings end alike and what stands before, in one of them, is no part of a name: 引入注意力."""
    if one == other:
        return len(one) >= 3
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    if shared < 3:
        return False
    heads = one[: len(one) - shared], other[: len(other) - shared]
    return "·" in one or any(not head or ends_with_cue(head) for head in heads)


def begins_with_cue(run: str) -> bool:
    """Whether a run begins with a word that leads to a name and is no part of one."""
    found = cues(run, frozenset())
    return bool(found) and found[0].start == 0 and found[0].end < len(run) and found[0].weight != LIKELY


def ends_with_cue(head: str) -> bool:
    """Whether a name can begin after what stands before an ending."""
    found = cues(head, frozenset())
    return bool(found) and found[-1].end == len(head) and found[-1].weight not in (LIKELY, AHEAD)


def one_name(one: str, other: str) -> bool:
    """Whether two readings can be one name: equal, or one the end of the other."""
    one, other = MARKS.sub("", one), MARKS.sub("", other)
    return one.endswith(other) or other.endswith(one)


def counted(run: str, name: str) -> bool:
    """Whether a numeral and a measure word stand before the name that ends a run: 一个实数向量."""
    found = cues(run, frozenset())
    return any(cue.weight == COUNT and cue.end == len(run) - len(name) for cue in found)
