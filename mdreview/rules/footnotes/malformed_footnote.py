"""FN006: something that was meant for a footnote mark and that no renderer reads as one."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.footnotes import Form, definitions_by_key, lost_definitions, malformed, swallowed
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

FORMS = {
    Form.FULL_WIDTH_COLON: Text(
        "the full-width colon makes this no footnote definition: write [^{label}]:",
        "全角冒号使脚注定义失效：请写作“[^{label}]:”",
    ),
    Form.SPACED_COLON: Text(
        "the space before the colon makes this no footnote definition: write [^{label}]:",
        "冒号前的空格使脚注定义失效：请写作“[^{label}]:”",
    ),
    Form.FULL_WIDTH_BRACKETS: Text(
        "full-width brackets make this no footnote: write [^{label}]", "全角括号使脚注失效：请写作“[^{label}]”"
    ),
    Form.CARET_AFTER: Text(
        "the caret stands after the label: write [^{label}]", "插入符应在标签之前：请写作“[^{label}]”"
    ),
    Form.SPACED_LABEL: Text(
        "the space inside the brackets makes this no footnote: write [^{label}]",
        "方括号内的空格使脚注失效：请写作“[^{label}]”",
    ),
}
NO_COLON = Text(
    "this looks like the definition of [^{label}], but the colon is missing: write [^{label}]:",
    "这里像是 [^{label}] 的定义，但缺少冒号：请写作“[^{label}]:”",
)
RUNNING = Text(
    "this line of running text begins with [^{label}]: and is read as a definition: wrap the line elsewhere",
    "这一正文行以“[^{label}]:”开头，会被当作脚注定义：请调整换行位置",
)


class MalformedFootnote(DocumentRule):
    code = "FN006"
    name = "malformed-footnote"
    message = Text("this is no valid footnote: write [^{label}]", "脚注格式有误：请写作“[^{label}]”")
    why = Text(
        "Only [^label] in half-width brackets is a mark, and only [^label]: at the start of a line a definition; "
        "anything near to it is printed as it stands.",
        "只有半角的 [^标签] 才是脚注标记，只有行首的“[^标签]:”才是脚注定义；写法稍有出入就会原样显示。",
    )
    silent = Text(
        "A line that opens with a mark counts as a definition without its colon only if the label is referred to "
        "elsewhere and defined nowhere.",
        "仅当标签在别处被引用且没有定义时，才把行首的标记视为缺少冒号的定义。",
    )
    bad = (
        "见注⟦［^1］→[^1]⟧。\n\n[^1]: 注释。\n",
        "见注[^1]。\n\n⟦[^1]：→[^1]: ⟧注释。\n",
        "见⟦【^2】→[^2]⟧和⟦[3^]→[^3]⟧。\n",
        "See⟦[^ 1]→[^1]⟧ there.\n\n[^1]: Note.\n",
        "See the survey[^low].\n\n⟦[^low]→[^low]:⟧ As the authors say.\n",
        Example(
            "It was seen first in\n⟦[^29]:⟧ a surprise to all.\n\n[^29]: Note.\n",
            fixed="It was seen first in [^29]: a surprise to all.\n\n[^29]: Note.\n",
        ),
    )
    good = (
        "See[^1] there.\n\n[^1]: Note.\n",
        "The area is $x[2^]$, `[3^]` is code.\n",
        "[^1] opens a sentence here, and its definition follows.\n\n[^1]: Note.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        defined = document.fact(definitions_by_key)
        for placed in document.joined(malformed):
            mark = placed.fact
            colon = mark.form in (Form.FULL_WIDTH_COLON, Form.SPACED_COLON)
            if not (colon and mark.key in defined):
                fix = remedies.footnotes.rewrite(document, placed)
                yield self.found(placed.span(mark.span), message=FORMS[mark.form], fix=fix, label=mark.label)
        for lost in document.fact(lost_definitions):
            fix = remedies.footnotes.add_colon(document, lost)
            yield self.found(lost.span(lost.fact.span), message=NO_COLON, fix=fix, label=lost.fact.label)
        running = document.fact(swallowed)
        for several in defined.values():
            for one in several:
                if one.start + one.fact.mark.start in running:
                    fix = remedies.footnotes.join_line(document, one)
                    yield self.found(one.span(one.fact.mark), message=RUNNING, fix=fix, label=one.fact.label)
