"""Which part of a text is its abstract, its keywords, its reference list, an appendix, the acknowledgements."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from mdreview.markdown import Block, Document, Kind, Placed
from mdreview.patterns import regex
from mdreview.source import Span

TWO_SCRIPTS = regex(r"(\p{Han}+)([A-Za-z]+)|([A-Za-z]+)(\p{Han}+)")


class Region(Enum):
    """What a part of a text is for; BODY is everything that has no name here."""

    BODY = "body"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    CONTENTS = "contents"
    REFERENCES = "references"
    APPENDIX = "appendix"
    ACKNOWLEDGEMENTS = "acknowledgements"


class Stretch(NamedTuple):
    """A region's place in the document, its heading or opening words included (`title`, empty in front matter)."""

    region: Region
    span: Span
    title: Span


class Mark(NamedTuple):
    """A line of a block that opens a region, or ends one (`region` is BODY), relative to the block.

    `level` is a heading's level, 0 for a line without a heading mark. `whole` tells that the line holds nothing
    but the title, `early` that the title means the region only before the first section.
    """

    span: Span
    title: Span
    region: Region
    level: int
    whole: bool
    early: bool = False


class Regions:
    """The regions of a document, in order; they do not overlap."""

    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self.stretches = stretches
        self._starts = [stretch.span.start for stretch in stretches]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Regions) and self.stretches == other.stretches

    def __hash__(self) -> int:
        return hash(self.stretches)

    def at(self, offset: int) -> Region:
        """The region that holds an offset of the document."""
        stretch = self.stretch_at(offset)
        return stretch.region if stretch else Region.BODY

    def stretch_at(self, offset: int) -> Stretch | None:
        """The stretch that holds an offset of the document; None in the body."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.stretches[index].span.end:
            return self.stretches[index]
        return None

    def of(self, *wanted: Region) -> tuple[Stretch, ...]:
        """The stretches of the wanted regions, in order."""
        return tuple(stretch for stretch in self.stretches if stretch.region in wanted)


NAMES = {
    Region.ABSTRACT: (
        r"(?:中文|英文|内容|內容|论文|論文|文章)?(?:摘要|提要)|abstract|executivesummary|执行摘要|執行摘要"
    ),
    Region.KEYWORDS: r"(?:中文|英文)?(?:关键词|關鍵詞|关键字|關鍵字)|keywords?(?:andphrases)?|indexterms",
    Region.CONTENTS: r"目录|目錄|目次|tableofcontents|contents|toc",
    Region.REFERENCES: (
        r"(?:主要|部分|全部)?(?:参考|參考|引用|征引)(?:文献|文獻|资料|資料|书目|書目|来源|來源|链接|連結|文章|论文"
        r"|論文)"
        r"(?:列表|目录|目錄|清单|清單|(?:与|及|和|與)(?:注释|註釋|资料|資料|扩展阅读|延伸阅读|链接|文献))?"
        r"|参考|參考|书目|書目|文献|文獻|引文|资料来源|資料來源|引用(?:列表)?"
        r"|(?:延伸|扩展|擴展|推荐|推薦|相关)(?:阅读|閱讀|文献|链接)"
        r"|(?:selected|key|main|cited|further|additional)?(?:references?|bibliography|citations?)"
        r"(?:list|cited|documents?|andnotes?|andlinks|andfurtherreading|andresources|andcitations)?"
        r"(?:(?:used|cited)?(?:in|for|of|to)(?:the|this)(?:chapter|section|paper|article|report|thesis|appendix))?"
        r"|referencelist|listofreferences|workscited|literaturecited|(?:related|further)?literature|sources?(?:cited)?|furtherreadings?"
        r"|additionalreadings?|suggestedreadings?|citedliterature|notesandreferences|bibliographyandreferences"
    ),
    Region.ACKNOWLEDGEMENTS: r"致谢|致謝|鸣谢|鳴謝|谢辞|謝辭|acknowledge?ments?|thanks",
}
EARLY = (
    r"summary|keypoints?|keytakeaways?|keyfindings|highlights|tl;?dr|概要|要点|要點|核心要点|关键要点|核心摘要|总结要点"
)
NAMED = {region: regex(rf"(?:{names})\Z", re.I) for region, names in NAMES.items()}
# in small letters; each alternative begins with a plain character, so that the engine can skip to it
HINT = regex(
    r"摘|提要|关[键鍵]|關[键鍵]|参[考献]|參[考献]|引[用文献獻]|文[用文献獻]|书目|書目|来源|來源|链[接結]|連[接結]"
    r"|阅[读讀]|閱[读讀]|目[录錄次]|附[录錄次]|致[谢謝]|鸣[谢謝]|鳴[谢謝]|谢[辞辭]|謝[辞辭]|要点|要點|概要"
    r"|abstract|summary|keyword|key ?[ptf]|index ?term|contents|toc|reference|bibliograph"
    r"|citation|cited|literature|"
    r"sources?|reading|appendi|acknowledg|thanks|highlights|tl;?dr"
)
EARLY_NAME = regex(rf"(?:{EARLY})\Z", re.I)
TITLE_ENTRY = regex(r"^title\s{0,5}[:=]", re.M)
APPENDIX_TITLE = regex(r"(?:附录|附錄|appendix\b)", re.I)
NUMBER = regex(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节節部分]{1,2}|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|"
    r"[（(]?\d{1,3}(?:[.．]\d{1,3}){0,4}[)）、.．]?|(?:[IVX]{1,5}|[A-Z])[.)])[\s、:：]*(?=\D)"
)
DRESS = " \t\u3000*_#【】[]<>《》「」“”\"'`—–-~•■◆●§"
TITLE_LENGTH = 60
RUN_IN = regex(r"[ \t*_\[【「<>]{0,8}(?P<title>[^\s:：\]】」*_—][^:：\]】」*_—\n]{0,30}?)[ \t*_]{0,6}[:：\]】」*_—]")
RUN_IN_END = regex(r"[:：\]】」*_—]")
RUN_IN_LENGTH = 46
BACK_MATTER = frozenset({Region.REFERENCES, Region.APPENDIX, Region.ACKNOWLEDGEMENTS})
RUN_IN_REGIONS = frozenset({Region.ABSTRACT, Region.KEYWORDS})
TITLED = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.HEADING, Kind.HTML, Kind.ADMONITION})
BOLD_LINE = regex(r"(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__)[:：]?\Z")
HALF = regex(r"[（()）/|]")
UNFINISHED = regex(
    r"(?:first|rough)?draft|wip|partial|incomplete|inprogress|selection|tobecompleted|初稿|草稿|节选", re.I
)
HTML_HEADING = regex(r"\s*<h([1-6])\b", re.I)
REFS_DIV = regex(r"#refs\b")
YAML_ABSTRACT = regex(r"^abstract[ \t]*:", re.M)
YAML_KEY = regex(r"^[A-Za-z]", re.M)


def region_of_title(title: str) -> tuple[Region, bool]:
    """What a heading's text opens, and whether only before the first section; numbers and dress are passed over."""
    if len(title) > 80 or not HINT.search("".join(title.split()).lower()):
        return Region.BODY, False
    plain = title.strip(DRESS)
    plain = NUMBER.sub("", plain, count=1) if NUMBER.match(plain) else plain
    plain = plain.strip(DRESS).rstrip(":：.。").strip(DRESS)
    if APPENDIX_TITLE.match(plain):
        return Region.APPENDIX, False
    dense = "".join(plain.split())
    if not dense:
        return Region.BODY, False
    halves = [half for half in HALF.split(dense) if half and not UNFINISHED.fullmatch(half)]
    if len(halves) == 1 and (mixed := TWO_SCRIPTS.fullmatch(dense)):
        halves = [half for half in mixed.groups() if half]
    for region, pattern in NAMED.items():
        if halves and all(pattern.match(half) for half in halves):
            return region, False
    if halves and all(EARLY_NAME.match(half) for half in halves):
        return Region.ABSTRACT, True
    return Region.BODY, False


