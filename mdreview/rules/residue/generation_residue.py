"""GEN001: what a text generator said beside the text."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts import residue
from mdreview.facts.residue import Residue, ResidueKind
from mdreview.markdown import Document, Kind, Placed, kind_of
from mdreview.rule import DocumentRule, Example

MESSAGES = {
    ResidueKind.EMPTY_THINKING: Text(
        "an empty thinking block was left in the text; remove it", "正文中遗留了空的思考标签，应当删除"
    ),
    ResidueKind.THINKING: Text(
        "a model's thinking was left in the text; remove it", "正文中遗留了模型的思考过程，应当删除"
    ),
    ResidueKind.CHATTER: Text(
        "here the writing assistant speaks, not the author; remove the sentence",
        "此处是写作助手在说话，不属于正文，应当删除",
    ),
    ResidueKind.PROMPT: Text(
        "an instruction to a text generator was left in the text; remove it", "正文中遗留了给生成工具的指令，应当删除"
    ),
    ResidueKind.OPENER: Text(
        "the text opens like an answer in a chat; remove the opening", "正文以聊天回复的口吻开头，应当删除"
    ),
    ResidueKind.MARK: Text(
        "this mark of a chat tool leads nowhere; cite the source itself",
        "此为聊天工具的引用标记，无从查起；请注明文献本身",
    ),
}
BEFORE_TEXT = frozenset({Kind.HEADING, Kind.FRONT_MATTER, Kind.COMMENT, Kind.BREAK, Kind.THINKING, Kind.HTML})


class GenerationResidue(DocumentRule):
    code = "GEN001"
    name = "generation-residue"
    severity = Severity.ERROR
    message = Text("something that a text generator said was left in the text", "正文中遗留了生成工具的话")
    why = Text(
        "Thinking tags, chat turns and “let me search for more” are not part of the work; printed, they "
        "embarrass the author.",
        "思考标签、对话轮次和“让我继续搜索”之类的话不属于文章，一旦刊出会令作者难堪。",
    )
    silent = Text(
        "Code, comments, tables, block quotations and what stands in quotation marks are left alone: a text about "
        "language models quotes prompts. “We” and “let us” of an author or lecturer are no chat.",
        "代码、注释、表格、引用块和引号中的内容不在检查之列，因为讨论语言模型的文章会引用提示词。作者或讲授者所说的"
        "“我们”“让我们”不算对话。",
    )
    bad = (
        Example("⟦<think>\n\n</think>⟧\n\n# 标题\n", fixed="# 标题\n"),
        Example("# 标题\n\n⟦<think>\n先列提纲，再写正文。\n</think>⟧\n\n正文。\n", fixed="# 标题\n\n正文。\n"),
        Example("⟦让我继续搜索更多关于电池回收的资料：⟧\n\n## 一、概况\n", fixed="## 一、概况\n"),
        Example("⟦Let me search for more details about the harvest:⟧\n\n## Results\n", fixed="## Results\n"),
        Example(
            "⟦As an AI language model, I cannot visit the archive.⟧ The archive opened in 1970.\n",
            fixed="The archive opened in 1970.\n",
        ),
        Example("⟦好的，以下⟧是修改后的引言：\n\n引言内容。\n", fixed="引言内容。\n"),
        Example("文章到此为止。\n\n⟦对话结束⟧\n", fixed="文章到此为止。\n"),
        "湖面逐年缩小⟦【3†source】⟧，水位也在下降⟦【12:0†年报.pdf】⟧。\n",
        "The lake shrinks every year ⟦:contentReference[oaicite:0]⟧{index=0}.\n",
    )
    good = (
        "The tag `<think>` opens a block of reasoning.\n",
        "让我们来看一个例子。\n",
        "Let me explain why this matters.\n",
        "> As an AI language model, I cannot visit the archive.\n",
        "带†者为已故成员，【†】为剑标，turn 1 search 2 只是普通文字。\n",
        "本文将从三个方面展开，并为教师提供建议。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        opening = document.fact(opening_blocks)
        left = [
            placed
            for placed in document.joined(residue.read)
            if placed.fact.kind in MESSAGES and (placed.fact.kind is not ResidueKind.OPENER or placed.block in opening)
        ]
        yield from document.answers(self._told, left)

    def _told(self, document: Document, placed: Placed[Residue]) -> Diagnostic:
        """What there is to say of one piece of residue."""
        kind = placed.fact.kind
        # what a mark stands for is to be cited, not to be forgotten
        fix = remedies.residue.remove(document, placed) if kind is not ResidueKind.MARK else None
        return self.found(placed.span(placed.fact.span), message=MESSAGES[kind], fix=fix)


def opening_blocks(document: Document) -> frozenset[int]:
    """The blocks where a text, or a piece of it after a thinking block, begins."""
    found = set()
    begins = True
    for number, kind in enumerate(document.each(kind_of)):
        if kind is Kind.THINKING:
            begins = True
        elif kind not in BEFORE_TEXT and begins:
            found.add(number)
            begins = False
    return frozenset(found)