def read(block: Block) -> tuple[Mark, ...]:
    """The lines of a block that open or end a region."""
    if block.kind is Kind.CONTAINER and REFS_DIV.search(block.info):
        whole = Span(0, len(block.text))
        return (Mark(whole, whole, Region.REFERENCES, 0, True),)
    if block.kind not in TITLED:
        return ()
    if block.kind is Kind.HEADING:
        return _heading(block, block.level)
    if block.kind is Kind.HTML and (html := HTML_HEADING.match(block.text)):
        return _heading(block, int(html.group(1)))
    return tuple(_lines(block))


def _heading(block: Block, level: int) -> tuple[Mark, ...]:
    region, early = region_of_title(block.prose)
    span = Span(0, len(block.text))
    return (Mark(span, span, region, level, True, early),)


def _lines(block: Block) -> list[Mark]:
    marks: list[Mark] = []
    prose = block.prose
    for leaf in block.leaves:
        for number, piece in enumerate(leaf.pieces):
            start, end = piece
            whole = prose[start:end]
            line = whole.strip()
            # most lines are long, and few of these begin as one does that a title runs into
            if not line or (
                len(line) > TITLE_LENGTH
                and not (RUN_IN_END.search(whole, 0, RUN_IN_LENGTH) and RUN_IN.match(prose, start, end))
            ):
                continue
            first = number == 0
            bold = line[0] in "*_" and bool(BOLD_LINE.match(line))
            if not bold and not HINT.search(line[:TITLE_LENGTH].lower()):
                continue
            if len(line) <= TITLE_LENGTH:
                region, early = region_of_title(line)
                alone = len(leaf.pieces) == 1 or bold or line.endswith((":", "："))
                if region is not Region.BODY and (bold or not early) and (first or bold) and alone:
                    start = end - len(whole.lstrip())
                    marks.append(Mark(piece, Span(start, start + len(line)), region, 0, True, early))
                    continue
                if first and bold and len(leaf.pieces) == 1:
                    marks.append(Mark(piece, piece, Region.BODY, 0, True))
                    continue
            if (run_in := RUN_IN.match(prose, *piece)) is not None:
                region, early = region_of_title(run_in["title"])
                if region in RUN_IN_REGIONS and not early:
                    marks.append(Mark(piece, Span(*run_in.span("title")), region, 0, False))
    return marks


def regions(document: Document) -> Regions:
    """The regions of a document. Ask through `document.fact(regions)`.

    A region that a heading opens reaches to the next heading of the same or a higher level; one that a line without
    a heading mark opens, to the next heading or bold line. An abstract whose first words stand on the line of its
    title is one paragraph, unless keywords close it.
    """
    marks = document.joined(read)
    stretches = [*_front_matter(document)]
    end_of_text = document.end
    sectioned = False
    top = min((placed.fact.level for placed in marks if placed.fact.level), default=0)
    titles = sum(1 for placed in marks if placed.fact.level == top)
    for number, placed in enumerate(marks):
        mark = placed.fact
        opened = mark.region is not Region.BODY and not (mark.early and sectioned)
        if mark.level and not opened and (mark.level > top or titles > 1):
            sectioned = sectioned or bool(number)
        start = placed.start + mark.span.start
        if not opened or (stretches and start < stretches[-1].span.end and not _ends(stretches[-1], mark)):
            continue
        if stretches and start < stretches[-1].span.end:
            stretches[-1] = stretches[-1]._replace(span=Span(stretches[-1].span.start, start))
        end = _end(document, marks, number, end_of_text)
        stretches.append(Stretch(mark.region, Span(start, end), placed.span(mark.title)))
    return Regions(tuple(stretches))


def _ends(open_stretch: Stretch, mark: Mark) -> bool:
    """Whether a mark inside a stretch that is still open begins another: keywords in an abstract do."""
    return mark.region is not open_stretch.region and (
        open_stretch.region in (Region.ABSTRACT, Region.KEYWORDS) or not mark.level or mark.region in BACK_MATTER
    )


def _end(document: Document, marks: list[Placed[Mark]], number: int, end_of_text: int) -> int:
    placed = marks[number]
    mark = placed.fact
    if mark.region is Region.KEYWORDS and not mark.level:
        text = document.blocks[placed.block].text
        single = mark.whole and "\n" not in text
        if single and placed.block + 1 < len(document.blocks):
            return _end_of_block(document, placed.block + 1)
        within = not mark.whole and mark.span.end < len(text)
        return placed.start + mark.span.end if within else _end_of_block(document, placed.block)
    keywords_ahead = False
    end = end_of_text
    for index in range(number + 1, len(marks)):
        other = marks[index]
        if other.fact.region is Region.KEYWORDS:
            keywords_ahead = True
        if _closes(mark, other.fact):
            end = other.start + other.fact.span.start
            break
    if mark.region is Region.ABSTRACT and not mark.whole and not keywords_ahead:
        return min(end, _end_of_block(document, placed.block))
    return end


def _end_of_block(document: Document, number: int) -> int:
    """Where what stands in a block surely ends: at the start of the next one, which stays while this one is written."""
    return document.start_of(number + 1) if number + 1 < len(document.blocks) else document.end


def _closes(mark: Mark, other: Mark) -> bool:
    if other.level and mark.level:
        return other.level <= mark.level or other.region in BACK_MATTER - {mark.region}
    if mark.region in (Region.ABSTRACT, Region.KEYWORDS):
        return other.region is not Region.BODY or bool(other.level) or not mark.level
    if other.level:
        return True
    return other.region not in (Region.BODY, mark.region) or (other.region is Region.BODY and not mark.level)


def _front_matter(document: Document) -> list[Stretch]:
    for number, block in enumerate(document.blocks[:2]):
        start = document.start_of(number)
        if block.kind is Kind.FRONT_MATTER and (key := YAML_ABSTRACT.search(block.text)):
            following = YAML_KEY.search(block.text, key.end())
            end = following.start() if following else len(block.text)
            return [
                Stretch(
                    Region.ABSTRACT,
                    Span(start + key.start(), start + end),
                    Span(start + key.start(), start + key.start()),
                )
            ]
    return []


def is_whole(document: Document) -> bool:
    """Whether the file is a work of its own: it has a title in its front matter, an abstract or a reference list."""
    if document.blocks and document.blocks[0].kind is Kind.FRONT_MATTER:
        return bool(TITLE_ENTRY.search(document.blocks[0].text))
    found = document.fact(regions)
    if found.of(Region.ABSTRACT):
        return True
    # the list of references closes a work; a section on references or citations stands in its midst
    ends = (stretch.span.end for stretch in found.of(Region.REFERENCES))
    return any(end >= document.end or found.at(end) is not Region.BODY for end in ends)
